"""Plans under other figures: what they cost there, what they break, and the plan whose largest regret is smallest.

The regret of a plan in a setting is what it costs there more than that setting's own best plan.

Sets        G  pairs of a legal group and a host, legal in every setting;  S  settings.
Data        c(s,g)  cost of g in setting s, whole cost units;  z(s)  cost of the setting's best plan.
Variables   x(g) = 1 if g is opened;  t  largest regret.

    minimise    t
    subject to  sum over g containing i of x(g) = 1                 for each municipality i
                sum over g of c(s,g) x(g) - z(s) <= t               for each setting s
                the side rows of every setting

For any shares w(s) >= 0 that sum to 1, the cheapest plan at the prices sum over s of w(s) c(s,g) shows that no plan
has a regret below its cost less sum over s of w(s) z(s). The shares are the duals of the linear relaxation; bounds and
reduced costs are certified in whole numbers (`optimizer.certificate`), offices that no better plan can use are
dropped, and CP-SAT decides over what is left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model
from scipy import sparse

from optimizer import linear
from optimizer.budget import Budget
from optimizer.candidates import CandidatePool, Integers, PoolTooLargeError, SideRow, find_groups
from optimizer.certificate import certify
from optimizer.cpsat import run
from optimizer.evaluate import Violation, evaluate
from optimizer.exact import place_everybody
from optimizer.grouping import Grouping
from optimizer.problem import Problem, ProblemError
from optimizer.relaxation import relax
from optimizer.selection import Selection, rows_of
from optimizer.solve import Options, Result, Status, grouping_of, solve
from optimizer.units import UNITS_PER_MINUTE

WHOLE_SHARES = 1_000
"""Shares of the settings are rounded to thousandths: weighted costs stay whole and far within 64 bits."""


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
class Outcome:
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
    outcomes: Mapping[str, Mapping[str, Outcome]]
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
    optima: dict[str, Result] = {}
    for k, setting in enumerate(settings):
        budget.tell("settings", f"{setting.name}, {k + 1} of {len(settings)}")
        share = budget.left / (len(settings) - k + (len(settings) if exact else 0))
        limit = share if np.isfinite(share) else None
        with budget.stage("settings"):
            optima[setting.name] = solve(setting.problem, replace(options, time_limit=limit), stop=budget.stop)
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


def outcome(problem: Problem, plan: Grouping, optimum: Result) -> Outcome:
    """Return one plan in one setting."""
    judgement = evaluate(problem, plan)
    if judgement.violations or optimum.objective is None or optimum.bound is None:
        return Outcome(judgement.objective, judgement.violations, None, None)
    least = max(0.0, judgement.objective - optimum.objective)
    most = max(0.0, judgement.objective - optimum.bound)
    return Outcome(judgement.objective, (), least, most)


def largest(outcomes: Mapping[str, Outcome]) -> float | None:
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
    judge = Judge(tuple(settings), optima)
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
    plan = start if search.plan is None else grouping_of(search.plan)
    if search.infeasible:
        return LeastRegret(None, Status.INFEASIBLE, None, None, None)
    proved = search.proved and all(optima[setting.name].status == Status.OPTIMAL for setting in settings)
    status = Status.OPTIMAL if proved else Status.UNKNOWN if plan is None else Status.FEASIBLE
    return judge.answer(plan, status, search.bound / UNITS_PER_MINUTE)


@dataclass(frozen=True, eq=False)
class Judge:
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
        """Return the answer with the plan's regret as `optimizer.evaluate` sees it.

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
    """Return the offices that are legal in every setting, and their cost in each (s, k); ``None`` if time is short.

    The pool has the side rows of every setting.

    Raises
    ------
    PoolTooLargeError
        If there are too many offices.
    """
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


