"""Who is meant by a name or a number, in any of its spellings, and what is said to who means nobody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import municipalities as tables
from scenarios.question import gazetteer


@pytest.fixture(scope="module")
def book():
    return gazetteer.of(tables.load("2024"))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Karasjok", "5610"),
        ("KÁRÁŠJOHKA", "5610"),
        ("Ka\u0301ra\u0301s\u030cjohka", "5610"),
        ("Porsanki", "5622"),
        ("Våler (Østfold)", "3114"),
        ("Herøy  (Møre og Romsdal)", "1515"),
        ("Gáivuotna \u2013 Kåfjord \u2013 Kaivuono", "5540"),
        ("0301", "0301"),
        ("Bø", "1867"),
        ("Nes", "3228"),
    ],
)
def test_who_is_meant(book, written, number):
    assert book.municipality(written) == number


@pytest.mark.parametrize(
    ("written", "what", "hint"),
    [
        ("Herøy", '"Herøy" is the name of 2', "1515 Herøy (Møre og Romsdal) or 1818 Herøy (Nordland)"),
        ("Våler", '"Våler" is the name of 2', "3114 Våler (Østfold) or 3419 Våler (Innlandet)"),
        ("Kafjord", 'no municipality of 2024 is called "Kafjord"', "5540 Kåfjord"),
        ("Atlantis", 'no municipality of 2024 is called "Atlantis"', ""),
        ("301", "301", "0301 (Oslo)"),
        ("55401", "55401", "like 0301"),
        ("1507", "1507 is no municipality of 2024", "1508 Ålesund, 1580 Haram"),
        ("5424", "5424 is no municipality of 2024", "5536 Lyngen"),
        ("9999", "9999 is no municipality of 2024", ""),
    ],
)
def test_who_is_not_meant(book, written, what, hint):
    with pytest.raises(gazetteer.UnknownError) as caught:
        book.municipality(written)
    assert what in caught.value.what
    assert hint in caught.value.hint


@pytest.mark.parametrize("edition", ["2024", "2020"])
def test_every_municipality_is_found_by_its_names(edition):
    municipalities = tables.load(edition)
    book = gazetteer.of(municipalities)
    for number, row in municipalities.iterrows():
        assert book.municipality(number) == number
        for name in filter(None, (row[column] for column in gazetteer.NAMES)):
            assert number in book.by_name[gazetteer.fold(name)]
            assert book.municipality(f"{name} ({row['county_name_norwegian']})") == number
        for county in (row["county_number"], row["county_name"], row["county_name_norwegian"]):
            assert book.county(county) == row["county_number"]
    assert {name for name, numbers in book.by_name.items() if len(numbers) > 1} == {"herøy", "våler"}


@given(st.text(max_size=12) | st.from_regex(r"[0-9]{1,6}", fullmatch=True))
@settings(deadline=None)
def test_any_text_is_somebody_or_nobody(book, text):
    for found, known in ((book.municipality, book.labels), (book.county, book.counties)):
        try:
            number = found(text)
        except gazetteer.UnknownError as unknown:
            number = None if unknown.what else ""
        assert number is None or number in known


@pytest.mark.parametrize(
    ("edition", "written", "said"),
    [
        ("2024", "Viken", "its municipalities of 2020 belong to 31 Østfold, 32 Akershus, 33 Buskerud"),
        ("2024", "troms og finnmark", "its municipalities of 2020 belong to 55 Troms, 56 Finnmark in 2024"),
        ("2024", "Oppland", "it became a part of 34 Innlandet"),
        ("2024", "Sogn og Fjordane", "it became a part of 46 Vestland"),
        ("2020", "Sør-Trøndelag", "it became a part of 50 Trøndelag"),
        ("2020", "Akershus", "its municipalities of 2024 belong to 30 Viken in 2020"),
        ("2024", "Troms,Finnmark", """repeat the option, --county 'Troms' --county 'Finnmark', or write"""),
        ("2024", "Møre og Romsdal og Nordland", "the counties of 2024 are"),
        ("2024", "55, 18", """or write select.counties = ["Troms", "Nordland"]"""),
        ("2024", "Troms,Norge", "the counties of 2024 are"),
    ],
)
def test_counties_that_were_and_lists_of_them(edition, written, said):
    with pytest.raises(gazetteer.UnknownError) as caught:
        gazetteer.of(tables.load(edition)).county(written)
    assert caught.value.what == f'there is no county "{written}"'
    assert said in caught.value.hint
