"""The command ``explain``."""

from typing import Annotated

import typer

from scenarios.cli.shared import completion, option
from scenarios.cli.shared.group import command, new_app

app = new_app()
Municipality = Annotated[
    str | None,
    typer.Argument(
        metavar="MUNICIPALITY",
        help="Number or any name; not needed where the scenario has no plan.",
        autocompletion=completion.municipalities,
        show_default=False,
    ),
]


@command(app)
def explain(
    scenario: option.ReferenceOrRun,
    municipality: Municipality = None,
    *,
    asked: option.AskingOptions,
) -> None:
    """Say why a municipality has its office, what others would add for whom, what is not possible.

    For a scenario without a plan: which rules contradict each other, for whom, and what to change (exit code 4).
    """
