"""What a run leaves as tables: the facts of each place, office and variant, and the tables that the optimiser saw."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from geodata.schema import PLANNER_RANGE
from maps.told.firm import FirmPlan
from optimizer.disciplines import DisciplineNeed, Disciplines, HeldFte
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation
from optimizer.judging.kroner.three_states import YearlyMoney, group_year
from optimizer.judging.ranges import crosses_least, crosses_most
from optimizer.money import UNITS_PER_KRONE, KronerPrices, Money, SharingTerms
from optimizer.problem import Bools, Floats, Problem
from optimizer.questions.money import account_rows
from optimizer.questions.money.accounts import PlanAccounts
from optimizer.questions.money.kroner_difference import by_themselves
from optimizer.sharing.keys import SharingKey
from scenarios.export import columns
from scenarios.export.csv_files import CsvTable, Row, read_csv, write_csv
from scenarios.world import accounts, sources, today
from scenarios.world.build import World
from scenarios.world.further import ranges
from scenarios.world.further.years import YearsToCome, projection_of
from scenarios.world.leaving import PlanHold

LEAST_LOSS_KR = 0.005
"""A difference below half an øre comes from rounding."""

Facts = dict[str, Any]
"""By the name of a column; see `scenarios.export.columns`."""


def places(world: World, grouping: Grouping) -> Iterator[Facts]:
    """Yield the facts of each municipality of the edition: official names, its place in the plan; flags are 1 and 0."""
    problem, between, sizes = world.problem, ranges.of(world), {h: len(m) for h, m in grouping.offices.items()}
    facts = world.municipalities.filter(items=[*columns.LAYER_COPIED, "county_name_norwegian"]).to_dict("index")
    for id_, row in facts.items():
        host = grouping.host_of.get(id_, "")
        journey: Facts = dict.fromkeys(("minutes", *columns.JOURNEY_RANGE, "borderline"))
        if host:
            minutes = float(problem.minutes[problem.index[id_], problem.index[host]])
            ends = rounded(between.journey(minutes))
            journey = {"minutes": minutes, **dict(zip(columns.JOURNEY_RANGE, ends, strict=True))}
            journey["borderline"] = int(crosses_most(ends, problem.limits.max_minutes))
        yield {
            "kommunenummer": id_,
            **row,
            "county": row["county_name_norwegian"],
            **{name: sources.kept(row[name]) for name in sources.COLUMNS},
            "host": host,
            "host_name": facts[host]["name"] if host else "",
            "role": role(id_, host, sizes.get(host, 0)),
            **journey,
            **dict(zip(today.COLUMNS, today.cells(world.scenario.edition, id_), strict=True)),
        }


def role(id_: str, host: str, size: int) -> str:
    """Return what a municipality is in the plan: host, member, alone or outside."""
    if not host:
        return "outside"
    if size == 1:
        return "alone"
    return "host" if id_ == host else "member"


def grouping_table(world: World, grouping: Grouping) -> CsvTable:
    """Return ``grouping.csv``: those that take part, in id order."""
    return columns.GROUPING.of(facts for facts in places(world, grouping) if facts["host"])


def offices(world: World, evaluation: Evaluation) -> Iterator[Facts]:
    """Yield the facts of the offices in host order; a space separates members' numbers."""
    problem, table, between = world.problem, world.known, ranges.of(world)
    for office in evaluation.offices:
        ends = between.planners(problem, office.members)
        found = sources.of(table[member] for member in office.members)
        yield {
            "host": office.host,
            "host_name": table[office.host]["name"],
            "county_number": problem.counties[problem.index[office.host]],
            "county": table[office.host]["county_name_norwegian"],
            "kind": "shared" if office.is_shared else "alone",
            "size": len(office.members),
            "members": " ".join(office.members),
            "member_names": [table[member]["name"] for member in office.members],
            **{figure: getattr(office, figure) for figure in columns.OFFICE_FIGURES},
            **{f"{figure}_source": [*map(sources.kept, names)] for figure, names in found.items()},
            **dict(zip(PLANNER_RANGE, ends, strict=True)),
            "borderline": int(crosses_least(ends, problem.limits.min_office_fte)),
        }


def money_offices(world: World, found: PlanAccounts) -> Iterator[Facts]:
    """Yield what each shared office costs, in host order."""
    table = world.known
    for row in account_rows.office_rows(found):
        host, members = row["host"], row["members"]
        yield {
            **row,
            "host_name": table[host]["name"],
            "county_number": table[host]["county_number"],
            "size": len(members),
            **{name: " ".join(row[name]) for name in ("members", "worse_off", "leaving")},
            "member_names": [table[member]["name"] for member in members],
            **leaving_changes(found, row["leaving"]),
            **first_year(found, row, found.starting_in(members)),
            "gain_by_less_need_kr": found.by_less_need([host]).cost_kr,
            "estimated": " ".join(accounts.estimated(world, members)),
        }


