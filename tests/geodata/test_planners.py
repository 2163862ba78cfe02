"""Estimates of planners, and the user's figures over them."""

import contextlib
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import planners
from geodata.faults import DataError, DataRemark
from geodata.owntables import files
from geodata.planners import PlannerModel

HEADER = "kommunenummer;planner_fte;need_fte"
SOURCES = ["planner_fte_source", "need_fte_source"]


@pytest.fixture
def write(tmp_path):
    def writer(content: str | bytes, name: str = "egne.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return writer


def faults_of(table, path):
    with pytest.raises(DataError) as caught:
        planners.override(table, path)
    return [str(fault).replace(f"{path.parent}/", "") for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("people", "supply", "need"),
    [(1000, 0.27, 1.05), (2000, 0.54, 1.30), (5000, 1.35, 2.05), (10_000, 2.70, 3.30), (20_000, 5.40, 5.80)],
)
def test_the_documented_figures(norway, people, supply, need):
    row = planners.estimate(norway.assign(population=people)).iloc[0]
    assert (row["planner_fte"], row["need_fte"]) == pytest.approx((supply, need))
    assert (row["fixed_need_fte"], row["trips"]) == (0.8, 1.0)


def test_other_parameters_and_no_side_effect(norway):
    table = planners.estimate(norway, PlannerModel(supply_per_1000=1, need_fixed_fte=2, need_per_1000=0))
    assert table["planner_fte"].sum() == pytest.approx(5627.4)
    assert (table["need_fte"] == 2).all()
    assert "need_fte" not in norway
    assert table.attrs["edition"] == "2024"


def test_a_fixed_part_is_added_to_everybody(norway):
    plain, fixed = (planners.estimate(norway, PlannerModel(supply_fixed_fte=part)) for part in (0, 0.25))
    assert (fixed["planner_fte"] - plain["planner_fte"]).to_numpy() == pytest.approx(0.25)
    assert fixed["need_fte"].equals(plain["need_fte"])


def test_the_range_is_as_wide_as_that_of_the_rate(norway):
    low, high = planners.RANGES["supply_per_1000"]
    for model in (PlannerModel(), PlannerModel(supply_fixed_fte=0.25, supply_per_1000=0.1)):
        table = planners.estimate(norway, model)
        assert (table["planner_fte_low"] / table["planner_fte"]).to_numpy() == pytest.approx(low / 0.27)
        assert (table["planner_fte_high"] / table["planner_fte"]).to_numpy() == pytest.approx(high / 0.27)


def test_own_figures_are_known_or_have_their_own_range(estimated, write):
    path = write("kommunenummer;planner_fte;planner_fte_low;planner_fte_high\n0301;100;;\n5540;0,5;0,4;\n1103;;;50\n")
    table = planners.override(estimated, path)
    ends = ["planner_fte_low", "planner_fte", "planner_fte_high"]
    assert table.loc["0301", ends].tolist() == [100, 100, 100]
    assert table.loc["5540", ends].tolist() == [0.4, 0.5, 0.5]
    assert table.loc["1103", ends].tolist() == [*estimated.loc["1103", ends[:2]], 50]
    assert table.loc["1103", "planner_fte_source"] == "estimate"


def test_a_range_upside_down(estimated, write):
    path = write(
        "kommunenummer;planner_fte;planner_fte_low;planner_fte_high\n"
        "0301;100;120;90\n5540;1;1,5;\n1103;2;;1,5\n1106;;0,1;0,2\n1108;;;\n1111;1;1;1\n"
    )
    estimate, hint = estimated.loc["1106", "planner_fte"], "(give planner_fte too, or a range that holds the estimate)"
    assert faults_of(estimated, path) == [
        "egne.csv:2: the range is upside down: planner_fte_low is 120, more than planner_fte_high, 90 (swap the two)",
        "egne.csv:3: planner_fte_low is 1.5, more than planner_fte, 1 (the range holds the figure)",
        "egne.csv:4: planner_fte_high is 1.5, less than planner_fte, 2 (the range holds the figure)",
        f"egne.csv:5: planner_fte_high is 0.2, less than the estimate of planner_fte, {estimate:.2f} " + hint,
    ]


def test_the_defaults_lie_in_their_ranges():
    for name, (low, high) in planners.RANGES.items():
        assert low < getattr(PlannerModel(), name) < high


def test_journeys_weigh_by_need_with_mean_one_over_those_counted(norway):
    table = planners.estimate(norway)
    counted = (table["population"] < 5000).to_numpy()
    weighed = planners.weighed_by_need(table, counted)
    assert weighed.loc[counted, "trips"].mean() == pytest.approx(1, abs=1e-4)
    assert (weighed["trips"] / table["need_fte"]).std() < 1e-4
    assert (table["trips"] == 1).all(), "a copy"
    with pytest.raises(DataError, match="nobody who takes part needs a planner"):
        planners.weighed_by_need(table.assign(need_fte=0.0), counted)


def test_parameters_without_meaning():
    with pytest.raises(DataError) as caught:
        PlannerModel(supply_per_1000=-1, need_per_1000=float("nan"), fixed_kept=1.5)
    assert [fault.where for fault in caught.value.faults] == [
        "planners.supply_per_1000",
        "planners.need_per_1000",
        "planners.fixed_kept",
    ]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_form_of_a_table(estimated, write, separator, mark, ending):
    lines = [HEADER, "0301;100.5;", "5540;;0.25", "", ";;"]
    path = write(mark + ending.join(lines).replace(";", separator))
    table = planners.override(estimated, path)
    assert table.loc["0301", ["planner_fte", *SOURCES]].tolist() == [100.5, "egne.csv", "estimate"]
    assert table.loc["0301", "need_fte"] == estimated.loc["0301", "need_fte"]
    assert table.loc["5540", "planner_fte"] == estimated.loc["5540", "planner_fte"]
    assert table.loc["5540", ["need_fte", "fixed_need_fte"]].tolist() == [0.25, 0.25]
    assert table.loc["5540", SOURCES].tolist() == ["estimate", "egne.csv"]
    assert (table[SOURCES] == "egne.csv").sum().tolist() == [1, 1]
    assert (estimated[SOURCES] == "estimate").all(axis=None)
    assert table.drop(index=["0301", "5540"]).equals(estimated.drop(index=["0301", "5540"]))


def test_decimal_commas_quotes_and_a_column_for_readers(estimated, write):
    path = write('navn,trips,kommunenummer,planner_fte\n"Oslo, byen","2,5",0301,"1,25"\n')
    row = planners.override(estimated, path).loc["0301"]
    assert (row["planner_fte"], row["trips"]) == (1.25, 2.5)


def test_trips_alone_are_no_figures_of_planners(estimated, write):
    row = planners.override(estimated, write("kommunenummer;trips\n0301;3\n")).loc["0301"]
    assert row[["trips", *SOURCES]].tolist() == [3, "estimate", "estimate"]


def test_all_faults_at_once(estimated, write):
    path = write(
        f"{HEADER}\n30101;1;1\n999;1;1\n9999;1;1\n1141;1;1\nKåfjrod;1;1\nvåler;1;1\n;2;3\n"
        "1101;-1;nan\n0301;1;1\n0301;x;inf\n1.5;1;1\n"
    )
    with pytest.warns(DataRemark, match="are carried over"):
        found = faults_of(estimated, path)
    assert found == [
        "egne.csv:5: 1103 (Stavanger) was 1103, 1141, 1142 in 2018; without a row: 1103, 1142 (add it)",
        "egne.csv:2: '30101' has 5 digits, a kommunenummer has four (like 0301)",
        "egne.csv:3: '999' has 3 digits, a kommunenummer has four (like 0301)",
        "egne.csv:4: 9999 is no municipality of 2024 (see `plankontor data show` for the numbers)",
        "egne.csv:6: 'Kåfjrod' is no kommunenummer (did you mean 5540 (Kåfjord) or 5058 (Åfjord) or 5510 (Kvæfjord)?)",
        "egne.csv:7: 'våler' is no kommunenummer (did you mean 3114 (Våler) or 3419 (Våler)?)",
        "egne.csv:8: the kommunenummer is missing (four digits, like 0301)",
        "egne.csv:9: planner_fte is -1, less than zero (zero or more)",
        "egne.csv:9: need_fte is 'nan', not a number (like 1.5 or 1,5; empty keeps the estimate)",
        "egne.csv:11: 0301 (Oslo) stands here a second time (first on line 10; keep one of the two)",
        "egne.csv:11: planner_fte is 'x', not a number (like 1.5 or 1,5; empty keeps the estimate)",
        "egne.csv:11: need_fte is 'inf', not a number (like 1.5 or 1,5; empty keeps the estimate)",
        "egne.csv:12: '1.5' is no kommunenummer (four digits, like 0301)",
    ]


def test_a_number_of_2024_in_a_run_of_2020(norway_2020, write):
    with pytest.warns(DataRemark, match="are carried over"):
        (fault,) = faults_of(planners.estimate(norway_2020), write(f"{HEADER}\n1580;1;1\n"))
    assert fault == "egne.csv:2: 1507 (Ålesund) was 1508, 1580 in 2024; without a row: 1508 (add it)"
    with pytest.warns(DataRemark, match="1508 Ålesund of 2024"):
        both = planners.override(planners.estimate(norway_2020), write(f"{HEADER}\n1580;1;1\n1508;9;8\n"))
    assert both.at["1507", "planner_fte"] == 10


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "egne.csv: the file is empty"),
        ("\n \n", "egne.csv: the file is empty"),
        (f"{HEADER}\n", "egne.csv: there is no row below the header"),
        (b"PK\x03\x04xl/workbook.xml", "egne.csv: this is a broken workbook"),
        (b"\xd0\xcf\x11\xe0\xa1", "egne.csv: this is a workbook of an old Excel"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "egne.csv: this is a binary file"),
        (f"{HEADER}\n0301;1;1 ".encode() + b"\xe5\x81", "egne.csv:2: byte 0x81 is no text in UTF-8 or Windows-1252"),
        ("kommunenr;planner_fte\n0301;1\n", "egne.csv:1: unknown column 'kommunenr' (did you mean kommunenummer?)"),
        ("kommunenummer;planer_fte\n0301;1\n", "egne.csv:1: unknown column 'planer_fte' (did you mean planner_fte"),
        ("kommunenummer\n0301\n", "egne.csv:1: there is no column of figures"),
        ("kommunenummer;trips;trips\n0301;1;2\n", "egne.csv:1: column 'trips' stands twice"),
        ("kommunenummer;trips\n0301;1;2\n", "egne.csv:2: 3 cells, but the header has 2 (remove the surplus cells)"),
        ("kommunenummer,trips\n0301,1,5\n", "egne.csv:2: 3 cells, but the header has 2 (with commas between"),
        ('kommunenummer;trips\n0301;"1\n', "egne.csv:2: no CSV"),
        ("kommunenummer;trips\n0301;1.000,5\n", "egne.csv:2: trips is '1.000,5', not a number"),
        ("kommunenummer;trips\n0301;1_000\n", "egne.csv:2: trips is '1_000', not a number"),
        ("kommunenummer;trips\n0301;\N{MINUS SIGN}2\n", "egne.csv:2: trips is \N{MINUS SIGN}2, less than zero"),
        ("kommunenummer;trips\n0301;1e999\n", "egne.csv:2: trips is '1e999', not a number"),
    ],
)
def test_a_table_that_cannot_be_used(estimated, write, content, expected):
    assert faults_of(estimated, write(content))[0].startswith(expected)


def test_a_file_that_is_not_there(estimated, write):
    path = write(HEADER).with_name("egen.csv")
    assert faults_of(estimated, path) == ["egen.csv: there is no such file (did you mean egne.csv?)"]
    assert faults_of(estimated, path.parent / "nowhere" / "x.csv")[0].endswith("there is no such file")


def test_a_name_that_no_file_can_have(estimated, tmp_path):
    with pytest.raises(DataError, match="is no name of a file"):
        planners.override(estimated, f"{tmp_path}/a\0b.csv")


def test_a_folder(estimated, tmp_path):
    with pytest.raises(DataError, match="this is a folder"):
        planners.override(estimated, tmp_path)


@given(st.text())
def test_a_number_is_read_or_refused(text):
    value = files.number(text)
    assert value is None or isinstance(value, float)


@given(st.floats(min_value=0, max_value=1e6), st.sampled_from(".,"))
def test_numbers_in_both_spellings(value, point):
    assert files.number(repr(value).replace(".", point)) == value


@given(st.binary(max_size=200))
def test_any_bytes_give_a_table_or_faults(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    with contextlib.suppress(DataError), warnings.catch_warnings():
        warnings.simplefilter("ignore", DataRemark)
        files.read_table(path)
