"""What municipalities pay in the years to come, as far as a scenario asks: a projection, a phase-in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from optimizer.money import UNITS_PER_KRONE
from optimizer.questions.money.accounts import OfficeAccount, PlanAccounts
from optimizer.questions.money.over_years import drifting, phased_in
from optimizer.sharing.keys import Figures
from scenarios.world.accounts import terms_of
from scenarios.world.build import World

DRIFTING: Final = frozenset({"inhabitants", "need"})
"""Keys that follow the number of inhabitants."""

Paid = Mapping[str, int]
"""Whole øre of each member, by id."""


@dataclass(frozen=True)
class YearsToCome:
    """What the members of each office pay in the years to come, by host; whole øre.

    Parameters
    ----------
    drift
        By year of the projection, if the cost stays; of offices for all of whose members it is known.
    phase_in
        In each year of the phase-in, the first first.
    """

    drift: Mapping[str, Mapping[int, Paid]] = field(default_factory=dict)
    phase_in: Mapping[str, tuple[Paid, ...]] = field(default_factory=dict)


def years_of(world: World, found: PlanAccounts) -> YearsToCome:
    """Return what the members of each office pay in the years to come.

    Parameters
    ----------
    world
        What was asked.
    found
        The accounts of a plan.
    """
    projection = projection_of(world)
    figures = {year: figures_in(world, inhabitants) for year, inhabitants in projection.items()}
    drift, phase_in, years = {}, {}, world.scenario.money.phase_in_years
    for host, account in found.offices.items():
        if projection and all(account.shares.keys() <= of_year.keys() for of_year in projection.values()):
            drift[host] = drifting(account, figures)
        if years:
            phase_in[host] = tuple(phased_in(account, paid_today(found, account), years))
    return YearsToCome(drift, phase_in)


def projection_of(world: World) -> Mapping[int, Mapping[str, float]]:
    """Return the projected inhabitants by year and number; none where the key does not follow them."""
    if world.kroner is None or not DRIFTING & terms_of(world).key.parts.keys():
        return {}
    return world.kroner.projection


def figures_in(world: World, inhabitants: Mapping[str, float]) -> Figures:
    """Return the figures of the key in a year; needs grow with the inhabitants as those that are estimated."""
    now, per_1000 = terms_of(world).figures, world.scenario.planners.need_per_1000
    need = {
        id_: max(0.0, now["need"][id_] + per_1000 * (many - now["inhabitants"][id_]) / 1000)
        for id_, many in inhabitants.items()
    }
    return {**now, "inhabitants": inhabitants, "need": need}


def paid_today(found: PlanAccounts, account: OfficeAccount) -> list[int]:
    """Return the money that each member pays out today, whole øre in id order."""
    return [round(found.members[id_].today.cash_kr * UNITS_PER_KRONE) for id_ in account.game.players]
