"""The tables of this room: columns, units and the one coordinate system.

`geodata.models` judges tables by them; only the checks need it.
"""

from dataclasses import dataclass

CRS = "EPSG:25833"
"""ETRS89 / UTM zone 33N, metres: the coordinate system of every geometry."""

NUMBER_PATTERN = r"^\d{4}$"
"""A kommunenummer: text, four digits, leading zero kept."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    dtype : str
        ``str``, ``int64``, ``float64``, ``bool`` or ``geometry``.
    meaning : str
        One line.
    unit : str
        Unit of the values; empty for text and flags.
    low, high : float
        Smallest and largest value allowed, where there is one.
    values : tuple of str
        The values allowed, if they are few.
    pattern : str
        Regular expression that text must match; ``"."`` asks that it is not empty.
    """

    dtype: str
    meaning: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()
    pattern: str = ""


MUNICIPALITY_COLUMNS = {
    "name": Column("str", "official name in all its languages", pattern="."),
    "name_norwegian": Column("str", "Norwegian name", pattern="."),
    "name_sami": Column("str", "Sámi name, or empty"),
    "name_kven": Column("str", "Kven name, or empty"),
    "county_number": Column("str", "county (fylke)", pattern=r"^\d{2}$"),
    "county_name": Column("str", "county name in all its languages", pattern="."),
    "county_name_norwegian": Column("str", "Norwegian county name", pattern="."),
    "population": Column("int64", "inhabitants on 1 January of population_year", "inhabitants", low=1),
    "population_year": Column("int64", "year of the population", "year", low=2020, high=2026),
    "land_area_km2": Column("float64", "land without lakes and rivers", "km2", low=1),
    "total_area_km2": Column("float64", "land with lakes and rivers", "km2", low=1),
    "centrality_index": Column("int64", "centrality index of SSB", low=0, high=1000),
    "centrality_class": Column("int64", "1 most central to 6 least; 4 to 6 are district", low=1, high=6),
    "kostra_group": Column("str", "KOSTRA group", pattern=r"^EKG(?:0[1-9]|1[0-7])$"),
    "centre_name": Column("str", "administrative centre", pattern="."),
    "statsforvalter": Column("str", "name of the statsforvalter", pattern="^Statsforvalteren i "),
    "sami_area": Column("bool", "in the administrative area for Sámi languages"),
    "economic_region": Column("str", "economic region of SSB", pattern=r"^\d{5}$"),
    "economic_region_name": Column("str", "name of the economic region", pattern="."),
    "centre": Column("geometry", "position of the administrative centre", "m"),
    "geometry": Column("geometry", "the municipality", "m"),
}

NO_CLASS = 0
"""Centrality class where there is none: in regions of the user's own."""

ESTIMATE = "estimate"
"""Source of a figure that no user's table has given."""

FIGURE_SOURCES = {"planner_fte": "planner_fte_source", "need_fte": "need_fte_source"}
"""The column that says where each figure of planners comes from."""

PLANNER_RANGE = ("planner_fte_low", "planner_fte_high")
"""The ends of what ``planner_fte`` plausibly is; both are the figure itself where that is known."""

ESTIMATE_COLUMNS = {
    "planner_fte": Column("float64", "planners employed", "FTE", low=0),
    "planner_fte_low": Column("float64", "fewest that planner_fte plausibly is", "FTE", low=0),
    "planner_fte_high": Column("float64", "most that planner_fte plausibly is", "FTE", low=0),
    "need_fte": Column("float64", "planners needed", "FTE", low=0),
    "fixed_need_fte": Column("float64", "part of need_fte that every municipality has", "FTE", low=0),
    "trips": Column("float64", "weight of a journey to the office", low=0),
    "planner_fte_source": Column("str", '"estimate", or the user\'s file', pattern="."),
    "need_fte_source": Column("str", '"estimate", or the user\'s file', pattern="."),
}
"""Added by `planners.estimate`."""

LINK_COLUMNS = {
    "a": Column("str", "municipality", pattern=NUMBER_PATTERN),
    "b": Column("str", "its neighbour, a < b", pattern=NUMBER_PATTERN),
    "kind": Column("str", "by road, only by ferry, or by hand", values=("road", "ferry", "manual")),
    "reason": Column("str", "ferries on the way, or why a link was made by hand"),
    "minutes": Column("float64", "fastest way between the centres within the two", "minutes", low=0),
}
