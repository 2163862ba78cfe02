"""What cannot be drawn is refused by its name before anything is written, whatever somebody gives from Python."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from country import Country, answer, facts

import maps
from maps.told.compared import Compared
from optimizer.judging.comparison import Agreement
from optimizer.problem import ProblemError

JUNK: tuple[Any, ...] = (None, -1, float("nan"), "x", "\x1b[2J\u202e", b"", (), {}, {"a": 1}, object(), [[]], True, len)


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_junk_in_the_place_of_an_answer_or_a_path(norway: Country, junk: Any) -> None:
    told = answer(norway, facts())
    for draw in (maps.write_map, maps.write_comparison, maps.png):
        with pytest.raises(ProblemError, match=r"(answer|compared) is "):
            draw(Path("page.html"), junk)
        with pytest.raises(ProblemError, match="path is "):
            draw(junk, told)
    with pytest.raises(ProblemError, match=r"answer is .*\n?.*findings is "):
        maps.write_report(Path("page.html"), junk, junk)
    assert not Path("page.html").exists()


@pytest.mark.parametrize("name", [item.name for item in fields(maps.Answer) if item.init])
def test_junk_in_a_field_of_an_answer(norway: Country, name: str) -> None:
    told = answer(norway, facts())
    optional = {"colours": (None, {}, {"a": 1}), "between": (None,), "ways": ({},)}
    for junk in JUNK:
        if junk not in optional.get(name, ()):
            with pytest.raises(ProblemError, match=rf"{name} is "):
                replace(told, **{name: junk})


@pytest.mark.parametrize("kind", [maps.RunFacts, maps.Findings])
def test_an_object_in_a_field_of_what_is_told(kind: type) -> None:
    one = facts() if kind is maps.RunFacts else maps.Findings(0.2, {}, {}, (), (), {}, 2026)
    for item in fields(kind):
        with pytest.raises(ProblemError, match=rf"{item.name} is <object .*; expected "):
            replace(one, **{item.name: object()})


def test_a_comparison_of_nothing_and_a_picture_of_no_size(norway: Country, tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match=r"options is \(\); expected one option at least"):
        Compared((), (), (), Agreement((), 0, 0, (), (), ()))
    for dpi in (0, -5, 10**9):
        with pytest.raises(ProblemError, match=f"dpi is {dpi}; expected a whole number from 1 to 2000"):
            maps.png(tmp_path / "map.png", answer(norway, facts()), dpi=dpi)
    assert not list(tmp_path.iterdir())
