"""The SHA-256 of each embedded file: ``python -m geodata.making.checksums`` writes them anew."""

from pathlib import Path

from geodata.editions import CHECKSUMS, DATA, FILES, digest


def write(folder: Path = DATA) -> None:
    """Write the checksum of each file of the list, in the format of ``sha256sum``."""
    lines = [f"{digest(folder / name)}  {name}" for name in FILES]
    (folder / CHECKSUMS).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
