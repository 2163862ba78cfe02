"""How `evaluate` tells a grouping beside the plans between it and the best one."""

from typing import Any

from optimizer.judging.evaluate import Evaluation
from scenarios.answers.like_with_like import Between, LikeWithLike
from scenarios.cli.shared.output import columns, figure, many
from scenarios.world.plain import plain

UNSOLVED = {"infeasible": "no plan keeps the rules", "unknown": "no plan was found within the limit"}
"""What is said where the part that was solved has no plan."""
SAME_MINUTES = 0.005
"""Minutes-equivalents: less is not printed."""


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


def text(like: LikeWithLike, best: Evaluation) -> list[str]:
    """Return the grouping and the optimum with the two plans between them, and what each of the four is."""
    members, others = many(len(like.members), "member"), many(len(like.others), "other")

    def row(name: str, evaluation: Evaluation | None, status: str = "optimal") -> tuple[str, ...]:
        if evaluation is None:
            return name, UNSOLVED[status], "", ""
        sums = [evaluation.objective, *like.minutes(evaluation)]
        return f"{name}{'' if status == 'optimal' else ' (not proved)'}", *map(figure, sums)

    regrouped, held = like.regrouped, like.held
    rows = [
        ("minutes-equivalents", "all", members, others),
        row("as judged", like.judged),
        row("members regrouped", regrouped.evaluation, regrouped.status),
        row("offices held", held.evaluation, held.status),
        ("the optimum", figure(best.objective), "-", "-"),
    ]
    return [
        f"like with like: {members} of shared offices, {others} who stand alone",
        *columns(rows, right=(1, 2, 3)),
        *regrouped_text(like),
        *held_text(like, best),
    ]


def regrouped_text(like: LikeWithLike) -> list[str]:
    """Return what the members could do among themselves."""
    if not like.members:
        return ["members regrouped: nobody shares an office"]
    what = "members regrouped: only its members, among themselves, in the best offices; all others stay alone"
    if like.regrouped.evaluation is None:
        return [what]
    now, then = like.minutes(like.judged)[0], like.minutes(like.regrouped.evaluation)[0]
    said = f"  for its members the judged offices are {above(now, then)} their best among themselves"
    return [what, said, *broken(like.judged)]


def held_text(like: LikeWithLike, best: Evaluation) -> list[str]:
    """Return what can be done around its offices."""
    if not like.others:
        return ["offices held: nobody is left over"]
    what = "offices held: its shared offices exactly as judged, all others in the best offices"
    if like.held.evaluation is None:
        return [what]
    apart = above(like.held.evaluation.objective, best.objective)
    undone = like.judged.objective - like.held.evaluation.objective
    return [
        what,
        f"  a plan that leaves its offices as they are is {apart} the optimum",
        f"  {figure(undone)} of the minutes-equivalents as judged are there because the others stand alone",
        *broken(like.held.evaluation),
    ]


def broken(evaluation: Evaluation) -> list[str]:
    """Return a line on the rules that a plan breaks, which is why it may lie below one that keeps them."""
    rules = ", ".join(dict.fromkeys(one.rule for one in evaluation.violations))
    return [f"  it breaks rules ({rules}), so it may lie below plans that keep them"] if rules else []


def above(number: float, least: float) -> str:
    """Return how far a sum of minutes lies from another, in words."""
    apart = number - least
    share = f" ({abs(apart) / least:.1%})" if least else ""
    if abs(apart) < SAME_MINUTES:
        return "as good as"
    return f"{figure(abs(apart))} minutes-equivalents{share} {'above' if apart > 0 else 'below'}"
