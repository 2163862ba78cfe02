"""Journeys in Parquet and OpenMatrix files mean what they mean in a CSV file."""

import importlib.util

import numpy as np
import pandas as pd
import pytest

from geodata import traveltimes
from geodata.faults import DataError
from geodata.owntables.formats import binary

IDS = ("0301", "1101", "1103")
MINUTES = np.array([[0, 410, 425.5], [400, 0, 60.25], [420, 61, 0]])


def fault(path) -> str:
    with pytest.raises(DataError) as caught:
        traveltimes.from_table(path, IDS)
    [found] = caught.value.faults
    return str(found)


@pytest.fixture
def matrix(tmp_path):
    h5py = pytest.importorskip("h5py")

    def write(minutes=MINUTES, numbers=(301, 1101, 1103), **more):
        with h5py.File(tmp_path / "skim.omx", "w") as file:
            file.attrs["OMX_VERSION"] = b"0.2"
            for name, values in {"minutes": minutes, **more}.items():
                file[f"data/{name}"] = values
            file["lookup/zone_number"] = np.array(numbers)
        return tmp_path / "skim.omx"

    return write


def test_a_matrix_of_minutes(matrix):
    found = traveltimes.from_table(matrix(km=MINUTES), IDS)
    assert (found.minutes == MINUTES).all()
    assert found.own
    nowhere = MINUTES.copy()
    nowhere[0, 1] = np.inf
    assert traveltimes.from_table(matrix(nowhere), IDS).between("0301", "1101") == traveltimes.UNREACHABLE


def test_what_cannot_be_meant_is_refused(matrix):
    assert "which matrix is meant? found several: am, pm" in fault(matrix_without_minutes(matrix))
    assert "the matrix has the shape (3, 3), but there are 2 numbers" in fault(matrix(numbers=(301, 1101)))
    path = matrix(numbers=(301, 1101, 9999))
    with pytest.raises(DataError, match="9999"):
        traveltimes.from_table(path, IDS)
    path.write_bytes(path.read_bytes()[:600])
    assert "the file cannot be read" in fault(path)


def matrix_without_minutes(matrix):
    h5py = pytest.importorskip("h5py")
    path = matrix(am=MINUTES, pm=MINUTES)
    with h5py.File(path, "a") as file:
        del file["data/minutes"]
    return path


def test_parquet_square_or_long(tmp_path):
    pytest.importorskip("pyarrow")
    square = pd.DataFrame(MINUTES, index=pd.Index(IDS, name="kommunenummer"), columns=list(IDS))
    square.to_parquet(tmp_path / "square.parquet")
    assert (traveltimes.from_table(tmp_path / "square.parquet", IDS).minutes == MINUTES).all()
    long = pd.DataFrame({"from": ["1101"], "to": ["1103"], "minutes": [45.5]})
    long.to_parquet(tmp_path / "long.parquet")
    found = traveltimes.from_table(tmp_path / "long.parquet", IDS)
    assert found.between("1101", "1103") == found.between("1103", "1101") == 45.5
    (tmp_path / "long.parquet").write_bytes(b"PAR1 and nothing else")
    assert "the file cannot be read" in fault(tmp_path / "long.parquet")


@pytest.mark.parametrize(("signature", "library"), [(binary.PARQUET, "pyarrow"), (binary.MATRIX, "h5py")])
def test_without_the_library_the_way_out_is_told(tmp_path, monkeypatch, signature, library):
    (tmp_path / "minutes").write_bytes(signature)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    said = f"is read with {library}, which is not installed (python -m pip install {library}"
    assert said in fault(tmp_path / "minutes")
