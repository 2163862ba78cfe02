"""What a sweep asks: one scenario, and the settings that differ between its runs, read from a file in TOML.

Three parts say how they differ: every combination in ``[grid]``, each row of ``[[runs]]``, and seeded draws in
``[random]``. Where a file has more than one of them, every combination of the one is run with every row of the other.
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from scenarios.question.document import TABLES, Document, read_file
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import COMMAND_LINE, Fault, mean
from scenarios.question.load import chain, is_file, merged
from scenarios.question.messages import fault_of, unknown
from scenarios.question.origins import FilePlace, at_home, dotted
from scenarios.question.origins import Path as KeyPath
from scenarios.question.overrides import override_all
from scenarios.question.schema import LONGEST_TITLE, NOT_INHERITED, Scenario, node_at
from scenarios.question.shipped import REFERENCE, folder_name

DIGITS: Final = 6
"""Digits of a drawn number: the table says exactly what was asked."""
MOST_STEPS: Final = 1_000_000
SPAN: Final = ("from", "to", "steps")
PARTS: Final = ("grid", "runs", "random")
OWN: Final = ("scenario", "name", "title", "title_en", *PARTS)
DRAWS, SEED = "draws", "seed"
FORM: Final = "a list like [60, 75, 90], or a span like { from = 60, to = 90, steps = 3 }"
UNSWEPT: Final = (*((name,) for name in (*NOT_INHERITED, "extends", "edition")), ("solver", "workers"))
"""Settings that cannot differ, beside those in ``[data]``: names, the edition, and the threads, which the number of
processes follows from."""

Settings = dict[str, Any]
"""What one run sets, by dotted name of the setting."""


@dataclass(frozen=True)
class Span:
    """Numbers from one to another, both included.

    Parameters
    ----------
    low, high
        The ends.
    whole
        Whether only whole numbers are meant.
    """

    low: float
    high: float
    whole: bool

    def drawn(self, at: random.Random) -> float:
        """Return a number, each as likely as any other."""
        if self.whole:
            return at.randint(int(self.low), int(self.high))
        return rounded(at.uniform(self.low, self.high))


@dataclass(frozen=True)
class SweptSetting:
    """A setting that differs between runs.

    Parameters
    ----------
    path
        Of the setting in a scenario.
    values
        What it may be; a span only where numbers are drawn from it.
    """

    path: tuple[str, ...]
    values: Span | tuple[Any, ...]

    @property
    def name(self) -> str:
        """The dotted name."""
        return dotted(self.path)

    @property
    def tried(self) -> tuple[Any, ...]:
        """The values of which all others follow if these are sound."""
        if isinstance(self.values, Span):
            whole = int if self.values.whole else float
            return whole(self.values.low), whole(self.values.high)
        return self.values


@dataclass(frozen=True)
class Sweep:
    """Which runs are asked for.

    Parameters
    ----------
    name, title, title_en
        Of the sweep; a name for folders, and headings.
    base
        The scenario, as a document; each run sets something in a copy of it.
    paths
        Every setting that differs, by its dotted name, in the order of the file.
    grid
        Of these every combination is run.
    rows
        What each row of ``[[runs]]`` sets.
    drawn
        Of these a value is drawn for each draw.
    draws, seed
        How many, and what they begin from: the same seed gives the same draws, and more of them the same ones first.
    """

    name: str
    title: str
    title_en: str
    base: Document = field(compare=False)
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grid: tuple[SweptSetting, ...] = ()
    rows: tuple[Settings, ...] = ()
    drawn: tuple[SweptSetting, ...] = ()
    draws: int = 1
    seed: int = 0

    def __len__(self) -> int:
        """Return how many runs there are."""
        return math.prod(len(axis.tried) for axis in self.grid) * max(1, len(self.rows)) * self.draws

    def settings(self, number: int) -> Settings:
        """Return what a run sets.

        Parameters
        ----------
        number
            From 1.
        """
        left, draw = divmod(number - 1, self.draws)
        left, row = divmod(left, max(1, len(self.rows)))
        found: Settings = {}
        for axis in reversed(self.grid):
            left, at = divmod(left, len(axis.tried))
            found[axis.name] = axis.tried[at]
        found = dict(reversed(found.items()))
        found |= self.rows[row] if self.rows else {}
        return found | {axis.name: self.of_draw(axis, draw) for axis in self.drawn}

    def of_draw(self, axis: SweptSetting, draw: int) -> Any:
        """Return the value of a setting in a draw; it depends on no other setting and no other draw."""
        at = random.Random(f"{self.seed} {draw} {axis.name}")  # noqa: S311  no secret
        return axis.values.drawn(at) if isinstance(axis.values, Span) else at.choice(axis.values)

    def question(self) -> dict[str, Any]:
        """Return which runs are asked for, as plain data."""
        return {
            "grid": {axis.name: axis.tried for axis in self.grid},
            "runs": self.rows,
            "random": {
                axis.name: {"from": axis.values.low, "to": axis.values.high}
                if isinstance(axis.values, Span)
                else axis.values
                for axis in self.drawn
            },
            DRAWS: self.draws,
            SEED: self.seed,
        }


def read(
    reference: str, overrides: Sequence[str] = (), counties: Sequence[str] = (), time_limit: float | None = None
) -> Sweep:
    """Return the sweep that a file asks for.

    Parameters
    ----------
    reference
        The file.
    overrides, counties, time_limit
        What the command line sets in every run, as `scenarios.question.load.load` reads it.

    Raises
    ------
    ScenarioError
        With all faults of the file at once; those of the scenario come first, alone.
    """
    document = read_file(Path(), reference, FilePlace(COMMAND_LINE))
    base = base_of(document, overrides, counties, time_limit)
    reader = Reader(document, base)
    sweep = reader.sweep(Path(reference).stem)
    if reader.faults:
        raise ScenarioError(reader.faults)
    return sweep


def base_of(
    document: Document, overrides: Sequence[str], counties: Sequence[str], time_limit: float | None
) -> Document:
    """Return the scenario that a sweep is of.

    Raises
    ------
    ScenarioError
        If it cannot be read, or has faults.
    """
    reference, place = document.data.get("scenario", REFERENCE), document.origins().find(("scenario",))
    if not (isinstance(reference, str) and reference):
        raise ScenarioError([Fault(place.file, place.line, "scenario", "expected the name of a scenario or a file")])
    if is_file(reference):
        reference = str((document.folder or Path()) / reference)
    base = merged(chain(reference))
    faults = override_all(base, overrides, counties, time_limit)
    try:
        Scenario.model_validate(base.data)
    except ValidationError as error:
        faults += [fault_of(one, base.origins()) for one in error.errors(include_url=False)]
    if faults:
        raise ScenarioError(faults)
    return base


def laid(base: Document, settings: Mapping[str, Any], paths: Mapping[str, tuple[str, ...]]) -> Document:
    """Return a copy of a scenario in which some settings are others."""
    made = Document(base.label, copied(base.data), dict(base.places), base.folder, base.identity)
    for name, value in settings.items():
        made.put(paths[name], value, FilePlace(name))
    return made


def copied(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of a document's tables; lists and values are never changed in place."""
    return {key: copied(value) if isinstance(value, dict) else value for key, value in table.items()}


