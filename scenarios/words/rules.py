"""Rules and pins in words, and why they rule a place out."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from maps.told.texts import Words
from optimizer.questions.why.explain import PlaceStop
from optimizer.questions.why.one_office import Place
from optimizer.questions.why.parts import Part
from optimizer.terms import RULES
from scenarios.words.names import Names

LIMIT_DECIMALS = 2
SHARE_DECIMALS = 1
"""Of percent."""
STEP = Decimal(1).scaleb(-LIMIT_DECIMALS)
"""Journeys are in hundredths of a minute; limits are shown as exactly."""


def figure(words: Words, value: float) -> str:
    """Return a limit, or what is set against one."""
    return words.short(value, LIMIT_DECIMALS)


def of_limit(words: Words, rule_name: str, value: float) -> str:
    """Return a limit, or what is set against one, in the form of its rule: shares as percent."""
    return words.percent(value, SHARE_DECIMALS) if RULES[rule_name].unit == "share" else figure(words, value)


def enough(words: Words, rule_name: str, value: float) -> str:
    """Return a limit that is loose enough: a least rounded down, a most rounded up."""
    rounding = ROUND_FLOOR if rule_name.startswith("min") else ROUND_CEILING
    return of_limit(words, rule_name, float(Decimal(repr(value)).quantize(STEP, rounding)))


def rule(names: Names, part: Part) -> str:
    """Return a rule or a pin as a phrase."""
    if part.rule in {"together", "apart"}:
        return names.text(f"rule.{part.rule}.asks", names=names.all_of(part.ids))
    if part.rule == "fixed" and part.host is not None:
        key = "rule.fixed.asks_self" if part.host == part.ids[0] else "rule.fixed.asks"
        return names.text(key, name=names[part.ids[0]], host=names[part.host])
    if part.rule == "held" and part.host is not None:
        return names.text("rule.held.asks", host=names[part.host])
    if part.is_pin:
        return names.text(f"rule.{part.rule}.asks", name=names[part.ids[0]])
    return names.text(
        f"rule.{part.rule}.asks", limit="" if part.limit is None else of_limit(names, part.rule, part.limit)
    )


def rules(names: Names, parts: Sequence[Part]) -> str:
    """Return several rules and pins in one phrase."""
    return "; ".join(rule(names, part) for part in parts)


def why(names: Names, place: Place, stops: Sequence[PlaceStop]) -> str:
    """Return what rules a place out, as a clause."""
    return "; ".join(reason(names, place, stop) for stop in stops) if stops else names.text("stop.open")


def reason(names: Names, place: Place, stop: PlaceStop) -> str:
    """Return one reason as a clause."""
    if not stop.parts:
        return names.text("stop.unreachable")
    if stop.whole_plan:
        found = rules(names, stop.parts)
        if stop.municipalities:
            return names.text("stop.whole_plan_names", names=names.all_of(stop.municipalities), rules=found)
        return names.text("stop.whole_plan", rules=found)
    if len(stop.parts) > 1:
        return names.text("stop.several", rules=rules(names, stop.parts))
    return of_one(names, place, stop.parts[0], stop.found)


def of_one(names: Names, place: Place, part: Part, found: float | None) -> str:
    """Return why one rule or pin rules a place out whatever the others say."""
    if part.is_pin:
        return names.text("stop.pin", rule=rule(names, part))
    key = f"rule.{part.rule}.rules_out"
    if not names.has(key) or (found is None and part.limit is not None):
        return names.text("stop.no_figure", rule=rule(names, part))
    return names.text(
        key,
        found="" if found is None else of_limit(names, part.rule, found),
        limit="" if part.limit is None else of_limit(names, part.rule, part.limit),
        host=names[place.host],
    )


def nearest(words: Words, stops: Sequence[PlaceStop]) -> str:
    """Return at which value of its limit a single reason would fall; empty if there is none."""
    if len(stops) != 1 or stops[0].nearest is None or len(stops[0].parts) != 1:
        return ""
    name = stops[0].parts[0].rule
    return words.sentence(f"rule.{name}.nearest", nearest=enough(words, name, stops[0].nearest))
