"""Who works together today, from the embedded references, in each edition."""

import pytest

from geodata import editions, municipalities
from scenarios.world import today


@pytest.mark.parametrize("edition", editions.EDITIONS)
def test_offices_and_councils_speak_of_the_edition(edition):
    found, known = today.load(edition), set(municipalities.names(edition))
    assert set(found.councils) <= known
    for office in found.offices:
        assert set(office.members) <= known
        assert len(set(office.members)) == len(office.members) > 1
        assert office.host == "" or office.host in office.members
        assert "(" not in office.source
        assert office.note
        assert office.note_en
    assert [office.name for office in found.at_work] == [
        "Plankontoret",
        "Nord-Troms Plan og Eiendom",
        "Nissedal-Kviteseid plankontor",
        "Lom-Skjåk felleskontor",
    ]
    assert not {"closed"} & {office.status for office in found.offices}


def test_cells_of_the_tables():
    assert today.cells("2024", "5022") == ("Plankontoret", "Trøndelag Sørvest")
    assert today.cells("2024", "1151") == ("", "Haugalandet regionråd (unverified)")
    assert today.cells("2024", "5622")[1] == "Vest-Finnmark Rådet | Ávjovárri urfolksregion (unverified)"
    assert today.cells("2024", "3427") == ("", "Fjellregionen"), "a cooperation that may have no office is none"
