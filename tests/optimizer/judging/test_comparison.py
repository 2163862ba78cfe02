"""Comparing: figures, matching and agreement against their plain definitions."""

from itertools import combinations, permutations
from typing import get_args

import pytest
import strategies
from groupings import cases
from hypothesis import given

from optimizer.grouping import Grouping
from optimizer.judging.comparison import FIGURES, MoveKind, compare, matched
from optimizer.judging.evaluate import evaluate
from optimizer.judging.figures import net_fte


def named(groupings_):
    return {f"option {number}": grouping for number, grouping in enumerate(groupings_)}


@strategies.examples(40)
@given(cases(options=1))
def test_figures_are_what_they_say(case):
    problem, [grouping] = case
    found = compare(problem, {"one": grouping, "again": grouping})
    figures = found.options[0].figures
    assert list(figures) == list(FIGURES)
    offices = [set(members) for members in grouping.offices.values()]
    at = problem.index
    ways = [float(problem.minutes[at[i], at[h]]) for i, h in grouping if i != h]
    assert figures["offices"] == sum(len(office) > 1 for office in offices)
    assert figures["alone"] == sum(len(office) == 1 for office in offices)
    fte = {i: float(problem.planner_fte[at[i]]) for i, _ in grouping}
    at_work = {host: net_fte(problem, host, members) for host, members in grouping.offices.items()}
    reaching = [i for i, host in grouping if at_work[host] >= problem.limits.min_office_fte - 1e-6]
    assert figures["critical_mass_share"] == len(reaching) / len(grouping)
    assert figures["county_lines"] == sum(problem.counties[at[i]] != problem.counties[at[h]] for i, h in grouping)
    lines = sum(problem.statsforvaltere[at[i]] != problem.statsforvaltere[at[h]] for i, h in grouping)
    assert figures["statsforvalter_lines"] == lines
    assert figures["pooled_fte"] == pytest.approx(sum(fte[i] for office in offices if len(office) > 1 for i in office))
    assert figures["violations"] == len(evaluate(problem, grouping).violations)
    if ways:
        assert figures["longest_minutes"] == max(ways)
        assert figures["mean_minutes"] == pytest.approx(sum(ways) / len(ways))
        within = sum(way <= figures["p90_minutes"] for way in ways)
        assert within >= 0.9 * len(ways)
        shorter = [way for way in ways if way < figures["p90_minutes"]]
        assert len(shorter) < 0.9 * len(ways), "no shorter journey would do"
    else:
        assert figures["mean_minutes"] is figures["p90_minutes"] is figures["longest_minutes"] is None
    assert (found.differences[0].moves, found.moved) == ((), ((0, 0), (0, 0)))


@strategies.examples(40)
@given(cases())
def test_matching_keeps_the_most_municipalities_in_place(case):
    _, [before, after] = case
    pairs = matched(before, after)
    assert len(set(pairs.values())) == len(pairs)
    overlap = {(a, b): len({*before.offices[a]} & {*after.offices[b]}) for a in before.offices for b in after.offices}
    both = {(a, b): min(len(before.offices[a]), len(after.offices[b])) > 1 for a, b in overlap}
    assert all(overlap[pair] for pair in pairs.items())
    fewer, more = sorted((list(before.offices), list(after.offices)), key=len)
    swap = fewer != list(before.offices)

    def value(chosen):
        ordered = [(b, a) if swap else (a, b) for a, b in chosen]
        shared = sum(overlap[pair] for pair in ordered if both[pair])
        single = sum(overlap[pair] for pair in ordered if not both[pair])
        return shared, single, sum(a == b and overlap[a, b] > 0 for a, b in ordered)

    best = max(value(zip(fewer, chosen, strict=True)) for chosen in permutations(more, len(fewer)))
    assert value([(b, a) for a, b in pairs.items()] if swap else pairs.items()) == best


