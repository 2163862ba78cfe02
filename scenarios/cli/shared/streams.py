"""The streams: on stdout the result only, on stderr the rest."""

import os
import sys
from contextlib import suppress
from typing import TextIO

from scenarios.question.faults import harmless


class UsageError(Exception):
    """The command line asks for something that cannot be done; the message says what and why."""


def say(text: str) -> None:
    """Print the result. If its reader has gone, be quiet: what is on disk is not lost.

    Raises
    ------
    UsageError
        If it cannot be printed, for instance on a full disk.
    """
    try:
        _print(sys.stdout, text)
    except OSError as fault:
        raise UsageError(f"cannot print the result: {fault.strerror}") from fault


def tell(text: str) -> None:
    """Print a message for the person at the terminal."""
    with suppress(OSError):
        _print(sys.stderr, text)


def tell_from_signal(text: str) -> None:
    """Print a message while anything else, printing included, is going on; a line that is being drawn is wiped away."""
    with suppress(OSError):
        wipe = "\r\x1b[2K" if os.isatty(2) else ""
        os.write(2, f"{wipe}{text}\n".encode())


def _print(stream: TextIO, text: str) -> None:
    """Print to a stream what cannot steer it, or nowhere if its reader has gone."""
    try:
        stream.write(f"{harmless(text.rstrip())}\n")
        stream.flush()
    except BrokenPipeError:
        hang_up()


def prepare() -> None:
    """Make the streams able to print Norwegian and Sámi letters, whatever the console says it can."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  kept to the end
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def hang_up() -> None:
    """Send nowhere what still waits to be printed to a reader who has gone: leaving must not complain either."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
