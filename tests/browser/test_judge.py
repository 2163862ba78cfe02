"""The judge in the page says of any grouping what `evaluate` says: figures, verdicts and every breach."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import strategies
from country import WHOLE, Country, country
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from visiting import used, visit

from maps.pages.trial import active_ids, judge_data, minutes_data
from optimizer.disciplines import DisciplineNeed, Disciplines
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.money import KronerPrices, Money
from optimizer.problem import KRONER_RULES, Limits, Pins, Problem, Weights
from optimizer.terms import TERMS

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

FIELDS = ("mean_minutes", "longest_minutes", "planner_fte", "need_fte", "minutes_equivalents")
JUDGE = """(given) => {
  const [data, groupings] = JSON.parse(given);
  const judge = plankontor.makeJudge(data);
  const id = (i) => data.ids[i];
  const answers = groupings.map((hosts) => {
    const found = judge.evaluate(hosts);
    return {
      ...found,
      breaches: found.breaches.map((one) => [
        one.rule, one.ids.map(id), one.host === null ? null : id(one.host), one.found, one.limit,
      ]),
      offices: found.offices.map((row) => ({ ...row, host: id(row.host), members: row.members.map(id) })),
    };
  });
  const written = JSON.stringify(answers, (_, value) => (value === Infinity ? "no way" : value));
  return written.replaceAll('"no way"', "Infinity");
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, report_file: Path) -> Iterator[Page]:
    opened = visit(browser, report_file)
    used.remove(opened)  # not after the first test, but after all of this file
    yield opened.page
    opened.page.context.close()


def judged(page: Page, problem: Problem, groupings: list[list[int]]) -> list[dict[str, Any]]:
    # As text: playwright looks at each number that goes over by itself.
    found: list[dict[str, Any]] = json.loads(page.evaluate(JUDGE, json.dumps([judge_data(problem), groupings])))
    return found


def close(value: float, expected: float) -> bool:
    """Return whether two figures are the same, but for the order in which a Python may sum."""
    return value == expected or abs(value - expected) <= 1e-9 * max(1.0, abs(expected))


def assert_same(said: dict[str, Any], expected: Evaluation) -> None:
    assert said["rules"] == expected.rules
    for name, term in expected.terms.items():
        assert close(said["terms"][name]["value"], term.value), name
        assert close(said["terms"][name]["minutes"], term.minutes), name
    assert close(said["objective"], expected.objective)
    assert [(row["host"], tuple(row["members"])) for row in said["offices"]] == [
        (row.host, row.members) for row in expected.offices
    ]
    for row, office in zip(said["offices"], expected.offices, strict=True):
        for name in FIELDS:
            assert close(row[name], getattr(office, name)), (office.host, name)
        assert row["terms"].keys() == expected.terms.keys()
        assert all(close(value, office.of_term(name)) for name, value in row["terms"].items()), office.host
    assert [one["rule"] for one in said["excused"]] == [one.rule for one in expected.excused]
    breaches = [(one.rule, list(one.ids), one.host) for one in expected.violations]
    assert [(rule, ids, host) for rule, ids, host, _, _ in said["breaches"]] == breaches
    for (_, _, _, found, limit), one in zip(said["breaches"], expected.violations, strict=True):
        assert limit == one.limit
        assert found == one.found or (found is not None and one.found is not None and close(found, one.found))


def grouping(problem: Problem, hosts: list[int]) -> Grouping:
    ids = active_ids(problem)
    return Grouping.of({id_: ids[host] for id_, host in zip(ids, hosts, strict=True)})


@settings(deadline=None)
@given(problem=strategies.problems(shares=False), data=st.data())
def test_any_grouping_of_any_problem(page: Page, problem: Problem, data: st.DataObject) -> None:
    """Also groupings whose host is no member of its office, and tables with no way and no symmetry."""
    n = len(active_ids(problem))
    hosts = data.draw(st.lists(st.lists(st.integers(0, n - 1), min_size=n, max_size=n), min_size=3, max_size=3))
    for one, said in zip(hosts, judged(page, problem, hosts), strict=True):
        assert_same(said, evaluate(problem, grouping(problem, one)))


