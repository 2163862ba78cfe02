"""Odd files as people have them, each of a kind that somebody was once refused or misled by: what is read of them."""

import pytest

from geodata import municipalities, traveltimes
from geodata.faults import DataError
from geodata.owntables.planners import read_planners
from scenarios.question.errors import ScenarioError
from scenarios.world.build import open_world

pytestmark = pytest.mark.filterwarnings("ignore::geodata.faults.DataRemark")
HEAD = "kommunenummer;planner_fte\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + '="5601";2,5\n', {"5601": 2.5}),
        (HEAD + "'5601;2,5\n", {"5601": 2.5}),
        (HEAD + "K-5601;2,5\n", {"5601": 2.5}),
        (HEAD + "301;2,5\n", {"0301": 2.5}),
        (HEAD + "5601.0;2,5\n", {"5601": 2.5}),
        (HEAD + "5601 Alta;2,5\n", {"5601": 2.5}),
        (HEAD + "Hammerfest - Hámmerfeasta;2,5\n", {"5603": 2.5}),
        (HEAD + "Kárášjohka;2,5\n", {"5610": 2.5}),
        (HEAD + "Ka\u0301ra\u0301s\u030cjohka;2,5\n", {"5610": 2.5}),
        ("sep=;\n" + HEAD + "5601;2,5\n", {"5601": 2.5}),
        ("Planleggere i Finnmark 2024\n\n" + HEAD + "5601;2,5\n", {"5601": 2.5}),
        ("kommunenummer;planner_fte;;\n5601;2,5;;\n", {"5601": 2.5}),
        ("kommunenummer;navn;planner_fte\n5601;Alta\fby;2,5\n", {"5601": 2.5}),
        (HEAD + "5601;2,5\nTotalt;2,5\n", {"5601": 2.5}),
        ('kommunenummer,planner_fte\n5601,"2,5"\n', {"5601": 2.5}),
        ("kommunenummer;trips\n5601;1\N{NARROW NO-BREAK SPACE}200\n", {"5601": 1200}),
    ],
)
def test_what_can_only_mean_one_thing_is_read(tmp_path, estimated, text, expected):
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    found = read_planners(tmp_path / "p.csv", estimated)
    assert found[found.columns[0]].to_dict() == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "5601;1000000\n", "p.csv:2: planner_fte is 1000000, more than can be meant"),
        ("kommunenummer;trips\n5601;1e300\n", "p.csv:2: trips is 1e300, more than can be meant"),
        (HEAD + "Viken;3\n", "p.csv:2: 'Viken' is a county, no municipality"),
        (HEAD + "abc;1\n" * 5000, "after 200 faults the rest is not read"),
        ("kommunenummer;" + ";".join(f"x{k}" for k in range(3000)) + "\n", "more unknown columns"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_few_words(tmp_path, estimated, text, said):
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_planners(tmp_path / "p.csv", estimated)
    assert said in str(caught.value)


def test_minutes_with_separators_behind_them(tmp_path):
    (tmp_path / "t.csv").write_text("kommunenummer;5601;5603;\n5601;0;100;\n5603;90;0;\n", encoding="utf-8")
    found = traveltimes.from_table(tmp_path / "t.csv", ["5601", "5603"], "2024")
    assert (found.between("5601", "5603"), found.between("5603", "5601")) == (100, 90)


@pytest.mark.parametrize("setting", ["planners.table", "travel.table", "money.table", "data.figures"])
def test_what_never_ends_is_not_read(setting):
    with pytest.raises(ScenarioError, match="this is a pipe or a device, not a file"):
        open_world("nasjonal", counties=["Finnmark"], overrides=[f"{setting}=/dev/zero"])


@pytest.mark.parametrize(
    ("county", "said"), [("Viken", "Akershus"), ("Oppland", "34 Innlandet"), ("Troms,Finnmark", "repeat")]
)
def test_counties_that_were_or_are_several_are_answered(county, said):
    with pytest.raises(ScenarioError, match=said):
        open_world("nasjonal", counties=[county])
    assert "Viken" not in set(municipalities.load()["county_name_norwegian"])