@dataclass(eq=False)
class RegretSearch:
    """A running search for the smallest largest regret.

    Parameters
    ----------
    pool
        Offices that a better plan may use.
    costs
        Their cost in each setting (s, k), cost units.
    best
        Cost of each setting's best plan known, cost units (s,).
    budget, workers
        See `across`.
    """

    pool: CandidatePool
    costs: Integers
    best: list[int]
    budget: Budget
    workers: int
    plan: CandidatePool | None = None
    worst: int | None = None
    bound: int = 0
    infeasible: bool = False
    proved: bool = False

    def start(self, grouping: Grouping) -> None:
        """Take a known plan as the first one."""
        wanted = {(host, members) for host, members in grouping.offices.items()}
        rows = [g for g in range(len(self.pool)) if self.pool.office(g) in wanted]
        if len(rows) == len(wanted):
            self.accept(np.array(rows, dtype=np.intp))

    def accept(self, rows: Integers) -> None:
        """Keep a plan if its largest regret is the smallest so far."""
        worst = max(int(cost[rows].sum()) - best for cost, best in zip(self.costs, self.best, strict=True))
        if self.worst is None or worst < self.worst:
            self.plan, self.worst = self.pool.take(rows), worst

    def run(self) -> None:
        """Run all steps, or as many as the time allows."""
        if not len(self.pool) or not self.budget.lasts():
            self.infeasible = not len(self.pool)
            return
        shares = self.relaxed_shares()
        if shares is not None:
            self.weigh(shares)
        for s in range(len(self.best)):
            if self.worst is not None and self.budget.lasts():
                self.drop(self.costs[s], self.best[s])
        self.tell(f"{len(self.pool)} offices left")
        if not self.infeasible:
            self.search()

    def tell(self, note: str) -> None:
        """Report where the search stands."""
        worst = None if self.worst is None else self.worst / UNITS_PER_MINUTE
        self.budget.tell("least regret", note, objective=worst, bound=self.bound / UNITS_PER_MINUTE)

    def relaxed_shares(self) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]] | None:
        """Return the duals of the settings in the linear relaxation, or ``None`` if the time is too short."""
        pool, m, k, s = self.pool, len(self.pool.ids), len(self.pool), len(self.best)
        real = pool.members < m
        columns = np.repeat(np.arange(k), real.sum(axis=1))
        place = sparse.csr_matrix((np.ones(len(columns)), (pool.members[real], columns)), shape=(m, k))
        prohibitive = float(self.costs.max()) * m / UNITS_PER_MINUTE + 1.0
        matrix = sparse.block_array(
            [
                [place, sparse.eye_array(m), None],
                [sparse.csr_array(-self.costs / UNITS_PER_MINUTE), None, sparse.csr_array(np.ones((s, 1)))],
            ],
            format="csr",
        )
        solution = linear.minimise(
            np.concatenate((np.zeros(k), np.full(m, prohibitive), [1.0])),
            sparse.csr_matrix(matrix),
            np.concatenate((np.ones(m), -np.array(self.best) / UNITS_PER_MINUTE)),
            np.concatenate((np.ones(m), np.full(s, np.inf))),
            seconds=self.budget.left,
        )
        if solution is None:
            return None
        shares = np.maximum(solution.duals[m:], 0.0)
        return np.asarray(shares / shares.sum()) if shares.sum() > 0 else None

    def weigh(self, shares: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> None:
        """Raise the bound, try a plan and drop offices by the cheapest plan at the settings' weighted prices."""
        whole = np.floor(shares * WHOLE_SHARES).astype(np.int64)
        whole[int(np.argmax(whole))] += WHOLE_SHARES - int(whole.sum())
        costs = whole @ self.costs
        # Shares are thousandths: rounding weighted costs down, and the base up, keeps the bound safe.
        least = np.maximum(0, costs // WHOLE_SHARES)
        base = -((-int(sum(int(w) * z for w, z in zip(whole, self.best, strict=True)))) // WHOLE_SHARES)
        selection = Selection(replace(self.pool, costs=least, complete=True), self.budget, self.workers)
        selection.optimise()
        self.infeasible = selection.infeasible
        if self.infeasible:
            return
        if selection.plan is not None:
            self.accept(np.array(rows_of(selection.plan, self.pool), dtype=np.intp))
        self.bound = max(self.bound, selection.bound - base)
        self.tell("weighted settings")
        if self.worst is not None:
            self.drop(least, base)

    def drop(self, costs: Integers, base: int) -> None:
        """Drop the offices that no plan as good as the best can use.

        Parameters
        ----------
        costs
            Weighted costs of the offices (k,), the weights summing to 1.
        base
            At least the weighted costs of the settings' best plans.
        """
        pool = replace(self.pool, costs=costs)
        no_cuts = np.zeros((len(pool), 0), dtype=np.int64)
        relaxation = relax(pool, no_cuts, prohibitive=int(costs.max()) * len(pool.ids), seconds=self.budget.left)
        if relaxation is not None and self.worst is not None:
            certificate = certify(pool, relaxation.duals, no_cuts)
            kept = np.flatnonzero(certificate.bound + certificate.reduced - base <= self.worst)
            self.pool, self.costs = self.pool.take(kept), self.costs[:, kept]

    def search(self) -> None:
        """Decide over what is left by CP-SAT."""
        if self.worst is not None and self.bound >= self.worst:
            self.proved = True
            return
        if not self.budget.lasts():
            return
        pool = self.pool
        model = cp_model.CpModel()
        model.name = "least regret"
        chosen = [model.new_bool_var("") for _ in range(len(pool))]
        place_everybody(model, pool, chosen, [])
        for side in pool.sides:
            total = cp_model.LinearExpr.weighted_sum(chosen, side.values.tolist())
            if side.least is not None:
                model.add(total >= side.least)
            if side.most is not None:
                model.add(total <= side.most)
        most = self.worst if self.worst is not None else int(self.costs.max()) * len(pool.ids)
        worst = model.new_int_var(self.bound, max(most, self.bound), "largest regret")
        for cost, best in zip(self.costs, self.best, strict=True):
            model.add(cp_model.LinearExpr.weighted_sum(chosen, cost.tolist()) - best <= worst)
        if self.plan is not None:
            for g in rows_of(self.plan, pool):
                model.add_hint(chosen[g], value=True)
        model.minimize(worst)
        found = run(model, self.budget, "least regret", self.workers)
        if found.has_plan:
            self.accept(np.flatnonzero([found.value(variable) for variable in chosen]))
        self.infeasible = found.finished and not found.has_plan and self.plan is None
        self.bound = max(self.bound, min(found.bound, self.worst) if self.worst is not None else found.bound)
        self.proved = found.finished and self.plan is not None
