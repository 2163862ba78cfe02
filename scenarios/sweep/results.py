"""What all runs of a sweep say together: who stays with whom, and which setting moves the answer most."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scenarios.export.csv_files import CsvTable
from scenarios.sweep import journal
from scenarios.sweep.journal import RUN, Columns, whole_rows

BINS: Final = 10
"""Most classes of equally many runs into which drawn numbers are put to see what they move."""
FEWEST: Final = 8
"""Runs of a class, at least: of fewer the mean is chance."""
MOVED: Final = ("objective", "offices", "alone", "critical_mass_share", "mean_minutes", "travel", "missing_fte")
"""Figures of which is said which setting moves them."""
NO_FEWER: Final = 3
"""Runs with a plan below which nothing is said of what moves them."""
ALMOST: Final = 0.9
"""Share of the runs from which on two municipalities are almost always together."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Effect:
    """How much of the variance of a figure a setting accounts for by itself.

    Parameters
    ----------
    figure, setting
        Their names.
    share
        0 to 1: variance of the means over the values of the setting, of all variance.
    low, high
        Smallest and largest of these means.
    at_low, at_high
        The values of the setting at which they are, as the table has them; of drawn numbers the middle of a class.
    """

    figure: str
    setting: str
    share: float
    low: float
    high: float
    at_low: str
    at_high: str


@dataclass(frozen=True, eq=False)
class Results:
    """The runs of a sweep that are done, in the order of their numbers.

    Parameters
    ----------
    columns
        Of the tables.
    rows
        Of ``runs.csv``, as text.
    hosts
        Position in ``columns.ids`` of the host of each in each run with a plan (k, n); -1 for who takes no part.
    """

    columns: Columns
    rows: Sequence[Mapping[str, str]]
    hosts: NDArray[np.int32]

    @property
    def statuses(self) -> Counter[str]:
        """How many runs came to which status."""
        return Counter(row["status"] for row in self.rows)

    @property
    def planned(self) -> list[Mapping[str, str]]:
        """The runs with a plan."""
        return [row for row in self.rows if row["objective"]]

    def figure(self, name: str) -> Floats:
        """Return a figure of the runs with a plan; not a number where there is none (k,)."""
        return np.array([float(row[name]) if row[name] else np.nan for row in self.planned])

    def ranges(self) -> dict[str, tuple[float, float, float]]:
        """Return the least, the median and the most of each figure of `MOVED` over the runs with a plan."""
        found = {}
        for name in MOVED if self.planned else ():
            values = self.figure(name)
            if np.isfinite(values).any():
                found[name] = (float(np.nanmin(values)), float(np.nanmedian(values)), float(np.nanmax(values)))
        return found

    @property
    def together(self) -> NDArray[np.float64]:
        """Share of the runs with a plan in which two share an office (n, n)."""
        n = len(self.columns.ids)
        found = np.zeros((n, n))
        for hosts in self.hosts:
            found += (hosts[:, None] == hosts[None, :]) & (hosts >= 0)[:, None]
        return found / max(1, len(self.hosts))

    @property
    def always(self) -> list[tuple[str, ...]]:
        """Sets of two or more that share an office in every run with a plan, the largest first."""
        ids = self.columns.ids
        if not len(self.hosts):
            return []
        _, of = np.unique(self.hosts, axis=1, return_inverse=True)
        in_all = (self.hosts >= 0).all(axis=0)
        sets = [tuple(ids[int(i)] for i in np.flatnonzero((of == k) & in_all)) for k in range(of.max() + 1)]
        return sorted((one for one in sets if len(one) > 1), key=lambda one: (-len(one), one))

    @property
    def alone(self) -> NDArray[np.float64]:
        """Share of the runs with a plan in which each stands alone (n,)."""
        n = len(self.columns.ids)
        found = np.zeros(n)
        for hosts in self.hosts:
            sizes = np.bincount(hosts[hosts >= 0], minlength=n)
            found += (hosts >= 0) & (sizes[np.maximum(hosts, 0)] == 1)
        return found / max(1, len(self.hosts))

    def effects(self, figure: str) -> list[Effect]:
        """Return how much of a figure's variance each setting accounts for, the most first.

        The share is the correlation ratio: over a whole grid it is the first-order sensitivity index of the setting,
        and what is missing from 1 in all is what settings do only together. Of draws it is an estimate, from which the
        part that chance alone would give is taken (Kelley 1935), so it may be 0.
        """
        values = self.figure(figure)
        known = np.isfinite(values)
        if known.sum() < NO_FEWER or np.ptp(values[known]) == 0:
            return []
        found = [effect_of(figure, name, self._of(name, known), values[known]) for name in self.columns.settings]
        return sorted((one for one in found if one is not None), key=lambda one: -one.share)

    def _of(self, setting: str, known: NDArray[np.bool_]) -> list[str]:
        """Return the value of a setting in the runs with a figure."""
        return [row[setting] for row, is_known in zip(self.planned, known, strict=True) if is_known]


