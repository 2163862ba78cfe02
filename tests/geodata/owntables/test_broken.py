"""Files with bytes lost, changed or moved: read, or refused in words; never anything else."""

import warnings

import geopandas as gpd
import pandas as pd
import pytest
from broken_files import FILES, doors
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from squares import square

from geodata import municipalities
from geodata.faults import DataError
from geodata.owntables.kinds import kind_of
from geodata.owntables.regions import read_municipalities
from scenarios.cli.shared.failures import Code

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


WORDS = st.sampled_from(
    [";", "\n", ",", '"', "'", "=", "-", "0301", "1101", "Oslo", "Herøy", "NaN", "inf", "1e400", "\ufeff", "é"]
)
TOKENS = st.lists(st.tuples(st.floats(0, 1), WORDS), max_size=4)


@pytest.fixture(scope="module")
def readers():
    return doors(municipalities.load("2024"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(defect=st.sampled_from(sorted(FILES)), tokens=TOKENS, changes=st.one_of(st.just([]), CHANGES))
def test_whatever_a_file_holds_a_reader_takes_or_refuses_it(readers, tmp_path, capsys, defect, tokens, changes):
    broken = FILES[defect]
    content = broken.content if isinstance(broken.content, bytes) else broken.content.encode()
    for where, token in tokens:
        at = int(where * len(content))
        content = content[:at] + token.encode() + content[at:]
    path = tmp_path / f"file{broken.suffix}"
    path.write_bytes(changed(content, changes))
    code = readers[broken.door](path)
    out, told = capsys.readouterr()
    assert code in {Code.OK, Code.INVALID}, told
    assert len((out + told).splitlines()) <= 30, told
    path.unlink()
