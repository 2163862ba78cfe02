"""Compare groupings: their figures, what moved between them, and what they agree on.

Every grouping is judged by one problem. Offices of two groupings are matched so that the most municipalities that share
an office in both stay in matched ones (a maximum-weight matching), whatever the offices are called; of equally good
matchings one that matches more offices of one, then one with more unchanged hosts. A municipality has moved if its
office in the one is not matched with its office in the other, or if it stands alone in only one of them: those alone
before, less those who join an office, with those who leave theirs, are those alone after.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from optimizer.checking.kinds import require
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.judging.figures import TOLERANCE
from optimizer.problem import Problem, ProblemError
from optimizer.shown import Shown, minutes_equivalents
from optimizer.terms import TERMS


@dataclass(frozen=True)
class Agreement:
    """What holds in every option.

    Parameters
    ----------
    blocks
        Largest sets of two or more municipalities that are together in all; ids in order.
    pairs, pairs_in_any
        Number of pairs together in all, and in at least one.
    hosts
        Hosts of a shared office in all.
    alone
        Who stands alone in all.
    same_partners
        Who has exactly the same partners in all, those alone in all included.
    """

    blocks: tuple[tuple[str, ...], ...]
    pairs: int
    pairs_in_any: int
    hosts: tuple[str, ...]
    alone: tuple[str, ...]
    same_partners: tuple[str, ...]


OF_ONE = 1 / 2**10
"""What a municipality adds to a matching that stands alone in one of the groupings: less in all than any other (there
are at most 400 offices)."""
SAME_HOST = OF_ONE / 2**10
"""What an unchanged host adds: less in all than that."""


@dataclass(frozen=True)
class Figure:
    """A key figure.

    Parameters
    ----------
    name
        In JSON and CSV.
    unit
        Of the value.
    meaning
        One line.
    """

    name: str
    unit: str
    meaning: str


def of_term(name: str) -> Figure:
    """Return a term's raw value as a key figure."""
    return Figure(name, TERMS[name].unit, TERMS[name].meaning)


FIGURES: Final = {
    figure.name: figure
    for figure in (
        Figure("offices", "offices", "shared offices, those of two or more municipalities"),
        Figure("alone", "municipalities", "municipalities that stand alone"),
        Figure(
            "critical_mass_share",
            "share",
            "municipalities in an office that employs limits.min_office_fte or more, offices of one included, "
            "of all municipalities",
        ),
        Figure("mean_minutes", "minutes", "mean journey of the members that are not hosts, one way"),
        Figure("p90_minutes", "minutes", "nine of ten of these journeys are no longer (nearest rank)"),
        Figure("longest_minutes", "minutes", "the longest of these journeys"),
        *map(of_term, ("county_lines", "statsforvalter_lines")),
        Figure("pooled_fte", "årsverk", "planners employed by municipalities that share an office"),
        of_term("unmet_need"),
        Figure("violations", "breaches", "breaches of the rules that all options are judged by"),
    )
}


@dataclass(frozen=True)
class Option:
    """One grouping to compare.

    Parameters
    ----------
    label
        Unique.
    grouping
        Who has which host.
    evaluation
        By the one problem.
    figures
        Values of `FIGURES`; ``None`` where there are no journeys, infinite where one cannot be made.
    """

    label: str
    grouping: Grouping
    evaluation: Evaluation
    figures: Mapping[str, float | None]


@dataclass(frozen=True)
class Match:
    """An office of one grouping and its counterpart in another.

    Parameters
    ----------
    before, after
        Hosts; ``None`` where the office has no counterpart.
    stayed, left, joined
        Members in both, only before and only after; ids in order.
    """

    before: str | None
    after: str | None
    stayed: tuple[str, ...]
    left: tuple[str, ...]
    joined: tuple[str, ...]


MoveKind = Literal["joins", "leaves", "changes"]


@dataclass(frozen=True)
class Move:
    """A municipality that has moved.

    Parameters
    ----------
    id
        The municipality.
    kind
        ``joins`` a shared office, or becomes its host, after standing alone; ``leaves`` one and stands alone; or
        ``changes`` from one to another.
    before, after
        Hosts.
    minutes_before, minutes_after
        To the hosts.
    """

    id: str
    kind: MoveKind
    before: str
    after: str
    minutes_before: float
    minutes_after: float


