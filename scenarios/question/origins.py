"""Where each setting of a scenario was written: a map from its path to file and line."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from scenarios.question.faults import Fault

Path = tuple[str | int, ...]
"""Keys and positions in arrays from the top of the document: ``("pins", "together", 0, 1)``."""

SHIPPED = " (shipped)"
"""How the name of a file ends that came with the program."""

OTHER_TRAVEL = ("data", "travel")
"""What the section ``[travel]`` may be called, too."""


def at_home(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the path of a setting in its own section, if it is written in ``[data.travel]``."""
    return path[1:] if path[:2] == OTHER_TRAVEL else path


@dataclass(frozen=True)
class FilePlace:
    """A file as the user named it (or an option of the command line), and a line in it.

    Parameters
    ----------
    file
        The file or the option.
    line
        From 1; ``None`` where there is none.
    written
        The path that stood there, if elements before it have left its list; otherwise empty.
    """

    file: str
    line: int | None = None
    written: Path = ()


Places = Mapping[Path, FilePlace]
"""Where everything was written."""


def without(places: Places, path: Path) -> dict[Path, FilePlace]:
    """Return the places after a setting has gone, or an element of a list, whose later elements move up."""
    *above, last = path
    depth = len(above)
    moved: dict[Path, FilePlace] = {}
    for old, place in places.items():
        beside = len(old) > depth and list(old[:depth]) == above
        at = old[depth] if beside else None
        if beside and at == last:
            continue
        if isinstance(at, int) and isinstance(last, int) and at > last:
            moved[*above, at - 1, *old[depth + 1 :]] = replace(place, written=place.written or old)
        else:
            moved[old] = place
    return moved


@dataclass(frozen=True, eq=False)
class Origins:
    """The places of all settings.

    Parameters
    ----------
    places
        Place of each key, table and array element that was written anywhere.
    file
        What to name for a setting that nobody wrote.
    """

    places: Places = field(default_factory=lambda: MappingProxyType({}))
    file: str = "the scenario"

    def __eq__(self, other: object) -> bool:
        """Return whether the other is an `Origins`: where a scenario was written is no part of what it says."""
        return isinstance(other, Origins)

    def __hash__(self) -> int:
        """Return the same for all, as all are equal."""
        return hash(Origins)

    def find(self, path: Path) -> FilePlace:
        """Return the place of a path, or of the nearest table or array around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return FilePlace(self.file)

    def by_user(self, path: Path, other: Path) -> FilePlace:
        """Return the place of the first of two settings, or of the second where only that is no shipped scenario's."""
        written = [self.places[one] for one in (path, other) if one in self.places]
        return next((one for one in written if not one.file.endswith(SHIPPED)), self.find(path))

    def fault(self, path: Path, what: str, hint: str = "") -> Fault:
        """Return a fault at the place of a path."""
        place = self.find(path)
        written = place.written if path in self.places and place.written else path
        return Fault(place.file, place.line, dotted(written), what, hint)


def dotted(path: Path) -> str:
    """Return a path as people write it: ``pins.together[0][1]``, ``pins.fixed."0301"``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if is_bare(part) else f'"{part}"')
    return text


def is_bare(key: str) -> bool:
    """Return whether a key is shown without quotes: plain words, but not numbers."""
    return key.replace("_", "").replace("-", "").isalnum() and key.isascii() and not key.isdigit()
