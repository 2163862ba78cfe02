"""The command ``evaluate``."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from maps.told.texts import MINUTE_DECIMALS, Words, in_language
from optimizer.judging.evaluate import evaluate as judge
from optimizer.judging.evaluation import Evaluation
from optimizer.problem import Problem
from optimizer.questions.office import Best, OfficeReport
from optimizer.questions.office import report as report_on
from optimizer.solve import Result
from scenarios.answers import options
from scenarios.answers.choice import Choice, whole
from scenarios.answers.like_with_like import LikeWithLike, is_whole, like_with_like
from scenarios.cli.shared import like_with_like as cli_like
from scenarios.cli.shared import option, output
from scenarios.cli.shared.asking import load_world, plan_of
from scenarios.cli.shared.option import listed
from scenarios.cli.shared.progress import Reporter, reporter
from scenarios.cli.shared.session import stop_on_signals
from scenarios.cli.shared.start import grouping_of
from scenarios.cli.shared.streams import say, tell
from scenarios.words import office as office_words
from scenarios.words.names import Names, names_of
from scenarios.world import accounts, groupings, holding
from scenarios.world.build import World
from scenarios.world.holding import usable
from scenarios.world.leaving import quick_hold
from scenarios.world.plain import dumps, plain
from scenarios.world.solving import run

WRITTEN_MINUTES = 0.5
"""Minutes by which a journey written in a table may be rounded."""


@dataclass(frozen=True)
class Distance:
    """How far a grouping is from the best plan.

    Parameters
    ----------
    minutes
        Its objective less that of the best plan found, minutes-equivalents; ``None`` if it leaves somebody out or
        somebody cannot reach the host.
    most
        Its objective less the proved bound; equal to `minutes` if the plan is proved.
    share
        `minutes` of the best plan's objective.
    """

    minutes: float | None
    most: float | None
    share: float | None


@dataclass(frozen=True, eq=False)
class JudgedGrouping:
    """Everything that the command found.

    Parameters
    ----------
    given, found
        The grouping and its judgement.
    best, distance
        The best plan and how far it is; ``None`` if it was not asked for.
    like
        The plans between; ``None`` if they were not asked for, or cannot be given.
    reports
        On single offices.
    """

    given: Choice
    found: Evaluation
    best: Best | None
    distance: Distance | None
    like: LikeWithLike | None
    reports: list[OfficeReport]


def evaluate(
    grouping: str,
    scenario: str,
    overrides: list[str] | None,
    counties: list[str] | None,
    optimum: bool,
    office: list[str] | None,
    missing_alone: bool,
    as_json: bool,
    language: option.Language,
    quiet: bool,
) -> None:
    """Judge a grouping of your own, or an arrangement of today: terms, rules and every violation."""
    options.kind_of(grouping)  # a wrong name is found before the data is loaded
    words = Words(str(language))
    with stop_on_signals(words), reporter(words, quiet=quiet or not (optimum or office)) as show:
        world = load_world(scenario, listed(overrides), listed(counties))
        given = grouping_of(world, grouping)
        tell_of_other_minutes(words, world, given, grouping)
        if missing_alone:
            given = whole(world.problem, given)
        offices = holding.offices_of(world.problem, given.grouping, given.offices, given.guessed)
        wanted = holding.find_all(world.problem, offices, listed(office), "--office")
        found = judge(world.problem, given.grouping)
        best = best_plan(world, given, show) if optimum or wanted else None
        solve = solver(world, show)
        like = between_of(world, given, found, solve, show) if optimum else None
        reports = [report_of(world, one, best, solve, show) for one in wanted] if best else []
    judged = JudgedGrouping(given, found, best, distance_of(found, best) if best else None, like, reports)
    names = names_of(world, words.language)
    say(dumps(document(names, world, judged)) if as_json else "\n".join(text(names, world, judged)))


def tell_of_other_minutes(words: Words, world: World, given: Choice, name: str) -> None:
    """Say where a table states other journeys than those that it is judged by."""
    if options.kind_of(name) != "table":
        return
    own = dict(zip(world.problem.ids, world.problem.names, strict=True))
    stated, at = groupings.stated_minutes(Path(name), world.scenario.edition, own), world.problem.index
    pairs = [(id_, host) for id_, host in given.grouping if id_ in stated and id_ in at and host in at]
    here = {id_: float(world.problem.minutes[at[id_], at[host]]) for id_, host in pairs}
    other = [id_ for id_, minutes in here.items() if abs(stated[id_] - minutes) > WRITTEN_MINUTES]
    if other:
        first = other[0]
        tell(
            words.text(
                "command.other_minutes",
                name=name,
                municipalities=words.count("municipalities", len(other)),
                who=world.problem.label(first),
                there=words.short(stated[first]),
                here=words.short(here[first]),
            )
        )


def best_plan(world: World, given: Choice, show: Reporter) -> Best:
    """Return the best plan; without one the command ends here with its code."""
    show.phase("solving")
    outcome = plan_of(world, show, usable(world.problem, given.grouping).grouping)
    if outcome.evaluation is None or outcome.result.grouping is None:
        raise ValueError("there is no plan")
    return Best(outcome.result, outcome.result.grouping, outcome.evaluation)


def solver(world: World, show: Reporter) -> Callable[[Problem], Result]:
    """Return what solves another problem as the scenario says."""

    def solve(problem: Problem) -> Result:
        return run(replace(world, problem=problem), report=show.progress).result

    return solve


def between_of(
    world: World, given: Choice, found: Evaluation, solve: Callable[[Problem], Result], show: Reporter
) -> LikeWithLike | None:
    """Return the plans between the grouping and the best one; ``None`` if it does not place those who take part."""
    if not is_whole(found):
        return None
    show.phase("like")
    return like_with_like(world.problem, given.grouping, solve)


def report_of(
    world: World, office: Any, best: Best, solve: Callable[[Problem], Result], show: Reporter
) -> OfficeReport:
    """Return the report on one office."""
    show.phase("keep", name=office.name)
    return report_on(world.problem, office, best, solve)


def distance_of(found: Evaluation, best: Best) -> Distance:
    """Return how far a grouping is from the best plan."""
    left_out = any(violation.rule == "complete" for violation in found.violations)
    if left_out or found.objective == float("inf"):
        return Distance(None, None, None)
    least = best.evaluation.objective
    minutes = found.objective - least
    bound = best.result.bound
    return Distance(minutes, None if bound is None else found.objective - bound, minutes / least if least else None)


def document(names: Names, world: World, judged: JudgedGrouping) -> dict[str, Any]:
    """Return the object of ``evaluate --json``."""
    estimated = world.estimated
    given, best, like = judged.given, judged.best, judged.like
    in_kroner = accounts.accounts_of(world, given.grouping)
    return {
        **output.object_of_evaluation(world, judged.found),
        "money": accounts.document(world, in_kroner, quick_hold(given.grouping, in_kroner)),
        "grouping": {"name": given.label, "kind": given.kind, "title": given.title, "facts": plain(given.facts)},
        "optimum": {
            "status": str(best.result.status),
            "objective": best.evaluation.objective,
            "bound": best.result.bound,
            "gap": best.result.gap,
            "terms": plain(best.evaluation.terms),
            "distance": plain(judged.distance),
        }
        if best
        else None,
        "like_with_like": cli_like.object_of(like) if like else None,
        "reports": [
            {
                **plain(report),
                "sentences": plain(office_words.about(names, world.problem, report, estimated)),
                "member_sentences": {
                    member.id: plain(office_words.about_member(names, report, member)) for member in report.members
                },
            }
            for report in judged.reports
        ],
    }


def text(names: Names, world: World, judged: JudgedGrouping) -> list[str]:
    """Return the judgement for a person."""
    given, best = judged.given, judged.best
    title = in_language(names.language, given.title, given.title_en)
    lines = [f"{given.label}: {title}"] if title else []
    hold = quick_hold(given.grouping, accounts.accounts_of(world, given.grouping))
    lines += [output.judgement(names, world, judged.found), *output.in_kroner(names, world, given.grouping, hold)]
    if best and judged.distance:
        lines += ["", *optimum_text(names, judged.found, best, judged.distance)]
        if judged.like:
            lines += ["", *cli_like.text(names, judged.like, best.evaluation)]
    for report in judged.reports:
        lines += ["", *report_text(names, world, report)]
    return lines


def optimum_text(words: Words, found: Evaluation, best: Best, distance: Distance) -> list[str]:
    """Return how far the grouping is from the best plan, term by term."""
    least = best.evaluation
    lines = [f"{output.standing(words, best.result)}: {words.minutes(least.objective)}, {output.counted(words, least)}"]
    if distance.minutes is None:
        why = "unreachable" if found.objective == float("inf") else "left_out"
        return [*lines, words.text(f"command.no_distance_{why}")]
    share = "" if distance.share is None else f" ({words.percent(distance.share, 1)})"
    apart = words.signed(distance.minutes)
    if best.result.status == "optimal" or distance.most is None:
        lines.append(words.text("command.distance", apart=apart, share=share))
    else:
        most = words.at_most(distance.most)
        lines.append(words.text("command.distance_most", apart=apart, share=share, most=most))
    if found.violations:
        lines.append(words.text("command.breaks_more"))
    rows = [tuple(words.text(f"command.{head}") for head in ("term", "this", "best", "difference"))]
    rows += [
        (
            words.text(f"term.{key}.title"),
            *(words.number(minutes, MINUTE_DECIMALS) for minutes in (term.minutes, least.terms[key].minutes)),
            words.signed(term.minutes - least.terms[key].minutes),
        )
        for key, term in found.terms.items()
    ]
    return [*lines, *output.columns(rows, right=(1, 2, 3))]


def report_text(names: Names, world: World, report: OfficeReport) -> list[str]:
    """Return the report on an office."""
    said = office_words.about(names, world.problem, report, world.estimated)
    lines = [report.name, *(f"  {one.text}" for one in said)]
    for member in report.members:
        lines += ["", f"  {names[member.id]}"]
        lines += [f"    {one.text}" for one in office_words.about_member(names, report, member)]
    return lines
