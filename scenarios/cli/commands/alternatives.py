"""The command ``alternatives``."""

from enum import StrEnum
from typing import Annotated

import typer

from scenarios.cli.shared import option
from scenarios.cli.shared.group import command, new_app

app = new_app()


class Counting(StrEnum):
    """Who counts as moved, as in `optimizer.questions.alternatives`."""

    OFFICES = "offices"
    HOSTS = "hosts"


Most = Annotated[int, typer.Option("-k", "--count", metavar="NUMBER", help="Most alternatives.")]
MinMoved = Annotated[
    int, typer.Option(metavar="NUMBER", help="Municipalities that each moves against every plan before it.")
]
Within = Annotated[
    str, typer.Option(metavar="SHARE", help="Most minutes that an alternative may add to the best plan: 1%, 0.01.")
]
CountedBy = Annotated[
    Counting,
    typer.Option(
        help="Who counts as moved: offices: with another host and other members; hosts: with another host, "
        "also where only the host of an office changes."
    ),
]
WithFirmness = Annotated[
    bool, typer.Option("--firmness", help="Also decide what all, some or none of the plans within the share have.")
]


@command(app)
def alternatives(
    scenario: option.Reference = option.DEFAULT_SCENARIO,
    k: Most = 5,
    min_moved: MinMoved = 10,
    within: Within = "1%",
    counting: CountedBy = Counting.OFFICES,
    firmness: WithFirmness = False,
    *,
    asked: option.AskingOptions,
) -> None:
    """Find other plans that are nearly as good: each the best that differs enough from all before it.

    With --out each plan is also written as a grouping that `plankontor evaluate` and
    `plankontor compare` read.
    """
