"""The map page: one HTML file of a plan, self-contained, for planners and their directors."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from maps.pages import bilingual
from maps.pages.data import COLUMNS
from maps.pages.offline import ForeignReferenceError
from maps.pages.render import Form, render
from maps.told.answer import Answer, RunFacts
from maps.told.people.shades import NO_SHADES, Shades
from optimizer.checking.kinds import require

FORM: Final = Form("map.html", ("map.css", "shades.css"), "map.js", ("script.", "shade."))

__all__ = ["Answer", "ForeignReferenceError", "RunFacts", "write_map"]


def write_map(path: Path, answer: Answer, shades: Shades = NO_SHADES) -> None:
    """Write the map page of a plan.

    Parameters
    ----------
    path
        The file to write; its folder exists.
    answer
        The plan.
    shades
        What municipalities may be shaded by; see `maps.told.people.shades`.

    Raises
    ------
    ForeignReferenceError
        If the page would fetch anything from the network, Kartverket's tiles excepted; nothing is written.
    """
    require(path=(path, Path), answer=(answer, Answer), shades=(shades, Mapping))
    data = {"shades": shades}
    bilingual.write(
        path,
        lambda language: render(answer.told_in(language), FORM, data, report=None, columns=COLUMNS),
        answer.language,
    )
