"""Many faults of one kind are told as the first few and a count."""

from scenarios.question.errors import ScenarioError
from scenarios.question.faults import SHOWN, Fault, few


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
