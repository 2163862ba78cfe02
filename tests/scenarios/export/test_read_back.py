"""Everything that a run writes, brought back: read where it means something, otherwise refused in plain words."""

from pathlib import Path

import pytest

from geodata import municipalities, planners, traveltimes
from geodata.faults import DataError
from geodata.owntables.formats.ours import ESTIMATE_WORDS, MARKS
from geodata.owntables.kinds import KINDS, count, kind_of
from geodata.owntables.planners import read_planners
from maps.told.texts import LANGUAGES, Words
from scenarios.cli.app import program
from scenarios.cli.shared.failures import Code
from scenarios.export import columns
from scenarios.question.load import load
from scenarios.world import groupings

pytestmark = pytest.mark.filterwarnings("ignore::geodata.faults.DataRemark")
FIGURES = {
    "inputs/municipalities.csv": "planners",
    "inputs/minutes.csv": "travel",
    "inputs/links.csv": "neighbours",
    "inputs/user-planners.csv": "planners",
    "inputs/user-projection.csv": "projection",
    "inputs/user-plans.csv": "plans",
    "result.xlsx": "planners",
    "municipalities.geojson": "municipalities",
    "result.gpkg": "municipalities",
}
"""What can be brought back, and what it is."""
PLANS = ("grouping.csv", "offices.csv", "posts.csv", "shares.csv", "result.xlsx")
"""Tables that hold the whole plan."""
SHARED = ("money.csv", "order.csv", "measures.csv")
"""Tables that hold a part of it."""
TABLES = {".csv", ".xlsx", ".geojson", ".gpkg"}
OWN = {
    "planners.table": "kommunenummer;planner_fte\n5601;7\n",
    "money.projection": "kommunenummer;year;inhabitants\n" + "".join(f"{id_};2040;900\n" for id_ in range(5601, 5637)),
    "cycle.table": "kommunenummer;plan;adopted\n5607;arealdel;2019\n5636;arealdel;2018\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run folder with every table that there is."""
    at = tmp_path_factory.mktemp("read-back")
    settings = ["money.phase_in_years=3", 'travel.pairs=[{between=["Alta","Hammerfest"],minutes=100}]']
    numbers = set(municipalities.load().index)
    for setting, text in OWN.items():
        head, *rows = text.splitlines(keepends=True)
        (at / f"{setting}.csv").write_text(head + "".join(row for row in rows if row[:4] in numbers), encoding="utf-8")
        settings.append(f"{setting}={at / setting}.csv")
    command = ["run", "--county", "Finnmark", "--out", str(at / "run"), "--quiet", "--no-pages", "--lang", "en"]
    assert program([*command, *(part for setting in settings for part in ("--set", setting))]) == Code.OK
    return at / "run"


def tables(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.suffix in TABLES]


def test_there_is_every_table(folder: Path) -> None:
    kept = {
        "drift.csv",
        "phase-in.csv",
        "cycle.csv",
        "travel-changes.csv",
        "variants.csv",
        "tradeoff.csv",
        "better.csv",
    }
    assert {*FIGURES, *PLANS, *SHARED, *kept, "firmness.csv", "competence.csv"} <= {*tables(folder)}


def test_each_table_is_read_as_what_it_is_or_refused(folder: Path) -> None:
    table = planners.estimate(municipalities.load())
    for name in tables(folder):
        if name in FIGURES:
            assert kind_of(folder / name) == FIGURES[name], name
            assert FIGURES[name] == "municipalities" or count(FIGURES[name], folder / name, table), name
        else:
            with pytest.raises(DataError, match="this is a table of a plan, and no figures to bring") as caught:
                kind_of(folder / name)
            assert len(caught.value.faults) == 1, name


def test_no_setting_takes_an_answer_for_a_figure(folder: Path) -> None:
    table = planners.estimate(municipalities.load())
    for name in (name for name in tables(folder) if name not in FIGURES and name.endswith(".csv")):
        for kind in KINDS.values():
            with pytest.raises(DataError, match="this is a table of a plan") as caught:
                kind.count(folder / name, table)
            assert len(caught.value.faults) == 1, (name, kind.setting)


def test_figures_that_somebody_gave_come_back_from_table_and_workbook(folder: Path) -> None:
    table = planners.estimate(municipalities.load())
    for name in ("inputs/municipalities.csv", "result.xlsx"):
        assert read_planners(folder / name, table)["planner_fte"].dropna().to_dict() == {"5601": 7.0}, name
    kept = traveltimes.from_table(folder / "inputs/minutes.csv", ["5601", "5603"], "2024")
    assert kept.between("5601", "5603") == 100


def test_tables_of_a_plan_are_the_plan(folder: Path) -> None:
    plan = groupings.read(folder / "grouping.csv", "2024")
    for name in PLANS:
        assert groupings.read(folder / name, "2024") == plan, name
    for name in SHARED:
        some = groupings.read(folder / name, "2024").host_of
        assert 0 < len(some) < len(plan.host_of), name
        assert some.items() <= plan.host_of.items(), name
    for name in ("competence.csv", "cycle.csv", "drift.csv", "phase-in.csv"):
        with pytest.raises(DataError, match=r"has a row for each (discipline|plan|year) of a municipality, and is no"):
            groupings.read(folder / name, "2024")


def test_the_scenario_of_a_run_is_read_with_its_pins(folder: Path) -> None:
    pinned = load(str(folder / "scenario.toml"), overrides=['pins.fixed={"5603"="5601"}'])
    assert pinned.pins.fixed == {"5603": "5601"}
    assert pinned.planners.table.endswith("inputs/user-planners.csv")


def test_the_words_for_an_estimate_are_those_of_worksheets() -> None:
    assert {Words(language).text("basis.label") for language in LANGUAGES} | {"estimate"} == set(ESTIMATE_WORDS)


def test_every_answer_has_a_mark_by_which_it_is_known() -> None:
    inputs = {"INPUT_MUNICIPALITIES"}
    for name, table in vars(columns).items():
        if isinstance(table, columns.FileTable) and name not in inputs:
            assert set(MARKS) & set(table.names), name
