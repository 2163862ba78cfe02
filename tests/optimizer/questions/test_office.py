"""Reports on one office: prices against brute force, and every sentence rebuilt from the data."""

from dataclasses import replace

import pytest
import strategies
from bruteforce import brute_force
from groupings import groupings
from hypothesis import assume, given
from hypothesis import strategies as st

from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.figures import net_fte
from optimizer.problem import Problem
from optimizer.questions.office import Best, Held, Price, report
from optimizer.solve import Options, Result, solve
from scenarios.question.load import load
from scenarios.words import office
from scenarios.words.names import Names
from scenarios.world import references
from scenarios.world.build import build
from scenarios.world.holding import offices_of
from scenarios.world.solving import run

KNOWN = {
    "size",
    "mass",
    "below_mass",
    "county_lines",
    "statsforvalter_lines",
    "within_rules",
    "unchanged",
    "placed",
    "new_office",
    "cannot_hold",
    "too_far",
    *(f"best_{one}" for one in ("alone", "host", "same", "other")),
    *(f"{what}_{how}" for what in ("hold", "keep") for how in ("optimal", "free", "infeasible", "feasible", "unknown")),
}

WORDS = Words()


def quick(problem: Problem) -> Result:
    return solve(problem, Options(workers=1))


def best_of(problem: Problem) -> Best | None:
    result = quick(problem)
    return None if result.grouping is None else Best(result, result.grouping, evaluate(problem, result.grouping))


def names_in(problem: Problem) -> Names:
    return Names(by_id=dict(zip(problem.ids, problem.names, strict=True)))


def all_sentences(problem, found):
    yield from office.about(names_in(problem), problem, found, problem.ids)
    for member in found.members:
        for one in office.about_member(names_in(problem), found, member):
            yield replace(one, values=one.values | {"member": member.id})


def least(problem: Problem, held: Held, *, whole: bool, id_: str = "") -> float | None:
    """Return by brute force the cheapest plan with the office, or with one member at its host."""
    members = held.members if whole else (id_,)
    fixed = dict(problem.pins.fixed)
    if any(fixed.get(member, held.host) != held.host for member in members):
        return None
    try:
        pins = replace(problem.pins, fixed=fixed | dict.fromkeys(members, held.host))
        return brute_force(replace(problem, pins=pins, asked=problem)).objective
    except ValueError:
        return None


@strategies.examples(60)
@given(st.data())
def test_random_reports_are_true(data):
    problem = data.draw(strategies.problems(most=5))
    best = best_of(problem)
    assume(best is not None)
    grouping = data.draw(groupings(list(best.grouping.host_of)))
    offices = offices_of(problem, grouping)
    assume(offices)
    held = offices[0]
    found = report(problem, held, best, quick)
    cheapest = brute_force(problem).objective
    for member in found.members:
        if member.price is not None:
            check_price(member.price, least(problem, held, whole=False, id_=member.id), cheapest)
    if found.price is not None:
        check_price(found.price, least(problem, held, whole=True), cheapest)
    for sentence in all_sentences(problem, found):
        check_sentence(problem, held, best, sentence)


def check_price(price: Price, wanted: float | None, cheapest: float) -> None:
    if wanted is None:
        assert (price.status, price.extra) == ("infeasible", None)
        return
    assert price.status == "optimal"
    assert price.extra == pytest.approx(wanted - cheapest, abs=1e-4)
    assert price.low == price.high == price.extra
    assert sum(price.terms.values()) == pytest.approx(price.extra, abs=1e-6)


def check_sentence(problem: Problem, held: Held, best: Best, sentence: office.Sentence) -> None:
    """Rebuild what a sentence claims from the problem and the best plan alone."""
    assert sentence.kind in KNOWN or sentence.kind.startswith("breaks_"), sentence.kind
    check_today(problem, held, sentence)
    check_limits(problem, held, sentence)
    check_plan(problem, held, best, sentence)
    if "member" in sentence.values:
        check_member(problem, held, best, sentence)


def check_today(problem: Problem, held: Held, sentence: office.Sentence) -> None:
    text, at = sentence.text, problem.index
    ways = [float(problem.minutes[at[i], at[held.host]]) for i in held.members if i != held.host]
    fte = sum(float(problem.planner_fte[at[i]]) for i in held.members)
    net = net_fte(problem, held.host, tuple(held.members))
    match sentence.kind:
        case "size":
            assert f"har {len(held.members)} kommuner og vertskommune {problem.names[at[held.host]]}" in text
            assert sentence.values["mean"] == pytest.approx(sum(ways) / len(ways))
            assert float("inf") in ways or f"på det meste {WORDS.minutes(max(ways))}." in text
        case "mass":
            assert net >= problem.limits.min_office_fte - 1e-6
        case "below_mass":
            assert net < problem.limits.min_office_fte
            assert WORDS.fte(fte) in text
        case "county_lines" | "statsforvalter_lines" as line:
            area = problem.counties if line == "county_lines" else problem.statsforvaltere
            assert text.startswith(f"{sum(area[at[i]] != area[at[held.host]] for i in held.members)} deltaker")


def check_limits(problem: Problem, held: Held, sentence: office.Sentence) -> None:
    match sentence.kind:
        case "within_rules" | "hold_optimal" | "hold_free":
            assert not broken(problem, held)
        case "cannot_hold":
            assert broken(problem, held)
        case "breaks_max_minutes":
            (who,) = sentence.values["ids"]
            assert float(problem.minutes[problem.index[who], problem.index[held.host]]) > problem.limits.max_minutes
        case "breaks_max_members":
            limit = problem.limits.max_members
            assert sentence.text == f"Kontoret har for mange kommuner: {len(held.members)}, og grensen er {limit}."


