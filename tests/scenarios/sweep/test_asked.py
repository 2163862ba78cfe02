"""The file of a sweep: which runs it asks for, and what is wrong with it."""

import pytest

from scenarios.question.errors import ScenarioError
from scenarios.sweep.asked import read

ALL_PARTS = """
scenario = "nasjonal"
[grid]
limits.max_minutes = [60, 75]
weights = { missing_fte = { from = 100, to = 200, steps = 3 } }
[[runs]]
planners.trips = "need"
[[runs]]
planners.trips = "equal"
limits.alone_exempt = false
[random]
draws = 2
seed = 7
"limits.max_members" = { from = 3, to = 9 }
planners.supply_per_1000 = { from = 0.24, to = 0.29 }
"""


@pytest.fixture
def asked(tmp_path):
    def made(text):
        (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
        return read(str(tmp_path / "mine.toml"))

    return made


def test_parts_are_combined_and_draws_are_the_same_in_each_combination(asked):
    sweep = asked(ALL_PARTS)
    assert len(sweep) == 2 * 3 * 2 * 2
    runs = [sweep.settings(number) for number in range(1, 25)]
    assert [run["limits.max_minutes"] for run in runs] == [60] * 12 + [75] * 12
    assert [run["weights.missing_fte"] for run in runs[:12]] == [100] * 4 + [150] * 4 + [200] * 4
    assert [run["planners.trips"] for run in runs[:4]] == ["need", "need", "equal", "equal"]
    assert ["limits.alone_exempt" in run for run in runs[:4]] == [False, False, True, True]
    drawn = [(run["limits.max_members"], run["planners.supply_per_1000"]) for run in runs]
    assert drawn == drawn[:2] * 12
    assert drawn[0] != drawn[1]
    assert all(isinstance(members, int) and 3 <= members <= 9 and 0.24 <= rate <= 0.29 for members, rate in drawn)


def test_more_draws_begin_with_the_same_ones_and_another_seed_has_others(asked):
    few = asked(ALL_PARTS)
    more = asked(ALL_PARTS.replace("draws = 2", "draws = 50"))
    other = asked(ALL_PARTS.replace("seed = 7", "seed = 8"))
    assert (
        [more.settings(n) for n in (1, 2)] == [few.settings(n) for n in (1, 2)] != [other.settings(n) for n in (1, 2)]
    )
    rates = [more.settings(n)["planners.supply_per_1000"] for n in range(1, 51)]
    assert len(set(rates)) > 45
    assert min(rates) < 0.25
    assert max(rates) > 0.28


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[grid]\nlimits.max_minuts = [60]", ["line 2", "limits.max_minuts", "did you mean max_minutes?"]),
        ("[grid]\nlimits.max_minutes = []", ["line 2", "has no value"]),
        ("[grid]", ["line 1", "grid", "is empty"]),
        ("", ["the file is empty"]),
        ('scenario = "nasjonal"', ["asks for no runs"]),
        ('scenario = "nasjonl"\n[grid]\nlimits.max_minutes = [60]', ["did you mean nasjonal?"]),
        ("[gird]\nlimits.max_minutes = [60]", ["did you mean grid?", "asks for no runs"]),
        ("[limits]\nmax_minutes = [60]", ["did you mean it in [grid]?"]),
        ("[grid]\nlimits.max_minutes = [60, -5]", ["line 2", "is -5; expected a number"]),
        ("[grid]\nlimits.max_minutes = 60", ["is one value"]),
        ("[grid]\nlimits.max_minutes = { from = 60, to = 90 }", ["needs steps"]),
        ("[grid]\nlimits.max_minutes = { from = 90, to = 60, steps = 2 }", ["is no span"]),
        ("[grid]\nlimits.max_members = { from = 3.5, to = 6 }", ["no span of whole numbers"]),
        ("[grid]\nsolver.workers = [1, 2]", ["cannot differ between runs"]),
        ('[grid]\nedition = ["2020", "2024"]', ["cannot differ between runs"]),
        ("[random]\nlimits.max_minutes = { from = 60, to = 90 }", ["random.draws", "whole number from 1"]),
        (
            "[grid]\nlimits.max_minutes = [60]\n[random]\ndraws = 3\nlimits.max_minutes = [60]",
            ["line 5", "stands in [grid] too"],
        ),
        ("[[runs]]\n[[runs]]\nlimits.max_minutes = 60", ["runs[0]", "sets nothing"]),
    ],
)
def test_faults_say_where_and_what_was_expected(asked, text, words):
    with pytest.raises(ScenarioError) as caught:
        asked(text)
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_what_contradicts_only_the_scenario_may_be_said_together(asked):
    sweep = asked("[[runs]]\nlimits.min_members = 8\nlimits.max_members = 9")
    assert sweep.settings(1) == {"limits.min_members": 8, "limits.max_members": 9}
