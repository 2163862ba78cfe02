"""The options that several commands have."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scenarios.cli.shared import completion

DEFAULT_SCENARIO = "nasjonal"
STRICT = "strict"
"""Value of ``--keep`` that holds offices only if they keep the limits."""


class Language(StrEnum):
    """Languages of what is written, as in `maps.told.texts.LANGUAGES`."""

    NB = "nb"
    NN = "nn"
    EN = "en"


NORWEGIAN = Language.NB


Reference = Annotated[
    str,
    typer.Argument(
        metavar="NAME|FILE.toml", help="A shipped scenario, or a file.", autocompletion=completion.scenarios
    ),
]
References = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME|FILE.toml...", help="Shipped scenarios, or files.", autocompletion=completion.scenarios
    ),
]
ReferenceOrRun = Annotated[
    str,
    typer.Argument(
        metavar="NAME|FILE.toml|RUN",
        help="A scenario, which is solved, or a run folder.",
        autocompletion=completion.scenarios,
    ),
]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Another value for a setting: limits.max_minutes=60."),
]
Counties = Annotated[
    list[str] | None,
    typer.Option(
        "--county",
        metavar="COUNTY",
        help="Only this county, by number or name; may be repeated.",
        autocompletion=completion.counties,
    ),
]
OutFolder = Annotated[
    Path | None,
    typer.Option("--out", metavar="FOLDER", help="Folder for the answer: CSV and JSON.", show_default=False),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(metavar="SECONDS", help="Stop after this time and give what is known by then.", show_default=False),
]
Lang = Annotated[
    Language,
    typer.Option(
        "--lang", help="Language of the answer: bokmål, nynorsk or English; help and faults in input are English."
    ),
]
MissingAlone = Annotated[
    bool, typer.Option("--missing-alone", help="Let those whom a grouping leaves out stand alone in it.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="A line for every step of the solver.")]
# The end of the program looks for this one itself: a fault may come before the options are read.
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an unexpected fault.")]


def listed(values: Iterable[str] | None) -> tuple[str, ...]:
    """Return the values of an option that may be repeated."""
    return tuple(values or ())


@dataclass(frozen=True)
class AskingOptions:
    """The options of every command that asks about a scenario, in the order of its help."""

    out: OutFolder = None
    overrides: Overrides = None
    counties: Counties = None
    as_json: AsJson = False
    language: Lang = NORWEGIAN
    time_limit: TimeLimit = None
    quiet: Quiet = False
    verbose: Verbose = False
    _debug: Debug = False

    @property
    def changes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What ``--set`` and ``--county`` say."""
        return listed(self.overrides), listed(self.counties)
