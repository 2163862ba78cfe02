"""The one door to the solver: in a worker thread, as the scenario says, and no plan leaves it unchecked."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from geopandas import GeoDataFrame

from maps.told.firm import NOT_ASKED as NOT_INVESTIGATED
from maps.told.firm import FirmPlan
from optimizer.checked import check
from optimizer.checking.kinds import require
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation
from optimizer.problem import EngineError, ProblemError
from optimizer.questions.money.accounts import PlanAccounts
from optimizer.questions.office import Held
from optimizer.questions.pool import require_listing
from optimizer.questions.tradeoff.price_series import NOT_ASKED, Tradeoff
from optimizer.shown import Shown
from optimizer.solve import Options, Progress, Result, solve
from scenarios.question.errors import ScenarioError
from scenarios.world.accounts import accounts_of
from scenarios.world.build import World
from scenarios.world.leaving import PlanHold, quick_hold
from scenarios.world.running.deadline import Deadline
from scenarios.world.running.worker import Report, in_worker

LEAST_SECONDS = 0.1
"""For a question whose time is used up."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False, repr=False)
class Outcome(Shown):
    """What a run found, with the judgement of the specification.

    Parameters
    ----------
    world
        What was asked.
    result
        What the solver says.
    evaluation
        Of ``result.grouping``; ``None`` if there is no plan.
    start
        Name of the grouping that the solver started from; empty for none.
    kept
        The offices that were held by an option, as far as they take part.
    tradeoff
        The best plans at other prices of a missing årsverk, as far as they were asked for.
    firm
        How firm the plan is, as far as that was asked for.
    """

    world: World
    result: Result
    evaluation: Evaluation | None
    start: str = ""
    kept: tuple[Held, ...] = ()
    tradeoff: Tradeoff = NOT_ASKED
    firm: FirmPlan = NOT_INVESTIGATED

    @cached_property
    def accounts(self) -> PlanAccounts | None:
        """The accounts of the plan in kroner; ``None`` without a plan or where kroner are not counted."""
        grouping = self.result.grouping
        return None if grouping is None else accounts_of(self.world, grouping)

    @cached_property
    def hold(self) -> PlanHold | None:
        """What holds the plan in kroner; ``None`` without accounts or where the possible offices are many."""
        grouping = self.result.grouping
        return None if grouping is None else quick_hold(grouping, self.accounts, self.result.pool)

    def in_short(self) -> str:
        """Return the scenario and what the solver says."""
        return f"{self.world.scenario.name}, {self.result.in_short()}"

    def rows(self) -> list[dict[str, object]]:
        """Return each office with the name of its host and its figures; none without a plan."""
        problem, offices = self.world.problem, self.evaluation.rows() if self.evaluation else []
        names = dict(zip(problem.ids, problem.names, strict=True))
        return [{"host": row["host"], "name": names[str(row["host"])]} | row for row in offices]

    def note(self) -> str:
        """Return which figures of planners are estimates."""
        return self.world.note()

    def to_geodataframe(self) -> GeoDataFrame:
        """Return the municipalities of the edition with their place in the plan (EPSG:25833).

        Returns
        -------
        geopandas.GeoDataFrame
            As of the world, with ``host`` and ``members`` (of its office); both missing outside the plan.
        """
        table, grouping = self.world.to_geodataframe(), self.result.grouping
        return table if grouping is None else table.join(grouping.to_frame())


def run(
    world: World,
    *,
    report: Report | None = None,
    stop: threading.Event | None = None,
    start: Grouping | None = None,
) -> Outcome:
    """Solve the world's problem as its scenario says, and check the answer.

    Parameters
    ----------
    world
        What is asked.
    report
        Called in the caller's thread, several times a second, with the newest progress.
    stop
        When it is set, the best plan so far is returned soon.
    start
        A known grouping, the first plan if it is legal. A proved answer does not depend on it.

    Raises
    ------
    InternalError
        If the answer does not pass `check`.
    ScenarioError
        If the engine asked for cannot take the problem.
    ProblemError
        If it is no world, or the start is no grouping.
    """
    require(world=(world, World), start=(start, Grouping | None))
    result = ask(
        world,
        lambda options, tell: solve(world.problem, options, report=tell, stop=stop, start=start),
        report,
        stop=stop,
    )
    return Outcome(world, result, check(world.problem, result))


def ask(
    world: World,
    question: Callable[[Options, Report], T],
    report: Report | None = None,
    *,
    stop: threading.Event | None = None,
    spent: Mapping[str, float] | None = None,
) -> T:
    """Return the answer to a question about a world, worked out in a thread of its own.

    Parameters
    ----------
    world
        What it is about.
    question
        Asks the optimiser; receives how the scenario wants to be solved, and where to report to.
    report
        Called in the caller's thread, several times a second, with the newest progress.
    stop
        Ends the search; a `Deadline` knows how much time the whole command has left.
    spent
        Without one: seconds of the stages before, which count in the scenario's time limit.

    Raises
    ------
    ScenarioError
        If the question cannot be answered for this scenario: with this engine, or too many offices to list.
    """
    options = options_of(world, spent or {}, stop)
    if isinstance(stop, Deadline):
        stop.keeps = True
    try:
        return in_worker(lambda tell: question(options, tell), report or _silent)
    except ProblemError as error:
        raise refused(world, error) from error


def options_of(world: World, spent: Mapping[str, float], stop: threading.Event | None = None) -> Options:
    """Return how the scenario wants to be solved, within what is left of its time."""
    solver = world.scenario.solver
    left = solver.time_limit
    if left is not None and isinstance(stop, Deadline):
        stop.limit = left
        left = max(LEAST_SECONDS, stop.to_search)
    elif left is not None and spent:
        left = max(LEAST_SECONDS, left - sum(spent.values()))
    return Options(time_limit=left, workers=solver.workers, engine=solver.engine, max_groups=solver.max_groups)


def need_listing(world: World) -> None:
    """Refuse, before anything is solved, a question that compares plans by all possible offices.

    Raises
    ------
    ScenarioError
        If the engine that the scenario asks for lists none.
    """
    try:
        require_listing(options_of(world, {}))
    except EngineError as error:
        raise refused(world, error) from error


def refused(world: World, error: ProblemError) -> ScenarioError:
    """Return the optimiser's refusal as a fault of the setting that has to change."""
    setting = ("solver", "engine") if isinstance(error, EngineError) else ("solver",)
    return ScenarioError(world.scenario.origins.fault(setting, fault) for fault in error.faults)


def _silent(_progress: Progress) -> None:
    """Report to nobody."""
