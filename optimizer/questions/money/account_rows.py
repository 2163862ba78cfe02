"""The accounts of a plan as rows: one for each office, one for each municipality; kroner a year."""

from dataclasses import fields
from typing import Any, Final

from optimizer.judging.kroner.office_money import OfficeMoney
from optimizer.judging.kroner.three_states import ThreeStates, YearlyMoney
from optimizer.money import UNITS_PER_KRONE
from optimizer.questions.money.accounts import OfficeAccount, PlanAccounts
from optimizer.sharing.key_finder import KeyInterval

STATES: Final = tuple(item.name for item in fields(ThreeStates))
FIGURES: Final = tuple(item.name for item in fields(YearlyMoney))
PARTS: Final = tuple(item.name for item in fields(OfficeMoney) if item.name not in {"cost_kr", "undone_fte"})

REST: Final = {"bought_fte": "rest_fte", "bought_kr": "rest_kr"}
"""What nobody employed covers, of which only a part is really bought, by its name in tables."""


def state_facts(states: ThreeStates) -> dict[str, float]:
    """Return the three states as figures by name, and what sharing gains against each alone."""
    facts = {f"{state}_{name}": getattr(getattr(states, state), name) for state in STATES for name in FIGURES}
    return facts | {"gain_kr": states.gain_kr}


def member_rows(accounts: PlanAccounts) -> list[dict[str, Any]]:
    """Return each municipality with its host and its three states, in id order."""
    host_of = {id_: host for host, account in accounts.offices.items() for id_ in account.shares}
    return [
        {"kommunenummer": id_, "host": host_of.get(id_, id_), **state_facts(states)}
        for id_, states in accounts.members.items()
    ]


def office_rows(accounts: PlanAccounts) -> list[dict[str, Any]]:
    """Return each shared office with the parts of its cost, its three states and who would object, in host order."""
    return [office_facts(account) for account in accounts.offices.values()]


def office_facts(account: OfficeAccount) -> dict[str, Any]:
    """Return the facts of one shared office."""
    more, closing = account.paid_more(account.shares), account.closing
    leaving = account.leaving[0] if account.leaving else None
    return {
        **{REST.get(name, name): getattr(account.money, name) for name in PARTS},
        "members": list(account.money.members),
        **state_facts(account.states),
        "worse_off": list(more),
        "worse_off_kr": sum(more.values()) / UNITS_PER_KRONE,
        "leaving": [] if leaving is None else list(leaving.members),
        "leaving_kr": 0.0 if leaving is None else leaving.gain / UNITS_PER_KRONE,
        "least_excess_kr": None if account.least_excess is None else account.least_excess / UNITS_PER_KRONE,
        **interval_facts("nobody_pays_more", account.nobody_pays_more),
        **interval_facts("nobody_leaves", account.nobody_leaves),
        "closing_grant_kr": None if closing is None else closing.grant / UNITS_PER_KRONE,
    }


def interval_facts(name: str, interval: KeyInterval | None) -> dict[str, float | None]:
    """Return both ends of an interval by name; ``None`` where there is none."""
    return {
        f"{name}_from": None if interval is None else float(interval.low),
        f"{name}_to": None if interval is None else float(interval.high),
    }
