"""Scenario files as they stand: text, data, and the place of everything in them."""

import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from geodata.faults import require_plain
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import Fault
from scenarios.question.lines import lines_of
from scenarios.question.origins import OTHER_TRAVEL, FilePlace, Origins, without
from scenarios.question.origins import Path as KeyPath

LARGEST = 1_000_000
"""Bytes; more is no scenario file."""
CURLY = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
"""Quotation marks as word processors write them."""
TABLES = (
    *((section, "table") for section in ("planners", "travel", "money", "disciplines", "cycle")),
    *(("data", name) for name in ("municipalities", "boundaries", "neighbours", "figures")),
    ("planners", "activity"),
    ("travel", "roads"),
    ("money", "projection"),
    ("disciplines", "need_table"),
)
"""Section and key of each setting that is a path."""


class Bare(str):
    """A text from the command line that was written without quotes, and is shown so."""

    __slots__ = ()


@dataclass
class Document:
    """A scenario file while it is put together.

    Parameters
    ----------
    label
        The file as the user named it.
    data
        As `tomllib` reads it.
    places
        Where each key, table and array element stands.
    folder
        What its paths are relative to; ``None`` for a shipped scenario.
    identity
        The same for the same file, whatever it was called.
    """

    label: str
    data: dict[str, Any]
    places: dict[KeyPath, FilePlace] = field(default_factory=dict)
    folder: Path | None = None
    identity: str = ""

    def origins(self) -> Origins:
        """Return the places of all settings."""
        return Origins(self.places, self.label)

    def put(self, path: tuple[str, ...], value: object, origin: "FilePlace | Document") -> bool:
        """Set a value at a path, with its place or, from another document, the places of all that is in it.

        Returns
        -------
        bool
            Whether it could be set: every step on the way is a table.
        """
        table = self.data
        for step, part in enumerate(path[:-1], start=1):
            if part not in table and isinstance(origin, FilePlace):
                self.places[path[:step]] = origin
            table = table.setdefault(part, {})
            if not isinstance(table, dict):
                return False
        table[path[-1]] = value
        for old in [old for old in self.places if old[: len(path)] == path]:
            del self.places[old]
        if isinstance(origin, FilePlace):
            self.places[path] = origin
        else:
            self.places |= {other: at for other, at in origin.places.items() if other[: len(path)] == path}
        return True

    def drop(self, path: KeyPath) -> bool:
        """Remove a setting, or an element of a list, whose later elements move up with their places.

        Returns
        -------
        bool
            Whether it was there.
        """
        inside: Any = self.data
        try:
            for part in path[:-1]:
                inside = inside[part]
            del inside[path[-1]]
        except (KeyError, IndexError, TypeError):
            return False
        self.places = without(self.places, path)
        return True


def read_file(folder: Path, reference: str, place: FilePlace) -> Document:
    """Return the document in a file.

    Parameters
    ----------
    folder
        What the reference is relative to.
    reference
        Path as the user wrote it.
    place
        Where it was written, for the fault of a file that cannot be opened.

    Raises
    ------
    ScenarioError
        If the file cannot be opened, is no text in UTF-8 or no TOML.
    """
    path = folder / reference
    at = Fault(place.file, place.line, "extends", "") if place.line else Fault(str(path), None, "", "")
    try:
        require_plain(path)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        identity = str(path.resolve())
    except (OSError, ValueError, RuntimeError) as error:
        what, hint = unreadable(path, error)
        raise ScenarioError([replace(at, what=what, hint=hint)]) from None
    document = parse(as_text(content, str(path)), str(path))
    document.folder = path.parent
    document.identity = identity
    for section, key in TABLES:
        settings = document.data.get(section)
        if isinstance(settings, dict) and isinstance(settings.get(key), str) and settings[key]:
            settings[key] = str(path.parent / settings[key])
    return document


def unreadable(path: Path, error: Exception) -> tuple[str, str]:
    """Return in words why a file cannot be opened, and the next step."""
    if isinstance(error, FileNotFoundError):
        beside = sorted(other.name for other in path.parent.glob("*.toml")) if path.parent.is_dir() else []
        hint = f"in the same folder: {', '.join(beside[:8])}" if beside else "see: plankontor scenario list"
        return f"there is no file {path}", hint
    if isinstance(error, IsADirectoryError):
        return f"{path} is a folder", "name the .toml file in it"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {reason}", "check the path and the rights"


