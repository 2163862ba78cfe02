"""What is asked: the municipalities, what ties them together, the rules, the prices and the pins."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from optimizer.disciplines import Disciplines, HeldFte, discipline_faults, held_of
from optimizer.money import Money, SharingTerms, money_faults, most_thousand_kr
from optimizer.pins import pin_faults
from optimizer.shown import Shown, counted
from optimizer.terms import RULES, TERMS, Weights

__all__ = ["Bools", "EngineError", "Floats", "Limits", "Pins", "Problem", "ProblemError", "Weights"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

UNREACHABLE = float("inf")
MAX_MEMBERS = 30
LARGEST_FIGURE = 1_000_000
KRONER_RULES = ("nobody_worse", "stable")
"""Limits on how the cost of an office is shared."""
LARGEST_SUM = 4e12
"""Minutes; their millionths fit 63 bits."""


class ProblemError(ValueError):
    """The problem contradicts itself; every fault found is listed.

    Parameters
    ----------
    faults
        One sentence for each fault, naming the setting and the municipalities.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


class EngineError(ProblemError):
    """The engine that was asked for cannot answer this question of this problem."""


@dataclass(frozen=True)
class Limits:
    """The rules that a grouping must keep.

    The schema of a scenario file takes names, kinds, defaults and what is said of each from here.

    Parameters
    ----------
    max_minutes
        Longest journey from a member to its host, minutes one way.
    min_members
        Fewest municipalities in an office, the host included; standing alone is an office of one.
    max_members
        Most municipalities in an office, the host included.
    alone_exempt
        Whether standing alone is within the rules whatever min_members, max_office_need_fte and a hard min_office_fte
        say.
    contiguity
        "hard": the members of an office are connected through neighbours that are members; "through": also through
        municipalities that do not take part; "off": no such rule.
    county_lines
        "priced": a member in another county than its host adds weights.county_lines; "hard": it is forbidden.
    min_office_fte
        Critical mass of an office: planners employed by its members together, årsverk.
    critical_mass
        "priced": each årsverk below min_office_fte adds weights.missing_fte; "hard": no office may be below it.
    max_office_need_fte
        Largest office, årsverk needed by its members together; "none" for no limit.
    min_host_share
        The host of a shared office employs at least this share of the planners that the member with the most employs, 0
        to 1: it must be able to recruit and to lead; 0 for no such rule. Hosts in pins.must_host, and those that
        pins.fixed gives to another municipality, may be smaller.
    nobody_worse
        "hard": nobody pays more for a shared office by money.key than alone; "off": no such rule.
    stable
        "hard": the cost of each shared office can be shared so that no group of its members that could be an office
        would pay less by itself; "off": no such rule.
    covers
        Disciplines that every shared office covers by disciplines.threshold, as far as a member needs them:
        ["arealplan", "gis"]; empty for no such rule.
    min_offices
        Fewest shared offices, those of two or more members; "none" for no limit.
    max_offices
        Most shared offices; "none" for no limit.
    """

    max_minutes: float = 75.0
    min_members: int = 1
    max_members: int = 6
    alone_exempt: bool = False
    contiguity: Literal["hard", "through", "off"] = "hard"
    county_lines: Literal["priced", "hard"] = "priced"
    min_office_fte: float = 3.0
    critical_mass: Literal["priced", "hard"] = "priced"
    max_office_need_fte: float | None = None
    min_host_share: float = 0.33
    nobody_worse: Literal["off", "hard"] = "off"
    stable: Literal["off", "hard"] = "off"
    covers: tuple[str, ...] = ()
    min_offices: int | None = None
    max_offices: int | None = None

    def faults(self) -> list[str]:
        """Return one sentence for each limit that cannot be meant."""
        found = [
            f"limits.{name} is {value}; expected a finite number of 0 or more"
            for name, rule in RULES.items()
            if rule.unit in {"minutes", "årsverk", "offices"}
            and (value := getattr(self, name)) is not None
            and not (np.isfinite(value) and value >= 0)
        ]
        if not 0 <= self.min_host_share <= 1:
            found.append(f"limits.min_host_share is {self.min_host_share}; expected a share from 0 (no such rule) to 1")
        choices = {
            name: get_args(kind) for name, kind in get_type_hints(type(self)).items() if get_origin(kind) is Literal
        }
        found += [
            f"limits.{name} is {value!r}; expected one of {', '.join(expected)}"
            for name, expected in choices.items()
            if (value := getattr(self, name)) not in expected
        ]
        if not 1 <= self.min_members <= self.max_members <= MAX_MEMBERS:
            found.append(
                f"limits.min_members is {self.min_members} and limits.max_members is {self.max_members}; "
                f"expected 1 <= min_members <= max_members <= {MAX_MEMBERS}"
            )
        if self.min_offices is not None and self.max_offices is not None and self.min_offices > self.max_offices:
            found.append(f"limits.min_offices is {self.min_offices}, more than limits.max_offices, {self.max_offices}")
        return found


