"""A plan for a region, window by window, out of its promising offices.

With the duals of `optimizer.regions.duals` a plan costs at least their sum and the reduced costs of its offices. What a
window can gain is about the reduced costs of the plan's offices in it, so the search goes where those are.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse.csgraph import dijkstra

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool
from optimizer.engines.selection import Selection, rows_of
from optimizer.problem import Bools
from optimizer.regions.duals import DualPrices
from optimizer.regions.offices import OfficeList
from optimizer.regions.region import Places, Region

ONE_THREAD = 1
"""Of each search: others run beside it, and the answer is the same every time."""
CORE = 3
"""A window that gave nothing is not tried again around this part of it, one in so many."""
MOST_TAKEN = 0.2
"""A window of which others have a larger part waits for them."""
NEARLY_NOTHING = 1000
"""Cost units: less is not looked for."""


@dataclass(frozen=True, eq=False)
class RegionWindow:
    """A part of a region in which the offices of a plan may change.

    Parameters
    ----------
    places
        Positions in the region, ascending.
    core
        Those in its middle.
    pool
        The offices that lie in it, members by place in ``places``.
    rows
        Of these offices in the list of the plan.
    start
        Rows of the pool that are in the plan.
    """

    places: Places
    core: Places
    pool: CandidatePool
    rows: Places
    start: Places


@dataclass(frozen=True, eq=False)
class WindowAnswer:
    """What a search of a window found.

    Parameters
    ----------
    rows
        Rows of its pool that make a better plan; ``None`` if none was found.
    settled
        Whether there is no better one out of the pool.
    """

    rows: Places | None
    settled: bool


@dataclass(eq=False)
class RegionPlan:
    """A plan out of some offices of a region, to be improved.

    Parameters
    ----------
    region
        The region.
    offices
        Offices, among them everybody alone.
    duals
        They say which offices are promising.
    """

    region: Region
    offices: OfficeList
    duals: DualPrices
    chosen: Places = field(init=False)
    """Row of the office of everybody (n,)."""
    tried: Bools = field(init=False)
    """Whether a window around each gave nothing (n,)."""
    unsettled: Bools = field(init=False)
    """Whether its search was cut short (n,)."""

    def __post_init__(self) -> None:
        """Take offices one by one, the smallest reduced cost a member first."""
        many = len(self.region)
        members = self.offices.members
        self.sizes = (members < many).sum(axis=1)
        self.reduced = self.duals.reduced(members, self.offices.costs)
        self.chosen = np.full(many + 1, -1)
        for row in np.argsort(self.reduced / self.sizes, kind="stable"):
            group = members[row, : self.sizes[row]]
            if (self.chosen[group] < 0).all():
                self.chosen[group] = row
        self.chosen = self.chosen[:-1]
        self.tried = np.zeros(many, dtype=bool)
        self.unsettled = np.zeros(many, dtype=bool)

    @property
    def rows(self) -> Places:
        """Rows of the offices of the plan, ascending."""
        return np.unique(self.chosen)

    @property
    def cost(self) -> int:
        """Cost units."""
        return int(self.offices.costs[self.rows].sum())

    @property
    def hosts(self) -> Places:
        """Position of the host of everybody (n,)."""
        return np.asarray(self.offices.members[self.chosen, 0])

    def window(self, size: int, taken: Bools) -> RegionWindow | None:
        """Return a window where most may be gained; ``None`` if nowhere.

        Parameters
        ----------
        size
            Wanted number of municipalities.
        taken
            Who is in a window that is searched now (n,).
        """
        share = self.reduced[self.chosen] / self.sizes[self.chosen]
        share[self.tried | taken] = 0
        while share.max() >= NEARLY_NOTHING:
            centre = int(np.argmax(share))
            far = dijkstra(self.region.minutes, indices=centre, directed=False)
            near = np.argsort(far, kind="stable")[:size]
            near = near[np.isfinite(far[near])]
            if taken[near].mean() > MOST_TAKEN:
                share[near[: max(1, len(near) // CORE)]] = 0
                continue
            near = near[~taken[near]]
            inside = self.inside(near)
            whole = inside[self.offices.members[self.chosen[near]]].all(axis=1)
            if whole[0]:
                return self.opened(near[whole])
            share[centre] = 0
        return None

    def inside(self, places: Places) -> Bools:
        """Return who is in some places, and true for the padding of offices (n + 1,)."""
        inside = np.zeros(len(self.region) + 1, dtype=bool)
        inside[places] = True
        inside[-1] = True
        return inside

    def opened(self, near: Places) -> RegionWindow:
        """Return the window of whole offices whose members are these, the nearest to its centre first."""
        places = np.sort(near)
        own = np.unique(self.chosen[places])
        gap = int(self.reduced[own].sum())
        rows = np.flatnonzero(self.inside(places)[self.offices.members].all(axis=1))
        in_plan = np.isin(rows, own)
        rows = rows[(self.reduced[rows] < gap) | (self.sizes[rows] == 1) | in_plan]
        place = np.full(len(self.region) + 1, len(places))
        place[places] = np.arange(len(places))
        members = place[self.offices.members[rows]].astype(np.int16)
        ids = tuple(self.region.ids[i] for i in places)
        pool = CandidatePool(ids, members, self.offices.costs[rows], np.zeros(len(rows), dtype=bool))
        core = near[: max(1, len(near) // CORE)]
        return RegionWindow(places, core, pool, rows, np.flatnonzero(np.isin(rows, own)))

    def take(self, window: RegionWindow, found: WindowAnswer) -> None:
        """Take what a search of a window found."""
        if found.rows is None:
            self.tried[window.core] = True
            self.unsettled[window.core] = not found.settled
            return
        for row in window.rows[found.rows]:
            self.chosen[self.offices.members[row, : self.sizes[row]]] = row
        self.tried[window.places] = False
        self.unsettled[window.places] = False

    def again(self) -> bool:
        """Make ready to search again where a search was cut short, and return whether there is such a place."""
        some = bool(self.unsettled.any())
        self.tried[self.unsettled] = False
        self.unsettled[:] = False
        return some


def searched(window: RegionWindow, budget: Budget) -> WindowAnswer:
    """Search a window for a better plan than the one there is."""
    selection = Selection(window.pool, budget, ONE_THREAD)
    selection.accept(window.pool.take(window.start))
    before = selection.best
    selection.optimise()
    plan = selection.plan
    if before is None or plan is None or int(plan.costs.sum()) >= before:
        return WindowAnswer(None, selection.proved)
    return WindowAnswer(np.array(rows_of(plan, window.pool), dtype=np.intp), selection.proved)
