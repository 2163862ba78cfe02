"""Pages as PDF, printed by a Chromium or Chrome that is installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
CHOSEN: Final = "PLANKONTOR_CHROMIUM"
"""Environment variable that names the program."""
SECONDS: Final = 120


class PrintError(Exception):
    """A page was not printed; the message says why."""


def browser() -> str | None:
    """Return the path of an installed browser that prints, or ``None``."""
    return os.environ.get(CHOSEN) or next(filter(None, map(shutil.which, NAMES)), None)


def print_pdf(program: str, page: Path, target: Path) -> None:
    """Print a page as it is on paper.

    Raises
    ------
    PrintError
        If there is no PDF afterwards.
    """
    with tempfile.TemporaryDirectory() as profile:
        options = ["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        options += ["--disable-component-update", "--disable-sync", f"--user-data-dir={profile}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")  # as root it does not start with one
        options += ["--no-pdf-header-footer", f"--print-to-pdf={target}", page.resolve().as_uri()]
        try:
            done = subprocess.run([program, *options], capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise PrintError(f"{program} could not print {page.name}: {fault}") from fault
    if done.returncode or not target.is_file() or not target.read_bytes().startswith(b"%PDF"):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        raise PrintError(f"{program} did not print {page.name}: {last[0]}")
