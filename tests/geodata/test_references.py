"""Arrangements of today: complete, dated, in both editions."""

import pandas as pd
import pytest

from geodata import editions, municipalities, references
from geodata.faults import DataError
from geodata.making import check


@pytest.mark.parametrize("edition", editions.EDITIONS)
@pytest.mark.parametrize("name", references.names())
def test_each_reference_speaks_of_its_edition(name, edition):
    table = references.load(name, edition)
    assert tuple(table.columns) == references.COLUMNS
    assert list(table.index) == list(range(len(table)))
    assert set(table["kommunenummer"]) <= set(municipalities.names(edition))
    assert not table.duplicated(["group", "kommunenummer"]).any()
    assert set(table["role"]) <= set(references.ROLES)
    assert set(table["status"]) <= set(references.get(name).statuses) <= set(references.STATUSES)
    assert (table["source"] != "").all()
    for column in ("source_year", "year_from", "year_to"):
        assert table[column].str.fullmatch(r"|(19|20)\d\d").all()
    assert (table[table["status"] == "closed"]["year_to"] != "").all()


@pytest.mark.parametrize(
    ("name", "groups", "rows"),
    [
        ("eksisterende", 4, 16),
        ("eksisterende-og-planlagte", 7, 28),
        ("historiske", 2, 7),
        ("regionraad", 50, 305),
        ("okonomiske-regioner", 85, 357),
        ("ba-regioner", 159, 357),
    ],
)
def test_what_data_md_counts(name, groups, rows):
    table = references.load(name)
    assert (table["group"].nunique(), len(table)) == (groups, rows)


def test_real_offices_have_their_hosts():
    table = references.load("eksisterende")
    hosts = table[table["role"] == "host"].set_index("group")["kommunenummer"].to_dict()
    assert hosts == {
        "Plankontoret": "5022",
        "Nord-Troms Plan og Eiendom": "5544",
        "Nissedal-Kviteseid plankontor": "4030",
    }
    plankontoret = table[table["group"] == "Plankontoret"]["kommunenummer"]
    assert sorted(plankontoret) == ["1576", "5021", "5022", "5026", "5027", "5033", "5034", "5061"]


def test_councils_say_what_is_not_checked():
    councils = references.load("regionraad").groupby("group")["status"].agg(set)
    assert (councils.map(len) == 1).all()
    assert councils.map(lambda statuses: "sourced" in statuses).sum() == 31


def test_two_municipalities_of_today_that_were_one_stand_once():
    now, then = references.load("regionraad", "2024"), references.load("regionraad", "2020")
    assert len(now) == len(then) + 1
    sunnmore = then[then["group"] == "Sunnmøre regionråd"]["kommunenummer"]
    assert list(sunnmore).count("1507") == 1
    assert list(references.load("ba-regioner", "2020")["kommunenummer"]).count("1507") == 1


def test_unknown_names_get_a_hint():
    with pytest.raises(DataError, match="did you mean regionraad") as error:
        references.load("regionrad")
    assert len(error.value.faults) == 1
    with pytest.raises(DataError, match="known are eksisterende"):
        references.get("x")
    with pytest.raises(DataError, match="no edition"):
        references.load("eksisterende", "1999")


def test_the_check_notices_a_stranger(monkeypatch):
    load = references.load

    def with_stranger(name: str, edition: str) -> pd.DataFrame:
        table = load(name, edition)
        return table.assign(kommunenummer=table["kommunenummer"].mask(table["group"] == "Plankontoret", "9999"))

    monkeypatch.setattr(references, "load", with_stranger)
    (failed,) = [one for one in check.check("2024") if not one.ok]
    assert failed.figures == "wrong: eksisterende, eksisterende-og-planlagte"