@strategies.examples(40)
@given(cases())
def test_moves_and_matches_account_for_everybody(case):
    problem, [before, after] = case
    [difference] = compare(problem, {"a": before, "b": after}).differences
    pairs = matched(before, after)
    alone = [{i for i, host in grouping if len(grouping.offices[host]) == 1} for grouping in (before, after)]
    by_kind = {kind: {move.id for move in difference.moves if move.kind == kind} for kind in get_args(MoveKind)}
    assert by_kind["joins"] == alone[0] - alone[1]
    assert by_kind["leaves"] == alone[1] - alone[0]
    elsewhere = {i for i, host in before if pairs.get(host) != after.host_of[i]}
    assert by_kind["changes"] == elsewhere - alone[0] - alone[1]
    assert sum(map(len, by_kind.values())) == len(difference.moves)
    for move in difference.moves:
        assert (move.before, move.after) == (before.host_of[move.id], after.host_of[move.id])
        assert move.minutes_before == problem.minutes[problem.index[move.id], problem.index[move.before]]
    for match in difference.matches:
        was = {*before.offices[match.before]} if match.before else set()
        now = {*after.offices[match.after]} if match.after else set()
        assert (was & now, was - now, now - was) == ({*match.stayed}, {*match.left}, {*match.joined})
        assert max(len(was), len(now)) > 1
    for grouping, side in ((before, "before"), (after, "after")):
        shared = {host for host, members in grouping.offices.items() if len(members) > 1}
        assert shared <= {getattr(match, side) for match in difference.matches}
    assert set(difference.new_hosts) == {
        (a, b) for a, b in pairs.items() if a != b and min(len(before.offices[a]), len(after.offices[b])) > 1
    }


@strategies.examples(40)
@given(cases())
def test_moves_do_not_depend_on_the_order_or_on_the_names_of_offices(case):
    problem, [before, after] = case
    count = len(compare(problem, {"a": before, "b": after}).differences[0].moves)
    assert len(compare(problem, {"b": after, "a": before}).differences[0].moves) == count
    renamed = Grouping.of_offices([(members[0], members) for members in after.offices.values()])
    again = Grouping.of_offices([(members[-1], members) for members in after.offices.values()])
    assert compare(problem, {"a": renamed, "b": again}).differences[0].moves == ()
    assert len(compare(problem, {"a": before, "b": renamed}).differences[0].moves) == count


@strategies.examples(40)
@given(cases(options=3))
def test_agreement_is_what_holds_in_all(case):
    problem, options = case
    found = compare(problem, named(options))
    agreed = found.agreement
    everybody = [i for i, _ in options[0]]
    together = [
        pair for pair in combinations(everybody, 2) if all(g.host_of[pair[0]] == g.host_of[pair[1]] for g in options)
    ]
    anywhere = [
        pair for pair in combinations(everybody, 2) if any(g.host_of[pair[0]] == g.host_of[pair[1]] for g in options)
    ]
    assert (agreed.pairs, agreed.pairs_in_any) == (len(together), len(anywhere))
    assert {pair for block in agreed.blocks for pair in combinations(block, 2)} == set(together)
    assert all(len(block) > 1 and list(block) == sorted(block) for block in agreed.blocks)
    shared = [{h for h, members in g.offices.items() if len(members) > 1} for g in options]
    assert set(agreed.hosts) == set.intersection(*shared)
    assert set(agreed.alone) == {i for i in everybody if all(len(g.companions(i)) == 1 for g in options)}
    assert len(found.differences) == 2
    assert all(found.moved[i][j] == found.moved[j][i] for i in range(3) for j in range(3))
    assert [len(one.moves) for one in found.differences] == list(found.moved[0][1:])


def test_a_split_office_goes_on_in_its_larger_part():
    before = Grouping.of_offices([("1", ["1", "2", "3"]), ("4", ["4", "5"])])
    after = Grouping.of_offices([("1", ["1"]), ("2", ["2", "3", "4"]), ("5", ["5"])])
    assert matched(before, after) == {"1": "2", "4": "5"}
