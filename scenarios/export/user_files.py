"""The user's own files as a run folder keeps them: as they are, those of a Shapefile or a folder packed into one."""

import hashlib
import io
import shutil
import zipfile
from pathlib import Path

from geodata.owntables.shapes.features import parts_of
from geodata.roads import own
from scenarios.export.seal import sha256

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""Earliest time stamp of a packed file; the same files give the same bytes."""


def keep(path: Path, kept: Path) -> None:
    """Keep a file of the user's in a run folder."""
    if is_one(path):
        shutil.copyfile(path, kept)
    else:
        kept.write_bytes(_packed(path))


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file as it is kept."""
    if is_one(path):
        return sha256(path)
    return hashlib.sha256(_packed(path)).hexdigest()


def is_one(path: Path) -> bool:
    """Return whether it is one file."""
    return not path.is_dir() and len(parts_of(path)) == 1


def _packed(path: Path) -> bytes:
    parts = {part: f"boundaries{part.suffix.casefold()}" for part in parts_of(path)}
    if path.is_dir():
        parts = {path / name: name for name in own.FILES}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, name in parts.items():
            packed.writestr(zipfile.ZipInfo(name, FIRST_DAY), part.read_bytes(), zipfile.ZIP_DEFLATED)
    return file.getvalue()
