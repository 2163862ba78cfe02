"""Tests of what is kept of the unchanged roads."""

import pytest

from geodata import editions
from geodata.making import journeys


@pytest.mark.parametrize("edition", editions.EDITIONS)
def test_what_is_kept_is_what_the_graph_gives(tmp_path, edition):
    journeys.write(edition, tmp_path)
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == [f"links-{edition}.csv", f"minutes-{edition}.npy"]
    for name in written:
        assert (tmp_path / name).read_bytes() == (editions.DATA / name).read_bytes(), (
            "python -m geodata.making.journeys"
        )
