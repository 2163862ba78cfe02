"""Whether the files of a run folder are those that were written."""

from pathlib import Path

from scenarios.answers.verify import verify


def unlike_written(folder: Path) -> list[str]:
    """Return which files of a run folder are not those that its manifest lists."""
    return [f"{one.name}: {one.what}" for one in verify(folder).disagreements]
