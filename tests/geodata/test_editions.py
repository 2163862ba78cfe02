"""What the embedded editions promise."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
import shapely

from geodata import editions, models, municipalities, planners
from geodata.faults import DataError
from geodata.making import check
from geodata.making.boundaries import overlap
from geodata.schema import MUNICIPALITY_COLUMNS


@pytest.mark.parametrize("edition", editions.EDITIONS)
def test_every_check_passes(edition):
    checks = check.check(edition)
    assert len(checks) == 1 + len(check.CHECKS)
    assert [(one.name, one.figures) for one in checks if not one.ok] == []


@pytest.mark.parametrize("edition", editions.EDITIONS)
def test_loading_twice_gives_the_same_table(edition):
    first, second = municipalities.load(edition), municipalities.load(edition)
    assert first.equals(second)
    assert first.attrs["edition"] == edition
    assert list(first.columns) == list(MUNICIPALITY_COLUMNS)
    assert first.index.is_monotonic_increasing


def test_what_one_reader_changes_no_other_sees():
    spoilt = municipalities.load()
    spoilt["population"] = 0
    spoilt.iloc[0, spoilt.columns.get_loc("name")] = "nobody"
    spoilt.attrs["edition"] = "none"
    fresh = municipalities.load()
    assert (fresh["population"].min() > 0, fresh["name"].iloc[0], fresh.attrs["edition"]) == (True, "Oslo", "2024")


def test_unknown_edition():
    with pytest.raises(DataError, match=r"no edition '2022'.*2020"):
        municipalities.load("2022")


@pytest.mark.parametrize(("edition", "district"), [("2020", 280), ("2024", 277)])
def test_district_municipalities(edition, district):
    assert (municipalities.load(edition)["centrality_class"] >= 4).sum() == district


def test_names_are_whole(norway):
    assert norway.loc["5540", "name"] == "Gáivuotna - Kåfjord - Kaivuono"
    assert norway.loc["5540", ["name_norwegian", "name_sami", "name_kven"]].tolist() == [
        "Kåfjord",
        "Gáivuotna",
        "Kaivuono",
    ]
    assert norway.loc["0301", ["name", "name_sami"]].tolist() == ["Oslo", ""]


@pytest.mark.parametrize("edition", editions.EDITIONS)
def test_ten_statsforvalter_and_thirteen_sami_municipalities(edition):
    table = municipalities.load(edition)
    assert table["statsforvalter"].nunique() == 10
    assert table["sami_area"].sum() == 13
    # A county has one statsforvalter.
    assert (table.groupby("county_number")["statsforvalter"].nunique() == 1).all()


@pytest.mark.parametrize(
    ("name", "islands"), [("Træna", 17), ("Røst", 10), ("Kvitsøy", 7), ("Fedje", 2), ("Utsira", 1), ("Værøy", 2)]
)
def test_islet_municipalities_are_on_the_map(norway, name, islands):
    (row,) = norway.loc[norway["name_norwegian"] == name].itertuples()
    assert len(row.geometry.geoms) == islands


def test_areas_are_near_the_official_ones(norway):
    share = norway.geometry.area / 1e6 / norway["total_area_km2"]
    assert share.between(0.98, 1.02).mean() > 0.85


@pytest.mark.parametrize("number", ["1508", "1580", "1535", "1539"])
def test_the_lines_drawn_since_2020_are_the_official_ones(norway, number):
    assert norway.loc[number].geometry.area / 1e6 == pytest.approx(norway.loc[number, "total_area_km2"], rel=0.02)


@pytest.mark.parametrize(
    ("before", "after"), [("1539", "1535"), ("4618", "4619"), ("3452", "3453"), ("4638", "4635"), ("3407", "3443")]
)
def test_what_changed_hands_since_is_where_it_was_in_2020(norway, norway_2020, before, after):
    given = norway_2020.loc[before].geometry.intersection(norway.loc[after].geometry).area / 1e6
    official = norway.loc[after, "total_area_km2"] - norway_2020.loc[after, "total_area_km2"]
    assert given == pytest.approx(official, abs=1)
    assert norway_2020.loc[after].geometry.intersection(norway.loc[before].geometry).area < 1e6


def test_the_other_lines_are_those_of_both_editions(norway, norway_2020):
    moved = {"1507", "1539", "1535", "4618", "4619", "3452", "3453", "4638", "4635", "3407", "3443"}
    successor = municipalities.correspondence().drop_duplicates("kommunenummer_2020").set_index("kommunenummer_2020")
    old = norway_2020[~norway_2020.index.isin(moved)].geometry
    new = norway.geometry[successor.loc[old.index, "kommunenummer_2024"]]
    # The smallest corners of a line may go in the one edition and stay in the other, near where the lines differ.
    assert overlap(old.to_numpy(), new.to_numpy()).min() > 0.99


def test_a_polygon_unlike_its_municipality_is_noticed(norway, roads, links):
    table = norway.copy()
    table.loc["1580", "geometry"] = table.loc["1580", "geometry"].buffer(1_000)
    found = check._areas(check.Loaded(editions.get("2024"), table, roads, links))
    assert not found.ok
    assert "1580 Haram 1." in found.figures


def test_boundaries_hold_no_hair(norway):
    rings = shapely.get_num_coordinates(shapely.get_parts(norway.geometry.to_numpy()))
    assert rings.min() >= 4
    assert shapely.get_num_coordinates(norway.geometry.to_numpy()).sum() < 55_000


def test_correspondence_covers_both_editions(norway, norway_2020):
    table = municipalities.correspondence()
    assert set(table["kommunenummer_2024"]) == set(norway.index)
    assert set(table["kommunenummer_2020"]) == set(norway_2020.index)
    # No number means one thing in 2020 and another in 2024.
    shared = table[table["kommunenummer_2024"].isin(norway_2020.index)]
    assert (shared["kommunenummer_2020"] == shared["kommunenummer_2024"]).all()


def test_embedded_files_stay_small():
    sizes = [path.stat().st_size for path in editions.DATA.iterdir()]
    assert sum(sizes) < 3_500_000


def test_estimates_fit_their_model(estimated):
    assert models.municipality_faults(estimated, estimated=True) == []
    assert {*estimated["planner_fte_source"], *estimated["need_fte_source"]} == {planners.ESTIMATE}


@pytest.fixture
def copied(tmp_path: Path, monkeypatch) -> Path:
    shutil.copytree(editions.DATA, tmp_path / "data")
    monkeypatch.setattr(editions, "DATA", tmp_path / "data")
    return tmp_path / "data"


def test_a_changed_figure_is_noticed(copied):
    path = copied / "municipalities-2024.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[0, ["population", "centrality_class"]] = ["-5", "7"]
    table.to_csv(path, index=False)
    failed = {one.name: one.figures for one in check.check("2024") if not one.ok}
    assert set(failed) == {
        "file checksums",
        "municipalities of centrality class 1 to 6",
        "population and its year",
        "columns complete and in range",
    }
    assert "municipalities-2024.csv" in failed["file checksums"]
    assert "expected 5627400" in failed["population and its year"]


def test_embedded_data_that_somebody_changed_are_refused(copied):
    editions.refuse_changed()
    for name in ("road-nodes.csv", "references/shared-offices.csv"):
        (copied / name).write_bytes((copied / name).read_bytes() + b"\n")
    (copied / "slow-pairs.csv").unlink()
    editions._changed.cache_clear()
    with pytest.raises(DataError) as caught:
        editions.refuse_changed()
    assert [Path(fault.where).name for fault in caught.value.faults] == [
        "shared-offices.csv",
        "road-nodes.csv",
        "slow-pairs.csv",
    ]
    assert "install plankontor anew" in str(caught.value)
    assert editions.changed(copied) == ("references/shared-offices.csv", "road-nodes.csv", "slow-pairs.csv")


def test_a_damaged_file_is_a_verdict(copied):
    (copied / "boundaries-2024.fgb").write_bytes(b"nothing")
    first, second = check.check("2024")
    assert not first.ok
    assert second.name == "files can be read"
    assert not second.ok


def test_a_lost_road_is_noticed(copied):
    path = copied / "road-edges.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "Haugesund-Utsira" not in line), encoding="utf-8")
    failed = {one.name: one.figures for one in check.check("2020") if not one.ok}
    assert failed["graph connects all centres"].endswith("not connected: C1151")


def test_each_rule_of_a_column_is_kept(estimated):
    wrong = estimated.drop(columns="name_kven").assign(
        population=0, centrality_class=estimated["centrality_class"].astype(float), statsforvalter="Oslo", more=1
    )
    wrong.loc[wrong.index[0], ["centrality_index", "economic_region_name"]] = [1001, None]
    wrong = wrong.set_geometry(wrong.geometry.buffer(0).set_crs("EPSG:25832", allow_override=True))
    assert models.municipality_faults(wrong.rename(index={wrong.index[0]: "12"}), estimated=True) == [
        "kommunenummer: four digits, each once",
        "name_kven: not there",
        "more: unknown",
        "population: at least 1",
        "centrality_index: at most 1000",
        "centrality_class: is int64, nothing left out",
        "statsforvalter: matches ^Statsforvalteren i ",
        "economic_region_name: is str, nothing left out",
        "economic_region_name: matches .",
        "geometry: in EPSG:25833",
    ]


def test_links_are_in_order_and_each_once():
    one = {"a": "0301", "b": "1103", "kind": "road", "reason": "", "minutes": 1.0}
    assert models.link_faults(pd.DataFrame([one])) == []
    for rows in ([one, one], [one | {"a": "1103"}]):
        assert models.link_faults(pd.DataFrame(rows)) == ["a, b: a < b, each pair once"]
    assert models.link_faults(pd.DataFrame([one | {"kind": "air"}])) == ["kind: one of road, ferry, manual"]