def effect_of(figure: str, setting: str, given: Sequence[str], values: Floats) -> Effect | None:
    """Return how much of the variance of some values a setting accounts for; ``None`` where it never differs."""
    names, of = classes(given)
    if len(names) < 2:
        return None
    sizes = np.bincount(of)
    means = np.bincount(of, values) / sizes
    total = float(((values - values.mean()) ** 2).sum())
    between = float((sizes * (means - values.mean()) ** 2).sum())
    if len(set(sizes.tolist())) > 1 or len(names) < len(set(given)):
        within = (total - between) / max(1, len(values) - len(names))
        between = max(0.0, between - (len(names) - 1) * within)
    low, high = int(means.argmin()), int(means.argmax())
    return Effect(figure, setting, between / total, float(means[low]), float(means[high]), names[low], names[high])


def classes(given: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
    """Return the values of a setting and which each run has; of many numbers classes of equally many runs."""
    names = sorted(set(given))
    if len(names) <= BINS or not all(map(is_number, names)):
        at = {name: k for k, name in enumerate(names)}
        return names, np.array([at[one] for one in given])
    numbers = np.array([float(one) for one in given])
    bins = max(2, min(BINS, len(numbers) // FEWEST))
    edges = np.quantile(numbers, np.linspace(0, 1, bins + 1)[1:-1])
    of = np.unique(np.searchsorted(edges, numbers, side="right"), return_inverse=True)[1]
    middles = [float(np.median(numbers[of == k])) for k in range(of.max() + 1)]
    return [f"{middle:.4g}" for middle in middles], of


def is_number(text: str) -> bool:
    """Return whether a text is a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def read(folder: Path, columns: Columns) -> Results:
    """Return the runs that are done.

    Raises
    ------
    OSError, ValueError
        If the tables cannot be read.
    """
    names = columns.of[journal.RUNS]
    rows = sorted(
        (dict(zip(names, row, strict=True)) for row in whole_rows(folder / journal.RUNS, len(names))), key=number
    )
    at = {id_: i for i, id_ in enumerate(columns.ids)} | {"": -1}
    planned = {number(row) for row in rows if row["objective"]}
    plans = journal.rows_of(folder / journal.PLANS, 1 + len(columns.ids))
    hosts = [[at[host] for host in row[1:]] for run, row in sorted(plans.items()) if run in planned]
    return Results(columns, rows, np.array(hosts, dtype=np.int32).reshape(len(hosts), len(columns.ids)))


def number(row: Mapping[str, str]) -> int:
    """Return the number of a run."""
    return int(row[RUN])


def columns_of(folder: Path, settings: Sequence[str]) -> Columns:
    """Return what the tables of a folder have columns for."""
    with (folder / journal.PLANS).open(encoding="utf-8", newline="") as file:
        return Columns(settings, next(csv.reader(file))[1:])


def tables(results: Results) -> dict[str, CsvTable]:
    """Return the tables about all runs by file name: what moves what, and who shares an office how often."""
    return {
        "shares.csv": CsvTable(
            ("figure", "setting", "variance_share", "lowest_mean", "highest_mean", "lowest_at", "highest_at"),
            [list(vars(one).values()) for figure in MOVED for one in results.effects(figure)],
        ),
        "together.csv": CsvTable(("one", "other", "share_of_runs"), pairs(results)),
    }


def pairs(results: Results) -> Iterator[list[Any]]:
    """Yield each pair that shares an office in some run, with the share of the runs in which it does."""
    found, ids = results.together, results.columns.ids
    for i, j in zip(*np.nonzero(np.triu(found, 1)), strict=True):
        yield [ids[i], ids[j], float(found[i, j])]
