"""Who takes part and who may host, by what the scenario says, and what is wrong with that."""

from dataclasses import dataclass

import numpy as np
from geopandas import GeoDataFrame

from geodata.schema import NO_CLASS
from optimizer.problem import Bools
from scenarios.question.faults import Fault
from scenarios.question.gazetteer import Gazetteer
from scenarios.question.origins import Path
from scenarios.question.schema import Scenario


@dataclass(frozen=True, eq=False)
class Participants:
    """Who is asked about, in the order of the table of municipalities.

    Parameters
    ----------
    takes_part
        Which are to be grouped, unless a pin leaves them out (n,).
    may_host
        Which may host a shared office, whoever takes part (n,).
    """

    takes_part: Bools
    may_host: Bools


def selected(scenario: Scenario, municipalities: GeoDataFrame) -> Bools:
    """Return which municipalities take part, in the order of the table (n,)."""
    select = scenario.select
    classes = municipalities["centrality_class"]
    # Who has no class, in a region of the user's own, is left out by none.
    chosen = classes.isin(select.classes) | (classes == NO_CLASS)
    if select.counties:
        chosen &= municipalities["county_number"].isin(select.counties)
    chosen |= municipalities.index.isin(select.municipalities)
    return np.asarray(chosen, dtype=bool)


def allowed_hosts(scenario: Scenario, municipalities: GeoDataFrame) -> Bools:
    """Return which municipalities may host a shared office, whoever takes part (n,)."""
    hosts = scenario.hosts
    allowed = municipalities["population"] >= hosts.min_population
    if hosts.classes:
        allowed &= municipalities["centrality_class"].isin(hosts.classes)
    if hosts.municipalities:
        allowed &= municipalities.index.isin(hosts.municipalities)
    return np.asarray(allowed, dtype=bool)


def selection_faults(
    scenario: Scenario, municipalities: GeoDataFrame, book: Gazetteer, selection: Participants
) -> list[Fault]:
    """Return the fault of a selection that holds nobody."""
    select = scenario.select
    if not selection.takes_part.any():
        classes = ", ".join(map(str, select.classes))
        where = f" in {', '.join(book.counties[number] for number in select.counties)}" if select.counties else ""
        return [
            scenario.origins.fault(
                ("select", "counties" if select.counties else "classes"),
                f"no municipality takes part: there is none of class {classes}{where}"
                if classes
                else "no municipality takes part: select.classes is empty",
                "change select.classes or select.counties, or name some in select.municipalities",
            )
        ]
    left_out = municipalities.index.isin(scenario.pins.leave_out)
    if not (selection.takes_part & ~left_out).any():
        return [scenario.origins.fault(("pins", "leave_out"), "leaves out every municipality that takes part")]
    return []


def host_faults(
    scenario: Scenario, municipalities: GeoDataFrame, book: Gazetteer, selection: Participants
) -> list[Fault]:
    """Return the hosts in [hosts] that do not take part, and those in [pins] whom [hosts] forbids."""
    joins = dict(zip(municipalities.index, selection.takes_part, strict=True))
    allowed = dict(zip(municipalities.index, selection.may_host, strict=True))
    counties = municipalities["county_number"]
    faults = [
        scenario.origins.fault(
            ("hosts", "municipalities", i),
            f"{book.short(number)} does not take part, so it cannot host",
            "add it to select.municipalities, or remove it here",
        )
        for i, number in enumerate(scenario.hosts.municipalities)
        # Who lists hosts for the whole country may still ask for one county.
        if not joins[number] and (not scenario.select.counties or counties[number] in scenario.select.counties)
    ]
    wanted: list[tuple[Path, str]] = [
        (("pins", "must_host", i), number) for i, number in enumerate(scenario.pins.must_host)
    ]
    wanted += [(("pins", "fixed", number), host) for number, host in scenario.pins.fixed.items() if number != host]
    faults += [
        scenario.origins.fault(path, f"{book.short(number)} may not host by the conditions in [hosts]", "change one")
        for path, number in wanted
        if not allowed[number]
    ]
    return faults
