"""A comparison as tables: the one of all figures, and the rows of the files."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any, Final

from geodata import editions
from maps.told.compared import ComparedSetting
from optimizer.judging.comparison import FIGURES, Comparison
from optimizer.problem import Problem
from scenarios.answers.choice import Choice, Judge, same_problem
from scenarios.answers.compare import kroner
from scenarios.export import columns
from scenarios.export.csv_files import Row
from scenarios.world.plain import PROGRAM, SCHEMA_VERSION, plain, version

OWN_RULES = "own rules"

MOVES: Final = {
    "option": "option",
    "kommunenummer": "number",
    "name": "name",
    "kind": "move",
    "host_before": "from_number",
    "host_name_before": "from_host",
    "minutes_before": "from_minutes",
    "host_after": "to_number",
    "host_name_after": "to_host",
    "minutes_after": "to_minutes",
}
"""Columns of ``moves.csv``, and their headings in the catalogue."""
OFFICES: Final = {
    **{name: name for name in ("option", "host", "host_name")},
    "office": "office_name",
    **{name: name for name in ("kind", "size", "members", "member_names", *columns.OFFICE_FIGURES)},
}
TOGETHER: Final = {"kind": "what", **{name: name for name in ("size", "members", "member_names")}}

Value = str | float | None


def table(judge: Judge, chosen: Sequence[Choice], found: Comparison) -> list[tuple[str, str, list[Value]]]:
    """Return the one table: ``(name, unit, value of each option)``.

    Objective, distance from the cheapest option and from the proved bound (if an option was solved under the rules used
    here), what the solver said, key figures, and each term in minutes-equivalents.
    """
    objectives = [option.evaluation.objective for option in found.options]
    lowest, bound = min(objectives), proved_bound(judge, chosen)
    unit = "minutes-equivalents"
    rows: list[tuple[str, str, list[Value]]] = [
        ("objective", unit, [*objectives]),
        (
            "above_lowest",
            unit,
            [objective - lowest if objective < float("inf") else objective for objective in objectives],
        ),
        ("above_bound", unit, [None if bound is None else objective - bound for objective in objectives]),
        ("status", "", [status(judge, choice) for choice in chosen]),
        ("gap", "share", [gap(judge, choice) for choice in chosen]),
    ]
    rows += [(name, item.unit, [option.figures[name] for option in found.options]) for name, item in FIGURES.items()]
    rows += kroner.figures(judge, found)
    rows += [
        (f"burden_{name}", unit, [option.evaluation.terms[name].minutes for option in found.options])
        for name in judge.problem.counted
    ]
    return rows


def by_these_rules(judge: Judge, choice: Choice) -> bool:
    """Return whether an option was solved as exactly the problem that all are judged by."""
    return choice.solved is not None and choice.problem is not None and same_problem(choice.problem, judge.problem)


def differing(judge: Judge, choice: Choice) -> tuple[ComparedSetting, ...]:
    """Return the rules and prices in which an option was solved otherwise; other figures are one entry at the end."""
    own, here = choice.problem, judge.problem
    if choice.solved is None or own is None or by_these_rules(judge, choice):
        return ()
    found = [
        ComparedSetting(f"{section}.{name}", value, other[name])
        for section in ("limits", "weights")
        for other in [asdict(getattr(here, section))]
        for name, value in asdict(getattr(own, section)).items()
        if value != other[name]
    ]
    found += [
        ComparedSetting(f"pins.{name}")
        for name in type(own.pins).__dataclass_fields__
        if getattr(own.pins, name) != getattr(here.pins, name)
    ]
    same = replace(own, limits=here.limits, weights=here.weights, pins=here.pins)
    return (*found, *(() if same_problem(same, here) else (ComparedSetting("data"),)))


def proved_bound(judge: Judge, chosen: Sequence[Choice]) -> float | None:
    """Return the best proved bound on legal plans of the judge's problem, or ``None``."""
    bounds = [choice.solved.bound for choice in chosen if choice.solved and by_these_rules(judge, choice)]
    return max((bound for bound in bounds if bound is not None), default=None)


def status(judge: Judge, choice: Choice) -> str | None:
    """Return what the solver said, and whether it was about other rules."""
    if choice.solved is None:
        return None
    return choice.solved.status if by_these_rules(judge, choice) else f"{choice.solved.status}, {OWN_RULES}"


