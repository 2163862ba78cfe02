"""How questions and answers show themselves: one line when printed, the line and a table in a notebook."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # see to_frame
    import pandas as pd

ROWS: Final = 10
"""Of a table in a notebook, at most; ``to_frame()`` has them all."""


class Shown(ABC):
    """Something that says in one line what it is, however large it is, and has rows."""

    @abstractmethod
    def in_short(self) -> str:
        """Return one line that stays short for any number of municipalities."""

    @abstractmethod
    def rows(self) -> Sequence[Mapping[str, object]]:
        """Return its rows, by the names of their columns; the first column tells them apart."""

    def note(self) -> str:
        """Return what whoever reads the rows must know, such as which figures are estimates; often nothing."""
        return ""

    def to_frame(self) -> "pd.DataFrame":
        """Return its rows as a pandas table, indexed by the first column."""
        import pandas as pd  # noqa: PLC0415 - whoever only solves does not need it

        table = pd.DataFrame(list(self.rows()))
        return table if table.empty else table.set_index(table.columns[0])

    def __repr__(self) -> str:
        """Return the class and the line."""
        return f"<{type(self).__name__}: {self.in_short()}>"

    def _repr_html_(self) -> str:
        """Return the line, the first and last rows and the note, as notebooks show them."""
        line = f"<p><b>{type(self).__name__}</b>: {escape(self.in_short())}</p>"
        table = self.to_frame()
        if table.empty:
            return line
        note = f"<p>{escape(self.note())}</p>" if self.note() else ""
        return line + table.to_html(max_rows=ROWS, border=0, float_format=_rounded) + note


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 office", "2 offices"; the plural is the singular with an s if not given."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def offices_and_alone(sizes: Iterable[int]) -> str:
    """Return how many municipalities there are in offices of these sizes, and how many offices are shared."""
    found = list(sizes)
    shared = sum(size > 1 for size in found)
    everybody = counted(sum(found), "municipality", "municipalities")
    return f"{everybody} in {counted(shared, 'shared office')}, {len(found) - shared} alone"


def minutes_equivalents(value: float) -> str:
    """Return an objective with its unit, to a hundredth."""
    return f"{_rounded(value)} minutes-equivalents"


def _rounded(value: float) -> str:
    """Return a number to a hundredth."""
    return f"{value:.2f}"
