"""The command ``measures``."""

from typing import Annotated

import typer

from optimizer.staffing.help import DIGITAL_MINUTES, EACH
from scenarios.cli.shared import option
from scenarios.cli.shared.group import command, new_app

app = new_app()
Within = Annotated[
    float, typer.Option(metavar="MINUTES", help="Journey between a municipality and who helps it at most, one way.")
]
Each = Annotated[int, typer.Option(metavar="N", help="Municipalities that one mentor has at most.")]


@command(app)
def measures(
    scenario: option.ReferenceOrRun,
    within: Within = DIGITAL_MINUTES,
    each: Each = EACH,
    *,
    asked: option.AskingOptions,
) -> None:
    """Say what helps those left alone or short of planners: mentor, trainee, guidance.

    Assistance (bistand) is that somebody does the work, guidance (veiledning) that somebody advises. Those who stand
    alone come first, and whoever gets no assistance is listed first, with the reason.
    """
