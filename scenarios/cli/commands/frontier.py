"""The command ``frontier``."""

from typing import Annotated

import typer

from scenarios.cli.shared import completion, option
from scenarios.cli.shared.group import command, new_app

app = new_app()

BETWEEN = "travel,county_lines"

Between = Annotated[
    str | None,
    typer.Option(
        metavar="TERM,TERM[,TERM]",
        help="The terms to set against each other; all but the first are counted alone. Three give a selection. "
        f"Without, and without --weight: {BETWEEN}.",
        autocompletion=completion.terms,
        show_default=False,
    ),
]
Points = Annotated[str, typer.Option(metavar="NUMBER|all", help="Most points, the two ends included.")]
IgnoreOthers = Annotated[
    bool, typer.Option("--ignore-others", help="Leave all other terms out, instead of counting them at their price.")
]
WeightsAsked = Annotated[
    list[str] | None,
    typer.Option(
        "--weight",
        metavar="TERM|all",
        help="Over which range of this weight the best plan stays the best; may be repeated.",
        autocompletion=completion.weights,
    ),
]


@command(app)
def frontier(
    scenario: option.Reference = option.DEFAULT_SCENARIO,
    between: Between = None,
    points: Points = "9",
    ignore_others: IgnoreOthers = False,
    weights: WeightsAsked = None,
    *,
    asked: option.AskingOptions,
) -> None:
    """Trace what less of one term adds to another: the plans that no other beats in both respects.

    With --weight: how much the price of a term may change before another plan becomes the best.
    """
