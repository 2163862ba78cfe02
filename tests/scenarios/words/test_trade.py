"""Sentences about fronts, weights and alternatives, read back and held against the plans themselves."""

import math
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from reading import figures, promises_at_most, read, says, value
from strategies import examples, problems

from maps.told.texts import Words, catalogue
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.kroner.office_money import office_money
from optimizer.problem import Problem, ProblemError
from optimizer.questions.alternatives import Alternatives, alternatives, moved
from optimizer.questions.firmness import Firmness, firmness
from optimizer.questions.tradeoff.frontier import Frontier, frontier
from optimizer.questions.tradeoff.surface import surface
from optimizer.questions.tradeoff.weights import End, WeightRange, weight_ranges
from optimizer.solve import Options, solve
from optimizer.terms import TERMS
from scenarios.words.alternatives import of_alternatives, of_firmness
from scenarios.words.names import Names
from scenarios.words.tables import front_table, proof
from scenarios.words.trade import bounds, of_front, of_surface, of_weight

WORDS = Words()

ONE = Options(workers=1)
MANY = 25


def cost(problem: Problem, plan: Grouping) -> float:
    return evaluate(problem, plan).objective


# Words


@pytest.mark.parametrize(
    ("given_number", "decimals", "shown"),
    [
        (14.0, 1, "14"),
        (13.62, 1, "13,6"),
        (11354.2396, 2, "11\u202f354,24"),
        (0.04, 1, "under 0,1"),
        (-0.04, 1, "mer enn \u22120,1"),
        (0.05, 1, "0,1"),
        (0.0, 1, "0"),
        (100.0, 0, "100"),
        (-2.5, 0, "\u22123"),
    ],
)
def test_numbers_are_norwegian_and_never_read_as_nothing(given_number, decimals, shown):
    assert WORDS.short(given_number, decimals) == shown
    assert says(shown, given_number, decimals)


def test_promises_are_rounded_up():
    assert (WORDS.at_most(1.01), WORDS.at_most(1.0), WORDS.at_most(0.001)) == ("1,1", "1", "0,1")
    assert (WORDS.most_minutes(0.91), WORDS.most_minutes(1.0), WORDS.most_minutes(1.91)) == (
        "1 minutt",
        "1 minutt",
        "2 minutter",
    )


def test_lists_and_counts():
    assert WORDS.listed([]) == ""
    assert WORDS.listed(["a"]) == "a"
    assert WORDS.listed(["a", "b", "c"]) == "a, b og c"
    assert WORDS.listed(["a", "b", "c", "d"], most=2) == "a, b og 2 til"
    assert (WORDS.count("municipalities", 1), WORDS.count("municipalities", 2)) == ("1 kommune", "2 kommuner")
    assert WORDS.percent(0.0003) == "0,03\u202f%"


def test_two_of_a_name_are_told_apart():
    names = Names.of({"1": "Herøy", "2": "Herøy", "3": "Oslo"}, {"1": "Nordland", "2": "Møre", "3": "Oslo"}, Words())
    assert names.all_of("123") == "Herøy (Nordland), Herøy (Møre) og Oslo"


def test_every_term_has_all_its_words():
    said = ("noun", "short", "one", "many", "less_one", "less_many", "each", "price")
    firsts = ("first_more", "first_less", "first_same")
    assert {f"term.{name}.{key}" for name in TERMS for key in (*said, *firsts)} <= set(catalogue())


# Alternatives


@examples(MANY)
@given(problems(most=6), st.integers(1, 3), st.sampled_from([0.0, 0.1, 1.0]))
def test_alternatives(problem, min_moved, within):
    found = alternatives(problem, 3, min_moved, within, options=ONE)
    assume(found.plans)
    check_alternatives(problem, found, 3)


