"""What an engine counts is held against the specification; side rows hold for every plan that is kept."""

import numpy as np
import pytest
from cases import line

from optimizer.budget import Budget
from optimizer.engines import candidates
from optimizer.engines.candidates import GroupFinder, Indices, Integers, SideRow
from optimizer.engines.listing import find_groups
from optimizer.engines.selection import Selection
from optimizer.problem import Bools
from optimizer.solve import Options, solve


def test_a_wrong_price_in_the_listing_never_leaves_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = GroupFinder.group_costs

    def free_of_charge(self: GroupFinder, members: Indices) -> tuple[Integers, Bools]:
        costs, legal = honest(self, members)
        return np.zeros_like(costs), legal

    monkeypatch.setattr(candidates.GroupFinder, "group_costs", free_of_charge)
    with pytest.raises(RuntimeError, match="counts"):
        solve(line(), Options(workers=1))


def test_a_plan_that_breaks_a_side_row_is_not_kept() -> None:
    pool = find_groups(line())
    plan_size = SideRow("offices", np.ones(len(pool), dtype=np.int64), least=len(pool.ids) + 1)
    selection = Selection(pool.limited(plan_size), Budget(), workers=1)
    selection.accept(selection.pool.take(np.arange(2)))
    assert selection.plan is None
