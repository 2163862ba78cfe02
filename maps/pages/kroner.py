"""What the report carries so that it can count kroner: prices and figures as ``kroner.js`` reads them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from maps.pages.trial import active_ids, numbers
from maps.told.kroner import KronerFacts, PossibleOffices
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
    return {
        "key": dict(kroner.key),
        "shared_part": kroner.shared_part,
        "prices": asdict(kroner.money.prices),
        "fte_kr": numbers(kroner.money.fte_kr[active]),
        "minute_kr": numbers(kroner.money.minute_kr[active]),
        "alone_kr": None if np.isnan(alone).all() else [None if np.isnan(kr) else float(kr) for kr in alone],
        "hours": [kroner.hours.get(id_) for id_ in ids] if kroner.hours else None,
        "offices": {
            f"{at[host]}:{','.join(str(at[id_]) for id_ in office.members)}": {
                "groups": office.groups if office.tried else None,
                "solved": office.solved,
            }
            for host, office in kroner.offices.items()
        },
        "possible": None if kroner.possible is None else possible_data(kroner.possible, at),
    }


def possible_data(possible: PossibleOffices, at: Mapping[str, int]) -> dict[str, Any]:
    """Return every group that could be an office, its members by position, and both ends of the sum of prices."""
    return {
        "groups": [[at[id_] for id_ in members] for members in possible.groups],
        "costs": list(possible.costs),
        "prices": [possible.most, possible.proved],
    }
