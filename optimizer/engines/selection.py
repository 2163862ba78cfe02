"""Choose the best set of offices: set partitioning over the pool of legal offices.

Sets        I  municipalities that take part;  G  legal offices (`optimizer.engines.candidates`), each with its members.
Data        c(g)  cost of office g, whole cost units;  side rows, each a figure v(g) and limits l, u of its sum, such
            as the number of shared offices.
Variables   x(g) = 1 if office g is opened.

    minimise    sum over g of c(g) x(g)
    subject to  sum over g containing i of x(g) = 1          for each i in I
                l <= sum over g of v(g) x(g) <= u            for each side row
                x(g) in {0, 1}

Steps, each of which leaves a plan, a bound and the gap between them, after a plan made without any search
(`optimizer.engines.packing`), so that there is one whenever the time ends:

1. Linear relaxation by column generation over the pool.
2. A first plan of the offices of smallest reduced cost: their relaxation, if it is one with cuts (see 3), or the
   exact search over them.
3. Cuts (subset-row inequalities, Jepsen et al. 2008): of three municipalities, at most one chosen office holds two
   or more. They lift the bound.
4. Fixing: an office whose reduced cost exceeds the gap is in no better plan and leaves the pool.
5. Exact search by CP-SAT, in whole numbers, over what is left.
6. Ties: of all optimal plans, the one whose list of hosts, in the order of the municipality ids, comes first. The
   pool has each group at one host only, of equally good ones that with the largest need
   (`optimizer.engines.candidates.host_order`).

Bounds are certificates in whole numbers (`optimizer.engines.certificate`). Where nobody can be placed legally,
artificial columns of prohibitive cost stand in; a plan that needs them shows that the problem is infeasible.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.budget import Budget
from optimizer.engine_table import Ties
from optimizer.engines.candidates import CandidatePool, Integers, SideRow
from optimizer.engines.certificate import Certificate, certify, incidence
from optimizer.engines.exact import PartitionQuestion, cheapest
from optimizer.engines.linear_relaxation import LinearRelaxation, relax
from optimizer.engines.packing import packed
from optimizer.grouping import Grouping
from optimizer.problem import Bools
from optimizer.units import UNITS_PER_MINUTE

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Triple = tuple[int, int, int]

ALL_AT_ONCE = 20_000
COLUMNS_A_ROUND = 3_000
NEARLY_ZERO = UNITS_PER_MINUTE // 100_000
FIRST_COLUMNS = 3_000
MOST_FIRST_COLUMNS = 16_000
MOST_SEARCHED = 1_000_000
FIRST_SECONDS = 20.0
CUT_COLUMNS = 20_000
CUTS_A_ROUND = 60
CUT_ROUNDS = 30
VIOLATED = 0.01
WHOLE = 1e-6


@dataclass(eq=False)
class Selection:
    """A running selection: the offices that are left, the best plan and the best bound.

    Parameters
    ----------
    pool
        Offices that may still be in an optimal plan.
    budget
        Time.
    workers
        Threads of the exact search; 0 chooses.
    keep_to
        Cost units: also keep the offices of all plans up to this cost, were they dearer than the best one.
    """

    pool: CandidatePool
    budget: Budget
    workers: int = 0
    keep_to: int = 0
    plan: CandidatePool | None = None
    searched: int = 0
    ties: Ties = "open"
    unplaced: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Set the prohibitive cost above that of any plan."""
        self.complete = self.pool.complete
        nothing = np.zeros(len(self.pool), dtype=np.int64)
        self.certificate = Certificate(0, nothing, nothing)
        self.prohibitive = prohibitive_cost(self.pool)

    def start(self, grouping: Grouping) -> None:
        """Take a known legal plan as the first one, each office at its own host or else at the best in the pool."""
        number = {host: k for k, host in enumerate(grouping.offices)}
        label = np.array([number[grouping.host_of[i]] for i in self.pool.ids] + [-1], dtype=np.int16)
        labels = label[self.pool.members]
        sizes = np.array([len(members) for members in grouping.offices.values()])
        inside = labels == labels[:, :1]
        found = np.flatnonzero((inside | (labels < 0)).all(axis=1) & (inside.sum(axis=1) == sizes[labels[:, 0]]))
        own_host = np.array([self.pool.ids.index(host) for host in number])
        at_own = self.pool.hosts == own_host[labels[:, 0]]
        best_last = sorted(found.tolist(), key=lambda row: (at_own[row], -self.pool.costs[row]))
        rows = {int(labels[row, 0]): row for row in best_last}
        if len(rows) == len(number):
            self.accept(self.pool.take(np.array(sorted(rows.values()))))

    @property
    def best(self) -> int | None:
        """Cost of the best plan, cost units; ``None`` without one."""
        return None if self.plan is None else int(self.plan.costs.sum())

    @property
    def bound(self) -> int:
        """Proved lower bound, cost units; 0 if the pool does not hold every legal office."""
        return max(self.certificate.bound, self.searched) if self.complete else 0

    @property
    def infeasible(self) -> bool:
        """Whether it is proved that there is no plan."""
        return self.bound >= self.prohibitive - UNITS_PER_MINUTE // 2

    def run(self) -> None:
        """Run all steps, or as many as the time allows."""
        self.optimise()
        if self.proved and self.complete and self.plan is not None:
            with self.budget.stage("ties"):
                self.break_ties(self.plan)

    def optimise(self) -> None:
        """Run all steps but the last: some optimal plan, or as near as the time allows."""
        if (simple := packed(self.pool)) is not None:
            self.accept(simple)
        with self.budget.stage("linear relaxation"):
            self.column_generation()
        if self.infeasible or not self.budget.lasts():
            return
        with self.budget.stage("first plan"):
            self.first_plan()
            self.drop()
        with self.budget.stage("cuts"):
            self.add_cuts()
        with self.budget.stage("exact search"):
            self.search()

    def accept(self, plan: CandidatePool) -> None:
        """Keep a plan that keeps the side rows, if it is the best so far."""
        if not keeps_sides(plan):
            return
        if self.best is None or int(plan.costs.sum()) < self.best:
            self.plan = plan

    @property
    def proved(self) -> bool:
        """Whether the plan is proved optimal."""
        return self.best is not None and self.bound >= self.best

    def raise_bound(self, certificate: Certificate) -> None:
        """Keep a certificate of the offices that are left if its bound is the best so far."""
        if certificate.bound >= self.certificate.bound:
            self.certificate = certificate

    def tell(self, stage: str, note: str) -> None:
        """Report where the selection stands."""
        best = None if self.best is None else self.best / UNITS_PER_MINUTE
        bound = None if self.infeasible else self.bound / UNITS_PER_MINUTE
        self.budget.tell(stage, note, objective=best, bound=bound)

    def column_generation(self) -> None:
        """Solve the linear relaxation over the whole pool.

        A small pool is solved at once. A large one starts with the offices that are cheapest for their size, and
        each round adds those with the most negative reduced cost, until none is negative.
        """
        pool = self.pool
        no_cuts = np.zeros((len(pool), 0), dtype=np.int64)
        inside = np.ones(len(pool), dtype=bool)
        if len(pool) > ALL_AT_ONCE:
            sizes = (pool.members < len(pool.ids)).sum(axis=1)
            inside = sizes <= 2
            inside[smallest(pool.costs / sizes, COLUMNS_A_ROUND)] = True
        while self.budget.lasts():
            rows = np.flatnonzero(inside)
            relaxation = self.relaxed(pool.take(rows), no_cuts[rows])
            if relaxation is None:
                return
            certificate = certify(pool, relaxation.duals, no_cuts)
            self.raise_bound(certificate)
            self.tell("linear relaxation", f"{len(rows)} of {len(pool)} offices")
            useful = np.flatnonzero(~inside & (certificate.violation > NEARLY_ZERO))
            if not len(useful):
                return
            inside[useful[smallest(-certificate.violation[useful], COLUMNS_A_ROUND)]] = True

    def relaxed(self, pool: CandidatePool, cuts: Integers) -> LinearRelaxation | None:
        """Solve the linear relaxation over a pool with cuts (k, c)."""
        return relax(pool, cuts, prohibitive=self.prohibitive, seconds=self.budget.left)

    def first_plan(self) -> None:
        """Find a plan of the offices of smallest reduced cost.

        With cuts their relaxation often is one; otherwise they are searched, and more of them if they do not place
        everybody. A plan that is known already may be so good that the exact search has no more to look at than this.
        """
        if self.best is not None and len(self.usable(self.best)) <= FIRST_COLUMNS:
            return
        many = FIRST_COLUMNS
        order = smallest(self.certificate.reduced, len(self.pool))
        pool = self.pool.take(np.sort(order[:many]))
        plan = self.whole_relaxation(pool)
        if plan is not None and keeps_sides(plan):
            self.accept(plan)
            self.tell("first plan", f"from {len(pool)} of {len(self.pool)} offices")
            return
        while self.budget.lasts():
            question = PartitionQuestion(prohibitive=self.prohibitive)
            answer = cheapest(pool, question, self.budget.part(FIRST_SECONDS), self.workers)
            if answer.rows is not None and answer.is_legal:
                self.accept(pool.take(answer.rows))
                self.tell("first plan", f"from {len(pool)} of {len(self.pool)} offices")
                return
            if many >= min(len(self.pool), MOST_FIRST_COLUMNS):
                return
            many *= 4
            pool = self.pool.take(np.sort(order[:many]))

    def whole_relaxation(self, pool: CandidatePool) -> CandidatePool | None:
        """Return the plan that the relaxation of some offices is with cuts; ``None`` if it stays fractional."""
        triples: list[Triple] = []
        for _ in range(CUT_ROUNDS):
            relaxation = self.relaxed(pool, incidence(pool, triples)) if self.budget.lasts() else None
            if relaxation is None:
                return None
            if (rows := chosen(relaxation)) is not None:
                return pool.take(rows)
            found = violated(pool, relaxation.values, set(triples))
            if not found:
                return None
            triples += found
        return None

    def drop(self) -> None:
        """Drop the offices that no plan as good as the best, or up to the cost to keep to, can use."""
        if self.best is not None:
            keep = self.usable(max(self.best, self.keep_to))
            self.pool, self.certificate = self.pool.take(keep), self.certificate.take(keep)

    def usable(self, most: int) -> Rows:
        """Return the rows of the offices that a plan of at most this cost may use."""
        return np.flatnonzero(self.certificate.bound + self.certificate.reduced <= most)

    def add_cuts(self) -> None:
        """Add violated cuts round by round while they lift the bound, and drop offices as it rises."""
        if self.best is None or len(self.pool) > CUT_COLUMNS:
            return
        triples: list[Triple] = []
        for _ in range(CUT_ROUNDS):
            cuts = incidence(self.pool, triples)
            relaxation = self.relaxed(self.pool, cuts)
            if relaxation is None:
                return
            if (rows := chosen(relaxation)) is not None:
                self.accept(self.pool.take(rows))
            found = violated(self.pool, relaxation.values, set(triples))
            self.raise_bound(certify(self.pool, relaxation.duals, cuts))
            self.drop()
            self.tell("cuts", f"{len(triples)} cuts, {len(self.pool)} offices left")
            if not found:
                return
            triples += found

    def search(self) -> None:
        """Search what is left exactly, if there is time and it is not too much to search."""
        if not self.budget.lasts() or len(self.pool) > MOST_SEARCHED:
            return
        pool = self.pool if self.best is None else self.pool.take(self.usable(self.best))
        hint = None if self.plan is None else rows_of(self.plan, pool)
        prohibitive = self.prohibitive if self.plan is None else None
        self.tell("exact search", f"{len(pool)} offices left")
        question = PartitionQuestion(self.best, hint, prohibitive)
        answer = cheapest(pool, question, self.budget, self.workers)
        before = self.best
        if answer.rows is not None and answer.is_legal:
            self.accept(pool.take(answer.rows))
        self.unplaced, self.broken = tuple(self.pool.ids[i] for i in answer.unplaced), answer.broken
        # Offices dropped earlier are only in plans dearer than the best one then.
        self.searched = answer.bound if before is None else min(answer.bound, before)
        self.drop()

    def break_ties(self, plan: CandidatePool) -> None:
        """Replace the proved plan by the first of all equally good ones, or find that there is no other."""
        at_most = int(plan.costs.sum())
        pool = self.pool.take(self.usable(at_most))
        same = np.zeros(len(pool), dtype=np.int64)
        same[rows_of(plan, pool)] = 1
        others = pool.limited(SideRow("another plan", same, most=len(plan) - 1))
        other = cheapest(others, PartitionQuestion(at_most), self.budget, self.workers)
        if other.rows is None:
            if other.finished:
                self.ties = "first in id order" if plan.tied.any() else "unique"
            return
        for i in range(len(pool.ids)):
            while True:
                host = host_in(plan, i)
                lower = holds(pool, i) & (pool.hosts < host)
                if not lower.any():
                    break
                lower_only = pool.take(np.flatnonzero(lower | ~holds(pool, i)))
                answer = cheapest(lower_only, PartitionQuestion(at_most), self.budget, self.workers)
                if not answer.finished and answer.rows is None:
                    return
                if answer.rows is None:
                    break
                plan = lower_only.take(answer.rows)
            pool = pool.take(np.flatnonzero(~holds(pool, i) | (pool.hosts == host)))
        self.plan, self.ties = plan, "first in id order"


