"""Settings of the command line: how they are understood, and the fault of each that cannot be."""

from pathlib import Path

import pytest

from scenarios.question.errors import ScenarioError
from scenarios.question.load import load


def only_fault(text):
    """Return the one fault of an override."""
    with pytest.raises(ScenarioError) as caught:
        load("nasjonal", overrides=[text])
    (fault,) = caught.value.faults
    return fault


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("limits.max_minutes=60", "limits.max_minutes", 60),
        (" limits . max_minutes = 6e1 ", "limits.max_minutes", 60),
        ("limits.contiguity=off", "limits.contiguity", "off"),
        ('limits.contiguity="off"', "limits.contiguity", "off"),
        ("limits.alone_exempt=true", "limits.alone_exempt", True),
        ("limits.max_offices=none", "limits.max_offices", None),
        ("limits.offices=12", "limits.offices", 12),
        ("edition=2020", "edition", "2020"),
        ("select.classes=6", "select.classes", (6,)),
        ("select.classes=5,6", "select.classes", (5, 6)),
        ("select.classes=[5, 6]", "select.classes", (5, 6)),
        ("select.counties=03", "select.counties", ("03",)),
        ("select.counties=Møre og Romsdal, 55", "select.counties", ("Møre og Romsdal", "55")),
        ('select.counties=["55"]', "select.counties", ("55",)),
        ('select.counties="55", "56"', "select.counties", ("55", "56")),
        ("select.counties=", "select.counties", ()),
        ("pins.fixed.5540=5536", "pins.fixed", {"5540": "5536"}),
        ("pins.fixed.Kåfjord=Lyngen", "pins.fixed", {"Kåfjord": "Lyngen"}),
        ('pins.fixed={"5540" = "5536"}', "pins.fixed", {"5540": "5536"}),
        ('pins.together=[["5540","5536"]]', "pins.together", (("5540", "5536"),)),
        ("planners.table=my tables/fte.csv", "planners.table", "my tables/fte.csv"),
        ("planners.table=", "planners.table", ""),
        ("name=x", "name", "x"),
        ("solver.time_limit=1.5", "solver.time_limit", 1.5),
    ],
)
def test_overrides(text, path, value):
    found = load("nasjonal", overrides=[text])
    for part in path.split("."):
        found = getattr(found, part)
    assert found == value


def test_the_later_override_holds():
    overrides = ["limits.max_minutes=60", "limits.max_minutes=61"]
    assert load("nasjonal", overrides=overrides).limits.max_minutes == 61


def test_one_fixed_pin_joins_those_of_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.toml").write_text('[pins.fixed]\n"5540" = "5536"\n', encoding="utf-8")
    assert load("a.toml", overrides=["pins.fixed.5538=5536"]).pins.fixed == {"5540": "5536", "5538": "5536"}


@pytest.mark.parametrize(
    ("text", "key", "what"),
    [
        ("limits.max_minutes", "limits.max_minutes", "expected section.key=value"),
        ("=60", "=60", "expected section.key=value"),
        ("", "", "expected section.key=value"),
        ("limits..x=1", "limits..x=1", "expected section.key=value"),
        ("limits.max_minutes=", "limits.max_minutes", "there is no value"),
        ("limits.max_minutes=7,5", "limits.max_minutes", "is 7,5; expected a number from 0 to 10000"),
        ("limits.max_minutes=1\n[weights]", "limits.max_minutes", "is no TOML"),
        ("limits.max_minutes=1\nx=2", "limits.max_minutes", "is no TOML"),
        ("limits.max_minutes=-1", "limits.max_minutes", "is -1; expected a number from 0 to 10000"),
        ("limits.max_minutes=long", "limits.max_minutes", "is long; expected a number from 0 to 10000"),
        ("limits.max_minutes=NaN", "limits.max_minutes", "is NaN; expected a number from 0 to 10000"),
        ("limits.max_minutes=-inf", "limits.max_minutes", "is -inf; expected a number from 0 to 10000"),
        ('limits.max_minutes="60"', "limits.max_minutes", 'is "60"; expected a number'),
        ("limits.alone_exempt=True", "limits.alone_exempt", "is True; expected true or false"),
        ("limits.max_minuts=60", "limits.max_minuts", "unknown key"),
        ("max_minutes=60", "max_minutes", "unknown key here"),
        ("limits=60", "limits", "is 60; expected a table of settings"),
        ("limits.max_minutes.x=60", "limits.max_minutes.x", "no such setting"),
        ("pins.together.0=60", 'pins.together."0"', "no such setting"),
        ("edition=2019", "edition", 'is "2019"; expected "2024", "2020" or "own"'),
        ("extends=robust", "extends", "cannot be set here"),
        ("select.classes=[5", "select.classes", "the value [5 is no TOML"),
        ("select.classes=5;6", "select.classes", "the value 5;6 is no TOML"),
    ],
)
def test_faults_of_overrides(text, key, what):
    fault = only_fault(text)
    assert (fault.file, fault.line, fault.key) == ("--set", None, key)
    assert what in fault.what


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("NaN", ""),
        ('"NaN"', ""),
        ("inf", ""),
        ("many", ""),
        ("7,5", "decimals have a point"),
        ('"7,5"', "decimals have a point, and no quotes"),
        ('"60"', "write it without quotes"),
    ],
)
def test_only_who_wrote_quotes_is_told_of_them(value, hint):
    assert only_fault(f"limits.max_minutes={value}").hint == hint
