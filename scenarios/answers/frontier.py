"""A front between two terms, and ranges of weights, as tables and as one JSON object."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.questions.tradeoff.frontier import Frontier, FrontierPoint
from optimizer.questions.tradeoff.surface import Surface, SurfacePoint
from optimizer.questions.tradeoff.weights import End, WeightRange, WeightRanges
from optimizer.solve import Result
from optimizer.terms import TERMS
from scenarios.answers.head import head
from scenarios.export import tables
from scenarios.export.csv_files import CsvTable, Row
from scenarios.export.folders import FolderKind
from scenarios.words.names import names_of, names_used
from scenarios.words.trade import of_front, of_surface, of_weight
from scenarios.world.build import World
from scenarios.world.plain import plain

FOLDER = FolderKind("frontier.json")
POINT_COLUMNS = (
    "point",
    "minutes",
    "bound",
    "gap",
    "proved",
    "supported",
    "objective",
    "offices",
    "alone",
    *TERMS,
)
EXCHANGE_COLUMNS = ("from_point", "to_point", "less_of_second", "minutes", "more_of_first", "minutes_for_one")


@dataclass(frozen=True, eq=False)
class Weighing:
    """The best plan, and the ranges of weights over which it stays so.

    Parameters
    ----------
    base
        The answer whose plan is meant.
    found
        Its ranges; ``None`` if there is no plan.
    """

    base: Result
    found: WeightRanges | None

    @property
    def interrupted(self) -> bool:
        """Whether the search was stopped by hand."""
        return self.base.interrupted or (self.found is not None and self.found.interrupted)


def document(words: Words, world: World, front: Frontier | Surface | None, weighing: Weighing | None) -> dict[str, Any]:
    """Return the whole answer as one object; points are counted from 1, as in the sentences."""
    stopped = [answer.interrupted for answer in (front, weighing) if answer is not None]
    return {
        **head(world, any(stopped)),
        "names": names_used(world, names_of(world, words.language)),
        "frontier": of_frontier(words, world, front) if isinstance(front, Frontier) else None,
        "surface": of_three(words, world, front) if isinstance(front, Surface) else None,
        "weights": None if weighing is None else of_weights(words, weighing),
    }


def of_frontier(words: Words, world: World, front: Frontier) -> dict[str, Any]:
    """Return a front as plain data."""
    return {
        "first": front.first,
        "second": front.second,
        "others": front.others,
        "status": str(front.status),
        "complete": front.complete,
        "candidates": front.candidates,
        "points": [of_point(number, point) for number, point in enumerate(front.points, 1)],
        "exchanges": [
            {"from": k, "to": k + 1, "less": one.less, "minutes": one.minutes, "first": one.first, "rate": one.rate}
            for k, one in enumerate(front.exchanges, 1)
        ],
        "sentences": of_front(words, world.problem, front) if front.points else [],
    }


def of_three(words: Words, world: World, found: Surface) -> dict[str, Any]:
    """Return plans between three terms as plain data."""
    return {
        "terms": found.terms,
        "status": str(found.status),
        "complete": False,
        "candidates": found.candidates,
        "points": [
            {
                "point": number,
                "minutes": point.minutes,
                "bound": point.bound,
                "proved": point.proved,
                "first": point.first,
                "second": point.second,
                "third": point.third,
                "objective": point.evaluation.objective,
                "offices": len(point.evaluation.shared),
                "alone": len(point.evaluation.alone),
                "terms": plain(point.evaluation.terms),
                "hosts": dict(point.grouping.host_of),
            }
            for number, point in enumerate(found.points, 1)
        ],
        "sentences": of_surface(words, world.problem, found) if found.points else [],
    }


def of_point(number: int, point: FrontierPoint) -> dict[str, Any]:
    """Return a point as plain data."""
    return {
        "point": number,
        "minutes": point.minutes,
        "bound": point.bound,
        "gap": point.gap,
        "proved": point.proved,
        "supported": point.supported,
        "first": point.first,
        "second": point.second,
        "objective": point.evaluation.objective,
        "offices": len(point.evaluation.shared),
        "alone": len(point.evaluation.alone),
        "terms": plain(point.evaluation.terms),
        "hosts": dict(point.grouping.host_of),
    }


def of_weights(words: Words, weighing: Weighing) -> dict[str, Any]:
    """Return the ranges of weights as plain data, with the plan that they are about."""
    base, found = weighing.base, weighing.found
    ranges = {} if found is None else found.ranges
    return {
        "status": str(base.status),
        "objective": base.objective,
        "gap": base.gap,
        "hosts": None if base.grouping is None else dict(base.grouping.host_of),
        "ranges": [of_range(words, one, base.grouping) for one in ranges.values() if base.grouping is not None],
    }


def of_range(words: Words, found: WeightRange, plan: Grouping) -> dict[str, Any]:
    """Return the range of one weight as plain data."""

    def of_end(end: End | None) -> dict[str, Any] | None:
        if end is None:
            return None
        return {
            "weight": end.weight,
            "exact": None if end.exact is None else str(end.exact),
            "proved": end.proved,
            "successor": None if end.successor is None else dict(end.successor.host_of),
        }

    return {
        "term": found.term,
        "weight": found.weight,
        "lower": of_end(found.lower),
        "upper": of_end(found.upper),
        "better": None if found.better is None else dict(found.better.host_of),
        "sentence": of_weight(words, found, plan),
    }


def point_rows(points: Sequence[FrontierPoint | SurfacePoint]) -> Iterator[Row]:
    """Yield a row for each point; flags are 1 and 0, empty where not decided."""
    for number, point in enumerate(points, 1):
        yield (
            number,
            point.minutes,
            point.bound,
            (point.minutes - point.bound) / point.minutes if point.minutes else 0.0,
            int(point.proved),
            "" if isinstance(point, SurfacePoint) or point.supported is None else int(point.supported),
            point.evaluation.objective,
            len(point.evaluation.shared),
            len(point.evaluation.alone),
            *(found.value if (found := point.evaluation.terms.get(name)) else "" for name in TERMS),
        )


def exchange_rows(front: Frontier) -> Iterator[Row]:
    """Yield a row for the way from each point to the next."""
    for k, one in enumerate(front.exchanges, 1):
        yield k, k + 1, one.less, one.minutes, one.first, one.rate


def csv_tables(world: World, front: Frontier | Surface | None) -> dict[str, CsvTable]:
    """Return the tables by file name: points, exchanges, and each plan as a grouping."""
    if front is None:
        return {}
    points: Sequence[FrontierPoint | SurfacePoint] = front.points
    plans = {
        f"point-{number}.csv": tables.grouping_table(world, point.grouping) for number, point in enumerate(points, 1)
    }
    return {
        "points.csv": CsvTable(POINT_COLUMNS, point_rows(points)),
        **({"exchanges.csv": CsvTable(EXCHANGE_COLUMNS, exchange_rows(front))} if isinstance(front, Frontier) else {}),
        **plans,
    }