def check_alternatives(problem: Problem, found: Alternatives, asked: int) -> None:
    """Hold every sentence about a list of plans against the plans."""
    said = of_alternatives(WORDS, found, asked)
    best = found.plans[0]
    [(key, places)] = read(said[0], "alternatives")
    assert key == ("alternatives.best_proved" if best.proved else "alternatives.best_open")
    assert says(places["burden"], cost(problem, best.grouping))
    sizes = [len(members) for members in best.grouping.offices.values()]
    assert (value(places["offices"]), value(places["alone"])) == (sum(n > 1 for n in sizes), sizes.count(1))
    for rank, (plan, line) in enumerate(zip(found.plans[1:], said[1:], strict=False), 1):
        first, *others = read(line, "alternatives")
        extra = cost(problem, plan.grouping) - cost(problem, best.grouping)
        if first[0] == "alternatives.same":
            assert abs(extra) < 1e-6
        else:
            assert first[0] == ("alternatives.more" if extra > 0 else "alternatives.less")
            assert says(first[1]["extra"], abs(extra))
            assert says(first[1]["share"], 100 * abs(plan.extra), 2)
        assert first[1]["n"] == str(rank)
        before = [moved(plan.grouping, other.grouping, "offices") for other in found.plans[:rank]]
        assert value(first[1]["moved"]) == len(before[0])
        keys = dict(others)
        if rank > 1:
            assert value(keys["alternatives.before"]["moved"]) == min(map(len, before[1:]))
        assert ("alternatives.proved" in keys) == plan.proved
        if plan.proved:
            assert value(keys["alternatives.proved"]["min_moved"]) == found.min_moved <= min(map(len, before))
        else:
            assert promises_at_most(keys["alternatives.open"]["less"], plan.objective - plan.bound)
    [(end, places)] = read(said[len(found.plans)], "alternatives")
    assert (end == "alternatives.end_exhausted") == found.exhausted
    if end == "alternatives.end_count":
        assert int(places["k"]) == len(found.plans) - 1
    else:
        assert says(places["within"], 100 * found.within, 2)


@examples(MANY)
@given(problems(most=6), st.sampled_from([0.0, 0.05, 0.5]))
def test_firmness(problem, within):
    found = firmness(problem, within, options=ONE)
    assume(found.grouping is not None)
    check_firmness(found)


def check_firmness(found: Firmness) -> None:
    """Hold every sentence about firmness against the claims."""
    said = dict(part for line in of_firmness(WORDS, found) for part in read(line, "firmness"))
    for key, claims in (("pairs", found.together), ("hosts", found.hosts), ("alone", found.alone)):
        places, verdicts = said[f"firmness.{key}"], list(claims.values())
        for firm in ("all", "some", "none"):
            if firm in places:
                assert value(places[firm]) == verdicts.count(firm)
    assert says(said["firmness.pairs"]["within"], 100 * found.within, 2)
    plan = found.grouping
    assert plan is not None
    own = [pair for pair in found.together if plan.host_of[pair[0]] == plan.host_of[pair[1]]]
    assert value(said["firmness.of_plan"]["pairs"]) == len(own)
    assert value(said["firmness.of_plan"]["all"]) == sum(found.together[pair] == "all" for pair in own)
    undecided = [*found.together.values(), *found.hosts.values(), *found.alone.values()].count("open")
    assert value(said["firmness.open"]["many"]) == undecided if undecided else "firmness.open" not in said


# Fronts


@examples(MANY)
@given(
    problems(most=6),
    st.permutations(list(TERMS)).map(lambda terms: terms[:2]),
    st.sampled_from([2, 3, 5]),
    st.sampled_from(["priced", "ignored"]),
)
def test_fronts(problem, pair, points, others):
    try:
        front = frontier(problem, pair[0], pair[1], points, others=others, options=ONE)
    except ProblemError:
        assume(False)
    assume(front.points)
    check_front(problem, front)


