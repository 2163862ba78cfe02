"""Plain sentences about an office and the best plan; each sentence keeps the figures that it was made of."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from maps.told.texts import Words
from optimizer.judging.evaluation import OfficeRow, Violation
from optimizer.problem import Problem
from optimizer.questions.office import OfficeMember, OfficeReport, Price
from scenarios.words.names import Names
from scenarios.words.rules import of_limit

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
        As a person reads it.
    values
        What it was made of: numbers as they are before rounding, ids of municipalities.
    """

    kind: str
    text: str
    values: Mapping[str, object]


def about(names: Names, problem: Problem, report: OfficeReport, estimated: Collection[str]) -> list[Sentence]:
    """Return the sentences about an office as a whole.

    Parameters
    ----------
    names
        What to call the municipalities, and the language.
    problem, report
        The rules, and the office judged by them.
    estimated
        Municipalities whose planners employed are an estimate.
    """
    known = frozenset(estimated)
    best = best_plan(names, problem, report, known)
    return [*today(names, problem, report, known), *breaches(names, report), *best, *holding(names, report)]


def label(names: Names, office: OfficeRow, estimated: frozenset[str]) -> str:
    """Return the label of an office's planners: an estimate if that of any member is one."""
    return names.text("office.label") if estimated.intersection(office.members) else ""


def today(names: Names, problem: Problem, report: OfficeReport, estimated: frozenset[str]) -> Iterator[Sentence]:
    """Say what the office is: size, journeys, critical mass, lines."""
    office, mass = report.office, problem.limits.min_office_fte
    size = names.text(
        "office.size",
        office=report.name,
        municipalities=names.count("municipalities", len(office.members)),
        host=names[office.host],
        chosen="" if report.host_named else names.text("office.chosen"),
        mean=way(names, office.mean_minutes),
        longest=way(names, office.longest_minutes),
    )
    journeys = {"mean": office.mean_minutes, "longest": office.longest_minutes}
    yield Sentence("size", size, {"members": office.members, "host": office.host, **journeys})
    kind = "below_mass" if office.missing_fte > SAME else "mass"
    text = names.text(
        f"office.{kind}",
        planners=names.fte(office.planner_fte),
        label=label(names, office, estimated),
        missing=names.fte(office.missing_fte),
        mass=names.fte(mass),
    )
    yield Sentence(kind, text, {"planner_fte": office.planner_fte, "missing_fte": office.missing_fte, "mass": mass})
    for line in ("county_lines", "statsforvalter_lines"):
        if many := getattr(office, line):
            said = names.text(f"office.{line}", members=names.count("members", many), host=names[office.host])
            yield Sentence(line, said, {"members": many})


def breaches(names: Names, report: OfficeReport) -> Iterator[Sentence]:
    """Say which rules the office breaks, or that it keeps all of them."""
    for violation in report.violations:
        values = {"ids": violation.ids, "found": violation.found, "limit": violation.limit}
        yield Sentence(f"breaks_{violation.rule}", breach(names, violation), values)
    if not report.violations:
        yield Sentence("within_rules", names.text("office.within_rules"), {})


def breach(names: Names, violation: Violation) -> str:
    """Return a breach as a sentence."""
    found, limit, rule = violation.found or 0.0, violation.limit or 0.0, violation.rule
    who, host = names[violation.ids[0]], names[violation.host or violation.ids[0]]
    if rule == "max_minutes":
        return too_far(names, who, host, found, limit)
    if not names.has(f"rule.{rule}.broken"):
        return names.text("office.other", rule=names.text(f"rule.{rule}.title"))
    figures = {"found": of_limit(names, rule, found), "limit": of_limit(names, rule, limit)}
    return names.sentence(f"rule.{rule}.broken", who=who, host=host, **figures)


def too_far(names: Names, who: str, host: str, found: float, limit: float) -> str:
    """Say that a journey is too long."""
    if found == float("inf"):
        return names.text("breach.unreachable", name=who, host=host) + "."
    over = {"over": names.short(found - limit), "limit": names.short(limit)}
    return names.text("office.too_far", who=who, minutes=names.minutes(found), host=host, **over)


def best_plan(names: Names, problem: Problem, report: OfficeReport, estimated: frozenset[str]) -> Iterator[Sentence]:
    """Say where the best plan places the members."""
    if report.unchanged:
        yield Sentence("unchanged", names.text("office.unchanged"), {})
        return
    shared = [office for office in report.best_offices if office.is_shared]
    alone = [office.host for office in report.best_offices if not office.is_shared]
    parts = []
    if shared:
        inside = sum(len(set(office.members) & set(report.office.members)) for office in shared)
        counts = {
            "municipalities": names.count("municipalities", inside),
            "offices": names.count("offices", len(shared)),
        }
        parts.append(names.text("office.placed_shared", **counts, hosts=names.all_of(one.host for one in shared)))
    if alone:
        many = names.count("municipalities", len(alone))
        parts.append(names.text("office.placed_alone", municipalities=many, names=names.all_of(alone)))
    values = {"hosts": tuple(office.host for office in shared), "alone": tuple(alone)}
    yield Sentence("placed", names.text("office.placed", parts=names.listed(parts)), values)
    for office in shared:
        yield new_office(names, office, problem.limits.min_office_fte, estimated)


