"""Which offices of a pool keep the rules on kroner: both look at one group and its subgroups, which are in the pool.

So they filter columns before the search, and proof and bound hold as they are. The specification of the rules is
`optimizer.judging.kroner.office_game`, which shares no code with this module but the games themselves.
"""

from dataclasses import replace
from math import factorial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.candidates import CandidatePool, Indices, Integers
from optimizer.engines.columns.kroner import NOT_LEGAL, KronerColumns
from optimizer.problem import Bools, Floats
from optimizer.sharing.core import SLACK, least_excess
from optimizer.sharing.game import Game
from optimizer.sharing.keys import Figures, SharingKey
from optimizer.sharing.nucleolus import nucleolus

ROUNDING: Final = 1e-12
"""Share of a cost: what sums of floats may be off."""
STEPS: Final = 40
"""Towards a sharing that contents everybody, before a linear programme is asked."""
OVERSHOOT: Final = 1.1
"""Of each step: a little more than what is missed, so that few steps end inside."""


def keeping(columns: KronerColumns, *rules: Bools) -> CandidatePool:
    """Return the pool of the offices that keep all of these rules, as complete as it was: a filter loses no plan.

    Where a rule looks at the cost at the office's own host, the pool must have each group at every host that may have
    it: one that breaks the rule at its best host may keep it at another.

    Parameters
    ----------
    columns
        Offices and costs.
    rules
        Which offices keep each rule (k,).
    """
    kept = np.logical_and.reduce(rules, axis=0) if rules else np.ones(len(columns.pool), dtype=bool)
    return replace(columns.pool.take(np.flatnonzero(kept)), complete=columns.pool.complete)


def stable_columns(columns: KronerColumns) -> Bools:
    """Return which offices can share their cost so that no subgroup would do better by itself (k,)."""
    kept = np.ones(len(columns.pool), dtype=bool)
    for rows, members in columns.by_size():
        kept[rows] = stable_groups(columns, rows, members)
    return kept


def stable_groups(columns: KronerColumns, rows: NDArray[np.intp], members: Indices) -> Bools:
    """Return which offices of one size are stable (r,).

    All members together must not lose, and no part and the rest may save more apart. If a sharing is found that
    contents every part, nothing more is asked: few offices are left for a linear programme.

    Parameters
    ----------
    columns
        Offices and costs.
    rows, members
        Those asked of (r,), and their members in id order (r, size).
    """
    size = members.shape[1]
    saving = columns.alone[members].sum(axis=1) - columns.own[rows]
    kept = np.asarray(saving >= 0)
    if size <= 2:
        return kept
    savings = subgroup_savings(columns, members)
    known = np.nan_to_num(savings, nan=-np.inf)
    # A part and the rest are each other's mirror image in the order of the parts.
    split = (np.maximum(known, 0) + np.maximum(known[:, ::-1], 0)).max(axis=1) > saving + SLACK * size
    settled = contented(known, saving)
    kept &= settled | ~split
    parts, everybody = parts_of(size).astype(np.float64), np.ones((1, size))
    for row in np.flatnonzero(kept & ~settled):
        formed = ~np.isnan(savings[row])
        of_all = saving[row : row + 1].astype(np.float64)
        kept[row] = least_excess(parts[formed], savings[row, formed], everybody, of_all).excess <= SLACK
    return kept


def contented(savings: Floats, saving: Integers) -> Bools:
    """Return for which groups of one size a sharing that contents every part is found in a few steps (r,).

    The first gives each the same gain. Each further step takes from the rest, in equal parts, what the least content
    part misses (relaxation method of Agmon 1954 and of Motzkin and Schoenberg 1954). Where nothing is found there may
    still be such a sharing.

    Parameters
    ----------
    savings
        What each part saves by itself (r, 2**size - 2), minus infinity for parts that could not be.
    saving
        What each group saves (r,).
    """
    size = (savings.shape[1] + 2).bit_length() - 1
    parts = parts_of(size).astype(np.float64)
    sizes = parts.sum(axis=1, keepdims=True)
    steps = parts / sizes - (1 - parts) / (size - sizes)
    found = np.zeros(len(saving), dtype=bool)
    left, many = np.repeat(saving[:, None] / size, size, axis=1), np.arange(len(saving))
    for _ in range(STEPS):
        missing = savings[many] - left @ parts.T
        worst = missing.argmax(axis=1)
        most = missing.max(axis=1)
        found[many[most <= 0]] = True
        left, many, worst, most = (values[most > 0] for values in (left, many, worst, most))
        left = left + OVERSHOOT * most[:, None] * steps[worst]
    return found


def subgroup_savings(columns: KronerColumns, members: Indices) -> Floats:
    """Return what each part of some groups of one size would save by itself (r, 2**size - 2); impossible parts nan."""
    costs = columns.subgroup_costs(members)
    inside = columns.alone[members] @ parts_of(members.shape[1]).T
    return np.where(costs == NOT_LEGAL, np.nan, inside - np.where(costs == NOT_LEGAL, 0, costs))


