"""One municipality explained, or why there is no plan, as one JSON object."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maps.told.firm import FirmPlan
from maps.told.firm_words import FirmWords
from maps.told.texts import Words
from optimizer.questions.money.kroner_difference import KronerDifference
from optimizer.questions.why.conflicts import Conflicts
from optimizer.questions.why.easings import Easing, Easings
from optimizer.questions.why.explain import PlaceOption, WhatIf
from scenarios.answers.head import head
from scenarios.words.conflicts import of_change, of_conflicts, of_easings
from scenarios.words.explain import of_option, of_what_if
from scenarios.words.money import of_difference
from scenarios.words.names import Names, names_of, names_used
from scenarios.world.accounts import difference_of, key_of, key_text
from scenarios.world.build import World
from scenarios.world.further import firmness
from scenarios.world.plain import plain


@dataclass(frozen=True, eq=False)
class NoPlan:
    """Why there is no plan, and what to change.

    Parameters
    ----------
    conflicts
        Rules and pins that contradict each other.
    easings
        Ways to a plan.
    """

    conflicts: Conflicts
    easings: Easings


def of_municipality(words: Words, world: World, found: WhatIf, firm: FirmPlan, *, interrupted: bool) -> dict[str, Any]:
    """Return the explanation of one municipality as one object; the first sentence says how firm its place is."""
    names = names_of(world, words.language)
    first, *others = of_what_if(world.problem, names, found)
    return {
        **head(world, interrupted),
        "status": str(found.status),
        "objective": found.evaluation.objective,
        "gap": found.gap,
        "municipality": {"id": found.municipality, "name": names[found.municipality]},
        "office": plain(found.office),
        "key": None if world.kroner is None else key_text(key_of(world)),
        "options": [option_of(names, found, option, kroner_of(world, found, option)) for option in found.options],
        "can_share": found.can_share,
        "openings": plain(found.openings),
        "inclusion": None if found.inclusion is None else without_plan(plain(found.inclusion)),
        "names": names_used(world, names),
        "firmness": None if firm.left_out else firmness.of_place(firm, found.municipality),
        "sentences": [" ".join([first, *how_firm(words, firm, found.municipality)]), *others],
    }


def how_firm(words: Words, firm: FirmPlan, id_: str) -> list[str]:
    """Return how firm the place of a municipality is, or why that is not known; nothing if nobody asked."""
    told = FirmWords(words, firm, {})
    if not told.asked:
        return []
    return [told.reason or told.member(id_)]


def kroner_of(world: World, found: WhatIf, option: PlaceOption) -> KronerDifference | None:
    """Return what another place changes in kroner; ``None`` where it has no plan or kroner are not counted."""
    if option.grouping is None or option.grouping == found.grouping:
        return None
    return difference_of(world, found.grouping, option.grouping, found.municipality)


def option_of(names: Names, found: WhatIf, option: PlaceOption, kroner: KronerDifference | None) -> dict[str, Any]:
    """Return one place as plain data."""
    sentences = [of_option(names, option)]
    if kroner is not None and option.office is not None:
        sentences += of_difference(names, kroner, (found.office, option.office))
    return {
        "kind": option.place.kind,
        "host": option.place.host,
        "is_now": option.is_now,
        "minutes": plain(option.minutes),
        "status": str(option.status),
        "at_least": option.at_least,
        "office": plain(option.office),
        "difference": plain(option.difference),
        "stops": plain(option.stops),
        "hosts": None if option.grouping is None else dict(option.grouping.host_of),
        "kroner": plain(kroner),
        "sentence": " ".join(sentences),
    }


def without_plan(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object without its grouping, which `plain` cannot name."""
    return {name: value for name, value in document.items() if name != "grouping"}


def of_no_plan(words: Words, world: World, found: NoPlan, *, interrupted: bool) -> dict[str, Any]:
    """Return why there is no plan as one object."""
    names = names_of(world, words.language)
    conflicts, easings = found.conflicts, found.easings
    return {
        **head(world, interrupted),
        "status": "infeasible",
        "conflicts": {"sets": plain(conflicts.sets), "complete": conflicts.complete},
        "relaxations": {
            "ways": [way_of(names, way) for way in easings.found],
            "complete": easings.complete,
            "undecided": plain(easings.undecided),
        },
        "names": names_used(world, names),
        "sentences": [*of_conflicts(names, conflicts), *of_easings(names, easings)],
    }


def way_of(names: Names, way: Easing) -> dict[str, Any]:
    """Return one way to a plan as plain data."""
    result = way.result
    return {
        "changes": [{**plain(change), "sentence": of_change(names, change)} for change in way.changes],
        "status": str(result.status),
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "hosts": None if result.grouping is None else dict(result.grouping.host_of),
    }
