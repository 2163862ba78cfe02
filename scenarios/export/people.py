"""Facts about people that a run leaves as tables and worksheets: who is helped, and by whom."""

import math
from collections.abc import Iterator

from maps.told.people.cycle_words import PlanCycle
from maps.told.people.discipline_words import CompetencePlan, CompetenceWords
from maps.told.people.help_words import HelpPlan, HelpWords
from maps.told.people.order_words import OrderPlan
from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.staffing.help import HelpMatch
from scenarios.export import columns
from scenarios.export.money.worksheets import whole_kroner
from scenarios.export.tables import Facts, change_facts
from scenarios.export.workbooks.workbook import Row
from scenarios.world import sources
from scenarios.world.build import World
from scenarios.world.further.competence import competence_of
from scenarios.world.further.cycle import cycle_of
from scenarios.world.further.measures import help_of
from scenarios.world.further.order import order_of
from scenarios.world.further.posts import posts_of
from scenarios.world.solving import Outcome

PeopleSheet = tuple[str, tuple[str, ...], list[Row]]
"""Name, columns and rows of a worksheet."""


def worksheets(words: Words, outcome: Outcome) -> list[PeopleSheet]:
    """Return the sheets of the workbook about people that have rows: name, columns and rows."""
    world, grouping = outcome.world, outcome.result.grouping
    if grouping is None:
        return []
    help_plan = help_of(world, grouping)
    found: list[PeopleSheet] = [("measures", columns.MEASURE_WORKSHEET, list(help_cells(words, world, help_plan)))]
    at_work: list[Row] = [tuple(facts[name] for name in columns.POST_WORKSHEET) for facts in posts(world, grouping)]
    found.insert(0, ("posts", columns.POST_WORKSHEET, at_work))
    disciplines = competence_of(world, grouping)
    if disciplines is not None:
        names = (*columns.COMPETENCE_HEAD, *disciplines.names, "one_more_post")
        found.insert(0, ("competence", names, list(competence_cells(words, world, grouping, disciplines))))
    order = order_of(world, outcome.accounts)
    if order is not None:
        told = ({**facts, "member_names": ", ".join(facts["member_names"])} for facts in started(world, order))
        rows: list[Row] = [tuple(whole_kroner(name, facts[name]) for name in columns.ORDER_WORKSHEET) for facts in told]
        found.append(("order", columns.ORDER_WORKSHEET, rows))
    renewed = cycle_of(world, grouping)
    if renewed is not None:
        said = (facts | {"plan": words.text(f"cycle.{facts['plan']}")} for facts in cycle(world, renewed))
        rows = [tuple(facts[name] for name in columns.CYCLE_WORKSHEET) for facts in said]
        found.append(("cycle", columns.CYCLE_WORKSHEET, rows))
    return [sheet for sheet in found if sheet[2]]


def helped(world: World, plan: HelpPlan) -> Iterator[Facts]:
    """Yield what helps each municipality short of planners, those whom nothing helps first."""
    table = world.known
    for one in plan.found:
        id_ = one.municipality
        yield {
            "kommunenummer": id_,
            "name": table[id_]["name"],
            "county_number": table[id_]["county_number"],
            "statsforvalter": one.statsforvalter,
            "host": one.host,
            "host_name": table[one.host]["name"],
            "size": one.members,
            "planner_fte": one.employed_fte,
            "missing_fte": one.missing_fte,
            "reason": "alone" if one.members == 1 else "office",
            "assistance": " ".join(name for name in ("mentor", "trainee") if getattr(one, name) is not None),
            "guidance": one.guidance,
            "planner_fte_source": sources.kept(table[id_]["planner_fte_source"]),
            **_match(world, "mentor", one.mentor),
            **_match(world, "trainee", one.trainee),
            **_match(world, "nearest", one.nearest),
        }


def help_cells(words: Words, world: World, plan: HelpPlan) -> Iterator[Row]:
    """Yield the same for the workbook, in words."""
    table = world.known
    told = HelpWords(words, plan, lambda id_: str(table[id_]["name"]))
    for one, facts in zip(plan.found, helped(world, plan), strict=True):
        said = facts | {
            "county": table[one.municipality]["county_name_norwegian"],
            "reason": told.reason(one),
            "assistance": told.assistance(one),
            "guidance": told.guidance(one),
        }
        yield tuple(said[name] for name in columns.MEASURE_WORKSHEET)


