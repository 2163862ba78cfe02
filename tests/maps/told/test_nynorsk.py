"""Nynorsk has files to itself: they say what bokmål says, and say it in nynorsk."""

import re
from collections import Counter
from pathlib import Path

import pytest

from geodata import references
from maps.told import texts
from scenarios.question.load import load
from scenarios.question.shipped import names

FOLDER = texts.CATALOGUE / texts.APART["nn"]
FILES = sorted(path.name for path in FOLDER.iterdir())
MARKS = re.compile(r"\{\w+\}|[«»%():≈\n]|\d+|--\w[\w-]*|https?:\S+")
"""What a translation has as often as its source: places, quotation marks and brackets, figures, options, addresses."""
BOKMAAL = re.compile(
    r"""\b(?:hv\w+|\w+het(?:en|er|ene)?|ikke|en|et|fra|jeg|noen|noe|alene|mer|bare|ble|fikk|være|vært|gjør|gjøre
    |uten|høyst|høyere|lavere|lavest|minutter|minuttene|kommuner|kommunene|kommunens|deltakere|deltakerne|verter
    |disse|de|dem|deres|selv|flere|mye|vei|veien|sted|steder|endringer|endringen|grensen|reisen|planer|planene|regler
    |priser|prisene|ansatt|ansatte|innbyggere|finnes|kreves|ligger|mangler|regnes|tall|tallet|tallene|samlet|beregnet
    |beregning|mulig|mulige|annen|egen|eget|egne|sammen|sammenlign\w*|følger|velg|velger|valgt|valg|løsning|forskjell
    |hele|helt|fortsatt|åpne|åpner|kjør\w*|alternativer|alternativene|navnet|navnene|fylker|fylkene|kontorene
    |årsverkene|kilde|kilder|uke|uker|måned|måneder|enkelte|hos seg selv|ennå|eller ikke|øker|økt|skyldes
    |tilbys|trenger|drøye|nærmeste|nærmest|hjemme|nederst|øverst|bedre|best?e\ mulige|dårligere)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words that nynorsk does not have."""


def texts_of(path: Path) -> dict[str, str]:
    return dict(texts.read(path))


def bokmaal(name: str) -> dict[str, str]:
    found = texts_of(texts.CATALOGUE / name).items()
    return {key.removesuffix(".nb"): text for key, text in found if key.endswith(".nb")}


@pytest.mark.parametrize("name", FILES)
def test_each_text_stands_in_bokmaal_with_the_same_places_and_marks(name: str) -> None:
    source = bokmaal(name)
    for key, text in texts_of(FOLDER / name).items():
        assert text.strip()
        assert Counter(MARKS.findall(text)) == Counter(MARKS.findall(source[key])), key
        assert text[:1].isupper() == source[key][:1].isupper(), key


@pytest.mark.parametrize("name", FILES)
def test_no_word_is_bokmaal(name: str) -> None:
    left = {key: found for key, text in texts_of(FOLDER / name).items() if (found := BOKMAAL.findall(text))}
    assert not left


def test_whatever_is_shipped_says_it_in_nynorsk() -> None:
    said = texts.shipped("nn")
    scenarios = [load(name) for name in names()]
    tables = [(name, references.load(name, "2024")) for name in references.names()]
    wanted = {text for one in scenarios for text in (one.title, one.description)}
    wanted |= {references.get(name).title for name, _ in tables}
    wanted |= {note for _, table in tables for note in table["note_nb"] if note}
    assert said.keys() == wanted
    for text, own in said.items():
        assert Counter(MARKS.findall(own)) == Counter(MARKS.findall(text))
        assert not BOKMAAL.findall(own)
    ending = f" {texts.DASH} Vestland"
    assert texts.in_language("nn", scenarios[0].title + ending, "English") == said[scenarios[0].title] + ending
    assert texts.in_language("nn", "Min plan", "My plan") == "Min plan"


def test_bokmaal_is_seen() -> None:
    """Of the texts that differ, the list of words finds most: it is no list of words that nobody writes."""
    known = texts.catalogue("nn")
    differ = [text for key, text in texts.catalogue().items() if key in known and text != known[key]]
    assert sum(map(bool, map(BOKMAAL.search, differ))) > 0.6 * len(differ)