def new_office(names: Names, office: OfficeRow, mass: float, estimated: frozenset[str]) -> Sentence:
    """Say what an office of the best plan is."""
    lack = names.text("office.lack", missing=names.fte(office.missing_fte)) if office.missing_fte > SAME else ""
    text = names.text(
        "office.new_office",
        host=names[office.host],
        members=names.all_of(id_ for id_ in office.members if id_ != office.host),
        planners=names.fte(office.planner_fte),
        label=label(names, office, estimated),
        lack=lack,
        longest=way(names, office.longest_minutes),
    )
    values = {"host": office.host, "members": office.members, "planner_fte": office.planner_fte}
    figures = {"missing_fte": office.missing_fte, "mass": mass, "longest": office.longest_minutes}
    return Sentence("new_office", text, {**values, **figures})


def holding(names: Names, report: OfficeReport) -> Iterator[Sentence]:
    """Say what it gives to hold the office."""
    if report.unchanged:
        return
    if report.price is None:
        yield Sentence("cannot_hold", names.text("office.cannot_hold"), {"violations": len(report.violations)})
    else:
        yield priced(names, "hold", names.text("office.hold"), report.price)


def priced(words: Words, kind: str, what: str, price: Price) -> Sentence:
    """Say how much more burden something gives, and how sure that is."""
    values = {"status": price.status, "extra": price.extra, "low": price.low, "high": price.high, "terms": price.terms}
    if price.extra is None:
        known = "infeasible" if price.status == "infeasible" else "unknown"
        return Sentence(f"{kind}_{price.status}", words.text(f"office.price_{known}", what=what), values)
    extra = words.minutes(abs(price.extra))
    if price.status != "optimal":
        form = "same" if abs(price.extra) < SMALLEST else "more" if price.extra > 0 else "less"
        text = words.text(f"office.price_feasible_{form}", what=what, extra=extra, between=between(words, price))
        return Sentence(f"{kind}_feasible", text, values)
    if price.extra < SMALLEST:
        return Sentence(f"{kind}_free", words.text("office.price_free", what=what), values)
    text = words.text("office.price_optimal", what=what, extra=extra, split=split(words, price))
    return Sentence(f"{kind}_optimal", text, values)


def between(words: Words, price: Price) -> str:
    """Return between which differences the true one is, as far as it is known."""
    if price.low is None or price.high is None:
        return ""
    return words.text("office.between", low=words.short(price.low), high=words.short(price.high))


def split(words: Words, price: Price) -> str:
    """Return the difference term by term, as far as it shows."""
    parts = [
        f"{words.text(f'term.{name}.noun')} {words.signed(value)}"
        for name, value in price.terms.items()
        if abs(value) >= SMALLEST
    ]
    return words.text("office.split", parts=", ".join(parts)) if parts else ""


def about_member(names: Names, report: OfficeReport, member: OfficeMember) -> list[Sentence]:
    """Return what the best plan does with a member, and why."""
    who, host = names[member.id], names[report.office.host]
    found = [placed_member(names, report, member)]
    if member.same_host:
        return found
    if member.too_far is not None:
        limit = member.too_far.limit or 0.0
        values = {"minutes": member.minutes, "limit": limit}
        return [*found, Sentence("too_far", too_far(names, who, host, member.minutes, limit), values)]
    if member.price is not None:
        # The host itself would stay host, or stand alone.
        what = names.text("office.keep_own" if who == host else "office.keep", who=who, host=host)
        found.append(priced(names, "keep", what, member.price))
    return found


def placed_member(names: Names, report: OfficeReport, member: OfficeMember) -> Sentence:
    """Say where the best plan places a member."""
    who = names[member.id]
    others = [id_ for id_ in member.best_members if id_ not in (member.id, member.best_host)]
    values = {"host": member.best_host, "members": member.best_members, "minutes": member.best_minutes}
    if len(member.best_members) == 1:
        return Sentence("best_alone", names.text("office.best_alone", who=who), values)
    if member.best_host == member.id:
        return Sentence("best_host", names.text("office.best_host", who=who, names=names.all_of(others)), values)
    kind = "best_same" if member.best_host == report.office.host else "best_other"
    text = names.text(
        f"office.{kind}{'_with' if others else ''}",
        who=who,
        host=names[member.best_host],
        minutes=way(names, member.best_minutes),
        names=names.all_of(others),
    )
    return Sentence(kind, text, values)


def way(words: Words, minutes: float) -> str:
    """Return the minutes of a journey, or that there is no way."""
    return words.text("office.no_way") if minutes == float("inf") else words.minutes(minutes)
