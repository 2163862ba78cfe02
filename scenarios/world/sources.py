"""Where the figures of planners come from: an estimate, or a table of the user's own; said wherever they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from geodata.owntables.formats.binary import OPENMATRIX
from geodata.owntables.shapes.features import SHAPEFILE, is_shapes
from geodata.planners import PlannerModel
from geodata.schema import ESTIMATE, FIGURE_SOURCES
from maps.told.texts import Words
from scenarios.question.schema import NOT_INHERITED, Scenario
from scenarios.question.sections.data import Planners

USER_TABLES = {
    ("data", "municipalities"): "inputs/user-municipalities.csv",
    ("data", "boundaries"): "inputs/user-boundaries.gpkg",
    ("data", "neighbours"): "inputs/user-neighbours.csv",
    ("data", "figures"): "inputs/user-figures.csv",
    ("planners", "table"): "inputs/user-planners.csv",
    ("planners", "activity"): "inputs/user-activity.csv",
    ("travel", "table"): "inputs/user-minutes.csv",
    ("travel", "roads"): "inputs/user-roads.zip",
    ("money", "table"): "inputs/user-money.csv",
    ("money", "projection"): "inputs/user-projection.csv",
    ("disciplines", "table"): "inputs/user-disciplines.csv",
    ("disciplines", "need_table"): "inputs/user-discipline-needs.csv",
    ("cycle", "table"): "inputs/user-plans.csv",
}
"""Where the user's own tables are kept in the run folder, by section and key of the scenario that name them: whatever
they were called before, the same question gives the same files. `kept_at` says how files of shapes end."""

OF_THE_QUESTION: Final = ("select", "limits", "weights", "hosts", "pins", "planners", "travel")
"""Parts of a scenario that change the question, not the way to the answer."""
COLUMNS = tuple(FIGURE_SOURCES.values())
RATE_DECIMALS = 4


def user_tables(scenario: Scenario) -> dict[tuple[str, str], Path]:
    """Return the user's tables by section and key that name them."""
    named = {(section, key): getattr(getattr(scenario, section), key) for section, key in USER_TABLES}
    return {setting: Path(table) for setting, table in named.items() if table}


def kept_at(setting: tuple[str, str], table: str | Path) -> str:
    """Return where a user's table is kept; shapes and matrices keep their endings, a Shapefile is packed into one."""
    where, ending = PurePosixPath(USER_TABLES[setting]), Path(table).suffix.casefold()
    if not is_shapes(table) and ending != OPENMATRIX:
        return str(where)
    return str(where.with_suffix(".zip" if ending == SHAPEFILE else ending))


def parameters(scenario: Scenario, *, empty: bool = False) -> dict[str, object]:
    """Return the settings by dotted name, empty ones only if wanted; the user's tables are those in the run folder."""
    sections = scenario.model_dump(mode="json", exclude={*NOT_INHERITED, "edition", "solver"})
    for (section, key), table in user_tables(scenario).items():
        sections[section][key] = kept_at((section, key), table)
    return {
        f"{section}.{name}": value
        for section, settings in sections.items()
        for name, value in settings.items()
        if empty or value not in (None, "", [], {})
    }


def given(scenario: Scenario) -> list[str]:
    """Return the settings that the command line gave, dotted; what only concerns the solver is left away."""
    paths = {path[:2] for path, place in scenario.origins.places.items() if place.file.startswith("--")}
    return sorted(".".join(map(str, path)) for path in paths if path[0] in OF_THE_QUESTION)


def of(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the sources of each figure of some municipalities' rows: ``"estimate"`` and names of files, sorted."""
    some = list(rows)
    return {figure: sorted({row[column] for row in some}) for figure, column in FIGURE_SOURCES.items()}


def of_folder(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return sources as from `of` with the names that a run folder uses."""
    return {figure: [kept(name) for name in names] for figure, names in found.items()}


def kept(source: str) -> str:
    """Return what a run folder calls a source."""
    return source if source == ESTIMATE else Path(USER_TABLES["planners", "table"]).name


def sentence(words: Words, found: Mapping[str, Sequence[str]], model: Planners | PlannerModel) -> str:
    """Return the sentence for some sources.

    Parameters
    ----------
    words
        Its language.
    found
        As from `of`.
    model
        The rates of the estimate.
    """
    rates = {
        "planner_fte": rates_of(words, "employed", model.supply_fixed_fte, model.supply_per_1000),
        "need_fte": rates_of(words, "needed", model.need_fixed_fte, model.need_per_1000),
    }
    if per_case := getattr(model, "need_per_case", 0.0):
        of_cases = words.text("planners.needed_cases", rate=words.short(per_case, RATE_DECIMALS))
        rates["need_fte"] = f"{rates['need_fte']} {of_cases}"
    own = sorted({name for names in found.values() for name in names if name != ESTIMATE})
    estimated = [rates[figure] for figure, names in found.items() if ESTIMATE in names]
    if not estimated:
        return words.sentence("planners.own", tables=words.listed(own))
    if own:
        return words.sentence("planners.mixed", tables=words.listed(own), rates=words.listed(estimated))
    return words.sentence("planners.estimate", rates=words.listed(estimated))


def rates_of(words: Words, figure: str, fixed: float, per_1000: float) -> str:
    """Return the rates of one figure, årsverk; a fixed part of nothing is not told."""
    told = {"rate": words.short(per_1000, RATE_DECIMALS)}
    if not fixed:
        return words.text(f"planners.{figure}", **told)
    return words.text(f"planners.{figure}_fixed", fixed=words.short(fixed, RATE_DECIMALS), **told)
