"""Prices in kroner: what cannot be meant, and the price of an årsverk by place."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from optimizer.money import FirstYears, KronerPrices, Money, SharingTerms
from optimizer.sharing.keys import SharingKey

SHIPPED = Path(__file__).parents[2] / "scenarios/question/library/nasjonal.toml"


@pytest.mark.parametrize(
    ("rate", "kr"),
    [
        (0.141, 1_181_607),
        (0.106, 1_148_889),
        (0.064, 1_109_627),
        (0.051, 1_097_475),
        (0.079, 1_123_649),
        (0, 1_049_800),
    ],
)
def test_price_of_an_arsverk_by_employer_tax(rate, kr):
    assert round(KronerPrices().fte_kr_at(rate)) == kr


def test_a_minute_on_the_road():
    """One minute one way, 40 days a year, there and back: 1 329 kr."""
    money = Money.flat(KronerPrices(), 1)
    assert round(80 * money.minute_kr[0]) == 1_329
    assert money.minutes_per_thousand_kr == pytest.approx(0.753, abs=5e-4)
    assert Money.flat(KronerPrices(visits=0), 1).minutes_per_thousand_kr == 0


def test_defaults_are_those_that_the_shipped_scenario_tells():
    told = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["money"]
    assert {item.name: told[item.name] for item in fields(KronerPrices)} == pytest.approx(vars(KronerPrices()))


def test_defaults_are_in_order():
    assert KronerPrices().faults() == []
    assert KronerPrices(start_kr=0, start_years=0).faults() == []
    assert KronerPrices(hired_share=1, bought_share=1, pension_share=1).faults() == []
    assert SharingTerms(SharingKey.of("equal"), {}).shared_part == "all"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fte_kr": -1}, ["money.fte_kr is -1; expected a number from 20000 to 5000000"]),
        ({"bought_kr": 2e12}, ["money.bought_kr is 2000000000000.0; expected a number from 20000 to 5000000"]),
        ({"km_kr": float("nan")}, ["money.km_kr is nan; expected a number from 0 to 1000000000"]),
        (
            {"fte_kr": 1150, "bought_kr": 1900},
            [
                "money.fte_kr is 1150 kroner; expected kroner a year, not thousands: 1150000?",
                "money.bought_kr is 1900 kroner; expected kroner a year, not thousands: 1900000?",
            ],
        ),
        (
            {"hired_share": 1.2, "bought_share": 33},
            [
                "money.bought_share is 33; expected a share from 0 to 1",
                "money.hired_share is 1.2; expected a share from 0 to 1",
            ],
        ),
        ({"grant_kr": 500_000}, ["money.grant_years is 0; expected 1 or more, or a money.grant_kr of 0"]),
        ({"fte_kr": 5_000}, ["money.fte_kr is 5000 kroner; expected kroner a year, not thousands: 5000000?"]),
        ({"fte_kr": 20}, ["money.fte_kr is 20 kroner; expected kroner a year, not thousands: 20000?"]),
        ({"fte_kr": 5_000_000, "bought_kr": 20_000, "start_kr": 1e9}, []),
        ({"fte_kr": 5_001}, ["money.fte_kr is 5001; expected a number from 20000 to 5000000"]),
        ({"start_years": 0}, ["money.start_years is 0; expected 1 or more, or a money.start_kr of 0"]),
        ({"year_hours": 0}, ["money.year_hours is 0; expected the hours of an årsverk"]),
    ],
)
def test_prices_that_cannot_be_meant(changes, said):
    assert KronerPrices(**changes).faults() == said


def test_first_years_with_and_without_grant():
    prices = KronerPrices(start_kr=600_000, start_years=4, grant_kr=500_000, grant_years=5)
    assert prices.first_years == (FirstYears(1, 4, -350_000, 150_000), FirstYears(5, 5, -500_000, 0))
    assert [prices.added_kr(year) for year in range(1, 7)] == [-350_000] * 4 + [-500_000, 0]
    assert [prices.added_kr(year, with_grant=False) for year in range(1, 7)] == [150_000] * 4 + [0, 0]
    assert KronerPrices(start_kr=0).first_years == ()
    short = KronerPrices(start_kr=600_000, start_years=4, grant_kr=500_000, grant_years=2)
    assert short.first_years == (FirstYears(1, 2, -350_000, 150_000), FirstYears(3, 4, 150_000, 150_000))
