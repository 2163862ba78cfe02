"""How much a plan and its offices stand, as tables and as one JSON object."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.judging.departures import OfficeRisks, Rounding
from optimizer.judging.evaluation import Violation
from optimizer.money import UNITS_PER_KRONE
from optimizer.questions.money.accounts import PlanAccounts
from optimizer.questions.regret import Across
from optimizer.staffing.vacancy import Simulation, simulation_of
from scenarios.answers.head import head
from scenarios.export import tables
from scenarios.export.csv_files import CsvTable, Row
from scenarios.export.folders import FolderKind
from scenarios.words.money import of_departures
from scenarios.words.names import Names, names_of, names_used
from scenarios.words.robustness import (
    PLAN,
    label,
    of_ferries,
    of_office,
    of_regret,
    of_setting,
    of_simulation,
    of_stability,
    stability,
)
from scenarios.world.build import World
from scenarios.world.further.settings import Ferries
from scenarios.world.plain import plain

FOLDER = FolderKind("robustness.json")
DEPARTURE_COLUMNS = (
    "office",
    "office_name",
    "leaver",
    "leaver_name",
    "host_gone",
    "host",
    "host_name",
    "members",
    "planner_fte",
    "missing_fte",
    "below_mass",
    "connected",
    "breaks",
    "nobody",
    "fewer_than_two",
    "largest_blow",
    "more_minutes",
    "others_pay_more_kr",
)
OFFICE_COLUMNS = (
    "host",
    "host_name",
    "size",
    "planner_fte",
    "posts",
    "part_post",
    "vacancy_share",
    "nobody",
    "fewer_than_two",
)
SETTING_COLUMNS = ("setting", "label", "status", "best", "bound", "plan", "regret", "at_most", "violations")
PAIR_COLUMNS = ("a", "b", "a_name", "b_name", "together_in_plan", "share_of_settings")


@dataclass(frozen=True, eq=False)
class Robustness:
    """What was found out about a plan.

    Parameters
    ----------
    plan
        The plan.
    status, objective
        Of the plan: ``optimal`` if it is proved the best of its scenario.
    offices
        Its offices, those of one included.
    vacancy_share, rounding
        As asked.
    ferries
        What was done about them; ``None`` if nobody asked.
    own_minutes
        Whether journeys come from a table of the user's.
    across
        The plan in every setting.
    kroner
        The accounts of the plan; ``None`` where kroner are not counted.
    """

    plan: Grouping
    status: str
    objective: float
    offices: tuple[OfficeRisks, ...]
    vacancy_share: float
    rounding: Rounding
    ferries: Ferries | None
    own_minutes: bool
    across: Across
    kroner: PlanAccounts | None

    @cached_property
    def simulation(self) -> Simulation | None:
        """What a simulation says of the chances in the shared offices."""
        return simulation_of([one.staffing for one in self.offices if one.office.is_shared])

    @property
    def proved(self) -> bool:
        """Whether the plan is proved the best of its scenario."""
        return self.status == "optimal"


def said(words: Words, world: World, found: Robustness) -> dict[str, list[str]]:
    """Return all sentences: about offices, settings, ferries, pairs and regret."""
    names = names_of(world, words.language)
    across = found.across
    ferries = found.ferries
    vacancy = words.sentence(
        "robust.vacancy",
        share=words.percent(found.vacancy_share),
        rounding=words.sentence(f"robust.rounding_{found.rounding}"),
    )
    drawn = [] if found.simulation is None else [of_simulation(words, found.simulation)]
    offices = (office_said(world, names, found, one) for one in found.offices if one.office.is_shared)
    return {
        "offices": [*offices, vacancy, *drawn],
        "settings": [
            of_setting(names, name, across.outcomes[PLAN][name], across.optima[name]) for name in across.settings
        ],
        "ferries": [] if ferries is None else of_ferries(words, ferries, proved=found.proved, table=found.own_minutes),
        "pairs": of_stability(words, found.plan, stability(across)),
        "regret": of_regret(words, found.plan, across),
    }


def office_said(world: World, names: Names, found: Robustness, one: OfficeRisks) -> str:
    """Return how much a shared office stands, and whose leaving costs the others most kroner."""
    kroner = "" if found.kroner is None else of_departures(names, found.kroner, one.office.host)
    parts = [of_office(world.problem, names, one), kroner]
    return " ".join(filter(None, parts))


def if_left(found: Robustness, host: str) -> dict[str, float]:
    """Return what the others of an office would pay more a year if a member left, kroner like for like.

    Empty where kroner are not counted, and in an office too large to try it.
    """
    account = None if found.kroner is None else found.kroner.offices.get(host)
    if account is None or not account.groups_tried:
        return {}
    return {id_: more / UNITS_PER_KRONE for id_, more in account.if_left.items()}


def document(words: Words, world: World, found: Robustness, *, interrupted: bool) -> dict[str, Any]:
    """Return the whole answer as one object."""
    across = found.across
    least = across.least
    return {
        **head(world, interrupted),
        "status": found.status,
        "objective": found.objective,
        "hosts": dict(found.plan.host_of),
        "vacancy_share": found.vacancy_share,
        "rounding": found.rounding,
        "simulation": plain(found.simulation),
        "offices": [{**plain(one), "others_pay_more_kr": if_left(found, one.office.host)} for one in found.offices],
        "ferries": plain(found.ferries),
        "settings": [setting_of(words, found, name) for name in across.settings],
        "pairs": [
            {"a": a, "b": b, "share": share, "in_plan": found.plan.host_of[a] == found.plan.host_of[b]}
            for (a, b), share in across.together.items()
        ],
        "hosting": plain(across.hosts),
        "least_regret": None
        if least is None
        else {
            "status": str(least.status),
            "worst": least.worst,
            "bound": least.bound,
            "setting": least.setting,
            "hosts": None if least.grouping is None else dict(least.grouping.host_of),
        },
        "names": names_used(world, names_of(world, words.language)),
        "sentences": said(words, world, found),
    }


def setting_of(words: Words, found: Robustness, name: str) -> dict[str, Any]:
    """Return the plan in one setting, and that setting's own best plan."""
    optimum, outcome = found.across.optima[name], found.across.outcomes[PLAN][name]
    return {
        "setting": name,
        "label": label(words, name),
        "status": str(optimum.status),
        "best": optimum.objective,
        "bound": optimum.bound,
        "hosts": None if optimum.grouping is None else dict(optimum.grouping.host_of),
        "plan": plain(outcome.objective),
        "regret": outcome.regret,
        "at_most": outcome.at_most,
        "violations": plain(outcome.violations),
    }


