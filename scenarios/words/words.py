"""The words that all sentences share: one catalogue, numbers as Norwegians write them, names told apart."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from maps.told.texts import catalogue
from maps.told.texts import number as written
from optimizer.terms import TERMS
from scenarios.question import gazetteer
from scenarios.world.build import World

MINUTE_DECIMALS: Final = 1
FTE_DECIMALS: Final = 2
DECIMALS: Final = {"minutes": MINUTE_DECIMALS, "årsverk": FTE_DECIMALS}
"""Decimals by unit; the others are counts."""


def decimals_of(term: str) -> int:
    """Return the decimals of the raw value of a term."""
    return DECIMALS.get(TERMS[term].unit, 0)


def text(key: str, **values: object) -> str:
    """Return a text with its places filled; numbers are to be formatted before.

    Raises
    ------
    KeyError
        If there is no such text, or a place has no value.
    """
    return catalogue()[key].format_map(values)


def sentence(key: str, **values: object) -> str:
    """Return a text that begins with a capital letter."""
    found = text(key, **values)
    return found[:1].upper() + found[1:]


def number(value: float, decimals: int = MINUTE_DECIMALS) -> str:
    """Return a number with at most so many decimals; what would read as 0 without being it is "under 0,1"."""
    rounded = Decimal(repr(float(abs(value)))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if value and not rounded:
        return text("quantity.under" if value > 0 else "quantity.under_negative", n=written(10.0**-decimals, decimals))
    shown = written(value, decimals)
    return shown.rstrip("0").rstrip(",") if decimals else shown


def percent(share: float, decimals: int = 2) -> str:
    """Return a share as percent."""
    return text("quantity.percent", n=number(100 * share, decimals))


def at_most(value: float, decimals: int = MINUTE_DECIMALS) -> str:
    """Return a number rounded up, for sentences that promise no more than it."""
    scale = Decimal(1).scaleb(-decimals)
    up = (Decimal(repr(float(value))) / scale).to_integral_value(rounding="ROUND_CEILING") * scale
    return number(float(up), decimals)


def minutes(value: float) -> str:
    """Return "1 minutt", "13,6 minutter"."""
    shown = number(value)
    return text("quantity.minutes_one" if shown in {"1", "\N{MINUS SIGN}1"} else "quantity.minutes_many", n=shown)


def most_minutes(value: float) -> str:
    """Return minutes rounded up with their unit, for promises."""
    shown = at_most(value)
    return text("quantity.minutes_one" if shown == "1" else "quantity.minutes_many", n=shown)


def fte(value: float) -> str:
    """Return "2,75 årsverk"."""
    return text("quantity.fte", n=number(value, FTE_DECIMALS))


def counted(key: str, many: int) -> str:
    """Return "1 kommune", "2 kommuner": the text ``count.<key>_one`` or ``count.<key>_many``."""
    return text(f"count.{key}_{'one' if many == 1 else 'many'}", n=written(many))


def listed(items: Iterable[str], most: int | None = None) -> str:
    """Return "a, b og c"; with more items than `most`: "a, b og 3 til"."""
    names = list(items)
    if most is not None and len(names) > most:
        names = [*names[:most], text("list.more", n=written(len(names) - most))]
    if len(names) < 2:
        return "".join(names)
    return text("list.and", first=", ".join(names[:-1]), last=names[-1])


def term(name: str, value: float) -> str:
    """Return the raw value of a term with its noun: "3 deltakere over fylkesgrensen", "12,5 minutter reise"."""
    shown = number(value, decimals_of(name))
    return text(f"term.{name}.{'one' if shown == '1' else 'many'}", n=shown)


@dataclass(frozen=True)
class Names:
    """What to call the municipalities.

    Parameters
    ----------
    by_id
        Number to name; two that share a name are told apart.
    """

    by_id: Mapping[str, str]

    @classmethod
    def of(cls, names: Mapping[str, str], counties: Mapping[str, str]) -> "Names":
        """Return the names, those that several share with their county in parentheses.

        Parameters
        ----------
        names
            Number to name.
        counties
            Number to the name of the county.
        """
        times = Counter(names.values())
        return cls({i: f"{name} ({counties[i]})" if times[name] > 1 else name for i, name in names.items()})

    def __getitem__(self, id_: str) -> str:
        """Return the name of a municipality."""
        return self.by_id[id_]

    def listed(self, ids: Iterable[str], most: int | None = None) -> str:
        """Return several names in one phrase."""
        return listed((self.by_id[id_] for id_ in ids), most)


def names_of(world: World) -> Names:
    """Return what to call the municipalities."""
    book = gazetteer.of(world.municipalities)
    counties = {number: book.counties[county] for number, county in world.municipalities["county_number"].items()}
    return Names.of(book.names, counties)


def names_used(world: World, names: Names) -> Mapping[str, str]:
    """Return the names of the municipalities that take part, by number."""
    active = world.problem.active
    return {id_: names[id_] for id_, joins in zip(world.problem.ids, active, strict=True) if joins}
