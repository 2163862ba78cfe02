"""The command ``money``."""

from pathlib import Path
from typing import Annotated

import typer

from maps.told.texts import Words
from optimizer.sharing.keys import KEYS
from scenarios.cli.shared import completion, option
from scenarios.cli.shared.group import command, new_app

app = new_app()

ENGLISH = Words("en")
MOST_YEARS = 10
"""Of a phase-in, as in a scenario."""

Key = Annotated[
    str | None,
    typer.Option(
        metavar="KEY",
        help="Another key than the scenario's, or a mix like equal=0.4,inhabitants=0.6. "
        + " ".join(
            f"{name}: {ENGLISH.text(f'key.{name}.name')}. {ENGLISH.text(f'key.{name}.pro')} "
            f"{ENGLISH.text(f'key.{name}.contra')}"
            for name in KEYS
        ),
        autocompletion=completion.keys,
        show_default=False,
    ),
]
Office = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Only the office of this municipality, by number or name.",
        show_default=False,
        autocompletion=completion.municipalities,
    ),
]
Projection = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="CSV or workbook with kommunenummer;year;inhabitants: how the key drifts if the cost stays.",
        show_default=False,
    ),
]
PhaseIn = Annotated[
    int | None,
    typer.Option(
        metavar="YEARS",
        min=1,
        max=MOST_YEARS,
        help="Years in which each goes in equal steps from what it pays today to its part by the key.",
        show_default=False,
    ),
]


@command(app)
def money(
    scenario: option.ReferenceOrRun,
    key: Key = None,
    office: Office = None,
    projection: Projection = None,
    phase_in: PhaseIn = None,
    *,
    asked: option.AskingOptions,
) -> None:
    """Say what a plan costs in kroner, who pays which part, and who would bear more than alone.

    Today, each doing its best alone, and shared: money out and work left undone, always together. All sums are
    estimates: they rest on the prices in the section money of the scenario.
    """
