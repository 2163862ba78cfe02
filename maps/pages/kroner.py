"""What the report carries so that it can count kroner: prices and figures as ``kroner.js`` reads them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from maps.pages.trial import active_ids, numbers
from maps.told.kroner import KronerFacts, PossibleOffices
from optimizer.judging.kroner.three_states import today_of
from optimizer.money import Money
from optimizer.problem import Problem


def kroner_data(problem: Problem, kroner: KronerFacts) -> dict[str, Any]:
    """Return prices, figures, and what takes a solver to know of each office of the plan.

    Parameters
    ----------
    problem
        What is asked.
    kroner
        The plan in kroner.
    """
    ids = active_ids(problem)
    at = {id_: i for i, id_ in enumerate(ids)}
    active = np.array([problem.index[id_] for id_ in ids])
    alone = kroner.money.alone_kr[active]
    sharing = {id_ for _, members in kroner.money.shared_today for id_ in members}
    return {
        "key": dict(kroner.key),
        "shared_part": kroner.shared_part,
        "prices": asdict(kroner.money.prices),
        "fte_kr": numbers(kroner.money.fte_kr[active]),
        "minute_kr": numbers(kroner.money.minute_kr[active]),
        "alone_kr": None if np.isnan(alone).all() else [None if np.isnan(kr) else float(kr) for kr in alone],
        "hours": [kroner.hours.get(id_) for id_ in ids] if kroner.hours else None,
        "there": [
            [at[id_] for id_ in sorted(members)] for _, members in kroner.money.shared_today if set(members) <= set(at)
        ],
        "today": {at[id_]: today_data(problem, kroner.money, id_) for id_ in ids if id_ in sharing},
        "offices": {
            f"{at[host]}:{','.join(str(at[id_]) for id_ in office.members)}": {
                "groups": office.groups if office.tried else None,
                "solved": office.solved,
            }
            for host, office in kroner.offices.items()
        },
        "possible": None if kroner.possible is None else possible_data(kroner.possible, at),
    }


def today_data(problem: Problem, money: Money, id_: str) -> dict[str, float]:
    """Return what a municipality pays and has today."""
    year = today_of(problem, money, id_)
    return {
        "cost": year.cost_kr,
        "cash": year.cash_kr,
        "undone": year.undone_fte,
        "posts": year.posts_fte,
        "bought": year.bought_fte,
    }


def possible_data(possible: PossibleOffices, at: Mapping[str, int]) -> dict[str, Any]:
    """Return every group that could be an office, its members by position, and both ends of the sum of prices."""
    return {
        "groups": [[at[id_] for id_ in members] for members in possible.groups],
        "costs": list(possible.costs),
        "prices": [possible.most, possible.proved],
    }
