"""What the page says, as plain rows: taken from the problem and its evaluation, formatted nowhere else.

The table, the popups and the search read the same rows, so that they cannot disagree.
"""

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import pandas as pd

from geodata.schema import ESTIMATE
from maps.told import palette
from maps.told.places.geometry import near_offices
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation, OfficeRow
from optimizer.judging.ranges import Ranges, crosses_least, crosses_most, exact
from optimizer.problem import Problem


@dataclass(frozen=True)
class Member:
    """One municipality as the page shows it.

    Parameters
    ----------
    id, label, name
        Number, short Norwegian name, and the official name whole.
    aliases
        Everything it can be found by: names in all its languages, its centre.
    county, county_number
        Short name, and number.
    region
        Economic region; empty if unknown.
    population, centrality
        Inhabitants, and centrality class 1 to 6.
    place
        Administrative centre, latitude and longitude in degrees.
    host
        Host of its office; ``None`` if it does not take part.
    minutes
        To its host, one way; 0 for a host.
    planner_fte, need_fte
        Planners employed and needed, årsverk.
    planner_ends, journey_ends
        Between what planners employed, årsverk, and the journey, minutes, plausibly lie.
    planners_estimated, need_estimated
        Whether these are estimates.
    crosses
        Whether it lies in another county than its host.
    borderline
        Whether the longest journey that is allowed lies within `journey_ends`.
    """

    id: str
    label: str
    name: str
    aliases: tuple[str, ...]
    county: str
    county_number: str
    region: str
    population: int
    centrality: int
    place: tuple[float, float]
    host: str | None
    minutes: float
    planner_fte: float
    need_fte: float
    planner_ends: tuple[float, float]
    journey_ends: tuple[float, float]
    planners_estimated: bool
    need_estimated: bool
    crosses: bool
    borderline: bool


@dataclass(frozen=True)
class Office:
    """One office as the page shows it: its row of the evaluation, its host, its members, its colour.

    Parameters
    ----------
    row
        Figures.
    host
        The municipality that hosts it.
    members
        The host first, the others by travel time.
    colour
        Index in `palette.OFFICES`; -1 for a municipality that stands alone.
    planner_ends
        Between what planners employed plausibly lie, årsverk.
    borderline
        Whether the critical mass lies within `planner_ends`.
    """

    row: OfficeRow
    host: Member
    members: tuple[Member, ...]
    colour: int
    planner_ends: tuple[float, float]
    borderline: bool

    @property
    def host_share(self) -> float:
        """The planners that the host employs, as a share of those of the member with the most."""
        most = max(member.planner_fte for member in self.members)
        return self.host.planner_fte / most if most else 1.0

    @property
    def planners_estimated(self) -> bool:
        """Whether the planners employed are an estimate for any member."""
        return any(member.planners_estimated for member in self.members)

    @property
    def need_estimated(self) -> bool:
        """Whether the need is an estimate for any member."""
        return any(member.need_estimated for member in self.members)


@dataclass(frozen=True)
class Plan:
    """The whole plan as the page shows it.

    Parameters
    ----------
    members
        All municipalities of the edition by number.
    shared
        Shared offices by county and name of their host.
    alone
        Municipalities that stand alone, as offices of one, in the same order.
    evaluation
        The judgement that all figures come from.
    """

    members: Mapping[str, Member]
    shared: tuple[Office, ...]
    alone: tuple[Office, ...]
    evaluation: Evaluation

    @cached_property
    def colour_of(self) -> Mapping[str, int]:
        """Colour of each office by its host; -1 for a municipality that stands alone."""
        return {office.host.id: office.colour for office in self.offices}

    def coloured(self, colours: Mapping[str, int]) -> "Plan":
        """Return the plan with other colours for its shared offices, by host."""
        return replace(self, shared=tuple(replace(office, colour=colours[office.host.id]) for office in self.shared))

    @property
    def offices(self) -> tuple[Office, ...]:
        """The shared offices, then those of one."""
        return (*self.shared, *self.alone)

    @cached_property
    def counties(self) -> Mapping[str, str]:
        """Name of each county that somebody who takes part lies in, by number."""
        found = {member.county_number: member.county for member in self.members.values() if member.host is not None}
        return dict(sorted(found.items(), key=lambda item: alphabetical(item[1])))

    @cached_property
    def planners_from(self) -> frozenset[bool]:
        """Whether figures of planners, employed or needed, are estimates: for some they may be, for others not."""
        taking_part = [member for member in self.members.values() if member.host is not None]
        return frozenset(flag for one in taking_part for flag in (one.planners_estimated, one.need_estimated))

    @property
    def taking_part(self) -> int:
        """How many municipalities are grouped or stand alone."""
        return sum(member.host is not None for member in self.members.values())

    @property
    def borderline_journeys(self) -> int:
        """How many journeys are on the border of the longest that is allowed."""
        return sum(member.borderline for member in self.members.values())

    @property
    def borderline_offices(self) -> int:
        """How many shared offices are on the border of the critical mass."""
        return sum(office.borderline for office in self.shared)

    @property
    def mean_minutes(self) -> float:
        """Mean minutes to the host, over all members that travel."""
        travelling = [(len(office.members) - 1, office.row.mean_minutes) for office in self.shared]
        people = math.fsum(times for times, _ in travelling)
        return math.fsum(times * mean for times, mean in travelling) / people if people else 0.0

    @property
    def longest_minutes(self) -> float:
        """Longest way of a member to its host, minutes."""
        return max((office.row.longest_minutes for office in self.shared), default=0.0)


