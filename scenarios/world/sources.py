"""Where the figures of planners come from: an estimate, or a table of the user's own; said wherever they are shown."""

from collections.abc import Iterable
from pathlib import Path

from geopandas import GeoDataFrame

from geodata.planners import PlannerModel
from geodata.schema import ESTIMATE, FIGURE_SOURCES
from scenarios.question.sections import Planners

USER_TABLES = {
    "planners": "inputs/user-planners.csv",
    "travel": "inputs/user-minutes.csv",
    "money": "inputs/user-money.csv",
}
"""Where the user's own tables are kept in the run folder, by the section of the scenario that names them: whatever
they were called before, the same question gives the same files."""

COLUMNS = tuple(FIGURE_SOURCES.values())
WORDS = {"planner_fte": "employed", "need_fte": "needed"}


def of(municipalities: GeoDataFrame, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the sources of each figure of some municipalities: ``"estimate"`` and names of files, sorted."""
    rows = municipalities.loc[list(ids), list(COLUMNS)]
    return {figure: sorted(set(rows[column])) for figure, column in FIGURE_SOURCES.items()}


def of_folder(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return sources as from `of` with the names that a run folder uses."""
    return {figure: [kept(name) for name in names] for figure, names in found.items()}


def kept(source: str) -> str:
    """Return what a run folder calls a source."""
    return source if source == ESTIMATE else Path(USER_TABLES["planners"]).name


def sentence(found: dict[str, list[str]], model: Planners | PlannerModel) -> str:
    """Return the line for some sources.

    Parameters
    ----------
    found
        As from `of`.
    model
        The rates of the estimate.
    """
    rates = {
        "planner_fte": f"{rates_of(model.supply_fixed_fte, model.supply_per_1000)} per 1 000 inhabitants employed",
        "need_fte": f"{rates_of(model.need_fixed_fte, model.need_per_1000)} per 1 000 inhabitants needed",
    }
    own = sorted({name for names in found.values() for name in names if name != ESTIMATE})
    estimated = [figure for figure, names in found.items() if ESTIMATE in names]
    if not estimated:
        return f"planners employed and needed are from {', '.join(own)}"
    where = f" where {', '.join(own)} has no figure" if own else ""
    said = "; ".join(rates[figure] for figure in estimated)
    return f"planners {' and '.join(WORDS[figure] for figure in estimated)} are estimates{where}: {said}; see DATA.md"


def rates_of(fixed: float, per_1000: float) -> str:
    """Return a fixed part and a rate as they are added; a fixed part of nothing is not told."""
    return f"{fixed:g} + {per_1000:g}" if fixed else f"{per_1000:g}"
