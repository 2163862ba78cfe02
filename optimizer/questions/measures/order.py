"""In which order the offices of a plan start, so that the gain until a horizon is largest.

Sets        G  offices;  Y = 0 .. years - 1.
Variables   x(g,y) = 1 if office g starts in year y.

    maximise    sum of ((horizon - y) gain(g) - start) x(g,y)
    subject to  sum over y of x(g,y) <= 1                                  each office once, or not at all
                sum over g of x(g,y) <= starts                             each year
                sum over g of a county of x(g,y) <= a_county               each county and year
                start * sum over g of x(g,y) <= budget                     each year
                x(g2, until y) <= x(g1, until y)                           where g2 waits for g1
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

from ortools.sat.python import cp_model

from optimizer.budget import Budget
from optimizer.engines.cpsat import ModelOutcome, run
from optimizer.problem import ProblemError

UNITS: Final = 100
"""Whole øre."""

StartVariables = dict[tuple[str, int], cp_model.IntVar]


@dataclass(frozen=True)
class StartLimits:
    """What is asked of the order.

    Parameters
    ----------
    years
        In which offices may start.
    starts
        Offices a year at most.
    a_county
        Offices a year at most in one county; ``None`` for no limit.
    budget_kr
        For starts, each year; ``None`` for no limit.
    horizon
        Years whose gain counts, from the first.
    after
        Pairs of offices by host: the second does not start before the first.
    """

    years: int
    starts: int
    a_county: int | None = None
    budget_kr: float | None = None
    horizon: int = 8
    after: tuple[tuple[str, str], ...] = ()

    def faults(
        self, offices: Collection[str] | None = None, label: Callable[[str], str] = str
    ) -> list[tuple[str, str, str]]:
        """Return each thing that cannot be meant: the name of the limit, what it is, and what was expected.

        Parameters
        ----------
        offices
            Hosts of the offices of the plan; ``None`` where that is not known yet.
        label
            Returns what to call a host.
        """
        found = [
            (name, f"is {value}", "expected 1 or more")
            for name in ("years", "starts", "a_county", "horizon")
            if (value := getattr(self, name)) is not None and value < 1
        ]
        if self.horizon < self.years:
            found.append(("horizon", f"is {self.horizon} years", f"expected the {self.years} years of starts or more"))
        if self.budget_kr is not None and not (isfinite(self.budget_kr) and self.budget_kr >= 0):
            found.append(("budget_kr", f"is {self.budget_kr:g}", "expected kroner of 0 or more"))
        named = sorted({host for pair in self.after for host in pair})
        if offices is not None:
            none = "is in no shared office of the plan"
            found += [("after", f"{label(id_)} {none}", "name one that is") for id_ in named if id_ not in offices]
        if circle := self.circle():
            waits = " after ".join(map(label, circle))
            found.append(("after", f"{waits}: each waits for the other", "leave one of them out"))
        return found

    def circle(self) -> tuple[str, ...]:
        """Return offices that wait for each other in a circle, the first again at the end; empty if none do."""
        waits: dict[str, list[str]] = {}
        for first, then in self.after:
            waits.setdefault(then, []).append(first)
        for begin in sorted(waits):
            paths: list[tuple[str, ...]] = [(begin,)]
            while paths:
                path = paths.pop()
                for before in sorted(waits.get(path[-1], [])):
                    if before == begin:
                        return (*path, begin)
                    if before not in path:
                        paths.append((*path, before))
        return ()


@dataclass(frozen=True)
class StartOrder:
    """Which office starts when.

    Parameters
    ----------
    year_of
        Year of each office that starts, 1 for the first, by host.
    not_started
        Hosts of the others, in id order.
    gain_kr
        Until the horizon, less the cost of the starts.
    most_kr
        No order gains more.
    proved
        Whether this is the best order.
    """

    year_of: Mapping[str, int]
    not_started: tuple[str, ...]
    gain_kr: float
    most_kr: float
    proved: bool


def start_order(
    gains_kr: Mapping[str, float], counties: Mapping[str, str], start_kr: float, limits: StartLimits, budget: Budget
) -> StartOrder | None:
    """Return the order in which offices start, best for the gain until the horizon.

    Parameters
    ----------
    gains_kr
        What each office saves a year once it runs, by host; negative if it costs more.
    counties
        Of each host.
    start_kr
        Of one start.
    limits
        What is asked.
    budget
        Time.

    Returns
    -------
    StartOrder or None
        ``None`` if no order was found in time.

    Raises
    ------
    ProblemError
        With all faults of the limits.
    """
    if faults := limits.faults(gains_kr):
        raise ProblemError([f"{name} {found}; {expected}" for name, found, expected in faults])
    worth = {
        (host, year): round(UNITS * ((limits.horizon - year) * gain - start_kr))
        for host, gain in sorted(gains_kr.items())
        for year in range(limits.years)
    }
    model = cp_model.CpModel()
    model.name = "order of starts"
    starts: StartVariables = {key: model.new_bool_var("") for key in worth}
    keep_limits(model, starts, limits, counties, start_kr)
    # The engine minimises what is not below 0: what each office misses of the most that it could bring.
    highest = {host: max(0, *(worth[host, year] for year in range(limits.years))) for host in sorted(gains_kr)}
    best = sum(highest.values())
    missed = best - sum(worth[key] * started for key, started in starts.items())
    model.minimize(missed)
    outcome = run(model, budget, "", 0)
    return read_order(outcome, starts, best, sorted(gains_kr)) if outcome.has_plan else None


def keep_limits(
    model: cp_model.CpModel, starts: StartVariables, limits: StartLimits, counties: Mapping[str, str], start_kr: float
) -> None:
    """Add what is asked of the order to the model."""
    hosts, years = sorted({host for host, _ in starts}), range(limits.years)
    for host in hosts:
        model.add_at_most_one(starts[host, year] for year in years)
    most = limits.starts
    if limits.budget_kr is not None and start_kr > 0:
        most = min(most, int(limits.budget_kr / start_kr + 1e-9))
    in_county = len(hosts) if limits.a_county is None else limits.a_county
    for year in years:
        model.add(sum(starts[host, year] for host in hosts) <= most)
        for county in sorted({counties[host] for host in hosts}):
            model.add(sum(starts[host, year] for host in hosts if counties[host] == county) <= in_county)
        for first, then in limits.after:
            begun = [sum(starts[host, before] for before in range(year + 1)) for host in (then, first)]
            model.add(begun[0] <= begun[1])


def read_order(outcome: ModelOutcome, starts: StartVariables, best: int, hosts: list[str]) -> StartOrder:
    """Return the order that the solver found."""
    year_of = {host: year + 1 for (host, year), started in starts.items() if outcome.value(started)}
    return StartOrder(
        year_of,
        tuple(host for host in hosts if host not in year_of),
        (best - outcome.objective) / UNITS,
        (best - outcome.bound) / UNITS,
        outcome.finished,
    )
