"""Planners employed and planners needed, in full-time equivalents (FTE, årsverk).

No public table says how many planners a municipality employs, so both are estimates from its
population, with the parameters in `PlannerModel`; the user's own table is laid over them.

The model: planners employed ``S = e + s * P / 1000``, planners needed ``D = f + v * P / 1000``, where ``f`` is
statutory work that does not shrink with the population. ``s = 0.27`` matches the shares of municipalities
with at most half a planner in NIVI's survey of 2014 and agrees with national spending on planning (SSB
KOSTRA 2023); ``f = 0.8`` is built bottom-up from how often each kind of plan is renewed. ``e`` is 0: the
survey has two points for planners of land use but one for planners of society, so a part of a post in every
municipality is not ruled out, and nobody has counted which is true. Where a table of plan cases is given, such as
KOSTRA 14304, ``D`` also gets ``a`` times the municipality's cases above the mean (`with_activity`); ``a`` is 0 unless
set, for nobody has measured it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.faults import DataError, DataFault
from geodata.owntables.planners import read_planners
from geodata.schema import ESTIMATE, FIGURE_SOURCES, PLANNER_RANGE

RANGES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "supply_per_1000": (0.24, 0.29),
        "need_fixed_fte": (0.5, 1.0),
        "need_per_1000": (0.20, 0.30),
        "fixed_kept": (0.6, 1.0),
    }
)
"""The lowest and highest plausible value of each parameter of `PlannerModel` that has one.