def build(  # noqa: PLR0913 - what a plan is made of, side by side
    municipalities: gpd.GeoDataFrame,
    problem: Problem,
    grouping: Grouping,
    evaluation: Evaluation,
    links: pd.DataFrame,
    *,
    between: Ranges | None = None,
) -> Plan:
    """Return the plan as rows.

    Parameters
    ----------
    municipalities
        The whole edition, indexed by number.
    problem, grouping, evaluation
        What was asked, the answer, and its judgement.
    links
        Neighbouring municipalities ``a`` and ``b``; their offices get different colours.
    between
        Between what figures plausibly lie; without, every figure is known.
    """
    between = between or exact(problem)
    members = {member.id: member for member in _members(municipalities, problem, grouping, between)}
    colours, _ = office_colours(municipalities, links, [evaluation])
    offices = [
        Office(
            row=row,
            host=members[row.host],
            members=tuple(sorted((members[i] for i in row.members), key=lambda m: (m.id != row.host, m.minutes, m.id))),
            colour=colours.get(row.host, -1),
            planner_ends=(ends := between.planners(problem, row.members)),
            borderline=crosses_least(ends, problem.limits.min_office_fte),
        )
        for row in evaluation.offices
    ]
    offices.sort(key=lambda office: (alphabetical(office.host.county), alphabetical(office.host.label)))
    return Plan(
        members=members,
        shared=tuple(office for office in offices if office.row.is_shared),
        alone=tuple(office for office in offices if not office.row.is_shared),
        evaluation=evaluation,
    )


def alphabetical(name: str) -> tuple[list[int], str]:
    """Return a key that sorts as the Norwegian alphabet does: æ, ø, å last, other accents ignored."""
    order = {"æ": 200, "ä": 200, "ø": 201, "ö": 201, "å": 202}
    plain = [
        order.get(letter) or ord(unicodedata.normalize("NFD", letter)[0])
        for letter in unicodedata.normalize("NFC", name.casefold())
    ]
    return plain, name


def _members(municipalities: gpd.GeoDataFrame, problem: Problem, grouping: Grouping, between: Ranges) -> list[Member]:
    places = gpd.GeoSeries(municipalities["centre"], crs=municipalities.crs).to_crs("EPSG:4326")
    everything = dict.fromkeys(municipalities.index, ESTIMATE)
    employed, needed = (municipalities.get(f"{name}_source", everything) for name in ("planner_fte", "need_fte"))
    rows = []
    for id_, facts in zip(municipalities.index, municipalities.to_dict("records"), strict=True):
        i, host = problem.index[id_], grouping.host_of.get(id_)
        h = problem.index[host] if host is not None else i
        minutes = float(problem.minutes[i, h])
        ends = between.journey(minutes)
        names = [facts[key] for key in ("name_norwegian", "name_sami", "name_kven", "centre_name") if facts.get(key)]
        label = facts.get("name_norwegian") or facts["name"]
        rows.append(
            Member(
                id=id_,
                label=label,
                name=facts["name"],
                aliases=tuple(dict.fromkeys(name for name in names if name != label)),
                county=facts.get("county_name_norwegian") or facts["county_name"],
                county_number=facts["county_number"],
                region=facts.get("economic_region_name") or "",
                population=int(facts["population"]),
                centrality=int(facts["centrality_class"]),
                place=(round(places[id_].y, 4), round(places[id_].x, 4)),
                host=host,
                minutes=minutes,
                planner_fte=float(problem.planner_fte[i]),
                need_fte=float(problem.need_fte[i]),
                planner_ends=between.planners(problem, (id_,)),
                journey_ends=ends,
                planners_estimated=employed[id_] == ESTIMATE,
                need_estimated=needed[id_] == ESTIMATE,
                crosses=problem.counties[i] != problem.counties[h],
                borderline=crosses_most(ends, problem.limits.max_minutes),
            )
        )
    return rows


def office_colours(
    municipalities: gpd.GeoDataFrame, links: pd.DataFrame, evaluations: Iterable[Evaluation]
) -> tuple[dict[str, int], int]:
    """Return one colouring for the shared offices of some plans, in which a host looks the same in all of them.

    Parameters
    ----------
    municipalities
        The whole edition, indexed by number.
    links
        Neighbouring municipalities ``a`` and ``b``.
    evaluations
        Of the plans.

    Returns
    -------
    dict
        Host id to index in `palette.OFFICES`.
    int
        How many pairs of offices that are neighbours in some plan had to share a colour.
    """
    municipal = near_offices(municipalities.geometry.to_numpy(), list(municipalities.index))
    pairs = {(a, b) for a, others in municipal.items() for b in others}
    for a, b in zip(links["a"], links["b"], strict=True):
        pairs |= {(a, b), (b, a)}
    near: dict[str, set[str]] = {}
    for evaluation in evaluations:
        office_of = {id_: row.host for row in evaluation.shared for id_ in row.members}
        for row in evaluation.shared:
            near.setdefault(row.host, set())
        for a, b in pairs:
            first, second = office_of.get(a), office_of.get(b)
            if first is not None and second is not None and first != second:
                near[first].add(second)
    given = palette.assign(near)
    return given, len(palette.clashes(given, near))