def first_year(found: PlanAccounts, row: Mapping[str, Any], starting: float) -> Facts:
    """Return what is paid and left undone in the first year by whoever bears a part of starting an office."""
    facts = {"first_year_undone_fte": row["shared_undone_fte"]}
    for name, with_grant in (("", True), ("_without_grant", False)):
        more = starting * found.money.prices.added_kr(1, with_grant=with_grant)
        facts |= {f"first_year_{figure}{name}_kr": row[f"shared_{figure}_kr"] + more for figure in ("cash", "cost")}
    return facts


def change_facts(more: YearlyMoney) -> Facts:
    """Return what is paid out, and left undone, more."""
    return {"cash_more_kr": more.cash_kr, "undone_more_fte": more.undone_fte}


def leaving_changes(found: PlanAccounts, group: Sequence[str]) -> Facts:
    """Return what a group of an office would pay out, and leave undone, more by itself; nothing where none leaves."""
    if not group:
        return dict.fromkeys(columns.LEAVING_CHANGES, 0.0)
    more = change_facts(by_themselves(found, [tuple(group)]).more)
    return dict(zip(columns.LEAVING_CHANGES, more.values(), strict=True))


def money_members(world: World, found: PlanAccounts) -> Iterator[Facts]:
    """Yield what each municipality pays in the plan, by the key and by those that are quickly known, in id order."""
    table, ways = world.known, accounts.by_keys(found)
    for row in account_rows.member_rows(found):
        id_ = row["kommunenummer"]
        yield {
            **row,
            "name": table[id_]["name"],
            "county_number": table[id_]["county_number"],
            "host_name": table[row["host"]]["name"],
            "key": accounts.key_text(accounts.key_of(world)),
            "shared_part": world.scenario.money.shared_part,
            "worse_off": row["gain_kr"] < -LEAST_LOSS_KR,
            "gain_by_lines_kr": found.members[id_].lines_gain_kr(found.money.prices.bought_kr),
            **first_year(found, row, found.starting[id_]),
            **{f"by_{key}_kr": paid.get(id_) for key, paid in ways.items()},
            "estimated": " ".join(accounts.estimated(world, [id_])),
        }


def drift(world: World, found: PlanAccounts, years: YearsToCome) -> Iterator[Facts]:
    """Yield what each member of an office pays in each year of a projection, if the cost stays."""
    projection = projection_of(world)
    for host, paid_in in years.drift.items():
        for year, paid in paid_in.items():
            for facts in paid_facts(world, found, host, year, paid):
                yield facts | {"inhabitants": projection[year][facts["kommunenummer"]]}


def phase_in(world: World, found: PlanAccounts, years: YearsToCome) -> Iterator[Facts]:
    """Yield what each member of an office pays in each year of the phase-in."""
    for host, steps in years.phase_in.items():
        for year, paid in enumerate(steps, 1):
            yield from paid_facts(world, found, host, year, paid)


def paid_facts(world: World, found: PlanAccounts, host: str, year: int, paid: Mapping[str, int]) -> Iterator[Facts]:
    """Yield what each member pays in a year: like for like, and of money out the same part."""
    table, account = world.known, found.offices[host]
    for id_, ore in paid.items():
        yield {
            "host": host,
            "host_name": table[host]["name"],
            "kommunenummer": id_,
            "name": table[id_]["name"],
            "year": year,
            "shared_cost_kr": ore / UNITS_PER_KRONE,
            "shared_cash_kr": account.money.cash_kr * ore / account.game.total if account.game.total else 0.0,
            "more_kr": (ore - account.shares[id_]) / UNITS_PER_KRONE,
        }


def better_offices(world: World, found: PlanAccounts, hold: PlanHold | None) -> Iterator[Facts]:
    """Yield each possible office that would pay less than its members do in a plan, as `PlanHold` has them."""
    paid, members, table, bought_kr = found.paid, found.members, world.known, found.money.prices.bought_kr
    for one in hold.better if hold is not None else ():
        cost = sum(paid[id_] for id_ in one.members) - one.gain
        more = group_year(found.problem, found.money, one.members, cost) - YearlyMoney.sum(
            members[id_].shared for id_ in one.members
        )
        yield {
            "size": len(one.members),
            "members": " ".join(one.members),
            "member_names": [table[id_]["name"] for id_ in one.members],
            "gain_kr": one.gain / UNITS_PER_KRONE,
            "gain_by_lines_kr": -more.lines_kr(bought_kr),
            **change_facts(more),
        }


