"""What differs between two plans, and what the difference costs whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import OfficeRow
from optimizer.problem import Problem


@dataclass(frozen=True)
class TermChange:
    """One term of the objective in two plans.

    Parameters
    ----------
    name, unit
        From `optimizer.terms`.
    before, after
        Raw values in the plan that is explained and in the other.
    minutes
        What the other plan costs more in this term, minutes-equivalents; negative where it saves.
    """

    name: str
    unit: str
    before: float
    after: float
    minutes: float


@dataclass(frozen=True)
class HostChange:
    """A municipality whose host differs between two plans.

    Parameters
    ----------
    municipality
        Its id.
    before, after
        Ids of its hosts.
    minutes_before, minutes_after
        Its journeys, one way; 0 where it hosts or stands alone.
    """

    municipality: str
    before: str
    after: str
    minutes_before: float
    minutes_after: float


@dataclass(frozen=True)
class CostDifference:
    """What another plan changes and costs.

    Parameters
    ----------
    total
        Minutes-equivalents that the other plan costs more; the sum over ``terms``, and over ``after`` less ``before``.
    terms
        Term by term, in the order of `optimizer.terms.TERMS`.
    moves
        Every municipality whose host differs, in id order.
    before, after
        The offices that only the one and only the other plan has (by host and members): who pays.
    """

    total: float
    terms: tuple[TermChange, ...]
    moves: tuple[HostChange, ...]
    before: tuple[OfficeRow, ...]
    after: tuple[OfficeRow, ...]


@dataclass(frozen=True)
class Elsewhere:
    """The best plan in which a municipality has another host.

    Parameters
    ----------
    host
        Its host there; itself where it hosts or stands alone.
    members
        Of its office there, in id order.
    extra
        What that plan costs more, minutes-equivalents.
    terms
        What it costs more in each term that differs, minutes-equivalents.
    """

    host: str
    members: tuple[str, ...]
    extra: float
    terms: Mapping[str, float]


def difference(problem: Problem, before: Grouping, after: Grouping) -> CostDifference:
    """Return what changes and what it costs from one plan to another.

    Parameters
    ----------
    problem
        Prices and figures.
    before, after
        Plans of the same municipalities.
    """
    old, new = evaluate(problem, before), evaluate(problem, after)

    def minutes(municipality: str, host: str) -> float:
        return float(problem.minutes[problem.index[municipality], problem.index[host]])

    terms = tuple(
        TermChange(name, term.unit, term.value, new.terms[name].value, new.terms[name].minutes - term.minutes)
        for name, term in old.terms.items()
    )
    moves = tuple(
        HostChange(
            i,
            before.host_of[i],
            after.host_of[i],
            minutes(i, before.host_of[i]),
            minutes(i, after.host_of[i]),
        )
        for i in before.moved(after)
    )
    offices_before = {(office.host, office.members) for office in old.offices}
    offices_after = {(office.host, office.members) for office in new.offices}
    return CostDifference(
        new.objective - old.objective,
        terms,
        moves,
        tuple(office for office in old.offices if (office.host, office.members) not in offices_after),
        tuple(office for office in new.offices if (office.host, office.members) not in offices_before),
    )
