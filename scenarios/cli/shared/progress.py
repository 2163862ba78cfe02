"""Progress on stderr: live at a terminal, plain lines elsewhere."""

import sys
from types import TracebackType
from typing import Any, Protocol, Self

from rich.console import Console
from rich.text import Text

from maps.told.texts import Words
from optimizer.solve import Progress
from scenarios.cli.shared.streams import tell

EVERY = 10.0
"""Seconds between two plain lines about the same stage."""


class Reporter(Protocol):
    """Somebody who shows how far the program is."""

    words: Words

    def phase(self, key: str, **values: object) -> None:
        """Name what is done now: the text ``phase.<key>``."""

    def progress(self, progress: Progress) -> None:
        """Show the newest progress of the solver."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""


class Silent:
    """Shows nothing.

    Parameters
    ----------
    words
        The language of what is shown.
    """

    def __init__(self, words: Words) -> None:
        self.words = words

    def phase(self, key: str, **values: object) -> None:
        """Name what is done now: the text ``phase.<key>``."""

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

    def __init__(self, words: Words, *, verbose: bool = False) -> None:
        super().__init__(words)
        self.verbose = verbose
        self.last = ("", "", -EVERY)

    def phase(self, key: str, **values: object) -> None:
        """Name what is done now."""
        tell(f"{self.words.text(f'phase.{key}', **values)} ...")

    def progress(self, progress: Progress) -> None:
        """Write a line if it is time."""
        stage, note, seconds = self.last
        news = progress.stage != stage or (self.verbose and progress.note != note)
        if news or progress.seconds - seconds >= EVERY:
            self.last = (progress.stage, progress.note, progress.seconds)
            tell(line(self.words, progress) + (f"  {progress.note}" if self.verbose and progress.note else ""))


class Live(Silent):
    """Keeps one line up to date at a terminal."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
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

    def phase(self, key: str, **values: object) -> None:
        """Name what is done now."""
        self._show(f"{self.words.text(f'phase.{key}', **values)} ...")

    def progress(self, progress: Progress) -> None:
        """Show the newest figures."""
        self._show(line(self.words, progress))

    def _show(self, text: str) -> None:
        """Show a text as it is, brackets included."""
        self.status.update(Text(text))


def reporter(words: Words, *, quiet: bool, verbose: bool = False) -> Reporter:
    """Return the reporter that fits where stderr goes."""
    if quiet:
        return Silent(words)
    if sys.stderr.isatty() and not verbose:
        return Live(words)
    return Plain(words, verbose=verbose)


def line(words: Words, progress: Progress) -> str:
    """Return the progress as one line."""
    stage = words.known(f"stage.{progress.stage}", words.known(f"engine.{progress.stage}", progress.stage))
    parts = [f"{words.number(progress.seconds, 1):>6} s  {stage}"]
    if progress.objective is not None:
        parts.append(words.text("progress.best", n=words.number(progress.objective, 1)))
    if progress.bound is not None:
        parts.append(words.text("progress.bound", n=words.number(progress.bound, 1)))
    if progress.objective and progress.bound is not None:
        share = max(0.0, 1 - progress.bound / progress.objective)
        parts.append(words.text("progress.gap", n=words.percent(share)))
    return "  ".join(parts)
