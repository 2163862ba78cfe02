"""Tables by the numbers of other years."""

import datetime as dt

import pandas as pd
import pytest

from geodata import municipalities, traveltimes
from geodata.faults import DataError, DataRemark
from geodata.owntables.disciplines import read_disciplines
from geodata.owntables.figures import read_activity, read_figures
from geodata.owntables.money import read_money
from geodata.owntables.plan_dates import PLANS, read_plan_dates
from geodata.owntables.planners import read_planners
from geodata.owntables.projection import read_projection


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


def written(tmp_path, text):
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    return tmp_path / "t.csv"


@pytest.fixture
def part(estimated):
    """Return which part of Ålesund of 2020 is Ålesund of today."""
    people = estimated["population"]
    return people["1508"] / (people["1508"] + people["1580"])


def test_kroner_have_a_mean_where_hours_have_a_sum(tmp_path, estimated, part):
    rows = "0213;1000000;400\n0217;1200000;100\n1507;1100000;900\n"
    with pytest.warns(DataRemark, match=r"3207 \(Nordre Follo\) is 0213 Ski .* and 0217 .*, fte_kr the mean"):
        found = read_money(written(tmp_path, "kommunenummer;fte_kr;hours\n" + rows), estimated)
    assert found.loc["3207", ["fte_kr", "hours"]].tolist() == [1_100_000, 500]
    assert found["fte_kr"].to_dict() == {"3207": 1_100_000, "1508": 1_100_000, "1580": 1_100_000}
    assert found["hours"].to_dict() == pytest.approx({"3207": 500, "1508": 900 * part, "1580": 900 * (1 - part)})


def test_projections_are_carried_over_year_by_year(tmp_path, estimated, part):
    rows = "0213;2030;10\n0217;2030;5\n0213;2040;20\n0217;2040;6\n1507;2030;100\n1507;2040;200\n"
    with pytest.warns(DataRemark, match="carried over"):
        found = read_projection(written(tmp_path, "kommunenummer;year;inhabitants\n" + rows), estimated)
    assert found[2030] == pytest.approx({"3207": 15, "1508": 100 * part, "1580": 100 * (1 - part)})
    assert found[2040]["3207"] == 26
    with pytest.raises(DataError, match=r"without a row \(2040\): 0217"), pytest.warns(DataRemark):
        read_projection(
            written(tmp_path, "kommunenummer;year;inhabitants\n" + rows.replace("0217;2040;6\n", "")), estimated
        )


def test_disciplines_are_added_up_and_people_counted_only_whole(tmp_path, estimated, part):
    rows = "0213;jus;0,5;1\n0217;gis;1;2\n0217;Jus;1;2\n1507;jus;2;3\n"
    with pytest.warns(DataRemark, match="carried over"):
        found = read_disciplines(written(tmp_path, "kommunenummer;discipline;fte;people\n" + rows), estimated)
    assert found["3207"] == {"jus": (1.5, 3), "gis": (1, 2)}
    assert found["1508"]["jus"] == (pytest.approx(2 * part), None), "how many of three people is not known"
    with pytest.raises(DataError, match=r"without a row \(jus\): 0217"), pytest.warns(DataRemark):
        read_disciplines(written(tmp_path, "kommunenummer;discipline;fte\n0213;jus;1\n"), estimated)


def test_a_plan_is_that_of_each_part_and_of_the_joined_if_they_agree(tmp_path, estimated):
    def read(rows):
        path = written(tmp_path, "kommunenummer;plan;adopted\n" + rows)
        return read_plan_dates(path, estimated, PLANS, dt.date(2026, 1, 1))

    with pytest.warns(DataRemark, match="carried over"):
        found = read("1507;arealdel;2017\n0213;arealdel;2015\n0217;arealdel;2015\n0217;samfunnsdel;2018\n")
    assert found["1508"] == found["1580"] == {"arealdel": 2017}
    assert found["3207"] == {"arealdel": 2015, "samfunnsdel": 2018}
    said = r"t.csv:2: adopted is 2013, 2015 in what became 3207 \(Nordre Follo\): 0213 \(line 2\) and 0217 \(line 3\)"
    with pytest.raises(DataError, match=said), pytest.warns(DataRemark):
        read("0213;arealdel;2015\n0217;arealdel;2013\n")


def test_plan_cases_and_figures_of_kostra_are_carried_over(tmp_path, estimated):
    with pytest.warns(DataRemark, match="carried over"):
        found = read_activity(written(tmp_path, "kommunenummer;activity\n0213;10\n0217;4\n"), estimated, ())
    assert found.to_dict() == {"3207": 14}
    rows = "0213,A,a,2019,4\n0217,A,a,2019,5\n0213,B,b,2019,1\n0217,B,b,2019,1\n"
    with pytest.warns(DataRemark, match="carried over"):
        found = read_activity(
            written(tmp_path, "kommunenummer,contents,label,year,value\n" + rows), estimated, ("A", "B")
        )
    assert found.to_dict() == {"3207": 11}


@pytest.mark.filterwarnings("ignore::geodata.faults.DataRemark")
def test_inhabitants_are_shared_out_whole_and_centrality_is_refused(tmp_path, estimated):
    old = municipalities.load("2020")
    lines = [f"{id_};{people};2020;3\n" for id_, people in old["population"].items()]
    text = "kommunenummer;population;population_year;centrality_class\n" + "".join(lines)
    said = r"centrality_class of 1507 \(line \d+\) says nothing of 1508 \(Ålesund\), which is another municipality"
    with pytest.raises(DataError, match=said), pytest.warns(DataRemark):
        read_figures(written(tmp_path, text), estimated)
    with pytest.warns(DataRemark, match="carried over"):
        found = read_figures(written(tmp_path, text.replace(";3\n", "\n").replace(";centrality_class", "")), estimated)
    assert found["population"].sum() == old["population"].sum()
    assert set(found["population_year"]) == {2020}


@pytest.mark.filterwarnings("ignore::geodata.faults.DataRemark")
def test_minutes_of_what_was_joined_or_divided_are_refused_with_the_cause(tmp_path, estimated):
    ids = list(estimated.index)
    with pytest.warns(DataRemark, match="5428"):
        found = traveltimes.from_table(written(tmp_path, "from;to;minutes\n5428;0301;900\n"), ids, "2024")
    assert found.between("5544", "0301") == 900
    said = "1507 is Ålesund of 2020; from 2024: 1508 Ålesund, 1580 Haram; minutes are between centres: write those"
    with pytest.raises(DataError, match=said):
        traveltimes.from_table(written(tmp_path, "from;to;minutes\n1507;0301;400\n"), ids, "2024")
