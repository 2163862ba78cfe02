"""The specification: what any grouping costs and which rules it breaks.

Plain loops over plain numbers, sharing no code with the solvers, so that the two can check each other.
A rule or a term means what this module computes.
"""

from collections.abc import Iterator
from dataclasses import InitVar, dataclass, field
from itertools import combinations
from typing import Literal

from optimizer.grouping import Grouping
from optimizer.problem import Problem
from optimizer.shown import Shown, counted, minutes_equivalents, offices_and_alone
from optimizer.terms import RULES, TERMS, Weights

TOLERANCE = 1e-6

Verdict = Literal["met", "broken", "excused", "not applicable"]
"""``excused``: broken by nothing but what somebody decided: offices held as they are, small hosts that a pin names."""

EXCUSED = frozenset(name for name, rule in RULES.items() if rule.of == "office")
"""The rules that an office which is held may break."""

COLUMNS = tuple((name, term.column) for name, term in TERMS.items())
"""Each term, with what holds its raw value in an office's row."""


@dataclass(frozen=True)
class TermValue:
    """One term of the objective.

    Parameters
    ----------
    value
        Raw value in ``unit``.
    unit
        From `optimizer.terms`.
    minutes
        ``value`` times its weight: minutes-equivalents.
    """

    value: float
    unit: str
    minutes: float


@dataclass(frozen=True)
class Violation:
    """One breach of one rule.

    Parameters
    ----------
    rule
        Name in `optimizer.terms.RULES`.
    ids
        The municipalities concerned.
    host
        The office concerned, or ``None``.
    found, limit
        Figures in the rule's unit, or ``None`` where the rule has none.
    """

    rule: str
    ids: tuple[str, ...]
    host: str | None = None
    found: float | None = None
    limit: float | None = None


@dataclass(frozen=True)
class OfficeRow:
    """The figures of one office; a municipality that stands alone is an office of one.

    Parameters
    ----------
    host, members
        Ids; the members in id order, the host among them.
    travel_minutes
        Sum over members of minutes to the host, times trips.
    mean_minutes, longest_minutes
        Over the members other than the host, unweighted; 0 for an office of one.
    planner_fte, need_fte
        Planners employed and needed, årsverk.
    missing_fte
        Planners below the critical mass, årsverk.
    unmet_need_fte
        Planners needed and not employed, årsverk.
    county_lines, statsforvalter_lines
        Members outside the host's county, and outside its statsforvalter's district.
    weights
        The prices, of which the row keeps only what they make of it.

    Attributes
    ----------
    minutes_equivalents
        What the office adds to the objective.
    """

    host: str
    members: tuple[str, ...]
    travel_minutes: float
    mean_minutes: float
    longest_minutes: float
    planner_fte: float
    need_fte: float
    missing_fte: float
    unmet_need_fte: float
    county_lines: int
    statsforvalter_lines: int
    weights: InitVar[Weights]
    minutes_equivalents: float = field(init=False)

    def __post_init__(self, weights: Weights) -> None:
        """Sum the terms, each at its price."""
        priced = (times(getattr(weights, name), getattr(self, column)) for name, column in COLUMNS)
        object.__setattr__(self, "minutes_equivalents", sum(priced))

    @property
    def is_shared(self) -> bool:
        """Whether two or more municipalities share the office."""
        return len(self.members) > 1

    @property
    def alone(self) -> int:
        """How many municipalities stand alone in it: 1 or 0."""
        return int(not self.is_shared)

    def of_term(self, name: str) -> float:
        """Return what the office adds to a term: its raw value, in the term's unit."""
        return getattr(self, TERMS[name].column)  # type: ignore[no-any-return]


@dataclass(frozen=True, repr=False)
class Evaluation(Shown):
    """The judgement of one grouping.

    Parameters
    ----------
    terms
        In the order of `optimizer.terms.TERMS`.
    violations
        Every breach that counts; empty for a legal grouping.
    excused
        Breaches of `EXCUSED` by offices that the pins hold as they are, and of ``min_host_share`` by hosts that they
        name.
    rules
        Verdict on every rule, in the order of `optimizer.terms.RULES`.
    offices
        One row for each office, in host order.
    """

    terms: dict[str, TermValue]
    violations: tuple[Violation, ...]
    excused: tuple[Violation, ...]
    rules: dict[str, Verdict]
    offices: tuple[OfficeRow, ...]

    @property
    def objective(self) -> float:
        """Sum of all terms, minutes-equivalents."""
        return sum(term.minutes for term in self.terms.values())

    @property
    def shared(self) -> tuple[OfficeRow, ...]:
        """The offices of two or more."""
        return tuple(office for office in self.offices if office.is_shared)

    @property
    def alone(self) -> tuple[str, ...]:
        """The municipalities that stand alone."""
        return tuple(office.members[0] for office in self.offices if not office.is_shared)

    def in_short(self) -> str:
        """Return the objective, the offices and the number of breaches."""
        offices = offices_and_alone(len(office.members) for office in self.offices)
        return f"{minutes_equivalents(self.objective)}, {offices}, {counted(len(self.violations), 'violation')}"

    def rows(self) -> list[dict[str, object]]:
        """Return each office with its figures."""
        return [dict(vars(office)) for office in self.offices]