def gap(judge: Judge, choice: Choice) -> float | None:
    """Return the solver's gap, where it is about the rules used here."""
    return choice.solved.gap if choice.solved and by_these_rules(judge, choice) else None


def document(judge: Judge, chosen: Sequence[Choice], found: Comparison) -> dict[str, Any]:
    """Return the whole comparison as one object."""
    names = dict(zip(judge.problem.ids, judge.problem.names, strict=True))
    mentioned = {id_ for option in found.options for pair in option.grouping for id_ in pair}
    return {
        "schema_version": SCHEMA_VERSION,
        "program": PROGRAM,
        "version": version(),
        "judged_by": {"scenario": judge.name, "title": judge.title, "edition": judge.edition},
        "bound": proved_bound(judge, chosen),
        "names": {id_: names[id_] for id_ in sorted(mentioned)},
        "definitions": {name: {"unit": item.unit, "meaning": item.meaning} for name, item in FIGURES.items()},
        "options": [
            {
                "label": choice.label,
                "kind": choice.kind,
                "title": choice.title,
                "facts": plain(choice.facts),
                "solved": plain(choice.solved) if choice.solved else None,
                "solved_by_these_rules": by_these_rules(judge, choice),
                "objective": plain(option.evaluation.objective),
                "terms": plain(option.evaluation.terms),
                "figures": plain(option.figures),
                "rules": dict(option.evaluation.rules),
                "violations": plain(option.evaluation.violations),
                "office_names": dict(choice.offices),
                "hosts": dict(option.grouping.host_of),
            }
            for choice, option in zip(chosen, found.options, strict=True)
        ],
        "differences": plain(found.differences),
        "moved": plain(found.moved),
        "agreement": plain(found.agreement),
    }


def figure_rows(judge: Judge, chosen: Sequence[Choice], found: Comparison) -> Iterator[Row]:
    """Yield the rows of ``figures.csv``; an empty cell where there is no value."""
    for name, unit, values in table(judge, chosen, found):
        yield (name, unit, *("" if value is None else value for value in values))


def move_rows(problem: Problem, found: Comparison) -> Iterator[Row]:
    """Yield a row for each move from the first option to another."""
    name = dict(zip(problem.ids, problem.names, strict=True))
    for one in found.differences:
        for move in one.moves:
            yield (
                one.after,
                move.id,
                name[move.id],
                move.kind,
                move.before,
                name[move.before],
                move.minutes_before,
                move.after,
                name[move.after],
                move.minutes_after,
            )


def office_rows(problem: Problem, chosen: Sequence[Choice], found: Comparison) -> Iterator[Row]:
    """Yield a row for each office of each option; a space separates members' numbers, a bar their names."""
    name = dict(zip(problem.ids, problem.names, strict=True))
    for choice, option in zip(chosen, found.options, strict=True):
        for office in option.evaluation.offices:
            yield (
                choice.label,
                office.host,
                name[office.host],
                choice.offices.get(office.host, ""),
                "shared" if office.is_shared else "alone",
                len(office.members),
                " ".join(office.members),
                columns.BETWEEN.join(name[member] for member in office.members),
                *(round(float(getattr(office, figure)), 6) for figure in columns.OFFICE_FIGURES),
            )


def together_rows(problem: Problem, found: Comparison) -> Iterator[Row]:
    """Yield what all options agree on: sets that are together, hosts, and who stands alone."""
    name = dict(zip(problem.ids, problem.names, strict=True))
    agreed = found.agreement
    for kind, sets in (
        ("together", agreed.blocks),
        ("host", tuple((id_,) for id_ in agreed.hosts)),
        ("alone", tuple((id_,) for id_ in agreed.alone)),
    ):
        for ids in sets:
            yield kind, len(ids), " ".join(ids), columns.BETWEEN.join(name[id_] for id_ in ids)


def credits_of(judge: Judge) -> list[tuple[str, str, str, str]]:
    """Return the sources of the data: text, licence, address, what was taken."""
    found = editions.credits_of(judge.edition, judge.own_roads)
    return [(credit.text, credit.licence, credit.url, credit.what) for credit in found]
