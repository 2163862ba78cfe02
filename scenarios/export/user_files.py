"""The user's own files as a run folder keeps them: as they are, the files of a Shapefile packed into one."""

import hashlib
import io
import shutil
import zipfile
from pathlib import Path

from geodata.owntables.shapes.features import parts_of
from scenarios.export.seal import sha256

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""Earliest time stamp of a packed file; the same files give the same bytes."""


def keep(path: Path, kept: Path) -> None:
    """Keep a file of the user's in a run folder."""
    if len(parts_of(path)) == 1:
        shutil.copyfile(path, kept)
    else:
        kept.write_bytes(_packed(path))


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file as it is kept."""
    if len(parts_of(path)) == 1:
        return sha256(path)
    return hashlib.sha256(_packed(path)).hexdigest()


def _packed(path: Path) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in parts_of(path):
            name = f"boundaries{part.suffix.casefold()}"
            packed.writestr(zipfile.ZipInfo(name, FIRST_DAY), part.read_bytes(), zipfile.ZIP_DEFLATED)
    return file.getvalue()
