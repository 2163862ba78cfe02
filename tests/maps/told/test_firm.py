"""What pages say of how firm a plan is, in both languages, from facts written by hand."""

import math
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from maps.pages.data import firm_data
from maps.told.firm import FirmPlan, VariantPlan
from maps.told.firm_words import FirmWords
from maps.told.texts import LANGUAGES, Words
from optimizer.judging.difference import Elsewhere

PARAMETERS = {"limits.max_minutes": 75.0, "planners.supply_per_1000": 0.27, "planners.trips": "need"}
SHORTER = VariantPlan("a", {"limits.max_minutes": 65.0}, "optimal", ("2", "4"), 3, 1, 20.0)
SLOWER = VariantPlan("b", {"travel.factor": 1.2}, "optimal", ("4",), 3, 1, 24.0)
FIXED = VariantPlan(
    "c", {"planners.supply_fixed_fte": 0.25, "planners.supply_per_1000": 0.2541}, "optimal", (), 3, 1, 20
)
EQUAL = VariantPlan("d", {"planners.trips": "equal"}, "same", (), 3, 1, 20.0)
NO_PLAN = VariantPlan("e", {"limits.max_minutes": 85.0}, "infeasible")
VARIANTS = (SHORTER, SLOWER, FIXED, EQUAL, NO_PLAN)
COMPANIONS = {"1": "all", "2": "all", "3": "some", "4": "some", "5": "all"}
MARGINS = {"1": math.inf, "2": 40.0, "3": 0.001, "4": 2.5, "5": 90.0}


def firm_plan(variants: tuple[VariantPlan, ...] = VARIANTS) -> FirmPlan:
    together = {("1", "2"): "all", ("3", "4"): "some"}
    return FirmPlan("", 0.01, together, COMPANIONS, COMPANIONS, COMPANIONS, MARGINS, variants)


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Words:
    return Words(request.param)


def test_in_norwegian() -> None:
    told = FirmWords(Words("nb"), firm_plan(), PARAMETERS)
    assert told.headline == (
        "3 av 5 kommuner har samme plass i alle planer som er høyst 1\u202f% dårligere: "
        "2 deler kontor med akkurat de samme, 1 står alene; 2 skifter kontor i minst én av 3 varianter."
    )
    assert told.member("1") == (
        "Fast. Deler kontor med de samme i alle planer som er høyst 1\u202f% dårligere. "
        "Beholder kontoret i 3 av 3 varianter."
    )
    assert told.member("3").startswith("Ganske fast. I en plan som er like god, deler den kontor med andre.")
    assert told.member("4") == (
        "Usikker. I noen planer som er høyst 1\u202f% dårligere, deler den kontor med andre; "
        "den beste av dem er 2,5 minutter dårligere. "
        "Skifter kontor i 2 av 3 varianter: reise på høyst 65 minutter; alle reiser tar 20\u202f% lengre tid."
    )
    assert told.member("5").startswith("Fast. Står alene i alle planer som er høyst 1\u202f% dårligere.")


def test_in_one_line() -> None:
    told = FirmWords(Words("nb"), firm_plan(), PARAMETERS)
    assert told.short("2") == (
        "Ganske fast: samme kontor i alle planer som er høyst 1\u202f% dårligere, og i 2 av 3 varianter."
    )
    assert told.short("4") == (
        "Usikker: ikke samme kontor i alle planer som er høyst 1\u202f% dårligere; samme i 1 av 3 varianter."
    )
    assert told.short("5") == "Fast: alene i alle planer som er høyst 1\u202f% dårligere, og i 3 av 3 varianter."


def test_variants_are_named_and_say_why_there_is_no_plan(words: Words) -> None:
    told = FirmWords(words, firm_plan(), PARAMETERS)
    names = [told.heading(one) for one in VARIANTS]
    assert len(set(names)) == len(names)
    assert all(name[0] == name[0].upper() for name in names)
    assert [bool(told.state(one)) for one in VARIANTS] == [False, False, False, True, True]
    assert re.search(r"\b75\b", told.now(SHORTER))
    assert told.now(SLOWER) == told.now(FIXED) == told.now(EQUAL) == ""


def test_the_scripts_read_how_firm_each_place_is(words: Words) -> None:
    told = FirmWords(words, firm_plan(), PARAMETERS)
    rows = [[id_, told.member(id_), ""] for id_ in COMPANIONS]
    assert firm_data(told, {}) == {"names": ("id", "words", "why"), "rows": rows}
    levels = {id_: told.firm.level(id_) for id_ in COMPANIONS}
    assert levels == {"1": "firm", "2": "fair", "3": "fair", "4": "loose", "5": "firm"}


def test_without_variants_nothing_is_said_of_them(words: Words) -> None:
    told = FirmWords(words, firm_plan((EQUAL, NO_PLAN)), PARAMETERS)
    assert words.count("variants", 0) not in told.headline
    assert all(words.count("variants", 0) not in told.member(id_) + told.short(id_) for id_ in COMPANIONS)


@pytest.mark.parametrize("left_out", ["not proved", "not listed", "too many", "stopped"])
def test_what_was_not_investigated_says_why(words: Words, left_out: str) -> None:
    told = FirmWords(words, FirmPlan(left_out), PARAMETERS)  # type: ignore[arg-type]
    assert told.asked
    assert told.headline == told.reason != ""
    assert firm_data(told, {}) is None
    assert not FirmWords(words, FirmPlan("not asked"), PARAMETERS).asked


def test_why_it_is_there_is_told_by_its_best_other_place() -> None:
    named = {"1": SimpleNamespace(label="Ørsta"), "2": SimpleNamespace(label="Volda")}
    other = Elsewhere(
        "2", ("1", "2"), 66.0, {"travel": -11.6, "missing_fte": 97.6, "county_lines": -20.0, "alone": 0.0}
    )
    firm = replace(firm_plan(), elsewhere={"1": other, "2": replace(other, extra=0.0)})
    told = FirmWords(Words("nb"), firm, PARAMETERS)
    assert told.why("1", named) == (  # type: ignore[arg-type]
        "Hvorfor: Nest best er å ha Volda som vertskommune. Da blir planen 66,0 minutter dårligere. "
        "Mest utslag gir manglende årsverk (97,6 minutter mer) og deltakere over fylkesgrensen (20,0 minutter mindre)."
    )
    assert told.why("2", named) == "Hvorfor: Det er like bra for planen å være vertskommune selv."  # type: ignore[arg-type]
    assert told.why("3", named) == "Hvorfor: Kommunen kan ikke ha noen annen vert innenfor reglene."  # type: ignore[arg-type]