def posts(world: World, grouping: Grouping) -> Iterator[Facts]:
    """Yield who is at work in each municipality, alone and in its office; hours on the road if days are asked for."""
    table, plan = world.known, posts_of(world, grouping)
    for id_, change in plan.changes.items():
        host = grouping.host_of[id_]
        yield {
            "kommunenummer": id_,
            "name": table[id_]["name"],
            "county_number": table[id_]["county_number"],
            "county": table[id_]["county_name_norwegian"],
            "host": host,
            "host_name": table[host]["name"],
            "size": len(grouping.offices[host]),
            "alone_nobody": change.alone.nobody,
            "shared_nobody": change.shared.nobody,
            "alone_fewer_than_two": change.alone.fewer_than_two,
            "shared_fewer_than_two": change.shared.fewer_than_two,
            "alone_filled_fte": change.filled_alone_fte,
            "shared_filled_fte": change.filled_shared_fte,
            "presence_hours": plan.presence[host].hours[id_] if host in plan.presence else None,
        }


def competence(world: World, plan: CompetencePlan) -> Iterator[Facts]:
    """Yield how each discipline that a municipality needs is covered, alone and in its office."""
    table = world.known
    for id_, found in plan.alone.items():
        host, shared = plan.host_of[id_], plan.shared(id_)
        for one in found:
            office = shared[one.discipline]
            yield {
                "kommunenummer": id_,
                "name": table[id_]["name"],
                "county_number": table[id_]["county_number"],
                "host": host,
                "host_name": table[host]["name"],
                "sami_area": bool(table[id_]["sami_area"]),
                "discipline": one.discipline,
                "needed_fte": needed_fte(world, plan, id_, one.discipline),
                "alone_fte": one.fte,
                "alone_cover": one.cover,
                "shared_fte": office.fte,
                "shared_people": office.people,
                "shared_cover": office.cover,
                "estimated": one.estimated,
                "need_estimated": id_ not in plan.needed,
            }


def needed_fte(world: World, plan: CompetencePlan, id_: str, discipline: str) -> float | None:
    """Return the årsverk of a discipline that a municipality needs; ``None`` where neither table nor share says so."""
    if id_ in plan.needed:
        found = plan.needed[id_].get(discipline)
        return None if found is None else found.fte
    share: float | None = dict(world.scenario.disciplines.shares).get(discipline)
    return share * float(world.known[id_]["need_fte"]) if share else None


def competence_cells(words: Words, world: World, grouping: Grouping, plan: CompetencePlan) -> Iterator[Row]:
    """Yield how each office covers each discipline, in words, and what one more post would cover."""
    table = world.known
    told = CompetenceWords(words, plan, lambda id_: str(table[id_]["name"]))
    for host, members in grouping.offices.items():
        planners = math.fsum(float(table[id_]["planner_fte"]) for id_ in members)
        named = ", ".join(table[id_]["name"] for id_ in members)
        county = table[host]["county_name_norwegian"]
        covers = (said or None for _, said in told.of_office(host))
        yield (host, table[host]["name"], county, named, planners, *covers, told.more(host))


def cycle(world: World, plan: PlanCycle) -> Iterator[Facts]:
    """Yield each plan that falls due with the year in which it is worked on, and the fullest year of its office."""
    table = world.known
    for office in plan.offices:
        for one in office.plans:
            yield {
                "host": office.host,
                "host_name": table[office.host]["name"],
                "kommunenummer": one.municipality,
                "name": table[one.municipality]["name"],
                "county": table[one.municipality]["county_name_norwegian"],
                "plan": one.plan,
                "due": one.due,
                "year": one.year,
                "work_fte": one.fte,
                "peak_before_fte": office.peak_before,
                "peak_fte": office.peak_after,
            }


def started(world: World, plan: OrderPlan) -> Iterator[Facts]:
    """Yield when each office starts, those that do not start last; no year then."""
    table = world.known
    for row in plan.rows:
        members = plan.members[row.host]
        yield {
            "host": row.host,
            "host_name": table[row.host]["name"],
            "county_number": table[row.host]["county_number"],
            "county": table[row.host]["county_name_norwegian"],
            "size": len(members),
            "members": " ".join(members),
            "member_names": [table[member]["name"] for member in members],
            "start_year": row.year,
            **change_facts(row.states.shared - row.states.alone),
            "gain_kr": row.gain_kr,
            "gain_per_start_krone": row.per_krone,
        }


def _match(world: World, name: str, match: HelpMatch | None) -> Facts:
    """Return who helps as three columns; empty where nobody does."""
    if match is None:
        return dict.fromkeys((name, f"{name}_name", f"{name}_minutes"))
    named = world.known[match.helper]["name"]
    return {name: match.helper, f"{name}_name": named, f"{name}_minutes": match.minutes}
