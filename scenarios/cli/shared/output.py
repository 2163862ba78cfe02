"""What the commands print, as text for a person or as one JSON object."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from maps.told.places.travel_changes import TravelChangeWords
from maps.told.texts import MINUTE_DECIMALS, Words
from optimizer.engine_table import lists_offices
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation, Violation
from optimizer.judging.offices import applies
from optimizer.problem import Problem
from optimizer.solve import Result
from optimizer.terms import KNOWN_GAP, RULES
from scenarios.export.geography.changed_roads import UNCHANGED
from scenarios.words import money
from scenarios.words.rules import of_limit
from scenarios.world import accounts, sources
from scenarios.world.build import World
from scenarios.world.further import firmness, ranges, tradeoff, travel_changes
from scenarios.world.further.travel_changes import changes_of
from scenarios.world.leaving import PlanHold
from scenarios.world.plain import PROGRAM, SCHEMA_VERSION, plain
from scenarios.world.solving import Outcome

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
        "money": accounts.document(outcome.world, outcome.accounts, outcome.hold),
        "travel_changes": travel_changes.document(outcome.world),
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
        "money": None,
        "travel_changes": travel_changes.document(world),
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


def summary(
    words: Words, outcome: Outcome, evaluation: Evaluation, seconds: Mapping[str, float], out: Path | None
) -> str:
    """Return a plan for a person."""
    words = replace(words, net=outcome.world.problem.counts_net)
    result, minutes = outcome.result, words.minutes(evaluation.objective)
    lines = [
        heading(words, outcome.world),
        f"{standing(words, result)}: {minutes}",
        *([words.text(f"verdict.ties_{result.ties.partition(' ')[0]}")] if result.status == "optimal" else []),
        counted(words, evaluation),
        "",
        *terms_table(words, evaluation),
        "",
        *excused_lines(words, outcome.world.problem, evaluation),
        *in_kroner(words, outcome.world, outcome.result.grouping, outcome.hold),
        estimates(words, outcome.world),
        offices_line(words, result),
        words.text(
            "command.done", total=words.number(seconds["total"], 1), solving=words.number(seconds["solving"], 1)
        ),
    ]
    lines += changed_roads(words, outcome.world, out)
    if out and (out / "report.html").exists():
        lines.append(words.text("command.written_open", out=out, report=out / "report.html"))
    elif out:
        lines.append(words.text("command.written", out=out))
    return "\n".join(lines)


def changed_roads(words: Words, world: World, out: Path | None) -> list[str]:
    """Return what changed roads and journeys changed, and how to see it in the offices; nothing without any."""
    found = changes_of(world)
    if found is None:
        return []
    lines = ["", *TravelChangeWords(words, found, world.problem.label).headline]
    if out:
        lines.append(words.text("changes.offices", command=f"{PROGRAM} compare {out} {out / UNCHANGED}"))
    return [*lines, ""]


def in_kroner(words: Words, world: World, grouping: Grouping | None, hold: PlanHold | None) -> list[str]:
    """Return what a plan costs and which grant holds it in three lines, or why that is not told.

    Nothing where kroner are not counted.
    """
    if grouping is None or world.kroner is None:
        return []
    why = accounts.without_accounts(world, grouping)
    return [words.text(f"kroner.{why}")] if why else money.of_run(words, accounts.accounts_of(world, grouping), hold)


def standing(words: Words, result: Result) -> str:
    """Return how good a plan is known to be."""
    if result.status == "optimal":
        return words.text("summary.optimal")
    if (result.gap or 0) >= KNOWN_GAP:
        return words.text("summary.feasible_unknown")
    return words.text("summary.feasible", gap=words.short(100 * (result.gap or 0), 2))


def counted(words: Words, evaluation: Evaluation) -> str:
    """Return how many offices there are, and how many municipalities alone."""
    offices = words.count("offices", len(evaluation.shared))
    return words.text("command.counted", offices=offices, alone=words.term("alone", len(evaluation.alone)))


def offices_line(words: Words, result: Result) -> str:
    """Return how many offices there were to choose from, as far as the engine lists them."""
    if not lists_offices(result.engine):
        return words.text("command.not_listed", engine=result.engine)
    return f"{words.count('possible', result.candidates)} ({result.engine})"


def sizes(words: Words, world: World, candidates: int | None, more_than: int | None) -> str:
    """Return what a dry run found, for a person; `more_than` if not everything was counted."""
    problem = world.problem
    active = problem.active
    neighbours = words.count("neighbours", int(problem.links[active][:, active].sum()) // 2)
    offices = words.count("possible", more_than if candidates is None and more_than is not None else candidates or 0)
    if more_than is not None:
        offices = words.text("command.more_than", offices=offices)
    rows = [(words.text(f"rule.{name}.title"), limit_text(words, problem, name)) for name in RULES]
    asked_for = [row for row, name in zip(rows, RULES, strict=True) if applies(problem, name)]
    return "\n".join(
        [
            heading(words, world),
            f"{neighbours}, {offices}",
            "",
            words.text("verdict.heading"),
            *columns(asked_for),
            "",
            estimates(words, world),
            words.text("command.not_solved"),
        ]
    )


def limit_text(words: Words, problem: Problem, rule: str) -> str:
    """Return the limit of a rule."""
    limit = getattr(problem.limits, rule, None)
    return "" if limit is None else words.setting(limit)


def judgement(words: Words, world: World, evaluation: Evaluation) -> str:
    """Return the evaluation of a grouping for a person."""
    problem, missing = world.problem, unplaced(world.problem, evaluation)
    burden, without = words.minutes(evaluation.objective), words.count("municipalities", len(missing))
    lines = [
        heading(words, world),
        words.text(f"command.judged{'_part' if missing else ''}", burden=burden),
        *([words.text("command.without_host", municipalities=without)] if missing else []),
        counted(words, evaluation),
        "",
        *terms_table(words, evaluation),
        "",
        words.text("verdict.heading"),
        *columns(
            [
                (words.text(f"rule.{rule}.title"), rule_text(words, problem, rule, said))
                for rule, said in evaluation.rules.items()
            ]
        ),
        "",
        estimates(words, world),
        *excused_lines(words, problem, evaluation),
    ]
    if not evaluation.violations:
        return "\n".join([*lines, words.text(f"command.kept{'_excused' if evaluation.excused else ''}")])
    lines.append(words.count("breaches", len(evaluation.violations)))
    told = [one for one in evaluation.violations if one.rule != "complete" or one.ids[0] not in missing]
    lines += said_of(words, problem, told)
    if missing:
        names = words.listed(map(problem.label, missing), NAMED)
        lines.append("  " + words.text("command.without_host_named", municipalities=without, names=names))
    return "\n".join(lines)


def excused_lines(words: Words, problem: Problem, evaluation: Evaluation) -> list[str]:
    """Return what was decided beforehand and breaks rules, one line each below its number; nothing if nothing does."""
    held = [breach for breach in evaluation.excused if breach.host in problem.pins.held]
    named = [breach for breach in evaluation.excused if breach.host not in problem.pins.held]
    lines = []
    if held:
        offices = words.count("existing", len({breach.host for breach in held}))
        lines += [words.text("verdict.excused", offices=offices), *said_of(words, problem, held)]
    if named:
        hosts = words.count("hosts", len(named))
        lines += [words.text("verdict.decided", hosts=hosts), *said_of(words, problem, named)]
    return lines


def said_of(words: Words, problem: Problem, violations: Iterable[Violation]) -> list[str]:
    """Return violations as indented lines."""
    return [f"  {violation_text(words, problem, one)}" for one in violations]


def rule_text(words: Words, problem: Problem, rule: str, said: str) -> str:
    """Return the verdict on a rule; of one that does not apply because its breach has a price, that price."""
    term = RULES[rule].instead
    verdict = words.text(f"method.{said.replace(' ', '_')}")
    if said != "not applicable" or not getattr(problem.weights, term, 0):
        return verdict
    return words.text("command.priced", verdict=verdict, term=words.text(f"term.{term}.noun"))


def unplaced(problem: Problem, evaluation: Evaluation) -> list[str]:
    """Return who takes part and has no host."""
    takes_part = {id_ for id_, active in zip(problem.ids, problem.active, strict=True) if active}
    return [one.ids[0] for one in evaluation.violations if one.rule == "complete" and one.ids[0] in takes_part]


def violation_text(words: Words, problem: Problem, violation: Violation) -> str:
    """Return one violation as a line."""
    who = words.listed(map(problem.label, violation.ids))
    if violation.host and violation.ids != (violation.host,):
        who = words.text("command.breach_at", who=who, host=problem.label(violation.host))
    said = f"{words.text(f'rule.{violation.rule}.title')}: {who}"
    if violation.rule == "complete":
        return f"{said} ({words.text('paper.not_part')})"
    if violation.found is None:
        return said
    found = of_limit(words, violation.rule, violation.found)
    limit = of_limit(words, violation.rule, violation.limit or 0)
    return f"{said}: {words.text('verdict.breach', found=found, limit=limit)}"


def heading(words: Words, world: World) -> str:
    """Return the line that names the question."""
    facts = asked(world)
    counties = f" ({', '.join(world.counties)})" if world.counties else ""
    return words.text(
        "command.heading",
        scenario=f"{facts['scenario']}{counties}",
        municipalities=words.count("municipalities", facts["municipalities"]),
        edition=facts["edition"],
    )


def estimates(words: Words, world: World) -> str:
    """Return the sentence that says which figures of planners are estimates."""
    return sources.sentence(words, world.fte_sources, world.scenario.planners)


def written_to(words: Words, *targets: Path | None) -> list[str]:
    """Return the line that says where the answer is written; nothing if it is nowhere."""
    out = words.listed(str(target) for target in targets if target is not None)
    return ["", words.text("command.written", out=out)] if out else []


def terms_table(words: Words, evaluation: Evaluation) -> list[str]:
    """Return the terms with value, unit and minutes."""
    rows = [tuple(words.text(f"method.{head}") for head in ("term", "value", "unit", "minutes"))]
    rows += [
        (
            words.text(f"term.{name}.title"),
            words.number(term.value, words.decimals(name)),
            words.text(f"unit.{term.unit}"),
            words.number(term.minutes, MINUTE_DECIMALS),
        )
        for name, term in evaluation.terms.items()
    ]
    return columns(rows, right=(1, 3))


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
