"""What people read: the map page of a run, in one file that opens without any network.

Pages are made from an `Answer`: what was asked, the plan, and the run that found it. `scenarios.write_run` and
`scenarios.plot` make it from an outcome, and are the short way; this is for answers that come from elsewhere.

    import maps

    maps.write_map(path, answer)                # one HTML file, in three languages
    maps.write_report(path, answer, findings)   # with tables, reasons, sources, and the map in it

Names

    Answer                 what a page is made from
    RunFacts               what pages tell of the run that found it
    Findings               what the report tells beyond the map
    write_map              the map page
    write_report           the report
    Compared               several plans, judged by one problem
    write_comparison       the page that compares them
    png                    the map as a picture
    ForeignReferenceError  a page would fetch something from the network, and is not written
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maps.pages.comparison import write_comparison
    from maps.pages.map import write_map
    from maps.pages.offline import ForeignReferenceError
    from maps.pages.report import write_report
    from maps.pictures.picture import png
    from maps.told.answer import Answer, RunFacts
    from maps.told.compared import Compared
    from maps.told.findings import Findings

__all__ = [
    "Answer",
    "Compared",
    "Findings",
    "ForeignReferenceError",
    "RunFacts",
    "png",
    "write_comparison",
    "write_map",
    "write_report",
]

_HOME = {
    "Answer": "maps.told.answer",
    "Compared": "maps.told.compared",
    "Findings": "maps.told.findings",
    "ForeignReferenceError": "maps.pages.offline",
    "RunFacts": "maps.told.answer",
    "png": "maps.pictures.picture",
    "write_comparison": "maps.pages.comparison",
    "write_map": "maps.pages.map",
    "write_report": "maps.pages.report",
}
"""Where each name is, which is loaded when it is first asked for."""


def __getattr__(name: str) -> Any:
    """Return what a name of the list stands for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """Return the list."""
    return sorted(__all__)
