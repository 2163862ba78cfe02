"""Find the offices that a linear relaxation misses, without a list of all offices.

Given a price y(i) for placing each municipality (the duals of the relaxation), an office g that costs less than its
members would pay, r(g) = c(g) - sum of y over its members < 0, would better the relaxation; if there is none, the
relaxation is solved over all offices, listed or not. Offices grow from their host, member by member, as in
`optimizer.engines.candidates.connected_groups`, and a branch ends where no growth can bring r(g) below what is asked.

How far growth can bring it is bounded from two sides.

* Planners. What is missing of the critical mass, w max(0, P - sum of p), is convex, so for any 0 <= l <= w it is at
  least l (P - sum of p); the branch ends if one of several l ends it.
* Connectedness. A municipality that is reached from the host only through another one (its dominator, Lengauer and
  Tarjan 1979) brings that one's cost with it: gains are summed up the tree of dominators, never below 0.

Terms that cannot be foreseen in this way count as 0 while growing, which keeps the bound true as no term is negative;
they are counted in full when an office is judged.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from optimizer.engines.candidates import TOLERANCE, GroupFinder, Indices, Integers, scores
from optimizer.problem import Bools, Floats, Problem
from optimizer.units import UNITS_PER_MINUTE

MULTIPLIERS: Final = 9
"""How many prices of a missing årsverk are tried for the bound."""
FORBIDDEN_FACTOR: Final = 64.0
"""Where the critical mass is hard, missing årsverk are tried at up to so many times their price."""
BATCH: Final = 4_000
ROUNDING: Final = 4
"""Cost units by which the bound of a branch may be too high: figures of an office are rounded one by one."""
FLOAT_ERROR: Final = 1e-13
"""Of the largest product, by which it may be too high besides."""


@dataclass(frozen=True, eq=False)
class Duals:
    """What the linear relaxation pays, cost units.

    Parameters
    ----------
    municipality
        For placing each (m,).
    shared
        For each shared office; negative where they are limited from above.
    """

    municipality: Integers
    shared: int = 0


@dataclass(frozen=True, eq=False)
class Growth:
    """What grew from one host.

    Parameters
    ----------
    groups
        Groups of the sizes 2, 3, ... (k, size), the host first; not all of them need be legal.
    rest
        No group that was not looked at has a smaller reduced cost, cost units; infinite if none was left out.
    """

    groups: tuple[Indices, ...]
    rest: float

    @property
    def cut_short(self) -> bool:
        """Whether groups that may be wanted were left out."""
        return bool(np.isfinite(self.rest))


@dataclass(frozen=True, eq=False)
class Branches:
    """Connected groups of one size that may grow on; arrays by group (k, ...) and by place in the catchment (..., b).

    Parameters
    ----------
    inside
        Who is a member (k, b).
    extension
        Who may join next (k, b).
    seen
        Who is a member, a neighbour of one, or passed over (k, b).
    cost
        Reduced cost without planners missing (k,), cost units.
    fte
        Planners (k,).
    least
        No growth has a smaller reduced cost (k,), cost units.
    """

    inside: Bools
    extension: Bools
    seen: Bools
    cost: Floats
    fte: Floats
    least: Floats

    def __len__(self) -> int:
        """Return the number of groups."""
        return len(self.cost)

    def take(self, rows: NDArray[np.intp] | slice) -> "Branches":
        """Return these groups only."""
        return Branches(
            self.inside[rows], self.extension[rows], self.seen[rows], self.cost[rows], self.fte[rows], self.least[rows]
        )


@dataclass(frozen=True, eq=False)
class Catchment:
    """Who can share the office of one host.

    Parameters
    ----------
    place
        Positions of those within reach and limits, connected to the host through others such (b,), the host first.
    adjacent
        Which of them are neighbours (b, b).
    apart
        Which of them may not share an office (b, b).
    costs
        Of each member at this host, cost units (b,).
    fte
        Planners that each adds to the office (b,).
    dominator
        The last of those through whom every way from the host to each goes (b,).
    """

    place: NDArray[np.intp]
    adjacent: Bools
    apart: Bools
    costs: Integers
    fte: Floats
    dominator: NDArray[np.intp]

    def ordered(self, gain: Floats) -> "Catchment":
        """Return the catchment with those who gain most right after the host."""
        order = np.concatenate(([0], 1 + np.argsort(-gain[1:], kind="stable")))
        new = np.argsort(order)
        square = np.ix_(order, order)
        return Catchment(
            self.place[order],
            self.adjacent[square],
            self.apart[square],
            self.costs[order],
            self.fte[order],
            new[self.dominator[order]],
        )

    def gathered(self, gain: Floats) -> Floats:
        """Return what each can bring, with those who are reached through it only (b,), at least 0."""
        children: dict[int, list[int]] = {}
        for v in range(1, len(gain)):
            children.setdefault(int(self.dominator[v]), []).append(v)
        order = [0]
        for v in order:
            order += children.get(v, [])
        total = gain.copy()
        for v in reversed(order):
            total[v] = max(0.0, total[v])
            if v:
                total[self.dominator[v]] += total[v]
        return total


@dataclass(frozen=True, eq=False)
class Pricing:
    """Grows offices from any host of a problem.

    Parameters
    ----------
    problem
        The problem; nothing in it is asked of kroner.
    lasts
        Says whether there is time to go on.
    known
        The catchments worked out so far, by host.
    """

    problem: Problem
    lasts: Callable[[], bool] = lambda: True
    known: dict[int, Catchment] = field(default_factory=dict)

    @cached_property
    def finder(self) -> GroupFinder:
        """Judges and prices what grew."""
        return GroupFinder(self.problem, scores(self.problem))

    @cached_property
    def hosts(self) -> tuple[int, ...]:
        """Positions of those who may host a shared office and have somebody to share it with."""
        pairs = self.finder.pairs
        partners = pairs.adjacent & pairs.allowed & ~np.eye(len(pairs.allowed), dtype=bool)
        return tuple(int(host) for host in np.flatnonzero(np.diagonal(pairs.allowed) & partners.any(axis=0)))

    @cached_property
    def multipliers(self) -> Floats:
        """Prices of a missing årsverk that are tried, cost units; beyond what it costs where critical mass is hard."""
        price = self.problem.weights.missing_fte * UNITS_PER_MINUTE
        tried = np.linspace(0.0, price, MULTIPLIERS)
        if self.problem.limits.critical_mass != "hard":
            return tried
        return np.append(tried, np.geomspace(1.0, FORBIDDEN_FACTOR, MULTIPLIERS) * max(price, UNITS_PER_MINUTE))

    def catchment(self, host: int) -> Catchment:
        """Return who can share the office of a host, worked out once."""
        if host not in self.known:
            self.known[host] = self._catchment(host)
        return self.known[host]

    def _catchment(self, host: int) -> Catchment:
        pairs, problem = self.finder.pairs, self.problem
        reach = np.flatnonzero(pairs.allowed[:, host])
        if pairs.adjacent[host, reach[reach != host]].all():
            return self.gathering(host, np.append(host, reach[reach != host]), [0] * len(reach))
        links = nx.from_numpy_array(pairs.adjacent[np.ix_(reach, reach)])
        start = int(np.searchsorted(reach, host))
        steps = nx.single_source_shortest_path_length(links, start, cutoff=problem.limits.max_members - 1)
        links = links.subgraph(steps).to_directed()
        dominators = nx.immediate_dominators(links, start)
        local = [start, *sorted(node for node in links if node != start)]
        number = {node: k for k, node in enumerate(local)}
        return self.gathering(host, reach[local], [0, *(number[dominators[node]] for node in local[1:])])

    def gathering(self, host: int, place: NDArray[np.intp], dominator: Sequence[int]) -> Catchment:
        """Return the catchment of a host and these others, the host first."""
        pairs, problem = self.finder.pairs, self.problem
        square = np.ix_(place, place)
        minutes = problem.minutes[pairs.active[place], pairs.active[host]]
        return Catchment(
            place,
            pairs.adjacent[square] & ~np.eye(len(place), dtype=bool),
            pairs.apart[square],
            pairs.pair_costs[place, host],
            problem.planner_fte[pairs.active[place]] - problem.road_fte_per_minute * minutes,
            np.array(dominator, dtype=np.intp),
        )

    def grow(
        self, host: int, duals: Duals, below: float, *, beam: int | None = None, most_states: int | None = None
    ) -> Growth:
        """Return the groups at a host whose reduced cost may be below a figure.

        Parameters
        ----------
        host
            Position of the host.
        duals
            What is paid.
        below
            Cost units.
        beam
            Of each size go on with the most promising so many only: quick, and may miss some.
        most_states
            Look at no more groups than about so many.
        """
        return HostGrowth(self, self.catchment(host), duals, below).run(beam, most_states)


class HostGrowth:
    """One growth from one host.

    Parameters
    ----------
    pricing, catchment, duals, below
        See `Pricing.grow`.
    """

    def __init__(self, pricing: Pricing, catchment: Catchment, duals: Duals, below: float) -> None:
        net = catchment.costs - duals.municipality[catchment.place]
        self.catchment = catchment = catchment.ordered(-net.astype(np.float64))
        self.net = (catchment.costs - duals.municipality[catchment.place]).astype(np.float64)
        self.lasts = pricing.lasts
        self.opening = float(-duals.shared)
        self.most, self.critical = pricing.problem.limits.max_members, pricing.problem.limits.min_office_fte
        self.price = pricing.problem.weights.missing_fte * UNITS_PER_MINUTE
        largest = float(pricing.multipliers.max()) * max(self.critical, float(np.abs(catchment.fte).sum()))
        self.slack = ROUNDING + FLOAT_ERROR * largest
        self.below = below + self.slack
        self.gains = []
        for multiplier in pricing.multipliers:
            gathered = catchment.gathered(multiplier * catchment.fte - self.net)
            columns = np.flatnonzero(gathered[1:] > 0) + 1
            columns = columns[np.argsort(-gathered[columns], kind="stable")]
            # The rule is kept to a tolerance, the price is not.
            critical = self.critical - (TOLERANCE if multiplier > self.price else 0.0)
            self.gains.append((multiplier, critical, columns, gathered[columns]))
        many = len(catchment.place)
        self.later = np.triu(np.ones((many, many), dtype=bool), k=1)

    def run(self, beam: int | None, most_states: int | None) -> Growth:
        """Grow, the most promising branches first."""
        found: dict[int, list[Indices]] = {}
        states = 0
        stack = self.seed()
        while stack:
            branches = stack.pop()
            if beam is None and len(branches) > BATCH:
                stack.append(branches.take(slice(BATCH, None)))
                branches = branches.take(slice(BATCH))
            for grown in self.children(branches):
                if not self.lasts() or (most_states is not None and states > most_states):
                    rest = min(float(left.least.min()) for left in (branches, *stack))
                    return Growth(listed(found), rest - self.slack)
                states += len(grown)
                size = int(grown.inside[0].sum())
                good = np.flatnonzero(self.reduced(grown) < self.below)
                if len(good):
                    where = np.nonzero(grown.inside[good])[1].reshape(len(good), size)
                    found.setdefault(size, []).append(self.catchment.place[where].astype(np.int16))
                if size < self.most:
                    stack += self.going_on(grown, beam)
        return Growth(listed(found), np.inf)

    def seed(self) -> list[Branches]:
        """Return the host by itself, if some growth may be wanted."""
        adjacent, apart = self.catchment.adjacent[:1], self.catchment.apart[:1]
        inside = np.zeros((1, len(self.net)), dtype=bool)
        inside[0, 0] = True
        alone = Branches(
            inside,
            adjacent & ~apart,
            inside | adjacent | apart,
            self.net[:1] + self.opening,
            self.catchment.fte[:1],
            np.array([-np.inf]),
        )
        return self.going_on(alone, None) if self.most > 1 else []

    def children(self, branches: Branches) -> Iterator[Branches]:
        """Yield the groups with one member more, not yet bounded."""
        adjacent, apart = self.catchment.adjacent, self.catchment.apart
        rows, added = np.nonzero(branches.extension)
        for start in range(0, len(rows), 8 * BATCH):
            row, new = rows[start : start + 8 * BATCH], added[start : start + 8 * BATCH]
            inside = branches.inside[row]
            inside[np.arange(len(row)), new] = True
            joining = (branches.extension[row] & self.later[new]) | (adjacent[new] & ~branches.seen[row])
            yield Branches(
                inside,
                joining & ~apart[new],
                branches.seen[row] | adjacent[new] | apart[new],
                branches.cost[row] + self.net[new],
                branches.fte[row] + self.catchment.fte[new],
                branches.least[row],
            )

    def reduced(self, branches: Branches) -> Floats:
        """Return the reduced cost of each group as far as it is foreseen, cost units (k,)."""
        return np.asarray(branches.cost + self.price * np.maximum(0.0, self.critical - branches.fte))

    def going_on(self, branches: Branches, beam: int | None) -> list[Branches]:
        """Return the groups of which some growth may be wanted, the most promising first."""
        room = self.most - int(branches.inside[0].sum())
        allowed = (branches.extension | ~branches.seen) & branches.inside[:, self.catchment.dominator]
        least = branches.least
        for multiplier, critical, columns, gains in self.gains:
            open_to = allowed[:, columns]
            if len(columns) > room:
                open_to &= np.cumsum(open_to, axis=1, dtype=np.int16) <= room
            least = np.maximum(least, branches.cost + multiplier * (critical - branches.fte) - open_to @ gains)
        wanted = np.flatnonzero(least < self.below)
        rank = (least if beam is None else self.reduced(branches))[wanted]
        rows = wanted[np.argsort(rank, kind="stable")[:beam]]
        return [replace(branches, least=least).take(rows)] if len(rows) else []


def listed(found: dict[int, list[Indices]]) -> tuple[Indices, ...]:
    """Return groups by size, each size in one array (k, size)."""
    return tuple(np.concatenate(found[size]) for size in sorted(found))
