"""Official formats are read, anything else is refused."""

import json

import pytest
from official_server import correspondence, dataset, kommuner, squares, zipped

from geodata import municipalities
from geodata.update import formats
from geodata.update.formats import FormatError

NUMBERS = list(municipalities.names("2024"))
PEOPLE = dict.fromkeys(NUMBERS, 15_000.0)


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "file"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def test_boundaries(written):
    shapes = squares(NUMBERS)
    table = formats.read_boundaries(written(zipped(kommuner(shapes))))
    assert list(table.index) == sorted(NUMBERS)
    assert table.crs.to_epsg() == 25833
    assert (table.at["0301", "name"], table.geometry["0301"].area) == ("Name 0301", 100)


def test_population_of_current_municipalities(written):
    document = dataset(PEOPLE | {"0101": 0.0})
    table = formats.read_population(written(document))
    assert (len(table), table.at["0301", "population"], set(table["population_year"])) == (357, 15_000, {2027})
    sparse = document | {"value": {str(k): value for k, value in enumerate(document["value"]) if value}}
    assert formats.read_population(written(sparse)).equals(table)


def test_centrality_in_either_direction(written):
    classes = {number: 1 + k % 6 for k, number in enumerate(NUMBERS)}
    document = correspondence(classes)
    assert formats.read_centrality(written(document)).to_dict() == classes
    for item in document["correspondenceItems"]:
        item["sourceCode"], item["targetCode"] = item["targetCode"], item["sourceCode"]
    assert formats.read_centrality(written(document)).to_dict() == classes


def test_kostra_keeps_what_it_counts(written):
    document = dataset({"0301": 3.5, "EAK": 1.0}, contents="KOSplan")
    document["dimension"]["KOKkommuneregion0000"] = document["dimension"].pop("Region")
    document |= {"id": ["KOKkommuneregion0000", "ContentsCode", "Tid"], "role": {}}
    [row] = formats.read_statistics(written(document)).to_dict("records")
    assert row == {"kommunenummer": "0301", "contents": "KOSplan", "label": "Personer", "year": 2027, "value": 3.5}


def wrong():
    shapes = squares(NUMBERS)
    document = dataset(PEOPLE)
    other = kommuner(shapes)
    other["Kommune"]["crs"]["properties"]["name"] = "EPSG:4326"
    boundaries, people, classes = formats.read_boundaries, formats.read_population, formats.read_centrality
    return {
        "a page": (boundaries, b"<html>We are sorry</html>", "no sound zip file"),
        "half a zip": (boundaries, zipped(kommuner(shapes))[:3000], "no sound zip file"),
        "another zip": (boundaries, zipped("text", "README.txt"), "0 GeoJSON files in the zip"),
        "counties": (boundaries, zipped({"Fylke": {}}), "no collection Kommune; found Fylke"),
        "another CRS": (boundaries, zipped(other), "'EPSG:4326'; expected EPSG:25833"),
        "few": (boundaries, zipped(kommuner(squares(NUMBERS[:9]))), "9 municipalities; expected 300 to 450"),
        "no JSON": (people, b"<html>", "no JSON; it begins with b'<html>'"),
        "a list": (people, b"[]", "no object"),
        "another form": (people, {"class": "collection"}, "no dataset of JSON-stat 2"),
        "too few values": (people, document | {"value": [1.0]}, "not whole: ValueError: 1 values; expected 357"),
        "nobody lives there": (people, dataset(dict.fromkeys(NUMBERS, 1.0)), "357 inhabitants in all"),
        "by sex too": (people, divided(document), "divided by Kjonn too"),
        "no class": (classes, correspondence(dict.fromkeys(NUMBERS, 7)), "expected 1 to 6"),
        "nothing": (classes, {}, "0 municipalities"),
    }


def divided(document):
    sexes = {"Kjonn": {"category": {"index": ["1", "2"]}}}
    return document | {
        "id": [*document["id"], "Kjonn"],
        "size": [*document["size"], 2],
        "dimension": document["dimension"] | sexes,
        "value": document["value"] * 2,
    }


@pytest.mark.parametrize("case", wrong())
def test_anything_else_is_refused(written, case):
    read, content, said = wrong()[case]
    with pytest.raises(FormatError) as caught:
        read(written(content))
    assert said in str(caught.value)


def test_a_bomb_is_not_unpacked(written, monkeypatch):
    bomb = written(zipped(" " * 5_000_000))
    assert bomb.stat().st_size < 10_000
    monkeypatch.setattr(formats, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(FormatError, match="5000000 bytes unpacked; expected at most 1000000"):
        formats.read_boundaries(bomb)