def as_text(content: bytes, label: str) -> str:
    """Return the text of a file; a byte order mark, as some editors write it, is no fault.

    Raises
    ------
    ScenarioError
        If it is too large, empty, binary or not in UTF-8.
    """
    if len(content) > LARGEST:
        raise ScenarioError(
            [Fault(label, None, "", f"has more than {LARGEST} bytes", "a scenario is a short text file")]
        )
    if b"\0" in content:
        raise ScenarioError([Fault(label, None, "", "is no text file", "a scenario is TOML, a text file in UTF-8")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ScenarioError([Fault(label, line, "", "is not UTF-8", "save the file with the encoding UTF-8")]) from None
    if not text.strip():
        raise ScenarioError([Fault(label, None, "", "the file is empty", f"a whole scenario is: {SMALLEST}")])
    return text


SMALLEST = 'extends = "nasjonal"'


def parse(text: str, label: str) -> Document:
    """Return the document that a text is.

    Raises
    ------
    ScenarioError
        If it is no TOML.
    """
    try:
        data = tomllib.loads(text)
        lines = lines_of(text)
    except RecursionError:
        raise ScenarioError([Fault(label, None, "", "lists and tables are nested too deeply")]) from None
    except ValueError as error:
        raise ScenarioError([syntax_fault(text, label, str(error))]) from None
    document = Document(label, data, {path: FilePlace(label, line) for path, line in lines.items()})
    hoist(document)
    return document


def hoist(document: Document) -> None:
    """Put what stands in ``[data.travel]`` into ``[travel]``, which is the same section by another name.

    Raises
    ------
    ScenarioError
        With each setting that stands in both.
    """
    inside = document.data.get("data")
    other = inside.get("travel") if isinstance(inside, dict) else None
    ours = document.data.get("travel", {})
    if not isinstance(other, dict) or not isinstance(ours, dict):
        return
    origins = document.origins()
    twice = {key: origins.find(("travel", key)).line for key in other if key in ours}
    if twice:
        raise ScenarioError(
            origins.fault((*OTHER_TRAVEL, key), f"stands in [travel], too, on line {line}", "remove one of the two")
            for key, line in twice.items()
        )
    moved = {path: replace(place, written=path) for path, place in document.places.items() if path[:2] == OTHER_TRAVEL}
    document.drop(OTHER_TRAVEL)
    document.data["travel"] = ours | other
    document.places = {path[1:]: place for path, place in moved.items()} | document.places


def syntax_fault(text: str, label: str, message: str) -> Fault:
    """Return the fault of a text that is no TOML, with the line and a guess at what was meant."""
    message, *where = message.rsplit(" (at ", 1)
    number = re.match(r"line (\d+)", where[0]) if where else None
    lines = text.splitlines() or [""]
    line = int(number[1]) if number else len(lines)
    reading = {"Cannot overwrite a value": "a key is written twice"}.get(message, message[:1].lower() + message[1:])
    reading = re.sub(r"\('(.*?)',?\)", lambda match: f"[{match[1].replace(chr(39) + ', ' + chr(39), '.')}]", reading)
    found = lines[min(line, len(lines)) - 1]
    curly = next((mark for mark in found if mark in CURLY), "")
    hint = f'quotation marks are straight: " and not {curly}' if curly else guess(found)
    return Fault(label, line, "", f"no TOML: {reading}", hint)


def guess(line: str) -> str:
    """Return the next step for a line that is no TOML; may be empty."""
    key, equals, value = line.partition("=")
    value = re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", value)
    if '"' in value:
        return "a quotation mark is missing"
    if found := re.search(r"(?<![\w.+-])0\d+", value):
        return f'numbers of municipalities are text: "{found[0]}"'
    if re.fullmatch(r"\s*[+-]?\d+,\d+\s*", value):
        return "decimals have a point"
    if equals and not key.strip().isascii() and '"' not in key:
        return f'a key with other letters than a to z needs quotes: "{key.strip()}"'
    if equals and re.fullmatch(r"\s*[^\W\d][\w .-]*", value):
        return f'a text needs quotes: "{value.strip()}"'
    return ""
