"""The command ``order``."""

from typing import Annotated

import typer

from scenarios.cli.shared import option
from scenarios.cli.shared.group import command, new_app

app = new_app()
Years = Annotated[int | None, typer.Option(metavar="N", help="Years in which offices start.", show_default=False)]
Starts = Annotated[int | None, typer.Option(metavar="M", help="Offices that start in a year.", show_default=False)]
ACounty = Annotated[
    int | None, typer.Option(metavar="K", help="Of these, in the county of their hosts.", show_default=False)
]
BudgetKr = Annotated[
    float | None, typer.Option("--budget", metavar="KR", help="Kroner a year for starting.", show_default=False)
]
Horizon = Annotated[
    int | None, typer.Option(metavar="YEARS", help="Years whose gain counts, from the first.", show_default=False)
]
After = Annotated[
    list[str] | None,
    typer.Option(metavar="A:B", help="The office of B does not start before that of A; may be repeated."),
]


@command(app)
def order(
    scenario: option.ReferenceOrRun,
    years: Years = None,
    starts: Starts = None,
    a_county: ACounty = None,
    budget: BudgetKr = None,
    horizon: Horizon = None,
    after: After = None,
    *,
    asked: option.AskingOptions,
) -> None:
    """Say which offices start first: the order that gains most, proved.

    What is not given is taken from the section order of the scenario. The gain is that of the kroner, like for like.
    """