def evaluate(problem: Problem, grouping: Grouping) -> Evaluation:
    """Judge a grouping by the problem's rules and prices.

    Any grouping is judged, also an incomplete one: municipalities that the problem does not know are a breach of
    ``complete`` and are left out of the figures. The objective is infinite if a member cannot reach its host.

    Parameters
    ----------
    problem
        Rules, prices and figures.
    grouping
        The grouping to judge.
    """
    known = Grouping.of({i: h for i, h in grouping if i in problem.index and h in problem.index})
    offices = tuple(office_row(problem, host, members) for host, members in known.offices.items())
    raw = {name: sum(office.of_term(name) for office in offices) for name in TERMS}
    breaches = tuple(all_violations(problem, grouping, known, offices))
    excused = tuple(breach for breach in breaches if is_excused(problem, known, breach))
    violations = tuple(breach for breach in breaches if breach not in excused)
    broken, held = ({breach.rule for breach in some} for some in (violations, excused))
    return Evaluation(
        terms={
            name: TermValue(raw[name], term.unit, times(getattr(problem.weights, name), raw[name]))
            for name, term in TERMS.items()
        },
        violations=violations,
        excused=excused,
        rules={
            name: "broken"
            if name in broken
            else "excused"
            if name in held
            else "met"
            if applies(problem, name)
            else "not applicable"
            for name in RULES
        },
        offices=offices,
    )


def is_excused(problem: Problem, known: Grouping, breach: Violation) -> bool:
    """Return whether somebody decided on a breach.

    It is that of an office which the pins hold, and which is as it is held, or that of a host which they name and which
    is smaller than ``min_host_share`` asks.
    """
    if breach.rule == "min_host_share" and breach.host in problem.decided_hosts:
        return True
    members = problem.pins.held.get(breach.host or "")
    return breach.rule in EXCUSED and members is not None and members == frozenset(known.offices[breach.host or ""])


def times(weight: float, value: float) -> float:
    """Return ``weight * value``, and 0 for a weight of 0 even if the value is infinite."""
    return weight * value if weight else 0.0


def office_need_fte(problem: Problem, members: tuple[str, ...]) -> float:
    """Return the planners that an office of these members needs, årsverk.

    The sum of what each needs alone, less what sharing saves of the fixed work: the largest fixed part is kept
    whole, of every other the share ``fixed_kept``. With the documented estimate this is
    ``v sum(P)/1000 + f (1 + r (n - 1))``.
    """
    need = [problem.need_fte[problem.index[i]] for i in members]
    fixed = [problem.fixed_need_fte[problem.index[i]] for i in members]
    return float(sum(need) - (1 - problem.fixed_kept) * (sum(fixed) - max(fixed)))


def office_row(problem: Problem, host: str, members: tuple[str, ...]) -> OfficeRow:
    """Return the figures of the office of these members at this host."""
    h = problem.index[host]
    others = [problem.index[i] for i in members if i != host]
    minutes = [float(problem.minutes[i, h]) for i in others]
    travel = sum(times(float(problem.trips[i]), float(problem.minutes[i, h])) for i in others)
    planner_fte = float(sum(problem.planner_fte[problem.index[i]] for i in members))
    need_fte = office_need_fte(problem, members)
    missing_fte = max(0.0, problem.limits.min_office_fte - planner_fte)
    unmet_need_fte = max(0.0, need_fte - planner_fte)
    county_lines = sum(problem.counties[i] != problem.counties[h] for i in others)
    statsforvalter_lines = sum(problem.statsforvaltere[i] != problem.statsforvaltere[h] for i in others)
    return OfficeRow(
        host=host,
        members=members,
        travel_minutes=travel,
        mean_minutes=sum(minutes) / len(minutes) if minutes else 0.0,
        longest_minutes=max(minutes, default=0.0),
        planner_fte=planner_fte,
        need_fte=need_fte,
        missing_fte=missing_fte,
        unmet_need_fte=unmet_need_fte,
        county_lines=county_lines,
        statsforvalter_lines=statsforvalter_lines,
        weights=problem.weights,
    )


def applies(problem: Problem, rule: str) -> bool:
    """Return whether a rule asks anything in this problem."""
    entry = RULES[rule]
    if entry.of == "pin":
        return bool(getattr(problem.pins, rule))
    if rule == "may_host":
        return not problem.may_host[problem.active].all()
    return not entry.setting or getattr(problem.limits, entry.setting) != entry.off


def all_violations(
    problem: Problem, grouping: Grouping, known: Grouping, offices: tuple[OfficeRow, ...]
) -> Iterator[Violation]:
    """Yield every breach: of the whole, then office by office, then of the pins."""
    yield from whole_violations(problem, grouping, offices)
    for office in offices:
        yield from office_violations(problem, office)
        yield from host_violations(problem, known, office)
    yield from pin_violations(problem, known)


