"""Read a scenario: TOML, `extends`, overrides from the command line; faults with file, line and suggestion."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from scenarios.question import origins
from scenarios.question.document import Document, ReadError, parse, read_file
from scenarios.question.faults import COMMAND_LINE, SETTING_OPTION, Fault, ScenarioError, near
from scenarios.question.messages import faults_of, places_of
from scenarios.question.origins import FilePlace
from scenarios.question.overrides import override
from scenarios.question.schema import NOT_INHERITED, Scenario

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


def load(
    reference: str | Path,
    *,
    overrides: Sequence[str] = (),
    counties: Sequence[str] = (),
    time_limit: float | None = None,
) -> Scenario:
    """Return a scenario by name or file.

    Parameters
    ----------
    reference
        Name of a shipped scenario, or a file (it ends in ``.toml`` or contains a separator of folders).
    overrides
        ``section.key=value``, the value as in TOML; the quotes of a text and the brackets of a list may be left
        out. Of two for the same setting the later holds.
    counties
        Numbers or names that replace ``select.counties``.
    time_limit
        Seconds that replace ``solver.time_limit``.

    Returns
    -------
    Scenario
        With the paths of the user's tables relative to the working folder, and the places of all settings.

    Raises
    ------
    ScenarioError
        With all faults at once, and with what is left. Whether municipalities and counties exist is found by
        `scenarios.world.build.build`.
    """
    try:
        document = merged(chain(str(reference)))
    except ReadError as error:
        raise ScenarioError(error.faults) from None
    faults = [fault for text in overrides for fault in override(document, text)]
    drop_translations(document)
    if counties:
        document.put(("select", "counties"), list(counties), FilePlace("--county"))
    if time_limit is not None:
        document.put(("solver", "time_limit"), time_limit, FilePlace("--time-limit"))
    scenario, wrong = validated(document)
    if scenario is None or faults or wrong:
        raise ScenarioError([*faults, *wrong], scenario)
    return scenario


def drop_translations(document: Document) -> None:
    """Remove the English of a heading or a description that was replaced without it: it is of another one."""
    given = {path for path, place in document.places.items() if place == FilePlace(SETTING_OPTION)}
    for key in ("title", "description"):
        if (key,) in given and (f"{key}_en",) not in given:
            document.drop((f"{key}_en",))


def validated(document: Document) -> tuple[Scenario | None, list[Fault]]:
    """Return the scenario of a document without the settings at fault, which leave the document, and their faults."""
    faults: list[Fault] = []
    gone: set[origins.Path] = set()
    while True:
        try:
            return Scenario.model_validate(document.data).written_at(document.origins()), faults
        except ValidationError as error:
            faults += faults_of(error, document.origins(), gone)
            wrong = places_of(error)
            if sum(map(document.drop, wrong)) < len(wrong):
                return None, faults
            gone |= set(wrong)
            document.data.setdefault("name", REFERENCE)


def chain(reference: str) -> list[Document]:
    """Return the documents of a scenario, each followed by the one that it extends.

    Raises
    ------
    ReadError
        If one cannot be read, or extends itself over the others.
    """
    found = [read(reference, FilePlace(COMMAND_LINE), Path())]
    while "extends" in found[-1].data:
        last = found[-1]
        place = last.origins().find(("extends",))
        base = last.data.pop("extends")
        if not (isinstance(base, str) and base):
            raise ReadError(Fault(place.file, place.line, "extends", "expected the name of a scenario or a file"))
        following = read(base, place, last.folder)
        if any(following.identity == earlier.identity for earlier in found):
            circle = " -> ".join([*(document.label for document in found), following.label])
            raise ReadError(
                Fault(place.file, place.line, "extends", f"the scenario extends itself: {circle}", "remove one extends")
            )
        found.append(following)
    return found


def read(reference: str, place: FilePlace, folder: Path | None) -> Document:
    """Return the document that a reference names.

    Parameters
    ----------
    reference
        Name or file.
    place
        Where the reference stands, for faults.
    folder
        What a relative file is relative to; ``None`` within the shipped scenarios.
    """
    if is_file(reference) and folder is not None:
        return read_file(folder, reference, place)
    if reference not in names():
        raise ReadError(unknown_name(reference, place))
    document = parse(source(reference), f"{reference} (shipped)")
    document.identity = reference
    return document


def is_file(reference: str) -> bool:
    """Return whether a reference means a file, by its form alone: what stands in the folder must not decide."""
    return reference.casefold().endswith(".toml") or "/" in reference or "\\" in reference


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


def merged(documents: Iterable[Document]) -> Document:
    """Return one document: key by key within each section, the first that says something holds.

    Name, titles and descriptions are those of the first; lists and tables within a section are not mixed.
    """
    first, *bases = documents
    first.data.setdefault("name", folder_name(Path(first.label).stem))
    for base in bases:
        for key in NOT_INHERITED:
            base.data.pop(key, None)
        for section, value in base.data.items():
            ours = first.data.get(section)
            if isinstance(ours, dict) and isinstance(value, dict):
                for key in value.keys() - ours.keys():
                    first.put((section, key), value[key], base)
            elif section not in first.data:
                first.put((section,), value, base)
    return first


def folder_name(text: str) -> str:
    """Return a text in the form of a scenario's name."""
    return re.sub(r"[^a-z0-9æøå]+", "-", text.casefold()).strip("-")[:60].strip("-") or "scenario"
