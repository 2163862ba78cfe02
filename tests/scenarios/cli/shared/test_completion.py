"""What a shell offers where a value is typed."""

from geodata import municipalities as tables
from geodata import references
from scenarios.cli.shared import completion
from scenarios.question import gazetteer


def values(offers):
    return [value for value, _ in offers]


def test_what_is_offered_means_what_it_says():
    book = gazetteer.of(tables.load("2024"))
    for begun in ("", "1"):
        offered = values(completion.municipalities(begun))
        assert sorted(map(book.municipality, offered)) == sorted(book.names)
        assert sorted(map(book.county, values(completion.counties(begun)))) == sorted(book.counties)
        assert not [value for value in offered if " " in value], "a shell would split it"


def test_names_that_several_have_are_offered_by_number():
    offered = dict(completion.municipalities(""))
    assert (offered["1515"], offered["1818"], offered["Salangen"]) == ("Herøy", "Herøy", "5522")
    assert values(completion.municipalities("151"))[0] == "0301"


def test_references_are_those_that_there_are():
    assert references.names() == completion.REFERENCES


def test_terms_are_offered_after_a_comma_each_once():
    offered = values(completion.terms("travel,co"))
    assert "travel,county_lines" in offered
    assert "travel,travel" not in offered
