"""Groupings that somebody made by hand: their header."""

import pytest

from geodata.faults import DataError
from scenarios.world.groupings import read


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("kommunenummer;host;host\n5601;5601;5603\n", "g.csv:1: column 'host' stands twice (keep one of them)"),
        ("kommunenummer;kommunenummer;host\n5601;5601;5603\n", "g.csv:1: column 'kommunenummer' stands twice"),
        ("\n\nkommunenummer;vert\n5601;5601\n", "g.csv:3: the column host is missing (found are kommunenummer, vert)"),
    ],
)
def test_a_header_that_cannot_be_meant(tmp_path, content, said):
    (tmp_path / "g.csv").write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read(tmp_path / "g.csv", "2024")
    assert said in str(caught.value)
