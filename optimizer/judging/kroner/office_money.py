"""What an office costs in kroner a year: the specification, in plain loops. A price means what this module computes.

    gap    = max(0, need - employed)
    hired  = hired_share * gap if employed + hired_share * gap >= hire_from_fte, else 0
    bought = gap - hired

    cost   = fte_kr (employed + hired)                              staff
           + bought_kr bought                                       need that nobody employed covers, at its price
           + sum over members 2 visits minutes (fte_kr / hour + km) travel
           + office_kr + member_kr members                          organisation, of a shared office

Need that is left undone is no saving, so the cost does not depend on how much of it is really bought: ``bought_share``
only splits it into money out and work left undone, which are always told together.
"""

import math
from dataclasses import dataclass

from optimizer.judging.figures import TOLERANCE, office_need_fte, times
from optimizer.money import KR_PER_THOUSAND, MINUTES_PER_HOUR, THERE_AND_BACK, UNITS_PER_KRONE, Money
from optimizer.problem import Problem


@dataclass(frozen=True)
class OfficeMoney:
    """What one office costs, or one municipality alone; kroner and årsverk a year.

    Parameters
    ----------
    host, members
        Ids; the members in id order.
    need_fte, employed_fte
        Planners needed, and employed today.
    hired_fte, bought_fte
        Of the rest of the need: filled with new posts, and covered by nobody employed.
    staff_kr, bought_kr, travel_kr, organisation_kr
        The parts of the cost; ``bought_kr`` is the price of buying all of ``bought_fte``.
    undone_fte
        Part of ``bought_fte`` that is left undone.
    travel_hours
        Hours on the road.
    cost_kr
        Sum of the parts, or what the municipality itself says.
    """

    host: str
    members: tuple[str, ...]
    need_fte: float
    employed_fte: float
    hired_fte: float
    bought_fte: float
    staff_kr: float
    bought_kr: float
    travel_kr: float
    organisation_kr: float
    undone_fte: float
    travel_hours: float
    cost_kr: float

    @property
    def ore(self) -> int:
        """The cost in whole øre."""
        return round(self.cost_kr * UNITS_PER_KRONE)

    @property
    def posts_fte(self) -> float:
        """Planners who are employed in it, those newly hired included."""
        return self.employed_fte + self.hired_fte

    @property
    def really_bought_fte(self) -> float:
        """The part of ``bought_fte`` that is not left undone."""
        return self.bought_fte - self.undone_fte

    @property
    def undone_kr(self) -> float:
        """What buying the work left undone would cost."""
        return self.bought_kr * (self.undone_fte / self.bought_fte) if self.bought_fte else 0.0

    @property
    def cash_kr(self) -> float:
        """Money out: the cost without the price of the work left undone."""
        return self.cost_kr - self.undone_kr


def office_money(problem: Problem, money: Money, host: str, members: tuple[str, ...]) -> OfficeMoney:
    """Return what an office of these members costs at this host.

    Parameters
    ----------
    problem
        Figures and minutes.
    money
        Prices; `Money.today` for nobody hired, `Money.in_year` for the first years.
    host, members
        Of the office; a municipality by itself is its own host.
    """
    prices, h = money.prices, problem.index[host]
    employed = math.fsum(problem.planner_fte[problem.index[i]] for i in members)
    need = office_need_fte(problem, members)
    gap = max(0.0, need - employed)
    hired = prices.hired_share * gap
    if employed + hired < prices.hire_from_fte - TOLERANCE:
        hired = 0.0
    bought = gap - hired
    minutes = math.fsum(
        times(THERE_AND_BACK * prices.visits, float(problem.minutes[problem.index[i], h])) for i in members if i != host
    )
    staff_kr = float(money.fte_kr[h]) * (employed + hired)
    bought_kr = prices.bought_kr * bought
    travel_kr = minutes * float(money.minute_kr[h])
    organisation_kr = 0.0
    if len(members) > 1:
        organisation_kr = prices.office_kr + prices.member_kr * len(members) + money.added_for(members)
    cost_kr = staff_kr + bought_kr + travel_kr + organisation_kr
    undone_fte = (1 - prices.bought_share) * bought
    if len(members) == 1 and not math.isnan(money.alone_kr[h]):  # it says what it pays, and not what it leaves undone
        cost_kr = float(money.alone_kr[h]) + prices.bought_kr * undone_fte
    return OfficeMoney(
        host=host,
        members=tuple(sorted(members)),
        need_fte=need,
        employed_fte=employed,
        hired_fte=hired,
        bought_fte=bought,
        staff_kr=staff_kr,
        bought_kr=bought_kr,
        travel_kr=travel_kr,
        organisation_kr=organisation_kr,
        undone_fte=undone_fte,
        travel_hours=minutes / MINUTES_PER_HOUR,
        cost_kr=cost_kr,
    )


def cost_without_travel(problem: Problem, money: Money, host: str, members: tuple[str, ...]) -> float:
    """Return what an office costs at this host, its journeys left out: the term ``cost``, thousand kroner a year."""
    return office_money(problem, money.without_travel, host, members).cost_kr / KR_PER_THOUSAND