@dataclass(frozen=True)
class Difference:
    """What differs between two options.

    Parameters
    ----------
    before, after
        Labels.
    matches
        Every office of both that is shared in one of them, in order of its host.
    moves
        In id order.
    new_hosts
        Matched offices, shared in both, whose host differs: ``(before, after)``.
    """

    before: str
    after: str
    matches: tuple[Match, ...]
    moves: tuple[Move, ...]
    new_hosts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, repr=False)
class Comparison(Shown):
    """Options side by side.

    Parameters
    ----------
    options
        In the order given.
    differences
        Of each further option from the first.
    moved
        Number of moved municipalities between any two options, (n, n), symmetric.
    agreement
        Of all.
    """

    options: tuple[Option, ...]
    differences: tuple[Difference, ...]
    moved: tuple[tuple[int, ...], ...]
    agreement: Agreement

    def in_short(self) -> str:
        """Return each option with its objective."""
        told = (f"{option.label} {minutes_equivalents(option.evaluation.objective)}" for option in self.options)
        return ", ".join(told)

    def rows(self) -> list[dict[str, object]]:
        """Return each option: its objective, its key figures, and how many move against the first."""
        return [
            {"option": option.label, "objective": option.evaluation.objective, **option.figures, "moved": moved}
            for option, moved in zip(self.options, self.moved[0], strict=True)
        ]


def compare(problem: Problem, groupings: Mapping[str, Grouping]) -> Comparison:
    """Compare groupings of the same municipalities.

    Parameters
    ----------
    problem
        Judges all of them.
    groupings
        By label, two or more; each holds the same municipalities of the problem, with hosts that it knows.

    Raises
    ------
    ProblemError
        If the problem is none, or the groupings are none.
    """
    require(problem=(problem, Problem), groupings=(groupings, Mapping[str, Grouping]))
    if not groupings:
        raise ProblemError(["groupings holds nothing; expected two or more by their labels"])
    options = tuple(option_of(problem, label, grouping) for label, grouping in groupings.items())
    count = np.zeros((len(options), len(options)), dtype=int)
    differences = []
    for (i, one), (j, other) in combinations(enumerate(options), 2):
        found = difference(problem, one, other)
        count[i, j] = count[j, i] = len(found.moves)
        if i == 0:
            differences.append(found)
    moved = tuple(tuple(map(int, row)) for row in count)
    return Comparison(options, tuple(differences), moved, agreement([option.grouping for option in options]))


def option_of(problem: Problem, label: str, grouping: Grouping) -> Option:
    """Return a grouping with its judgement and key figures."""
    evaluation = evaluate(problem, grouping)
    return Option(label, grouping, evaluation, key_figures(problem, grouping, evaluation))


def key_figures(problem: Problem, grouping: Grouping, evaluation: Evaluation) -> dict[str, float | None]:
    """Return the values of `FIGURES`."""
    offices = evaluation.offices
    reaching = sum(len(office.members) for office in offices if office.missing_fte <= TOLERANCE)
    ways = sorted(minutes(problem, id_, host) for id_, host in grouping if id_ != host)
    return {
        "offices": len(evaluation.shared),
        "alone": len(evaluation.alone),
        "critical_mass_share": reaching / len(grouping) if len(grouping) else None,
        "mean_minutes": math.fsum(ways) / len(ways) if ways else None,
        "p90_minutes": ways[math.ceil(0.9 * len(ways)) - 1] if ways else None,
        "longest_minutes": ways[-1] if ways else None,
        **{name: evaluation.terms[name].value for name in ("county_lines", "statsforvalter_lines")},
        "pooled_fte": math.fsum(office.planner_fte for office in evaluation.shared),
        "unmet_need": evaluation.terms["unmet_need"].value,
        "violations": len(evaluation.violations),
    }


def minutes(problem: Problem, id_: str, host: str) -> float:
    """Return the journey from a municipality to a host."""
    return float(problem.minutes[problem.index[id_], problem.index[host]])


