"""The map page: one HTML file of a plan, self-contained, for planners and their directors."""

from pathlib import Path
from typing import Final

from maps.pages import bilingual
from maps.pages.data import COLUMNS
from maps.pages.offline import ForeignReferenceError
from maps.pages.render import Form, render
from maps.told.answer import Answer, RunFacts

FORM: Final = Form("map.html")

__all__ = ["Answer", "ForeignReferenceError", "RunFacts", "write_map"]


def write_map(path: Path, answer: Answer) -> None:
    """Write the map page of a plan.

    Parameters
    ----------
    path
        The file to write; its folder exists.
    answer
        The plan.

    Raises
    ------
    ForeignReferenceError
        If the page would fetch anything from the network, Kartverket's tiles excepted; nothing is written.
    """
    bilingual.write(
        path, lambda language: render(answer.told_in(language), FORM, {}, report=None, columns=COLUMNS), answer.language
    )
