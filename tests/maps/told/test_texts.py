"""One catalogue: nothing missing, nothing left over; numbers as Norwegians write them."""

import ast
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from country import facts
from hypothesis import given
from hypothesis import strategies as st

import geodata
import maps
import optimizer
import scenarios
from geodata import references
from maps.told import phrases, texts
from optimizer.terms import RULES, TERMS
from scenarios.question.schema import Scenario

ROOM = Path(maps.__file__).parent
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [*ROOM.rglob("*.py"), *(ROOM / "templates").rglob("*.html"), *(ROOM / "scripts").rglob("*.*s")]
)


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, 0, "0"),
        (1234, 0, "1\u202f234"),
        (999.5, 0, "1\u202f000"),
        (1234567.891, 2, "1\u202f234\u202f567,89"),
        (0.05, 1, "0,1"),
        (52.5, 0, "53"),
        (2.675, 2, "2,67"),  # in binary just below the half
        (-3.25, 1, "\u22123,3"),
        (-0.01, 1, "0,0"),
    ],
)
def test_numbers(value: float, decimals: int, written: str) -> None:
    assert texts.number(value, decimals) == written


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_written_number_reads_back_as_the_nearest(value: float, decimals: int) -> None:
    back = float(texts.number(value, decimals).replace("\u202f", "").replace(",", ".").replace("\u2212", "-"))
    assert abs(back - value) <= 0.5 * 10**-decimals * (1 + 1e-9)


def test_counts() -> None:
    assert texts.Words().count("municipalities", 1) == "1 kommune"
    assert texts.Words().count("municipalities", 1200) == "1\u202f200 kommuner"


PLURALS = {
    "nb": "kommuner|deltakere|verter|vertskommuner|regioner|regler|alternativer|rader|tilfeller",
    "nn": "kommunar|deltakarar|vertar|vertskommunar|regionar|reglar|rader",
    "en": "municipalities|members|hosts|offices|regions|rules|options|breaches|cases|pairs|hits|rows",
}
COUNTS = "n|found|limit|same|pairs|any|moved|candidates"
"""Places that a bare number fills."""
MANY = {
    "compare.title",
    "compare.heading",
    "compare.note_moved",
    "report.regions",
    "script.members",
    "script.card_office",
}
"""Said of two or more: whoever says it has another text for one, or there are always several."""


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_is_counted_is_right_of_one(language: str) -> None:
    """A number before a plural stands only in texts that have a form for one."""
    plural = re.compile(rf"(?:\{{(?:{COUNTS})\}}|\b1) (?:\w+ )?(?:{PLURALS[language]})\b")
    known = texts.catalogue(language)
    for key, text in known.items():
        if key.endswith(("_many", ".many")) and plural.search(text):
            one = key.removesuffix("many") + "one"
            assert not plural.search(known[one].replace("{n}", "1")), one
            assert known[one] != text, key
        elif key not in MANY:
            assert not plural.search(text), key
    said = texts.Words(language)
    for name in {key.removeprefix("count.").rpartition("_")[0] for key in known if key.startswith("count.")}:
        assert said.count(name, 1).startswith("1 ")
        assert not plural.search(said.count(name, 1)), name


def test_a_place_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts.Words().text("page.title")


def test_every_rule_term_and_unit_has_a_text() -> None:
    known = texts.catalogue()
    assert {key.split(".")[1] for key in known if key.startswith("term.")} == set(TERMS)
    assert {f"term.{name}.title" for name in TERMS} <= set(known)
    assert {key.split(".")[1] for key in known if key.startswith("rule.")} == set(RULES)
    assert {f"rule.{name}.{said}" for name in RULES for said in ("title", "verdict", "stop")} <= set(known)
    assert {f"unit.{term.unit}" for term in TERMS.values()} == {key for key in known if key.startswith("unit.")}


def test_every_setting_of_a_scenario_has_a_text() -> None:
    sections = Scenario.model_json_schema()
    shown = {"select", "limits", "weights", "hosts", "pins", "planners", "travel"}
    for section in shown:
        reference = sections["properties"][section]
        name = reference.get("$ref", reference.get("allOf", [{}])[0].get("$ref", "")).rpartition("/")[2]
        for setting in sections["$defs"][name]["properties"]:
            assert f"setting.{section}.{setting}" in texts.catalogue()


def test_every_text_that_is_used_exists() -> None:
    used = set(re.findall(r"\bt\('([a-z_]+\.[a-z_]+)'", SOURCES)) | set(
        re.findall(r"\btext\(\"([a-z_]+\.[a-z_]+)\"", SOURCES)
    )
    used = {key for key in used if not key.endswith("_")}  # the beginning of one that is put together
    used |= {f"script.{key}" for key in re.findall(r"\btext\(\"([a-z_]+)\"[,)]", SOURCES)}
    used |= {f"compare.{key}" for key in re.findall(r"\btold\(\"([a-z_]+)\"[,)]", SOURCES)}
    assert used
    assert used <= set(texts.catalogue())


