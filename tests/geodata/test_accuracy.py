"""The error of the graph's minutes, over journeys not used for tuning."""

import pytest

from geodata import accuracy, editions, traveltimes


def test_journeys_are_near_ones_of_every_county(norway):
    table = accuracy.journeys()
    both = [*table["from"], *table["to"]]
    assert set(both) <= set(norway.index)
    assert set(norway.loc[both, "county_number"]) == set(norway["county_number"])
    assert table["minutes"].between(20, 120).all()
    assert (table["from"] < table["to"]).all()
    assert not table.duplicated(["from", "to"]).any()
    assert len(table) >= 80


def test_minutes_beside_them_are_those_of_the_graph(roads):
    table = accuracy.journeys()
    times = traveltimes.from_graph(roads, sorted({*table["from"], *table["to"]}))
    found = [times.between(*pair) for pair in zip(table["from"], table["to"], strict=True)]
    assert found == table["graph_minutes"].tolist()


def test_eight_in_ten_lie_within_the_range():
    table = accuracy.journeys()
    ranges = [accuracy.journey_range(minutes) for minutes in table["graph_minutes"]]
    inside = [low <= stated <= high for stated, (low, high) in zip(table["minutes"], ranges, strict=True)]
    assert sum(inside) / len(inside) == pytest.approx(accuracy.WITHIN, abs=0.02)


def test_error_of_three_journeys_by_hand(tmp_path, monkeypatch):
    rows = "from,to,minutes,graph_minutes,note\n0301,1101,100,90,\n0301,1103,50,55,\n0301,1106,40,40,\n"
    (tmp_path / accuracy.JOURNEYS_FILE).write_text(rows, encoding="utf-8")
    monkeypatch.setattr(editions, "DATA", tmp_path)
    found = accuracy.held_out.__wrapped__()
    assert found.journeys == 3
    assert found.mean_error == pytest.approx(0)
    assert found.mean_absolute_error == pytest.approx(0.2 / 3)
    assert found.median_absolute_error == pytest.approx(0.1)
    assert found.mean_absolute_minutes == pytest.approx(5)
    # Stated / graph is 0.909, 1 and 1.111; a fifth of the way in from either end.
    assert found.low_factor == pytest.approx(0.9273, abs=1e-4)
    assert found.high_factor == pytest.approx(1.0889, abs=1e-4)


def test_the_error_is_one_that_can_be_stated():
    found = accuracy.held_out()
    assert abs(found.mean_error) < 0.05
    assert found.median_absolute_error < found.mean_absolute_error < 0.15
    assert 0.8 < found.low_factor < 1 < found.high_factor < 1.3
