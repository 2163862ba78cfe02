"""The specification: what any grouping costs and which rules it breaks.

Plain loops over plain numbers, sharing no code with the solvers, so that the two can check each other. A rule or a
term means what this module computes, with `optimizer.judging.offices` for what one office adds and breaks.
"""

from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from optimizer.checking.kinds import require
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation, OfficeRow, TermValue, Violation
from optimizer.judging.figures import times, total
from optimizer.judging.kroner.office_game import sharing_violations
from optimizer.judging.offices import (
    applies,
    host_violations,
    is_excused,
    office_row,
    office_violations,
    pin_violations,
)
from optimizer.problem import Problem
from optimizer.terms import RULES, TERMS


def evaluate(problem: Problem, grouping: Grouping) -> Evaluation:
    """Judge a grouping by the problem's rules and prices.

    Any grouping is judged, also an incomplete one: municipalities that the problem does not know are a breach of
    ``complete`` and are left out of the figures. The objective is infinite if a member cannot reach its host.

    Parameters
    ----------
    problem
        Rules, prices and figures.
    grouping
        The grouping to judge.

    Raises
    ------
    ProblemError
        If it is none, or the problem is none.
    """
    require(problem=(problem, Problem), grouping=(grouping, Grouping))
    hosts = {i: h for i, h in grouping if i in problem.index and h in problem.index}
    known = Grouping(tuple(sorted(hosts.items())))
    offices = tuple(office_row(problem, host, members) for host, members in known.offices.items())
    raw = {name: total([*map(attrgetter(TERMS[name].column), offices)]) for name in problem.counted}
    breaches = tuple(all_violations(problem, grouping, known, offices))
    excused = tuple(breach for breach in breaches if is_excused(problem, known, breach))
    violations = tuple(breach for breach in breaches if breach not in excused)
    broken, held = ({breach.rule for breach in some} for some in (violations, excused))
    return Evaluation(
        terms={
            name: TermValue(value, TERMS[name].unit, times(getattr(problem.weights, name), value))
            for name, value in raw.items()
        },
        violations=violations,
        excused=excused,
        rules={
            name: "broken"
            if name in broken
            else "excused"
            if name in held
            else "met"
            if applies(problem, name)
            else "not applicable"
            for name in RULES
        },
        offices=offices,
    )


def all_violations(
    problem: Problem, grouping: Grouping, known: Grouping, offices: tuple[OfficeRow, ...]
) -> Iterator[Violation]:
    """Yield every breach: of the whole, then office by office, then of the pins."""
    yield from whole_violations(problem, grouping, offices)
    for office in offices:
        yield from breaches_of_office(problem, office.host, office.members)
    yield from pin_violations(problem, known)


@lru_cache(maxsize=4096)  # a plan with one move has the other offices as before
def breaches_of_office(problem: Problem, host: str, members: tuple[str, ...]) -> tuple[Violation, ...]:
    """Return what an office breaks, whatever the others are."""
    office = office_row(problem, host, members)
    return (
        *office_violations(problem, office),
        *host_violations(problem, office),
        *sharing_violations(problem, office),
    )


def whole_violations(problem: Problem, grouping: Grouping, offices: tuple[OfficeRow, ...]) -> Iterator[Violation]:
    """Yield breaches of completeness and of the number of shared offices."""
    expected = {id_ for id_, active in zip(problem.ids, problem.active, strict=True) if active}
    given = {i for i, h in grouping if h in problem.index or i not in expected}
    for id_ in sorted(expected ^ given):
        yield Violation("complete", (id_,))
    shared = sum(office.is_shared for office in offices)
    limits = problem.limits
    if limits.min_offices is not None and shared < limits.min_offices:
        yield Violation("min_offices", (), None, shared, limits.min_offices)
    if limits.max_offices is not None and shared > limits.max_offices:
        yield Violation("max_offices", (), None, shared, limits.max_offices)
