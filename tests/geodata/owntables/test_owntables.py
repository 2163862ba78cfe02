"""Tables of money, disciplines, plans and inhabitants: forgiving in form, strict in content, all faults at once."""

import datetime as dt

import numpy as np
import pytest

from geodata.faults import DataError
from geodata.owntables.disciplines import read_disciplines
from geodata.owntables.money import read_money
from geodata.owntables.plan_dates import read_plan_dates, year_of
from geodata.owntables.projection import read_projection

DISCIPLINES = ("arealplan", "gis", "samisk")
PLANS = ("planstrategi", "samfunnsdel", "arealdel")
TODAY = dt.date(2026, 11, 27)


@pytest.fixture
def write(tmp_path):
    def writer(content: str):
        path = tmp_path / "egne.csv"
        path.write_text(content, encoding="utf-8")
        return path

    return writer


def faults_of(read, path, *more):
    with pytest.raises(DataError) as caught:
        read(path, *more)
    return [str(fault).replace(f"{path.parent}/", "") for fault in caught.value.faults]


def test_money_of_some(norway, write):
    table = read_money(
        write("kommunenummer;navn;fte_kr;hours\n1133;Hjelmeland;1 0;\n".replace("1 0", "1180000")), norway
    )
    assert table.index.tolist() == ["1133"]
    assert table.columns.tolist() == ["fte_kr", "hours", "alone_kr"]
    assert table.loc["1133", "fte_kr"] == 1_180_000
    assert np.isnan(table.loc["1133", ["hours", "alone_kr"]]).all()
    assert read_money(write("kommunenummer,hours\n1133,850.5\n1134,0\n"), norway)["hours"].tolist() == [850.5, 0.0]


def test_money_with_all_faults_at_once(norway, write):
    path = write(
        "kommunenummer;fte_kr;alone_kr\n1133;1150;x\n1133;-5;9999999999\nHjelme;1150000;2000\n9999;;\n1134;nan;1\n"
    )
    assert faults_of(read_money, path, norway) == [
        "egne.csv:2: fte_kr is 1150, less than can be meant (kroner, not thousands: did you mean 1150000?)",
        "egne.csv:2: alone_kr is 'x', not a number (kroner a year, like 2450000)",
        "egne.csv:3: 1133 (Hjelmeland) stands here a second time (first on line 2; keep one of the two)",
        "egne.csv:3: fte_kr is -5, less than zero (zero or more)",
        "egne.csv:3: alone_kr is 9999999999, more than can be meant (at most 1000000000)",
        "egne.csv:4: 'Hjelme' is no kommunenummer (did you mean 1133 (Hjelmeland) or 1832 (Hemnes) or 1557 (Gjemnes)?)",
        "egne.csv:4: alone_kr is 2000, less than can be meant (kroner, not thousands: did you mean 2000000?)",
        "egne.csv:5: 9999 is no municipality of 2024 (see `plankontor data show` for the numbers)",
        "egne.csv:6: fte_kr is 'nan', not a number (kroner a year, like 1150000)",
        "egne.csv:6: alone_kr is 1, less than can be meant (20000 or more)",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "kommunenummer;navn\n1133;x\n",
            "egne.csv:1: no column of figures (give some of fte_kr, hours, alone_kr)",
        ),
        ("kommunenummer;ftekr\n1133;1\n", "egne.csv:1: unknown column 'ftekr' (did you mean fte_kr?)"),
        ("fte_kr\n1150000\n", "egne.csv:1: the column kommunenummer is missing (needed are kommunenummer)"),
        ("kommunenummer;hours;hours\n1133;1;1\n", "egne.csv:1: column 'hours' stands twice (keep one of them)"),
        ("kommunenummer;hours\n", "egne.csv: there is no row below the header (leave the file out, or fill it)"),
    ],
)
def test_header_that_cannot_be_meant(norway, write, content, said):
    assert faults_of(read_money, write(content), norway) == [said]


def test_disciplines_held(norway, write):
    path = write("kommunenummer;discipline;fte;people\n1133;Arealplan;0,7;1\n1133;gis;0,2;\n1134;gis;0;0\n")
    assert read_disciplines(path, norway, DISCIPLINES) == {
        "1133": {"arealplan": (0.7, 1), "gis": (0.2, None)},
        "1134": {"gis": (0.0, 0)},
    }
    without = write("kommunenummer;discipline;fte\n1133;samisk;1\n")
    assert read_disciplines(without, norway, DISCIPLINES) == {"1133": {"samisk": (1.0, None)}}