def office_rows(world: World, found: Robustness) -> Iterator[Row]:
    """Yield a row for each office, those of one included."""
    name = dict(world.municipalities["name"])
    for one in found.offices:
        staffing = one.staffing
        yield (
            one.office.host,
            name[one.office.host],
            len(one.office.members),
            staffing.planner_fte,
            staffing.posts,
            staffing.part,
            staffing.vacancy_share,
            staffing.nobody,
            staffing.fewer_than_two,
        )


def departure_rows(world: World, found: Robustness) -> Iterator[Row]:
    """Yield a row for each member of each shared office: what remains without it; flags are 1 and 0."""
    name = dict(world.municipalities["name"])
    for one in found.offices:
        kroner = if_left(found, one.office.host)
        for rest in one.departures:
            yield (
                one.office.host,
                name[one.office.host],
                rest.leaver,
                name[rest.leaver],
                int(rest.host_gone),
                rest.host,
                name[rest.host],
                " ".join(rest.office.members),
                rest.office.planner_fte,
                rest.missing_fte,
                int(rest.below_mass),
                int(rest.connected),
                rules(rest.violations),
                rest.staffing.nobody,
                rest.staffing.fewer_than_two,
                int(rest == one.largest_blow),
                rest.more_minutes,
                kroner.get(rest.leaver, ""),
            )


def rules(violations: tuple[Violation, ...]) -> str:
    """Return the names of the rules broken, each once."""
    return " ".join(dict.fromkeys(violation.rule for violation in violations))


def setting_rows(words: Words, found: Robustness) -> Iterator[Row]:
    """Yield a row for each setting; empty where there is no value."""
    for name in found.across.settings:
        row = setting_of(words, found, name)
        optimum = found.across.outcomes[PLAN][name].objective
        values = (row["best"], row["bound"], optimum, row["regret"], row["at_most"])
        yield (
            name,
            row["label"],
            row["status"],
            *("" if value is None else value for value in values),
            len(row["violations"]),
        )


def pair_rows(world: World, found: Robustness) -> Iterator[Row]:
    """Yield a row for each pair of neighbours."""
    name = dict(world.municipalities["name"])
    hosts = found.plan.host_of
    for (a, b), share in found.across.together.items():
        yield a, b, name[a], name[b], int(hosts[a] == hosts[b]), share


def csv_tables(words: Words, world: World, found: Robustness) -> dict[str, CsvTable]:
    """Return the tables by file name; the plans as groupings."""
    least = found.across.least
    plans = {"plan.csv": found.plan} | (
        {"least-regret.csv": least.grouping} if least is not None and least.grouping is not None else {}
    )
    return {
        "offices.csv": CsvTable(OFFICE_COLUMNS, office_rows(world, found)),
        "departures.csv": CsvTable(DEPARTURE_COLUMNS, departure_rows(world, found)),
        "settings.csv": CsvTable(SETTING_COLUMNS, setting_rows(words, found)),
        "pairs.csv": CsvTable(PAIR_COLUMNS, pair_rows(world, found)),
        **{file: tables.grouping_table(world, grouping) for file, grouping in plans.items()},
    }
