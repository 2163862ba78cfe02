"""The accounts of a plan in kroner, as its scenario asks for them."""

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from math import ceil
from typing import Any, Final

import numpy as np

from maps.told.kroner import Interval, KronerFacts, OfficeKroner, PossibleOffices
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.money import UNITS_PER_KRONE, SharingTerms
from optimizer.questions.money.accounts import OfficeAccount, PlanAccounts, plan_accounts
from optimizer.questions.money.kroner_difference import KronerDifference, kroner_difference
from optimizer.sharing.keys import SharingKey
from scenarios.world import inputs
from scenarios.world.build import World
from scenarios.world.inputs import MOST_SHAPLEY
from scenarios.world.leaving import PlanHold
from scenarios.world.plain import plain

KEYS_TOLD: Final = ("equal", "inhabitants", "need", "use", "alone", "equal_gain", "shapley", "nucleolus")
"""Keys by which every member's part is told."""
GROUPED: Final = frozenset({"shapley", "nucleolus"})
"""Keys that look at the subgroups of an office; in a large one there are too many of them."""
PRICES: Final = "prices"


def key_of(world: World) -> SharingKey:
    """Return the key by which the scenario shares."""
    return terms_of(world).key


@lru_cache(maxsize=4)  # tables, pages and the answer of a run ask
def terms_of(world: World) -> SharingTerms:
    """Return how the members of an office share its cost."""
    return inputs.sharing_terms(world.scenario, world.municipalities, world.kroner)


def key_text(key: SharingKey) -> str:
    """Return a key as it is written in tables and on the command line: ``equal``, ``equal=0.4,inhabitants=0.6``."""
    if list(key.parts.values()) == [1.0]:
        return next(iter(key.parts))
    return ",".join(f"{name}={share}" for name, share in key.parts.items())


def estimated(world: World, ids: Iterable[str]) -> list[str]:
    """Return what in the kroner of some municipalities is an estimate: always the prices, and figures of planners."""
    some = frozenset(ids)
    return [PRICES, *(figure for figure, who in world.estimates.items() if who & some)]


def without_accounts(world: World, grouping: Grouping) -> str | None:
    """Return why a grouping has no accounts, ``None`` if it has.

    Returns
    -------
    str or None
        ``disabled``: kroner are not counted; ``incomplete``: somebody has no host; ``unreachable``: somebody cannot
        reach it; ``large``: an office has more members than its key can be computed for.
    """
    if world.kroner is None:
        return "disabled"
    found = evaluate(world.problem, grouping)
    if any(violation.rule == "complete" for violation in found.violations):
        return "incomplete"
    if not all(np.isfinite(office.longest_minutes) for office in found.offices):
        return "unreachable"
    return "large" if too_large(key_of(world), grouping) else None


def too_large(key: SharingKey, grouping: Grouping) -> bool:
    """Return whether an office has more members than a key can be computed for."""
    return bool(GROUPED & key.parts.keys()) and any(len(some) > MOST_SHAPLEY for some in grouping.offices.values())


@lru_cache(maxsize=4)  # tables, pages and the answer of a run ask
def accounts_of(world: World, grouping: Grouping) -> PlanAccounts | None:
    """Return the accounts of a plan; ``None`` where `without_accounts` says why.

    Parameters
    ----------
    world
        What is asked.
    grouping
        The plan.
    """
    if world.kroner is None or without_accounts(world, grouping):
        return None
    terms = terms_of(world)
    return plan_accounts(world.problem, world.kroner.money, grouping, terms)


def difference_of(world: World, before: Grouping, after: Grouping, municipality: str) -> KronerDifference | None:
    """Return what another plan changes in kroner, for one municipality and for whom else; ``None`` without accounts.

    Parameters
    ----------
    world
        What is asked.
    before, after
        The plan that is explained, and another.
    municipality
        Id of that which is asked about.
    """
    if world.kroner is None or any(without_accounts(world, plan) for plan in (before, after)):
        return None
    return kroner_difference(world.problem, world.kroner.money, terms_of(world), (before, after), municipality)