``supply_per_1000``: NIVI 2014:1 says which share of the municipalities has at most half a planner and which has fewer
than two; matched to the sizes of today's 357 municipalities that gives 0.24, to the smaller ones of 2014 0.29; national
spending on planning (SSB KOSTRA 2023, less a third for consultants) gives 0.24 as well. ``need_fixed_fte``: the same
plans, renewed a third more seldom to a fourth more often than the law's rhythm. ``need_per_1000``: a fifth around the
national rate of spending. ``fixed_kept``: studies of cooperation find mixed savings (Bel and Warner 2014), from none
(1) to two fifths (0.6).
"""

TRIPS_DECIMALS = 4


@dataclass(frozen=True)
class PlannerModel:
    """Parameters of the estimate; `RANGES` says between what they plausibly lie.

    Attributes
    ----------
    supply_fixed_fte : float
        Planners that every municipality employs, however small, FTE.
    supply_per_1000 : float
        Further planners employed for each 1000 inhabitants, FTE.
    need_fixed_fte : float
        Work that every municipality has, however small, FTE.
    need_per_1000 : float
        Further planners needed for each 1000 inhabitants, FTE.
    fixed_kept : float
        In a shared office, the part of each further member's fixed work that remains.
    """

    supply_fixed_fte: float = 0.0
    supply_per_1000: float = 0.27
    need_fixed_fte: float = 0.8
    need_per_1000: float = 0.25
    fixed_kept: float = 0.8

    def __post_init__(self) -> None:
        """Refuse parameters without meaning."""
        faults = []
        for field in fields(self):
            value = getattr(self, field.name)
            if not (math.isfinite(value) and value >= 0):
                faults.append(DataFault(f"planners.{field.name}", f"{value} is not a number of zero or more"))
        if self.fixed_kept > 1:
            faults.append(DataFault("planners.fixed_kept", f"{self.fixed_kept} is more than 1"))
        if faults:
            raise DataError(faults)


def estimate(municipalities: gpd.GeoDataFrame, model: PlannerModel | None = None) -> gpd.GeoDataFrame:
    """Add the estimates to a copy of the table.

    Parameters
    ----------
    municipalities : geopandas.GeoDataFrame
        Table with ``population``.
    model : PlannerModel, optional
        Parameters; the documented defaults without.

    Returns
    -------
    geopandas.GeoDataFrame
        A copy with ``planner_fte`` (employed), ``planner_fte_low`` and ``planner_fte_high`` (between what it
        plausibly lies: as far below and above, in proportion, as the rate's range about its default, whatever the
        parameters), ``need_fte``, ``fixed_need_fte`` (the part of ``need_fte`` that does not depend on population),
        ``trips`` (weight of a journey, 1; see `weighed_by_need`), and ``planner_fte_source`` and
        ``need_fte_source``: `ESTIMATE`.
    """
    model = model or PlannerModel()
    thousands = municipalities["population"] / 1000
    table = municipalities.copy()
    table["planner_fte"] = model.supply_fixed_fte + model.supply_per_1000 * thousands
    for column, rate in zip(PLANNER_RANGE, RANGES["supply_per_1000"], strict=True):
        table[column] = table["planner_fte"] * (rate / PlannerModel.supply_per_1000)
    table["need_fte"] = model.need_fixed_fte + model.need_per_1000 * thousands
    table["fixed_need_fte"] = np.minimum(model.need_fixed_fte, table["need_fte"])
    table["trips"] = 1.0
    for source in FIGURE_SOURCES.values():
        table[source] = ESTIMATE
    return table


def with_activity(municipalities: gpd.GeoDataFrame, cases: "pd.Series[float]", per_case: float) -> gpd.GeoDataFrame:
    """Let planners needed follow the plan cases, too: ``per_case`` times what is above, or below, their mean.

    Parameters
    ----------
    municipalities : geopandas.GeoDataFrame
        With the columns of `estimate`.
    cases : pandas.Series
        Plan cases a year, by number; who is not in it keeps the estimate, and does not count in the mean.
    per_case : float
        Årsverk for each case.

    Returns
    -------
    geopandas.GeoDataFrame
        A copy; nobody needs less than nothing. Still an estimate.
    """
    more = per_case * (cases - cases.mean()).reindex(municipalities.index).fillna(0.0)
    need = np.maximum(municipalities["need_fte"] + more, 0.0)
    return municipalities.assign(need_fte=need, fixed_need_fte=np.minimum(municipalities["fixed_need_fte"], need))


def weighed_by_need(municipalities: gpd.GeoDataFrame, counted: NDArray[np.bool_]) -> gpd.GeoDataFrame:
    """Let journeys weigh by where the work is.

    Whoever plans for two municipalities goes to each as its work asks for, so the weight of a municipality's journeys
    is its ``need_fte``, divided by the mean of those that are counted: prices in minutes keep their meaning.

    Parameters
    ----------
    municipalities : geopandas.GeoDataFrame
        Table with ``need_fte``.
    counted : numpy.ndarray of bool
        Which municipalities have the mean weight 1 together, in the table's order (n,).

    Returns
    -------
    geopandas.GeoDataFrame
        A copy; ``trips`` in four decimals, so that minutes in two decimals times a weight are whole millionths.

    Raises
    ------
    DataError
        If none of those that are counted needs a planner.
    """
    mean = municipalities.loc[counted, "need_fte"].mean()
    if mean == 0:
        what = "weighs journeys by need, but nobody who takes part needs a planner"
        raise DataError([DataFault("planners.trips", what, 'raise planners.need_fixed_fte, or write trips = "equal"')])
    return municipalities.assign(trips=(municipalities["need_fte"] / mean).round(TRIPS_DECIMALS))


def override(municipalities: gpd.GeoDataFrame, path: str | Path) -> gpd.GeoDataFrame:
    """Lay the user's own figures over the estimates.

    Parameters
    ----------
    municipalities : geopandas.GeoDataFrame
        A whole edition with the columns of `estimate`.
    path : str or Path
        CSV with ``kommunenummer`` and at least one of ``planner_fte``, ``planner_fte_low``, ``planner_fte_high``,
        ``need_fte`` and ``trips``; an empty cell or a missing row keeps the estimate. A ``planner_fte`` without an
        end of its range is known: that end is the figure itself.

    Returns
    -------
    geopandas.GeoDataFrame
        A copy; ``planner_fte_source`` is the file's name in the rows whose ``planner_fte`` came from it,
        ``need_fte_source`` likewise. ``fixed_need_fte`` is never more than ``need_fte``.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    path = Path(path)
    values = read_planners(path, municipalities)
    table = municipalities.copy()
    if "planner_fte" in values:
        known = values["planner_fte"].dropna()
        for column in PLANNER_RANGE:
            table.loc[known.index, column] = known
    for column in values.columns:
        given = values[column].dropna()
        table.loc[given.index, column] = given
        if column in FIGURE_SOURCES:
            table.loc[given.index, FIGURE_SOURCES[column]] = path.name
    table["fixed_need_fte"] = np.minimum(table["fixed_need_fte"], table["need_fte"])
    return table
