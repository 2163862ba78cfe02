"""How firm a plan is, in the workbook of a run: columns of the municipalities, and a sheet of the variants."""

import math
from collections.abc import Iterator
from typing import Any, Final

from maps.told.firm import ALWAYS
from maps.told.firm_words import FirmWords

PLACE_COLUMNS: Final = ("level", "companions", "same_host", "margin", "changes", "changes_in")
VARIANT_COLUMNS: Final = ("variant", "changed", "offices", "alone", "mean_minutes", "state")


def place_cells(told: FirmWords, id_: str) -> tuple[Any, ...]:
    """Return how firm the place of a municipality is; nothing if that is not known."""
    firm = told.firm
    if firm.left_out:
        return ()
    in_all = {name: told.plans(getattr(firm, name)[id_] == ALWAYS) for name in ("companions", "same_host")}
    margin, changes = firm.margins[id_], firm.changes[id_]
    return (
        told.level(firm.level(id_)),
        in_all["companions"],
        in_all["same_host"],
        margin if math.isfinite(margin) else None,
        len(changes),
        "; ".join(told.name(variant) for variant in changes) or None,
    )


def variant_rows(told: FirmWords) -> Iterator[tuple[Any, ...]]:
    """Yield the variants; figures are empty where there is no plan."""
    for one in told.firm.variants:
        changed = None if one.offices is None else len(one.moved)
        yield told.heading(one), changed, one.offices, one.alone, one.mean_minutes, told.state(one) or None
