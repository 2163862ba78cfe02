"""Read a scenario, stage by stage; each hands on to the next, and none looks back.

A reference names the first of a chain of documents (TOML with the line of everything in it), each of which extends the
one behind it. They become one document, the command line sets what it sets in it, and the schema makes a scenario of
it. Faults of all stages come at once, with file, line and suggestion.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from scenarios.question.document import Document, parse, read_file
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import COMMAND_LINE, Fault
from scenarios.question.messages import faults_of, places_of
from scenarios.question.origins import SHIPPED, FilePlace
from scenarios.question.origins import Path as KeyPath
from scenarios.question.overrides import override_all
from scenarios.question.schema import NOT_INHERITED, Scenario
from scenarios.question.shipped import REFERENCE, folder_name, names, source, unknown_name


@dataclass(frozen=True)
class Reading:
    """What was read.

    Parameters
    ----------
    scenario
        Without the settings at fault, so that later stages can look for further faults; ``None`` if nothing is left.
    faults
        What is wrong with the settings.
    """

    scenario: Scenario | None
    faults: tuple[Fault, ...]


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
        With all faults at once. Whether municipalities and counties exist is found by `scenarios.world.build.build`.
    """
    found = read(reference, overrides=overrides, counties=counties, time_limit=time_limit)
    if found.scenario is None or found.faults:
        raise ScenarioError(found.faults)
    return found.scenario


def read(
    reference: str | Path,
    *,
    overrides: Sequence[str] = (),
    counties: Sequence[str] = (),
    time_limit: float | None = None,
) -> Reading:
    """Return a scenario as `load` does, or what is sound of it and all faults.

    Raises
    ------
    ScenarioError
        If a document cannot be read at all.
    """
    document = merged(chain(str(reference)))
    faults = override_all(document, overrides, counties, time_limit)
    scenario, wrong = validated(document)
    return Reading(scenario, (*faults, *wrong))


def chain(reference: str) -> list[Document]:
    """Return the documents of a scenario, each followed by the one that it extends.

    Raises
    ------
    ScenarioError
        If one cannot be read, or extends itself over the others.
    """
    found = [document_of(reference, FilePlace(COMMAND_LINE), Path())]
    while "extends" in found[-1].data:
        last = found[-1]
        place = last.origins().find(("extends",))
        base = last.data.pop("extends")
        if not (isinstance(base, str) and base):
            raise ScenarioError([Fault(place.file, place.line, "extends", "expected the name of a scenario or a file")])
        following = document_of(base, place, last.folder)
        if any(following.identity == earlier.identity for earlier in found):
            circle = " -> ".join([*(document.label for document in found), following.label])
            what = f"the scenario extends itself: {circle}"
            raise ScenarioError([Fault(place.file, place.line, "extends", what, "remove one extends")])
        found.append(following)
    return found


def document_of(reference: str, place: FilePlace, folder: Path | None) -> Document:
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
        raise ScenarioError([unknown_name(reference, place)])
    document = parse(source(reference), f"{reference}{SHIPPED}")
    document.identity = reference
    return document


def is_file(reference: str) -> bool:
    """Return whether a reference means a file, by its form alone: what stands in the folder must not decide."""
    return reference.casefold().endswith(".toml") or "/" in reference or "\\" in reference


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


def validated(document: Document) -> tuple[Scenario | None, list[Fault]]:
    """Return the scenario of a document without the settings at fault, which leave the document, and their faults."""
    faults: list[Fault] = []
    gone: set[KeyPath] = set()
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
