"""From a scenario and the geodata to a problem: the only bridge."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geodata import editions, neighbours, network
from geodata.editions import OWN
from geodata.network import RoadGraph
from geodata.owntables.regions import placed
from geodata.schema import ESTIMATE, FIGURE_SOURCES
from geodata.traveltimes import TravelTimes
from maps.told.called import Called
from maps.told.places.geometry import thinned
from maps.told.texts import Words
from optimizer.checking.kinds import require
from optimizer.disciplines import Disciplines, HeldTable
from optimizer.money import SharingTerms
from optimizer.problem import Limits, Pins, Problem, ProblemError, Weights
from optimizer.shown import Shown
from optimizer.staffing.presence import road_fte_per_minute
from scenarios.question import gazetteer
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import Fault
from scenarios.question.gazetteer import Gazetteer
from scenarios.question.load import read
from scenarios.question.resolve import Resolver
from scenarios.question.schema import LONGEST_TITLE, Scenario
from scenarios.world import inputs, region, sources
from scenarios.world.selection import Participants, allowed_hosts, host_faults, selected, selection_faults
from scenarios.world.travel import roads, servers

SAID_OF_PINS = {
    "together": "together",
    "apart": "apart",
    "fixed": "fixed",
    "must_host": "must host",
    "may_not_host": "may not host",
    "held": "held",
}
"""The words by which a fault of the problem speaks of each kind of pin."""


@dataclass(frozen=True, eq=False, repr=False)
class World(Shown):
    """Everything that a run is about.

    Parameters
    ----------
    scenario
        What was asked, with names of municipalities and counties replaced by their numbers.
    municipalities
        The whole edition with planner columns.
    graph
        Roads and ferries as the scenario changes them.
    links
        Neighbours by road and ferry.
    travel
        Minutes between all municipalities; from a table of the user's, only between those that take part.
    problem
        The same as arrays, with rules, prices and pins; spans the whole edition.
    kroner
        What the scenario says of kroner; ``None`` if they are not counted.
    adopted
        Year in which a municipality adopted a kind of plan, by both, as far as the user's table says.
    needed
        Årsverk of a discipline that a municipality needs, by both, as far as the user's table says.
    """

    scenario: Scenario
    municipalities: GeoDataFrame
    graph: RoadGraph
    links: pd.DataFrame
    travel: TravelTimes
    problem: Problem
    kroner: inputs.Kroner | None = None
    adopted: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    needed: HeldTable = field(default_factory=dict)

    @cached_property
    def drawn(self) -> GeoDataFrame:
        """The municipalities as pages draw them; boundaries of the user's own may be finer than any page shows."""
        return thinned(self.municipalities)

    def words(self, language: str) -> Words:
        """Return the texts of a language, with the scenario's words for municipality and county."""
        return Words(language, net=self.problem.counts_net, called=self.called(language))

    def called(self, language: str) -> Called:
        """Return the scenario's words for municipality and county."""
        return Called(**self.scenario.data.called(language))

    @property
    def own_roads(self) -> str:
        """Whose the roads are, as for `geodata.editions.credits_of`; empty for the embedded ones, and for none."""
        return str(self.graph.graph.get("own", ""))

    @cached_property
    def known(self) -> dict[str, dict[str, Any]]:
        """What the table of municipalities says of each, but for its shape, by number; far faster to look up in."""
        table = self.municipalities.select_dtypes(exclude="geometry")
        return {str(id_): row for id_, row in table.to_dict("index").items()}

    @property
    def counties(self) -> list[str]:
        """Norwegian names of the counties that the scenario is about; empty for all."""
        table = self.municipalities
        names = dict(zip(table["county_number"], table["county_name_norwegian"], strict=True))
        return [names[number] for number in self.scenario.select.counties]

    def in_short(self) -> str:
        """Return the scenario, the edition and how many municipalities are to be grouped."""
        return f"{self.scenario.name}, edition {self.scenario.edition}, {self.problem.in_short()}"

    def rows(self) -> list[dict[str, object]]:
        """Return the rows of those that are to be grouped."""
        return [row for row in self.problem.rows() if row["takes_part"]]

    def note(self) -> str:
        """Return the line that says which figures of planners are estimates, with their rates."""
        return sources.sentence(Words("en"), self.fte_sources, self.scenario.planners)

    @property
    def fte_sources(self) -> dict[str, list[str]]:
        """Sources of each figure of planners of those that take part, as from `sources.of`."""
        return sources.of(self.known[id_] for id_ in self.municipalities.index[self.problem.active])

    @cached_property
    def estimates(self) -> dict[str, frozenset[str]]:
        """The municipalities of which each figure of planners is an estimate."""
        columns = {figure: self.municipalities[column] for figure, column in FIGURE_SOURCES.items()}
        return {figure: frozenset(column.index[column == ESTIMATE]) for figure, column in columns.items()}

    @property
    def estimated(self) -> frozenset[str]:
        """The municipalities whose planners employed are an estimate."""
        return self.estimates["planner_fte"]

    def to_geodataframe(self) -> GeoDataFrame:
        """Return the municipalities of the edition, with who is to be grouped and who may host (EPSG:25833)."""
        # With a second geometry it could not be written to most files.
        table = self.municipalities.drop(columns="centre")
        return table.assign(takes_part=self.problem.active, may_host=self.problem.may_host)


