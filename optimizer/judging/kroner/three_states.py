"""Three states side by side, in kroner: today, each doing its best alone, and sharing offices.

Each state has two figures that are never told one without the other: money out, and work left undone.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from optimizer.grouping import Grouping
from optimizer.judging.kroner.office_money import OfficeMoney, office_money
from optimizer.money import UNITS_PER_KRONE, Money
from optimizer.problem import Problem

NOISE_KR: Final = 0.005
NOISE_FTE: Final = 1e-6
"""Differences below half an øre, and of årsverk, come from the order of sums."""


@dataclass(frozen=True)
class YearlyMoney:
    """What a year costs; kroner and årsverk.

    Parameters
    ----------
    cost_kr
        Like for like: money out, and the work left undone at the price of buying it.
    cash_kr
        Money out.
    undone_fte
        Work left undone.
    posts_fte
        Planners employed for it, new posts included.
    bought_fte
        Work bought from outside.
    """

    cost_kr: float
    cash_kr: float
    undone_fte: float
    posts_fte: float
    bought_fte: float

    @classmethod
    def of(cls, office: OfficeMoney) -> "YearlyMoney":
        """Return that of an office."""
        return cls(office.cost_kr, office.cash_kr, office.undone_fte, office.posts_fte, office.really_bought_fte)

    @classmethod
    def sum(cls, parts: Iterable["YearlyMoney"]) -> "YearlyMoney":
        """Return several together."""
        some = list(parts)
        return cls(*(math.fsum(getattr(one, item.name) for one in some) for item in fields(cls)))

    def and_paid(self, more_kr: float) -> "YearlyMoney":
        """Return the same with more money out, for which no more is done."""
        return replace(self, cost_kr=self.cost_kr + more_kr, cash_kr=self.cash_kr + more_kr)

    def lines_kr(self, bought_kr: float) -> float:
        """Return the two lines as one sum: money out, and work left undone at the price of buying it."""
        return self.cash_kr + bought_kr * self.undone_fte

    def same_as(self, other: "YearlyMoney") -> bool:
        """Return whether both lines are those of another, by the figures and not by how they are rounded."""
        return math.isclose(self.cash_kr, other.cash_kr, rel_tol=0, abs_tol=NOISE_KR) and math.isclose(
            self.undone_fte, other.undone_fte, rel_tol=0, abs_tol=NOISE_FTE
        )

    def __sub__(self, other: "YearlyMoney") -> "YearlyMoney":
        """Return what this is more than another."""
        return YearlyMoney(*(getattr(self, item.name) - getattr(other, item.name) for item in fields(self)))


@dataclass(frozen=True)
class ThreeStates:
    """Today, alone and shared; of a municipality, an office, a county or the country.

    Parameters
    ----------
    today
        Who is employed today, and nobody else; in the offices that are shared already, see `today_of`.
    alone
        Each does what it can by itself.
    shared
        In the offices of the plan.
    """

    today: YearlyMoney
    alone: YearlyMoney
    shared: YearlyMoney

    @classmethod
    def sum(cls, parts: Iterable["ThreeStates"]) -> "ThreeStates":
        """Return several together."""
        some = list(parts)
        return cls(
            YearlyMoney.sum(one.today for one in some),
            YearlyMoney.sum(one.alone for one in some),
            YearlyMoney.sum(one.shared for one in some),
        )

    @property
    def gain_kr(self) -> float:
        """What sharing costs less than each by itself, like for like; negative if more."""
        return self.alone.cost_kr - self.shared.cost_kr

    def lines_gain_kr(self, bought_kr: float) -> float:
        """Return the same by the two lines alone: money out, and work left undone at the price of buying it.

        For an office that is `gain_kr`. One member bears its part of the cost by the key, and leaves its part of the
        work undone by its need, so that the two may differ, even in sign.
        """
        return -(self.shared - self.alone).lines_kr(bought_kr)

    def lines_turn(self, bought_kr: float) -> bool:
        """Return whether the two lines say the opposite of like for like, by a krone or more each."""
        gain, lines = self.gain_kr, self.lines_gain_kr(bought_kr)
        return min(abs(gain), abs(lines)) >= 1 and (gain > 0) != (lines > 0)


def today_of(problem: Problem, money: Money, id_: str) -> YearlyMoney:
    """Return what a municipality pays today, with those who are employed now.

    Where it shares an office already, that office needs less work and costs journeys and organisation as any other. By
    which key it is paid is not known: each pays the planners that it employs, at the host's price as in any
    office, and the rest by its need; an assumption.

    Parameters
    ----------
    problem, money
        Figures and prices.
    id_
        The municipality.
    """
    office = office_today(problem, money, id_)
    if office is None:
        return YearlyMoney.of(office_money(problem, money.today, id_, (id_,)))
    need = {i: float(problem.need_fte[problem.index[i]]) for i in office.members}
    needed = math.fsum(need.values())
    part = need[id_] / needed if needed else 1 / len(office.members)
    i = problem.index[id_]
    posts_fte = float(problem.planner_fte[i])
    staff_kr = float(money.fte_kr[problem.index[office.host]]) * posts_fte
    cost_kr = staff_kr + (office.cost_kr - office.staff_kr) * part
    cash_kr, bought_fte = cost_kr - office.undone_kr * part, office.really_bought_fte * part
    return YearlyMoney(cost_kr, cash_kr, office.undone_fte * part, posts_fte, bought_fte)


def office_today(problem: Problem, money: Money, id_: str) -> OfficeMoney | None:
    """Return the office that a municipality shares today, at its host or else the cheapest; ``None`` if it has none.

    An office whose host cannot be reached in the problem, by roads that it closes, is not counted.
    """
    for host, members in money.shared_today:
        if id_ in members:
            tried = [office_money(problem, money.today, h, members) for h in ([host] if host else members)]
            best = min(tried, key=lambda one: one.cost_kr)
            return best if math.isfinite(best.cost_kr) else None
    return None


def group_year(problem: Problem, money: Money, members: tuple[str, ...], ore: int) -> YearlyMoney:
    """Return what a group has in an office of its own that costs so much; planners and need are those of any host.

    Parameters
    ----------
    problem, money
        Figures and prices.
    members
        Ids.
    ore
        What it pays, whole øre a year.
    """
    office = office_money(problem, money, members[0], members)
    cost_kr = ore / UNITS_PER_KRONE
    return replace(YearlyMoney.of(office), cost_kr=cost_kr, cash_kr=cost_kr - office.undone_kr)


def office_states(problem: Problem, money: Money, host: str, members: tuple[str, ...]) -> ThreeStates:
    """Return the three states of an office: its members together.

    Parameters
    ----------
    problem, money
        Figures and prices.
    host, members
        Of the office; ids.
    """
    return ThreeStates(
        YearlyMoney.sum(today_of(problem, money, i) for i in members),
        YearlyMoney.sum(YearlyMoney.of(office_money(problem, money, i, (i,))) for i in members),
        YearlyMoney.of(office_money(problem, money, host, members)),
    )


def member_states(
    problem: Problem, money: Money, office: OfficeMoney, shares: Mapping[str, float]
) -> dict[str, ThreeStates]:
    """Return the three states of each member of an office, by what it pays of the cost.

    Money out is divided in the proportions of the cost; planners and the work left undone in those of the members'
    need, whoever pays. So a member's cost is not the sum of its two lines, as it is for an office.

    Parameters
    ----------
    problem, money
        Figures and prices.
    office
        The office.
    shares
        What each member pays of its cost, kroner; the sum is the cost, to the øre.
    """
    need = {i: float(problem.need_fte[problem.index[i]]) for i in office.members}
    states = {}
    for i in office.members:
        part = shares[i] / office.cost_kr if office.cost_kr else 1 / len(office.members)
        of_need = need[i] / math.fsum(need.values()) if math.fsum(need.values()) else 1 / len(office.members)
        states[i] = ThreeStates(
            today_of(problem, money, i),
            YearlyMoney.of(office_money(problem, money, i, (i,))),
            YearlyMoney(
                shares[i],
                office.cash_kr * part,
                office.undone_fte * of_need,
                office.posts_fte * of_need,
                office.really_bought_fte * of_need,
            ),
        )
    return states


def plan_states(problem: Problem, money: Money, grouping: Grouping) -> dict[str, ThreeStates]:
    """Return the three states of each office of a plan by its host, municipalities that stand alone included."""
    return {host: office_states(problem, money, host, members) for host, members in grouping.offices.items()}
