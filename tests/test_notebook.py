"""The notebook for an own county runs from its first cell to its last, and its figures are what it says of them."""

import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[1] / "docs/own-county.ipynb"


@pytest.fixture(scope="module")
def ran() -> dict[str, Any]:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for number, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"{NOTEBOOK.name}, cell {number}", "exec"), names)  # noqa: S102
    return names


def test_plan_is_proved_and_a_looser_rule_is_no_worse(ran: dict[str, Any]) -> None:
    assert ran["result"].status == "optimal"
    assert ran["longer"].result.status == "optimal"
    assert ran["longer"].result.objective <= ran["result"].objective


def test_own_grouping_costs_more_than_the_best(ran: dict[str, Any]) -> None:
    assert ran["leaver"] in ran["tried"].alone
    assert ran["tried"].violations or ran["tried"].objective >= ran["judged"].objective


def test_other_plans_differ_and_are_no_better(ran: dict[str, Any]) -> None:
    others = ran["others"].plans[1:]
    assert others
    for other in others:
        assert other.objective >= ran["result"].objective
        assert other.grouping != ran["result"].grouping


def test_outputs_are_not_stored() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells)