@lru_cache(maxsize=1)
def by_keys(found: PlanAccounts) -> dict[str, dict[str, float]]:
    """Return what each municipality would pay by each of `KEYS_TOLD`, kroner; nothing where that cannot be computed."""
    alone = {id_: states.shared.cost_kr for id_, states in found.single.items()}
    ways: dict[str, dict[str, float]] = {}
    for key in KEYS_TOLD:
        ways[key] = dict(alone)
        for account in found.offices.values():
            with suppress(ArithmeticError):  # a sharing that does not pass its check is not told
                if can_share(account, key):
                    shares = account.shares_by(SharingKey.of(key))
                    ways[key] |= {id_: paid / UNITS_PER_KRONE for id_, paid in shares.items()}
    return ways


def can_share(account: OfficeAccount, key: str) -> bool:
    """Return whether an office can share by a key: ``use`` takes the hours of all, others a small office."""
    if key == "use":
        return set(account.money.members) <= account.terms.figures.get("use", {}).keys()
    return key not in GROUPED or account.groups_tried


def page_facts(world: World, found: PlanAccounts | None, hold: PlanHold | None = None) -> KronerFacts | None:
    """Return the accounts of a plan, and what holds it, as pages tell them; ``None`` without accounts."""
    if world.kroner is None or found is None:
        return None
    return KronerFacts(
        money=found.money,
        key=key_of(world).parts,
        shared_part=world.scenario.money.shared_part,
        hours=world.kroner.hours,
        offices={host: office_kroner(account) for host, account in found.offices.items()},
        members=found.members,
        ways=by_keys(found),
        possible=possible_facts(hold),
        several_zones=world.kroner.several_zones,
        starting=found.starting,
        if_need_stayed=found.if_need_stayed,
    )


def possible_facts(hold: PlanHold | None) -> PossibleOffices | None:
    """Return every group that could be an office; ``None`` where that is not known."""
    if hold is None or hold.prices is None:
        return None
    columns, prices = hold.columns, hold.prices
    groups = [columns.pool.office(row)[1] for row in range(len(columns.pool))]
    return PossibleOffices(groups, columns.cheapest.tolist(), prices.proved, prices.most)


def solved(account: OfficeAccount) -> dict[str, tuple[int, ...]]:
    """Return what each member pays by the keys that look at groups.

    A key is left out, and told as not computed, where there are too many groups or the solver's sharing does not pass
    its check.
    """
    found = {}
    for key in sorted(GROUPED):
        if can_share(account, key):
            with suppress(ArithmeticError):
                found[key] = tuple(account.shares_by(SharingKey.of(key)).values())
    return found


def office_kroner(account: OfficeAccount) -> OfficeKroner:
    """Return who objects in an office, and what takes a solver to know."""
    game, closing = account.game, account.closing
    pays, leaves = (
        None if one is None else Interval(one.low, one.high)
        for one in (account.nobody_pays_more, account.nobody_leaves)
    )
    return OfficeKroner(
        cost_kr=account.money.cost_kr,
        cash_kr=account.money.cash_kr,
        members=game.players,
        groups=tuple((group, game.costs[group]) for group in game.proper if group & (group - 1)),
        tried=account.groups_tried,
        solved=solved(account),
        pays=pays,
        leaves=leaves,
        grant_kr=None if closing is None else ceil(closing.grant / UNITS_PER_KRONE),
        hinder=() if closing is None else closing.members,
        evenly=account.evenly,
    )


def document(world: World, found: PlanAccounts | None, hold: PlanHold | None) -> dict[str, Any] | None:
    """Return the three states of the country, and what holds the plan, as plain data; ``None`` without accounts."""
    if found is None:
        return None
    return {
        "key": key_text(key_of(world)),
        **plain(found.country),
        "gain_kr": plain(found.country.gain_kr),
        "worse_off": sum(bool(account.paid_more(account.shares)) for account in found.offices.values()),
        "hold": None if hold is None else plain(hold.facts()),
        "estimated": estimated(world, found.members),
    }
