"""Plain bokmål about an office and the best plan; each sentence keeps the figures that it was made of."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from maps.told.texts import number
from optimizer.judging.evaluate import OfficeRow, Violation
from optimizer.problem import Problem
from optimizer.questions.office import OfficeMember, OfficeReport, Price
from scenarios.words.words import listed, percent, text

SAME = 1e-6
"""Årsverk: sums of decimal numbers that miss the critical mass by no more than this reach it."""

SMALLEST = 0.05
"""Minutes that are shown with one decimal as 0,1 or more."""


@dataclass(frozen=True)
class Sentence:
    """A sentence.

    Parameters
    ----------
    kind
        What it claims.
    text
        In bokmål.
    values
        What it was made of: numbers as they are before rounding, ids of municipalities.
    """

    kind: str
    text: str
    values: Mapping[str, object]


def about(problem: Problem, report: OfficeReport, estimated: Collection[str] | None = None) -> list[Sentence]:
    """Return the sentences about an office as a whole.

    Parameters
    ----------
    problem, report
        The rules, and the office judged by them.
    estimated
        Municipalities whose planners employed are an estimate; ``None``: all of them.
    """
    known = frozenset(problem.ids if estimated is None else estimated)
    best = best_plan(problem, report, known)
    return [*today(problem, report, known), *breaches(problem, report), *best, *holding(report)]


def label(office: OfficeRow, estimated: frozenset[str]) -> str:
    """Return the label of an office's planners: an estimate if that of any member is one."""
    return " (anslag)" if estimated.intersection(office.members) else ""


def today(problem: Problem, report: OfficeReport, estimated: frozenset[str]) -> Iterator[Sentence]:
    """Say what the office is: size, journeys, critical mass, lines."""
    office, host = report.office, called(problem, report.office.host)
    chosen = "" if report.host_named else " (valgt etter reisetid, kilden nevner ingen)"
    yield Sentence(
        "size",
        f"{report.name} har {counted(len(office.members), 'kommune', 'kommuner')} og vertskommune {host}{chosen}. "
        f"Deltakerne har {minutes(office.mean_minutes)} dit i snitt, på det meste {minutes(office.longest_minutes)}.",
        {
            "members": office.members,
            "host": office.host,
            "mean": office.mean_minutes,
            "longest": office.longest_minutes,
        },
    )
    mass = problem.limits.min_office_fte
    figures = {"planner_fte": office.planner_fte, "missing_fte": office.missing_fte, "mass": mass}
    employed = f"Kommunene har til sammen {fte(office.planner_fte)} ansatt{label(office, estimated)}"
    if office.missing_fte > SAME:
        text = f"{employed}, {number(office.missing_fte, 2)} under et fagmiljø på {number(mass, 2)}."
        yield Sentence("below_mass", text, figures)
    else:
        yield Sentence("mass", f"{employed} og når et fagmiljø på {number(mass, 2)}.", figures)
    yield from lines(host, office.county_lines, office.statsforvalter_lines)


def lines(host: str, counties: int, statsforvaltere: int) -> Iterator[Sentence]:
    """Say how many members are across lines, if any are."""
    if counties:
        who = counted(counties, "deltaker", "deltakere")
        yield Sentence("county_lines", f"{who} ligger i et annet fylke enn {host}.", {"members": counties})
    if statsforvaltere:
        who = counted(statsforvaltere, "deltaker", "deltakere")
        yield Sentence(
            "statsforvalter_lines", f"{who} har en annen statsforvalter enn {host}.", {"members": statsforvaltere}
        )


def breaches(problem: Problem, report: OfficeReport) -> Iterator[Sentence]:
    """Say which rules the office breaks, or that it keeps all of them."""
    for violation in report.violations:
        values = {"ids": violation.ids, "found": violation.found, "limit": violation.limit}
        yield Sentence(f"breaks_{violation.rule}", breach(problem, violation), values)
    if not report.violations:
        yield Sentence("legal", "Kontoret følger alle reglene for et kontor.", {})


