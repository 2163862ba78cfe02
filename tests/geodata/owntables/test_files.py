"""Tables as people have them: read where they can only mean one thing, and each reading is told."""

import io
import unicodedata

import openpyxl
import pandas as pd
import pytest

from geodata import codes, municipalities, planners, traveltimes
from geodata.faults import DataError, DataRemark
from geodata.owntables.files import number, read_table
from geodata.owntables.formats.workbooks import sheets

HEADER = "kommunenummer;planner_fte"
TWICE = "stands here a second time (first on line 6; keep one of the two)"
AS_5622 = {
    "as text of a spreadsheet": '="5622"',
    "with an apostrophe": "'5622",
    "as of statistics": "K-5622",
    "as of statistics, without a hyphen": "K5622",
    "made a decimal number": "5622.0",
    "made a Norwegian decimal number": "5622,00",
    "with its name": "5622 Porsanger",
    "with its Sámi name": "5622 Porsáŋgu",
    "after its name": "Porsanger (5622)",
    "by name": "porsanger",
    "by Sámi name": "Porsáŋgu",
    "by Kven name": "Porsanki",
    "in decomposed letters": "Porsa\N{COMBINING ACUTE ACCENT}ŋgu",
    "by all its names": "Porsanger - Porsáŋgu - Porsanki",
}


@pytest.fixture
def write(tmp_path):
    def writer(content: str | bytes, name: str = "egne.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return writer


def remarks(recorded):
    return [str(one.message).rpartition("egne.csv: ")[2] for one in recorded]


def workbook(**of_sheets) -> bytes:
    file = io.BytesIO()
    with pd.ExcelWriter(file, engine="openpyxl") as writer:
        for name, rows in of_sheets.items():
            pd.DataFrame(rows).to_excel(writer, sheet_name=name, header=False, index=False)
    return file.getvalue()


@pytest.mark.parametrize("written", AS_5622.values(), ids=AS_5622)
def test_a_number_as_people_write_it(estimated, write, written):
    path = write(f"{HEADER}\n{written};2,5\n1101;1\n")
    with pytest.warns(DataRemark) as recorded:
        table = planners.override(estimated, path)
    assert table.loc["5622", "planner_fte"] == 2.5
    shown = unicodedata.normalize("NFC", written)
    assert remarks(recorded) == [f"read as a kommunenummer: line 2, {shown!r} as 5622 (Porsanger)"]


def test_a_lost_zero_and_how_many_more(estimated, write):
    with pytest.warns(DataRemark) as recorded:
        table = planners.override(estimated, write(f"{HEADER}\n301;100\n1101;1\nK-1103;2\n"))
    assert table.loc[["0301", "1103"], "planner_fte"].tolist() == [100, 2]
    assert remarks(recorded) == ["read as a kommunenummer: line 2, '301' as 0301 (Oslo), and 1 more"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0301 Bergen", "0301 is Oslo (did you mean 4601 (Bergen)?)"),
        ("Herøy", "'Herøy' is no kommunenummer (did you mean 1515 (Herøy) or 1818 (Herøy)?)"),
        ("0301.5", "'0301.5' is no kommunenummer"),
        ("999", "'999' has 3 digits"),
        ("K-9999", "'K-9999' is no kommunenummer"),
        ("Karasjohka", "'Karasjohka' is no kommunenummer (did you mean 5610 (Karasjok)"),
        ("\N{ARABIC-INDIC DIGIT FIVE}601", "is no kommunenummer"),
    ],
)
def test_a_number_that_can_mean_several_or_nothing(estimated, write, written, said):
    with pytest.raises(DataError) as caught:
        planners.override(estimated, write(f"{HEADER}\n{written};1\n"))
    assert said in str(caught.value)


def test_no_number_has_meant_two_municipalities():
    table = municipalities.correspondence()
    old, new = table["kommunenummer_2020"], table["kommunenummer_2024"]
    changed = old != new
    assert not set(old[changed]) & set(new)
    assert not set(new[changed]) & set(old)
    assert [codes.book("2024").meant(number) for number in old[changed & ~old.duplicated(keep=False)]] == list(
        new[changed & ~old.duplicated(keep=False)]
    )


def test_every_official_name_is_known():
    book = codes.book("2024")
    shared = {name for name, numbers in book.spellings.items() if len(numbers) > 1}
    assert shared == {"herøy", "våler"}
    assert all(book.meant(name) == numbers[0] for name, numbers in book.spellings.items() if name not in shared)


