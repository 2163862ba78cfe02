"""How what was written takes its place: in one step, so that old or new is there at every instant, whole.

Where the system can exchange two names at once (Linux, on most file systems), it does. Elsewhere the old one is moved
aside for a moment; if the program is killed in that moment, whoever comes next to the place moves it back (`settle`).
"""

import ctypes
import errno
import hashlib
import os
import re
import secrets
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from geodata.faults import DataRemark

if sys.platform != "win32":
    import fcntl

LONGEST = 200
"""Bytes of a name that fit into the names beside it."""
EXCHANGE = 2
"""``RENAME_EXCHANGE`` of Linux: see renameat2(2)."""
HERE = -100
"""``AT_FDCWD``: paths are those of the working folder."""
NO_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})
"""What file systems say that cannot wait for one file."""
ATTEMPTS = 5
"""How often a folder is put in its place if another run does the same at the same time."""
NO_EXCHANGE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP})
"""What systems and file systems say that cannot exchange."""


class Lock(Enum):
    """Who holds the lock of a folder: a program that writes it, nobody, or nobody can tell."""

    HELD = "held"
    FREE = "free"
    UNKNOWN = "unknown"


def beside(target: Path, kind: str) -> Path:
    """Return a new name beside the target by which `settle` knows what it belongs to; kind is ``part`` or ``old``."""
    return target.with_name(f".{_stem(target)}.{secrets.token_hex(4)}.{kind}")


@contextmanager
def being_written(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside the target; in the end it, or what was exchanged for it, is removed.

    It is locked meanwhile, so that `settle` knows that somebody still writes it.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    part = beside(target, "part")
    try:
        part.mkdir()
        with _locked(part):
            part.mkdir(exist_ok=True)  # if somebody took it for a dead one before it was locked
            yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def put(part: Path, target: Path) -> None:
    """Put a finished folder in the place of the target; what was there, if anything, is under the other name, or gone.

    Raises
    ------
    OSError
        If that cannot be done; the target is as it was.
    """
    sync(part)
    for attempt in range(ATTEMPTS):
        try:
            _put_once(part, target)
            break
        except OSError:
            if attempt == ATTEMPTS - 1:
                raise
    _sync_names(target.parent)


def _put_once(part: Path, target: Path) -> None:
    """Put a finished folder in the place of the target, if nobody else does the same at this moment."""
    if not target.exists():
        part.rename(target)
    elif not _exchanged(part, target):
        with _locked(target):
            aside = beside(target, "old")
            target.rename(aside)
            try:
                part.rename(target)
            except OSError:
                aside.rename(target)
                raise
            shutil.rmtree(aside, ignore_errors=True)


def put_file(written: Path, target: Path) -> None:
    """Put a finished file in the place of the target.

    Raises
    ------
    OSError
        If that cannot be done; the target is as it was.
    """
    sync(written)
    written.replace(target)
    _sync_names(target.parent)


def settle(target: Path) -> None:
    """Bring back, or remove, what programs that were killed left beside the target, and remark on it.

    Warns
    -----
    DataRemark
        If there was something.
    """
    with suppress(OSError):
        for aside in _left(target, "old"):
            with _lock_of(aside) as lock:
                if lock is Lock.HELD:
                    continue
                if target.exists():
                    shutil.rmtree(aside, ignore_errors=True)
                else:
                    aside.rename(target)
                    _remark(f"{target} was brought back: a program that was to replace it has been killed")
        for part in _left(target, "part"):
            with _lock_of(part) as lock:
                if lock is Lock.FREE:
                    shutil.rmtree(part, ignore_errors=True)
                    _remark(f"removed {part.name} beside {target.name}: the program that wrote it has been killed")


def sync(path: Path) -> None:
    """Wait until a file, or a folder with all that is in it, is on the disk.

    Raises
    ------
    OSError
        If it cannot be written there.
    """
    for below in path.rglob("*") if path.is_dir() else ():
        _sync_one(below)
    _sync_one(path)


def _stem(target: Path) -> str:
    """Return the name of the target, or what stands for one that is too long."""
    name = target.name
    if len(os.fsencode(name)) <= LONGEST:
        return name
    return hashlib.sha256(os.fsencode(name)).hexdigest()


def _left(target: Path, kind: str) -> list[Path]:
    """Return what is beside the target under the names of this kind."""
    wanted = re.compile(rf"\.{re.escape(_stem(target))}\.[0-9a-f]{{8}}\.{kind}")
    return sorted(path for path in target.parent.iterdir() if wanted.fullmatch(path.name))


def _remark(text: str) -> None:
    """Remark on what was found."""
    warnings.warn(DataRemark(text), stacklevel=3)


def _sync_one(path: Path) -> None:
    """Wait until one file or folder is on the disk, on systems and file systems that can."""
    if sys.platform == "win32" or path.is_symlink():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in NO_SYNC:
            raise
    finally:
        os.close(handle)


def _sync_names(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; what has its place has it, also if nobody can wait for that."""
    with suppress(OSError):
        _sync_one(folder)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; return whether this system, and this file system, can.

    Raises
    ------
    OSError
        If it can, but not these two.
    """
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    if rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, where folders have one."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


@contextmanager
def _lock_of(folder: Path) -> Iterator[Lock]:
    """Say who holds the lock of a folder, and hold it if nobody does."""
    if sys.platform == "win32":
        yield Lock.UNKNOWN
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield _tried(handle)
    finally:
        os.close(handle)


def _tried(handle: int) -> Lock:
    """Take the lock of an open folder unless somebody holds it."""
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return Lock.HELD
        except OSError:
            return Lock.UNKNOWN
        return Lock.FREE
    return Lock.UNKNOWN