def check_plan(problem: Problem, held: Held, best: Best, sentence: office.Sentence) -> None:
    text, at, offices = sentence.text, problem.index, best.grouping.offices
    match sentence.kind:
        case "unchanged":
            assert offices[held.host] == held.members
        case "placed":
            hosts = {best.grouping.host_of[i] for i in held.members}
            alone = {h for h in hosts if len(offices[h]) == 1}
            assert (set(sentence.values["hosts"]), set(sentence.values["alone"])) == (hosts - alone, alone)
            assert all(problem.names[at[h]] in text for h in hosts)
        case "new_office":
            members = offices[sentence.values["host"]]
            fte = sum(float(problem.planner_fte[at[i]]) for i in members)
            assert WORDS.fte(fte) in text
            assert all(problem.names[at[i]] in text for i in members)
            assert ("under et fagmiljø" in text) is (fte < problem.limits.min_office_fte)


def check_member(problem: Problem, held: Held, best: Best, sentence: office.Sentence) -> None:
    kind, text, at, member = sentence.kind, sentence.text, problem.index, sentence.values["member"]
    host = best.grouping.host_of[member]
    match kind:
        case "best_alone":
            assert best.grouping.companions(member) == {member}
        case "best_host":
            assert host == member
            assert all(problem.names[at[i]] in text for i in best.grouping.companions(member))
        case "best_same" | "best_other":
            assert (host == held.host) is (kind == "best_same") is ("som i dag" in text)
            assert f"{WORDS.minutes(float(problem.minutes[at[member], at[host]]))} med bil" in text
        case "too_far":
            way = float(problem.minutes[at[member], at[held.host]])
            assert way > problem.limits.max_minutes
            assert way == float("inf") or f"{WORDS.minutes(way)} til" in text
        case "keep_optimal":
            assert host != held.host
            assert WORDS.minutes(sentence.values["extra"]) in text
        case "keep_free":
            assert host != held.host
            assert sentence.values["extra"] < 0.05


def broken(problem: Problem, held: Held) -> bool:
    """Return whether the office alone breaks a rule other than those on the whole plan."""
    judged = evaluate(problem, Grouping.of(dict.fromkeys(held.members, held.host)))
    return any(one.rule not in {"complete", "min_offices", "max_offices"} for one in judged.violations)


# The real offices


@pytest.fixture(scope="module")
def country():
    world = build(load("nasjonal"))
    result = run(world).result
    return world, Best(result, result.grouping, evaluate(world.problem, result.grouping))


@pytest.mark.parametrize("name", ["Plankontoret", "Nord-Troms Plan og Eiendom"])
def test_the_real_offices_are_reported_member_by_member(country, name):
    world, best = country
    problem = world.problem
    placed = references.place(problem, "eksisterende", "2024")
    (held,) = [
        one
        for one in offices_of(problem, placed.grouping, {h: g.name for h, g in placed.groups.items()})
        if one.name == name
    ]
    found = report(problem, held, best, lambda asked: run(replace(world, problem=asked)).result)
    assert [member.id for member in found.members] == list(held.members)
    sentences = list(all_sentences(problem, found))
    for sentence in sentences:
        check_sentence(problem, held, best, sentence)
    said = {sentence.values.get("member") for sentence in sentences}
    assert set(held.members) <= said
    for member in found.members:
        kinds = {one.kind for one in office.about_member(names_in(problem), found, member)}
        moved = best.grouping.host_of[member.id] != held.host
        assert moved is bool(kinds & {"too_far", "keep_optimal", "keep_free"}), "who moves is told why"


def test_what_data_and_default_rules_say_of_nord_troms(country):
    world, best = country
    placed = references.place(world.problem, "eksisterende", "2024")
    held = Held("Nord-Troms", "5544", placed.grouping.offices["5544"])
    found = report(world.problem, held, best, lambda _: best.result)
    assert [(one.rule, one.ids) for one in found.violations] == [("max_minutes", ("5536",))]
    assert found.price is None
    texts = [one.text for one in office.about(names_in(world.problem), world.problem, found, world.estimated)]
    assert any(text.startswith("Lyngen har ") and text.endswith(" over grensen på 75.") for text in texts)
    assert "Kontoret kan ikke beholdes som det er under disse reglene." in texts


def test_a_price_that_is_not_proved_says_so():
    price = Price("feasible", 12.34, 2.0, 15.0, {"travel": 12.34})
    sentence = office.priced(WORDS, "hold", "Planen", price)
    assert sentence.kind == "hold_feasible"
    assert sentence.text == (
        "Planen, har 12,3 minutter mer ulempe enn den beste som er funnet. "
        "Ikke bevist: den virkelige forskjellen ligger mellom 2 og 15."
    )
    less = office.priced(WORDS, "hold", "Planen", Price("feasible", -5.0, -7.0, 3.0, {"travel": -5.0}))
    assert "har 5 minutter mindre ulempe enn den beste som er funnet" in less.text
    same = office.priced(WORDS, "hold", "Planen", Price("feasible", 0.0, None, 3.0, {}))
    assert same.text == "Planen, har like mye ulempe som den beste som er funnet. Ikke bevist."
    assert "finnes ikke" in office.priced(WORDS, "hold", "Planen", Price("infeasible", None, None, None, {})).text
    assert "ikke funnet i tide" in office.priced(WORDS, "hold", "Planen", Price("unknown", None, None, None, {})).text
