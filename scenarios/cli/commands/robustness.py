"""The command ``robustness``."""

from typing import Annotated

import typer

from scenarios.cli.shared import option
from scenarios.cli.shared.group import command, new_app

app = new_app()
Vacancy = Annotated[float, typer.Option(metavar="SHARE", help="Risk that a post is vacant, 0 to 1.")]
RoundedBy = Annotated[str, typer.Option(metavar="part|up|down|nearest", help="How årsverk become posts.")]
Quick = Annotated[bool, typer.Option("--quick", help="Leave the ferries out.")]


@command(app)
def robustness(
    scenario: option.ReferenceOrRun,
    vacancy: Vacancy = 0.2,
    rounding: RoundedBy = "part",
    quick: Quick = False,
    *,
    asked: option.AskingOptions,
) -> None:
    """Say what a plan stands: members leave, posts are vacant, figures differ, ferries stop.

    Tries the plan under other figures for planners, longer journeys and without each ferry that it depends on, and
    finds the plan whose largest loss over all of these is smallest. The whole country takes minutes.
    """