def variants(problem: Problem, draw: np.random.Generator) -> Iterator[Problem]:
    """Yield the country under many combinations of rules, prices and pins."""
    ids = np.array(active_ids(problem))
    for _ in range(25):
        some = draw.permutation(ids)[:40].tolist()
        largest = int(draw.integers(2, 8))
        limits = Limits(
            max_minutes=float(draw.choice([30, 75, 120.5])),
            min_members=int(draw.integers(1, 3)),
            max_members=largest,
            alone_exempt=bool(draw.integers(2)),
            contiguity=draw.choice(["hard", "through", "off"]),
            county_lines=draw.choice(["priced", "hard"]),
            critical_mass=draw.choice(["priced", "hard"]),
            max_office_need_fte=draw.choice([None, 6.5]),
            min_host_share=(0.0, 0.33, 0.8)[largest % 3],
            covers=[(), ("plan",)][int(draw.integers(2))],
            min_offices=draw.choice([None, 67]),
            max_offices=draw.choice([None, 67]),
        )
        weights = Weights(*draw.choice([0.0, 0.5, 1.0, 60.0], len(TERMS)).tolist())
        weights = replace(weights, cost=weights.cost / 100)
        left_out = frozenset(some[10:12])
        pins = Pins(
            together=(frozenset(some[:3]),),
            apart=(frozenset(some[3:6]), frozenset(some[12:])),
            fixed={some[6]: some[7]},
            must_host=frozenset(some[8:9]),
            may_not_host=frozenset(some[9:10]),
            leave_out=left_out,
            held={some[0]: frozenset(some[:3])},
        )
        may_host = draw.random(len(problem.ids)) < 0.9
        yield replace(
            problem,
            limits=limits,
            weights=weights,
            pins=pins if draw.integers(2) else Pins(leave_out=left_out),
            may_host=may_host if draw.integers(2) else np.ones(len(problem.ids), dtype=bool),
            money=Money.flat(KronerPrices(), len(problem.ids)),
            disciplines=Disciplines(DisciplineNeed({"plan": 0.6, "gis": 0.4}, only_for={"gis": frozenset(some)})),
        )


def shuffled(norway: Country, problem: Problem, draw: np.random.Generator) -> list[int]:
    """Return the plan of the country with some municipalities moved, offices left by their hosts among them."""
    ids = active_ids(problem)
    at = {id_: i for i, id_ in enumerate(ids)}
    hosts = [at.get(norway.grouping.host_of[id_], i) for i, id_ in enumerate(ids)]
    for i in draw.integers(0, len(ids), int(draw.integers(0, 60))):
        near = problem.links[problem.index[ids[i]]]
        choice = [at[id_] for id_, linked in zip(problem.ids, near, strict=True) if linked and id_ in at]
        hosts[i] = hosts[choice[0]] if choice and draw.random() < 0.8 else int(draw.integers(len(ids)))
    return hosts


def test_the_country_under_many_rules(page: Page) -> None:
    norway, draw = country(WHOLE), np.random.default_rng(20)
    broken: set[str] = set()
    for problem in variants(norway.problem, draw):
        groupings = [shuffled(norway, problem, draw) for _ in range(8)]
        for hosts, said in zip(groupings, judged(page, problem, groupings), strict=True):
            expected = evaluate(problem, grouping(problem, hosts))
            assert_same(said, expected)
            broken |= {rule for rule, verdict in expected.rules.items() if verdict == "broken"}
    assert broken >= set(expected.rules) - {"complete"} - set(KRONER_RULES)


def test_travel_times_are_exact(page: Page) -> None:
    """Hundredths of a minute in three bytes, or floats where that would lose something."""
    whole = country().problem
    table = whole.minutes[:9, :9].copy()
    seven = np.array(table)
    seven[0, 1] = 1 / 7
    lost = np.array(table)
    lost[2, 3] = np.inf
    for minutes, form, symmetric in (
        (table, "hundredths", True),
        (seven, "floats", False),
        (lost, "hundredths", False),
    ):
        coded = minutes_data(minutes)
        assert (coded["form"], coded["symmetric"]) == (form, symmetric)
        problem = replace(whole, takes_part=np.arange(len(whole.ids)) < 9)
        data = judge_data(problem) | {"minutes": coded}
        read = page.evaluate(
            "data => { const judge = plankontor.makeJudge(data);"
            " return data.ids.map((_, i) => data.ids.map((_, j) => judge.way(i, j))); }",
            data,
        )
        assert (np.array(read) == minutes).all()
