"""Plans under other figures: what they cost there, what they break, and the plan whose largest regret is smallest.

The regret of a plan in a setting is what it costs there more than that setting's own best plan.
The search is `optimizer.questions.regret_search`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool, Integers, SideRow
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Violation
from optimizer.problem import Problem, ProblemError
from optimizer.questions.regret_search import RegretSearch
from optimizer.solve import Options, Result, Status, solve
from optimizer.units import UNITS_PER_MINUTE


@dataclass(frozen=True, eq=False)
class Setting:
    """Other figures for the same municipalities.

    Parameters
    ----------
    name
        What differs.
    problem
        The whole problem as it then is.
    """

    name: str
    problem: Problem


@dataclass(frozen=True)
class SettingOutcome:
    """One plan in one setting.

    Parameters
    ----------
    objective
        What it costs there, minutes-equivalents; infinite if somebody cannot reach the host.
    violations
        What it breaks there.
    regret, at_most
        It costs at least and at most so much more than the setting's best plan; the same where that is proved.
        ``None`` if the plan is not legal there, or the setting has no plan.
    """

    objective: float
    violations: tuple[Violation, ...]
    regret: float | None
    at_most: float | None


@dataclass(frozen=True)
class LeastRegret:
    """The plan whose largest regret over the settings is smallest.

    Parameters
    ----------
    grouping
        The plan; legal in every setting. ``None`` if none was found.
    status
        ``optimal``: proved over all plans that are legal in every setting. ``feasible``: the best found; the bound
        says how far it may be from the best. ``infeasible``: no plan is legal in every setting. ``unknown``: nothing
        found in time, or too many offices to list.
    worst
        Its largest regret, minutes-equivalents, measured against each setting's bound: never too small.
    bound
        Proved: no plan has a smaller largest regret, measured against each setting's best plan known.
    setting
        Name of the setting in which its regret is largest.
    """

    grouping: Grouping | None
    status: Status
    worst: float | None
    bound: float | None
    setting: str | None


@dataclass(frozen=True)
class Across:
    """Plans over settings.

    Parameters
    ----------
    settings
        Names, in the order given.
    optima
        Answer of each setting by name, with bound and gap.
    outcomes
        Each plan in each setting: by plan name, then setting name. The settings' own best plans are among the plans,
        under ``best: <setting>``.
    together
        For each pair of neighbours (ids in order; neighbours in any setting): the share of the settings that have a
        plan in whose best plan they share an office.
    hosts
        For each municipality that hosts a shared office in any setting's best plan: the share of settings in which
        it does.
    best_candidate
        Name of the plan with the smallest largest regret among ``outcomes``; ``None`` if none is legal in every
        setting. Ties: the first in the order of ``outcomes``.
    least
        The true one, if it was asked for.
    """

    settings: tuple[str, ...]
    optima: Mapping[str, Result]
    outcomes: Mapping[str, Mapping[str, SettingOutcome]]
    together: Mapping[tuple[str, str], float]
    hosts: Mapping[str, float]
    best_candidate: str | None
    least: LeastRegret | None


def across(
    settings: Sequence[Setting],
    plans: Mapping[str, Grouping],
    *,
    exact: bool = True,
    options: Options | None = None,
    budget: Budget | None = None,
) -> Across:
    """Judge plans in every setting, and find the plan with the smallest largest regret.

    Parameters
    ----------
    settings
        One or more; the same municipalities take part in all.
    plans
        Named plans to judge.
    exact
        Whether to look for the plan with the smallest largest regret among all plans, not only among the candidates.
    options
        How to solve.
    budget
        Time, stop and progress; the settings share half of it evenly.

    Raises
    ------
    ProblemError
        If there is no setting, two have the same name, or other municipalities take part.
    """
    check(settings)
    budget, options = budget or Budget(), options or Options()
    optima = optima_of(settings, options, budget, shares=len(settings) if exact else 0)
    named = dict(plans) | {
        f"best: {name}": result.grouping for name, result in optima.items() if result.grouping is not None
    }
    outcomes = {
        name: {setting.name: outcome(setting.problem, plan, optima[setting.name]) for setting in settings}
        for name, plan in named.items()
    }
    worst = {name: largest(found) for name, found in outcomes.items()}
    legal = {name: value for name, value in worst.items() if value is not None}
    best = min(legal, key=lambda name: round(legal[name], 6), default=None)
    least = None
    if exact:
        with budget.stage("least regret"):
            start = None if best is None else named[best]
            least = least_regret(settings, optima, start=start, options=options, budget=budget)
    return Across(
        tuple(setting.name for setting in settings),
        optima,
        outcomes,
        pairs_together(settings, optima),
        hosting(optima),
        best,
        least,
    )


def optima_of(settings: Sequence[Setting], options: Options, budget: Budget, *, shares: int) -> dict[str, Result]:
    """Return the best plan of each setting.

    Parameters
    ----------
    settings, options, budget
        See `across`.
    shares
        How many further such shares of the time are to be left.
    """
    optima: dict[str, Result] = {}
    for k, setting in enumerate(settings):
        budget.tell("settings", f"{setting.name}, {k + 1} of {len(settings)}")
        share = budget.left / (len(settings) - k + shares)
        limit = share if np.isfinite(share) else None
        with budget.stage("settings"):
            optima[setting.name] = solve(setting.problem, replace(options, time_limit=limit), stop=budget.stop)
    return optima


def check(settings: Sequence[Setting]) -> None:
    """Refuse settings that cannot be compared.

    Raises
    ------
    ProblemError
        See `across`.
    """
    faults = [] if settings else ["no settings are given"]
    names = [setting.name for setting in settings]
    faults += [f"setting {name!r} is given twice" for name in sorted(set(names)) if names.count(name) > 1]
    for setting in settings[1:]:
        if actives(setting.problem) != actives(settings[0].problem):
            faults.append(f"setting {setting.name!r}: other municipalities take part than in {settings[0].name!r}")
    if faults:
        raise ProblemError(faults)


def actives(problem: Problem) -> tuple[str, ...]:
    """Return the municipalities that take part."""
    return tuple(id_ for id_, active in zip(problem.ids, problem.active, strict=True) if active)


def outcome(problem: Problem, plan: Grouping, optimum: Result) -> SettingOutcome:
    """Return one plan in one setting."""
    judgement = evaluate(problem, plan)
    if judgement.violations or optimum.objective is None or optimum.bound is None:
        return SettingOutcome(judgement.objective, judgement.violations, None, None)
    least = max(0.0, judgement.objective - optimum.objective)
    most = max(0.0, judgement.objective - optimum.bound)
    return SettingOutcome(judgement.objective, (), least, most)


def largest(outcomes: Mapping[str, SettingOutcome]) -> float | None:
    """Return the largest regret that a plan may have; ``None`` if it is not legal everywhere."""
    regrets = [found.at_most for found in outcomes.values()]
    return None if None in regrets else max(value for value in regrets if value is not None)


def pairs_together(settings: Sequence[Setting], optima: Mapping[str, Result]) -> dict[tuple[str, str], float]:
    """Return for each pair of neighbours the share of settings in whose best plan they share an office."""
    plans = [result.grouping for result in optima.values() if result.grouping is not None]
    neighbours: set[tuple[str, str]] = set()
    for setting in settings:
        problem = setting.problem
        rows, columns = np.nonzero(np.triu(problem.links & np.outer(problem.active, problem.active), k=1))
        ids = np.array(problem.ids)
        neighbours |= {(min(a, b), max(a, b)) for a, b in zip(ids[rows].tolist(), ids[columns].tolist(), strict=True)}
    return {
        (a, b): sum(plan.host_of[a] == plan.host_of[b] for plan in plans) / len(plans) if plans else 0.0
        for a, b in sorted(neighbours)
    }


def hosting(optima: Mapping[str, Result]) -> dict[str, float]:
    """Return for each host of a shared office the share of settings in whose best plan it is one."""
    plans = [result.grouping for result in optima.values() if result.grouping is not None]
    hosts = [host for plan in plans for host, members in plan.offices.items() if len(members) > 1]
    return {host: hosts.count(host) / len(plans) for host in sorted(set(hosts))}


def least_regret(
    settings: Sequence[Setting],
    optima: Mapping[str, Result],
    *,
    start: Grouping | None = None,
    options: Options | None = None,
    budget: Budget | None = None,
) -> LeastRegret:
    """Find and prove the plan whose largest regret is smallest, or come as near as the time allows.

    Parameters
    ----------
    settings
        The settings.
    optima
        Answer of each, by name.
    start
        A plan that is legal in every setting.
    options, budget
        See `across`.
    """
    budget, options = budget or Budget(), options or Options()
    if any(optima[setting.name].status == Status.INFEASIBLE for setting in settings):
        return LeastRegret(None, Status.INFEASIBLE, None, None, None)
    judge = RegretJudge(tuple(settings), optima)
    if any(optima[setting.name].objective is None for setting in settings):
        return judge.answer(None, Status.UNKNOWN, None)
    try:
        shared = shared_pool(settings, options, budget)
    except PoolTooLargeError:
        shared = None
    if shared is None:
        return judge.answer(start, Status.FEASIBLE if start else Status.UNKNOWN, None)
    search = RegretSearch(*shared, judge.best_units(), budget, options.workers)
    if start is not None:
        search.start(start)
    search.run()
    plan = start if search.plan is None else search.plan.grouping
    if search.infeasible:
        return LeastRegret(None, Status.INFEASIBLE, None, None, None)
    proved = search.proved and all(optima[setting.name].status == Status.OPTIMAL for setting in settings)
    status = Status.OPTIMAL if proved else Status.UNKNOWN if plan is None else Status.FEASIBLE
    return judge.answer(plan, status, search.bound / UNITS_PER_MINUTE)


@dataclass(frozen=True, eq=False)
class RegretJudge:
    """Measures regret by the specification.

    Parameters
    ----------
    settings, optima
        See `least_regret`.
    """

    settings: tuple[Setting, ...]
    optima: Mapping[str, Result]

    def best_units(self) -> list[int]:
        """Return the cost of each setting's best plan known, whole cost units."""
        return [round((self.optima[setting.name].objective or 0.0) * UNITS_PER_MINUTE) for setting in self.settings]

    def answer(self, plan: Grouping | None, status: Status, bound: float | None) -> LeastRegret:
        """Return the answer with the plan's regret as `optimizer.judging.evaluate` sees it.

        Raises
        ------
        RuntimeError
            If the plan is not legal in every setting: a fault of this program, never of the input.
        """
        if plan is None:
            return LeastRegret(None, status, None, bound, None)
        found = {s.name: outcome(s.problem, plan, self.optima[s.name]) for s in self.settings}
        worst = largest(found)
        if worst is None:
            raise RuntimeError("the plan of least regret breaks a rule in one of the settings")
        name = max(found, key=lambda name: found[name].at_most or 0.0)
        # The search rounds each office once in each setting, and prices in thousandths.
        bound = None if bound is None else max(0.0, min(bound, worst))
        return LeastRegret(plan, status, worst, worst if status == Status.OPTIMAL else bound, name)