def open_world(
    reference: str,
    *,
    overrides: Sequence[str] = (),
    counties: Sequence[str] = (),
    time_limit: float | None = None,
    further: Callable[[Scenario], Iterable[Fault]] = lambda _: (),
) -> World:
    """Return the world of a scenario by name or file, as `scenarios.question.load.load` reads it.

    Parameters
    ----------
    reference, overrides, counties, time_limit
        As there.
    further
        Finds what else is wrong with what was asked, in what is sound of the scenario.

    Raises
    ------
    ScenarioError
        With all faults at once, those of the settings and those of what the sound settings name.
    ProblemError
        If a name, a setting or a county is no text.
    """
    texts = tuple[str, ...]
    require(reference=(reference, str | Path), overrides=(overrides, texts), counties=(counties, texts))
    found = read(reference, overrides=overrides, counties=counties, time_limit=time_limit)
    faults = [*found.faults]
    world: World | None = None
    whose_is_sure = not {fault.key.partition(".")[0] for fault in faults} & {"edition", "data"}
    # No server is asked for what cannot be run.
    asks = found.scenario is not None and bool(found.scenario.travel.server)
    if found.scenario is not None and whose_is_sure and not (asks and faults):
        # What may only follow from the faults of the settings is left away.
        sure = not {fault.key.partition(".")[0] for fault in faults} & {"select", "hosts"}
        try:
            world = build(found.scenario, selection_is_sure=sure)
        except ScenarioError as error:
            faults += error.faults
        faults += further(found.scenario)
    if world is None or faults:
        raise ScenarioError(faults)
    return world


def taking_part(scenario: Scenario) -> tuple[GeoDataFrame, list[str]]:
    """Return the municipalities, and the numbers of those to be grouped, for tables that a scenario does not have yet.

    Raises
    ------
    ScenarioError
        If the municipalities cannot be read, or what says who takes part names nobody.
    """
    municipalities = region.load(scenario)
    book = gazetteer.of(municipalities)
    resolver = Resolver(scenario, book)
    scenario = resolver.resolved()
    selection = Participants(selected(scenario, municipalities), allowed_hosts(scenario, municipalities))
    if faults := resolver.faults or selection_faults(scenario, municipalities, book, selection):
        raise ScenarioError(faults)
    active = selection.takes_part & ~municipalities.index.isin(scenario.pins.leave_out)
    return municipalities, list(municipalities.index[active])


