"""What is printed of a sweep: how far it is, between what the figures lie, what moves them, who stays together."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from maps.told.texts import Words
from optimizer.terms import TERMS

DECIMALS = 1
DIGITS = 4
"""Digits of the value of a setting; the table has them all."""
SHARES = frozenset({"critical_mass_share"})


def statuses(words: Words, counted: Mapping[str, int]) -> str:
    """Return how many runs came to which status."""
    some = [(name, n) for name, n in Counter(counted).most_common() if n]
    return ", ".join(words.text(f"sweep.status_{name}", n=words.number(n)) for name, n in some)


def done(words: Words, counted: Mapping[str, int], total: int) -> str:
    """Return how many runs are done, and what came of them."""
    so_far = words.number(sum(counted.values()))
    return words.text("sweep.done", done=so_far, total=words.number(total), statuses=statuses(words, counted) or "0")


def as_number(text: str) -> float | None:
    """Return the number that a cell of a table holds, ``None`` for anything else."""
    try:
        return float(text)
    except ValueError:
        return None


def value(words: Words, text: str) -> str:
    """Return the value of a setting, as a table holds it, for people."""
    number = as_number(text)
    if number is None:
        return words.setting({"true": True, "false": False}.get(text, text))
    return words.setting(float(f"{number:.{DIGITS}g}"))


def figure_name(words: Words, name: str) -> str:
    """Return the name of a figure."""
    return words.text(f"term.{name}.title") if name in TERMS else words.text(f"figure.{name}")


def setting_name(words: Words, name: str) -> str:
    """Return the name of a setting, by itself where it has none for people."""
    return words.known(f"setting.{name}", name)


def amount(words: Words, figure: str, value: float) -> str:
    """Return a figure as people read it."""
    if not math.isfinite(value):
        return words.number(None)
    return words.percent(value, 1) if figure in SHARES else words.short(value, DECIMALS)


def between(words: Words, figures: Mapping[str, Sequence[float]]) -> Iterator[list[str]]:
    """Yield a row for each figure: between what it lies in the runs with a plan."""
    yield ["", *(words.text(f"sweep.{end}") for end in ("lowest", "middle", "highest"))]
    for name, values in figures.items():
        yield [figure_name(words, name), *(amount(words, name, value) for value in values)]