def check_front(problem: Problem, front: Frontier) -> None:
    """Hold every sentence about a front against its plans."""
    said = of_front(WORDS, problem, front)
    many = len(front.points)
    raw = [evaluate(problem, point.grouping).terms for point in front.points]
    for k, line in enumerate(said[: many - 1]):
        (key, places), (first_key, change) = read(line, "frontier", "term.*.first_*")
        assert (places["a"], places["b"]) == (str(k + 1), str(k + 2))
        less = raw[k][front.second].value - raw[k + 1][front.second].value
        minutes = front.points[k + 1].minutes - front.points[k].minutes
        assert less > 0
        assert says(places["less"], less, WORDS.decimals(front.second))
        assert says(places["minutes"], minutes)
        assert (key == "frontier.exchange_one") == (value(places["less"]) == 1)
        if key == "frontier.exchange_many":
            assert says(f"{places['rate']} {places['each']}", minutes / less), "the rate may be two words"
            assert places["each"].endswith(WORDS.text(f"term.{front.second}.each"))
        more = raw[k + 1][front.first].value - raw[k][front.first].value
        section = first_key.rpartition(".")[2]
        assert section == ("first_same" if abs(more) < 5e-7 else "first_more" if more > 0 else "first_less")
        assert first_key == f"term.{front.first}.{section}"
        if section != "first_same":
            assert says(change["change"], abs(more), WORDS.decimals(front.first))
    about = dict(part for line in said[many - 1 :] for part in read(line, "frontier"))
    assert ("frontier.complete" in about) == front.complete
    assert ("frontier.proved" in about) == all(point.proved for point in front.points)
    unsupported = [k for k, point in enumerate(front.points, 1) if point.supported is False]
    assert ("frontier.unsupported" in about) == bool(unsupported)
    if unsupported:
        assert list(map(int, figures(about["frontier.unsupported"]["points"]))) == unsupported
    if front.others == "priced":
        costs = [cost(problem, point.grouping) for point in front.points]
        cheapest = [k for k, one in enumerate(costs, 1) if one - min(costs) < 5e-7]
        said = about["frontier.own_price" if len(cheapest) == 1 else "frontier.own_price_tie"]
        assert list(map(int, figures(said.get("points", said.get("point", ""))))) == cheapest
        assert says(said["weight"], getattr(problem.weights, front.second))
    table = front_table(WORDS, problem, front)
    assert len(table) == many + 1
    for row, point, terms in zip(table[1:], front.points, raw, strict=True):
        assert says(row[1], point.minutes, 2) or value(row[1]) == round(point.minutes, 2)
        assert abs(value(row[2]) - terms[front.second].value) <= 0.5 * 10 ** -WORDS.decimals(front.second) + 1e-9
        assert int(row[-2]) == sum(len(members) > 1 for members in point.grouping.offices.values())
        if problem.money is not None:
            found = [office_money(problem, problem.money, *office) for office in point.grouping.offices.items()]
            assert row[-4] == WORDS.millions(sum(one.cash_kr for one in found))
            assert says(row[-3], sum(one.undone_fte for one in found), 2)


@examples(MANY)
@given(problems(most=5), st.permutations(list(TERMS)).map(lambda terms: tuple(terms[:3])))
def test_three_terms(problem, terms):
    try:
        found = surface(problem, terms, 2, options=ONE)
    except ProblemError:
        assume(False)
    assume(found.points)
    said = [part for line in of_surface(WORDS, problem, found) for part in read(line, "surface", "frontier.kroner*")]
    raw = [evaluate(problem, point.grouping).terms for point in found.points]
    trades = [places for key, places in said if key == "surface.trade"]
    wanted = [term for term in terms[1:] if raw[0][term].value - min(one[term].value for one in raw) > 5e-7]
    assert [places["term"] for places in trades] == [WORDS.text(f"term.{term}.noun") for term in wanted]
    for term, places in zip(wanted, trades, strict=True):
        a, b = int(places["a"]) - 1, int(places["b"]) - 1
        assert a == 0
        assert raw[b][term].value == min(one[term].value for one in raw)
        assert says(places["less"], raw[a][term].value - raw[b][term].value, WORDS.decimals(term))
        assert says(places["minutes"], found.points[b].minutes - found.points[a].minutes)
    keys = dict(said)
    assert {"surface.meaning", "surface.selection"} <= set(keys)
    assert ("surface.proved" in keys) == all(point.proved for point in found.points)
    assert len(front_table(WORDS, problem, found)) == len(found.points) + 1


# Ranges of weights


@examples(MANY)
@given(problems(most=6), st.sampled_from(list(TERMS)))
def test_ranges_of_weights(problem, term):
    plan = solve(problem, ONE).grouping
    assume(plan is not None)
    check_weight(weight_ranges(problem, plan, (term,), options=ONE).ranges[term], plan)