def matched(before: Grouping, after: Grouping) -> dict[str, str]:
    """Return the hosts of matched offices, from before to after; offices without a common member never match."""
    rows, columns = list(before.offices), list(after.offices)
    row, column = {host: i for i, host in enumerate(rows)}, {host: j for j, host in enumerate(columns)}
    overlap = np.zeros((len(rows), len(columns)))
    for id_, host in before:
        if id_ in after.host_of:
            now = after.host_of[id_]
            both = len(before.offices[host]) > 1 < len(after.offices[now])
            overlap[row[host], column[now]] += 1 if both else OF_ONE
    for host in row.keys() & column.keys():
        overlap[row[host], column[host]] += SAME_HOST * (overlap[row[host], column[host]] > 0)
    # Each pair has an edge, so that all offices of the smaller plan are matched; those in common decide with whom.
    edges = csr_array(1.0 + overlap)
    chosen = zip(*min_weight_full_bipartite_matching(edges, maximize=True), strict=True)
    return {rows[i]: columns[j] for i, j in chosen if overlap[i, j]}


def difference(problem: Problem, one: Option, other: Option) -> Difference:
    """Return what differs between two options."""
    before, after = one.grouping, other.grouping
    pairs = matched(before, after)
    back = {host: old for old, host in pairs.items()}
    matches = [match_of(before, after, host, pairs.get(host)) for host in before.offices]
    matches += [match_of(before, after, None, host) for host in after.offices if host not in back]
    moves = [
        Move(id_, kind, host, now, minutes(problem, id_, host), minutes(problem, id_, now))
        for id_, host in before
        for now in [after.host_of[id_]]
        if (kind := move_kind(before, after, id_, counterpart=pairs.get(host) == now)) is not None
    ]
    shared = {
        *((host, None) for host, members in before.offices.items() if len(members) > 1),
        *((None, host) for host, members in after.offices.items() if len(members) > 1),
    }
    kept = tuple(match for match in matches if {(match.before, None), (None, match.after)} & shared)
    hosts = tuple(
        (match.before, match.after)
        for match in kept
        if match.before is not None and match.after is not None and match.before != match.after
        if len(before.offices[match.before]) > 1 and len(after.offices[match.after]) > 1
    )
    return Difference(one.label, other.label, kept, tuple(moves), hosts)


def move_kind(before: Grouping, after: Grouping, id_: str, *, counterpart: bool) -> MoveKind | None:
    """Return how a municipality has moved; ``None`` if it has not.

    Parameters
    ----------
    before, after
        Two groupings.
    id_
        The municipality.
    counterpart
        Whether its offices in the two are matched.
    """
    shared = [len(one.offices[one.host_of[id_]]) > 1 for one in (before, after)]
    if shared[0] != shared[1]:
        return "joins" if shared[1] else "leaves"
    return None if counterpart else "changes"


def match_of(before: Grouping, after: Grouping, old: str | None, new: str | None) -> Match:
    """Return two matched offices, or one without a counterpart."""
    was = set(before.offices[old]) if old is not None else set()
    now = set(after.offices[new]) if new is not None else set()
    return Match(old, new, *(tuple(sorted(ids)) for ids in (was & now, was - now, now - was)))


def agreement(groupings: Sequence[Grouping]) -> Agreement:
    """Return what holds in every grouping."""
    everybody = sorted(set.intersection(*({id_ for id_, _ in grouping} for grouping in groupings)))
    blocks: dict[tuple[str, ...], list[str]] = {}
    for id_ in everybody:
        blocks.setdefault(tuple(grouping.host_of[id_] for grouping in groupings), []).append(id_)
    together = tuple(tuple(block) for block in blocks.values() if len(block) > 1)
    anywhere = {
        pair for grouping in groupings for members in grouping.offices.values() for pair in combinations(members, 2)
    }
    hosts = [{host for host, members in grouping.offices.items() if len(members) > 1} for grouping in groupings]
    alone = [{host for host, members in grouping.offices.items() if len(members) == 1} for grouping in groupings]
    return Agreement(
        together,
        sum(math.comb(len(block), 2) for block in together),
        len(anywhere),
        tuple(sorted(set.intersection(*hosts))),
        tuple(sorted(set.intersection(*alone))),
        tuple(
            id_ for id_ in everybody if len({grouping.offices[grouping.host_of[id_]] for grouping in groupings}) == 1
        ),
    )