def breach(problem: Problem, violation: Violation) -> str:
    """Return a breach as a sentence."""
    found, limit = violation.found or 0.0, violation.limit or 0.0
    who, host = called(problem, violation.ids[0]), called(problem, violation.host or violation.ids[0])
    if violation.rule == "max_minutes":
        return too_far(who, host, found, limit)
    return {
        "max_members": f"Kontoret har {number(found)} kommuner, grensen er {number(limit)}.",
        "min_members": f"Kontoret har {number(found)} kommuner, minst {number(limit)} kreves.",
        "contiguity": "Kommunene henger ikke sammen gjennom naboskap over veg eller ferje.",
        "county_lines": f"{who} ligger i et annet fylke enn {host}, og det er ikke tillatt her.",
        "min_office_fte": f"Kontoret har {fte(found)} ansatt, minst {number(limit, 2)} kreves.",
        "max_office_need_fte": f"Kontoret trenger {fte(found)}, grensen er {number(limit, 2)}.",
        "min_host_share": f"{host} har {percent(found)} av årsverkene i {who}, minst {percent(limit)} kreves.",
        "may_host": f"{host} kan ikke være vert.",
        "may_not_host": f"{host} kan ikke være vert.",
    }.get(violation.rule, f"Kontoret bryter regelen {violation.rule}.")


def too_far(who: str, host: str, found: float, limit: float) -> str:
    """Say that a journey is too long."""
    if found == float("inf"):
        return f"{who} har ingen veg eller ferje til {host}."
    return f"{who} har {minutes(found)} til {host}, {number(found - limit)} over grensen på {number(limit)}."


def best_plan(problem: Problem, report: OfficeReport, estimated: frozenset[str]) -> Iterator[Sentence]:
    """Say where the best plan places the members."""
    if report.unchanged:
        yield Sentence("unchanged", "Den beste planen har nøyaktig det samme kontoret.", {})
        return
    offices = report.best_offices
    shared = [office for office in offices if office.is_shared]
    alone = [office.host for office in offices if not office.is_shared]
    parts = []
    if shared:
        inside = sum(len(set(office.members) & set(report.office.members)) for office in shared)
        word = counted(len(shared), "felles kontor", "felles kontor")
        hosts = listed(called(problem, office.host) for office in shared)
        parts.append(f"{inside} av dem i {word} (vert: {hosts})")
    if alone:
        parts.append(f"{len(alone)} alene ({listed(called(problem, id_) for id_ in alone)})")
    values = {"hosts": tuple(office.host for office in shared), "alone": tuple(alone)}
    text = f"Den beste planen plasserer de {len(report.office.members)} kommunene slik: {' og '.join(parts)}."
    yield Sentence("placed", text, values)
    for office in shared:
        members = listed(called(problem, id_) for id_ in office.members if id_ != office.host)
        mass = problem.limits.min_office_fte
        lack = f", {number(office.missing_fte, 2)} under et fagmiljø" if office.missing_fte > SAME else ""
        yield Sentence(
            "new_office",
            f"Kontoret i {called(problem, office.host)} har da {members} som deltakere, "
            f"{fte(office.planner_fte)} ansatt{label(office, estimated)}{lack} og "
            f"{minutes(office.longest_minutes)} på det lengste.",
            {
                "host": office.host,
                "members": office.members,
                "planner_fte": office.planner_fte,
                "missing_fte": office.missing_fte,
                "mass": mass,
                "longest": office.longest_minutes,
            },
        )


def holding(report: OfficeReport) -> Iterator[Sentence]:
    """Say what it costs to hold the office."""
    if report.unchanged:
        return
    if report.price is None:
        text = "Kontoret kan ikke beholdes som det er under disse reglene."
        yield Sentence("cannot_hold", text, {"violations": len(report.violations)})
    else:
        yield priced("hold", "Den beste planen som beholder kontoret", report.price)


