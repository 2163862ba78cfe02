"""The kroner of a comparison: money out and work left undone of each option, like for like, and who pays too much."""

from collections.abc import Sequence

import numpy as np

from maps.told.texts import MILLION
from optimizer.judging.comparison import Comparison, Option
from optimizer.judging.kroner.three_states import ThreeStates, plan_states
from scenarios.answers.choice import Judge
from scenarios.world.accounts import accounts_of

FIGURES = (("money_out", "million_kr"), ("undone_fte", "årsverk"), ("like_for_like", "million_kr"))
LOSERS = "losers"


def figures(judge: Judge, found: Comparison) -> list[tuple[str, str, list[str | float | None]]]:
    """Return the rows on kroner: ``(name, unit, value of each option)``; none where kroner are not counted.

    Who pays more than alone takes the scenario's key, so it is told where the scenario is at hand.
    """
    if judge.problem.money is None:
        return []
    values = [of_option(judge, option) for option in found.options]
    rows: list[tuple[str, str, list[str | float | None]]] = [
        (name, unit, [None if one is None else one[i] for one in values]) for i, (name, unit) in enumerate(FIGURES)
    ]
    if judge.world is not None:
        rows.append((LOSERS, "municipalities", [losers(judge, option) for option in found.options]))
    return rows


def of_option(judge: Judge, option: Option) -> Sequence[float] | None:
    """Return money out, work left undone, and both like for like; ``None`` where somebody cannot reach the host."""
    money = judge.problem.money
    if money is None or not np.isfinite(option.evaluation.objective):
        return None
    shared = ThreeStates.sum(plan_states(judge.problem, money, option.grouping).values()).shared
    return shared.cash_kr / MILLION, shared.undone_fte, shared.cost_kr / MILLION


def losers(judge: Judge, option: Option) -> float | None:
    """Return how many municipalities pay more than alone by the scenario's key; ``None`` where that is not counted."""
    found = None if judge.world is None else accounts_of(judge.world, option.grouping)
    if found is None:
        return None
    return sum(len(account.paid_more(account.shares)) for account in found.offices.values())
