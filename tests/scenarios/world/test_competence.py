"""Which disciplines are covered, as a scenario asks for them: estimates, and a table of the user's own."""

import pytest
from frozen import host_of, national

from maps.told.people.discipline_words import CompetenceWords
from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.judging.disciplines import coverage
from optimizer.judging.evaluate import evaluate
from scenarios.export import people
from scenarios.question.errors import ScenarioError
from scenarios.question.load import load
from scenarios.world.build import build
from scenarios.world.further.competence import competence_of

PLAN = Grouping.of({"5540": "5544", "5544": "5544", "5546": "5544", "5542": "5542"})
HEAD = "kommunenummer;discipline;fte;people\n"


def world_of(tmp_path, rows, more=""):
    (tmp_path / "fag.csv").write_text(HEAD + rows, encoding="utf-8")
    scenario = tmp_path / "fag.toml"
    text = f'extends = "nasjonal"\n[select]\ncounties = ["55"]\n[disciplines]\ntable = "fag.csv"\n{more}'
    scenario.write_text(text, encoding="utf-8")
    return build(load(str(scenario)))


@pytest.mark.parametrize(
    ("name", "alone", "shared"), [("arealplan", 101, 239), ("samfunnsplan", 63, 236), ("gis", 21, 80), ("jus", 3, 14)]
)
def test_frozen_plan(name, alone, shared):
    need = build(load("nasjonal", counties=("55",))).problem.disciplines.need
    problem, plan = national(), Grouping.of(host_of())

    def covered(groups):
        found = [one for members in groups for one in coverage(problem, need, {}, members) if one.discipline == name]
        return sum(len(one.needed_by) for one in found if one.cover != "not")

    assert covered([(id_,) for id_ in plan.host_of]) == alone
    assert covered(plan.offices.values()) == shared


def test_a_table_turns_the_marks_off_for_whom_it_names(tmp_path):
    world = world_of(tmp_path, "5540;arealplan;1,5;2\n5540;samisk;0,6;1\n5540;byggesak;1;\n")
    found = competence_of(world, PLAN)
    assert found is not None
    alone = {one.discipline: one for one in found.alone["5540"]}
    assert {one.estimated for one in alone.values()} == {False}
    assert {one.estimated for one in found.alone["5544"]} == {True}
    assert (alone["arealplan"].cover, alone["samisk"].cover, alone["gis"].cover) == ("covered", "one person", "not")
    assert alone["byggesak"].fte == 1
    assert "samisk" not in {one.discipline for one in found.alone["5542"]}
    rows = [row for row in people.competence(world, found) if row["kommunenummer"] == "5540"]
    assert all(row["sami_area"] for row in rows)
    told = CompetenceWords(Words(), found, str)
    assert told.lacks("5540").startswith("Fag som ikke er dekket: alene ")
    assert told.lacks("5542").startswith("Fag som ikke er dekket (anslag): alene ")
    assert "1 kommune i planen: 5540" in told.headline[2]
    assert told.estimated("5544")
    assert len(told.of_office("5542")) == len(found.names)


def test_a_table_of_needs_says_who_needs_what(tmp_path):
    (tmp_path / "behov.csv").write_text(HEAD + "5540;arealplan;0,9;\n5540;gis;0;\n5542;ku;0,3;1\n", encoding="utf-8")
    world = world_of(tmp_path, "5540;arealplan;1,5;2\n", 'need_table = "behov.csv"\n')
    found = competence_of(world, PLAN)
    assert found is not None
    needed = {id_: {one.discipline for one in some} for id_, some in found.alone.items()}
    assert needed["5540"] == {"arealplan", "samisk"}
    assert needed["5542"] == {"ku"}
    assert {"arealplan", "gis", "jus"} < needed["5544"]
    assert "ku" not in needed["5544"]
    rows = {(row["kommunenummer"], row["discipline"]): row for row in people.competence(world, found)}
    assert (rows["5540", "arealplan"]["needed_fte"], rows["5540", "arealplan"]["need_estimated"]) == (0.9, False)
    assert rows["5540", "samisk"]["needed_fte"] is None
    need_fte = world.municipalities.at["5544", "need_fte"]
    assert rows["5544", "gis"]["needed_fte"] == pytest.approx(0.12 * need_fte)
    assert rows["5544", "gis"]["need_estimated"]
    assert "egne tall for 2 kommuner" in CompetenceWords(Words(), found, str).headline[2]
    by_term = evaluate(world.problem, PLAN).terms["uncovered"].value
    assert by_term == sum(one.cover == "not" for id_ in found.alone for one in found.shared(id_).values())


def test_both_tables_tell_their_faults_at_once(tmp_path):
    (tmp_path / "behov.csv").write_text(HEAD + "9999;gis;1;\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        world_of(tmp_path, "5540;arealplann;1;\n", 'need_table = "behov.csv"\n')
    told = [f"{fault.file.rpartition('/')[2]}:{fault.line} {fault.what}" for fault in caught.value.faults]
    assert told == ["fag.csv:2 'arealplann' is no discipline", "behov.csv:2 9999 is no municipality of 2024"]


def test_all_thirteen_of_the_area_need_sami():
    world = build(load("nasjonal"))
    ids = [id_ for id_, active in zip(world.problem.ids, world.problem.active, strict=True) if active]
    found = competence_of(world, Grouping.of({id_: id_ for id_ in ids}))
    assert found is not None
    assert found.counted("samisk") == (13, 0, 0)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("5540;arealplann;1;\n5540;gis;-1;\n9999;gis;1;\n", ("did you mean arealplan", "fte is -1", "9999")),
        ("5540;gis;1;\n5540;gis;1;\n", ("second time",)),
    ],
)
def test_faults_of_the_table(tmp_path, rows, words):
    with pytest.raises(ScenarioError) as refused:
        world_of(tmp_path, rows)
    assert all(word in str(refused.value) for word in words)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("threshold = 0\n", "threshold"),
        ("[disciplines.shares]\ngis = 0.5\n", "sum to 1.38; expected 1; not named, so as before: arealplan = "),
        ('need = "egne.csv"\n', "did you mean need_table?"),
        ("[money]\nkey = { equal = 0.5 }\n", "for several: mix = {"),
        ("[disciplines.shares]\narealplam = 0.35\n", "arealplan"),
    ],
)
def test_faults_of_the_settings(tmp_path, more, words):
    with pytest.raises(ScenarioError) as refused:
        world_of(tmp_path, "5540;gis;1;\n", more)
    assert words in str(refused.value)