def firm_places(world: World, firm: FirmPlan) -> Iterator[Facts]:
    """Yield how firm the place of each municipality is; no margin where no plan lets it share with others."""
    for id_, verdict in firm.companions.items():
        margin = firm.margins[id_]
        yield {
            "kommunenummer": id_,
            "name": world.known[id_]["name"],
            "level": firm.level(id_),
            "companions": verdict,
            "same_host": firm.same_host[id_],
            "alone": firm.alone[id_],
            "margin": None if margin == float("inf") else margin,
            "changes": len(firm.changes[id_]),
            "changes_in": "; ".join(variant.name for variant in firm.changes[id_]),
        }


def variants(firm: FirmPlan) -> Iterator[Facts]:
    """Yield the variants; no figures where there is no plan."""
    for one in firm.variants:
        yield {
            "variant": one.name,
            "state": one.state,
            "changed": None if one.offices is None else len(one.moved),
            "offices": one.offices,
            "alone": one.alone,
            "mean_minutes": one.mean_minutes,
            "moved": " ".join(one.moved),
        }


def rounded(ends: tuple[float, float]) -> tuple[float, float]:
    """Return the ends of a range without the noise of products."""
    low, high = ends
    return round(low, 6), round(high, 6)


def write_inputs(folder: Path, world: World) -> None:
    """Write every table that the optimiser saw."""
    problem = world.problem
    links = world.links[list(columns.LINKS)].itertuples(index=False)
    journeys: Iterator[Row] = ((id_, *map(float, row)) for id_, row in zip(problem.ids, problem.minutes, strict=True))
    write_csv(folder / "municipalities.csv", columns.INPUT_MUNICIPALITIES.of(input_municipalities(world)))
    write_csv(folder / "minutes.csv", CsvTable(("kommunenummer", *problem.ids), journeys))
    write_csv(folder / "links.csv", CsvTable(columns.LINKS, (tuple(link) for link in links)))


def input_municipalities(world: World) -> Iterator[Facts]:
    """Yield the facts of each municipality of the problem."""
    problem = world.problem
    table = world.municipalities.loc[list(problem.ids), ["population", *sources.COLUMNS]].to_dict("records")
    for i, (id_, row) in enumerate(zip(problem.ids, table, strict=True)):
        yield {
            "kommunenummer": id_,
            "name": problem.names[i],
            "county_number": problem.counties[i],
            "statsforvalter": problem.statsforvaltere[i],
            "population": int(row["population"]),
            **{
                name: getattr(problem, name)[i].item()
                for name in ("planner_fte", "need_fte", "fixed_need_fte", "trips", "takes_part", "may_host")
            },
            **{name: sources.kept(row[name]) for name in sources.COLUMNS},
        }


def read_problem(folder: Path, **asked: Any) -> Problem:
    """Make the problem from the tables of ``inputs/`` and from what was asked of it.

    Parameters
    ----------
    folder
        With the tables.
    asked
        The other fields of the problem, ``money``, ``sharing`` and ``disciplines`` as `written_money`,
        `written_sharing` and `written_disciplines` leave them.

    Raises
    ------
    OSError, KeyError, ValueError
        If the tables are not as `write_inputs` leaves them.
    """
    rows = read_csv(folder / "municipalities.csv")
    ids = tuple(row["kommunenummer"] for row in rows)
    asked |= {
        "money": read_money(asked["money"], ids),
        "sharing": read_sharing(asked["sharing"]),
        "disciplines": read_disciplines(asked["disciplines"]),
    }
    minutes = {row["kommunenummer"]: row for row in read_csv(folder / "minutes.csv")}
    return Problem(
        ids=ids,
        names=tuple(row["name"] for row in rows),
        counties=tuple(row["county_number"] for row in rows),
        statsforvaltere=tuple(row["statsforvalter"] for row in rows),
        minutes=np.array([[float(minutes[a][b]) for b in ids] for a in ids]),
        links=_links(folder / "links.csv", ids),
        planner_fte=_numbers(rows, "planner_fte"),
        need_fte=_numbers(rows, "need_fte"),
        fixed_need_fte=_numbers(rows, "fixed_need_fte"),
        trips=_numbers(rows, "trips"),
        takes_part=_numbers(rows, "takes_part") == 1,
        may_host=_numbers(rows, "may_host") == 1,
        **asked,
    )


