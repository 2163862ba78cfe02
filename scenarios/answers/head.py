"""The keys with which every answer begins."""

import threading
from typing import Any

from scenarios.world.build import World
from scenarios.world.plain import PROGRAM, SCHEMA_VERSION, version


def head(world: World, interrupted: threading.Event | bool) -> dict[str, Any]:
    """Return the keys with which every answer begins."""
    stopped = interrupted if isinstance(interrupted, bool) else interrupted.is_set()
    return {
        "schema_version": SCHEMA_VERSION,
        "program": PROGRAM,
        "version": version(),
        "scenario": world.scenario.name,
        "edition": world.scenario.edition,
        "municipalities": int(world.problem.active.sum()),
        "interrupted": stopped,
        "fte_sources": world.fte_sources,
    }
