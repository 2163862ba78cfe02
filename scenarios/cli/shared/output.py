"""What the commands print, as text for a person or as one JSON object."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from optimizer.judging.evaluate import Evaluation, Violation, applies
from optimizer.problem import Problem
from optimizer.solve import Result
from optimizer.terms import KNOWN_GAP, RULES
from scenarios.world import ranges
from scenarios.world.build import World
from scenarios.world.further import firmness, tradeoff
from scenarios.world.plain import SCHEMA_VERSION, plain
from scenarios.world.solving import Outcome

TIES = {
    "unique": "the only optimal plan",
    "first in id order": "the first of several equally good plans, by municipality number",
    "open": "other plans may be equally good",
}
"""What is known of plans as good as an optimal one."""


NAMED = 10
"""Municipalities named in a line; of more, the number."""


def object_of_run(outcome: Outcome, seconds: Mapping[str, float], out: Path | None) -> dict[str, Any]:
    """Return the object of ``run --json``."""
    world, result, evaluation = outcome.world, outcome.result, outcome.evaluation
    return {
        "schema_version": SCHEMA_VERSION,
        **asked(world),
        "candidates": result.candidates,
        "status": str(result.status),
        "objective": evaluation.objective if evaluation else None,
        "bound": result.bound,
        "gap": result.gap,
        "engine": result.engine,
        "seconds": dict(seconds),
        "ties": result.ties,
        **({"offices": None, "alone": None} if evaluation is None else counts(evaluation)),
        "terms": plain(evaluation.terms) if evaluation else {},
        "violations": plain(evaluation.violations) if evaluation else [],
        "excused": plain(evaluation.excused) if evaluation else [],
        "fte_sources": world.fte_sources,
        "ranges": ranges.document(world, result.grouping, evaluation) if result.grouping and evaluation else None,
        "tradeoff": tradeoff.document(tradeoff.plans(world.problem, outcome.tradeoff)),
        "firmness": firmness.document(outcome.firm),
        "out": str(out) if out else None,
    }


def object_of_dry_run(
    world: World, candidates: int | None, more_than: int | None, seconds: Mapping[str, float]
) -> dict[str, Any]:
    """Return the object of ``run --dry-run --json``: the same keys, and nothing solved.

    ``candidates`` is ``null`` if they were not all counted; there are more than ``candidates_more_than`` then, which
    no other object has.
    """
    unsolved = dict.fromkeys(("status", "objective", "bound", "gap", "engine"))
    return {
        "schema_version": SCHEMA_VERSION,
        **asked(world),
        "candidates": candidates,
        **({} if more_than is None else {"candidates_more_than": more_than}),
        **unsolved,
        "seconds": dict(seconds),
        "ties": None,
        "offices": None,
        "alone": None,
        "terms": {},
        "violations": [],
        "excused": [],
        "fte_sources": world.fte_sources,
        "ranges": None,
        "tradeoff": None,
        "firmness": None,
        "out": None,
    }


def object_of_evaluation(world: World, evaluation: Evaluation) -> dict[str, Any]:
    """Return the object of ``evaluate --json``."""
    return {
        "schema_version": SCHEMA_VERSION,
        **asked(world),
        "objective": plain(evaluation.objective),
        **counts(evaluation),
        "terms": plain(evaluation.terms),
        "rules": dict(evaluation.rules),
        "violations": plain(evaluation.violations),
        "excused": plain(evaluation.excused),
        "fte_sources": world.fte_sources,
    }


def asked(world: World) -> dict[str, Any]:
    """Return the keys that name the question."""
    return {
        "scenario": world.scenario.name,
        "edition": world.scenario.edition,
        "municipalities": int(world.problem.active.sum()),
    }


def counts(evaluation: Evaluation) -> dict[str, int]:
    """Return the number of shared offices and of municipalities that stand alone."""
    return {"offices": len(evaluation.shared), "alone": len(evaluation.alone)}


def many(count: int, one: str) -> str:
    """Return a number with its noun: ``1 office``, ``2 offices``, ``no municipalities`` as ``0 municipalities``."""
    several = f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
    return f"{figure(count)} {one if count == 1 else several}"


def summary(outcome: Outcome, evaluation: Evaluation, seconds: Mapping[str, float], out: Path | None) -> str:
    """Return a plan for a person."""
    result = outcome.result
    gap = ", how far from optimal is not known" if (result.gap or 0) >= KNOWN_GAP else ""
    gap = gap or (f", at most {result.gap:.2%} from optimal" if result.gap else "")
    lines = [
        heading(outcome.world),
        f"{result.status}{gap}: {figure(evaluation.objective)} minutes-equivalents",
        *([TIES[result.ties]] if result.status == "optimal" else []),
        f"{many(len(evaluation.shared), 'shared office')}, {many(len(evaluation.alone), 'municipality')} alone",
        "",
        *terms_table(evaluation),
        "",
        *excused_lines(outcome.world.problem, evaluation),
        outcome.world.note(),
        offices_line(result),
        f"done in {seconds['total']:.1f} s, of which solving {seconds['solving']:.1f} s",
    ]
    if out:
        lines.append(f"written to {out}; open {out / 'report.html'}")
    return "\n".join(lines)


def offices_line(result: Result) -> str:
    """Return how many offices there were to choose from, as far as the engine lists them."""
    if result.engine == "assignment":
        return "possible offices were not listed (assignment)"
    return f"{many(result.candidates, 'possible office')} ({result.engine})"


def sizes(world: World, candidates: int | None, more_than: int | None) -> str:
    """Return what a dry run found, for a person; `more_than` if not everything was counted."""
    problem = world.problem
    active = problem.active
    neighbours = int(problem.links[active][:, active].sum()) // 2
    offices = f"{candidates} possible offices" if more_than is None else f"more than {more_than} possible offices"
    rows = [(name, limit_text(problem, name), rule.meaning) for name, rule in RULES.items() if applies(problem, name)]
    return "\n".join(
        [
            heading(world),
            f"{neighbours} pairs of neighbours, {offices}",
            "",
            "rules",
            *columns(rows),
            world.note(),
            "nothing was solved",
        ]
    )


def limit_text(problem: Problem, rule: str) -> str:
    """Return the limit of a rule with its unit."""
    limit = getattr(problem.limits, rule, None)
    return f"{limit} {RULES[rule].unit}".strip() if limit is not None else ""


def judgement(world: World, evaluation: Evaluation) -> str:
    """Return the evaluation of a grouping for a person."""
    missing = unplaced(world.problem, evaluation)
    lines = [
        heading(world),
        f"{figure(evaluation.objective)} minutes-equivalents"
        + (", not to be compared with a whole plan" if missing else ""),
        *([f"{many(len(missing), 'municipality')} of those that take part without a host"] if missing else []),
        f"{many(len(evaluation.shared), 'shared office')}, {many(len(evaluation.alone), 'municipality')} alone",
        "",
        *terms_table(evaluation),
        "",
        "rules",
        *columns([(rule, rule_text(world.problem, rule, said)) for rule, said in evaluation.rules.items()]),
        "",
        world.note(),
    ]
    lines += excused_lines(world.problem, evaluation)
    if not evaluation.violations:
        return "\n".join(
            [*lines, "every rule is kept" + (", but for what was decided beforehand" if evaluation.excused else "")]
        )
    lines.append(many(len(evaluation.violations), "violation"))
    told = [one for one in evaluation.violations if one.rule != "complete" or one.ids[0] not in missing]
    lines += [f"  {violation_text(world.problem, one)}" for one in told]
    if missing:
        names = ", ".join(map(world.problem.label, missing[:NAMED]))
        more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
        lines.append(f"  complete  {many(len(missing), 'municipality')} without a host: {names}{more}")
        lines.append("            (--missing-alone lets them stand alone)")
    return "\n".join(lines)


def excused_lines(problem: Problem, evaluation: Evaluation) -> list[str]:
    """Return what was decided beforehand and breaks rules, one line each below its number; nothing if nothing does."""
    held = [breach for breach in evaluation.excused if breach.host in problem.pins.held]
    named = [breach for breach in evaluation.excused if breach.host not in problem.pins.held]
    lines = []
    if held:
        offices = many(len({breach.host for breach in held}), "existing office")
        lines += [f"{offices} break the rules and are held all the same", *said_of(problem, held)]
    if named:
        hosts = many(len(named), "host")
        lines += [f"{hosts} named by pins, smaller than limits.min_host_share asks", *said_of(problem, named)]
    return lines


def said_of(problem: Problem, violations: Iterable[Violation]) -> list[str]:
    """Return violations as indented lines."""
    return [f"  {violation_text(problem, one)}" for one in violations]


def rule_text(problem: Problem, rule: str, said: str) -> str:
    """Return the verdict on a rule; of one that does not apply because its breach has a price, that price."""
    term = RULES[rule].instead
    price = getattr(problem.weights, term, 0)
    return f"{said}: allowed, the term {term} prices it" if said == "not applicable" and price else said


def unplaced(problem: Problem, evaluation: Evaluation) -> list[str]:
    """Return who takes part and has no host."""
    takes_part = {id_ for id_, active in zip(problem.ids, problem.active, strict=True) if active}
    return [one.ids[0] for one in evaluation.violations if one.rule == "complete" and one.ids[0] in takes_part]


def violation_text(problem: Problem, violation: Violation) -> str:
    """Return one violation as a line."""
    who = ", ".join(map(problem.label, violation.ids))
    host = f" (office {problem.label(violation.host)})" if violation.host and violation.ids != (violation.host,) else ""
    found = f": {figure(violation.found)}, limit {figure(violation.limit or 0)}" if violation.found is not None else ""
    if violation.rule == "complete":
        found = " does not take part"
    return f"{violation.rule}  {who}{host}{found}"


def heading(world: World) -> str:
    """Return the line that names the question."""
    facts = asked(world)
    counties = f" ({', '.join(world.counties)})" if world.counties else ""
    return f"{facts['scenario']}{counties}: {many(facts['municipalities'], 'municipality')}, edition {facts['edition']}"


def terms_table(evaluation: Evaluation) -> list[str]:
    """Return the terms with value, unit and minutes."""
    rows = [("term", "value", "unit", "minutes")]
    rows += [(name, figure(term.value), term.unit, figure(term.minutes)) for name, term in evaluation.terms.items()]
    return columns(rows, right=(1, 3))


def figure(number: float) -> str:
    """Return a number with at most two decimals and spaces between thousands."""
    whole = f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}"
    return whole.replace(",", " ")


def columns(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Return aligned lines, the columns in `right` to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    flush = set(right)
    return [
        (
            "  "
            + "  ".join(
                c.rjust(w) if i in flush else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
            )
        ).rstrip()
        for row in rows
    ]