@dataclass(frozen=True)
class Pins:
    """What somebody has decided beforehand, by municipality id.

    Parameters
    ----------
    together
        Each set stays in one office.
    apart
        No two of a set share an office.
    fixed
        Municipality to the host it must have; to itself: it hosts or stands alone.
    must_host
        Each is the host of a shared office (two or more members).
    may_not_host
        None of them hosts a shared office; they may stand alone.
    leave_out
        They do not take part; with ``contiguity = "through"`` they may be crossed.
    held
        Offices that exist and stay as they are, as host to its members, the host among them: nobody leaves, nobody
        joins. What such an office breaks of the limits and of ``may_host`` is excused; prices hold for it.
    """

    together: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()
    fixed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    must_host: frozenset[str] = frozenset()
    may_not_host: frozenset[str] = frozenset()
    leave_out: frozenset[str] = frozenset()
    held: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def held_at(self) -> Mapping[str, str]:
        """Host of each member of an office that is held."""
        return MappingProxyType({id_: host for host, members in self.held.items() for id_ in members})

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts that somebody has decided on: each must host, or another municipality is fixed to it."""
        return self.must_host | {host for id_, host in self.fixed.items() if id_ != host}

    def named(self) -> dict[str, set[str]]:
        """Return the ids that each kind of pin speaks of."""
        return {
            "together": set().union(*self.together),
            "apart": set().union(*self.apart),
            "fixed": {*self.fixed, *self.fixed.values()},
            "must_host": set(self.must_host),
            "may_not_host": set(self.may_not_host),
            "leave_out": set(self.leave_out),
            "held": {*self.held, *self.held_at},
        }


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
        hall: ``missing_fte`` and ``unmet_need`` count what is left of the planners; 0 without such days.
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
        faults = shape_faults(self)
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
        return bool(self.road_fte_per_minute and (self.weights.missing_fte or self.weights.unmet_need))

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
    limits, n, at = problem.limits, len(problem.ids), problem.index
    held = [float(problem.minutes[at[id_], at[host]]) for id_, host in problem.pins.held_at.items()]
    most_of = {
        "thousand_kr": most_thousand_kr(problem),
        "disciplines": 0 if problem.disciplines is None else len(problem.disciplines.need.names),
        "minutes": problem.trips.max() * max([limits.max_minutes, *held]),
        "årsverk": max(limits.min_office_fte, problem.need_fte.max())
        + problem.road_fte_per_minute * max([limits.max_minutes, *held]),
    }
    one = sum(getattr(problem.weights, name) * most_of.get(term.unit, 1.0) for name, term in TERMS.items())
    most = LARGEST_SUM / (n * n * max([limits.max_members, *map(len, problem.pins.held.values())]))
    if one <= most:
        return []
    return [f"one municipality may cost {one:.3g} minutes; expected prices that keep it below {most:.3g}"]