def shared_pool(settings: Sequence[Setting], options: Options, budget: Budget) -> tuple[CandidatePool, Integers] | None:
    """Return the offices that are legal in every setting, and their cost in each (s, k).

    ``None`` if time is short, or the engine asked for lists no offices. The pool has the side rows of every setting.

    Raises
    ------
    PoolTooLargeError
        If there are too many offices.
    """
    if not options.lists_offices:
        return None
    pools = []
    for setting in settings:
        pool = find_groups(setting.problem, max_groups=options.max_groups, every_host=True, keep_going=budget.listing)
        if not pool.complete:
            return None
        pools.append(pool)
        budget.tell("least regret", f"{len(pool)} offices in {setting.name}")
    width = max(pool.members.shape[1] for pool in pools)
    keyed = [{key: g for g, key in enumerate(keys(pool, width))} for pool in pools]
    common = sorted(set(keyed[0]).intersection(*keyed[1:]))
    rows = np.array([[key_rows[key] for key in common] for key_rows in keyed], dtype=np.intp)
    costs = np.array([pool.costs[own] for pool, own in zip(pools, rows, strict=True)], dtype=np.int64)
    sides: list[SideRow] = []
    for pool, own in zip(pools, rows, strict=True):
        sides += [side.take(own) for side in pool.sides]
    members = np.full((len(common), width), len(pools[0].ids), dtype=pools[0].members.dtype)
    first = pools[0].members[rows[0]]
    members[:, : first.shape[1]] = first
    return CandidatePool(pools[0].ids, members, costs[0], np.zeros(len(common), dtype=bool), sides=tuple(sides)), costs


def keys(pool: CandidatePool, width: int) -> list[tuple[int, ...]]:
    """Return host and sorted members of each office as a key of so many members and the host."""
    m = len(pool.ids)
    members = np.sort(pool.members, axis=1)
    padded = np.full((len(pool), width), m, dtype=np.int64)
    padded[:, : members.shape[1]] = members
    return [tuple(row) for row in np.column_stack((pool.hosts, padded)).tolist()]
