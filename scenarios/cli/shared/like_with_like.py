"""How `evaluate` tells a grouping beside the plans between it and the best one."""

from typing import Any

from maps.told.texts import DASH, MINUTE_DECIMALS, Words
from optimizer.judging.evaluation import Evaluation
from scenarios.answers.like_with_like import Between, LikeWithLike
from scenarios.cli.shared.output import columns
from scenarios.world.plain import plain

SAME_MINUTES = 0.05
"""Minutes: less is not shown."""


def object_of(like: LikeWithLike) -> dict[str, Any]:
    """Return the plans between as an object; minutes-equivalents of the members' offices and of the others' apart."""

    def sums(evaluation: Evaluation | None) -> dict[str, Any]:
        inside, outside = like.minutes(evaluation) if evaluation else (None, None)
        objective = evaluation.objective if evaluation else None
        return plain({"objective": objective, "members_minutes": inside, "others_minutes": outside})  # type: ignore[no-any-return]

    def of_plan(plan: Between) -> dict[str, Any]:
        return {
            "status": plan.status,
            **sums(plan.evaluation),
            "bound": plain(plan.bound),
            "violations": plain(plan.evaluation.violations) if plan.evaluation else [],
            "hosts": dict(plan.grouping.host_of) if plan.grouping else None,
        }

    return {
        "members": list(like.members),
        "others": list(like.others),
        "as_judged": sums(like.judged),
        "regrouped": of_plan(like.regrouped),
        "held": of_plan(like.held),
    }


def text(words: Words, like: LikeWithLike, best: Evaluation) -> list[str]:
    """Return the grouping and the optimum with the two plans between them, and what each of the four is."""
    members = words.count("sharing", len(like.members))
    others = words.count("standing", len(like.others))

    def row(key: str, evaluation: Evaluation | None, status: str = "optimal") -> tuple[str, ...]:
        name = words.text(f"like.{key}")
        if evaluation is None:
            return name, words.text(f"command.{status}"), "", ""
        open_ = "" if status == "optimal" else f" ({words.text('proof.open')})"
        sums = [evaluation.objective, *like.minutes(evaluation)]
        return f"{name}{open_}", *(words.number(one, MINUTE_DECIMALS) for one in sums)

    regrouped, held = like.regrouped, like.held
    rows = [
        (words.text("unit.minutes"), words.text("like.all"), members, others),
        row("judged", like.judged),
        row("regrouped", regrouped.evaluation, regrouped.status),
        row("held", held.evaluation, held.status),
        (words.text("like.best"), words.number(best.objective, MINUTE_DECIMALS), DASH, DASH),
    ]
    return [
        words.text("like.heading", members=members, others=others),
        *columns(rows, right=(1, 2, 3)),
        *regrouped_text(words, like),
        *held_text(words, like, best),
    ]


def regrouped_text(words: Words, like: LikeWithLike) -> list[str]:
    """Return what the members could do among themselves."""
    if not like.members:
        return [words.text("like.regrouped_nobody")]
    what = words.text("like.regrouped_what")
    if like.regrouped.evaluation is None:
        return [what]
    now, then = like.minutes(like.judged)[0], like.minutes(like.regrouped.evaluation)[0]
    said = words.text("like.regrouped_apart", apart=above(words, now, then))
    return [what, f"  {said}", *broken(words, like.judged)]


def held_text(words: Words, like: LikeWithLike, best: Evaluation) -> list[str]:
    """Return what can be done around its offices."""
    if not like.others:
        return [words.text("like.held_nobody")]
    what = words.text("like.held_what")
    if like.held.evaluation is None:
        return [what]
    apart = above(words, like.held.evaluation.objective, best.objective)
    undone = words.minutes(like.judged.objective - like.held.evaluation.objective)
    said = (words.text("like.held_apart", apart=apart), words.text("like.held_undone", undone=undone))
    return [what, *(f"  {one}" for one in said), *broken(words, like.held.evaluation)]


def broken(words: Words, evaluation: Evaluation) -> list[str]:
    """Return a line on the rules that a plan breaks, which is why it may lie below one that keeps them."""
    broken_rules = dict.fromkeys(one.rule for one in evaluation.violations)
    rules = "; ".join(words.text(f"rule.{rule}.title") for rule in broken_rules)
    return [f"  {words.text('like.broken', rules=rules)}"] if rules else []


def above(words: Words, minutes: float, least: float) -> str:
    """Return how far a sum of minutes lies from another, in words."""
    apart = minutes - least
    if abs(apart) < SAME_MINUTES:
        return words.text("like.same")
    share = f" ({words.percent(abs(apart) / least, 1)})" if least else ""
    return words.text(f"like.{'more' if apart > 0 else 'less'}", minutes=words.minutes(abs(apart)), share=share)
