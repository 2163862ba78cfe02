"""An answer on disk: one JSON document that lists its files, and CSV tables beside it; all of it or nothing."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.export import folders, tables
from scenarios.world.plain import PROGRAM, dumps, plain


@dataclass(frozen=True)
class AnswerTable:
    """One table.

    Parameters
    ----------
    header
        Names of the columns.
    rows
        In the order of the columns.
    """

    header: Sequence[str]
    rows: Iterable[tables.Row]


@dataclass(frozen=True)
class AnswerFolder:
    """A folder for one kind of answer.

    Parameters
    ----------
    document
        Name of its JSON file, which tells it from other folders.
    """

    document: str

    def check(self, target: Path) -> None:
        """Refuse a folder that `write` could not write.

        Raises
        ------
        folders.FolderError
            If there is something else in it, or it cannot be written.
        """
        folders.check(target, self.foreign)

    def foreign(self, folder: Path) -> list[str]:
        """Return what is in a folder beside an answer of ours; everything, if there is none."""
        content = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
        try:
            found = json.loads((folder / self.document).read_text(encoding="utf-8"))
            ours = {self.document, *found["files"]} if found["program"] == PROGRAM else set()
        except (OSError, ValueError, KeyError, TypeError):
            ours = set()
        return sorted(content - ours)

    def write(self, target: Path, document: Mapping[str, Any], sheets: Mapping[str, AnswerTable]) -> None:
        """Write an answer, in the place of an earlier one.

        Parameters
        ----------
        target
            The folder.
        document
            What goes into the JSON file.
        sheets
            Tables by file name.

        Raises
        ------
        folders.FolderError
            If it cannot be written; nothing is left behind then.
        """
        with folders.new(target, self.foreign) as part:
            text = dumps({**document, "files": sorted(sheets)})
            (part / self.document).write_text(text, encoding="utf-8", newline="\n")
            for name, sheet in sheets.items():
                tables.write_csv(part / name, sheet.header, [plain(row) for row in sheet.rows])
