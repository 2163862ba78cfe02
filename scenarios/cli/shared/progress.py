"""Progress on stderr: live at a terminal, plain lines elsewhere."""

import sys
from types import TracebackType
from typing import Any, Protocol, Self

from rich.console import Console
from rich.text import Text

from optimizer.solve import Progress
from scenarios.cli.shared.streams import tell

EVERY = 10.0
"""Seconds between two plain lines about the same stage."""


class Reporter(Protocol):
    """Somebody who shows how far the program is."""

    def phase(self, name: str) -> None:
        """Name what is done now."""

    def progress(self, progress: Progress) -> None:
        """Show the newest progress of the solver."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""


class Silent:
    """Shows nothing."""

    def phase(self, name: str) -> None:
        """Name what is done now."""

    def progress(self, progress: Progress) -> None:
        """Show the newest progress of the solver."""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""


class Plain(Silent):
    """Writes a line for each new stage, and one every `EVERY` seconds.

    Parameters
    ----------
    verbose
        Write a line for every event.
    """

    def __init__(self, *, verbose: bool = False) -> None:
        self.verbose = verbose
        self.last = ("", "", -EVERY)

    def phase(self, name: str) -> None:
        """Name what is done now."""
        tell(f"{name} ...")

    def progress(self, progress: Progress) -> None:
        """Write a line if it is time."""
        stage, note, seconds = self.last
        news = progress.stage != stage or (self.verbose and progress.note != note)
        if news or progress.seconds - seconds >= EVERY:
            self.last = (progress.stage, progress.note, progress.seconds)
            tell(line(progress))


class Live(Silent):
    """Keeps one line up to date at a terminal."""

    def __init__(self) -> None:

        self.status: Any = Console(stderr=True).status("")

    def __enter__(self) -> Self:
        """Begin."""
        self.status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        self.status.stop()

    def phase(self, name: str) -> None:
        """Name what is done now."""
        self._show(f"{name} ...")

    def progress(self, progress: Progress) -> None:
        """Show the newest figures."""
        self._show(line(progress))

    def _show(self, text: str) -> None:
        """Show a text as it is, brackets included."""
        self.status.update(Text(text))


def reporter(*, quiet: bool, verbose: bool) -> Reporter:
    """Return the reporter that fits where stderr goes."""
    if quiet:
        return Silent()
    if sys.stderr.isatty() and not verbose:
        return Live()
    return Plain(verbose=verbose)


def line(progress: Progress) -> str:
    """Return the progress as one line."""
    parts = [f"{progress.seconds:6.1f} s  {progress.stage}"]
    if progress.objective is not None:
        parts.append(f"best {progress.objective:.2f}")
    if progress.bound is not None:
        parts.append(f"bound {progress.bound:.2f}")
    if progress.objective and progress.bound is not None:
        parts.append(f"gap {max(0.0, 1 - progress.bound / progress.objective):.2%}")
    if progress.note:
        parts.append(progress.note)
    return "  ".join(parts)
