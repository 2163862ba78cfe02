"""How commands and their groups show help, and a command whose module is loaded when it is called."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import wraps
from importlib import import_module
from inspect import Parameter, signature
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from scenarios.cli.shared.failures import CODES

Form = TypeVar("Form", bound=Callable[..., None])


class Command(TyperCommand):
    """A command whose help names no type where that says nothing: of flags, and of arguments that are named anyway."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters."""
        return untyped(super().get_params(ctx))

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Return the context; a fault in a value is told without the words of the library that checks values."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except typer.BadParameter as fault:
            fault.message = fault.message.removeprefix("Value error, ")
            raise


class CommandGroup(TyperGroup):
    """A group of commands with the same help."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters."""
        return untyped(super().get_params(ctx))


class CommandLoadedWhenCalled(TyperCommand):
    """What the program knows of a command before it is called; its module is loaded then.

    Parameters
    ----------
    name
        As the user types it.
    module
        Name of the module; its ``app`` is the command, or a group of them.
    help
        One sentence: what it is for.
    """

    def __init__(self, name: str, module: str, help: str) -> None:  # noqa: A002  as Typer names it
        super().__init__(name, help=help)
        self.module = module

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Return the context in which the command itself reads its arguments."""
        command = typer.main.get_command(import_module(self.module).app)
        return command.make_context(info_name, args, parent, **extra)


def new_app(help: str | None = None) -> typer.Typer:  # noqa: A002  as Typer names it
    """Return what the functions of one command, or of a group of commands, are added to."""
    return typer.Typer(
        cls=CommandGroup,
        help=help,
        rich_markup_mode="markdown",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )


def command(app: typer.Typer, name: str | None = None, *, cls: type[Command] = Command) -> Callable[[Form], Form]:
    """Add a function to an app as a command.

    The function is its form alone: options and help. What it does is the function of the same name and parameters in
    the module of the same name in `scenarios.cli.work`, loaded when the command is called, so that no help, no
    mistyped option and no completion waits for the solver. Parameters that begin with ``_`` are not passed on.
    """

    def added(form: Form) -> Form:
        app.command(name, cls=cls, epilog=CODES)(with_options_each(worked(form)))
        return form

    return added


def worked(form: Form) -> Form:
    """Return a function that has the work of a form done."""

    @wraps(form)
    def called(**given: Any) -> None:
        work = import_module(form.__module__.replace(".commands.", ".work."))
        getattr(work, form.__name__)(**{name: value for name, value in given.items() if not name.startswith("_")})

    return called  # type: ignore[return-value]


def with_options_each(form: Form) -> Form:
    """Return a command in whose last parameter, if it is a dataclass, each field is an option of its own."""
    takes = signature(form)
    *own, together = takes.parameters.values()
    if not is_dataclass(together.annotation):
        return form
    options = [
        Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=field.type)
        for field in fields(together.annotation)
    ]

    @wraps(form)
    def called(**given: Any) -> None:
        values = {option.name: given.pop(option.name) for option in options}
        form(**given, **{together.name: together.annotation(**values)})

    called.__signature__ = takes.replace(parameters=[*own, *options])  # type: ignore[attr-defined]
    return called  # type: ignore[return-value]


def untyped(parameters: list[Any]) -> list[Any]:
    """Return the parameters, flags and arguments without a type in the help."""
    for one in parameters:
        if one.param_type_name == "argument" or one.is_flag:
            one.display_type_rich = lambda ctx: None  # noqa: ARG005
    return parameters