@cache
def said_in_code() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the words that programs, templates and tables have, and the patterns that programs fill."""
    words, patterns = set(references.STATUSES), set()
    for path in [path for package in (maps, scenarios, optimizer, geodata) for path in package_files(package)]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                words.add(node.target.id)
            elif isinstance(node, ast.JoinedStr):
                parts = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
                text = "".join("(.+)" if part is None else re.escape(part) for part in parts)
                patterns.add(text.replace("(.+)(.+)", "(.+)"))
    for path in [*(ROOM / "templates").rglob("*.html"), *(ROOM / "scripts").rglob("*.*s")]:
        for quote in "\"'`":
            found = re.findall(f"{quote}([^\n{quote}]*){quote}", path.read_text(encoding="utf-8"))
            words.update(found)
            patterns.update(re.sub(r"\\\$\\\{.*?\\\}", "(.+)", re.escape(text)) for text in found if "${" in text)
    words |= {re.sub("[ .]", "_", word) for word in words if word == word.strip()}
    return frozenset(words), tuple(re.compile(text) for text in patterns if re.search("[a-z]", text))


def package_files(package: ModuleType) -> list[Path]:
    return sorted(Path(str(package.__file__)).parent.rglob("*.py"))


@cache
def said(key: str) -> bool:
    """Return whether the code has a key, or a pattern for it and what fills that, or its beginning and its end."""
    words, patterns = said_in_code()
    joints = [(key[:k], key[k:], key[k + 1 :]) for k, letter in enumerate(key) if letter == "_"]
    if key in words or any(words & {first, f"{first}_"} and words & {last, after} for first, last, after in joints):
        return True
    filled = (pattern.fullmatch(key) for pattern in patterns)
    return any(
        found and all(part in words or (part != key and said(part)) for part in found.groups()) for found in filled
    )


BY_NAME = {
    "script",
    "compare",
    "winners",
    "shade",
    "paper",
    "figures",
    "trial",
    "setting",
    "price",
    "source",
    "stage",
    "page",
    "close",
}
"""Sections whose texts are asked for by their names, by what knows the section."""


def named(key: str) -> bool:
    section, *names = key.split(".")
    return section in BY_NAME and all(map(said, names))


def test_no_text_is_left_over() -> None:
    """Each key is said, as it is or made of what is said; in some sections only its name."""
    words, _ = said_in_code()
    tables = [references.load(name, "2024") for name in references.names()]
    given = " ".join([*words, *(text for table in tables for text in table["source"])])
    left = [key for key in texts.catalogue() if not said(key) and not named(key)]
    assert [key for key in left if key.removeprefix("source.") not in given] == []


@pytest.mark.parametrize(
    "key", ["report.nobody_says_this", "column.neither", "setting.limits.nor_that", "count.xyz_one"]
)
def test_a_text_that_is_left_over_is_seen(key: str) -> None:
    assert not said(key)
    assert not named(key)


@pytest.mark.parametrize(
    ("language", "net", "road"), [("nb", "netto", "veien"), ("nn", "netto", "vegen"), ("en", "net", "the road")]
)
def test_words_say_that_planners_on_the_road_are_missing(language: str, net: str, road: str) -> None:
    plain, told = texts.catalogue(language), texts.catalogue(language, net=True)
    assert told.keys() == plain.keys()
    changed = {key for key in plain if told[key] != plain[key]}
    assert {"term.missing_fte.title", "term.unmet_need.title", "column.missing_fte", "figures.missing"} <= changed
    assert all(re.search(rf"\b{net}\b|{road}", told[key]) for key in changed)


def test_nobody_merges() -> None:
    everything = " ".join(texts.catalogue().values()).casefold()
    assert "sammenslå" not in everything
    assert "slås sammen" not in everything


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_language_has_every_text_with_the_same_places(language: str) -> None:
    first, other = dict(texts.catalogue()), texts.catalogue(language)
    assert set(first) == set(other)
    for key, text in first.items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", other[key])), key
        assert other[key].strip()
    assert other["page.language"] == language


def test_there_is_a_way_to_write_numbers_for_each_language() -> None:
    assert set(texts.LANGUAGES) == set(texts.MARKS)


def test_no_key_stands_twice() -> None:
    keys = [key for path in texts.CATALOGUE.glob("*.toml") for key, _ in texts.read(path)]
    for language, folder in texts.APART.items():
        keys += [f"{key}.{language}" for path in (texts.CATALOGUE / folder).iterdir() for key, _ in texts.read(path)]
    assert len(set(keys)) == len(keys)
    gross = [key for key in keys if not key.rpartition(".")[0].endswith(texts.NET)]
    assert len(gross) == sum(len(texts.catalogue(language)) for language in texts.LANGUAGES)


def test_english_numbers() -> None:
    assert texts.Words("en").number(1234567.891, 2) == "1,234,567.89"
    assert texts.Words("en").count("municipalities", 2) == "2 municipalities"


def test_a_source_without_a_line_of_its_own_is_named_in_the_language_of_the_page() -> None:
    run = facts(credits=["© Kartverket (CC BY 4.0)", "Somebody (general knowledge)"])
    assert phrases.further_credits(texts.Words(), run) == ["Somebody (ikke kontrollert mot kilde)"]
    assert phrases.further_credits(texts.Words("en"), run) == ["Somebody (general knowledge)"]
