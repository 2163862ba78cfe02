"""Names in a scenario become numbers; what names nobody becomes a fault at its line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from geodata import network
from geodata.roads import ends as road_ends
from scenarios.question.faults import Fault, mean
from scenarios.question.gazetteer import Gazetteer, UnknownError
from scenarios.question.origins import Origins, Path, Places, without
from scenarios.question.schema import Scenario


@dataclass
class Resolver:
    """A walk over the settings that name municipalities and counties.

    Parameters
    ----------
    scenario
        As it was loaded.
    gazetteer
        Numbers and names of its edition.
    faults
        What was found so far.
    mentions
        Path of each pin with the municipalities that it names.
    places
        Where the settings were written that are left.
    """

    scenario: Scenario
    gazetteer: Gazetteer
    faults: list[Fault] = field(default_factory=list)
    mentions: list[tuple[Path, frozenset[str]]] = field(default_factory=list)
    places: Places = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the places of all settings."""
        self.places = self.scenario.origins.places

    def resolved(self) -> Scenario:
        """Return the scenario with numbers for names; those that name nobody are left away, with a fault each."""
        scenario = self.scenario
        select: dict[str, Any] = {
            "counties": self.many(("select", "counties"), scenario.select.counties, county=True),
            "municipalities": self.many(("select", "municipalities"), scenario.select.municipalities),
        }
        hosts = {"municipalities": self.many(("hosts", "municipalities"), scenario.hosts.municipalities)}
        resolved = scenario.model_copy(
            update={
                "select": scenario.select.model_copy(update=select),
                "hosts": scenario.hosts.model_copy(update=hosts),
                "pins": scenario.pins.model_copy(update=self.pins()),
                "travel": scenario.travel.model_copy(update=self.travel()),
            }
        )
        return resolved.written_at(Origins(self.places, scenario.origins.file))

    def travel(self) -> dict[str, Any]:
        """Return the settings of links and journeys, without those that have no two ends, with a fault each."""
        found: dict[str, Any] = {}
        for key in ("closed_links", "new_links", "pairs"):
            links = getattr(self.scenario.travel, key)
            ends = [self.two_ends(("travel", key, k), link.between, key != "pairs") for k, link in enumerate(links)]
            lost = [k for k, two in enumerate(ends) if len(two) < 2]
            found[key] = tuple(
                link.model_copy(update={"between": two}) for link, two in zip(links, ends, strict=True) if len(two) == 2
            )
            for k in reversed(lost):
                self.places = without(self.places, ("travel", key, k))
        return found

    def two_ends(self, path: Path, written: tuple[str, ...], places: bool) -> tuple[str, ...]:
        """Return the ends of a link or a journey, or fewer with a fault; `places` allows quays and positions too."""
        before, path = len(self.faults), (*path, "between")
        found = self.ends(path, written) if places else self.many(path, written)
        if len(found) < 2 and len(self.faults) == before:
            self.faults.append(self.scenario.origins.fault(path, f"both ends are {self.called(found[0])}", "name two"))
        return found

    def ends(self, path: Path, written: tuple[str, ...]) -> tuple[str, ...]:
        """Return numbers of municipalities, names of quays and positions, each once."""
        # Those of OpenStreetMap have no names.
        own = self.scenario.travel.roads
        quays = {} if own else road_ends.quays(network.load(self.scenario.edition))
        found = []
        for i, name in enumerate(written):
            try:
                found.append(self.gazetteer.municipality(name))
            except UnknownError as unknown:
                if road_ends.is_position(name) or name.strip().casefold() in quays:
                    found.append(name.strip())
                    continue
                hint = unknown.hint or mean(name, quays.values())
                self.faults.append(self.scenario.origins.fault((*path, i), f"{unknown.what}, nor a quay", hint))
        return tuple(dict.fromkeys(found))

    def called(self, end: str) -> str:
        """Return number and name of a municipality, or what else an end is called."""
        return self.gazetteer.short(end) if end in self.gazetteer.names else end

    def pins(self) -> dict[str, Any]:
        """Return the settings of the pins, and remember who stands where."""
        pins = self.scenario.pins
        lists = {
            kind: self.many(("pins", kind), getattr(pins, kind)) for kind in ("must_host", "may_not_host", "leave_out")
        }
        sets = {
            kind: tuple(self.company(("pins", kind, i), names) for i, names in enumerate(getattr(pins, kind)))
            for kind in ("together", "apart")
        }
        # A set that lost a name to a fault holds nobody together any more.
        sets = {kind: tuple(numbers for numbers in found if len(numbers) > 1) for kind, found in sets.items()}
        return {**lists, **sets, "fixed": self.fixed(), "held": self.held()}

    def one(self, path: Path, written: str, *, county: bool = False) -> str | None:
        """Return the number that is meant at a path, or ``None`` with a fault."""
        try:
            number = self.gazetteer.county(written) if county else self.gazetteer.municipality(written)
        except UnknownError as unknown:
            self.faults.append(self.scenario.origins.fault(path, unknown.what, unknown.hint))
            return None
        if path[0] == "pins":
            self.mentions.append((path, frozenset([number])))
        return number

    def many(self, path: Path, written: Iterable[str], *, county: bool = False) -> tuple[str, ...]:
        """Return the numbers that are meant by a list, each once."""
        numbers = (self.one((*path, i), name, county=county) for i, name in enumerate(written))
        return tuple(dict.fromkeys(number for number in numbers if number))

    def company(self, path: Path, written: tuple[str, ...]) -> tuple[str, ...]:
        """Return the numbers of a set that must hold at least two municipalities."""
        before = len(self.faults)
        numbers = self.many(path, written)
        if len(numbers) < 2 and len(self.faults) == before:
            label = self.gazetteer.short(numbers[0])
            self.faults.append(self.scenario.origins.fault(path, f"names only one municipality, {label}", "name two"))
        return numbers

    def fixed(self) -> dict[str, str]:
        """Return the municipalities with the hosts that they must have."""
        hosts: dict[str, str] = {}
        for written, written_host in self.scenario.pins.fixed.items():
            path = ("pins", "fixed", written)
            number, host = self.one(path, written), self.one(path, written_host)
            if number is None or host is None:
                continue
            if hosts.setdefault(number, host) != host:
                what = f"{self.gazetteer.short(number)} is fixed to two hosts"
                hint = f"{self.gazetteer.short(hosts[number])} or {self.gazetteer.short(host)}?"
                self.faults.append(self.scenario.origins.fault(path, what, hint))
        return hosts

    def held(self) -> dict[str, tuple[str, ...]]:
        """Return the offices that are held, host to members, the host among them."""
        offices: dict[str, tuple[str, ...]] = {}
        for written, names in self.scenario.pins.held.items():
            path = ("pins", "held", written)
            host, members = self.one(path, written), self.many(path, names)
            if host is None:
                continue
            if host in offices:
                what = f"{self.gazetteer.short(host)} is the host of two offices"
                self.faults.append(self.scenario.origins.fault(path, what, "an office is known by its host"))
            offices[host] = tuple(sorted({host, *members}))
        return offices
