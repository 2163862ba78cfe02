"""Newer figures of an edition: for every municipality, or none."""

import pytest

from geodata.faults import DataError
from geodata.owntables.figures import read_figures


@pytest.fixture
def some(norway):
    return norway.loc[["0301", "1101", "1103"]]


def read(tmp_path, some, text):
    (tmp_path / "f.csv").write_text(text, encoding="utf-8")
    return read_figures(tmp_path / "f.csv", some)


def faults(tmp_path, some, text):
    with pytest.raises(DataError) as caught:
        read(tmp_path, some, text)
    return [str(fault) for fault in caught.value.faults]


def test_figures_take_the_place_of_those_of_the_edition(tmp_path, some):
    text = (
        "kommunenummer;population;population_year;centrality_class\n1103;150000;2027;1\n301;1;2027;2\n1101;3;2027;6\n"
    )
    with pytest.warns(UserWarning, match="read as a kommunenummer"):
        found = read(tmp_path, some, text)
    assert found["population"].to_dict() == {"0301": 1, "1101": 3, "1103": 150_000}
    assert found["centrality_class"].to_list() == [2, 6, 1]
    assert found.attrs == some.attrs
    assert some.at["0301", "population"] > 700_000


def test_every_fault_at_once(tmp_path, some):
    found = faults(tmp_path, some, "kommunenummer;centrality_class\n0301;7\n1101;1,5\n")
    assert "f.csv:2: centrality_class is 7, more than can be meant" in found[0]
    assert "f.csv:3: centrality_class is 1,5 (expected 1 to 6)" in found[1]
    assert "f.csv: no row for 1103 Stavanger (every municipality of the edition needs one)" in found[2]
    assert "population_year is 0" in faults(tmp_path, some, "kommunenummer;population;population_year\n0301;5;0\n")[0]
    assert "population is empty" in faults(tmp_path, some, "kommunenummer;population;population_year\n0301;;2027\n")[0]
    assert "without population_year" in faults(tmp_path, some, "kommunenummer;population\n0301;5\n")[0]
