"""The SHA-256 of each embedded file: ``python -m geodata.making.checksums`` writes them anew."""

import hashlib
from pathlib import Path

from geodata.editions import DATA, FILES

FILE = "checksums.txt"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(folder: Path = DATA) -> None:
    """Write the checksum of each file of the list, in the format of ``sha256sum``."""
    lines = [f"{digest(folder / name)}  {name}" for name in FILES]
    (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def changed(folder: Path = DATA) -> tuple[str, ...]:
    """Return the files that are not as they were when their checksums were written, or are missing."""
    expected = (line.split("  ", 1) for line in (folder / FILE).read_text(encoding="utf-8").splitlines())
    return tuple(name for known, name in expected if not (folder / name).is_file() or digest(folder / name) != known)


if __name__ == "__main__":
    write()
