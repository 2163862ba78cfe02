"""What our files and JSON outputs share: plain data, strict JSON, versions."""

import json
import math
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from geodata.faults import require_plain

PROGRAM = "plankontor"
SCHEMA_VERSION = 3
"""Of every JSON object that the program writes."""
DECIMALS = 9
"""Of the numbers in them: far beyond what anything here is known to, and without the noise of sums."""


def version() -> str:
    """Return the version of the program."""
    try:
        return metadata.version(PROGRAM)
    except metadata.PackageNotFoundError:
        return "0+source"


def dumps(document: object) -> str:
    """Return strict JSON: numbers that are not finite become ``null``, sets sorted lists."""
    return json.dumps(plain(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def read_json(path: Path) -> Any:
    """Return what a JSON file holds.

    Raises
    ------
    OSError
        If it cannot be read to its end.
    ValueError
        If it is no JSON.
    """
    require_plain(path)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        raise ValueError("lists and objects are nested too deeply") from None


def plain(item: Any) -> Any:
    """Return dataclasses, mappings, sets and numpy numbers as what JSON knows."""
    if is_dataclass(item) and not isinstance(item, type):
        item = {one.name: getattr(item, one.name) for one in fields(item)}
    if hasattr(item, "dtype") and hasattr(item, "item"):
        item = item.item()
    match item:
        case float():
            return round(item, DECIMALS) + 0.0 if math.isfinite(item) else None
        case str():
            return str(item)
        case Mapping():
            return {str(key): plain(value) for key, value in item.items()}
        case AbstractSet():
            return sorted(plain(value) for value in item)
        case Iterable():
            return [plain(value) for value in item]
        case _:
            return item
