"""Small problems by hand, and larger ones on a map of random places."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.grouping import Grouping
from optimizer.problem import UNREACHABLE, Limits, Pins, Problem, Weights

PER_MUNICIPALITY = ("planner_fte", "need_fte", "fixed_need_fte", "trips", "takes_part", "may_host")
LIMITS = tuple(Limits.__dataclass_fields__)
WEIGHTS = tuple(Weights.__dataclass_fields__)
PINS = tuple(Pins.__dataclass_fields__)
PRICES = Weights(missing_fte=60.0)
"""One årsverk is worth an hour, so that the sums are easy to check."""


def line(n: int = 4, **changes: Any) -> Problem:
    """Return municipalities a, b, c .. along a road, 10 minutes apart, each a neighbour of the next.

    Each employs 1 planner and needs 2 årsverk, of which 1 is fixed; the prices are `PRICES`. A municipality
    that stands alone costs 120 (2 årsverk missing), two neighbours 70, three with the host in the middle 20, four 40.

    Parameters
    ----------
    n
        How many.
    changes
        Fields of `Problem`, `Limits`, `Weights` or `Pins` by name.
    """
    places = 10.0 * np.arange(n)
    near = np.abs(np.arange(n)[:, None] - np.arange(n)[None, :]) == 1
    fields: dict[str, Any] = {
        "ids": tuple("abcdefghi"[:n]),
        "names": tuple("ABCDEFGHI"[:n]),
        "counties": ("1",) * n,
        "statsforvaltere": ("S",) * n,
        "minutes": np.abs(places[:, None] - places[None, :]),
        "links": near,
        "planner_fte": np.ones(n),
        "need_fte": np.full(n, 2.0),
        "fixed_need_fte": np.ones(n),
        "trips": np.ones(n),
        "takes_part": np.ones(n, dtype=bool),
        "may_host": np.ones(n, dtype=bool),
        "weights": PRICES,
    }
    problem = Problem(**fields)
    return changed(problem, **changes) if changes else problem


def changed(problem: Problem, **changes: Any) -> Problem:
    """Return the problem with some fields of it, of its limits, prices or pins replaced."""
    # The rule and the price of county lines have the same name: the rule is a word.
    limits = [name for name in LIMITS if name != "county_lines" or isinstance(changes.get(name), str)]
    for part, names in (("limits", limits), ("weights", WEIGHTS), ("pins", PINS)):
        inner = {name: changes.pop(name) for name in names if name in changes}
        if inner:
            changes[part] = replace(changes.get(part, getattr(problem, part)), **inner)
    for name in PER_MUNICIPALITY:
        if name in changes:
            changes[name] = np.array(changes[name])
    return replace(problem, **changes)


def linked(n: int, pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    """Return a table of neighbours."""
    table = np.zeros((n, n), dtype=bool)
    for i, j in pairs:
        table[i, j] = table[j, i] = True
    return table


def hosts(grouping: Grouping | None) -> str:
    """Return the hosts in the order of the ids, as one word."""
    assert grouping is not None
    return "".join(host for _, host in grouping)


def country(n: int, seed: int, **changes: Any) -> Problem:
    """Return municipalities at random places of a long land with two kinds of size, some at the end of a ferry.

    Parameters
    ----------
    n
        How many.
    seed
        Of the random numbers.
    changes
        As in `line`.
    """
    random = np.random.default_rng(seed)
    length = 14.0 * n
    places = np.column_stack((random.uniform(0, length, n), random.uniform(0, 90, n)))
    straight = np.hypot(*(places[:, None] - places[None, :]).transpose(2, 0, 1))
    minutes = np.round(straight * random.uniform(1.1, 1.6, (n, n)), 2)
    minutes = np.minimum(minutes, minutes.T)
    ferry = random.random(n) < 0.1
    minutes += 25.0 * (ferry[:, None] != ferry[None, :])
    np.fill_diagonal(minutes, 0.0)
    minutes[minutes > 300] = UNREACHABLE
    nearest = np.argsort(minutes, axis=1)[:, 1:6]
    links = np.zeros((n, n), dtype=bool)
    links[np.arange(n)[:, None], nearest] = True
    links |= links.T
    population = np.round(np.exp(random.normal(8.2, 0.8, n)))
    county = (places[:, 0] // (length / max(2, n // 20))).astype(int)
    need = 0.8 + 0.25 * population / 1000
    problem = Problem(
        ids=tuple(f"{1001 + i}" for i in range(n)),
        names=tuple(f"Place {i}" for i in range(n)),
        counties=tuple(f"{c:02}" for c in county),
        statsforvaltere=tuple(f"S{c // 2}" for c in county),
        minutes=minutes,
        links=links,
        planner_fte=0.27 * population / 1000,
        need_fte=need,
        fixed_need_fte=np.full(n, 0.8),
        trips=np.ones(n),
        takes_part=np.ones(n, dtype=bool),
        may_host=np.ones(n, dtype=bool),
        weights=PRICES,
    )
    return changed(problem, **changes) if changes else problem


def scattered(seed: int, n: int = 7) -> Problem:
    """Return places in a square, in three counties: fronts of many points."""
    rng = np.random.default_rng(seed)
    places = rng.integers(0, 60, (n, 2))
    minutes = np.abs(places[:, None] - places[None, :]).sum(axis=2).astype(float)
    return Problem(
        ids=tuple(str(1101 + i) for i in range(n)),
        names=tuple("ABCDEFGHI"[:n]),
        counties=tuple(rng.choice(["x", "y", "z"], n)),
        statsforvaltere=tuple(rng.choice(["s", "t"], n)),
        minutes=minutes,
        links=(minutes < 60) & (minutes > 0),
        planner_fte=rng.integers(1, 9, n) / 4,
        need_fte=rng.integers(4, 13, n) / 4,
        fixed_need_fte=np.full(n, 0.5),
        trips=np.ones(n),
        takes_part=np.ones(n, dtype=bool),
        may_host=np.ones(n, dtype=bool),
        fixed_kept=0.5,
        limits=Limits(max_minutes=70, max_members=3),
    )
