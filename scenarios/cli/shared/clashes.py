"""Whether a foreign package has put files where ours are: their names are common, and pip lets both in.

At every start there is time for a look at one list of files and four folders only; who else owns a folder is looked
for once there is something in it that is not ours.
"""

import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Final

NAMES: Final = ("optimizer", "geodata", "scenarios", "maps")
OURS: Final = "plankontor"
RECORD: Final = "*.dist-info/RECORD"


def warnings() -> list[str]:
    """Return a line for each of our names that belongs to a foreign package too, where Python looks for ours."""
    home, site = Path(__file__).parents[3], Path(sysconfig.get_path("purelib"))
    # A clone has no list of files, and everything in it is ours.
    places = {site, *([home] if any(home.glob(f"{OURS}-{RECORD}")) else [])}
    return [line for place in sorted(places) for line in found_in(place)]


def found_in(site: Path) -> Iterator[str]:
    """Yield a line for each of our names that belongs to a foreign package too in a folder of installed packages."""
    recorded = "\n".join(path.read_text(encoding="utf-8") for path in site.glob(f"{OURS}-{RECORD}"))
    sizes = {path: size for path, _, size in (line.rsplit(",", 2) for line in recorded.splitlines() if line)}
    entries = {"/".join(path.split("/")[:2]) for path in sizes}
    for name in NAMES:
        folder = site / name
        if not folder.is_dir():
            continue
        inside = {f"{name}/{path.name}" for path in folder.iterdir()} - {f"{name}/__pycache__"}
        first = folder / "__init__.py"
        same = first.is_file() and sizes.get(f"{name}/__init__.py") == str(first.stat().st_size)
        if same and inside <= entries:
            continue
        for owner in owners(site, name):
            yield (
                f"warning: {name} belongs to {owner} too, in {site}: one may have overwritten the other; "
                f"install {OURS} by itself (uv tool install, pipx)"
            )


def owners(site: Path, name: str) -> list[str]:
    """Return the foreign packages that list a file in a folder of ours, by name and version."""
    start = f"{name}/".encode()
    listing = [
        path.parent.name.removesuffix(".dist-info").replace("-", " ")
        for path in site.glob(RECORD)
        if (text := path.read_bytes()).startswith(start) or b"\n" + start in text
    ]
    return sorted(owner for owner in listing if owner.partition(" ")[0] != OURS)
