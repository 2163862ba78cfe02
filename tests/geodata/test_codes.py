"""Numbers of 2018: read where they mean one municipality of today, whole; else answered with what they became."""

import pytest

from geodata import codes, municipalities

OLD = municipalities.numbers_of_2018()


@pytest.mark.parametrize(
    ("written", "edition", "number"),
    [
        ("0101", "2024", "3101"),
        ("101", "2024", "3101"),
        ("K-0101", "2020", "3001"),
        ("1902", "2024", "5501"),
        ("2004", "2024", "2004"),
        ("1534", "2024", "1580"),
        ("1852", "2020", "1852"),
        ("0301", "2024", "0301"),
    ],
)
def test_a_number_of_2018(written, edition, number):
    assert codes.book(edition).meant(written) == number


@pytest.mark.parametrize(
    ("written", "edition", "what", "hint"),
    [
        (
            "0122",
            "2024",
            "no municipality of 2024",
            "Trøgstad of 2018; from 2024: 3118 Indre Østfold, with others",
        ),
        ("5030", "2024", "no municipality of 2024", "Klæbu of 2018; from 2024: 5001 Trondheim, with others"),
        ("1534", "2020", "no municipality of 2020", "Haram of 2018; from 2020: 1507 Ålesund, with others"),
        ("1850", "2024", "no municipality of 2024", "Tysfjord of 2018; from 2024: 1806 Narvik, 1875 Hamarøy"),
        ("2004", "2024", "no municipality of 2024", "Hammerfest of 2018; from 2024: 5603 Hammerfest, with others"),
        ("1507", "2024", "no municipality of 2024", "1507 is Ålesund of 2020; from 2024: 1508 Ålesund, 1580 Haram"),
    ],
)
def test_a_number_that_was_joined_or_divided(written, edition, what, hint):
    book = codes.book(edition)
    assert book.meant(written) == written
    told = book.fault(written)
    assert what in told[0]
    assert hint in told[1]


@pytest.mark.parametrize("edition", ["2024", "2020"])
def test_all_422_are_known(edition):
    book = codes.book(edition)
    given_up = set(OLD["kommunenummer_2018"]) - set(book.names)
    assert given_up <= set(book.elsewhere)
    later = municipalities.correspondence()
    grown = later["kommunenummer_2024"].isin(OLD["kommunenummer_2024"])
    kept = set(later["kommunenummer_2020"][~grown])
    assert len(kept | set(OLD["kommunenummer_2018"])) == 422
    assert not kept & set(OLD["kommunenummer_2018"])


def test_who_was_not_joined_has_its_name():
    names = municipalities.names("2024")
    alone = OLD.drop_duplicates("kommunenummer_2024", keep=False)
    other = alone[alone["name_2018"] != alone["kommunenummer_2024"].map(names)]
    assert other["name_2018"].tolist() == ["Nes"], "which is called Nesbyen"


def test_no_number_has_meant_two_municipalities():
    later = municipalities.correspondence()
    for column in ("kommunenummer_2020", "kommunenummer_2024"):
        again = set(OLD["kommunenummer_2018"]) & set(later[column])
        assert again == {"1103", "5001"}, "Stavanger and Trondheim, which have grown"
