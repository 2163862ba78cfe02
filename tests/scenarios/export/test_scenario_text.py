"""What we write as TOML reads back as the same."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.export import scenario_text

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = TEXT | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=8)


@given(st.dictionaries(TEXT, SCALARS | st.lists(SCALARS) | st.dictionaries(TEXT, VALUES)))
def test_round_trip(document):
    assert tomllib.loads(scenario_text.dumps(document)) == document


def test_none_is_left_out():
    assert tomllib.loads(scenario_text.dumps({"a": None, "b": {"c": None, "d": 1}})) == {"b": {"d": 1}}


def test_reads_well():
    written = scenario_text.dumps({"name": "x", "pins": {"fixed": {"5540": "5536"}, "apart": [["1", "2"]]}})
    assert written == 'name = "x"\n\n[pins]\nfixed = { "5540" = "5536" }\napart = [["1", "2"]]\n'


def test_other_types_are_refused():
    with pytest.raises(TypeError, match="object"):
        scenario_text.dumps({"a": object()})
