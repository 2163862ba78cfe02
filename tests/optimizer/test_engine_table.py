"""The table of engines: complete, loaded when used, and known to readers by name."""

from typing import Any, get_args

import pytest
from cases import country

from maps.told.texts import LANGUAGES, Words
from optimizer.engine_table import AUTO, ENGINES, Engine, engine_name, lists_offices
from optimizer.problem import EngineError
from optimizer.questions.alternatives import alternatives
from optimizer.questions.tradeoff.frontier import frontier
from optimizer.solve import Options, solve

UNKNOWN: Any = "magic"


def test_each_engine_can_be_asked_for_and_loaded() -> None:
    assert get_args(Engine) == ("auto", *ENGINES)
    for name, entry in ENGINES.items():
        assert callable(entry.load()), name
    assert all(ENGINES[name].lists_offices == listed for listed, name in AUTO.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_know_each_engine_and_no_other(language: Any) -> None:
    assert set(Words(language).section("engine.")) == {f"engine.{name}" for name in ENGINES}


def test_auto_stands_for_one_of_each_kind() -> None:
    assert (engine_name("auto", listed=True), engine_name("auto", listed=False)) == ("partition", "generation")
    assert engine_name("assignment", listed=True) == "assignment"
    assert lists_offices("auto")


@pytest.mark.parametrize("question", [solve, alternatives, lambda problem, options: frontier(problem, options=options)])
def test_an_unknown_engine_is_refused_by_name(question: Any) -> None:
    with pytest.raises(ValueError, match="no engine 'magic'; expected one of auto, partition, generation, assignment"):
        question(country(5, 1), options=Options(engine=UNKNOWN))


def test_a_question_that_needs_the_list_names_the_engines_that_have_one() -> None:
    with pytest.raises(EngineError, match=r'is "assignment", which lists no offices.*use "auto" or "partition"'):
        alternatives(country(5, 1), options=Options(engine="assignment"))
