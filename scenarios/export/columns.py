"""The columns of what a run leaves, each once, and which of them each table, layer and worksheet shows.

What a column is called in files for programs is its name; what it is called for people is said by the catalogue
(``column.<heading>``, and ``meaning.<heading>`` where that does not say everything); whether it is an estimate,
by `maps.told.estimates`. Its unit is part of its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from geodata.schema import PLANNER_RANGE
from optimizer.judging.evaluation import OfficeRow
from optimizer.questions.money import account_rows
from scenarios.export.csv_files import CsvTable
from scenarios.question.sections.people import SAMI, DisciplineShares
from scenarios.world import accounts, sources, today
from scenarios.world.further import tradeoff

BETWEEN: Final = " | "
"""What stands between the items of a list in a cell; some names have a comma or a dash."""


@dataclass(frozen=True)
class OutputColumn:
    """A figure or a fact.

    Parameters
    ----------
    name
        In the facts that rows are made from, and in files for programs.
    heading
        Of its texts in the catalogue, if they are not called as it is.
    explained
        Whether its heading does not say everything.
    share
        Whether people read it in percent.
    """

    name: str
    heading: str = ""
    explained: bool = True
    share: bool = False

    @property
    def key(self) -> str:
        """Name of its texts in the catalogue."""
        return self.heading or self.name


@dataclass(frozen=True)
class FileTable:
    """What a table for programs shows of its facts.

    Parameters
    ----------
    names
        Of the columns.
    decimals
        To which numbers are rounded; ``None`` for not at all, in tables that are read back.
    """

    names: tuple[str, ...]
    decimals: int | None = None

    def row(self, facts: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the cells: lists in one, flags as 1 and 0, nothing where a fact is not known."""
        return tuple(self._cell(facts[name]) for name in self.names)

    def of(self, rows: Iterable[Mapping[str, Any]]) -> CsvTable:
        """Return the table of some facts."""
        return CsvTable(self.names, [self.row(facts) for facts in rows])

    def _cell(self, fact: Any) -> Any:
        match fact:
            case None:
                return ""
            case bool():
                return int(fact)
            case list():
                return BETWEEN.join(fact)
            case float() if self.decimals is not None:
                return round(fact, self.decimals)
        return fact


JOURNEY_RANGE: Final = ("minutes_low", "minutes_high")
NOT_SHOWN: Final = {"host", "members", "cost_thousand_kr", "uncovered"}
"""Of an office's row: its columns are their own; ``money.csv`` tells what it costs with its journeys, and
``competence.csv`` which disciplines it covers."""
OFFICE_FIGURES: Final = tuple(item.name for item in fields(OfficeRow) if item.name not in NOT_SHOWN)