def chosen(relaxation: LinearRelaxation) -> Rows | None:
    """Return the offices of a relaxation that is a plan; ``None`` if one is chosen in part, or somebody is in none."""
    whole = relaxation.values > 1 - WHOLE
    is_plan = whole.sum() == (relaxation.values > WHOLE).sum() and relaxation.unplaced < WHOLE
    return np.flatnonzero(whole) if is_plan else None


def smallest(values: Floats | Integers, many: int) -> Rows:
    """Return where so many of the smallest values are, the smallest first, of equal ones the first (many,)."""
    return np.argsort(values, kind="stable")[:many]


def prohibitive_cost(pool: CandidatePool) -> int:
    """Return more cost units than any plan out of the pool costs."""
    dearest = np.zeros(len(pool.ids) + 1, dtype=np.int64)
    for column in pool.members.T:
        np.maximum.at(dearest, column, pool.costs)
    return int(dearest[:-1].sum()) + UNITS_PER_MINUTE


def keeps_sides(plan: CandidatePool) -> bool:
    """Return whether a plan keeps its side rows."""
    sums = [(side, int(side.values.sum())) for side in plan.sides]
    return all(
        (side.least is None or total >= side.least) and (side.most is None or total <= side.most)
        for side, total in sums
    )


def holds(pool: CandidatePool, i: int) -> Bools:
    """Return which offices have municipality i as a member (k,)."""
    return np.asarray((pool.members == i).any(axis=1))