def written_money(problem: Problem) -> dict[str, Any] | None:
    """Return the prices in kroner as a manifest holds them, those of single places by number; ``None`` without any.

    They are text: numbers of a manifest are rounded, and these must be read back as they are.
    """
    money = problem.money
    if money is None:
        return None
    flat = bool((money.fte_kr == money.fte_kr[0]).all())
    places = dict(zip(problem.ids, map(repr, money.fte_kr.tolist()), strict=True))
    return {
        "prices": {item.name: repr(getattr(money.prices, item.name)) for item in fields(money.prices)},
        "fte_kr": repr(float(money.fte_kr[0])) if flat else places,
        "alone_kr": {
            id_: repr(kr) for id_, kr in zip(problem.ids, money.alone_kr.tolist(), strict=True) if not np.isnan(kr)
        },
        "shared_today": [[host, list(members)] for host, members in money.shared_today],
    }


def read_money(written: Mapping[str, Any] | None, ids: Sequence[str]) -> Money | None:
    """Return the prices in kroner that a manifest holds; ``None`` where kroner were not counted."""
    if written is None:
        return None
    prices = {name: json.loads(text) for name, text in written["prices"].items()}
    fte_kr, own = written["fte_kr"], written["alone_kr"]
    each = [float(fte_kr[id_] if isinstance(fte_kr, dict) else fte_kr) for id_ in ids]
    alone_kr = np.array([float(own.get(id_, np.nan)) for id_ in ids])
    now = tuple((host, tuple(members)) for host, members in written.get("shared_today", ()))
    return Money(KronerPrices(**prices), np.array(each), alone_kr, shared_today=now)


def written_sharing(problem: Problem) -> dict[str, Any] | None:
    """Return how costs are shared, as a manifest holds it; ``None`` where kroner are not counted."""
    terms = problem.sharing
    if terms is None:
        return None
    figures = {name: {id_: repr(value) for id_, value in some.items()} for name, some in terms.figures.items()}
    parts = {name: repr(part) for name, part in terms.key.parts.items()}
    return {"key": parts, "shared_part": terms.shared_part, "figures": figures}


def read_sharing(written: Mapping[str, Any] | None) -> SharingTerms | None:
    """Return how costs are shared, from a manifest; ``None`` where kroner are not counted."""
    if written is None:
        return None
    figures = {name: {id_: float(text) for id_, text in some.items()} for name, some in written["figures"].items()}
    key = SharingKey({name: float(text) for name, text in written["key"].items()})
    return SharingTerms(key, figures, written["shared_part"])


def written_disciplines(problem: Problem) -> dict[str, Any] | None:
    """Return who needs and holds which disciplines, as a manifest holds it; ``None`` where nothing is known of them."""
    known = problem.disciplines
    if known is None:
        return None
    need = known.need
    return {
        "shares": {name: repr(share) for name, share in need.shares.items()},
        "threshold": repr(need.threshold),
        "only_for": {name: sorted(some) for name, some in need.only_for.items()},
        "table": {
            id_: {name: [repr(one.fte), one.people] for name, one in row.items()} for id_, row in known.table.items()
        },
    }


def read_disciplines(written: Mapping[str, Any] | None) -> Disciplines | None:
    """Return who needs and holds which disciplines, from a manifest; ``None`` where nothing is known of them."""
    if written is None:
        return None
    shares = {name: float(text) for name, text in written["shares"].items()}
    only_for = {name: frozenset(some) for name, some in written["only_for"].items()}
    table = {
        id_: {name: HeldFte(float(fte), people) for name, (fte, people) in row.items()}
        for id_, row in written["table"].items()
    }
    return Disciplines(DisciplineNeed(shares, float(written["threshold"]), only_for), table)


def read_grouping(path: Path) -> Grouping:
    """Read our own ``grouping.csv``."""
    return Grouping.of({row["kommunenummer"]: row["host"] for row in read_csv(path)})


def _numbers(rows: list[dict[str, str]], column: str) -> Floats:
    """Return one column as numbers."""
    return np.array([float(row[column]) for row in rows])


def _links(path: Path, ids: Sequence[str]) -> Bools:
    """Return the symmetric matrix of neighbours."""
    position = {id_: i for i, id_ in enumerate(ids)}
    links = np.zeros((len(ids), len(ids)), dtype=bool)
    for row in read_csv(path):
        a, b = position[row["a"]], position[row["b"]]
        links[a, b] = links[b, a] = True
    return links
