"""What the report carries so that a reader can try another grouping in it: the problem as `judge.js` reads it.

The page judges by the same rules and prices as `optimizer.judging.evaluate`, so it needs the same figures, exactly.
Travel times are most of it: whole hundredths of a minute in three bytes where they are such, else floats of eight.
"""

import base64
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from maps.told.answer import Answer
from maps.told.findings import Findings, PricedPlans
from maps.told.places.geometry import near_offices
from maps.told.plan import alphabetical
from maps.told.verdicts import decimals_of
from optimizer.disciplines import Disciplines
from optimizer.judging.offices import applies
from optimizer.money import Money
from optimizer.problem import Floats, Problem
from optimizer.terms import RULES

PER_MINUTE: Final = 100
NO_WAY: Final = 2**24 - 1
"""Stands for `optimizer.problem.UNREACHABLE` among the hundredths of a minute."""

PRICED: Final = ("bought_kr", "bought_share", "hired_share", "hire_from_fte", "office_kr", "member_kr")
"""Prices that make the term ``cost``, beside that of an årsverk."""

JUDGED: Final = ("planner_fte", "need_fte", "fixed_need_fte", "trips")


def trial_data(answer: Answer, findings: Findings) -> dict[str, Any] | None:
    """Return what the page's scripts read to try other groupings; ``None`` if the plan itself is not whole.

    Parameters
    ----------
    answer
        The plan.
    findings
        What was computed beside it.
    """
    problem, facts = answer.problem, answer.facts
    ids = active_ids(problem)
    host_of = answer.grouping.host_of
    if set(host_of) != set(ids) or not set(host_of.values()) <= set(ids):
        return None
    at = {id_: i for i, id_ in enumerate(ids)}
    members = [answer.plan.members[id_] for id_ in ids]
    ranked = sorted(range(len(ids)), key=lambda i: (alphabetical(members[i].county), alphabetical(members[i].label)))
    return {
        "judge": judge_data(problem),
        "run": facts.checksum,
        "plan": answer.grouping.letters,
        "status": facts.status,
        "bound": facts.bound,
        "near": near_pairs(answer.municipalities, answer.links, at),
        "rank": np.argsort(ranked).tolist(),
        "regions": [member.region for member in members],
        "vacancy": findings.vacancy_share,
        "plans": other_plans(host_of, at, findings.tradeoff),
    }


def other_plans(
    host_of: Mapping[str, str], at: Mapping[str, int], priced: PricedPlans | None
) -> list[list[tuple[int, int]]]:
    """Return whose host differs in each plan along the price of a missing årsverk: pairs of positions."""
    return [
        [(at[id_], at[host]) for id_, host in plan.host_of.items() if host != host_of[id_]]
        for plan in (priced.plans if priced else ())
    ]


def active_ids(problem: Problem) -> list[str]:
    """Return who is to be grouped, in the order of the ids."""
    return sorted(id_ for id_, active in zip(problem.ids, problem.active, strict=True) if active)


def judge_data(problem: Problem) -> dict[str, Any]:
    """Return a problem as ``judge.js`` reads it: who is grouped by position in id order, then whom links may cross.

    Parameters
    ----------
    problem
        Rules, prices and figures.
    """
    ids = active_ids(problem)
    crossed = [id_ for id_ in problem.ids if id_ not in set(ids)] if problem.limits.contiguity == "through" else []
    where = np.array([problem.index[id_] for id_ in (*ids, *crossed)])
    active = where[: len(ids)]
    at = {id_: i for i, id_ in enumerate(ids)}
    pins = problem.pins
    return {
        "ids": ids,
        "nodes": len(where),
        "minutes": minutes_data(problem.minutes[np.ix_(active, active)]),
        "links": np.argwhere(np.triu(problem.links[np.ix_(where, where)], 1)).ravel().tolist(),
        "counties": [problem.counties[i] for i in active],
        "statsforvaltere": [problem.statsforvaltere[i] for i in active],
        **{name: numbers(getattr(problem, name)[active]) for name in JUDGED},
        "barred": np.flatnonzero(~problem.may_host[active]).tolist(),
        "decided": positions(at, problem.decided_hosts),
        "fixed_kept": problem.fixed_kept,
        **({"road_fte_per_minute": problem.road_fte_per_minute} if problem.road_fte_per_minute else {}),
        "terms": list(problem.counted),
        "money": None if problem.money is None else money_data(problem.money, active),
        "disciplines": None if problem.disciplines is None else discipline_data(problem.disciplines, at),
        "rules": {
            name: {"of": rule.of, "decimals": decimals_of(name), "applies": applies(problem, name)}
            for name, rule in RULES.items()
        },
        "limits": asdict(problem.limits),
        "weights": asdict(problem.weights),
        "pins": {
            "together": [positions(at, some) for some in pins.together],
            "apart": [positions(at, some) for some in pins.apart],
            "fixed": sorted([at[id_], at[host]] for id_, host in pins.fixed.items()),
            "must_host": positions(at, pins.must_host),
            "may_not_host": positions(at, pins.may_not_host),
            "leave_out": sorted(pins.leave_out),
            "held": [[at[host], positions(at, members)] for host, members in sorted(pins.held.items())],
        },
    }


