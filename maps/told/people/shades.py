"""By which figures the map may colour municipalities: gain a head, the worst-off member's, disciplines not covered."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from maps.told.kroner import KronerFacts
from maps.told.people.discipline_words import CompetencePlan
from maps.told.plan import Member

DECIMALS: Final = 2
"""Of kroner an inhabitant."""

Shades = Mapping[str, Mapping[str, float]]
"""Figure of each municipality that has one, by the name of the figure and number."""
NO_SHADES: Final[Shades] = MappingProxyType({})


def shades(members: Mapping[str, Member], kroner: KronerFacts | None, competence: CompetencePlan | None) -> Shades:
    """Return what municipalities may be shaded by, as far as it is known.

    Parameters
    ----------
    members
        Of the plan, by number.
    kroner, competence
        The plan in kroner, and which disciplines its offices cover.
    """
    found: dict[str, dict[str, float]] = {}
    if kroner is not None:
        found |= {"gain": {}, "worst": {}}
        for office in kroner.offices.values():
            some = [id_ for id_ in office.members if members[id_].population]
            gains = {id_: kroner.members[id_].gain_kr / members[id_].population for id_ in some}
            found["gain"] |= {id_: round(gain, DECIMALS) for id_, gain in gains.items()}
            found["worst"] |= dict.fromkeys(gains, round(min(gains.values(), default=0.0), DECIMALS))
    if competence is not None:
        found["disciplines"] = {id_: len(competence.lacks(id_)[1]) for id_ in competence.alone}
    return found
