"""Zones of the employer tax."""

import pytest

from geodata import employer_tax
from geodata.faults import DataError


def test_each_zone_has_as_many_municipalities_as_its_source_says():
    table = employer_tax.load("2024")
    assert dict(table["zone"].value_counts()) == {"1": 134, "2": 78, "4": 67, "3": 32, "5": 25, "1a": 19, "4a": 2}
    assert table.at["5544", "rate"] == 0.0
    assert table.at["5059", "other_zones"] == "2 3"


def test_an_edition_without_zones_is_refused():
    with pytest.raises(DataError, match="no zones of the employer tax for edition 2020"):
        employer_tax.load("2020")