# Files for programs.
GROUPING: Final = FileTable(
    (
        *("kommunenummer", "name", "county_number", "host", "host_name", "minutes", *JOURNEY_RANGE, "borderline"),
        *today.COLUMNS,
    )
)
OFFICES: Final = FileTable(
    (
        *("host", "host_name", "county_number", "kind", "size", "members", "member_names", *OFFICE_FIGURES),
        *(*sources.COLUMNS, *PLANNER_RANGE, "borderline"),
    ),
    decimals=6,
)
FIRM_PLACES: Final = FileTable(
    (
        *("kommunenummer", "name", "level", "companions", "same_host", "alone"),
        *("margin", "changes", "changes_in"),
    ),
    decimals=2,
)
VARIANTS: Final = FileTable(
    ("variant", "state", "changed", "offices", "alone", "mean_minutes", "moved"),
    decimals=2,
)
TRADEOFF: Final = FileTable(tradeoff.COLUMNS, decimals=6)
STATE_FIGURES: Final = tuple(f"{state}_{name}" for state in account_rows.STATES for name in account_rows.FIGURES)
"""Today, alone and shared, in the years after the first ones: cost like for like, money out, work left undone."""
CASH_FIRST: Final = tuple(
    f"{state}_{name}" for state in account_rows.STATES for name in ("cash_kr", "posts_fte", "undone_fte")
)
"""Money out, the planners that it pays, and work left undone, side by side."""
COSTS: Final = tuple(f"{state}_cost_kr" for state in account_rows.STATES)
FIRST_YEAR: Final = (
    *("first_year_cash_kr", "first_year_cash_without_grant_kr", "first_year_undone_fte"),
    *("first_year_cost_kr", "first_year_cost_without_grant_kr"),
)
"""Of the first year of a shared office: money out and work left undone, and like for like."""
LEAVING_CHANGES: Final = ("leaving_cash_more_kr", "leaving_undone_more_fte")
"""What a group that leaves pays out, and leaves undone, more."""
MONEY: Final = FileTable(
    (
        *("host", "host_name", "county_number", "size", "members", "member_names", "need_fte", "employed_fte"),
        *("hired_fte", "rest_fte", "staff_kr", "rest_kr", "travel_kr", "organisation_kr", "travel_hours"),
        *(*STATE_FIGURES, "gain_kr", "gain_by_less_need_kr", *FIRST_YEAR),
        *("worse_off", "worse_off_kr", "leaving", "leaving_kr", *LEAVING_CHANGES, "least_excess_kr"),
        *("nobody_pays_more_from", "nobody_pays_more_to", "nobody_leaves_from", "nobody_leaves_to"),
        *("closing_grant_kr", "estimated"),
    ),
    decimals=6,
)
SHARES: Final = FileTable(
    (
        *("kommunenummer", "name", "county_number", "host", "host_name", "key", "shared_part"),
        *(*STATE_FIGURES, "gain_kr", "gain_by_lines_kr", *FIRST_YEAR, "worse_off"),
        *(*(f"by_{key}_kr" for key in accounts.KEYS_TOLD), "estimated"),
    ),
    decimals=6,
)
FIRST_YEARS: Final = FileTable(
    (
        *("level", "number", "name", "first_year", "last_year", "cash_kr", "cash_without_grant_kr", "posts_fte"),
        *("undone_fte", "cost_kr", "cost_without_grant_kr"),
    ),
    decimals=6,
)
MEASURES: Final = FileTable(
    (
        *("kommunenummer", "name", "county_number", "statsforvalter", "host", "host_name", "size"),
        *("planner_fte", "missing_fte", "reason", "assistance", "mentor", "mentor_name", "mentor_minutes"),
        *("trainee", "trainee_name", "trainee_minutes", "guidance", "nearest", "nearest_name", "nearest_minutes"),
        "planner_fte_source",
    ),
    decimals=6,
)
ORDER: Final = FileTable(
    (
        *("host", "host_name", "county_number", "size", "members", "member_names"),
        *("start_year", "cash_more_kr", "undone_more_fte", "gain_kr", "gain_per_start_krone"),
    ),
    decimals=6,
)
POST_FIGURES: Final = (
    *("alone_nobody", "shared_nobody", "alone_fewer_than_two", "shared_fewer_than_two"),
    *("alone_filled_fte", "shared_filled_fte", "presence_hours"),
)
POSTS: Final = FileTable(
    ("kommunenummer", "name", "county_number", "host", "host_name", "size", *POST_FIGURES), decimals=6
)
COMPETENCE: Final = FileTable(
    (
        *("kommunenummer", "name", "county_number", "host", "host_name", "sami_area", "discipline", "needed_fte"),
        *("alone_fte", "alone_cover", "shared_fte", "shared_people", "shared_cover", "estimated", "need_estimated"),
    ),
    decimals=6,
)
CYCLE: Final = FileTable(
    ("host", "host_name", "kommunenummer", "name", "plan", "due", "year", "work_fte", "peak_before_fte", "peak_fte"),
    decimals=6,
)
TRAVEL_CHANGES: Final = FileTable(
    ("from", "from_name", "to", "to_name", "minutes_before", "minutes_after", "minutes_change"), decimals=2
)
OF_PEOPLE: Final = (MEASURES, ORDER, POSTS)
YEARS_TO_COME: Final = ("host", "host_name", "kommunenummer", "name", "year")
DRIFT: Final = FileTable((*YEARS_TO_COME, "inhabitants", "shared_cost_kr", "shared_cash_kr", "more_kr"), decimals=6)
"""What each pays by the key in a year of the projection, and how much more than now."""
PHASE_IN: Final = FileTable((*YEARS_TO_COME, "shared_cost_kr", "shared_cash_kr"), decimals=6)
BETTER: Final = FileTable(
    (*("size", "members", "member_names"), *("gain_kr", "gain_by_lines_kr", "cash_more_kr", "undone_more_fte")),
    decimals=6,
)
INPUT_MUNICIPALITIES: Final = FileTable(
    (
        *("kommunenummer", "name", "county_number", "statsforvalter", "population", "planner_fte", "need_fte"),
        *("fixed_need_fte", "trips", "takes_part", "may_host", *sources.COLUMNS),
    )
)
LINKS: Final = ("a", "b", "kind", "reason", "minutes")

# Layers: what the municipalities bring along, and their place in the plan.
LAYER_COPIED: Final = (
    *("name", "county_number", "county_name", "population", "centrality_class", "statsforvalter"),
    *("planner_fte", *PLANNER_RANGE, "need_fte", *sources.COLUMNS),
)
LAYER_PLACE: Final = ("host", "host_name", "role", "minutes", *JOURNEY_RANGE, "borderline", *today.COLUMNS)

