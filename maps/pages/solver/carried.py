"""The solver in the report: HiGHS compiled to WebAssembly and our worker, packed until somebody asks.

A page that carries it finds the best plan under other prices, limits and demands by itself, without network. Its parts
are data, not scripts: they run in a worker that the page makes from them, which its policy allows.
"""

import base64
from functools import cache
from typing import Any, Final

from markupsafe import Markup

from maps.pages.bilingual import pack
from maps.pages.offline import ASSETS
from maps.pages.render import script
from maps.told.answer import Answer
from maps.told.findings import Findings

LOADER: Final = ASSETS / "highs" / "highs.js"
BINARY: Final = ASSETS / "highs" / "highs.wasm.gz"
"""Packed as `pack` does it, once: packing 3.5 MB takes longer than all else that a page carries."""
WORKER: Final = "worker.js"

MOST_OFFICES: Final = 120_000
"""Offices at hosts that a page lists at most; beyond that it would take a reader's computer too long."""


def solver_data(answer: Answer, findings: Findings) -> dict[str, Any] | None:
    """Return what the panel of the solver reads; ``None`` if the page shall carry none, or cannot judge what was asked.

    Parameters
    ----------
    answer
        The plan.
    findings
        With the scenario, if the page shall carry the solver.
    """
    problem, many = answer.problem, answer.facts.candidates or 0
    if not findings.scenario or problem.shares_kroner or many > MOST_OFFICES:
        return None
    return {"most": MOST_OFFICES}


def parts(scenario: str) -> Markup:
    """Return the packed parts as elements of a page's head.

    Parameters
    ----------
    scenario
        What was asked, as a scenario file.
    """
    packed = {**_programs(), "solver-scenario": pack(scenario.encode())}
    element = Markup('<script type="application/gzip" class="carried" id="{}">{}</script>')
    return Markup("\n").join(element.format(name, text) for name, text in packed.items())


@cache
def _programs() -> dict[str, str]:
    """Return the packed programs by the id of their element."""
    return {
        "solver-wasm": base64.b64encode(BINARY.read_bytes()).decode(),
        "solver-worker": pack(f"{LOADER.read_text(encoding='utf-8')}\n{script(WORKER)}".encode()),
    }
