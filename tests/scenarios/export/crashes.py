"""Write folders and files while the system fails, or the program dies, at one step after the other; print what is left.

Run as a program of its own, ``crashes.py FOLDER WAY dies|fails [plain]``: each try is a fork, which a test's process,
with its threads, must not make. A step is whatever Python announces to audit hooks that touches the disk, and what it
does not announce: text that is written, a wait for the disk, two names exchanged. ``plain`` is a system that cannot
exchange. One line for each step: its number and fault, whether there was an earlier one, how the writer ended, what is
in the place and beside it then, and both again when the next writer has come.
"""

import errno
import json
import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

from scenarios.export import exchange, folders

STEPS = (
    *("open", "os.mkdir", "os.rename", "os.rmdir", "os.remove", "os.link", "os.listdir", "os.scandir"),
    *("os.fsync", "renameat2", "write"),
)
FAULTS = {"dies": (0,), "fails": (errno.ENOSPC, errno.EACCES, errno.EIO)}
DEAD = 9


def ours(_folder: Path) -> list[str]:
    return []


def write(way: str, target: Path, text: str) -> None:
    """Write two files that belong together."""
    if way == "file":
        with folders.new_file(target / "page.html", lambda _: True) as page:
            page.write_text(text)
        return
    with folders.new(target, ours) if way == "new" else folders.into(target) as part:
        for name in ("a", "b"):
            (part / name).write_text(text)


def content(target: Path) -> dict[str, str]:
    """Return the files in the place."""
    files = sorted(target.iterdir()) if target.is_dir() else []
    return {path.name: path.read_text() for path in files if path.is_file()}


def beside(target: Path) -> list[str]:
    """Return the kinds of what is beside the place."""
    return sorted(path.suffix for path in [*target.parent.iterdir(), *target.glob(".*.part")] if path != target)


def announce(target: Path) -> None:
    """Make this process announce what Python does not."""
    sync, exchanged, write_text = os.fsync, exchange._exchanged, Path.write_text

    def synced(handle: int) -> None:
        sys.audit("os.fsync", target)
        sync(handle)

    def swapped(one: Path, other: Path) -> bool:
        sys.audit("renameat2", one)
        return exchanged(one, other)

    def written(path: Path, text: str) -> int:
        write_text(path, text[:1])
        sys.audit("write", path)
        return write_text(path, text)

    os.fsync, exchange._exchanged, Path.write_text = synced, swapped, written


def attempt(way: str, target: Path, fault: int, at: int) -> int:
    """Write in a process of its own that meets a fault, or dies, at this step; return how it ended, 0 if well."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    count = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if event not in STEPS or str(target.parent) not in str(arguments[0]):
            return
        count += 1
        if count == at and not fault:
            os._exit(DEAD)
        if count == at:
            raise OSError(fault, os.strerror(fault))

    announce(target)
    sys.addaudithook(hook)
    try:
        write(way, target, "new")
    except folders.FolderError as error:
        os._exit(1 if os.strerror(fault) in str(error) else 2)
    except Exception:  # noqa: BLE001  the child must not go on as the parent does
        os._exit(3)
    os._exit(0 if count < at else 4)


def main(folder: Path, way: str, manner: str, *, plain: bool) -> None:
    """Try every step until there is none left."""
    warnings.simplefilter("ignore")
    if plain:
        exchange._exchanged = lambda _one, _other: False
    faults = FAULTS[manner][:1] if plain else FAULTS[manner]
    for fault, existing in ((fault, existing) for fault in faults for existing in (False, True)):
        for at in range(1, 1000):
            target = folder / str(at) / "run"
            target.parent.mkdir(parents=True)
            if existing:
                write("new" if way != "file" else "file", target, "old")
            ended = attempt(way, target, fault, at)
            left, rest = content(target), beside(target)
            exchange.settle(target / "page.html" if way == "file" else target)
            after = {"place": content(target), "beside": beside(target)}
            told = {
                "step": at,
                "fault": fault,
                "existing": existing,
                "ended": ended,
                "place": left,
                "beside": rest,
                "after": after,
            }
            print(json.dumps(told))  # noqa: T201
            shutil.rmtree(target.parent)
            if ended == 0:
                break


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:4], plain="plain" in sys.argv)
