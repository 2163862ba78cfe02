"""How commands and their groups show help, and a command whose module is loaded when it is called."""

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from importlib import import_module
from inspect import Parameter, signature
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


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
    """What the program knows of a command before it is called; its module, with the solver behind it, is loaded then.

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


def new_app(
    help: str | None = None,  # noqa: A002  as Typer names it
    cls: type[CommandGroup] = CommandGroup,
) -> typer.Typer:
    """Return what the functions of one command, or of a group of commands, are added to."""
    return typer.Typer(
        cls=cls,
        help=help,
        rich_markup_mode="markdown",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )


def with_options_each(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command in whose last parameter, a dataclass, each field is an option of its own."""
    takes = signature(command)
    *own, together = takes.parameters.values()
    options = [
        Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=field.type)
        for field in fields(together.annotation)
    ]

    @wraps(command)
    def called(**given: Any) -> None:
        values = {option.name: given.pop(option.name) for option in options}
        command(**given, **{together.name: together.annotation(**values)})

    called.__signature__ = takes.replace(parameters=[*own, *options])  # type: ignore[attr-defined]
    return called


def untyped(parameters: list[Any]) -> list[Any]:
    """Return the parameters, flags and arguments without a type in the help."""
    for one in parameters:
        if one.param_type_name == "argument" or one.is_flag:
            one.display_type_rich = lambda ctx: None  # noqa: ARG005
    return parameters