def check_weight(found: WeightRange, plan: Grouping) -> None:
    """Hold the sentences about the range of a weight against its ends: what they promise lies within the range."""
    parts = read(of_weight(WORDS, found, plan), "weights")
    key, places = parts[0]
    assert WORDS.text(f"term.{found.term}.price") == places["what"]
    assert abs(value(places["weight"]) - found.weight) <= 0.5e-6
    if found.better is not None or found.lower is None or found.upper is None:
        assert key in {"weights.not_best", "weights.unknown"}
        return
    lower, upper = found.lower.weight, found.upper.weight
    assert lower is not None
    assert key.endswith("_open") == (not (found.lower.proved and found.upper.proved))
    key = key.removesuffix("_open")
    if key in {"weights.between", "weights.above"}:
        assert lower - 1e-12 <= value(places["lower"]) <= found.weight + 1e-12
        assert value(places["lower"]) - lower < 0.1
    if key == "weights.between":
        assert upper is not None
        assert found.weight - 1e-12 <= value(places["upper"]) <= upper + 1e-12
        assert upper - value(places["upper"]) < 0.1
    else:
        assert upper is None
    beyond = {part[0]: part[1] for part in parts[1:]}
    for side, end in (("lower", found.lower), ("higher", found.upper)):
        assert (f"weights.{side}" in beyond) == (end.successor is not None)
        if end.successor is not None:
            assert value(beyond[f"weights.{side}"]["moved"]) == len(plan.moved(end.successor))
            outside = value(beyond[f"weights.{side}"]["end"]) - (end.weight or 0.0)
            assert -1e-12 <= (outside if side == "higher" else -outside) < 0.1
    assert ("weights.unproved" in beyond) == (not (found.lower.proved and found.upper.proved))


@given(
    st.floats(0, 100, allow_subnormal=False),
    st.floats(0, 100, allow_subnormal=False),
    st.decimals(0, 100, places=3).map(float),
)
def test_bounds_are_rounded_inwards(one, other, weight):
    lower, upper = min(one, other, weight), max(one, other, weight)
    low, high = bounds(WORDS, lower, upper, weight)
    slack = 1e-11 * (1 + upper)
    assert lower - slack <= value(low) <= weight + slack
    assert weight - slack <= value(high) <= upper + slack


def test_a_narrow_range_is_not_shown_as_a_point():
    assert bounds(WORDS, 0.9731, 1.0462, 1.0) == ("0,98", "1,04")
    assert bounds(WORDS, 1.0, 1.0462, 1.0) == ("1", "1,04")
    assert bounds(WORDS, 17.38, None, 20.0) == ("17,4", "")


def test_an_undecided_range_promises_nothing():
    plan = Grouping.of({"1": "1"})
    said = of_weight(WORDS, WeightRange("travel", 1.0, None, None), plan)
    assert [key for key, _ in read(said, "weights")] == ["weights.unknown"]
    half = WeightRange("travel", 1.0, End(0.5, True, plan, Fraction(1, 2)), End(2.0, False, None, Fraction(2)))
    keys = [key for key, _ in read(of_weight(WORDS, half, plan), "weights")]
    assert keys == ["weights.between_open", "weights.lower", "weights.unproved"]


def test_beyond_the_end_that_is_said_the_other_plan_is_better():
    plan = Grouping.of({"1": "1"})
    ends = (End(53.58, True, plan, Fraction("53.58")), End(61.83, True, plan, Fraction("61.83")))
    parts = dict(read(of_weight(WORDS, WeightRange("missing_fte", 60.0, *ends), plan), "weights"))
    assert (parts["weights.between"]["lower"], parts["weights.between"]["upper"]) == ("53,6", "61,8")
    assert (parts["weights.lower"]["end"], parts["weights.higher"]["end"]) == ("53,5", "61,9")


@pytest.mark.parametrize(
    ("minutes", "bound", "proved", "said"),
    [
        (100.0, 100.0, True, "bevist"),
        (100.0, 99.0, False, "høyst 1\u202f% dårligere enn den beste"),
        (30000.0, 29999.9999, False, "høyst 0,01\u202f% dårligere enn den beste"),
        (100.0, 100.0, False, "ikke bevist"),
        (0.0, 0.0, False, "ikke bevist"),
        (100.0, 0.0, False, "ikke bevist"),
        (100.0, -math.inf, False, "ikke bevist"),
    ],
)
def test_what_is_not_proved_is_not_called_nought_from_the_best(minutes, bound, proved, said):
    point = SimpleNamespace(minutes=minutes, bound=bound, proved=proved)
    assert proof(WORDS, point).replace("\N{NO-BREAK SPACE}", " ") == said
