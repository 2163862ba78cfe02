"""Tables of users: which kind a file is, and empty ones to begin with."""

import csv
import io

import pandas as pd
import pytest

from geodata import traveltimes
from geodata.faults import DataError, DataRemark
from geodata.owntables.disciplines import DISCIPLINES
from geodata.owntables.figures import read_figures
from geodata.owntables.kinds import KINDS, begun, kind_of
from scenarios.question.document import TABLES
from scenarios.question.schema import node_at, settings
from scenarios.question.sections.people import SAMI, DisciplineShares

FILLED = {"travel": "5601;5603;100\n", "municipalities": "01;A;9;1;;;;;;;;;;\n", "neighbours": "5601;5603;;\n"}
FILLED |= {"disciplines": "5601;;jus;0,5;1\n", "plans": "5601;;arealdel;2019\n"}
FILLED |= {"activity": "5601;;12\n", "projection": "5601;;2050;2000\n"}
"""A row of each kind of table that is begun without any."""


def test_the_disciplines_of_tables_are_those_of_scenarios():
    assert (*DisciplineShares.model_fields, SAMI) == DISCIPLINES


def test_every_table_that_a_scenario_can_name_can_be_begun():
    begun_for = {setting for kind in KINDS.values() for setting in (kind.setting, kind.also) if setting}
    no_tables = {"data.boundaries", "travel.roads"}
    assert {".".join(path) for path in TABLES} - no_tables == begun_for


def test_every_setting_that_is_a_file_is_known_as_one():
    said = {path for path in settings() if path[0] and "the path is relative" in node_at(path)["description"].lower()}
    assert said == set(TABLES)


@pytest.fixture
def write(tmp_path):
    def writer(content: str):
        path = tmp_path / "egne.csv"
        path.write_text(content, encoding="utf-8")
        return path

    return writer


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_table_of_each_kind_is_known_again(estimated, write, kind):
    file = io.StringIO()
    some = estimated if KINDS[kind].of_all else estimated.loc[["5601", "5603"]]
    csv.writer(file, delimiter=";").writerows(begun(KINDS[kind], some))
    path = write(file.getvalue())
    assert kind_of(path) == kind
    if kind == "figures":
        assert read_figures(path, estimated)["population"].equals(estimated["population"])
    elif kind in FILLED:
        path = write(file.getvalue() + FILLED[kind])
        assert KINDS[kind].count(path, estimated) == 1
    else:
        assert KINDS[kind].count(path, estimated) == 2


def test_a_square_table_of_some(estimated, write):
    path = write(traveltimes.to_csv(traveltimes.embedded().select(("5601", "5603"))))
    assert kind_of(path) == "travel"
    assert KINDS["travel"].count(path, estimated) == 2


def test_parquet_is_told_by_what_it_holds(estimated, tmp_path):
    pytest.importorskip("pyarrow")
    ways = pd.DataFrame({"from": ["5601"], "to": ["5603"], "minutes": [100.0]})
    ways.to_parquet(tmp_path / "minutes.parquet")
    assert kind_of(tmp_path / "minutes.parquet") == "travel"
    estimated[["geometry"]].rename_axis("id").reset_index().to_parquet(tmp_path / "drawn.parquet")
    assert kind_of(tmp_path / "drawn.parquet") == "boundaries"


def test_faults_of_a_square_table_whose_numbers_are_written_oddly(estimated, write):
    path = write("kommunenummer;K-5601;K-5603\nK-5601;0;x\nK-5603;1;0\n")
    with pytest.warns(DataRemark), pytest.raises(DataError, match="minutes from 5601 to 5603: 'x' is not a number"):
        KINDS["travel"].count(path, estimated)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("c;d\n1;2\n", "no kind of table has these columns"),
        ("kommunenummer;host\n5601;5603\n", "this is a table of a plan, and no figures to bring"),
        ("kommunenummer;planner_fte;fte_kr\n5601;1;2\n", "the columns are those of planners and money"),
        ("", "the file is empty"),
    ],
)
def test_a_file_of_no_kind_or_several(write, content, said):
    with pytest.raises(DataError, match=said):
        kind_of(write(content))
