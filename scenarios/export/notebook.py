"""What a notebook asks of an outcome: its map, and its run folder."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from maps.pictures import picture
from optimizer.checking.kinds import require
from scenarios.export import pages, run_folder
from scenarios.export.more_files import Manner
from scenarios.world.solving import Outcome


@dataclass(frozen=True)
class Picture:
    """A PNG picture, which notebooks show.

    Parameters
    ----------
    png
        The bytes of the file.
    """

    png: bytes = field(repr=False)

    def _repr_png_(self) -> bytes:
        """Return what notebooks show."""
        return self.png

    def save(self, path: str | Path) -> Path:
        """Write the file, and return its path."""
        Path(path).write_bytes(self.png)
        return Path(path)


def plot(outcome: Outcome, *, language: str = "nb") -> Picture:
    """Return the map of a plan with its result, a legend and the credits.

    Parameters
    ----------
    outcome
        With a plan.
    language
        One of `maps.told.texts.LANGUAGES`.

    Raises
    ------
    ValueError
        If there is no plan to draw.
    ProblemError
        If it is no outcome.
    """
    require(outcome=(outcome, Outcome))
    grouping, evaluation = outcome.result.grouping, outcome.evaluation
    if grouping is None or evaluation is None:
        raise ValueError("there is no plan to draw")
    facts = run_folder.facts_of(outcome, seconds_of(outcome))
    judged = pages.Judged(outcome.world, grouping, evaluation, facts)
    drawn = io.BytesIO()
    picture.png(drawn, pages.answer_of(judged, language))
    return Picture(drawn.getvalue())


def write_run(
    folder: str | Path, outcome: Outcome, *, language: str = "nb", csv_excel: bool = False, png: bool = False
) -> Path:
    """Write report, map, tables and layers of a plan, whole or not at all, in the place of an earlier run.

    Parameters
    ----------
    folder
        New, empty, or with an earlier run.
    outcome
        With a plan.
    language, csv_excel, png
        See `scenarios.export.more_files.Manner`.

    Returns
    -------
    Path
        The folder, absolute.

    Raises
    ------
    scenarios.export.folders.FolderError
        If it cannot be written, or holds something else.
    ValueError
        If there is no plan to write.
    ProblemError
        If it is no outcome, or the folder has no name.
    """
    require(outcome=(outcome, Outcome), folder=(folder, str | Path))
    target = Path(folder)
    run_folder.RUN.check(target)
    return run_folder.write(target, outcome, seconds_of(outcome), Manner(language, csv_excel, png))


def read_run(folder: str | Path) -> run_folder.RunFolder:
    """Return a run folder, read back, and believed only if it is as it was written.

    Raises
    ------
    scenarios.export.run_folder.ArtifactError
        If it is no run folder, or is damaged, or somebody changed it.
    ProblemError
        If it is no name of a folder.
    """
    require(folder=(folder, str | Path))
    return run_folder.read(Path(folder))


def seconds_of(outcome: Outcome) -> dict[str, float]:
    """Return the seconds that the solver measured, by stage and of solving as a whole."""
    stages = {stage: round(seconds, 3) for stage, seconds in outcome.result.seconds.items()}
    return stages | {"solving": round(sum(outcome.result.seconds.values()), 3)}
