"""Mentors for municipalities short of planners: as many as possible get one, with the least minutes in all."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.graph.python import min_cost_flow

from optimizer.grouping import Grouping
from optimizer.judging.figures import TOLERANCE
from optimizer.problem import Problem, ProblemError
from optimizer.staffing.help import DIGITAL_MINUTES, EACH, HelpMatch
from optimizer.units import UNITS_PER_MINUTE, whole


@dataclass(frozen=True)
class MentorPlan:
    """Who is mentor of whom.

    Parameters
    ----------
    matches
        In id order of those who get one.
    unserved
        Those who get none, in id order.
    """

    matches: tuple[HelpMatch, ...]
    unserved: tuple[str, ...]

    @property
    def minutes(self) -> float:
        """Of all matches together."""
        return math.fsum(match.minutes for match in self.matches)


def short_of_planners(problem: Problem, grouping: Grouping, *, alone_only: bool = True) -> tuple[str, ...]:
    """Return the municipalities whose office employs less than the critical mass, in id order.

    Parameters
    ----------
    problem
        Planners, and ``limits.min_office_fte``.
    grouping
        The plan.
    alone_only
        Only those who stand alone, or also members of shared offices.
    """
    return tuple(
        sorted(
            id_
            for members in grouping.offices.values()
            if not reaches_mass(problem, members) and (len(members) == 1 or not alone_only)
            for id_ in members
        )
    )


def possible_mentors(problem: Problem, grouping: Grouping) -> tuple[str, ...]:
    """Return who can give a mentor, in id order.

    They are the hosts of offices that employ the critical mass or more, offices of one included, and municipalities
    that do so and are no part of the plan.
    """
    hosts = [host for host, members in grouping.offices.items() if reaches_mass(problem, members)]
    others = [id_ for id_ in problem.ids if id_ not in grouping.host_of and reaches_mass(problem, (id_,))]
    return tuple(sorted((*hosts, *others)))


def reaches_mass(problem: Problem, members: Sequence[str]) -> bool:
    """Return whether these employ the critical mass together."""
    employed = math.fsum(float(problem.planner_fte[problem.index[id_]]) for id_ in members)
    return employed >= problem.limits.min_office_fte - TOLERANCE


def mentors(
    problem: Problem, grouping: Grouping, asking: Sequence[str], *, within: float = DIGITAL_MINUTES, each: int = EACH
) -> MentorPlan:
    """Return who is mentor of whom: the most municipalities served, and of such plans one with the least minutes.

    Parameters
    ----------
    problem
        Minutes and planners.
    grouping
        The plan.
    asking
        Who needs one; see `short_of_planners`.
    within
        Minutes between them at most, one way.
    each
        Municipalities that one mentor has at most.

    Raises
    ------
    ProblemError
        If a mentor may have nobody, or minutes are negative.
    """
    if faults := limit_faults(within, each):
        raise ProblemError([f"{name} {found}; {expected}" for name, found, expected in faults])
    matches = least_minutes(problem, asking, dict.fromkeys(possible_mentors(problem, grouping), each), within)
    served = {match.municipality for match in matches}
    return MentorPlan(matches, tuple(id_ for id_ in sorted(asking) if id_ not in served))


def limit_faults(within: float, each: int) -> list[tuple[str, str, str]]:
    """Return each limit of mentors that cannot be meant: its name, what it is, and what was expected."""
    faults = [] if each >= 1 else [("each", f"is {each}", "expected 1 or more municipalities for a mentor")]
    if not (math.isfinite(within) and within >= 0):
        faults.append(("within", f"is {within:g}", "expected minutes of 0 or more"))
    return faults


def least_minutes(
    problem: Problem, asking: Sequence[str], room: Mapping[str, int], within: float
) -> tuple[HelpMatch, ...]:
    """Return who helps whom: the most municipalities served, and of such plans one with the least minutes.

    A flow of least cost from those who ask through those who can help to one end, where going without costs more than
    all journeys together; solved exactly.

    Parameters
    ----------
    problem
        Minutes.
    asking
        Who needs help.
    room
        How many each helper can help.
    within
        Minutes between them at most, one way.
    """
    wanting, giving = sorted(asking), sorted(room)
    node = {("asks", id_): k for k, id_ in enumerate(wanting)}
    node |= {("helps", id_): len(wanting) + k for k, id_ in enumerate(giving)}
    end = len(node)
    without = (len(wanting) + 1) * int(whole(within)) + UNITS_PER_MINUTE
    flow = min_cost_flow.SimpleMinCostFlow()
    pairs = {}
    for id_ in wanting:
        flow.set_node_supply(node["asks", id_], 1)
        flow.add_arc_with_capacity_and_unit_cost(node["asks", id_], end, 1, without)
        for helper in giving:
            minutes = float(problem.minutes[problem.index[id_], problem.index[helper]])
            if helper != id_ and minutes <= within + TOLERANCE:
                ends = node["asks", id_], node["helps", helper]
                arc = flow.add_arc_with_capacity_and_unit_cost(*ends, 1, int(whole(minutes)))
                pairs[arc] = HelpMatch(id_, helper, minutes)
    for helper in giving:
        flow.add_arc_with_capacity_and_unit_cost(node["helps", helper], end, room[helper], 0)
    flow.set_node_supply(end, -len(wanting))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the flow of least minutes has no optimum: a fault of this program")
    return tuple(match for arc, match in pairs.items() if flow.flow(arc))
