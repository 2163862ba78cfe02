"""Tables of planners by the numbers of other years."""

import pandas as pd
import pytest

from geodata import municipalities
from geodata.faults import DataError, DataRemark
from geodata.owntables.planners import read_planners


@pytest.fixture
def read(tmp_path, estimated):
    def reader(rows):
        path = tmp_path / "p.csv"
        path.write_text("kommunenummer;planner_fte;need_fte\n" + rows, encoding="utf-8")
        return read_planners(path, estimated)

    return reader


def test_the_divided_are_shared_out_and_the_joined_added_up(read, estimated):
    rows = "1103;10;12\nK-1141;1;2\n1142 Rennesøy;2,5;\n1507;10;20\n0301;7;8\n"
    with pytest.warns(DataRemark) as told:
        found = read(rows)
    people = estimated["population"]
    part = people["1508"] / (people["1508"] + people["1580"])
    assert found["planner_fte"].to_dict() == pytest.approx(
        {"0301": 7, "1103": 13.5, "1508": 10 * part, "1580": 10 * (1 - part)}, abs=1e-5
    )
    assert pd.isna(found.at["1103", "need_fte"]), "of Rennesøy nothing is known"
    assert found["need_fte"].sum() == pytest.approx(28, abs=1e-5)
    [said] = [str(one.message) for one in told if "carried over" in str(one.message)]
    assert "1103 (Stavanger) is 1141 Finnøy of 2018 (line 3) and 1142 Rennesøy of 2018 (line 4) and 1103" in said
    assert "1508 (Ålesund) is 86 % of 1507 Ålesund of 2020 (line 5), shared out by inhabitants of today" in said


@pytest.mark.parametrize("year", ["2018", "2020"])
@pytest.mark.filterwarnings("ignore::geodata.faults.DataRemark")
def test_a_whole_table_of_another_year_keeps_its_sum(read, year, estimated):
    numbers = set(municipalities.load("2020").index)
    if year == "2018":
        changed = municipalities.numbers_of_2018()
        numbers = {*estimated.index} - {*changed["kommunenummer_2024"]} | {*changed["kommunenummer_2018"]}
    found = read("".join(f"{number};{1 + k % 4};1\n" for k, number in enumerate(sorted(numbers))))
    assert set(found.index) == set(estimated.index)
    assert found["planner_fte"].sum() == pytest.approx(sum(1 + k % 4 for k in range(len(numbers))), abs=1e-3)


@pytest.mark.filterwarnings("ignore::geodata.faults.DataRemark")
def test_a_part_of_what_was_joined_is_not_enough(read):
    with pytest.raises(
        DataError, match=r"p.csv:2: 1103 \(Stavanger\) was 1103, 1141, 1142 in 2018; without a row: 1103"
    ):
        read("1141;1;2\n1142;2;3\n")
    with pytest.raises(DataError, match=r"planner_fte is 'x', not a number"):
        read("1507;x;\n")
    with pytest.raises(DataError, match="stands here a second time"):
        read("1507;1;\n1507;2;\n")
    with pytest.raises(DataError, match=r"1508 \(Ålesund\) stands here a second time"):
        read("1508;1;\n1507;2;\n")
