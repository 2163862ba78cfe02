"""The notebooks run from the first cell to the last, and their figures are what they say of them."""

import json
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[1] / "docs"


def run(name: str) -> dict[str, Any]:
    """Return the names that the notebook leaves behind."""
    cells = json.loads((DOCS / name).read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for number, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"{name}, cell {number}", "exec"), names)  # noqa: S102
    return names


@pytest.fixture(scope="module")
def county() -> dict[str, Any]:
    return run("own-county.ipynb")


def test_plan_is_proved_and_a_looser_rule_is_no_worse(county: dict[str, Any]) -> None:
    assert county["result"].status == "optimal"
    assert county["longer"].result.status == "optimal"
    assert county["longer"].result.objective <= county["result"].objective


def test_own_grouping_is_no_better_than_the_best(county: dict[str, Any]) -> None:
    assert county["leaver"] in county["tried"].alone
    assert county["tried"].violations or county["tried"].objective >= county["judged"].objective


def test_other_plans_differ_and_are_no_better(county: dict[str, Any]) -> None:
    others = county["others"].plans[1:]
    assert others
    for other in others:
        assert other.objective >= county["result"].objective
        assert other.grouping != county["result"].grouping


def test_national_notebook() -> None:
    country = run("national.ipynb")
    assert country["result"].status == country["within"].result.status == "optimal"
    assert country["firm"].objective == pytest.approx(country["judged"].objective)
    assert set(country["firm"].to_frame().companions) == {"all", "some"}
    low, high = country["prices"][120], country["prices"][480]
    assert low[0] <= high[0]
    assert low[1] >= high[1]
    assert country["compared"].to_frame().objective.is_monotonic_increasing
    assert country["picture"].png.startswith(b"\x89PNG")


@pytest.mark.parametrize("notebook", sorted(DOCS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_outputs_are_not_stored(notebook: Path) -> None:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells)