def build(scenario: Scenario, *, selection_is_sure: bool = True, like: World | None = None) -> World:
    """Return the world of a scenario.

    Parameters
    ----------
    scenario
        Settings that may still name municipalities and counties.
    selection_is_sure
        Whether who takes part and who may host is as the user wrote it; if not, nothing is said of that.
    like
        A world of an embedded edition whose scenario says the same of edition, data, selection and journeys: its
        roads, neighbours and minutes are taken over, which take most of the time.

    Returns
    -------
    World
        With the settings as numbers.

    Raises
    ------
    ScenarioError
        With all faults at once: settings that name nobody, an empty selection, unusable tables, contradictory pins.
    DataError
        If the embedded data is not as it came with the program.
    ProblemError
        If it is no scenario.
    geodata.update.fetching.DownloadError
        If it names a routing server that does not answer.
    """
    require(scenario=(scenario, Scenario))
    editions.refuse_changed()
    municipalities = region.load(scenario)
    book = gazetteer.of(municipalities)
    resolver = Resolver(scenario, book)
    scenario = titled(resolver.resolved(), book)
    faults = resolver.faults
    sure = selection_is_sure and not any(fault.key.startswith(("select.", "hosts.")) for fault in faults)
    selection = Participants(selected(scenario, municipalities), allowed_hosts(scenario, municipalities))
    if sure:
        found = selection_faults(scenario, municipalities, book, selection)
        found += host_faults(scenario, municipalities, book, selection)
        faults, sure = faults + found, not found
    left_out = municipalities.index.isin(scenario.pins.leave_out)
    scenario, of_server = servers.served(scenario, municipalities, selection.takes_part) if sure else (scenario, [])
    municipalities, of_figures = inputs.figures(scenario, municipalities, selection.takes_part & ~left_out)
    graph, of_roads = (
        (like.graph, []) if like else roads.roads(scenario, municipalities, selection.takes_part & ~left_out)
    )
    names = municipalities["name_norwegian"]
    given, of_table = (like.travel, []) if like else roads.journeys(scenario, graph, names, selection.takes_part)
    pairs, of_pairs = region.neighbours(scenario, municipalities)
    prices, of_prices = inputs.kroner(scenario, municipalities, selection.takes_part & ~left_out)
    competence, of_disciplines = inputs.disciplines(scenario, municipalities)
    adopted, of_plans = inputs.plan_dates(scenario, municipalities)
    of_own = region.road_faults(scenario) + of_pairs
    faults += of_server + of_figures + of_roads + of_table + of_own + of_prices + of_disciplines + of_plans
    if not sure or (scenario.edition == OWN and faults):
        raise ScenarioError(faults)
    if pairs is not None:
        given = given or roads.by_road(scenario, graph, municipalities.index)
        municipalities = placed(municipalities, given.minutes)
        between = given, region.timed(pairs, given)
    else:
        between = (like.travel, like.links) if like else ways(scenario, graph, municipalities, given)
    travel, links = between
    try:
        problem = pose(scenario, municipalities, between, selection, (prices, competence.disciplines))
    except ProblemError as error:
        faults += [problem_fault(resolver, text) for text in error.faults]
    if faults:
        raise ScenarioError(faults)
    return World(scenario, municipalities, graph, links, travel, problem, prices, adopted, competence.needed)


def ways(
    scenario: Scenario, graph: "RoadGraph", municipalities: "GeoDataFrame", given: "TravelTimes | None"
) -> tuple["TravelTimes", "pd.DataFrame"]:
    """Return travel times and neighbours: the embedded ones, unless the user has changed roads or given minutes."""
    changed = graph is not network.load(scenario.edition)
    links = (
        neighbours.find(graph, region.with_own_lines(scenario, municipalities))
        if changed
        else neighbours.embedded(scenario.edition)
    )
    return given or roads.by_road(scenario, graph, municipalities.index), links


def titled(scenario: Scenario, book: Gazetteer) -> Scenario:
    """Return the scenario with the counties in its title, if the command line asked for them and not its author."""
    counties = scenario.select.counties
    if not counties or not scenario.origins.find(("select", "counties")).file.startswith("--"):
        return scenario
    names = [book.counties[number] for number in counties]
    ending = f" \N{EN DASH} {listed(names, 'og', 'fylker')}"
    title = f"{scenario.title or scenario.name}{ending}"
    # Worlds are built again from their own scenario, where the counties are in the title already.
    if scenario.title.endswith(ending) or len(title) > LONGEST_TITLE:
        return scenario
    ending_en = f" \N{EN DASH} {listed(names, 'and', 'counties')}"
    title_en = scenario.title_en
    if title_en and len(title_en + ending_en) <= LONGEST_TITLE:
        title_en += ending_en
    return scenario.model_copy(update={"title": title, "title_en": title_en})


