"""Hypothesis strategies for problems: every combination of rules, prices, pins, links and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from optimizer.disciplines import DisciplineNeed, Disciplines, HeldFte
from optimizer.money import KronerPrices, Money, SharingTerms
from optimizer.problem import UNREACHABLE, Limits, Pins, Problem, Weights
from optimizer.sharing.keys import SharingKey
from optimizer.terms import TERMS

MORE_THAN_ANY = 500.0


def examples(many: int) -> settings:
    """Return settings for so many examples where 100 are usual, and in proportion under the profile in force."""
    return settings(max_examples=max(min(many, 5), many * settings().max_examples // 100))


@dataclass(frozen=True)
class Numbers:
    """How numbers look.

    Parameters
    ----------
    exact
        Small multiples of a quarter: sums are exact in binary and ties are common.
    """

    exact: bool

    def between(self, lowest: int, highest: int) -> st.SearchStrategy[float]:
        """Return a strategy for numbers in a range."""
        if self.exact:
            return st.integers(lowest, highest).map(float)
        return st.integers(lowest * 7919, highest * 7919).map(lambda value: value / 7919)

    def fte(self, highest: int) -> st.SearchStrategy[float]:
        """Return a strategy for årsverk."""
        if self.exact:
            return st.integers(0, 4 * highest).map(lambda value: value / 4)
        return self.between(0, highest)

    def array(self, many: int, highest: int, step: float = 1.0) -> st.SearchStrategy[NDArray[np.float64]]:
        """Return a strategy for arrays of numbers up to a highest."""
        if self.exact:
            return octets(many).map(lambda values: values % (round(highest / step) + 1) * step)
        return octets(many).map(lambda values: values * highest / 251)


def octets(many: int) -> st.SearchStrategy[NDArray[np.int64]]:
    """Return a strategy for arrays of integers from 0 to 255: one draw for all is quick."""
    return st.binary(min_size=many, max_size=many).map(lambda raw: np.frombuffer(raw, dtype=np.uint8).astype(np.int64))


def picks(many: int, values: Sequence[Any]) -> st.SearchStrategy[list[Any]]:
    """Return a strategy for lists of some of these values."""
    return octets(many).map(lambda drawn: [values[int(i) % len(values)] for i in drawn])


def seldom(strategy: st.SearchStrategy[Any], otherwise: Any) -> st.SearchStrategy[Any]:
    """Return a strategy that gives the plain value more often than not."""
    return st.one_of(st.just(otherwise), st.just(otherwise), strategy)


@st.composite
def minutes(draw: st.DrawFn, n: int, numbers: Numbers) -> NDArray[np.float64]:
    """Draw travel times: along a line of places, or without any order; some pairs out of reach."""
    spread = draw(st.sampled_from([6, 40, 90]))
    if draw(st.booleans()):
        places = draw(numbers.array(n, spread))
        table = np.abs(places[:, None] - places[None, :])
    else:
        table = draw(numbers.array(n * n, spread)).astype(float).reshape(n, n)
        if draw(st.booleans()):
            table = np.triu(table) + np.triu(table, 1).T
    for pair in draw(seldom(octets(n), otherwise=[])):
        table[pair // 16 % n, pair % n] = UNREACHABLE
    np.fill_diagonal(table, 0.0)
    return table.astype(float)


@st.composite
def links(draw: st.DrawFn, n: int) -> NDArray[np.bool_]:
    """Draw neighbours: all, none, a chain, a ring, a tree with a loop, or anything; some are their own neighbours."""
    table = np.zeros((n, n), dtype=bool)
    kind = draw(st.sampled_from(["all", "none", "chain", "ring", "tree", "any", "any"]))
    if kind == "all":
        table[:] = True
    elif kind in {"chain", "ring"}:
        order = draw(st.permutations(range(n)))
        table[order[:-1], order[1:]] = True
        table[order[-1], order[0]] = kind == "ring"
    elif kind == "tree":
        for i, parent in enumerate(draw(octets(n))):
            table[i, parent % max(1, i)] = i > 0
        table[n - 1, n // 2] = n > 1
    elif kind == "any":
        table[np.triu_indices(n, 1)] = draw(picks(n * (n - 1) // 2, [False, True]))
    table |= table.T
    np.fill_diagonal(table, draw(seldom(st.booleans(), otherwise=False)))
    return table


@st.composite
def limits(draw: st.DrawFn, n: int, numbers: Numbers, *, kroner: bool = True) -> Limits:
    """Draw every combination of rules; together they often leave no legal grouping."""
    largest = draw(seldom(st.integers(1, n + 2), otherwise=4))
    least = draw(seldom(st.integers(1, min(largest, 3)), otherwise=1))
    count = st.none() | st.integers(0, max(1, n // 2 + 1))
    min_offices, max_offices = draw(seldom(count, otherwise=None)), draw(seldom(count, otherwise=None))
    if min_offices is not None and max_offices is not None:
        min_offices, max_offices = sorted((min_offices, max_offices))
    return Limits(
        max_minutes=draw(seldom(numbers.between(0, 90), otherwise=MORE_THAN_ANY)),
        min_members=least,
        max_members=largest,
        alone_exempt=draw(st.booleans()),
        contiguity=draw(st.sampled_from(["hard", "through", "off"])),
        county_lines=draw(seldom(st.just("hard"), otherwise="priced")),
        min_office_fte=draw(numbers.fte(4)),
        critical_mass=draw(seldom(st.just("hard"), otherwise="priced")),
        max_office_need_fte=draw(seldom(numbers.fte(16), otherwise=None)),
        min_host_share=draw(seldom(st.sampled_from([0.25, 0.5, 1.0]), otherwise=0.0)),
        nobody_worse=draw(seldom(st.just("hard"), otherwise="off")) if kroner else "off",
        stable=draw(seldom(st.just("hard"), otherwise="off")) if kroner else "off",
        min_offices=min_offices,
        max_offices=max_offices,
    )


@st.composite
def weights(draw: st.DrawFn, numbers: Numbers) -> Weights:
    """Draw prices, each of them 0 now and then."""
    travel = seldom(st.sampled_from([0.0, 0.5, 2.0]), otherwise=1.0)
    drawn = {
        "minutes": travel,
        "members": numbers.between(0, 20) | st.just(0.0),
        "thousand_kr": seldom(st.sampled_from([0.5, 0.25] if numbers.exact else [0.01, 0.5]), otherwise=0.0),
    }
    other = numbers.between(0, 80) | st.just(60.0) | st.just(0.0)
    return Weights(**{name: draw(drawn.get(term.unit, other)) for name, term in TERMS.items()})


@st.composite
def moneys(draw: st.DrawFn, n: int, numbers: Numbers) -> Money:
    """Draw prices in kroner: an årsverk costs the same everywhere or not, some say what they pay alone."""
    prices = KronerPrices(
        hired_share=draw(st.sampled_from([0.0, 0.5, 1.0])),
        hire_from_fte=draw(st.sampled_from([0.0, 2.0, 100.0])),
        bought_kr=draw(st.sampled_from([1_900_000.0, 1_000_000.0])),
        visits=draw(st.sampled_from([40.0, 0.0])),
    )
    flat = Money.flat(replace(prices, fte_kr=1_152_000.0) if numbers.exact else prices, n)
    if draw(st.booleans()):
        return flat
    step, own = (32_000.0, 2_000_000.0) if numbers.exact else (37_001.25, 2_000_000.5)
    says = np.array(draw(picks(n, [np.nan, np.nan, own])))
    return replace(flat, fte_kr=1_000_000 + step * np.array(draw(picks(n, range(8)))), alone_kr=says)


@st.composite
def skills(draw: st.DrawFn, ids: list[str], numbers: Numbers) -> Disciplines:
    """Draw what is needed and held of three disciplines: estimates, and a table of some with persons or without."""
    shares = {"plan": 0.75, "gis": 0.25} if numbers.exact else {"plan": 0.7, "gis": 0.3}
    needing = frozenset(draw(picks(2, ids)))
    held = [None, HeldFte(0.0, 0), HeldFte(0.25), HeldFte(0.5, 1), HeldFte(0.75, 2), HeldFte(1.0, 1)]
    table = {
        id_: {name: one for name, one in zip(("plan", "gis", "sami"), draw(picks(3, held)), strict=True) if one}
        for id_ in draw(seldom(st.sets(st.sampled_from(ids), max_size=4), otherwise=set()))
    }
    return Disciplines(DisciplineNeed(shares, draw(st.sampled_from([0.25, 0.5, 1.0])), {"sami": needing}), table)


@st.composite
def pins(draw: st.DrawFn, ids: list[str]) -> Pins:
    """Draw pins that one grouping of these municipalities keeps, so that they do not contradict each other."""
    labels = draw(picks(len(ids), range(len(ids))))
    offices = [[i for i, label in zip(ids, labels, strict=True) if label == office] for office in sorted(set(labels))]
    hosts = [draw(st.sampled_from(office)) for office in offices]
    office_of = {i: k for k, office in enumerate(offices) for i in office}
    some = st.lists(st.sampled_from(ids), unique=True, max_size=3)
    together = [frozenset(draw(st.lists(st.sampled_from(office), unique=True, min_size=1))) for office in offices]
    apart = [frozenset({office_of[i]: i for i in draw(some)}.values()) for _ in range(draw(st.integers(0, 2)))]
    shared = [host for office, host in zip(offices, hosts, strict=True) if len(office) > 1]
    kinds = draw(
        st.sets(st.sampled_from(["together", "apart", "fixed", "must_host", "may_not_host", "held"]), max_size=3)
    )
    held = {host: frozenset(office) for office, host in zip(offices, hosts, strict=True) if len(office) > 1}
    return Pins(
        together=tuple(together[: draw(st.integers(0, 2))]) if "together" in kinds else (),
        apart=tuple(pin for pin in apart if pin) if "apart" in kinds else (),
        fixed={i: hosts[office_of[i]] for i in draw(some)} if "fixed" in kinds else {},
        must_host=frozenset(shared[: draw(st.integers(0, 2))]) if "must_host" in kinds else frozenset(),
        may_not_host=frozenset(set(draw(some)) - set(hosts)) if "may_not_host" in kinds else frozenset(),
        held=dict(list(held.items())[: draw(st.integers(1, 2))]) if "held" in kinds else {},
    )


@st.composite
def problems(
    draw: st.DrawFn, most: int = 7, *, exact: bool | None = None, kroner: bool = True, shares: bool = True
) -> Problem:
    """Draw a problem.

    Parameters
    ----------
    draw
        From hypothesis.
    most
        Most municipalities, of which some do not take part.
    exact
        Whether numbers are exact in binary and ties common; ``None``: either.
    kroner
        Whether kroner may be counted; not every engine can.
    shares
        Whether rules may look at how costs are shared; a page cannot judge them.
    """
    n = draw(st.one_of(st.integers(most // 2, most), st.integers(most - 1, most), st.integers(1, most)))
    numbers = Numbers(draw(st.booleans()) if exact is None else exact)
    ids = [f"{1101 + 7 * i}" for i in range(n)]
    takes_part = np.array(draw(seldom(picks(n, [True, False]), otherwise=[True] * n)))
    left_out = draw(seldom(st.sets(st.sampled_from(ids), max_size=2), otherwise=set()))
    if not any(part and i not in left_out for i, part in zip(ids, takes_part, strict=True)):
        takes_part[0], left_out = True, set()
    active = [i for i, part in zip(ids, takes_part, strict=True) if part and i not in left_out]
    pinned = draw(seldom(pins(active), otherwise=Pins()) if draw(st.booleans()) else st.just(Pins()))
    need = draw(numbers.array(n, 4, 0.25))
    ways, rules = draw(minutes(n, numbers)), draw(limits(n, numbers, kroner=kroner and shares))
    held = {
        host: members
        for host, members in pinned.held.items()
        if all(np.isfinite(ways[ids.index(id_), ids.index(host)]) for id_ in members)
    }
    if rules.max_offices is not None:
        held = dict(list(held.items())[: rules.max_offices])
    known = draw(seldom(skills(ids, numbers), otherwise=None))
    if known is not None:
        rules = replace(rules, covers=draw(seldom(st.sampled_from([("plan",), ("gis", "sami")]), otherwise=())))
    prices, money = draw(weights(numbers)), draw(moneys(n, numbers)) if kroner else None
    key = draw(st.sampled_from(["equal", "need", "alone", "equal_gain", "shapley", "nucleolus"]))
    given = {"need": dict(zip(ids, need.tolist(), strict=True))}
    terms = SharingTerms(SharingKey.of(key), given, draw(st.sampled_from(["all", "common"])))
    return Problem(
        ids=tuple(ids),
        names=tuple(f"Name {i}" for i in ids),
        counties=tuple(draw(picks(n, "ABC"[: draw(st.integers(1, 3))]))),
        statsforvaltere=tuple(draw(picks(n, "ST"))),
        minutes=ways,
        links=draw(links(n)),
        planner_fte=draw(numbers.array(n, 2, 0.25)),
        need_fte=need,
        fixed_need_fte=need * np.array(draw(picks(n, [0.0, 0.25, 0.5, 1.0]))),
        trips=np.array(draw(seldom(picks(n, [0.0, 0.5, 1.0, 3.0]), otherwise=[1.0] * n))),
        takes_part=takes_part,
        may_host=np.array(draw(seldom(picks(n, [True, False]), otherwise=[True] * n))),
        fixed_kept=draw(st.sampled_from([0.0, 0.5, 1.0] if numbers.exact else [0.0, 0.8, 1.0])),
        limits=rules,
        weights=replace(
            prices,
            cost=prices.cost if money is not None else 0.0,
            uncovered=prices.uncovered if known is not None else 0.0,
        ),
        money=money,
        disciplines=known,
        road_fte_per_minute=draw(seldom(st.sampled_from([1 / 64] if numbers.exact else [0.01, 0.001]), 0.0)),
        sharing=terms if kroner else None,
        pins=replace(pinned, held=held, leave_out=frozenset(left_out)),
    )


def relabelled(problem: Problem, order: list[int], ids: dict[str, str]) -> Problem:
    """Return the same problem with its municipalities in another order and under other ids."""
    old = problem.pins

    def renamed(some: frozenset[str]) -> frozenset[str]:
        return frozenset(ids[i] for i in some)

    arrays = {
        name: getattr(problem, name)[order]
        for name in ("planner_fte", "need_fte", "fixed_need_fte", "trips", "takes_part", "may_host")
    }
    return Problem(
        ids=tuple(ids[problem.ids[i]] for i in order),
        names=tuple(problem.names[i] for i in order),
        counties=tuple(problem.counties[i] for i in order),
        statsforvaltere=tuple(problem.statsforvaltere[i] for i in order),
        minutes=problem.minutes[np.ix_(order, order)],
        links=problem.links[np.ix_(order, order)],
        **arrays,
        fixed_kept=problem.fixed_kept,
        road_fte_per_minute=problem.road_fte_per_minute,
        limits=problem.limits,
        weights=problem.weights,
        money=problem.money
        and replace(problem.money, fte_kr=problem.money.fte_kr[order], alone_kr=problem.money.alone_kr[order]),
        disciplines=problem.disciplines
        and Disciplines(
            replace(
                problem.disciplines.need,
                only_for={name: renamed(some) for name, some in problem.disciplines.need.only_for.items()},
            ),
            {ids[id_]: row for id_, row in problem.disciplines.table.items()},
        ),
        sharing=problem.sharing
        and replace(
            problem.sharing,
            figures={"need": {ids[id_]: value for id_, value in problem.sharing.figures["need"].items()}},
        ),
        pins=Pins(
            tuple(map(renamed, old.together)),
            tuple(map(renamed, old.apart)),
            {ids[i]: ids[h] for i, h in old.fixed.items()},
            renamed(old.must_host),
            renamed(old.may_not_host),
            renamed(old.leave_out),
            {ids[host]: renamed(members) for host, members in old.held.items()},
        ),
    )
