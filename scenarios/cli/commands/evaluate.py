"""The command ``evaluate``."""

from typing import Annotated

import typer

from scenarios.cli.shared import completion, option
from scenarios.cli.shared.group import command, new_app

app = new_app()
Asked = Annotated[
    str,
    typer.Argument(
        metavar="NAME|FILE.csv|RUN",
        help="A reference, a CSV with kommunenummer and host, or a run folder.",
        autocompletion=completion.references,
    ),
]
JudgedBy = Annotated[
    str,
    typer.Option(
        metavar="NAME|FILE.toml", help="Whose rules and prices to judge by.", autocompletion=completion.scenarios
    ),
]
WithOptimum = Annotated[
    bool,
    typer.Option(
        "--optimum",
        help="Solve the scenario too: how far the grouping is from the best plan, from the best that its members "
        "can do among themselves, and from the best with its offices held.",
    ),
]
Offices = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Report this office member by member against the best plan; may be repeated.",
        autocompletion=completion.municipalities,
    ),
]


@command(app)
def evaluate(
    grouping: Asked,
    scenario: JudgedBy = option.DEFAULT_SCENARIO,
    overrides: option.Overrides = None,
    counties: option.Counties = None,
    optimum: WithOptimum = False,
    office: Offices = None,
    missing_alone: option.MissingAlone = False,
    as_json: option.AsJson = False,
    language: option.Lang = option.NORWEGIAN,
    quiet: option.Quiet = False,
    _debug: option.Debug = False,
) -> None:
    """Judge a grouping of your own, or an arrangement of today: terms, rules and every violation.

    A grouping that breaks rules, or leaves municipalities out, is judged like any other: the exit code is 0.
    References are eksisterende, eksisterende-og-planlagte, historiske, regionraad, okonomiske-regioner and ba-regioner;
    who is in no group stands alone.
    """
