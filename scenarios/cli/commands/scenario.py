"""Commands about scenarios: list, show, new, check, schema."""

from pathlib import Path
from typing import Annotated

import typer

from scenarios.cli.shared import option
from scenarios.cli.shared.group import command, new_app

app = new_app("Look at, make and check scenario files.")


@command(app, "list")
def list_scenarios(
    as_json: option.AsJson = False, language: option.Lang = option.NORWEGIAN, _debug: option.Debug = False
) -> None:
    """List the shipped scenarios."""


@command(app)
def show(
    scenario: option.Reference,
    overrides: option.Overrides = None,
    counties: option.Counties = None,
    as_json: option.AsJson = False,
    _debug: option.Debug = False,
) -> None:
    """Print a scenario with every setting, as a file that can be run."""


@command(app)
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="The file to make; it must not exist.")],
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """Write a commented scenario file with every setting, to be changed, and the schema that editors check it by."""


@command(app)
def check(
    scenarios: option.References = None,
    overrides: option.Overrides = None,
    counties: option.Counties = None,
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """Check scenarios without solving: all of the shipped ones, if none is named."""


@command(app)
def schema(_debug: option.Debug = False) -> None:
    """Print the JSON schema of scenario files, for editors."""
