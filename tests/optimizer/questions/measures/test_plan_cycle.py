"""Plans that fall due, spread over years: against trying everything."""

from itertools import product

import numpy as np
import pytest

from optimizer.budget import Budget
from optimizer.questions.measures.plan_cycle import EARLIER, LATER, DuePlan, due_years, load_by_year, spread_cycle


@pytest.mark.parametrize(
    ("adopted", "years"), [(2020, [2028, 2036]), (2010, [2026, 2034]), (2030, [2038]), (2019, [2027, 2035])]
)
def test_due_years(adopted, years):
    """Every eighth year; the plan of 2010 was due in 2018, so it is due at once, and eight years later."""
    assert due_years(adopted, 8, 2026, 2038) == years


@pytest.mark.parametrize("seed", range(8))
def test_no_spread_is_flatter(seed):
    random = np.random.default_rng(seed)
    plans = [
        DuePlan(f"{i}", "arealdel", 2026 + int(random.integers(4)), float(random.choice([0.15, 0.6, 1.5])))
        for i in range(5)
    ]
    choices = [range(max(2026, plan.due - EARLIER), plan.due + LATER + 1) for plan in plans]
    best = min(
        (
            round(max(load_by_year(plans, dict(zip(plans, years, strict=True))).values()), 6),
            sum(abs(year - plan.due) for plan, year in zip(plans, years, strict=True)),
        )
        for years in product(*choices)
    )
    found = spread_cycle(plans, 2026, Budget())
    assert found is not None
    assert found.proved
    moved = sum(abs(year - plan.due) for plan, year in found.year_of.items())
    assert (round(max(found.load_after.values()), 6), moved) == best
    assert sum(found.load_before.values()) == pytest.approx(sum(found.load_after.values()))
    assert max(found.load_before.values()) >= max(found.load_after.values()) - 1e-9


def test_overdue_plan_is_worked_on_from_the_first_year():
    overdue = DuePlan("a", "samfunnsdel", 2020, 0.6)
    found = spread_cycle([overdue], 2026, Budget())
    assert found is not None
    assert found.year_of == {overdue: 2026}
    assert found.load_before == found.load_after == {2026: 0.6}
