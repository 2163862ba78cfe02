"""Reading scenarios: names, files, `extends`, overrides, and one clear message for each fault."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scenarios.question import document
from scenarios.question.errors import ScenarioError, render
from scenarios.question.faults import Fault
from scenarios.question.load import load
from scenarios.question.schema import NOT_INHERITED, Scenario
from scenarios.question.shipped import names, source, template
from scenarios.world.build import open_world

BAD = Path(__file__).parents[1] / "data" / "bad"
GEOGRAPHY = {
    "all-left-out",
    "edition-2020",
    "ferries",
    "hosts-contradict",
    "kroner-hours",
    "kroner-names",
    "kroner-shapley",
    "names-and-numbers",
    "nobody",
    "nobody-at-all",
    "pins-contradict",
    "pins-outside",
    "plans",
    "table-missing",
    "tables",
}
"""Bad files that can be read; `test_build` takes them."""

SHIPPED = {
    "nasjonal",
    "nasjonal-2020",
    "innen-fylket",
    "uten-fylkesgrenser",
    "kort-reise",
    "lang-reise",
    "robust",
    "sterke-fagmiljo",
    "ukesbesok",
    "med-byer",
    "vinter",
    "grunnbemanning",
}


def message(reference, **options):
    """Return what the user reads."""
    with pytest.raises(ScenarioError) as caught:
        load(reference, **options)
    return str(caught.value)


def faults_of(reference, **options):
    """Return all faults; none for a good scenario."""
    try:
        load(reference, **options)
    except ScenarioError as error:
        return error.faults
    return ()


def only(reference, **options):
    """Return the one fault."""
    with pytest.raises(ScenarioError) as caught:
        load(reference, **options)
    (fault,) = caught.value.faults
    return fault


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_shipped_scenarios():
    assert set(names()) == SHIPPED
    assert names()[0] == "nasjonal"


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_shipped_scenarios_load(name):
    scenario = load(name)
    assert scenario.name == name
    assert scenario.title
    assert scenario.description.endswith(".")
    assert (scenario.title_en, scenario.description_en) != (scenario.title, scenario.description)
    assert scenario.title_en
    assert scenario.description_en.endswith(".")
    assert "\n" not in scenario.description
    assert source(name).startswith("#:schema ../schema.json\n")
    assert (name == "nasjonal") != ('\nextends = "nasjonal"\n' in source(name))


def test_a_heading_given_without_its_english_has_none():
    shipped = load("nasjonal")
    for overrides in (["title=Vår egen"], ["description=Om oss.", "title=Vår egen"]):
        scenario = load("nasjonal", overrides=overrides)
        assert (scenario.title, scenario.title_en) == ("Vår egen", "")
        assert (scenario.description_en == "") == (len(overrides) == 2)
    both = load("nasjonal", overrides=["title_en=Our own", "title=Vår egen"])
    assert (both.title_en, both.description_en) == ("Our own", shipped.description_en)


@pytest.mark.parametrize(
    ("name", "differs"),
    [
        ("nasjonal", {}),
        ("nasjonal-2020", {"edition": "2020"}),
        ("innen-fylket", {"limits": {"county_lines": "hard"}}),
        ("uten-fylkesgrenser", {"weights": {"county_lines": 0, "statsforvalter_lines": 0}}),
        ("kort-reise", {"limits": {"max_minutes": 45}}),
        ("lang-reise", {"limits": {"max_minutes": 90}}),
        ("robust", {"limits": {"min_office_fte": 5}}),
        (
            "sterke-fagmiljo",
            {"limits": {"critical_mass": "hard", "alone_exempt": True}, "weights": {"missing_fte": 1000}},
        ),
        ("ukesbesok", {"limits": {"max_minutes": 120, "max_members": 8}}),
        ("med-byer", {"select": {"classes": [1, 2, 3, 4, 5, 6]}}),
        ("vinter", {"travel": {"road_factor": 1.2, "ferry_factor": 1.3}}),
        ("grunnbemanning", {"planners": {"supply_fixed_fte": 0.25, "supply_per_1000": 0.2268}}),
    ],
)
def test_shipped_scenarios_say_what_they_are_meant_to(name, differs):
    found = load(name)
    plain = Scenario.model_validate({key: getattr(found, key) for key in NOT_INHERITED} | differs)
    assert found == plain


@pytest.mark.parametrize("path", sorted(BAD.glob("*.toml")), ids=lambda path: path.stem)
def test_bad_files(path, monkeypatch):
    monkeypatch.chdir(BAD)
    if path.stem in GEOGRAPHY:
        assert load(path.name).name == path.stem
    else:
        assert message(path.name) == path.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n")


def test_each_message_belongs_to_a_bad_file():
    assert {path.stem for path in BAD.glob("*.txt")} == {path.stem for path in BAD.glob("*.toml")} - GEOGRAPHY


def test_unknown_name():
    fault = only("nasjonl")
    assert (fault.file, fault.key) == ("the command line", "nasjonl")
    assert "did you mean nasjonal?" in fault.hint
    assert all(name in fault.hint for name in SHIPPED)


def test_missing_file_names_its_neighbours():
    Path("telemark.toml").write_text('extends = "nasjonal"\n', encoding="utf-8")
    assert message("telmark.toml") == (
        "error: 1 problem in telmark.toml\n"
        "  there is no file telmark.toml; in the same folder: telemark.toml\n"
        "nothing was done"
    )


def test_a_folder_is_no_scenario(folder):
    (folder / "plans.toml").mkdir()
    assert "plans.toml is a folder" in message("plans.toml")
    assert "is a folder" in message("./")


def test_a_file_that_is_in_the_way():
    Path("file").touch()
    assert "cannot be read" in message("file/a.toml")


@pytest.mark.parametrize("reference", ["a\0.toml", "x" * 5000 + ".toml", "", " ", "~/none.toml", "nasjonal/"])
def test_strange_references(reference):
    assert message(reference).startswith("error: 1 problem in ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_a_file_without_end():
    os.mkfifo("endless.toml")
    for name in ("endless.toml", "/dev/zero"):
        assert "this is a pipe or a device, not a file" in only(name).what
    Path("large.toml").write_bytes(b"#" * 1_000_001)
    assert "more than 1000000 bytes" in only("large.toml").what


def test_byte_order_mark_and_line_ends_of_windows():
    Path("a.toml").write_bytes(b'\xef\xbb\xbfextends = "nasjonal"\r\n\r\n[limits]\r\nmax_minuts = 1\r\n')
    assert only("a.toml").line == 4


def test_quotation_marks_of_a_word_processor():
    Path("a.toml").write_text("extends = \u201cnasjonal\u201d\n", encoding="utf-8")
    assert 'quotation marks are straight: " and not \u201c' in message("a.toml")


def test_nesting_without_end():
    Path("a.toml").write_text("a = " + "[" * 50_000, encoding="utf-8")
    assert "nested too deeply" in message("a.toml")
    for depth in range(150, 500, 25):
        Path("a.toml").write_text(f"[limits]\nmax_minutes = {'[' * depth}{']' * depth}", encoding="utf-8")
        assert only("a.toml").what.startswith(("is [[[...]]]; expected a number", "lists and tables are nested"))
    Path("b.toml").write_text(f"a = {'9' * 10_000}", encoding="utf-8")
    assert "no TOML" in message("b.toml")


def test_the_name_is_that_of_the_file():
    Path("Min plan for Sør-Troms.toml").write_text('extends = "kort-reise"', encoding="utf-8")
    scenario = load("Min plan for Sør-Troms.toml")
    assert (scenario.name, scenario.title, scenario.description) == ("min-plan-for-sør-troms", "", "")
    assert scenario.limits.max_minutes == 45


def test_extends_goes_from_file_to_file_and_merges_key_by_key(folder):
    (folder / "below").mkdir()
    Path("base.toml").write_text(
        'extends = "lang-reise"\n[limits]\nmax_members = 4\nmax_offices = 9\n[pins]\nleave_out = ["0301"]\n'
        '[pins.fixed]\n"1" = "2"\n[planners]\ntable = "fte.csv"\n',
        encoding="utf-8",
    )
    Path("below/top.toml").write_text(
        'extends = "../base.toml"\n[limits]\nmax_members = 5\nmax_offices = "none"\n[pins]\nleave_out = []\n'
        '[travel]\ntable = "minutes.csv"\n',
        encoding="utf-8",
    )
    scenario = load("below/top.toml")
    assert (
        scenario.limits
        == Scenario.model_validate({"name": "x", "limits": {"max_minutes": 90, "max_members": 5}}).limits
    )
    assert scenario.pins.leave_out == ()
    assert scenario.pins.fixed == {"1": "2"}
    assert Path(scenario.planners.table).resolve() == folder / "fte.csv"
    assert Path(scenario.travel.table).resolve() == folder / "below" / "minutes.csv"
    origins = scenario.origins
    assert origins.find(("limits", "max_members")).line == 3
    assert origins.find(("pins", "fixed", "1")).file == "below/../base.toml"
    assert origins.find(("limits", "max_minutes")).file == "lang-reise (shipped)"


def test_a_base_cannot_be_a_file_of_the_same_name_as_a_shipped_one():
    Path("nasjonal.toml").write_text('extends = "nasjonal"\n[limits]\nmax_members = 2\n', encoding="utf-8")
    assert load("nasjonal.toml").limits.max_members == 2
    assert load("nasjonal").limits.max_members == 6


def test_the_schema_is_named_for_faults_of_settings_only():
    see = "See: plankontor scenario schema"
    setting = Fault("a.toml", 3, "limits.max_minutes", "is 0")
    others = [
        Fault("the command line", None, "MUNICIPALITY", "unknown"),
        Fault("planners.csv", 2, "", "no number"),
        Fault("--county", None, "select.counties[0]", "there is no county"),
    ]
    assert render([setting]).endswith(f"nothing was done. {see}")
    assert render([*others, setting]).endswith(see)
    assert render([Fault("--set", None, "limits.x", "unknown key")]).endswith(see)
    for fault in others:
        assert render([fault]).endswith("\nnothing was done")


def test_faults_of_file_overrides_and_counties_come_together():
    Path("a.toml").write_text("[limits]\nmax_minuts = 1\n", encoding="utf-8")
    text = message("a.toml", overrides=["weights.travel=-1", "nonsense"], counties=[""])
    assert [line for line in text.splitlines() if line.startswith("error")] == [
        "error: 2 problems in --set",
        "error: 1 problem in --county",
        "error: 1 problem in a.toml",
    ]


def test_counties_replace_those_of_the_scenario():
    scenario = load("nasjonal", overrides=["select.counties=11"], counties=["55", "Finnmark"])
    assert scenario.select.counties == ("55", "Finnmark")
    assert scenario.origins.find(("select", "counties", 0)).file == "--county"


def test_a_new_file_is_commented_and_valid():
    Path("ny.toml").write_text(template("Mitt fylke"), encoding="utf-8")
    scenario = load("ny.toml")
    assert scenario == Scenario(name="mitt-fylke")
    text = Path("ny.toml").read_text(encoding="utf-8")
    assert text.startswith("#:schema ./plankontor.schema.json\n")
    assert text.count("\n#") == source("nasjonal").count("\n#")


def test_the_message_cannot_steer_the_terminal():
    fault = Fault("a\x1b[2J.toml", 3, "k\ney", "is \x07 or \u202e", "next")
    text = render([fault])
    assert (
        text
        == "error: 1 problem in a\\x1b[2J.toml\n  line 3  k\\ney  is \\x07 or \\u202e; next\n" + text.splitlines()[-1]
    )
    assert only("nasjonal", overrides=["limits.\x1b[31m=1"])


WORDS = st.sampled_from(
    [
        "limits",
        "pins",
        "max_minutes",
        "together",
        "fixed",
        "select",
        "classes",
        "name",
        "extends",
        "5540",
        "x",
        "travel",
    ]
)
VALUES = st.recursive(
    st.sampled_from(
        ["1", "-1", "inf", "nan", "true", '"none"', '"5540"', "''", "1979-05-27", "07:32:00", "1e400", "9" * 400]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")
        | st.dictionaries(WORDS, inner, max_size=2).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        )
    ),
    max_leaves=6,
)


@given(st.dictionaries(WORDS, st.dictionaries(WORDS, VALUES, max_size=3) | VALUES, min_size=1, max_size=4))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_document_is_a_scenario_or_has_faults_with_lines(tmp_path, tables):
    lines = [f"{key} = {value}" for key, value in tables.items() if isinstance(value, str)]
    for key, table in tables.items():
        if isinstance(table, dict):
            lines += [f"[{key}]", *(f"{inner} = {value}" for inner, value in table.items())]
    path = tmp_path / "a.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert all(fault.line and fault.line <= len(lines) for fault in faults_of(path))


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@example(b"\x01\xc2\xa0\x01=")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_scenario_or_a_message(tmp_path, content):
    path = tmp_path / "a.toml"
    path.write_bytes(content)
    assert render(faults_of(path)).replace("\n", "").isprintable()


@given(st.text(max_size=30) | st.tuples(WORDS, WORDS, VALUES).map(lambda parts: "{}.{}={}".format(*parts)))
@settings(deadline=None)
def test_any_override_is_understood_or_has_a_fault(text):
    assert all(fault.file == "--set" for fault in faults_of("nasjonal", overrides=[text]))


def test_hints_need_no_line():
    assert document.guess("") == ""


def test_faults_of_the_settings_and_of_what_they_name_come_at_once(tmp_path):
    """A wrong kind of value hides neither unknown names, nor contradicting pins, nor a missing table."""
    file = tmp_path / "many.toml"
    file.write_text(
        """name = "many"
