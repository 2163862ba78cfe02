"""Groupings: offices, order, differences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from optimizer.grouping import Grouping


def test_offices_and_order() -> None:
    grouping = Grouping.of({"c": "b", "a": "a", "b": "b"})
    assert grouping.pairs == (("a", "a"), ("b", "b"), ("c", "b"))
    assert dict(grouping.offices) == {"a": ("a",), "b": ("b", "c")}
    assert dict(grouping.host_of) == {"a": "a", "b": "b", "c": "b"}
    assert len(grouping) == 3
    assert list(grouping) == list(grouping.pairs)
    assert grouping.companions("c") == {"b", "c"}
    assert grouping == Grouping.of_offices([("b", "cb"), ("a", "a")])


def test_nobody_is_in_two_offices() -> None:
    with pytest.raises(ValueError, match="in more than one office: a, b"):
        Grouping.of_offices([("a", "abc"), ("d", "dba")])


def test_moved_speaks_of_those_in_both() -> None:
    before, after = Grouping.of({"a": "a", "b": "a", "c": "c"}), Grouping.of({"a": "a", "b": "b", "d": "d"})
    assert before.moved(after) == ("b",)
    assert before.moved(before) == ()


def test_it_cannot_be_changed() -> None:
    grouping = Grouping.of({"a": "a"})
    with pytest.raises(TypeError):
        grouping.host_of["a"] = "b"  # type: ignore[index]
    assert len({grouping, Grouping.of({"a": "a"})}) == 1


@examples(50)
@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.text("abcdef", min_size=1, max_size=2)))
def test_offices_hold_everybody_once(host_of: dict[str, str]) -> None:
    grouping = Grouping.of(host_of)
    assert Grouping.of_offices(grouping.offices.items()) == grouping
    assert sorted(member for members in grouping.offices.values() for member in members) == sorted(host_of)
