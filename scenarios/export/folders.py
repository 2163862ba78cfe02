"""Write a folder, or a file, whole or not at all."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ATTEMPTS = 5
"""How often a folder is put in its place if another run does the same at the same time."""

Foreign = Callable[[Path], list[str]]
"""Names the content of a folder that is not ours to replace."""


class FolderError(Exception):
    """The folder cannot be written; the message says why and what to do."""


def check(target: Path, foreign: Foreign) -> Path:
    """Return the absolute target if a folder can be written there, leaving nothing behind.

    Parameters
    ----------
    target
        The folder wanted; it need not exist, nor its parents.
    foreign
        What in an existing target is not ours.

    Raises
    ------
    FolderError
        If the target is a file, holds foreign content, is the working folder or cannot be written.
    """
    try:
        resolved = target.resolve()
        if Path.cwd().resolve().is_relative_to(resolved):
            raise FolderError(f"{target} is the folder you are in, or above it; name a new folder for the result")
        if resolved.exists() and not resolved.is_dir():
            raise FolderError(f"{target} is a file; name a new folder for the result")
        if resolved.is_dir() and (names := foreign(resolved)):
            raise FolderError(
                f"{target} holds files that do not belong to a run, such as {names[0]}; "
                "they are left alone: name another folder"
            )
        _probe(_existing(resolved.parent))
    except (OSError, RuntimeError) as fault:  # RuntimeError: a loop of symbolic links
        raise FolderError(_cannot(target, fault)) from fault
    return resolved


@contextmanager
def new(target: Path, foreign: Foreign) -> Iterator[Path]:
    """Yield an empty folder that takes the target's place if the block ends well, and vanishes if not.

    Parameters
    ----------
    target, foreign
        As for `check`, which is done again.

    Raises
    ------
    FolderError
        As for `check`, and if writing fails in the block or at the end, for instance on a full disk.
    """
    resolved = check(target, foreign)
    made: list[Path] = []
    part = resolved.with_name(f".{resolved.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        _make_parents(resolved.parent, made)
        part.mkdir()
        yield part
        _put(part, resolved)
        made.clear()
    except OSError as fault:
        raise FolderError(_cannot(target, fault)) from fault
    finally:
        shutil.rmtree(part, ignore_errors=True)
        for folder in reversed(made):
            with suppress(OSError):  # another run may already use it
                folder.rmdir()


@contextmanager
def into(target: Path) -> Iterator[Path]:
    """Yield an empty folder whose files go into the target if the block ends well; what else lies there stays.

    Each file takes the place of one with its name whole. If the block fails, the target is as it was.

    Parameters
    ----------
    target
        As for `check`; it may hold anything.

    Raises
    ------
    FolderError
        As for `new`.
    """
    resolved = check(target, lambda _: [])
    made: list[Path] = []
    part = resolved.with_name(f".{resolved.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        _make_parents(resolved.parent, made)
        part.mkdir()
        yield part
        _make_parents(resolved, made)
        for path in sorted(part.iterdir()):
            if (resolved / path.name).is_dir():
                raise IsADirectoryError(None, f"{path.name} is a folder there")
        for path in sorted(part.iterdir()):
            path.replace(resolved / path.name)
        made.clear()
    except OSError as fault:
        raise FolderError(_cannot(target, fault)) from fault
    finally:
        shutil.rmtree(part, ignore_errors=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()


def check_file(target: Path, ours: Callable[[Path], bool]) -> Path:
    """Return the absolute target if a file can be written there, leaving nothing behind.

    Parameters
    ----------
    target
        The file wanted; it need not exist, nor its parents.
    ours
        Whether an existing file may be replaced.

    Raises
    ------
    FolderError
        If the target is a folder, another file or cannot be written.
    """
    try:
        resolved = target.resolve()
        if resolved.is_dir():
            raise FolderError(f"{target} is a folder; name a file")
        if resolved.exists() and not (resolved.is_file() and ours(resolved)):
            raise FolderError(f"{target} is there already and is no page of ours; it is left alone: name another file")
        parent = _existing(resolved.parent)
        if not parent.is_dir():
            raise FolderError(f"cannot write {target}: {parent} is a file, not a folder")
        _probe(parent)
    except (OSError, RuntimeError, ValueError) as fault:  # ValueError: a null character
        raise FolderError(_cannot(target, fault)) from fault
    return resolved


@contextmanager
def new_file(target: Path, ours: Callable[[Path], bool]) -> Iterator[Path]:
    """Yield the path of a file that takes the target's place if the block ends well, and vanishes if not.

    Parameters
    ----------
    target, ours
        As for `check_file`, which is done again.

    Raises
    ------
    FolderError
        As for `check_file`, and if writing fails in the block or at the end.
    """
    resolved = check_file(target, ours)
    made: list[Path] = []
    part = resolved.with_name(f".{resolved.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        _make_parents(resolved.parent, made)
        yield part
        part.replace(resolved)
        made.clear()
    except OSError as fault:
        raise FolderError(_cannot(target, fault)) from fault
    finally:
        part.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()


def _existing(folder: Path) -> Path:
    """Return the folder or its nearest ancestor that exists."""
    while not os.path.lexists(folder):
        folder = folder.parent
    return folder


def _probe(folder: Path) -> None:
    """Make and remove a folder in this one."""
    probe = folder / f".plankontor.{secrets.token_hex(4)}.part"
    probe.mkdir()
    probe.rmdir()


def _make_parents(folder: Path, made: list[Path]) -> None:
    """Make a folder and its missing parents, noting which were made."""
    if folder.exists():
        return
    _make_parents(folder.parent, made)
    with suppress(FileExistsError):
        folder.mkdir()
        made.append(folder)


def _put(part: Path, target: Path) -> None:
    """Put a finished folder in the target's place; what was there is only removed when that is done."""
    for attempt in range(ATTEMPTS):
        if not target.exists():
            with _last(attempt):
                part.rename(target)
                return
        aside = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.old")
        with _last(attempt):
            target.rename(aside)
            try:
                part.rename(target)
            finally:
                if target.exists():
                    shutil.rmtree(aside, ignore_errors=True)
                else:
                    aside.rename(target)
            return


@contextmanager
def _last(attempt: int) -> Iterator[None]:
    """Let a failed rename pass unless it was the last attempt."""
    try:
        yield
    except OSError:
        if attempt == ATTEMPTS - 1:
            raise


def _cannot(target: Path, fault: Exception) -> str:
    """Return the sentence for a fault of the operating system."""
    reason = getattr(fault, "strerror", None) or str(fault)
    return f"cannot write {target}: {reason}; nothing was written there"
