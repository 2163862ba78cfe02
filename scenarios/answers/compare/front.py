"""A front that ``plankontor frontier --out`` wrote, read back to place the options of a comparison in it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geodata.faults import DataError, DataFault
from maps.told.compared import ComparedPoint, Front
from optimizer.grouping import Grouping
from optimizer.judging.comparison import Comparison
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.terms import TERMS
from scenarios.answers.choice import Judge
from scenarios.answers.frontier import FOLDER
from scenarios.world.plain import PROGRAM, SCHEMA_VERSION, read_json

NEAR: Final = 1e-3
"""Minutes: less is rounding."""


@dataclass(frozen=True, eq=False)
class Given:
    """A front as it was read.

    Parameters
    ----------
    written
        Its part of the document.
    plans
        Of its points.
    """

    written: Mapping[str, Any]
    plans: tuple[Grouping, ...]


def read(path: Path, judge: Judge | None) -> Given:
    """Read a front and see that it is about the problem by which the options are judged.

    Parameters
    ----------
    path
        The folder, or the JSON file in it.
    judge
        By which the options are judged; ``None`` to see only whether there is a front.

    Raises
    ------
    DataError
        If there is none, or it is about something else.
    """
    where = f"--frontier {path}"
    document = _document(path, where)
    written = document["frontier"]
    try:
        _ = TERMS[written["first"]], TERMS[written["second"]]
        given = Given(written, tuple(Grouping.of(point["hosts"]) for point in written["points"]))
        fault = None if judge is None else _mismatch(document, given, judge)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DataError([DataFault(where, f"is damaged: {type(error).__name__}: {error}", _again())]) from None
    if len(given.plans) < 2:
        raise DataError([DataFault(where, "has fewer than two points, so there is nothing to weigh")])
    if fault is not None:
        raise DataError([DataFault(where, fault, "trace the front of the scenario that the options are judged by")])
    return given


def place(given: Given, found: Comparison) -> Front:
    """Return the front with the options among its points."""
    written = given.written
    first, second, ignored = written["first"], written["second"], written["others"] == "ignored"
    return Front(
        first=first,
        second=second,
        ignored=ignored,
        complete=bool(written["complete"]),
        points=tuple(
            ComparedPoint(
                minutes=float(point["minutes"]),
                second=float(point["second"]),
                supported=point["supported"],
                proved=bool(point["proved"]),
                offices=int(point["offices"]),
                alone=int(point["alone"]),
                same_as=tuple(i for i, option in enumerate(found.options) if option.grouping == plan),
            )
            for point, plan in zip(written["points"], given.plans, strict=True)
        ),
        options=tuple(
            (minutes_of(option.evaluation, first, second, ignored=ignored), option.evaluation.terms[second].value)
            for option in found.options
        ),
    )


def minutes_of(evaluation: Evaluation, first: str, second: str, *, ignored: bool) -> float:
    """Return a plan's place on the first axis: all but the second term at its price, or the first term alone."""
    if ignored:
        return evaluation.terms[first].minutes
    return math.fsum(term.minutes for name, term in evaluation.terms.items() if name != second)


def _document(path: Path, where: str) -> dict[str, Any]:
    try:
        document: dict[str, Any] = FOLDER.read(path) if path.is_dir() else read_json(path)
        ours = document["program"] == PROGRAM and "frontier" in document
    except OSError as error:
        raise DataError([DataFault(where, f"cannot be read: {error.strerror}", _again())]) from None
    except (ValueError, KeyError, TypeError):
        ours = False
    if not ours:
        raise DataError([DataFault(where, "is no answer of plankontor frontier", _again())])
    if document.get("schema_version") != SCHEMA_VERSION:
        raise DataError([DataFault(where, "was written by another version of plankontor", "trace the front again")])
    if not isinstance(document["frontier"], dict):
        what = "holds plans between three terms" if document.get("surface") else "holds no front"
        raise DataError([DataFault(where, f"{what}; a chart needs two terms", _again())])
    return document


def _again() -> str:
    return "name the folder that plankontor frontier NAME --between TERM,TERM --out FOLDER writes"


def _mismatch(document: Mapping[str, Any], given: Given, judge: Judge) -> str | None:
    """Return why a front is not about the problem of the judge, or ``None``: its points cost the same there."""
    if str(document["edition"]) != judge.edition:
        return f"is of edition {document['edition']}, but the options are of {judge.edition}"
    problem = judge.problem
    expected = {id_ for id_, part in zip(problem.ids, problem.active, strict=True) if part}
    written = given.written
    for point, plan in zip(written["points"], given.plans, strict=True):
        if {id_ for id_, _ in plan} != expected:
            return f"is about other municipalities than {judge.name}"
        judged = evaluate(problem, plan)
        minutes = minutes_of(judged, written["first"], written["second"], ignored=written["others"] == "ignored")
        if judged.violations:
            return f"holds plans that break rules of {judge.name}"
        same = math.isclose(minutes, point["minutes"], abs_tol=NEAR) and math.isclose(
            judged.terms[written["second"]].value, point["second"], abs_tol=NEAR
        )
        if not same:
            return f"has points that cost something else by the rules and prices of {judge.name}"
    return None
