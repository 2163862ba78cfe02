"""The settings: defaults, bounds, strictness, and the JSON schema made from them."""

import dataclasses
import json
import math
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from geodata.editions import DEFAULT_EDITION, EDITIONS, OWN
from geodata.planners import PlannerModel
from optimizer import money, problem
from optimizer.money import KronerPrices
from optimizer.sharing.keys import KEYS, MIXED
from scenarios.question import schema, shipped
from scenarios.question.load import load
from scenarios.question.schema import node_at, settings
from scenarios.question.sections import basics
from scenarios.question.sections import money as of_kroner

EVERYTHING = schema.Scenario(name="x")


def defaults(model: type[BaseModel]) -> dict[str, object]:
    return model().model_dump()


def test_defaults_of_limits_are_those_of_the_optimiser():
    assert defaults(schema.Limits) == dataclasses.asdict(problem.Limits()) | {"offices": None}
    assert node_at(("limits", "max_members"))["maximum"] == problem.MAX_MEMBERS


def test_defaults_of_weights_are_those_of_the_optimiser():
    assert defaults(schema.Weights) == dataclasses.asdict(problem.Weights())


def test_defaults_of_planners_are_those_of_the_estimate():
    others = {"trips": "need", "table": "", "need_per_case": 0.0, "activity": "", "activity_contents": ()}
    assert defaults(schema.Planners) == dataclasses.asdict(PlannerModel()) | others


def test_prices_are_those_of_the_optimiser():
    prices = dataclasses.asdict(KronerPrices())
    assert defaults(schema.MoneySettings) | prices == defaults(schema.MoneySettings)
    assert basics.LARGEST_PRICE == money.LARGEST_PRICE
    assert of_kroner.THOUSANDS == money.THOUSANDS
    assert tuple(node_at(("money", "key"))["enum"]) == KEYS
    assert tuple(defaults(schema.MoneySettings)["mix"]) == MIXED


def test_pins_are_those_of_the_optimiser():
    assert set(defaults(schema.Pins)) == {field.name for field in dataclasses.fields(problem.Pins)}


def test_editions_are_those_of_the_data():
    assert tuple(node_at(("edition",))["enum"]) == (*EDITIONS, OWN)
    assert EVERYTHING.edition == DEFAULT_EDITION


def test_committed_json_schema_has_not_drifted():
    committed = schema.SCHEMA_FILE.read_text(encoding="utf-8")
    assert committed == schema.schema_text(), "run python -m scenarios.question.schema"


def test_every_setting_is_documented_with_its_default():
    for section, key in settings():
        path = (section, key) if section else (key,)
        node = node_at(path)
        assert node["description"].endswith("."), path
        tables = {("pins", "fixed"), ("pins", "held"), ("money", "mix"), ("disciplines", "shares")}
        tables |= {("travel", "ferries"), ("travel", "class_factors")}
        assert "default" in node or path in {("name",), ("extends",), *tables}, path


def test_the_reference_scenario_spells_out_every_default():
    written = tomllib.loads(shipped.source("nasjonal"))
    for section, key in settings():
        if section:
            node = node_at((section, key))
            default = node.get("default", {})
            if (section, key) in {("disciplines", "shares"), ("travel", "class_factors")}:
                default = {name: one["default"] for name, one in node["properties"].items()}
            # What a term costs is worth saying where it costs something.
            spelt = written[section].pop(key, default if section == "weights" and not default else None)
            assert spelt == default, (section, key)
        elif key != "extends":
            written.pop(key)
    assert not any(written.values())


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("limits", "max_minutes", "75"),
        ("limits", "max_minutes", True),
        ("limits", "max_minutes", math.inf),
        ("limits", "max_minutes", math.nan),
        ("limits", "max_minutes", -0.1),
        ("limits", "max_minutes", 10**400),
        ("limits", "max_members", 6.0),
        ("limits", "max_members", True),
        ("limits", "min_members", 0),
        ("limits", "alone_exempt", 1),
        ("limits", "max_offices", "some"),
        ("limits", "contiguity", "Hard"),
        ("weights", "travel", math.nan),
        ("select", "classes", [0]),
        ("select", "classes", [True]),
        ("select", "classes", 4),
        ("select", "counties", [55]),
        ("select", "counties", "55"),
        ("pins", "fixed", {"5540": 5536}),
        ("pins", "together", [["5540"]]),
        ("planners", "fixed_kept", 1.01),
        ("solver", "time_limit", 0),
    ],
)
def test_nothing_is_silently_converted(section, key, value):
    with pytest.raises(ValidationError):
        schema.Scenario.model_validate({"name": "x", section: {key: value}})


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("limits", "max_minutes", 75),
        ("limits", "max_minutes", 0.0),
        ("limits", "max_offices", "none"),
        ("limits", "max_offices", 0),
        ("select", "classes", []),
        ("solver", "time_limit", 0.5),
    ],
)
def test_the_nearest_good_values_are_accepted(section, key, value):
    scenario = schema.Scenario.model_validate({"name": "x", section: {key: value}})
    found = getattr(getattr(scenario, section), key)
    assert found == (None if value == "none" else tuple(value) if isinstance(value, list) else value)


@pytest.mark.parametrize("name", ["a", "innen-fylket", "ås-2", "2024"])
def test_names_are_fit_for_folders(name):
    assert schema.Scenario(name=name).name == name


@pytest.mark.parametrize("name", ["", "A", "a b", "-a", "a-", "a--b", "../a", "a/b", "a.", "a\n", "x" * 61])
def test_other_names_are_refused(name):
    with pytest.raises(ValidationError):
        schema.Scenario(name=name)


@pytest.mark.parametrize("key", ["title", "title_en", "description", "description_en"])
@pytest.mark.parametrize("character", ["\0", "\x1b", "\x9b", "\u202e", "\u200f", "\r"])
def test_texts_cannot_steer_what_shows_them(key, character):
    with pytest.raises(ValidationError, match=f"U\\+{ord(character):04X}"):
        schema.Scenario.model_validate({"name": "x", key: f"a{character}b"})
    for section, name in (("planners", "table"), ("data", "neighbours"), ("pins", "leave_out")):
        value = f"a{character}b"
        with pytest.raises(ValidationError, match=f"U\\+{ord(character):04X}"):
            schema.Scenario.model_validate({"name": "x", section: {name: [value] if section == "pins" else value}})
    schema.Scenario.model_validate({"name": "x", key: "Kárášjohka \u2013 \U0001f5fa\n\t\u00ad"})


def test_a_scenario_is_frozen():
    with pytest.raises(ValidationError):
        EVERYTHING.limits.max_minutes = 3.0


def test_where_it_was_written_is_no_part_of_a_scenario():
    assert load("nasjonal").written_at(EVERYTHING.origins) == load("nasjonal")
    assert "origins" not in json.dumps(load("nasjonal").model_dump(mode="json"))


@given(st.text(max_size=80))
def test_any_text_becomes_a_name_for_folders(text):
    name = shipped.folder_name(text)
    assert re.fullmatch(node_at(("name",))["pattern"], name)
    assert schema.Scenario(name=name).name == name
