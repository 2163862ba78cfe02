"""Many faults of one kind are told as the first few and a count."""

import json
import tomllib

from scenarios.question.errors import ScenarioError
from scenarios.question.faults import CELL, MOST, SHOWN, TURNING, Fault, few, harmless, printable


def test_few_faults_are_all_shown():
    assert few(["1 is wrong"] * (SHOWN + 1), str) == [("1 is wrong", "")] * (SHOWN + 1)


def test_many_of_one_kind_are_the_first_and_a_count():
    said = [f"'{n}' is no number" for n in range(400)] + ["the file is cut off", "(Oslo) stands twice"]
    shown = few([*said[400:], *said[:400]], str)
    assert [text for text, _ in shown] == [*said[400:], *said[:SHOWN]]
    assert [more for _, more in shown] == ["", "", "", "", "; and 397 more like this"]


def test_kinds_are_told_apart_by_what_is_said_and_by_the_setting():
    faults = [Fault("a.csv", n, "", f"'{n}' is no number", "like 1") for n in range(9)]
    faults += [Fault("a.csv", n, "", f"{n} is less than zero") for n in range(9)]
    lines = str(ScenarioError(faults)).splitlines()
    assert lines[0] == "error: 18 problems in a.csv"
    assert len(lines) == 1 + 2 * SHOWN + 1
    assert [line for line in lines if "more like this" in line] == [
        "  line 2  '2' is no number; like 1; and 6 more like this",
        "  line 2  2 is less than zero; and 6 more like this",
    ]


def test_no_more_than_twenty_lines_and_the_others_by_kind():
    said = [f"kind {chr(97 + n // 10)} of '{n}'" for n in range(100)]
    shown = few(said, str)
    assert [text for text, _ in shown][:4] == [said[0], said[1], said[2], said[10]]
    assert len(shown) == MOST
    assert shown[2][1] == "; and 7 more like this"
    named = ", ".join(f"10 like “kind {kind} of #”" for kind in "hij")
    assert shown[-1][1] == f"\n  and 38 more: {named}, 8 of other kinds"
    lines = str(ScenarioError(Fault(f"{file}.csv", 1, "", text) for file in "ab" for text in said)).splitlines()
    assert sum(line.startswith("  line") for line in lines) == MOST


def test_a_message_shows_the_beginning_of_what_is_quoted_and_steers_no_terminal():
    assert printable(f"it's {'x' * CELL!r}, isn't it") == f"it's {'x' * CELL!r}, isn't it"
    assert printable(f"host is {'x' * 100_000!r}; a number") == f"host is '{'x' * CELL}…'; a number"
    assert printable(f'"{"x" * 41}" twice') == f'"{"x" * CELL}…" twice'
    assert printable("9" * 5000 + " is too much") == "9" * CELL + "… is too much"
    assert printable("a\x1b[31m\u202eb") == "a\\x1b[31m\\u202eb"


def test_what_steers_is_shown_as_json_and_toml_write_it():
    text = "Kárášjohka\t\u00ad\n\x1b[31m\r\x7f\x9b" + TURNING
    shown = harmless(text)
    assert shown.startswith("Kárášjohka\t\u00ad\n\\u001b[31m\\u000d\\u007f\\u009b\\u061c")
    assert json.loads(f'"{harmless(TURNING)}"') == tomllib.loads(f'a = "{harmless(TURNING)}"')["a"] == TURNING