def priced(kind: str, what: str, cost: Price) -> Sentence:
    """Say what something costs, and how sure that is."""
    values = {"status": cost.status, "extra": cost.extra, "low": cost.low, "high": cost.high, "terms": cost.terms}
    if cost.extra is None:
        known = "finnes ikke: ingen plan følger reglene" if cost.status == "infeasible" else "ble ikke funnet i tide"
        return Sentence(f"{kind}_{cost.status}", f"{what}, {known}.", values)
    if cost.status != "optimal":
        text = f"{what}, {costs(cost.extra)} den beste som er funnet. Ikke bevist{between(cost)}."
        return Sentence(f"{kind}_feasible", text, values)
    if cost.extra < SMALLEST:
        return Sentence(f"{kind}_free", f"{what}, koster det samme som den beste planen.", values)
    text = f"{what}, koster {number(cost.extra, 1)} minuttekvivalenter mer{split(cost)}."
    return Sentence(f"{kind}_optimal", text, values)


def costs(extra: float) -> str:
    """Return "koster 12,3 minuttekvivalenter mer enn", or less than, or the same as."""
    if abs(extra) < SMALLEST:
        return "koster det samme som"
    return f"koster {number(abs(extra), 1)} minuttekvivalenter {'mer' if extra > 0 else 'mindre'} enn"


def between(cost: Price) -> str:
    """Return between which differences the true one is, as far as it is known."""
    if cost.low is None or cost.high is None:
        return ""
    return f": den virkelige forskjellen ligger mellom {number(cost.low, 1)} og {number(cost.high, 1)}"


def split(cost: Price) -> str:
    """Return the difference term by term, as far as it shows."""
    parts = [
        f"{text(f'term.{name}.noun')} {'+' if value > 0 else ''}{number(value, 1)}"
        for name, value in cost.terms.items()
        if abs(value) >= SMALLEST
    ]
    return f" ({', '.join(parts)})" if parts else ""


def about_member(problem: Problem, report: OfficeReport, member: OfficeMember) -> list[Sentence]:
    """Return what the best plan does with a member, and why."""
    who, host = called(problem, member.id), called(problem, report.office.host)
    found = [placed_member(problem, report, member)]
    if member.same_host:
        return found
    if member.too_far is not None:
        limit = member.too_far.limit or 0.0
        values = {"minutes": member.minutes, "limit": limit}
        return [*found, Sentence("too_far", too_far(who, host, member.minutes, limit), values)]
    if member.price is not None:
        # The host itself would stay host, or stand alone.
        what = f"Den beste planen der {who} {'ikke har en annen vert' if who == host else f'har {host} som vert'}"
        found.append(priced("keep", what, member.price))
    return found


def placed_member(problem: Problem, report: OfficeReport, member: OfficeMember) -> Sentence:
    """Say where the best plan places a member."""
    who = called(problem, member.id)
    others = [id_ for id_ in member.best_members if id_ not in (member.id, member.best_host)]
    company = f", sammen med {listed(called(problem, id_) for id_ in others)}" if others else ""
    values = {"host": member.best_host, "members": member.best_members, "minutes": member.best_minutes}
    if len(member.best_members) == 1:
        return Sentence("best_alone", f"I den beste planen står {who} alene.", values)
    if member.best_host == member.id:
        names = listed(called(problem, id_) for id_ in others)
        return Sentence("best_host", f"I den beste planen er {who} vert for {names}.", values)
    same = member.best_host == report.office.host
    again = " som i dag" if same else ""
    best, away = called(problem, member.best_host), minutes(member.best_minutes)
    text = f"I den beste planen hører {who} til {best}{again}, {away} unna{company}."
    return Sentence("best_same" if same else "best_other", text, values)


def called(problem: Problem, id_: str) -> str:
    """Return the name of a municipality."""
    name = problem.names[problem.index[id_]]
    return name if problem.names.count(name) == 1 else f"{name} ({id_})"


def minutes(value: float) -> str:
    """Return minutes in words."""
    if value == float("inf"):
        return "ingen veg eller ferje"
    shown = number(value)
    return f"{shown} {'minutt' if shown == '1' else 'minutter'}"


def fte(value: float) -> str:
    """Return årsverk with two decimals."""
    return f"{number(value, 2)} årsverk"


def counted(value: int, one: str, many: str) -> str:
    """Return a number with its word."""
    return f"{number(value)} {one if value == 1 else many}"