def test_disciplines_with_all_faults_at_once(norway, write):
    path = write(
        "kommunenummer;discipline;fte;people\n1133;arealplann;0,7;1\n1133;gis;0,5;1,5\n1133;gis;0,5;0\n9999;;;2\n"
    )
    assert faults_of(read_disciplines, path, norway, DISCIPLINES) == [
        "egne.csv:2: 'arealplann' is no discipline (did you mean arealplan?)",
        "egne.csv:3: people is 1,5, not a whole number (persons, like 2; empty if not known)",
        "egne.csv:4: people is 0, but fte is 0,5 (persons who share them, or empty)",
        "egne.csv:4: 1133 (Hjelmeland) with gis stands here a second time (first on line 3; keep one of the two)",
        "egne.csv:5: 9999 is no municipality of 2024 (see `plankontor data show` for the numbers)",
        "egne.csv:5: the discipline is missing (known are arealplan, gis, samisk)",
        "egne.csv:5: fte is missing (årsverk, like 0.5 or 0,5)",
    ]


def test_projection(norway, write):
    path = write("kommunenummer;year;inhabitants\n1133;2036;2500\n1133;2026;2600,5\n1134;2026;0\n1134;2036;3900\n")
    found = read_projection(path, norway)
    assert found == {2026: {"1133": 2600.5, "1134": 0.0}, 2036: {"1133": 2500.0, "1134": 3900.0}}
    assert list(found) == [2026, 2036]


def test_projection_with_all_faults_at_once(norway, write):
    path = write(
        "kommunenummer;year;inhabitants\n1133;20x6;5\n1133;2036;-4\n1134;2036;\n1135;2036;9\n1135;2036;9\n1145;1036;9\n"
    )
    assert faults_of(read_projection, path, norway) == [
        "egne.csv:2: year is '20x6', not a year (from 2000 to 2200)",
        "egne.csv:3: inhabitants is -4, less than zero (zero or more)",
        "egne.csv:4: inhabitants is missing (inhabitants, like 2850)",
        "egne.csv:6: 1135 (Sauda) with 2036 stands here a second time (first on line 5; keep one of the two)",
        "egne.csv:7: year is '1036', not a year (from 2000 to 2200)",
    ]
    uneven = write("kommunenummer;year;inhabitants\n1133;2026;5\n1133;2036;5\n1134;2036;6\n")
    assert faults_of(read_projection, uneven, norway) == [
        "egne.csv: 1134 (Suldal) has no 2026, which others have (give each the same years)"
    ]


def test_plan_dates(norway, write):
    path = write(
        "kommunenummer;plan;adopted\n1133;arealdel;2019\n1133;samfunnsdel;2021-06-12\n1134;Arealdel;1.2.2020\n"
    )
    assert read_plan_dates(path, norway, PLANS, TODAY) == {
        "1133": {"arealdel": 2019, "samfunnsdel": 2021},
        "1134": {"arealdel": 2020},
    }


def test_plan_dates_with_all_faults_at_once(norway, write):
    path = write("kommunenummer;plan;adopted\n1133;arealdel;43628\n1133;arealdel;2031\n1134;reguleringsplan;\n")
    assert faults_of(read_plan_dates, path, norway, PLANS, TODAY) == [
        "egne.csv:2: adopted is 43628, a day number of a spreadsheet (did you mean 2019-06-12?)",
        "egne.csv:3: adopted is 2031, which is to come (no later than 2026-11-27)",
        "egne.csv:3: 1133 (Hjelmeland) with arealdel stands here a second time (first on line 2; keep one of the two)",
        "egne.csv:4: 'reguleringsplan' is no kind of plan (known are planstrategi, samfunnsdel, arealdel)",
        "egne.csv:4: adopted is missing (a year like 2019, or a day like 2019-06-12)",
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2026-11-28", "adopted is 2026-11-28, which is to come"),
        ("2019-02-30", "adopted is 2019-02-30, a day that does not exist"),
        ("1960", "adopted is 1960, before there were such plans"),
        ("0000", "adopted is 0000, before there were such plans"),
        ("june 2019", "adopted is 'june 2019', not a day"),
        ("43628,0", "adopted is 43628,0, a day number of a spreadsheet"),
    ],
)
def test_days_that_cannot_be_meant(cell, said):
    _, wrong = year_of(cell, TODAY)
    assert wrong is not None
    assert wrong[0] == said


def test_the_last_day_that_can_be_meant():
    assert year_of("2026-11-27", TODAY) == (2026, None)
    assert year_of("2026", TODAY) == (2026, None)