def host_in(plan: CandidatePool, i: int) -> int:
    """Return the host of municipality i in a plan."""
    return int(plan.hosts[holds(plan, i)][0])


def rows_of(plan: CandidatePool, pool: CandidatePool) -> list[int]:
    """Return the rows of the pool that make up the plan."""
    wanted = {tuple(members) for members in plan.members.tolist()}
    return [g for g, members in enumerate(pool.members.tolist()) if tuple(members) in wanted]


def violated(pool: CandidatePool, values: Floats, known: set[Triple]) -> list[Triple]:
    """Return the triples whose cut the values break most, the worst first.

    Parameters
    ----------
    pool
        Offices (k,).
    values
        Share of each in the relaxation (k,).
    known
        Cuts that are there already.
    """
    part = np.flatnonzero((values > WHOLE) & (values < 1 - WHOLE))
    m = len(pool.ids)
    inside = np.zeros((len(part), m + 1))
    np.put_along_axis(inside, pool.members[part].astype(np.intp), 1.0, axis=1)
    inside = inside[:, :m]
    together = inside.T @ (inside * values[part, None])
    found: list[tuple[float, Triple]] = []
    for i, j in np.argwhere(np.triu(together, k=1)).tolist():
        both = inside[:, i] * inside[:, j] * values[part]
        two_or_more = together[i, j] + together[i] + together[j] - 2 * (both @ inside)
        for k in np.flatnonzero(two_or_more > 1 + VIOLATED).tolist():
            a, b, c = sorted((i, j, k))
            triple = (a, b, c)
            if k not in (i, j) and triple not in known:
                known.add(triple)
                found.append((-float(two_or_more[k]), triple))
    return [triple for _, triple in sorted(found)[:CUTS_A_ROUND]]