[limits]
max_members = "six"
min_members = 8
min_offices = 5
max_offices = 3
[pins]
together = [["Oslo", 5540], ["Kåfjord", "Nordreisa", "Narnia"]]
must_host = [5540, "Nordreisa"]
may_not_host = ["Nordreisa"]
leave_out = [1, "Hæ"]
[planners]
table = "nowhere.csv"
""",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as caught:
        open_world(str(file), counties=["Narnia"], time_limit=-3)
    found = {(fault.line, fault.key) for fault in caught.value.faults}
    assert found == {
        (3, "limits.max_members"),
        (5, "limits.min_offices"),
        (8, "pins.together[0][1]"),
        (8, "pins.together[1][2]"),
        (9, "pins.must_host[0]"),
        (11, "pins.leave_out[0]"),
        (11, "pins.leave_out[1]"),
        (13, "planners.table"),
        (None, "select.counties[0]"),
        (None, "solver.time_limit"),
    }
    # Who takes part is not known, so the pins are not held against each other; without the county they are.
    with pytest.raises(ScenarioError) as caught:
        open_world(str(file))
    assert (9, "pins.must_host[1]") in {(fault.line, fault.key) for fault in caught.value.faults}


def test_what_contradicts_a_shipped_setting_is_told_once_where_the_user_wrote(tmp_path):
    (tmp_path / "own.toml").write_text('extends = "nasjonal"\n\n[money]\ngrant_kr = 500000\n', encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        load(str(tmp_path / "own.toml"))
    (fault,) = refused.value.faults
    assert (fault.file, fault.line, fault.key) == (str(tmp_path / "own.toml"), 4, "money.grant_years")


def test_a_setting_at_fault_contradicts_nothing(tmp_path):
    """Seven members at least are no contradiction to the usual six at most, which the file wanted changed."""
    file = tmp_path / "one.toml"
    file.write_text('name = "one"\n[limits]\nmax_members = "ten"\nmin_members = 7\n', encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        open_world(str(file))
    assert [fault.key for fault in caught.value.faults] == ["limits.max_members"]


def test_travel_may_be_written_as_a_part_of_the_data(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('extends = "nasjonal"\n[data.travel]\nosrm = "http://localhost:5000"\ntable = "m.csv"\n', "utf-8")
    found = load(path, overrides=["data.travel.road_factor=1.2"])
    assert (found.travel.osrm, found.travel.road_factor) == ("http://localhost:5000", 1.2)
    assert found.travel.table == str(tmp_path / "m.csv")
    assert found.origins.find(("travel", "osrm")).line == 3
    path.write_text('extends = "nasjonal"\n[data.travel]\nosmr = "x"\nroad_factor = -1\n', "utf-8")
    unknown, low = sorted(faults_of(path), key=lambda fault: fault.line)
    assert (unknown.line, unknown.key, unknown.hint) == (3, "data.travel.osmr", "did you mean osrm?")
    assert (low.line, low.key) == (4, "data.travel.road_factor")
    path.write_text('extends = "nasjonal"\n[travel]\nosrm = ""\n[data.travel]\nosrm = "http://a"\n', "utf-8")
    twice = only(path)
    assert (twice.line, twice.what) == (5, "stands in [travel], too, on line 3")
