"""How firm the plan of a run is, as the tables of its folder."""

from collections.abc import Iterator
from typing import Final

from maps.told.firm import FirmPlan
from scenarios.export.csv_files import Row
from scenarios.world.build import World

COLUMNS: Final = (
    *("kommunenummer", "name", "level", "companions", "same_host", "alone"),
    *("margin", "changes", "changes_in"),
)
VARIANT_COLUMNS: Final = ("variant", "state", "changed", "offices", "alone", "mean_minutes", "moved")


def rows(world: World, firm: FirmPlan) -> Iterator[Row]:
    """Yield the rows of ``firmness.csv``; the margin is empty where no plan lets it share with others."""
    name = dict(world.municipalities["name"])
    for id_, verdict in firm.companions.items():
        margin = firm.margins[id_]
        yield (
            id_,
            name[id_],
            firm.level(id_),
            verdict,
            firm.same_host[id_],
            firm.alone[id_],
            "" if margin == float("inf") else round(margin, 2),
            len(firm.changes[id_]),
            "; ".join(variant.name for variant in firm.changes[id_]),
        )


def variant_rows(firm: FirmPlan) -> Iterator[Row]:
    """Yield the rows of ``variants.csv``; figures are empty where there is no plan of its own."""
    for one in firm.variants:
        known = one.state in {"optimal", "same"}
        figures = (len(one.moved) if known else None, one.offices, one.alone, one.mean_minutes)
        told = ("" if value is None else round(value, 2) for value in figures)
        yield (one.name, one.state, *told, " ".join(one.moved))
