"""Offices too many to list: set partitioning by column generation, with the same proof as over the whole list.

The model is that of `optimizer.engines.selection`, over offices of which only a few are ever made.

1. Linear relaxation over the offices known so far, at first those of two. Offices that would better it are grown from
   each host (`optimizer.engines.pricing`): the quick way while that finds any, then the exact way, which proves that
   there are none.
2. The bound. For any y, one a municipality, and t for the number of shared offices, each plan has at most one office
   at each host, so it costs at least

       sum(y) + t (least number if t > 0, else most) + sum over hosts of min(0, least reduced cost of its offices).

   It holds after every exact round, in whole numbers, also where a growth was cut short: then the least that its
   branches could have reached counts.
3. A plan: the exact search over the offices known so far.
4. All offices that a better plan could have, those with a reduced cost of at most the gap, are grown once more
   (Baldacci et al. 2008). Over them `optimizer.engines.selection` finds and proves the best plan and settles ties, as
   it would over the list of all. If they are too many, plan, bound and gap are what is known.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from optimizer.budget import Budget
from optimizer.engine_table import PlanFound, Ties
from optimizer.engines.candidates import CandidatePool, Indices, Integers
from optimizer.engines.certificate import MOST_DUAL
from optimizer.engines.linear_relaxation import relax
from optimizer.engines.listing import assembled, at_best_hosts, hosts_differ
from optimizer.engines.pricing import Duals, Pricing
from optimizer.engines.selection import NEARLY_ZERO, Selection
from optimizer.grouping import Grouping
from optimizer.problem import Bools, Problem, most_of_one
from optimizer.units import UNITS_PER_MINUTE

Chunk = tuple[Indices, Integers, Bools]
"""Offices of one size (k, size), the host first, their costs (k,), and whether another host is as good (k,)."""

STAGE: Final = "column generation"
PAIR: Final = 2
BEAM: Final = 60
COLUMNS_A_HOST: Final = 10
FEW_STATES: Final = 50_000
MANY_STATES: Final = 1_000_000
MOST_USEFUL: Final = 10_000_000
"""Members of all offices that are searched together."""
PLAN_SHARE: Final = 0.3
PLAN_SECONDS: Final = 60.0
FIRST_ALLOWANCE: Final = 0.05
NARROWER: Final = 4


def generate(problem: Problem, budget: Budget, *, workers: int = 0, start: Grouping | None = None) -> PlanFound:
    """Find the best grouping by column generation, or come as near as the time allows.

    Parameters
    ----------
    problem
        The problem; nothing in it is asked of kroner.
    budget
        Time.
    workers
        Threads; 0 chooses.
    start
        A known legal plan.
    """
    generation = Generation(problem, budget, workers)
    with budget.stage("linear relaxation"):
        generation.relax(start)
    with budget.stage("first plan"):
        generation.search_known(start)
    with budget.stage("exact search"):
        generation.search_useful()
    return generation.found()


class Generation:
    """A running column generation.

    Parameters
    ----------
    problem, budget, workers
        See `generate`.
    """

    def __init__(self, problem: Problem, budget: Budget, workers: int) -> None:
        self.problem, self.budget, self.workers = problem, budget, workers
        self.pricing = Pricing(problem, budget.lasts)
        self.finder = self.pricing.finder
        self.own: list[Chunk] = [self.finder.singles(), *self.finder.held()]
        self.chunks = self.own
        self.prohibitive = int(most_of_one(problem) * len(problem.ids) * UNITS_PER_MINUTE) + UNITS_PER_MINUTE
        self.duals = Duals(np.zeros(len(self.finder.ids), dtype=np.int64))
        self.bound = 0
        self.plan: CandidatePool | None = None
        self.ties: Ties = "open"
        self.finished = False
        self.known: set[bytes] = set()

    @property
    def best(self) -> int | None:
        """Cost of the best plan, cost units; ``None`` without one."""
        return None if self.plan is None else int(self.plan.costs.sum())

    @property
    def infeasible(self) -> bool:
        """Whether it is proved that there is no plan."""
        return self.bound >= self.prohibitive - UNITS_PER_MINUTE // 2

    def tell(self, note: str) -> None:
        """Report where the generation stands."""
        best = None if self.best is None else self.best / UNITS_PER_MINUTE
        self.budget.tell(STAGE, note, objective=best, bound=None if self.infeasible else self.bound / UNITS_PER_MINUTE)

    def relax(self, start: Grouping | None) -> None:
        """Solve the linear relaxation over all offices, as far as the time allows.

        Afterwards ``duals`` are those that prove the bound.
        """
        self.chunks = [*self.own, *self.of_two(), *self.of_plan(start)]
        proving, limit, below = self.duals, FEW_STATES, -float(NEARLY_ZERO)
        quick = True
        while self.budget.lasts() and (duals := self.solve_known()) is not None:
            self.duals = duals
            found, least, complete = self.grow(below, beam=BEAM) if quick else self.grow(below, most_states=limit)
            if least is not None and (bound := self.proved_by(least)) > self.bound:
                self.bound, proving = bound, duals
            self.chunks = [*self.chunks, *found]
            self.tell(f"{sum(len(costs) for _, costs, _ in self.chunks)} offices made")
            if quick:
                quick = bool(found)
            elif not found and (complete or limit == MANY_STATES):
                break
            elif not found:
                limit = MANY_STATES
        self.duals = proving

    def of_two(self) -> Iterator[Chunk]:
        """Yield the offices of two at each host, as far as the time allows."""
        for host in self.pricing.hosts:
            if not self.budget.lasts():
                return
            catchment = self.pricing.catchment(host)
            others = catchment.place[catchment.adjacent[0] & ~catchment.apart[0]]
            pairs = np.column_stack((np.full(len(others), host), others)).astype(np.int16)
            yield self.finder.legal(pairs, every_host=True)

    def of_plan(self, plan: Grouping | None) -> Iterator[Chunk]:
        """Yield the larger offices of a plan."""
        number = {id_: i for i, id_ in enumerate(self.finder.ids)}
        for host, members in (plan.offices if plan else {}).items():
            if len(members) > PAIR and host not in self.problem.pins.held:
                row = [number[host], *sorted(number[id_] for id_ in members if id_ != host)]
                yield self.finder.legal(np.array([row], dtype=np.int16), every_host=True)

    def solve_known(self) -> Duals | None:
        """Return the duals of the relaxation over the offices known so far; ``None`` if the time was too short."""
        pool = assembled(self.finder, self.chunks)
        no_cuts = np.zeros((len(pool), 0), dtype=np.int64)
        relaxation = relax(pool, no_cuts, prohibitive=self.prohibitive, seconds=self.budget.left)
        if relaxation is None:
            return None
        minutes = np.clip(np.nan_to_num(relaxation.duals), -MOST_DUAL, MOST_DUAL)
        duals = np.floor(minutes * UNITS_PER_MINUTE).astype(np.int64)
        limits, shared = self.problem.limits, int(duals[-1]) if pool.sides else 0
        # The solver is not exact: a price that only a limit which is not set would give is none.
        shared = max(shared, 0) if limits.max_offices is None else shared
        shared = min(shared, 0) if limits.min_offices is None else shared
        return Duals(duals[: len(pool.ids)], shared)

    def reduced(self, members: Indices, costs: Integers) -> Integers:
        """Return the reduced costs of offices (k,)."""
        shared = self.duals.shared if members.shape[1] > 1 else 0
        return np.asarray(costs - self.duals.municipality[members].sum(axis=1) - shared)

    def grow(
        self, below: float, *, beam: int | None = None, most_states: int | None = None
    ) -> tuple[list[Chunk], Integers | None, bool]:
        """Grow offices that better the relaxation at all hosts, a few at each.

        Returns
        -------
        list of chunks
            Legal offices with a reduced cost below the figure.
        array of int or None
            No office of a host has a smaller reduced cost (m,), cost units, none positive; ``None`` if not all hosts
            were looked at, or through a beam only.
        bool
            Whether nothing was cut short.
        """
        found: list[Chunk] = []
        least, complete = self.least_of_own(), True
        for host in self.pricing.hosts:
            if not self.budget.lasts():
                return found, None, False
            growth = self.pricing.grow(host, self.duals, below, beam=beam, most_states=most_states)
            legal = [self.finder.legal(groups, every_host=True) for groups in growth.groups]
            reduced = [self.reduced(members, costs) for members, costs, _ in legal]
            at_host = [int(figures.min()) for figures in reduced if len(figures)]
            if growth.cut_short:
                complete = False
                at_host.append(int(growth.rest))
            least[host] = min(least[host], int(below), *at_host)
            found += self.unknown(best_of(legal, reduced, below))
        return found, least if beam is None else None, complete

    def unknown(self, chunks: Sequence[Chunk]) -> Iterator[Chunk]:
        """Yield what was not made before, now known: a linear solver that is not exact may ask for it again."""
        for members, costs, tied in chunks:
            rows = np.concatenate((members[:, :1], np.sort(members[:, 1:], axis=1)), axis=1)
            new = [row for row, key in enumerate(map(bytes, rows)) if key not in self.known]
            self.known.update(bytes(rows[row]) for row in new)
            if new:
                yield rows[new], costs[new], tied[new]

    def least_of_own(self) -> Integers:
        """Return the least reduced cost of those that stand alone or are held, at their hosts (m,), none positive."""
        least = np.zeros(len(self.finder.ids), dtype=np.int64)
        for members, costs, _ in self.own:
            np.minimum.at(least, members[:, 0], self.reduced(members, costs))
        return least

    def proved_by(self, least: Integers) -> int:
        """Return the bound that the duals and the least reduced cost at each host (m,) prove, cost units."""
        limits, shared = self.problem.limits, self.duals.shared
        limit = limits.min_offices if shared > 0 else limits.max_offices
        return int(self.duals.municipality.sum()) + shared * (limit or 0) + int(least.sum())

    def search_known(self, start: Grouping | None) -> None:
        """Search the offices known so far for a plan."""
        if self.infeasible:
            return
        pool = at_best_hosts(self.problem, assembled(self.finder, self.chunks))
        selection = Selection(pool, self.budget.part(min(PLAN_SECONDS, PLAN_SHARE * self.budget.left)), self.workers)
        if start is not None:
            selection.start(start)
        selection.optimise()
        self.plan = selection.plan
        self.tell(f"a plan out of {len(pool)} offices")

    def search_useful(self) -> None:
        """Search all offices that a better plan could have, or as many of the most promising as can be searched.

        A plan with an office of reduced cost r costs at least the bound and r. So if all offices up to an allowance
        are searched, no plan costs less than the best of them, or than the bound and the allowance.
        """
        proved, narrowed = self.bound, False
        allowance = int(FIRST_ALLOWANCE * proved) + UNITS_PER_MINUTE if self.best is None else self.best - proved
        while self.budget.lasts() and not self.infeasible and not self.finished:
            pool = self.useful(allowance)
            if pool is None and allowance < UNITS_PER_MINUTE:
                return
            if pool is None:
                narrowed, allowance = True, allowance // NARROWER
                continue
            selection = Selection(pool, self.budget, self.workers)
            if self.plan is not None:
                selection.start(self.plan.grouping)
            selection.run()
            if selection.best is not None and (self.best is None or selection.best <= self.best):
                self.plan = selection.plan
            outside = proved + allowance
            inside = outside if selection.infeasible else selection.bound
            self.bound = max(self.bound, min(inside, outside))
            self.finished = self.best is not None and selection.proved and self.best <= outside
            self.ties = selection.ties if self.finished else "open"
            wider = min(NARROWER * allowance, self.prohibitive) if self.best is None else self.best - proved
            if narrowed or wider <= allowance:
                return
            allowance = wider

    def useful(self, allowance: int) -> CandidatePool | None:
        """Return all offices with a reduced cost of at most an allowance, each group at its best host.

        ``None`` if they are too many to grow or to search, or the time ends.
        """
        chunks, many, every = list(self.own), len(self.finder.ids), hosts_differ(self.problem)
        for host in self.pricing.hosts:
            growth = self.pricing.grow(host, self.duals, allowance, most_states=MANY_STATES)
            for groups in growth.groups:
                members, costs, tied = self.finder.legal(groups, every_host=every)
                wanted = self.reduced(members, costs) <= allowance
                chunks.append((members[wanted], costs[wanted], tied[wanted]))
                many += int(wanted.sum()) * members.shape[1]
            if growth.cut_short or many > MOST_USEFUL or not self.budget.lasts():
                self.tell(f"too many offices within {allowance / UNITS_PER_MINUTE:.3f} of the bound")
                return None
        pool = assembled(self.finder, chunks)
        self.tell(f"{len(pool)} offices may be in a better plan")
        return at_best_hosts(self.problem, pool) if every else pool

    def found(self) -> PlanFound:
        """Return the best plan and what is proved of it."""
        plan = None if self.plan is None else self.plan.grouping
        finished = self.finished or (plan is None and self.infeasible)
        return PlanFound(plan, self.bound / UNITS_PER_MINUTE, finished, self.best or 0, self.ties)


def best_of(legal: Sequence[Chunk], reduced: Sequence[Integers], below: float) -> list[Chunk]:
    """Return those few of the offices of one host that have the smallest reduced costs below a figure."""
    figures = np.concatenate([*reduced, np.empty(0, dtype=np.int64)])
    wanted = np.zeros(len(figures), dtype=bool)
    wanted[np.argsort(figures, kind="stable")[:COLUMNS_A_HOST]] = True
    wanted &= figures < below
    kept = np.split(wanted, np.cumsum([len(figure) for figure in reduced]))
    return [(members[k], costs[k], tied[k]) for (members, costs, tied), k in zip(legal, kept, strict=False) if k.any()]