def money_data(money: Money, active: NDArray[np.intp]) -> dict[str, Any]:
    """Return prices in kroner, and what is particular to each who is grouped; ``null`` where one says nothing."""
    alone = [None if np.isnan(kr) else float(kr) for kr in money.alone_kr[active]]
    return {
        **{name: getattr(money.prices, name) for name in PRICED},
        "fte_kr": numbers(money.fte_kr[active]),
        "alone_kr": None if all(kr is None for kr in alone) else alone,
    }


def discipline_data(known: Disciplines, at: Mapping[str, int]) -> dict[str, Any]:
    """Return who needs which discipline, and what is held where it is known."""
    need, names = known.need, known.need.names
    return {
        "names": names,
        "shares": [need.shares.get(name, 0.0) for name in names],
        "threshold": need.threshold,
        "needed": [positions(at, need.only_for[name] & at.keys()) if name in need.only_for else None for name in names],
        "table": {
            at[id_]: [[(one := known.held(name, id_, 0.0)).fte, one.people] for name in names]
            for id_ in sorted(known.table.keys() & at.keys())
        },
    }


def positions(at: Mapping[str, int], ids: Collection[str]) -> list[int]:
    """Return the positions of some municipalities, ascending."""
    return sorted(at[id_] for id_ in ids)


def numbers(values: Floats) -> list[float] | float:
    """Return figures as a list, or as one number if all are the same."""
    return float(values[0]) if (values == values[0]).all() else values.tolist()


def minutes_data(minutes: Floats) -> dict[str, Any]:
    """Return travel times as text, without loss; of a symmetric table the upper half.

    Parameters
    ----------
    minutes
        Minutes from row to column (n, n).
    """
    n = len(minutes)
    symmetric = bool((minutes == minutes.T).all())
    rows, columns = np.triu_indices(n, 1) if symmetric else np.nonzero(~np.eye(n, dtype=bool))
    values = minutes[rows, columns]
    reachable = np.isfinite(values)
    whole = np.where(reachable, np.rint(np.where(reachable, values, 0) * PER_MINUTE), NO_WAY)
    exact = (whole[reachable] / PER_MINUTE == values[reachable]).all() and (whole[reachable] < NO_WAY).all()
    content: NDArray[Any] = (
        whole.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3] if exact else values.astype("<f8").view(np.uint8)
    )
    return {
        "form": "hundredths" if exact else "floats",
        "symmetric": symmetric,
        "data": base64.b64encode(np.ascontiguousarray(content).tobytes()).decode(),
    }


def near_pairs(municipalities: gpd.GeoDataFrame, links: pd.DataFrame, at: Mapping[str, int]) -> list[int]:
    """Return pairs of positions whose offices need different colours, as in `maps.told.plan`, in a row."""
    near = near_offices(
        municipalities.geometry.to_numpy(), [id_ if id_ in at else None for id_ in municipalities.index]
    )
    pairs = {(at[a], at[b]) for a, others in near.items() for b in others}
    pairs |= {(at[a], at[b]) for a, b in zip(links["a"], links["b"], strict=True) if a in at and b in at}
    return [i for pair in sorted({(min(pair), max(pair)) for pair in pairs}) for i in pair]
