"""The best plans under other figures, prices and limits, each proved: one listing of offices, priced again for each.

All plans of a variant are the paths of its diagram (`optimizer.questions.diagram`); the offices of its best plans are
those with which a plan costs no more than the best. Where several plans are as good, the rule of
`optimizer.engines.selection` decides among these few offices, so that the plan is the one that `optimizer.solve`
finds. A variant whose possible offices cost what they cost without it, host for host, is the same question and is not
solved again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np

from optimizer.budget import Budget
from optimizer.engines.candidates import TOLERANCE, CandidatePool, Indices, Integers
from optimizer.engines.listing import PoolTooLargeError, find_groups, listed_again
from optimizer.engines.selection import Selection
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation
from optimizer.problem import UNREACHABLE, Bools, Problem
from optimizer.questions.diagram import NEVER, Diagram, diagram_of, order_of
from optimizer.questions.pool import judged_plan
from optimizer.questions.regret import Setting
from optimizer.terms import RULES

State = Literal["optimal", "same", "infeasible", "too many"]


@dataclass(frozen=True)
class VariantAnswer:
    """What a variant leads to.

    Parameters
    ----------
    name
        Of the setting.
    state
        ``optimal``: proved. ``same``: all that can be chosen costs the same as without it, so the plan stays.
        ``infeasible``: proved that no plan keeps its rules. ``too many``: more possible plans than can be looked
        through at once; nothing is known.
    grouping, evaluation
        The best plan and its judgement by the specification; ``None`` unless the state is ``optimal``.
    """

    name: str
    state: State
    grouping: Grouping | None = None
    evaluation: Evaluation | None = None


MOST_LISTED: Final = 200_000
"""Offices at all their hosts that are listed for the variants."""


def best_under(base: Problem, settings: Sequence[Setting], budget: Budget) -> tuple[VariantAnswer, ...]:
    """Solve each setting.

    Parameters
    ----------
    base
        What they differ from.
    settings
        The same municipalities, neighbours and pins under other figures, prices and limits.
    budget
        Time; receives progress and the seconds taken.

    Returns
    -------
    tuple of VariantAnswer
        Of the first settings only, if the time was not enough.

    Raises
    ------
    ValueError
        If a setting is about other municipalities, neighbours or pins: its offices would not be among those listed.
    """
    if not all(comparable(base, setting.problem) for setting in settings):
        raise ValueError("a variant must have the municipalities, neighbours and pins of the problem")
    within_reach = [setting for setting in settings if not (reach(setting.problem) & ~reach(base)).any()]
    for tried in (settings, within_reach):
        try:
            members = listed(base, tried)
        except PoolTooLargeError:
            continue
        break
    else:
        return tuple(VariantAnswer(setting.name, "too many") for setting in settings)
    without = listed_again(base, members)
    like, order = diagram_of(without), order_of(members, len(without.ids))
    answers = list[VariantAnswer]()
    for setting in settings:
        budget.tell("variants", setting.name)
        if setting not in tried:
            answers.append(VariantAnswer(setting.name, "too many"))
            continue
        pool = listed_again(setting.problem, members)
        answers.append(
            VariantAnswer(setting.name, "same") if same(pool, without) else solved(setting, pool, (like, order), budget)
        )
        if not budget.lasts():
            return tuple(answers[:-1])
    return tuple(answers)


def solved(
    setting: Setting, pool: CandidatePool, known: tuple[Diagram | None, Integers], budget: Budget
) -> VariantAnswer:
    """Return the best plan of a setting out of its pool.

    Parameters
    ----------
    setting, pool, budget
        The setting, its offices, and time.
    known
        The diagram without any setting, of which most have the groups, and an order for those that reach further.
    """
    like, order = known
    diagram = (like and diagram_of(pool, like)) or diagram_of(pool, order=order)
    if diagram is None:
        return VariantAnswer(setting.name, "too many")
    plan = first_of_best(pool, diagram.least(), budget)
    if plan is None:
        return VariantAnswer(setting.name, "infeasible")
    return VariantAnswer(setting.name, "optimal", *judged_plan(setting.problem, plan))


def first_of_best(pool: CandidatePool, least: Integers, budget: Budget) -> CandidatePool | None:
    """Return the plan that `optimizer.solve` finds, ``None`` if there is none, or no time to find it.

    Parameters
    ----------
    pool
        All offices (k,).
    least
        What the cheapest plan with each costs (k,), cost units.
    budget
        Time.

    Raises
    ------
    RuntimeError
        If the exact search finds another best cost: a fault of this program.
    """
    best = least.min(initial=NEVER)
    if best >= NEVER:
        return None
    rows = np.flatnonzero(least == best)
    few = pool.take(rows)
    if (few.members < len(pool.ids)).sum() == len(pool.ids):
        return few
    selection = Selection(replace(few, complete=True), budget.silent(), workers=1)
    selection.run()
    if not budget.lasts():
        return None
    if selection.plan is None or selection.best != best:
        raise RuntimeError(f"the search finds {selection.best} and the diagram {best}")
    return selection.plan


def listed(base: Problem, settings: Sequence[Setting]) -> Indices:
    """Return the groups that are legal offices in some setting or without, at every host that may have them there.

    Raises
    ------
    PoolTooLargeError
        If there are more than `MOST_LISTED`.
    """
    problems = [base, *(setting.problem for setting in settings)]
    near = np.any([reach(problem) for problem in problems], axis=0)
    # What all offices are asked, but for contiguity, which every setting asks alike.
    limited = (rule for rule in RULES.values() if rule.of == "office" and rule.setting not in {"", "contiguity"})
    off: dict[str, Any] = {rule.setting: rule.off for rule in limited}
    limits = replace(
        base.limits,
        max_members=max(problem.limits.max_members for problem in problems),
        min_members=min(problem.limits.min_members for problem in problems),
        **off,
    )
    # Who is held may have a longer way than anybody is allowed.
    beyond = np.where(np.isfinite(base.minutes), limits.max_minutes + 1, UNREACHABLE)
    wide = replace(base, minutes=np.where(near, 0.0, beyond), limits=limits)
    return find_groups(wide, max_groups=MOST_LISTED, every_host=True).members


def reach(problem: Problem) -> Bools:
    """Return which journeys keep the limit (n, n)."""
    return np.asarray(problem.minutes <= problem.limits.max_minutes + TOLERANCE)


def comparable(base: Problem, other: Problem) -> bool:
    """Return whether two problems are about the same municipalities, neighbours and pins."""
    same_arrays = all(
        np.array_equal(getattr(base, name), getattr(other, name)) for name in ("takes_part", "may_host", "links")
    )
    contiguous = base.limits.contiguity == other.limits.contiguity
    return same_arrays and contiguous and base.ids == other.ids and base.pins == other.pins


def same(one: CandidatePool, other: CandidatePool) -> bool:
    """Return whether two pools hold the same offices at the same costs, in the same order and under the same limits."""
    return (
        all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("members", "costs", "tied"))
        and len(one.sides) == len(other.sides)
        and all(
            (a.least, a.most) == (b.least, b.most) and np.array_equal(a.values, b.values)
            for a, b in zip(one.sides, other.sides, strict=True)
        )
    )