FORMS = {
    "sep line": ("sep=;\nkommunenummer;planner_fte\n5601;2,5\n", None),
    "sep line of another separator": ("sep=|\nkommunenummer|planner_fte\n5601|2,5\n", None),
    "trailing separators": ("kommunenummer;planner_fte;;\n5601;2,5;;\n", None),
    "trailing separator of the rows": ("kommunenummer;planner_fte\n5601;2,5;\n", None),
    "blank rows": ("\n;;\nkommunenummer;planner_fte\n\n5601;2,5\n;\n", None),
    "form feed": ("kommunenummer;navn;planner_fte\n5601;Alta\fby;2,5\n", None),
    "line separator in a name": ("kommunenummer;navn;planner_fte\n5601;Alta\N{LINE SEPARATOR}by;2,5\n", None),
    "old line ends": ("kommunenummer;planner_fte\r5601;2,5\r", None),
    "large letters": ("Kommunenummer;PLANNER_FTE\n5601;2,5\n", None),
    "a title above": (
        "Planleggere i Finnmark 2024;;\n\nkommunenummer;planner_fte\n5601;2,5\n",
        "the header is on line 3",
    ),
    "a title with commas": (
        "Planleggere, i alt, 2024\nkommunenummer;planner_fte\n5601;2,5\n",
        "the header is on line 2",
    ),
    "a title with semicolons": (
        "Planleggere; i alt; 2024\nkommunenummer,planner_fte\n5601,2.5\n",
        "the header is on line 2",
    ),
    "a sum below": ("kommunenummer;planner_fte\n5601;2,5\nSum;2,5\n", "line 3 is a sum (Sum) and is not read"),
    "a sum without a number": (
        "kommunenummer;navn;planner_fte\n5601;Alta;2,5\n;Sum:;2,5\n",
        "line 3 is a sum (Sum:) and is not read",
    ),
    "quoted decimal commas": ('kommunenummer,planner_fte\n5601,"2,5"\n', None),
    "a note and a source": ("kommunenummer;planner_fte;note;kilde\n5601;2,5;ny;brev\n", None),
}


@pytest.mark.parametrize(("content", "said"), FORMS.values(), ids=FORMS)
@pytest.mark.filterwarnings("always::geodata.faults.DataRemark")
def test_a_table_in_many_forms(estimated, write, recwarn, content, said):
    table = planners.override(estimated, write(content))
    assert table.loc["5601", "planner_fte"] == 2.5
    assert (table["planner_fte_source"] == "egne.csv").sum() == 1
    assert [bool(said) and text.startswith(said) for text in remarks(recwarn)] == ([True] if said else [])


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", None), ("utf-8-sig", None), ("utf-16", None), ("cp1252", "line 2 is no UTF-8 text")],
)
@pytest.mark.filterwarnings("always::geodata.faults.DataRemark")
def test_a_table_in_many_encodings(estimated, write, recwarn, encoding, said):
    table = planners.override(estimated, write(f"{HEADER}\nKåfjord;2,5\n".encode(encoding)))
    assert table.loc["5540", "planner_fte"] == 2.5
    told = remarks(recwarn)
    assert told[0].startswith(said) if said else len(told) == 1, told


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,5", 1234.5),
        ("1\N{NO-BREAK SPACE}234", 1234),
        ("1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", 1234567),
        *(("12 34", None), ("1 2345", None), ("1.234,5", None), ("", None)),
    ],
)
def test_thousands_may_stand_apart(text, value):
    assert number(text) == value


def test_a_workbook_whatever_it_is_called(estimated, write):
    rows = [
        ["Planleggere 2024", None],
        [None, None],
        ["kommunenummer", "planner_fte"],
        [301, 100.5],
        ["5601", 0.1 + 0.2],
    ]
    content = workbook(Forside=[["Om tallene"]], Tall=rows)
    with pytest.warns(DataRemark) as recorded:
        table = planners.override(estimated, write(content))
    assert table.loc[["0301", "5601"], "planner_fte"].tolist() == [100.5, 0.3]
    assert remarks(recorded) == [
        "this is an Excel workbook; its sheet 'Tall' is read",
        "the header is on line 3; what stands above it is not read",
        "read as a kommunenummer: line 4, '301' as 0301 (Oslo)",
    ]


def test_a_workbook_of_two_tables_or_none(estimated, write):
    rows = [["kommunenummer", "planner_fte"], ["5601", 1]]
    for content, said in (
        (workbook(A=rows, B=rows), "2 of its sheets have a column id or kommunenummer: A, B"),
        (workbook(A=[["x"]], B=[["y"]]), "none of its sheets has a column id or kommunenummer: A, B"),
        (workbook(A=[[None]]), "the file is empty"),
        (workbook(A=rows)[:-200], "this is a broken workbook"),
    ):
        with pytest.raises(DataError, match=said):
            planners.override(estimated, write(content, "egne.xlsx"))
    with pytest.raises(DataError, match="xlsx:2: planner_fte is 'to'"):
        planners.override(estimated, write(workbook(A=[rows[0], ["5601", "to"]]), "egne.xlsx"))


