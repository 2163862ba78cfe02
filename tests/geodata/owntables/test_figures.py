"""Newer figures of an edition: for every municipality, or none."""

import pytest

from geodata import planners
from geodata.faults import DataError
from geodata.owntables.figures import read_activity, read_figures
from scenarios.question.errors import ScenarioError
from scenarios.question.load import load
from scenarios.world.build import build


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


def cases(folder, text: str):
    (folder / "cases.csv").write_text(text, encoding="utf-8")
    return folder / "cases.csv"


def test_plan_cases_move_the_need_about_their_mean(norway, tmp_path):
    before = planners.estimate(norway)
    found = read_activity(cases(tmp_path, "kommunenummer;activity\n1101;30\n1103;10\n1106;20\n"), norway, ())
    after = planners.with_activity(before, found, 0.02)
    more = (after["need_fte"] - before["need_fte"]).round(6)
    assert more[["1101", "1103", "1106"]].tolist() == [0.2, -0.2, 0]
    assert not more.drop(["1101", "1103", "1106"]).any()
    assert planners.with_activity(before, found, 100.0).loc["1103", ["need_fte", "fixed_need_fte"]].tolist() == [0, 0]
    assert set(after["need_fte_source"]) == {"estimate"}


def test_figures_of_kostra_are_added_up_for_the_newest_year(norway, tmp_path):
    rows = (
        "kommunenummer,contents,label,year,value\n1101,A,a,2023,4\n1101,B,b,2023,6\n1101,A,a,2022,90\n1103,C,c,2023,7\n"
    )
    file = cases(tmp_path, rows)
    assert read_activity(file, norway, ("A", "B")).to_dict() == {"1101": 10}
    with pytest.raises(DataError, match=r"there is no figure 'D' in it .*expected some of A, B, C"):
        read_activity(file, norway, ("D",))
    with pytest.raises(DataError, match="nothing says which figures are plan cases"):
        read_activity(file, norway, ())


def test_rows_of_nobody_are_told_each(norway, tmp_path):
    with pytest.raises(DataError, match=r":2: the kommunenummer is missing(.|\n)*:3: the kommunenummer is missing"):
        read_activity(cases(tmp_path, "kommunenummer;activity\n;3\n;3\n"), norway, ())


def test_a_scenario_says_what_a_plan_case_asks_for(tmp_path):
    file = cases(tmp_path, "kommunenummer;activity\n1114;30\n1119;10\n")
    told = ["planners.need_per_case=0.02", f"planners.activity={file}"]
    plain, given = (build(load("nasjonal", counties=["11"], overrides=some)) for some in ([], told))
    more = given.municipalities["need_fte"] - plain.municipalities["need_fte"]
    assert more[["1114", "1119"]].round(6).tolist() == [0.2, -0.2]
    assert "0.02 for each plan case a year above the mean" in given.note()
    for wrong, said in ((told[:1], "needs plan cases"), (told[1:], "counts for nothing")):
        with pytest.raises(ScenarioError, match=said):
            load("nasjonal", overrides=wrong)
    file.write_text("kommunenummer;cats\n1114;3\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="cats"):
        build(load("nasjonal", counties=["11"], overrides=told))
