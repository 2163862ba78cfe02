"""What is said where a library that plankontor needs is not there, or cannot be loaded.

Nothing is imported here but what comes with Python: any other library may be the one that is missing.
"""

import re
import sys
from importlib import metadata
from importlib.util import find_spec
from typing import Final

from scenarios.cli.shared.clashes import NAMES, OURS

CODE: Final = 7
"""Exit code."""
NAME: Final = re.compile(r"[\w.-]+")


def is_missing(fault: BaseException) -> bool:
    """Return whether a fault is that something else than plankontor's own code could not be imported."""
    return isinstance(fault, ImportError) and (fault.name or "").partition(".")[0] not in NAMES


def message(fault: ImportError) -> str:
    """Return which libraries are missing, and the command that brings them back."""
    wanted = missing_requirements()
    if wanted:
        names = ", ".join(match[0] for one in wanted if (match := NAME.match(one)))
        which = "a library that plankontor needs is" if len(wanted) == 1 else "libraries that plankontor needs are"
        return f"error: {which} not installed: {names}\nInstall with: {installer()} {' '.join(map(quoted, wanted))}"
    why = f"{fault}".partition("\n")[0][:200]
    return (
        f"error: a library that plankontor needs cannot be loaded: {why}\n"
        f"Install again, in the folder of plankontor: {installer()} --force-reinstall ."
    )


def missing_requirements() -> list[str]:
    """Return the libraries that plankontor names itself and that are not installed, each with its versions."""
    try:
        needed = metadata.requires(OURS) or []
    except metadata.PackageNotFoundError:  # a clone that was never installed
        return []
    found = ((NAME.match(one), one) for one in needed if "extra ==" not in one)
    return [one for match, one in found if match and not is_installed(match[0])]


def is_installed(name: str) -> bool:
    """Return whether a library is there, with the facts that its installer leaves."""
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def installer() -> str:
    """Return the command that installs into the environment that runs; those that uv makes have no pip."""
    python = quoted(sys.executable)
    return f"{python} -m pip install" if find_spec("pip") else f"uv pip install --python {python}"


def quoted(text: str) -> str:
    """Return the text as one word of a command, for any shell."""
    return text if re.fullmatch(r"[\w./\\:-]+", text) else f'"{text}"'
