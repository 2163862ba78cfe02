"""Municipalities of the user's own from a table: read by value, refused by line."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geodata.codes import book
from geodata.editions import OWN
from geodata.faults import DataError, DataRemark
from geodata.owntables.neighbours import by_borders, read_neighbours
from geodata.owntables.regions import placed, read_municipalities
from geodata.owntables.shapes.schematic import by_minutes

HEAD = "id;name;population;county_id;lon;lat\n"
TWO = HEAD + "0114;Upp;5000;01;17.9;59.5\n0115;Vall;6000;01;18.1;59.5\n"


def read(folder: Path, content: str, crs: str = "", name: str = "m.csv"):
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read_municipalities(path, crs)


def faults(folder: Path, content: str, crs: str = "") -> list[str]:
    with pytest.raises(DataError) as caught:
        read(folder, content, crs)
    return [str(fault).removeprefix(f"{folder / 'm.csv'}:") for fault in caught.value.faults]


def test_ids_keep_their_zeros_and_rows_are_sorted(tmp_path):
    found = read(tmp_path, HEAD + "B7;Bø;1200;x;10;60\n0114;Upp;5000;01;17.9;59.5\n")
    assert list(found.index) == ["0114", "B7"]
    assert list(found["county_number"]) == ["01", "x"]
    assert list(found["population"]) == [5000, 1200]
    assert list(found["centrality_class"]) == [0, 0]
    assert found.attrs == {"edition": OWN, "schematic": True, "on_earth": True, "repairs": ()}


def test_a_workbook_and_odd_ids(tmp_path):
    rows = [["id", "name", "population", "county_id"], ["'0114", "Upp", 5000, "01"], ["'0115", "Vall", 6000, "01"]]
    pd.DataFrame(rows[1:], columns=rows[0]).to_excel(tmp_path / "m.xlsx", index=False)
    found = read_municipalities(tmp_path / "m.xlsx")
    assert list(found.index) == ["0114", "0115"]
    assert found["centre"].is_empty.all()


def test_sums_are_left_out(tmp_path):
    with pytest.warns(DataRemark, match="line 4 is a sum"):
        assert len(read(tmp_path, TWO + "Totalt;;11000;;;\n")) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id;name;county_id\n1;A;1\n", ["1: the column population is missing (needed are id, name, "]),
        (TWO.replace(";lat", ";lot"), ["1: unknown column 'lot' (did you mean lon or lat?)", "1: a centre has lon"]),
        (TWO.replace("0115", "0114"), ["3: 0114 stands here a second time (first on line 2; keep one of the two)"]),
        (TWO.replace("6000", "0"), ["3: the population of 0115 is missing or 0 (1 or more)"]),
        (TWO.replace("6000", "6000,5"), ["3: population is 6000,5, no whole number"]),
        (TWO.replace("6000", "-2"), ["3: population is -2, less than zero"]),
        (TWO.replace("0115", "a b"), ["3: id is 'a b' (at most 20 letters, digits, points and hyphens)"]),
        (TWO.replace("18.1", ""), ["3: lon is missing (give every municipality a centre, or none)"]),
        (TWO.replace("18.1;59.5", "59.5;18.1"), []),
        (TWO.replace("18.1;59.5", "65;100"), ["3: 65, 100 is no place that can be drawn with the others"]),
        (TWO.replace("18.1;59.5", "-100;40"), ["3: -100, 40 is no place that can be drawn with the others"]),
        (TWO.replace("18.1", "17.9"), ["3: its centre is that of line 2"]),
        (TWO.replace(";Vall", ";"), ["3: the name of 0115 is missing"]),
        (HEAD, ["there is no row below the header"]),
        (TWO.replace("Vall", "Va\x1b[31m"), ["3: a name of 0115 holds characters that cannot be seen"]),
        (TWO.replace("5000", "nan"), ["2: population is 'nan', not a number"]),
    ],
)  # fmt: skip
def test_each_fault_has_its_line(tmp_path, content, said):
    if not said:
        assert len(read(tmp_path, content)) == 2, "a place in Africa may be meant"
        return
    found = faults(tmp_path, content)
    assert all(any(one in fault for fault in found) for one in said), found
    assert len(found) <= 2


def test_a_sum_alone_is_nobody(tmp_path):
    with pytest.warns(DataRemark), pytest.raises(DataError, match="no row names a municipality"):
        read(tmp_path, HEAD + "Sum;;9;;;\n")


def test_a_county_has_one_name(tmp_path):
    head = "id;name;population;county_id;county_name\n"
    assert faults(tmp_path, f"{head}1;A;9;x;X\n2;B;9;x;Y\n") == [
        "3: county x is called 'Y', but 'X' on line 2 (one name a county)"
    ]


def test_places_by_minutes_are_as_far_apart_as_the_minutes_say():
    points = np.array([[0.0, 0.0], [30.0, 0.0], [30.0, 40.0], [5.0, 20.0]])
    minutes = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    found = by_minutes(minutes)
    apart = np.hypot(*(found[:, None, :] - found[None, :, :]).transpose(2, 0, 1))
    assert np.allclose(apart / apart.max(), minutes / minutes.max(), atol=0.02)


def test_one_municipality_alone_has_a_place(tmp_path):
    nowhere = read(tmp_path, "id;name;population;county_id\n1;A;9;1\n")
    assert (
        placed(nowhere, np.zeros((1, 1)))["centre"].iloc[0].within(placed(nowhere, np.zeros((1, 1))).geometry.iloc[0])
    )


def test_neighbours_from_a_table_and_from_borders(tmp_path):
    path = tmp_path / "n.csv"
    path.write_text("a,b,kind\n2,1,\n1,3,ferry\n1,2,\n", encoding="utf-8")
    found = read_neighbours(path, book(OWN, {"1": "A", "2": "B", "3": "C"}))
    assert found.to_numpy().tolist() == [["1", "2", "road", ""], ["1", "3", "ferry", ""]]
    row = read(tmp_path, HEAD + "1;A;9;1;10;60\n2;B;9;1;11;60\n3;C;9;1;12;60\n")
    assert by_borders(row)[["a", "b"]].to_numpy().tolist() == [["1", "2"], ["2", "3"]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a;b\n1;1\n", "n.csv:2: 1 is its own neighbour"),
        ("a;b;kind\n1;2;boat\n", "n.csv:2: kind is 'boat' \\(road or ferry"),
        ("a;b\n1;9\n", "n.csv:2: '9' is no municipality of the region"),
        ("a;c\n1;2\n", "the column b is missing"),
        ("a;b\n", "there is no row below the header"),
    ],
)
def test_neighbours_that_cannot_be(tmp_path, content, said):
    path = tmp_path / "n.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_neighbours(path, book(OWN, {"1": "A", "2": "B"}))


def test_a_code_that_lost_its_zeros_is_known():
    known = book(OWN, {"0114": "Upp", "0115": "Vall"})
    assert [known.meant(text) for text in ("114", '="0115"', "Vall", "9")] == ["0114", "0115", "0115", "9"]
