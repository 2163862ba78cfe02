"""The setting ``solver.engine``: every question obeys it, or refuses it and says why."""

import json
import pkgutil
from importlib import import_module

import pytest

from optimizer import questions
from optimizer.engines import assignment
from optimizer.engines.selection import Selection
from scenarios.cli import app
from scenarios.question.load import load
from scenarios.world import solving
from scenarios.world.build import build
from scenarios.world.further import firmness, tradeoff

SMALL = ("--county", "33")
BY_MODEL = ("--set", "solver.engine=assignment")
JUDGED = ("--scenario", "nasjonal", *SMALL, *BY_MODEL, "--missing-alone")
NO_PLAN = ("--set", "limits.max_minutes=5", "--set", "limits.min_members=3", "--set", "limits.alone_exempt=false")
OBEYED = {
    "explain": ("nasjonal", "Ål", *SMALL, *BY_MODEL),
    "robustness": ("nasjonal", "--quick", *SMALL, *BY_MODEL),
    "evaluate": ("eksisterende", "--optimum", *JUDGED),
    "compare": ("scenario.toml", "regionraad", "--missing-alone"),
    "money": ("nasjonal", *SMALL, *BY_MODEL),
    "measures": ("nasjonal", *SMALL, *BY_MODEL),
    "order": ("nasjonal", *SMALL, *BY_MODEL),
}
REFUSED = {
    "frontier": [(), ("--weight", "travel"), ("--between", "travel,county_lines,missing_fte")],
    "alternatives": [(), ("--firmness",)],
}
OF_RUN = {"run", "sweep"}
SOLVE_NOTHING = {"finish", "sheets", "verify", "scenario", "data"}


@pytest.fixture
def modelled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what the compact model is asked for; whoever lists offices to choose among them fails."""
    asked = []
    assign = assignment.assign

    def noted(problem, *given, **more):
        asked.append("plan")
        return assign(problem, *given, **more)

    def refuse(*_given: object, **_more: object) -> None:
        raise AssertionError("offices are listed")

    monkeypatch.setattr(assignment, "assign", noted)
    monkeypatch.setattr(Selection, "run", refuse)
    for found in pkgutil.walk_packages(questions.__path__, "optimizer.questions."):
        if hasattr(module := import_module(found.name), "find_groups"):
            monkeypatch.setattr(module, "find_groups", refuse)
    return asked


def test_every_command_is_looked_at_here():
    assert {*app.COMMANDS} == {*OBEYED, *REFUSED, *OF_RUN, *SOLVE_NOTHING}


@pytest.mark.parametrize("command", OBEYED)
def test_a_question_is_answered_by_the_engine_asked_for(command, tmp_path, monkeypatch, capsys, modelled):
    monkeypatch.chdir(tmp_path)
    text = 'name = "liten"\n\n[select]\ncounties = ["33"]\n\n[solver]\nengine = "assignment"\n'
    (tmp_path / "scenario.toml").write_text(text, encoding="utf-8")
    code = app.program([command, *OBEYED[command], "--json", "--quiet"])
    said = capsys.readouterr()
    assert code == 0, said.err
    json.loads(said.out)
    assert modelled


def test_why_there_is_no_plan_is_answered_by_the_engine_asked_for(capsys, modelled):
    code = app.program(["explain", "nasjonal", *SMALL, *BY_MODEL, *NO_PLAN, "--json", "--quiet"])
    said = capsys.readouterr()
    assert code == 4, said.err
    assert json.loads(said.out)["conflicts"]
    assert modelled


@pytest.mark.parametrize(("command", "more"), [(name, more) for name, ways in REFUSED.items() for more in ways])
def test_a_question_that_needs_the_list_says_so_before_anything_is_solved(command, more, capsys, modelled):
    code = app.program([command, "nasjonal", *SMALL, *BY_MODEL, *more, "--quiet"])
    said = capsys.readouterr()
    assert (code, said.out) == (3, "")
    assert "--set" in said.err
    assert 'solver.engine  is "assignment", which lists no offices' in said.err
    assert 'use "auto" or "partition"' in said.err
    assert not modelled


def test_a_run_says_what_it_left_out(modelled):
    world = build(load("nasjonal", counties=("33",), overrides=("solver.engine=assignment",)))
    outcome = solving.run(world)
    assert outcome.result.engine == "assignment"
    assert outcome.evaluation is not None
    assert tradeoff.solve(world, outcome.result, lambda _: None, None).left_out == "not listed"
    assert firmness.investigate(world, outcome.result, lambda _: None).left_out == "not listed"
    assert len(modelled) == 1


@pytest.mark.parametrize("more", [(), ("Ål",)])
def test_partition_is_refused_where_it_cannot_list(more, capsys):
    few = ("--set", "solver.engine=partition", "--set", "solver.max_groups=2")
    code = app.program(["explain", "nasjonal", *more, *SMALL, *few, "--quiet"])
    said = capsys.readouterr()
    assert (code, said.out) == (3, "")
    assert "solver.engine" in said.err
    assert "raise solver.max_groups or use auto" in said.err
