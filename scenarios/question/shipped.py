"""The shipped scenarios: their names and texts, and new files made from them."""

import re
from functools import cache
from importlib import resources

from scenarios.question.errors import ScenarioError
from scenarios.question.faults import COMMAND_LINE, Fault, near
from scenarios.question.origins import FilePlace

LIBRARY = "library"
REFERENCE = "nasjonal"
"""The shipped scenario that spells out every setting; new files are copies of it."""

SCHEMA_BESIDE = "plankontor.schema.json"
"""What editors check a scenario file by, beside it."""
WRITTEN = (".png", ".html", ".csv", ".xlsx", ".json", ".geojson", ".gpkg", ".pdf")
"""Ends of files that the program writes or reads elsewhere, and nobody's scenario."""


@cache
def names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios, the national ones first."""
    files = resources.files("scenarios.question").joinpath(LIBRARY).iterdir()
    shipped = [file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")]
    return tuple(sorted(shipped, key=lambda name: (not name.startswith(REFERENCE), name)))


def source(name: str) -> str:
    """Return the text of a shipped scenario, comments and all.

    Raises
    ------
    ScenarioError
        If no such scenario is shipped.
    """
    if name not in names():
        raise ScenarioError([unknown_name(name, FilePlace(COMMAND_LINE))])
    file = resources.files("scenarios.question").joinpath(LIBRARY, f"{name}.toml")
    return file.read_text(encoding="utf-8")


def template(name: str) -> str:
    """Return a commented file with every setting for a new scenario of this name.

    Parameters
    ----------
    name
        Small letters, digits and single hyphens; anything else is brought into that form.
    """
    text = source(REFERENCE)
    for pattern, new in (
        (r"^#:schema .*?$", f"#:schema ./{SCHEMA_BESIDE}"),
        (r'^name = ".*?"$', f'name = "{folder_name(name)}"'),
        (r'^title = ".*?"$', 'title = ""'),
        (r'^description = """.*?"""$', 'description = ""'),
        (r'^title_en = ".*?"$', 'title_en = ""'),
        (r'^description_en = """.*?"""$', 'description_en = ""'),
    ):
        text = re.sub(pattern, new, text, count=1, flags=re.MULTILINE | re.DOTALL)
    return text


def unknown_name(reference: str, place: FilePlace) -> Fault:
    """Return the fault of a name that is not shipped."""
    if reference.casefold().endswith(WRITTEN):
        hint = (
            "a scenario is a name or a .toml file; --png, --csv-excel and --json take no file: --out names the folder"
        )
        return Fault(place.file, place.line, "extends" if place.line else reference, "is no scenario", hint)
    meant = near(reference, names())
    hint = f"shipped are {', '.join(names())}; a file ends in .toml"
    if meant:
        hint = f"did you mean {meant[0]}? {hint.capitalize()}"
    return Fault(place.file, place.line, "extends" if place.line else reference, "no scenario of this name", hint)


def folder_name(text: str) -> str:
    """Return a text in the form of a scenario's name."""
    return re.sub(r"[^a-z0-9æøå]+", "-", text.casefold()).strip("-")[:60].strip("-") or "scenario"