def whole_violations(problem: Problem, grouping: Grouping, offices: tuple[OfficeRow, ...]) -> Iterator[Violation]:
    """Yield breaches of completeness and of the number of shared offices."""
    expected = {id_ for id_, active in zip(problem.ids, problem.active, strict=True) if active}
    given = {i for i, h in grouping if h in problem.index or i not in expected}
    for id_ in sorted(expected ^ given):
        yield Violation("complete", (id_,))
    shared = sum(office.is_shared for office in offices)
    limits = problem.limits
    if limits.min_offices is not None and shared < limits.min_offices:
        yield Violation("min_offices", (), None, shared, limits.min_offices)
    if limits.max_offices is not None and shared > limits.max_offices:
        yield Violation("max_offices", (), None, shared, limits.max_offices)


def office_violations(problem: Problem, office: OfficeRow) -> Iterator[Violation]:
    """Yield breaches of the limits on journeys, size, planners, county lines and contiguity."""
    limits, host, members = problem.limits, office.host, office.members
    h = problem.index[host]
    for id_ in members:
        i = problem.index[id_]
        minutes = float(problem.minutes[i, h])
        if minutes > limits.max_minutes + TOLERANCE:
            yield Violation("max_minutes", (id_,), host, minutes, limits.max_minutes)
        if limits.county_lines == "hard" and problem.counties[i] != problem.counties[h]:
            yield Violation("county_lines", (id_,), host)
    size = len(members)
    if size > limits.max_members:
        yield Violation("max_members", members, host, size, limits.max_members)
    if not is_connected(problem, members):
        yield Violation("contiguity", members, host)
    if size == 1 and limits.alone_exempt:
        return
    if size < limits.min_members:
        yield Violation("min_members", members, host, size, limits.min_members)
    if limits.critical_mass == "hard" and office.planner_fte < limits.min_office_fte - TOLERANCE:
        yield Violation("min_office_fte", members, host, office.planner_fte, limits.min_office_fte)
    largest = limits.max_office_need_fte
    if largest is not None and office.need_fte > largest + TOLERANCE:
        yield Violation("max_office_need_fte", members, host, office.need_fte, largest)


def is_connected(problem: Problem, members: tuple[str, ...]) -> bool:
    """Return whether the contiguity rule holds for these members."""
    if problem.limits.contiguity == "off":
        return True
    inside = {problem.index[i] for i in members}
    walkable = set(inside)
    if problem.limits.contiguity == "through":
        walkable |= {i for i in range(len(problem.ids)) if not problem.active[i]}
    start = min(inside)
    reached, frontier = {start}, [start]
    while frontier and not inside <= reached:
        linked = problem.links[frontier.pop()].nonzero()[0]
        new = walkable.intersection(linked.tolist()) - reached
        reached |= new
        frontier += new
    return inside <= reached


def host_violations(problem: Problem, known: Grouping, office: OfficeRow) -> Iterator[Violation]:
    """Yield breaches of who may be host of this office."""
    host = office.host
    if known.host_of.get(host) != host:
        yield Violation("host_is_member", office.members, host)
    if office.is_shared and not problem.may_host[problem.index[host]]:
        yield Violation("may_host", (host,), host)
    if office.is_shared and host in problem.pins.may_not_host:
        yield Violation("may_not_host", (host,), host)
    yield from share_violations(problem, office)


def share_violations(problem: Problem, office: OfficeRow) -> Iterator[Violation]:
    """Yield the breach of the host's share of the planners that the member with the most employs.

    It names that member, the first in id order of several, and ``found`` is the host's share.
    """
    least = problem.limits.min_host_share
    planner_fte = {i: float(problem.planner_fte[problem.index[i]]) for i in (*office.members, office.host)}
    most = max(office.members, key=lambda i: planner_fte[i])
    if planner_fte[office.host] < least * planner_fte[most] - TOLERANCE:
        yield Violation("min_host_share", (most,), office.host, planner_fte[office.host] / planner_fte[most], least)


def pin_violations(problem: Problem, known: Grouping) -> Iterator[Violation]:
    """Yield breaches of the pins, as far as the municipalities named are in the grouping."""
    pins, host_of = problem.pins, known.host_of
    for together in pins.together:
        if len({host_of[i] for i in together if i in host_of}) > 1:
            yield Violation("together", tuple(sorted(together)))
    for apart in pins.apart:
        for a, b in combinations(sorted(i for i in apart if i in host_of), 2):
            if host_of[a] == host_of[b]:
                yield Violation("apart", (a, b), host_of[a])
    for id_, host in sorted(pins.fixed.items()):
        if host_of.get(id_, host) != host:
            yield Violation("fixed", (id_,), host_of[id_])
    for id_ in sorted(pins.must_host):
        if id_ in host_of and (host_of[id_] != id_ or len(known.offices[id_]) == 1):
            yield Violation("must_host", (id_,), host_of[id_])
    yield from held_violations(problem, known)


def held_violations(problem: Problem, known: Grouping) -> Iterator[Violation]:
    """Yield offices that are to be held and have lost or gained somebody."""
    for host, members in sorted(problem.pins.held.items()):
        strangers = set(known.offices.get(host, ())) - members
        if strangers or any(known.host_of.get(i, host) != host for i in members):
            yield Violation("held", tuple(sorted(members)), host)
