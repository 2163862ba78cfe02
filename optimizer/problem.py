"""What is asked: the municipalities, what ties them together, the rules, the prices and the pins."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, partial
from itertools import combinations
from math import inf
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from optimizer.checking.errors import EngineError, ProblemError
from optimizer.checking.kinds import kind_faults
from optimizer.disciplines import Disciplines, HeldFte
from optimizer.limits import MAX_MEMBERS, Limits
from optimizer.money import KR_PER_THOUSAND, Money, SharingTerms
from optimizer.pins import Pins, blocks
from optimizer.sharing.game import MOST_PLAYERS
from optimizer.shown import Shown, counted
from optimizer.terms import TERMS, Weights
from optimizer.units import LARGEST, UNITS_PER_MINUTE

__all__ = ["MAX_MEMBERS", "Bools", "EngineError", "Floats", "Limits", "Pins", "Problem", "ProblemError", "Weights"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

UNREACHABLE = float("inf")
LARGEST_FIGURE = 1_000_000
KRONER_RULES = ("nobody_worse", "stable")
"""Limits on how the cost of an office is shared."""
LARGEST_SUM = 4e12
"""Minutes; their millionths fit 63 bits."""


@dataclass(frozen=True, eq=False, repr=False)
class Problem(Shown):
    """Everything an answer depends on; all arrays are in the order of ``ids``.

    Parameters
    ----------
    ids, names
        Municipality numbers (text, unique) and names, length n.
    counties, statsforvaltere
        County number and statsforvalter of each, length n.
    minutes
        Travel time (n, n), minutes from row to column, diagonal 0, ``UNREACHABLE`` where there is no way.
    links
        Neighbours (n, n), symmetric.
    planner_fte, need_fte
        Planners employed and needed, årsverk (n,).
    fixed_need_fte
        The part of ``need_fte`` that does not grow with population (n,); shared in an office.
    fixed_kept
        Share of each further member's fixed need that stays in a shared office, 0 to 1.
    trips
        Weight of a journey from each to its host (n,).
    takes_part
        Which are to be grouped (n,); the others can only be crossed.
    may_host
        Which may host a shared office (n,).
    limits, weights, pins
        Rules, prices and pins.
    decided
        Hosts of whom ``min_host_share`` asks nothing; ``None``: those that the pins name. A question that adds a pin or
        takes one away to learn something leaves them as they were.
    money
        Prices in kroner; ``None`` where kroner are not counted.
    sharing
        How the members of an office share its cost, for the rule ``nobody_worse``.
    disciplines
        What is asked and known of disciplines; ``None`` where nothing is.
    road_fte_per_minute
        Årsverk a year on the road for each minute from a member to its host, one way, where there are days at each town
        hall: ``missing_fte``, ``unmet_need`` and a hard critical mass count what is left of the planners; 0 without
        such days.
    asked
        The problem by whose rules a group of members could be an office of its own, for the rules on kroner; ``None``:
        this one. A question that takes a rule away to learn something leaves who could leave as it was.

    Raises
    ------
    ProblemError
        With all faults at once.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    counties: tuple[str, ...]
    statsforvaltere: tuple[str, ...]
    minutes: Floats
    links: Bools
    planner_fte: Floats
    need_fte: Floats
    fixed_need_fte: Floats
    trips: Floats
    takes_part: Bools
    may_host: Bools
    fixed_kept: float = 0.8
    limits: Limits = field(default_factory=Limits)
    weights: Weights = field(default_factory=Weights)
    pins: Pins = field(default_factory=Pins)
    decided: frozenset[str] | None = None
    money: Money | None = None
    sharing: SharingTerms | None = None
    disciplines: Disciplines | None = None
    road_fte_per_minute: float = 0.0
    asked: "Problem | None" = None

    def __post_init__(self) -> None:
        """Check the whole problem, and keep frozen copies of its arrays."""
        faults = all_kind_faults(self) or shape_faults(self)
        if not faults:
            faults = [
                *number_faults(self),
                *self.limits.faults(),
                *self.weights.faults(),
                *money_faults(self),
                *discipline_faults(self),
                *pin_faults(self),
            ]
        faults = faults or size_faults(self)
        if faults:
            raise ProblemError(faults)
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, np.ndarray) and value.flags.writeable:
                own = value.copy()
                own.setflags(write=False)
                object.__setattr__(self, item.name, own)

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process as what it is made of: made again there, its arrays are frozen too."""
        return partial(Problem, **{item.name: getattr(self, item.name) for item in fields(self)}), ()

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Position of each id."""
        return MappingProxyType({id_: i for i, id_ in enumerate(self.ids)})

    @cached_property
    def active(self) -> Bools:
        """Which municipalities are to be grouped: they take part and are not left out (n,)."""
        return self.takes_part & ~np.isin(self.ids, sorted(self.pins.leave_out))

    @property
    def apart_from_held(self) -> dict[str, str]:
        """The host of each if nobody shares an office but the members of those that are held."""
        alone = {id_: id_ for id_, active in zip(self.ids, self.active, strict=True) if active}
        return alone | dict(self.pins.held_at)

    @cached_property
    def decided_hosts(self) -> frozenset[str]:
        """Hosts that somebody has decided on, of whom ``min_host_share`` asks nothing."""
        return self.pins.hosts if self.decided is None else self.decided

    @cached_property
    def held_fte(self) -> Mapping[str, Mapping[str, HeldFte]]:
        """What each municipality holds, by discipline and id; empty where nothing is known of disciplines."""
        return MappingProxyType(held_of(self))

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The terms that are counted: all, but those on kroner and disciplines only where they are known."""
        unknown = {"thousand_kr": self.money is None, "disciplines": self.disciplines is None}
        return tuple(name for name, term in TERMS.items() if not unknown.get(term.unit))

    @property
    def counts_net(self) -> bool:
        """Whether planners on the road count as missing, so that what is missing depends on the host."""
        asked = self.weights.missing_fte or self.weights.unmet_need or self.limits.critical_mass == "hard"
        return bool(self.road_fte_per_minute and asked)

    @property
    def kroner_asked(self) -> tuple[str, ...]:
        """Settings that ask something of kroner, as they are written."""
        cost = ("weights.cost",) if 0 < self.weights.cost < UNREACHABLE else ()
        return (*cost, *(f"limits.{name}" for name in KRONER_RULES if getattr(self.limits, name) == "hard"))

    @property
    def shares_kroner(self) -> bool:
        """Whether a rule looks at how the cost of an office is shared."""
        return any(getattr(self.limits, name) == "hard" for name in KRONER_RULES)

    @property
    def without_sharing(self) -> "Problem":
        """The problem without the rules on how the cost of an office is shared."""
        if not self.shares_kroner:
            return self
        return replace(self, limits=replace(self.limits, nobody_worse="off", stable="off"), asked=None)

    @property
    def as_asked(self) -> "Problem":
        """The problem by whose rules groups could be offices of their own."""
        return self.asked or self

    def in_short(self) -> str:
        """Return how many municipalities are to be grouped."""
        return f"{counted(int(self.active.sum()), 'municipality', 'municipalities')} of {len(self.ids)} to group"

    def rows(self) -> list[dict[str, object]]:
        """Return each municipality with its figures, in the order of ``ids``; ``takes_part`` without those left out."""
        columns = {
            "kommunenummer": self.ids,
            "name": self.names,
            "county": self.counties,
            "statsforvalter": self.statsforvaltere,
            "planner_fte": self.planner_fte.tolist(),
            "need_fte": self.need_fte.tolist(),
            "trips": self.trips.tolist(),
            "takes_part": self.active.tolist(),
            "may_host": self.may_host.tolist(),
        }
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def label(self, id_: str) -> str:
        """Return the id with its name, as faults and reports print it."""
        return f"{id_} {self.names[self.index[id_]]}" if id_ in self.index else id_


def all_kind_faults(problem: Problem) -> list[str]:
    """Return what is not of the kind that is asked for; the other checks rely on all being right."""
    parts = {f"{name}.": getattr(problem, name) for name in ("limits", "weights", "pins")}
    return kind_faults(problem) or [fault for name, part in parts.items() for fault in kind_faults(part, name)]


def shape_faults(problem: Problem) -> list[str]:
    """Return faults in lengths and ids; the other checks rely on these being right."""
    n = len(problem.ids)
    faults = [f"ids: {id_} is listed {times} times" for id_, times in Counter(problem.ids).items() if times > 1]
    faults += [
        f"{name} has {len(getattr(problem, name))} entries, expected {n}"
        for name in ("names", "counties", "statsforvaltere")
        if len(getattr(problem, name)) != n
    ]
    expected = {"minutes": (n, n), "links": (n, n)} | dict.fromkeys(
        ("planner_fte", "need_fte", "fixed_need_fte", "trips", "takes_part", "may_host"), (n,)
    )
    faults += [
        f"{name} has shape {getattr(problem, name).shape}, expected {shape}"
        for name, shape in expected.items()
        if getattr(problem, name).shape != shape
    ]
    return faults


def number_faults(problem: Problem) -> list[str]:
    """Return faults in the numbers, naming the municipalities."""
    faults = []
    for name in ("planner_fte", "need_fte", "fixed_need_fte", "trips"):
        values = getattr(problem, name)
        faults += [
            f"{name} of {problem.label(problem.ids[i])} is {values[i]}; expected a number from 0 to {LARGEST_FIGURE}"
            for i in np.flatnonzero(~((values >= 0) & (values <= LARGEST_FIGURE)))
        ]
    faults += [
        f"fixed_need_fte of {problem.label(problem.ids[i])} is {problem.fixed_need_fte[i]}, "
        f"more than its need_fte, {problem.need_fte[i]}"
        for i in np.flatnonzero(
            np.where(problem.fixed_need_fte <= LARGEST_FIGURE, problem.fixed_need_fte, 0) > problem.need_fte
        )
    ]
    wrong = np.argwhere(np.isnan(problem.minutes) | (problem.minutes < 0))
    faults += [
        f"minutes from {problem.label(problem.ids[i])} to {problem.label(problem.ids[j])} is {problem.minutes[i, j]}; "
        "expected a number of 0 or more, or unreachable"
        for i, j in wrong
    ]
    if np.diagonal(problem.minutes).any():
        faults.append("minutes: the diagonal must be 0")
    if (problem.links != problem.links.T).any():
        faults.append("links must be symmetric")
    if not 0 <= problem.road_fte_per_minute <= LARGEST_FIGURE:
        faults.append(
            f"road_fte_per_minute is {problem.road_fte_per_minute}; expected a number from 0 to {LARGEST_FIGURE}"
        )
    if not 0 <= problem.fixed_kept <= 1:
        faults.append(f"fixed_kept is {problem.fixed_kept}; expected a share between 0 and 1")
    if not problem.active.any():
        faults.append("no municipality takes part: nothing is left to group")
    return faults


def size_faults(problem: Problem) -> list[str]:
    """Return a fault if prices and figures, all in order by themselves, cannot be summed in whole numbers together."""
    many = len(problem.ids)
    largest = max([min(problem.limits.max_members, many), *map(len, problem.pins.held.values())])
    prices = problem.weights
    # These are summed over the members before they are rounded.
    together = largest if prices.unmet_need or prices.uncovered or prices.cost else 1
    one, most = most_of_one(problem), min(LARGEST_SUM / (many**2 * largest), LARGEST / UNITS_PER_MINUTE / together)
    if one < most:
        return []
    return [f"one municipality may cost {one:.3g} minutes; expected prices that keep it below {most:.3g}"]


def most_of_one(problem: Problem) -> float:
    """Return what one municipality can add to the objective at most, minutes-equivalents."""
    limits, at = problem.limits, problem.index
    held = [float(problem.minutes[at[id_], at[host]]) for id_, host in problem.pins.held_at.items()]
    most_of = {
        "thousand_kr": most_thousand_kr(problem),
        "disciplines": 0 if problem.disciplines is None else len(problem.disciplines.need.names),
        "minutes": problem.trips.max() * max([limits.max_minutes, *held]),
        "årsverk": max(limits.min_office_fte, problem.need_fte.max())
        + problem.road_fte_per_minute * max([limits.max_minutes, *held]),
    }
    return float(sum(getattr(problem.weights, name) * most_of.get(term.unit, 1.0) for name, term in TERMS.items()))


def pin_faults(problem: Problem) -> list[str]:
    """Return the pins that name nobody or contradict each other, whatever the rest of the problem says."""
    pins = problem.pins
    faults = []
    for kind, ids in pins.named().items():
        for id_ in sorted(ids):
            if id_ not in problem.index:
                faults.append(f"pins.{kind}: {id_} is not among the {len(problem.ids)} municipalities")
            elif kind != "leave_out" and not problem.active[problem.index[id_]]:
                why = "is left out by pins.leave_out" if id_ in pins.leave_out else "does not take part"
                faults.append(f"pins.{kind}: {problem.label(id_)} {why}")
    return faults + contradictions(problem) + ([] if faults else held_faults(problem))


def contradictions(problem: Problem) -> list[str]:
    """Return pairs of pins that no grouping can keep at the same time."""
    pins, label = problem.pins, problem.label
    faults = [
        f"pins: {label(id_)} both must host and may not host" for id_ in sorted(pins.must_host & pins.may_not_host)
    ]
    for id_, host in sorted(pins.fixed.items()):
        if pins.fixed.get(host, host) != host:
            faults.append(
                f"pins.fixed: {label(id_)} is fixed to {label(host)}, "
                f"which is itself fixed to {label(pins.fixed[host])}"
            )
        if id_ != host and host in pins.may_not_host:
            faults.append(f"pins: {label(id_)} is fixed to {label(host)}, which may not host")
        if id_ != host and id_ in pins.must_host:
            faults.append(f"pins: {label(id_)} must host, but is fixed to {label(host)}")
    for block in blocks(pins):
        fixed = {hosts[id_] for hosts in (pins.fixed, pins.held_at) for id_ in block if id_ in hosts}
        hosts = sorted(fixed | (pins.must_host & block))
        if len(hosts) > 1:
            faults.append(
                f"pins: {', '.join(map(label, sorted(block)))} are kept together, "
                f"but must have different hosts: {', '.join(map(label, hosts))}"
            )
        for apart in pins.apart:
            faults += [
                f"pins: {label(a)} and {label(b)} are kept together (also through other pins) and kept apart"
                for a, b in combinations(sorted(apart & block), 2)
            ]
    return faults


def held_faults(problem: Problem) -> list[str]:
    """Return why offices cannot be held as they are."""
    pins, label, faults = problem.pins, problem.label, []
    for host, members in sorted(pins.held.items()):
        if host not in members or len(members) == 1:
            faults.append(f"pins.held: the office at {label(host)} has no other members, or not its host")
        faults += [
            f"pins.held: {label(id_)} has no way to its host {label(host)}"
            for id_ in sorted(members)
            if not np.isfinite(problem.minutes[problem.index[id_], problem.index[host]])
        ]
        for block in blocks(pins):
            if host in block and not block <= members:
                more = ", ".join(map(label, sorted(block - members)))
                faults.append(f"pins.held: the office at {label(host)} is held as it is, but pins put {more} there too")
        if host in pins.may_not_host:
            faults.append(f"pins.held: {label(host)} is the host of an office that is held, but may not host")
    most = problem.limits.max_offices
    if most is not None and len(pins.held) > max(most, 0):
        faults.append(f"pins.held: offices held are {len(pins.held)}, more than limits.max_offices, {most}")
    return faults


def held_of(problem: Problem) -> dict[str, dict[str, HeldFte]]:
    """Return what each municipality of a problem holds, by discipline and id; empty where nothing is known of them."""
    known = problem.disciplines
    if known is None:
        return {}
    planner_fte = dict(zip(problem.ids, problem.planner_fte.tolist(), strict=True))
    return {name: {id_: known.held(name, id_, fte) for id_, fte in planner_fte.items()} for name in known.need.names}


def discipline_faults(problem: Problem) -> list[str]:
    """Return faults in what is asked of disciplines: none are known, or one that nobody needs."""
    covers, known = problem.limits.covers, problem.disciplines
    if known is None:
        asked = {"weights.uncovered": 0 < problem.weights.uncovered < inf, "limits.covers": bool(covers)}
        return [f"{name}: asks something of disciplines, of which nothing is known" for name in asked if asked[name]]
    names = known.need.names
    return known.need.faults() + [
        f"limits.covers: {name} is no discipline that anybody needs; expected some of {', '.join(names)}"
        for name in covers
        if name not in names
    ]


def money_faults(problem: Problem) -> list[str]:
    """Return faults in what is asked of kroner: prices for other municipalities, or none at all."""
    if problem.money is None:
        return [f"{name}: asks something of kroner, which are not counted" for name in problem.kroner_asked]
    n = len(problem.ids)
    return sharing_faults(problem) + [
        f"money.{name} has shape {values.shape}, expected {(n,)}"
        for name in ("fte_kr", "alone_kr")
        if (values := getattr(problem.money, name)).shape != (n,)
    ]


def sharing_faults(problem: Problem) -> list[str]:
    """Return faults in what is asked of sharing: no key, a key that cannot be, or offices too large for it."""
    limits, found = problem.limits, []
    if limits.nobody_worse == "hard" and problem.sharing is None:
        found.append("limits.nobody_worse: asks for a key by which costs are shared, and there is none")
    elif limits.nobody_worse == "hard" and problem.sharing is not None:
        found += [f"limits.nobody_worse: {fault}" for fault in problem.sharing.key.faults(limits.max_members)]
    if problem.shares_kroner and limits.max_members > MOST_PLAYERS:
        most = f"limits.max_members is {limits.max_members}; expected at most {MOST_PLAYERS}"
        found += [f"{name}: looks at every group of members, and {most}" for name in problem.kroner_asked[-1:]]
    return found


def most_thousand_kr(problem: Problem) -> float:
    """Return more than one municipality can add to what an office costs, thousand kroner a year."""
    if problem.money is None:
        return 0.0
    prices, fte = problem.money.prices, problem.planner_fte.max() + problem.need_fte.max()
    alone_kr = np.nan_to_num(problem.money.alone_kr).max()
    dearest = float(max(problem.money.fte_kr.max(), prices.bought_kr))
    return float(dearest * fte + prices.office_kr + prices.member_kr + alone_kr) / KR_PER_THOUSAND