def test_merged_cells(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Planleggere"], ["id", "county", "fte"], [301, "Øst", 1.5], [None, None, 2], ["x", None, 3]):
        book.active.append(row)
    for area in ("A1:C1", "A3:A4", "B3:B5"):
        book.active.merge_cells(area)
    file = io.BytesIO()
    book.save(file)
    (rows,) = sheets(tmp_path / "m.xlsx", file.getvalue()).values()
    assert rows[2:] == [(3, ["301", "Øst", "1.5"]), (4, ["301", "Øst", "2"]), (5, ["x", "Øst", "3"])]
    book.active.merge_cells("C3:C5")
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(DataError, match=r"m.xlsx:3: 1.5 stands in a cell that is merged over 3 rows \(give each row"):
        sheets(tmp_path / "m.xlsx", file.getvalue())


def test_the_cells_of_a_workbook(tmp_path):
    day = pd.Timestamp("2024-05-17")
    content = workbook(A=[[True, 7.0, 1e6, day, "  x"], [None, None, None, None, None], ["y", "", 0.25, "", ""]])
    assert sheets(tmp_path / "x.xlsx", content) == {
        "A": [(1, ["TRUE", "7", "1000000", "2024-05-17", "  x"]), (3, ["y", "", "0.25", "", ""])]
    }


def test_the_table_beside_a_plan_is_read_back(estimated, write):
    path = write(
        "kommunenummer,name,county_number,population,planner_fte,need_fte,fixed_need_fte,trips,takes_part,may_host,"
        "planner_fte_source,need_fte_source\n"
        "0301,Oslo,03,728714,196.75,182.97,0.8,81.46,0,1,estimate,estimate\n"
        "5601,Alta,56,21708,7.5,6.2,0.8,2.7,1,1,user-planners.csv,estimate\n"
    )
    with pytest.warns(DataRemark, match="estimates in it and trips are not read"):
        table = planners.override(estimated, path)
    assert table.loc["5601", "planner_fte"] == 7.5
    changed = table["planner_fte"] != estimated["planner_fte"]
    assert changed[changed].index.tolist() == ["5601"]
    assert table[["need_fte", "trips"]].equals(estimated[["need_fte", "trips"]])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "kommunenummer;planner_fte\n5601;1000000\n",
            ":2: planner_fte is 1000000, more than can be meant (at most 1000)",
        ),
        ("kommunenummer;trips\n5601;1e300\n", ":2: trips is 1e300, more than can be meant"),
        ("kommunenummer;planner_fte;" + ";".join(f"x{n}" for n in range(3000)), ":1: 2995 more unknown columns"),
        ("kommunenummer;planner_fte\n" + "abc;1\n" * 100_000, ":201: after 200 faults the rest is not read"),
    ],
)
def test_files_that_are_not_what_was_meant(estimated, write, content, said):
    with pytest.raises(DataError) as caught:
        planners.override(estimated, write(content))
    assert said in str(caught.value)
    assert len(caught.value.faults) <= 201


def test_one_way_is_corrected_and_the_rest_kept(write):
    ids = ("5601", "5603", "5614")
    known = traveltimes.embedded().select(ids)
    path = write("fra;til;minutter;kilde\n5601;5603;140,5;målt\n5603;5614;\n5614;5603;99\n0301;5601;1000\n")
    times = traveltimes.from_table(path, ids)
    assert times.between("5601", "5603") == times.between("5603", "5601") == 140.5
    assert times.between("5603", "5614") == float("inf")
    assert times.between("5614", "5603") == 99
    assert times.between("5601", "5614") == known.between("5601", "5614")
    assert times.source == "egne.csv over road and ferry graph"


def test_all_faults_of_a_table_of_ways(write):
    path = write("from;to;minutes\n5601;5603;x\n5601;9999;1\n5601;5614;-1\n5601;5601;1\n5603;5601;1\n5603;5601;2\n")
    with pytest.raises(DataError) as caught:
        traveltimes.from_table(path, ("5601", "5603"))
    assert [str(fault).partition("egne.csv:")[2] for fault in caught.value.faults] == [
        "2: minutes from 5601 to 5603: 'x' is not a number",
        "3: 9999 is no municipality of 2024 (see `plankontor data show` for the numbers)",
        "4: minutes from 5601 to 5614: -1 is less than zero",
        "5: minutes from 5601 to 5601: 1, but the way from a municipality to itself is 0",
        f"7: the way from 5603 (Hammerfest) to 5601 (Alta) {TWICE}",
    ]
    with pytest.raises(
        DataError, match=r"csv:1: no column minutes or minutter \(a table of ways has from, to, minutes;"
    ):
        traveltimes.from_table(write("fra;til;min\n5601;5603;1\n"), ("5601", "5603"))
    with pytest.raises(DataError, match="there is no row below the header"):
        traveltimes.from_table(write("fra;til;minutter\n"), ("5601", "5603"))


def test_a_table_is_read_without_judging(write):
    table = read_table(write("a;b\n1;2\n"))
    assert (table.header, table.rows) == (["a", "b"], [(2, ["1", "2"])])


def test_marks_that_turn_the_direction_are_left_out(write):
    path = write("kommunenummer;planner_fte;note\n\u202a5601\u202c;\u200e7;\u2067abc\n")
    with pytest.warns(DataRemark, match="turn the direction of text are left out"):
        table = read_table(path)
    assert table.rows == [(2, ["5601", "7", "abc"])]
