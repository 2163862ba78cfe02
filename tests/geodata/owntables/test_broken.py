"""Files with bytes lost, changed or moved: read, or refused in words; never anything else."""

import warnings

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from squares import square

from geodata.faults import DataError
from geodata.owntables.kinds import kind_of
from geodata.owntables.regions import read_municipalities

FACTS = {"id": ["01", "02"], "name": ["Å", "B"], "population": [1000, 2000], "county_id": ["x", "y"]}
SUFFIXES = (".csv", ".xlsx", ".geojson", ".gpkg", ".fgb", ".parquet")


def write_sound(path) -> None:
    """Write a file of two municipalities."""
    table = gpd.GeoDataFrame(FACTS, geometry=[square(0), square(1)], crs="EPSG:3006")
    match path.suffix:
        case ".csv":
            pd.DataFrame(FACTS).to_csv(path, index=False, sep=";")
        case ".xlsx":
            pd.DataFrame(FACTS).to_excel(path, index=False)
        case ".parquet":
            table.to_parquet(path)
        case _:
            table.to_file(path, engine="pyogrio")


@pytest.fixture(params=SUFFIXES)
def file(request, tmp_path):
    if request.param == ".parquet":
        pytest.importorskip("pyarrow")
    write_sound(tmp_path / f"sound{request.param}")
    return tmp_path / f"sound{request.param}"


CHANGES = st.lists(
    st.tuples(st.sampled_from(["set", "cut", "insert", "end"]), st.floats(0, 1), st.binary(min_size=1, max_size=4)),
    min_size=1,
    max_size=6,
)


def changed(content: bytes, changes) -> bytes:
    """Return the file with bytes replaced, removed or put between, or without its end."""
    for what, where, given_bytes in changes:
        at = int(where * len(content))
        match what:
            case "set":
                content = content[:at] + given_bytes + content[at + len(given_bytes) :]
            case "cut":
                content = content[:at] + content[at + 16 :]
            case "insert":
                content = content[:at] + given_bytes + content[at:]
            case "end":
                content = content[: max(at, 1)]
    return content


def faults_of(read, path) -> list[str]:
    """Return what is wrong with a file."""
    try:
        read(path)
    except DataError as error:
        return list(map(str, error.faults))
    return []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=settings.default.max_examples // 3)
@given(changes=CHANGES)
def test_a_damaged_file_is_read_or_refused(file, changes):
    path = file.with_name(f"m{file.suffix}")
    path.write_bytes(changed(file.read_bytes(), changes))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for read in (kind_of, read_municipalities):
            faults = faults_of(read, path)
            assert len(faults) <= 201
            assert all(len(fault) < 1000 for fault in faults)