# Worksheets. On paper that of the offices is two pages wide: what planners read stands on the first.
READ_FIRST: Final = (
    *("host", "host_name", "county", "kind", "size", "member_names", "planner_fte", "need_fte", "missing_fte"),
    *("mean_minutes", "longest_minutes", "empty", "members", "unmet_need_fte"),
)
OFFICE_WORKSHEET: Final = (
    *(*READ_FIRST, *(figure for figure in OFFICE_FIGURES if figure not in READ_FIRST)),
    *(*sources.COLUMNS, *PLANNER_RANGE, "borderline"),
)
PLACE_WORKSHEET: Final = (
    *("kommunenummer", "name", "county", "population", "role", "host", "host_name", "minutes"),
    *("planner_fte", "planner_fte_source", "need_fte", "need_fte_source"),
    *(*JOURNEY_RANGE, "borderline", *PLANNER_RANGE, *today.COLUMNS),
)
FIRM_WORKSHEET: Final = ("level", "companions", "same_host", "margin", "changes", "changes_in")
"""Beside those of `PLACE_WORKSHEET` where that is known."""
TERM_WORKSHEET: Final = ("term", "value", "unit", "price", "term_minutes")
TRADEOFF_WORKSHEET: Final = ("price", "critical_mass", "shown", "status", *tradeoff.FIGURES)
VARIANT_WORKSHEET: Final = ("variant", "changed", "offices", "alone", "mean_minutes", "state")
MEASURE_WORKSHEET: Final = (
    *("kommunenummer", "name", "county", "host_name", "size", "planner_fte", "missing_fte", "reason"),
    *("assistance", "guidance"),
)
ORDER_WORKSHEET: Final = (
    *("start_year", "host", "host_name", "county", "size", "member_names", "cash_more_kr", "undone_more_fte"),
    *("gain_kr", "gain_per_start_krone"),
)
POST_WORKSHEET: Final = ("kommunenummer", "name", "county", "host_name", *POST_FIGURES)
CYCLE_WORKSHEET: Final = (
    *("host_name", "kommunenummer", "name", "county", "plan", "due", "year", "work_fte", "peak_before_fte", "peak_fte"),
)
DISCIPLINES: Final = (*DisciplineShares.model_fields, SAMI)
COMPETENCE_HEAD: Final = ("host", "host_name", "county", "member_names", "planner_fte")
"""Before the disciplines."""
MONEY_WORKSHEET: Final = (
    *("host_name", "county", "size", "member_names", *CASH_FIRST, "gain_kr", "gain_by_less_need_kr"),
    *("losers", "worse_off_kr"),
    *("nobody_pays_more_from", "nobody_pays_more_to", "nobody_leaves_from", "nobody_leaves_to", "closing_grant_kr"),
    *("groups", "leaving_kr", *LEAVING_CHANGES, *FIRST_YEAR, *COSTS),
    *("need_fte", "employed_fte", "hired_fte", "rest_fte", "staff_kr", "rest_kr", "travel_kr"),
    *("organisation_kr", "travel_hours", "least_excess_kr", "host", "members", "rests_on"),
)
"""The columns of ``money.csv``: what planners read first, names beside numbers."""
SHARES_WORKSHEET: Final = (
    *("kommunenummer", "name", "county", "host_name", *CASH_FIRST, "gain_kr", "gain_by_lines_kr"),
    *("loses", "key", "shared_part"),
    *(*(f"by_{key}_kr" for key in accounts.KEYS_TOLD), *FIRST_YEAR, *COSTS, "host", "rests_on"),
)
"""The columns of ``shares.csv``."""

_SPECIAL: Final = (
    OutputColumn("kommunenummer", "number", explained=False),
    *(OutputColumn(name, explained=False) for name in ("name", "county", "host_name", "member_names")),
    *(OutputColumn(name, explained=False) for name in ("population", "term", "unit", "reason")),
    *(OutputColumn(name, explained=False) for name in DISCIPLINES),
    *(OutputColumn(name, explained=False) for name in ("plan", "due", "work_fte")),
    *(OutputColumn(name, share=True) for name in ("empty", "share", *POST_FIGURES[:4])),
    *(OutputColumn(name, explained=False) for name in ("key", "shared_part", "rests_on", "loses", *CASH_FIRST)),
    OutputColumn("first_year_undone_fte", explained=False),
    *(OutputColumn(f"by_{key}_kr", explained=False) for key in accounts.KEYS_TOLD),
    *(OutputColumn(f"nobody_{what}_{end}", share=True) for what in ("pays_more", "leaves") for end in ("from", "to")),
)
COLUMNS: Final[Mapping[str, OutputColumn]] = {
    **{
        name: OutputColumn(name)
        for name in (
            *(*OFFICE_WORKSHEET, *PLACE_WORKSHEET, *TERM_WORKSHEET),
            *(*TRADEOFF_WORKSHEET, *FIRM_WORKSHEET, *VARIANT_WORKSHEET, *MEASURE_WORKSHEET),
            *ORDER_WORKSHEET,
            *POST_WORKSHEET,
            *CYCLE_WORKSHEET,
            "one_more_post",
            *(*MONEY_WORKSHEET, *SHARES_WORKSHEET),
        )
    },
    **{column.name: column for column in _SPECIAL},
}
"""Every column that people read, by its name."""
