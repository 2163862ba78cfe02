"""Our folders and files: written whole or not at all, in the place of an earlier one, known again, read back.

A folder of ours holds a JSON document that names this program and the other files. By it the folder is known, and only
what it names is ever replaced.
"""

import os
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scenarios.export.csv_files import CsvTable, write_csv
from scenarios.export.exchange import being_written, put, put_file, settle
from scenarios.export.seal import checksums, sealed
from scenarios.world.plain import PROGRAM, plain, read_json

Foreign = Callable[[Path], list[str]]
"""Names the content of a folder that is not ours to replace."""


class FolderError(Exception):
    """The folder cannot be written; the message says why and what to do."""


@dataclass(frozen=True)
class FolderKind:
    """A kind of folder that the program writes.

    Parameters
    ----------
    document
        Name of the JSON file by which it is known.
    files
        Names of the files beside it, for a document that does not name them itself, as ``files``.
    """

    document: str
    files: tuple[str, ...] = ()

    def read(self, folder: Path) -> Any:
        """Return the document in a folder.

        Raises
        ------
        OSError, ValueError
            If there is none, or it is no JSON.
        """
        return read_json(folder / self.document)

    def known(self, folder: Path) -> dict[str, Any] | None:
        """Return the document of a folder of this kind, ``None`` if the folder is something else."""
        try:
            found: dict[str, Any] = self.read(folder)
            return found if found["program"] == PROGRAM else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def foreign(self, folder: Path) -> list[str]:
        """Return what is in a folder beside our own; everything, if it is not of this kind."""
        content = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
        found = self.known(folder)
        try:
            ours = set() if found is None else {self.document, *(found.get("files") or self.files)}
        except (KeyError, TypeError):
            ours = set()
        return sorted(content - ours - {parent.as_posix() for name in ours for parent in Path(name).parents})

    def check(self, target: Path) -> None:
        """Refuse a folder that could not be written.

        Raises
        ------
        FolderError
            If there is something else in it, or it cannot be written.
        """
        check(target, self.foreign)

    @contextmanager
    def new(self, target: Path) -> Iterator[Path]:
        """Yield an empty folder that takes the place of an earlier one of this kind if the block ends well.

        Raises
        ------
        FolderError
            If it cannot be written; nothing is left behind then.
        """
        with new(target, self.foreign) as part:
            yield part

    def write(self, target: Path, document: Mapping[str, Any], tables: Mapping[str, CsvTable]) -> None:
        """Write a document that names the tables, and the tables, in the place of an earlier folder of this kind.

        Parameters
        ----------
        target
            The folder.
        document
            What goes into the JSON file.
        tables
            By file name.

        Raises
        ------
        FolderError
            As for `new`.
        """
        with self.new(target) as part:
            for name, table in tables.items():
                write_csv(part / name, CsvTable(table.header, [plain(row) for row in table.rows]))
            self.seal(part, document)

    def seal(self, folder: Path, document: Mapping[str, Any], more: Mapping[str, str] = MappingProxyType({})) -> None:
        """Write the document, last: it holds a checksum of each file in the folder, and of itself.

        Parameters
        ----------
        folder
            With all other files.
        document
            What goes into the JSON file.
        more
            Checksums of files that will stand beside them, by name.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        write_text(folder / self.document, sealed(document, {**more, **checksums(folder)}))


def write_text(path: Path, text: str) -> None:
    """Write a text file, the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


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
        _require_name(resolved)
        settle(resolved)
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
    with _staged(target, resolved) as part:
        yield part
        put(part, resolved)


@contextmanager
def into(target: Path) -> Iterator[Path]:
    """Yield an empty folder whose files go into the target if the block ends well; what else lies there stays.

    All of them come at once, and only if the block ends well: before, the target is as it was.

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
    with _staged(target, resolved) as part:
        yield part
        if resolved.exists():
            _take_over(resolved, part)
        put(part, resolved)


def _require_name(path: Path) -> None:
    """Refuse a path that other programs cannot write: bytes that are no text, and characters that cannot be seen.

    Raises
    ------
    FolderError
        If it is one of these.
    """
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in str(path)):
        raise FolderError(f"cannot write {str(path)!r}: the name is no plain text; name it with letters and digits")


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
        _require_name(resolved)
        settle(resolved)
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
    with _staged(target, resolved) as folder:
        yield folder / resolved.name
        put_file(folder / resolved.name, resolved)


@contextmanager
def _staged(target: Path, resolved: Path) -> Iterator[Path]:
    """Yield an empty folder beside the target, which is gone in the end; if the block fails, nothing stays.

    Raises
    ------
    FolderError
        If the block meets a fault of the operating system.
    """
    made: list[Path] = []
    try:
        _make_parents(resolved.parent, made)
        with being_written(resolved) as part:
            yield part
        made.clear()
    except OSError as fault:
        raise FolderError(_cannot(target, fault)) from fault
    finally:
        for folder in reversed(made):
            with suppress(OSError):  # another run may already use it
                folder.rmdir()


def _existing(folder: Path) -> Path:
    """Return the folder or its nearest ancestor that exists."""
    while not os.path.lexists(folder):
        folder = folder.parent
    return folder


def _probe(folder: Path) -> None:
    """Make a file without a name in a folder: a program that is killed here leaves nothing."""
    tempfile.TemporaryFile(dir=folder).close()


def _make_parents(folder: Path, made: list[Path]) -> None:
    """Make a folder and its missing parents, noting which were made."""
    if folder.exists():
        return
    _make_parents(folder.parent, made)
    with suppress(FileExistsError):
        folder.mkdir()
        made.append(folder)


def _take_over(target: Path, part: Path) -> None:
    """Bring what is in the target, but not in the finished folder, into that, without copying the files' content."""
    for path in sorted(part.iterdir()):
        if (target / path.name).is_dir():
            raise IsADirectoryError(None, f"{path.name} is a folder there")
    new = {path.name for path in part.iterdir()}
    shutil.copytree(
        *(target, part),
        symlinks=True,
        ignore=lambda folder, names: new.intersection(names) if Path(folder) == target else (),
        copy_function=_linked,
        dirs_exist_ok=True,
    )


def _linked(file: str, to: str) -> None:
    """Give a file a second name, or copy it where the file system has only one name for each."""
    try:
        os.link(file, to)
    except OSError:
        shutil.copy2(file, to)


def _cannot(target: Path, fault: Exception) -> str:
    """Return the sentence for a fault of the operating system."""
    reason = getattr(fault, "strerror", None) or str(fault)
    return f"cannot write {target}: {reason}; nothing was written there"
