"""What helps those whom a plan leaves alone or short of planners."""

from functools import lru_cache

from geodata.schema import ESTIMATE
from maps.told.people.help_words import HelpPlan
from optimizer.grouping import Grouping
from optimizer.questions.measures.help_for_all import help_for_all
from optimizer.staffing.help import DIGITAL_MINUTES, EACH
from scenarios.world.build import World


@lru_cache(maxsize=4)  # tables, pages and the answer of a run ask
def help_of(world: World, grouping: Grouping, *, within: float = DIGITAL_MINUTES, each: int = EACH) -> HelpPlan:
    """Return what helps each municipality short of planners.

    Parameters
    ----------
    world
        What was asked.
    grouping
        The plan.
    within
        Minutes between a municipality and who helps it at most, one way.
    each
        Municipalities that one mentor has at most.

    Raises
    ------
    optimizer.problem.ProblemError
        With all faults of the limits.
    """
    found = help_for_all(world.problem, grouping, within=within, each=each)
    source = world.municipalities["planner_fte_source"]
    known = frozenset(
        one.municipality for one in found if all(source.at[id_] != ESTIMATE for id_ in grouping.offices[one.host])
    )
    return HelpPlan(found, world.problem.limits.min_office_fte, known, within, each)
