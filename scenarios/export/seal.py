"""How a folder of ours is known to be as it was written: its document holds a checksum of each file, and of itself."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from maps.told.texts import Words
from scenarios.world.plain import dumps, plain

OWN: Final = "sha256"
"""Where a document holds the checksum of all that stands above it."""
What = Literal["changed", "missing", "added", "unsealed", "rule", "objective", "figures", "standing"]


@dataclass(frozen=True)
class Disagreement:
    """Something in a folder that is not as it was written, or that does not follow from the rest.

    Parameters
    ----------
    what
        The kind, which names its sentence: ``verify.{what}``.
    name
        The file, the rule, or the part of the judgement.
    said, found
        What stands there, and what follows from the rest; empty where the kind says it all.
    """

    what: What
    name: str
    said: str = ""
    found: str = ""

    def told(self, words: Words) -> str:
        """Return it as a sentence without a full stop."""
        name = words.known(f"rule.{self.name}.title", self.name) if self.what == "rule" else self.name
        return words.text(f"verify.{self.what}", name=name, said=self.said, found=self.found)


def sealed(document: Mapping[str, Any], files: Mapping[str, str]) -> str:
    """Return the text of a document with the checksums of the files beside it and, at its end, its own."""
    content = plain({**document, "files": dict(sorted(files.items()))})
    return dumps({**content, OWN: _of_text(dumps(content))})


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file in a folder and below, by its path in it."""
    return {path.relative_to(folder).as_posix(): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def document_faults(name: str, document: Mapping[str, Any]) -> list[Disagreement]:
    """Return whether a document, read back, is not the one that was written; `name` is that of its file."""
    if OWN not in document:
        return [Disagreement("unsealed", name)]
    content = {key: value for key, value in document.items() if key != OWN}
    return [] if _of_text(dumps(content)) == document[OWN] else [Disagreement("changed", name)]


def file_faults(folder: Path, promised: Mapping[str, str]) -> list[Disagreement]:
    """Return which of these files, each with its checksum, are gone or are not as they were written."""
    faults = []
    for name, checksum in promised.items():
        path = folder / name
        if not path.is_file():
            faults.append(Disagreement("missing", name))
        elif sha256(path) != checksum:
            faults.append(Disagreement("changed", name))
    return faults


def added(folder: Path, document: str, promised: Mapping[str, str]) -> list[Disagreement]:
    """Return which files lie in a folder that its document does not name."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return [Disagreement("added", name) for name in sorted(there - promised.keys() - {document})]


def _of_text(text: str) -> str:
    """Return the SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