def parts_of(size: int) -> Integers:
    """Return whether each part of a group has each place, 1 or 0 (2**size - 2, size)."""
    return np.arange(1, (1 << size) - 1)[:, None] >> np.arange(size) & 1


def columns_nobody_worse(
    columns: KronerColumns, key: SharingKey, figures: Figures, own: Integers | None = None
) -> Bools:
    """Return in which offices nobody pays more by a key than alone (k,).

    Parameters
    ----------
    columns
        Offices and costs.
    key
        Without faults.
    figures
        Of each municipality, for keys in proportion to a figure.
    own
        Whole øre that each municipality pays of its own whatever happens (m,); only the rest is shared.
    """
    kept = np.ones(len(columns.pool), dtype=bool)
    own = np.zeros(len(columns.alone), dtype=np.int64) if own is None else own
    for rows, members in columns.by_size():
        size = members.shape[1]
        if size == 1:
            continue
        alone = columns.alone[members] - own[members]
        total = columns.own[rows] - own[members].sum(axis=1)
        if "equal_gain" in key.parts or ("alone" in key.parts and (alone >= 0).all()):
            kept[rows] = total <= alone.sum(axis=1)
        elif "shapley" in key.parts:
            shares = shapley_shares(columns, members, columns.own[rows])
            kept[rows] = (shares <= columns.alone[members] + ROUNDING * columns.own[rows, None]).all(axis=1)
        elif "nucleolus" in key.parts:
            kept[rows] = nobody_worse_by_nucleolus(columns, rows, members)
        else:
            part = np.zeros(members.shape)
            for name, share in key.parts.items():
                part = part + share * proportions(columns, name, figures, members, np.maximum(alone, 0))
            kept[rows] = (total[:, None] * part <= alone + ROUNDING * columns.own[rows, None]).all(axis=1)
    return kept


def proportions(columns: KronerColumns, name: str, figures: Figures, members: Indices, alone: Integers) -> Floats:
    """Return what part of a cost each member pays by a key (r, size); equal parts where all figures are 0."""
    equal = np.full(members.shape, 1 / members.shape[1])
    if name == "equal":
        return equal
    given = figures.get(name, {})
    values = alone if name == "alone" else np.array([float(given[id_]) for id_ in columns.pool.ids])[members]
    sums = values.sum(axis=1, keepdims=True)
    return np.where(sums > 0, values / np.where(sums > 0, sums, 1.0), equal)


def shapley_shares(columns: KronerColumns, members: Indices, totals: Integers) -> Floats:
    """Return what each member pays by the Shapley value (r, size); see `optimizer.sharing.shapley`.

    Parameters
    ----------
    columns
        Offices and costs.
    members
        Groups of one size, in id order (r, size).
    totals
        What each group pays (r,).
    """
    size = members.shape[1]
    everybody = (1 << size) - 1
    costs = np.concatenate((np.zeros((len(members), 1)), columns.subgroup_costs(members), totals[:, None]), axis=1)
    for whole in range(1, everybody):
        first, part = whole & -whole, whole
        while part:
            if part & first:
                costs[:, whole] = np.minimum(costs[:, whole], costs[:, part] + costs[:, whole ^ part])
            part = (part - 1) & whole
    shares = np.zeros(members.shape)
    for i in range(size):
        for before in range(everybody):
            if not before >> i & 1:
                others = before.bit_count()
                weight = factorial(others) * factorial(size - others - 1) / factorial(size)
                shares[:, i] = shares[:, i] + weight * (costs[:, before | 1 << i] - costs[:, before])
    return shares


def nobody_worse_by_nucleolus(columns: KronerColumns, rows: NDArray[np.intp], members: Indices) -> Bools:
    """Return in which groups of one size nobody pays more by the nucleolus than alone (r,).

    A stable group's nucleolus is a sharing that nobody refuses, and where all lose somebody does: the rest is computed.
    """
    kept = columns.alone[members].sum(axis=1) >= columns.own[rows]
    for row in np.flatnonzero(kept & ~stable_groups(columns, rows, members)):
        game = game_of_column(columns, rows[row], members[row])
        kept[row] = all(share <= alone for share, alone in zip(nucleolus(game), game.alone, strict=True))
    return np.asarray(kept)


def game_of_column(columns: KronerColumns, row: int, members: Indices) -> Game:
    """Return the game of an office of the pool, by its members in id order (size,)."""
    everybody = (1 << len(members)) - 1
    costs = enumerate(columns.subgroup_costs(members[None, :])[0].tolist(), start=1)
    formed = {pattern: cost for pattern, cost in costs if cost != NOT_LEGAL}
    return Game(tuple(columns.pool.ids[i] for i in members), formed | {everybody: int(columns.own[row])})
