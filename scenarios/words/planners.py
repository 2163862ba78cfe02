"""The sentence that says which figures of planners are estimates, wherever answers show årsverk."""

from collections.abc import Mapping, Sequence

from geodata.schema import ESTIMATE
from scenarios.question.sections import Planners
from scenarios.words.words import listed, number, sentence, text
from scenarios.world.build import World

RATE_DECIMALS = 4


def of_planners(sources: Mapping[str, Sequence[str]], model: Planners) -> str:
    """Return the sentence.

    Parameters
    ----------
    sources
        Of ``planner_fte`` and ``need_fte``, as from `scenarios.world.sources.of`.
    model
        The rates of the estimate.
    """
    rates = {
        "planner_fte": rates_of("employed", model.supply_fixed_fte, model.supply_per_1000),
        "need_fte": rates_of("needed", model.need_fixed_fte, model.need_per_1000),
    }
    own = sorted({name for names in sources.values() for name in names if name != ESTIMATE})
    estimated = [rates[figure] for figure, names in sources.items() if ESTIMATE in names]
    if not estimated:
        return sentence("planners.own", tables=listed(own))
    if own:
        return sentence("planners.mixed", tables=listed(own), rates=listed(estimated))
    return sentence("planners.estimate", rates=listed(estimated))


def rates_of(figure: str, fixed: float, per_1000: float) -> str:
    """Return the rates of one figure, årsverk; a fixed part of nothing is not told."""
    told = {"rate": number(per_1000, RATE_DECIMALS)}
    if not fixed:
        return text(f"planners.{figure}", **told)
    return text(f"planners.{figure}_fixed", fixed=number(fixed, RATE_DECIMALS), **told)


def planners_note(world: World) -> str:
    """Return the sentence that says which årsverk are estimates."""
    return of_planners(world.fte_sources, world.scenario.planners)
