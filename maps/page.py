"""The map page: one HTML file of a plan, self-contained, for planners and their directors."""

from pathlib import Path

from maps.answer import Answer
from maps.model import RunFacts
from maps.offline import ForeignReferenceError
from maps.render import Form, render

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
    page = render(answer, Form("map.html"), {}, report=None)
    path.write_text(page, encoding="utf-8", newline="\n")