def rounded(value: float) -> float:
    """Return a number with few digits."""
    return float(f"{value:.{DIGITS}g}")


class Reader:
    """Reads a file of runs and keeps its faults.

    Parameters
    ----------
    document
        The file.
    base
        The scenario.
    """

    def __init__(self, document: Document, base: Document) -> None:
        self.document, self.base, self.origins = document, base, document.origins()
        self.faults: list[Fault] = []
        self.where: dict[str, str] = {}
        self.paths: dict[str, tuple[str, ...]] = {}

    def fault(self, path: KeyPath, what: str, hint: str = "") -> None:
        """Keep a fault."""
        self.faults.append(self.origins.fault(path, what, hint))

    def sweep(self, stem: str) -> Sweep:
        """Return the sweep, as far as it is sound."""
        data = self.document.data
        for key in data.keys() - set(OWN):
            guess = mean(key, OWN)
            known = f"known are {', '.join(OWN)}"
            in_grid = f"did you mean it in [grid]? {known}" if node_at((key,)) is not None else known
            self.fault((key,), "unknown key", guess or in_grid)
        if not any(part in data for part in PARTS):
            self.fault((), "asks for no runs", "write [grid], [[runs]] or [random] with the settings that differ")
        grid, rows, drawn = self.part("grid"), tuple(self.rows()), self.part("random")
        return Sweep(
            self.text("name", folder_name(stem), 60),
            self.text("title", "", LONGEST_TITLE),
            self.text("title_en", "", LONGEST_TITLE),
            self.base,
            self.paths,
            tuple(SweptSetting(axis.path, self.stepped(axis, path)) for axis, path in grid),
            rows,
            tuple(axis for axis, _ in drawn),
            self.count(DRAWS, 1) if "random" in data else 1,
            self.count(SEED, 0) if "random" in data else 0,
        )

    def text(self, key: str, default: str, longest: int) -> str:
        """Return a heading or the name."""
        value = self.document.data.get(key, default)
        if not (isinstance(value, str) and len(value) <= longest and (key != "name" or value == folder_name(value))):
            letters = " in small letters, digits and single hyphens" if key == "name" else ""
            self.fault((key,), f"expected a text of at most {longest} characters{letters}")
            return default
        return value

    def count(self, key: str, least: int) -> int:
        """Return a whole number of ``[random]``."""
        table = self.document.data["random"]
        value = table.get(key, None if least else 0) if isinstance(table, dict) else least
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.fault(("random", key), f"expected a whole number from {least}", "how many draws" if least else "")
            return least
        return value

    def part(self, name: str) -> list[tuple[SweptSetting, KeyPath]]:
        """Return the settings of ``[grid]`` or ``[random]``, each with its place in the file."""
        table = self.document.data.get(name)
        if table is None:
            return []
        if not isinstance(table, dict):
            self.fault((name,), "expected a table of settings")
            return []
        table = {key: value for key, value in table.items() if not (name == "random" and key in (DRAWS, SEED))}
        found = list(self.settings(table, (name,), ()))
        if not found and not self.faults:
            self.fault((name,), "is empty", f"name settings: limits.max_minutes = {FORM}")
        axes = [(self.axis(path, at, value), at) for path, at, value in found]
        return [(axis, at) for axis, at in axes if axis is not None]

    def settings(
        self, table: Mapping[str, Any], at: KeyPath, path: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], KeyPath, Any]]:
        """Yield each setting in a table: its path in a scenario, its place in the file, and what stands there."""
        for key, value in table.items():
            inner, place = at_home((*path, *key.split("."))), (*at, key)
            node = node_at(inner)
            is_section = isinstance(value, dict) and not set(value) & set(SPAN[:2])
            if is_section and (node is None or "properties" in node):
                if node is None:
                    self.fault(place, *unknown(inner))
                else:
                    yield from self.settings(value, place, inner)
            elif node is None:
                self.fault(place, *unknown(inner))
            elif inner in UNSWEPT or inner[0] == "data" or "properties" in node:
                self.fault(place, "cannot differ between runs", "name a setting, like limits.max_minutes")
            else:
                yield inner, place, value

    def axis(self, path: tuple[str, ...], at: KeyPath, value: Any) -> SweptSetting | None:
        """Return a setting with its values; ``None`` with a fault."""
        name, part = dotted(path), str(at[0])
        if (other := self.where.setdefault(name, part)) != part:
            self.fault(at, f"stands in [{other}] too", "say in one place how it differs")
        self.paths[name] = path
        if isinstance(value, list) and value:
            values = tuple(dict.fromkeys(map(self.relative(path), value))) if hashable(value) else tuple(value)
            return self.sound(SweptSetting(path, values), at)
        if isinstance(value, dict):
            return self.span(path, at, value)
        if value == []:
            self.fault(at, "has no value", f"expected {FORM}")
        else:
            self.fault(at, "is one value", f"expected {FORM}")
        return None

    def relative(self, path: tuple[str, ...]) -> Any:
        """Return what makes of a file of the user's, named relative to the file of runs, one that is found."""
        folder = self.document.folder or Path()
        if path in TABLES:
            return lambda value: str(folder / value) if isinstance(value, str) and value else value
        return lambda value: value

    def span(self, path: tuple[str, ...], at: KeyPath, value: Mapping[str, Any]) -> SweptSetting | None:
        """Return a setting with a span of numbers; ``None`` with a fault."""
        if wrong := [key for key in value if key not in SPAN]:
            self.fault(at, f"a span has no {wrong[0]}", mean(wrong[0], SPAN) or f"expected {FORM}")
            return None
        low, high = value.get("from"), value.get("to")
        if low is None or high is None or not (is_number(low) and is_number(high) and low < high):
            self.fault(at, "is no span", "expected { from = ..., to = ... }, two numbers, the smaller one first")
            return None
        kinds = kinds_of(node_at(path))
        whole = "integer" in kinds and "number" not in kinds
        if whole and not (isinstance(low, int) and isinstance(high, int)):
            self.fault(at, "is no span of whole numbers", "give both ends without decimals")
            return None
        return self.sound(SweptSetting(path, Span(low, high, whole)), at)

    def stepped(self, axis: SweptSetting, at: KeyPath) -> tuple[Any, ...]:
        """Return the values of a setting of ``[grid]``; those of a span are its steps."""
        span = axis.values
        if not isinstance(span, Span):
            return span
        value: Any = self.document.data
        for part in at:
            value = value[part]
        steps = value.get("steps", int(span.high - span.low) + 1 if span.whole else None)
        if not isinstance(steps, int) or isinstance(steps, bool) or not 2 <= steps <= MOST_STEPS:
            self.fault(at, "a span in [grid] needs steps, a whole number from 2", f"expected {FORM}")
            return axis.tried
        found = [span.low + (span.high - span.low) * k / (steps - 1) for k in range(steps)]
        return tuple(dict.fromkeys(round(one) if span.whole else rounded(one) for one in found))

    def rows(self) -> Iterator[Settings]:
        """Yield what each row of ``[[runs]]`` sets."""
        rows = self.document.data.get("runs")
        if rows is None:
            return
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            self.fault(("runs",), "expected one [[runs]] for each run, with its settings")
            return
        for k, row in enumerate(rows):
            found: Settings = {}
            for path, at, value in self.settings(row, ("runs", k), ()):
                axis = self.axis(path, at, [value])
                found |= {} if axis is None else {axis.name: axis.tried[0]}
            if not found and not self.faults:
                self.fault(("runs", k), "sets nothing", "name what differs: limits.max_minutes = 60")
            yield found

    def sound(self, axis: SweptSetting, at: KeyPath) -> SweptSetting:
        """Return a setting, after looking at each of its values by itself."""
        for value in axis.tried:
            made = laid(self.base, {axis.name: value}, {axis.name: axis.path})
            try:
                Scenario.model_validate(made.data)
            except ValidationError as error:
                for one in error.errors(include_url=False):
                    # What contradicts another setting may be sound in a run that sets both.
                    if one["type"] != "contradiction" and one["loc"][: len(axis.path)] == axis.path:
                        found = fault_of(one, made.origins())
                        self.fault(at, found.what, found.hint)
                continue
        return axis


def hashable(values: Sequence[Any]) -> bool:
    """Return whether all values are simple ones, of which a second is the same."""
    return all(isinstance(value, str | int | float) for value in values)


def is_number(value: object) -> bool:
    """Return whether a value of a file is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def kinds_of(node: Mapping[str, Any] | None) -> set[str]:
    """Return the kinds of values that a part of the schema accepts."""
    node = node or {}
    return {str(one.get("type")) for one in (node, *node.get("anyOf", ()))}