def listed(names: Sequence[str], last: str, many: str) -> str:
    """Return "Troms, Nordland og Finnmark"; of more than three "4 fylker"."""
    if len(names) > 3:
        return f"{len(names)} {many}"
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def pose(
    scenario: Scenario,
    municipalities: GeoDataFrame,
    between: tuple[TravelTimes, pd.DataFrame],
    selection: Participants,
    known: tuple[inputs.Kroner | None, Disciplines],
) -> Problem:
    """Return the problem.

    Parameters
    ----------
    scenario, municipalities, selection
        What is asked, about whom.
    between
        Travel times and neighbours.
    known
        Prices, ``None`` if kroner are not counted, and who needs and holds which disciplines.

    Raises
    ------
    ProblemError
        If it contradicts itself.
    """
    (travel, links), (kroner, disciplines) = between, known
    ids = tuple(municipalities.index)
    at = {number: i for i, number in enumerate(ids)}
    near = np.zeros((len(ids), len(ids)), dtype=bool)
    a, b = (links[side].map(at).to_numpy(dtype=int) for side in ("a", "b"))
    near[a, b] = near[b, a] = True
    columns = {
        name: municipalities[name].to_numpy(dtype=np.float64, copy=True)
        for name in ("planner_fte", "need_fte", "fixed_need_fte", "trips")
    }
    return Problem(
        ids=ids,
        names=tuple(municipalities["name_norwegian"]),
        counties=tuple(municipalities["county_number"]),
        statsforvaltere=tuple(municipalities["statsforvalter"]),
        minutes=travel.minutes,
        links=near,
        **columns,
        takes_part=selection.takes_part,
        may_host=selection.may_host,
        fixed_kept=scenario.planners.fixed_kept,
        limits=the_limits(scenario),
        weights=Weights(**scenario.weights.model_dump()),
        pins=the_pins(scenario),
        money=None if kroner is None else kroner.money,
        sharing=needed_terms(scenario, municipalities, kroner),
        disciplines=disciplines,
        road_fte_per_minute=road_fte_per_minute(scenario.presence.days_a_week, scenario.money.year_hours),
    )


def needed_terms(scenario: Scenario, municipalities: GeoDataFrame, kroner: inputs.Kroner | None) -> SharingTerms | None:
    """Return how costs are shared, with no figures but those of the key; ``None`` where kroner are not counted."""
    if kroner is None:
        return None
    terms = inputs.sharing_terms(scenario, municipalities, kroner)
    return replace(terms, figures={name: terms.figures[name] for name in terms.key.parts if name in terms.figures})


def the_limits(scenario: Scenario) -> Limits:
    """Return the limits, an exact number of offices as fewest and most."""
    settings = scenario.limits.model_dump()
    exact = settings.pop("offices")
    return Limits(**settings if exact is None else settings | {"min_offices": exact, "max_offices": exact})


def the_pins(scenario: Scenario) -> Pins:
    """Return the pins."""
    pins = scenario.pins
    return Pins(
        together=tuple(map(frozenset, pins.together)),
        apart=tuple(map(frozenset, pins.apart)),
        fixed=MappingProxyType(dict(pins.fixed)),
        must_host=frozenset(pins.must_host),
        may_not_host=frozenset(pins.may_not_host),
        leave_out=frozenset(pins.leave_out),
        held=MappingProxyType({host: frozenset(members) for host, members in pins.held.items()}),
    )


def problem_fault(resolver: Resolver, text: str) -> Fault:
    """Return a fault of the problem at the first pin that it speaks of, with the lines of the others.

    Parameters
    ----------
    resolver
        Knows where each pin stands and whom it names.
    text
        Sentence of a `ProblemError`; begins with the setting, like ``pins.fixed: ``.
    """
    origins = resolver.scenario.origins
    setting, _, what = text.partition(": ")
    if not re.fullmatch(r"(pins|limits|weights)(\.\w+)?", setting):
        return origins.fault((), text)
    path = tuple(setting.split("."))
    named = {word for word in re.findall(r"[\w.-]+", what) if word in resolver.gazetteer.labels}
    pins = [pin for pin, numbers in resolver.mentions if pin[: len(path)] == path and numbers & named]
    spoken = [kind for kind, word in SAID_OF_PINS.items() if word in what]
    pins = [pin for pin in pins if pin[1] in spoken] or pins
    places = [origins.find(pin) for pin in pins]
    others = sorted({place.line for place in places[1:] if place.line} - {places[0].line if places else None})
    hint = f"see also {'line' if len(others) == 1 else 'lines'} {', '.join(map(str, others))}" if others else ""
    if what.endswith("does not take part"):
        hint = "add it to select.municipalities, or remove the pin"
    if what.endswith("which are not counted"):
        hint = "set money.enabled = true, or leave it out"
    return origins.fault(pins[0] if pins else path, what, hint)
