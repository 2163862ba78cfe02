"""Rows of the accounts: the golden table again, and sums that agree."""

import pytest
from frozen import figures, flat_money, host_of, national, table

from optimizer.grouping import Grouping
from optimizer.money import SharingTerms
from optimizer.questions.money.account_rows import REST, member_rows, office_rows
from optimizer.questions.money.accounts import plan_accounts
from optimizer.sharing.keys import SharingKey

ACCOUNTS = plan_accounts(
    national(), flat_money(), Grouping.of(host_of()), SharingTerms(SharingKey.of("inhabitants"), figures())
)


def test_rows_of_offices():
    rows = {row["host"]: row for row in office_rows(ACCOUNTS)}
    golden = {row["host"]: row for row in table("offices")}
    assert list(rows) == sorted(golden)
    for host, row in rows.items():
        for name in ("need_fte", "employed_fte", "hired_fte", "bought_fte", "staff_kr", "bought_kr", "travel_hours"):
            assert row[REST.get(name, name)] == pytest.approx(float(golden[host][name]), abs=0.006)
        assert row["members"] == golden[host]["members"].split()
        assert row["shared_cost_kr"] == pytest.approx(float(golden[host]["office_kr"]), abs=0.006)
        assert row["gain_kr"] == pytest.approx(float(golden[host]["saving_kr"]), abs=0.006)
        assert row["least_excess_kr"] == pytest.approx(float(golden[host]["least_core_epsilon_kr"]), abs=0.02)
        assert (row["nobody_pays_more_from"] is None) == (row["closing_grant_kr"] > 0)
        assert bool(row["worse_off"]) == (row["worse_off_kr"] > 0)
        assert not row["worse_off"] or row["leaving_kr"] > 0
    assert sum(bool(row["worse_off"]) for row in rows.values()) == 70


def test_rows_of_municipalities():
    rows = member_rows(ACCOUNTS)
    assert {row["kommunenummer"]: row["host"] for row in rows} == host_of()
    for state, million in (("today", 857.872), ("alone", 850.966), ("shared", 793.114)):
        assert sum(row[f"{state}_cost_kr"] for row in rows) / 1e6 == pytest.approx(million, abs=0.0005)
    assert sum(row["gain_kr"] for row in rows) / 1e6 == pytest.approx(57.852, abs=0.0005)
