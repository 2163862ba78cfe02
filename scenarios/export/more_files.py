"""What a run folder is whole without: the order of starts, layers, workbook, pages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation
from scenarios.export import columns, people
from scenarios.export.csv_files import write_each
from scenarios.export.geography import geojson, layers
from scenarios.world.further import order
from scenarios.world.running.deadline import Deadline
from scenarios.world.solving import Outcome

PAGES = ("map.html", "report.html")
PAGES_TO_TABLES = 1.5
"""How many times as long as the tables the pages take at least; with less time they are not begun."""


@dataclass(frozen=True)
class Manner:
    """How a run folder is written for people; other programs find the same in every one.

    Parameters
    ----------
    language
        Of the pages and the workbook, one of `maps.told.texts.LANGUAGES`.
    csv_excel
        Whether there are also tables for a Norwegian Excel.
    png
        Whether there is also a picture of the map.
    pages
        Whether there are pages; without them they count as left out.
    solver
        Whether the report carries the solver, so that its readers can find the best plan under prices of their own.
    """

    language: str = "nb"
    csv_excel: bool = False
    png: bool = False
    pages: bool = True
    solver: bool = True


PLAIN_MANNER = Manner()


@dataclass(frozen=True, eq=False)
class MoreFiles:
    """Writes them, each whole or not at all.

    Parameters
    ----------
    outcome
        Of which the plan is shown.
    grouping, evaluation
        The plan and its judgement.
    facts
        Of the run, as in the manifest.
    manner
        How they are written.
    """

    outcome: Outcome
    grouping: Grouping
    evaluation: Evaluation
    facts: Mapping[str, Any]
    manner: Manner = PLAIN_MANNER

    def write(self, folder: Path, deadline: Deadline | None = None, seconds: float = 0.0) -> list[str]:
        """Write the files as far as there is time, and return the names of those that are left out.

        Parameters
        ----------
        folder
            An existing folder.
        deadline
            When to leave what is being written; without one all are written.
        seconds
            What writing the tables took.
        """
        left_out: list[str] = []
        for names, work in self._steps(folder):
            before = {*folder.iterdir()}
            needs = PAGES_TO_TABLES * seconds if names == PAGES else 0.0
            if names == PAGES and not self.manner.pages:
                left_out += names
            elif deadline is None:
                work()
            elif not deadline.finished(work, needs):
                left_out += names
                for path in {*folder.iterdir()} - before:  # also what a library writes beside its file
                    path.unlink()
        return left_out

    def _steps(self, folder: Path) -> Iterator[tuple[tuple[str, ...], Callable[[], object]]]:
        """Yield names of files and what writes them."""
        # Whoever only reads run folders does not need it.
        from scenarios.export.workbooks import result_workbook  # noqa: PLC0415

        world, grouping, evaluation, language = self.outcome.world, self.grouping, self.evaluation, self.manner.language

        def write_order() -> None:
            starts = order.order_of(world, self.outcome.accounts)
            if starts is not None:
                made = {"order": columns.ORDER.of(people.started(world, starts))}
                write_each(folder, made, for_excel=self.manner.csv_excel)

        def write_layers() -> None:
            municipalities, offices = layers.municipalities(world, grouping), layers.offices(world, evaluation)
            layers.write_layers(folder / "result.gpkg", world, (municipalities, offices), grouping, evaluation)
            geojson.write(folder / "municipalities.geojson", municipalities, "kommunenummer")
            geojson.write(folder / "offices.geojson", offices, "host")

        def write_pages() -> None:
            from scenarios.export import pages  # noqa: PLC0415 - brings Folium

            pages.write_pages(folder, self.outcome, self.facts, language, solver=self.manner.solver)

        def write_picture() -> None:
            from scenarios.export import pages  # noqa: PLC0415 - as above

            pages.write_picture(folder / "map.png", pages.Judged(world, grouping, evaluation, self.facts), language)

        if self.outcome.accounts is not None and self.outcome.accounts.offices and world.scenario.order.years:
            yield ("order.csv", *(["order-excel.csv"] if self.manner.csv_excel else [])), write_order
        yield ("result.gpkg", "municipalities.geojson", "offices.geojson"), write_layers
        yield ("result.xlsx",), lambda: result_workbook.write(folder / "result.xlsx", self.outcome, language)
        yield PAGES, write_pages
        if self.manner.png:
            yield ("map.png",), write_picture
