"""An option of a comparison, and by what all of them are judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

import numpy as np

from geodata.faults import DataFault
from maps.told.firm import NOT_ASKED, FirmPlan
from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.money import Money
from optimizer.problem import Problem
from scenarios.world import references
from scenarios.world.build import World

Kind = Literal["run", "scenario", "reference", "table"]
SHOWN = 8
"""Municipalities that a fault names before it only counts."""


@dataclass(frozen=True)
class Solved:
    """What a solver said about a plan, under the rules that it was made by.

    Parameters
    ----------
    status
        ``optimal`` or ``feasible``.
    objective, bound
        Minutes-equivalents.
    gap
        Relative; 0 when proved.
    """

    status: str
    objective: float | None
    bound: float | None
    gap: float | None


@dataclass(frozen=True, eq=False)
class Choice:
    """One option.

    Parameters
    ----------
    label
        As the user wrote it; a number behind it if it stands twice.
    text
        As the user wrote it.
    kind
        What it is.
    title
        Of the scenario or the reference, in Norwegian; may be empty.
    edition
        Whose numbers it uses.
    grouping
        Who has which host.
    solved
        For plans of a solver.
    problem
        The rules that it was made by, if it has its own.
    offices
        Names of offices by host, where they have one.
    guessed
        Hosts that no source names: chosen by the rule of `scenarios.world.references`.
    groups
        Of a reference: every group, also those of which hardly anybody takes part.
    facts
        Where it comes from: run id, version, file, statuses.
    title_en
        In English; may be empty.
    firm
        How firm the plan of a run folder is, by its own rules.
    """

    label: str
    text: str
    kind: Kind
    title: str
    edition: str
    grouping: Grouping
    solved: Solved | None = None
    problem: Problem | None = None
    offices: Mapping[str, str] = field(default_factory=dict)
    guessed: frozenset[str] = frozenset()
    groups: tuple[references.Group, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    title_en: str = ""
    firm: FirmPlan = NOT_ASKED


@dataclass(frozen=True, eq=False)
class Judge:
    """By what all options are judged.

    Parameters
    ----------
    name, title
        Of the scenario.
    edition
        Whose numbers it uses.
    problem
        Rules, prices and figures.
    world
        Everything about it; ``None`` if it was read from a run folder.
    text
        The option that it was, as the user wrote it; empty for none.
    read_sources
        Where the figures of planners come from, as a run folder says it.
    read_own_travel
        Whether the journeys are the user's own, as it says.
    read_own_roads
        Whose the roads are, as it says; as `World.own_roads`.
    title_en
        Of the scenario, in English; may be empty.
    """

    name: str
    title: str
    edition: str
    problem: Problem
    world: World | None = None
    text: str = ""
    read_sources: Mapping[str, Sequence[str]] = field(default_factory=dict)
    read_own_travel: bool = False
    read_own_roads: str = ""
    title_en: str = ""

    @property
    def sources(self) -> Mapping[str, Sequence[str]]:
        """Where the figures of planners come from, as from `scenarios.world.sources.of`."""
        return self.read_sources if self.world is None else self.world.fte_sources

    @property
    def own_travel(self) -> bool:
        """Whether the journeys are the user's own."""
        return self.read_own_travel if self.world is None else self.world.travel.own

    def words(self, language: str) -> Words:
        """Return the texts of a language."""
        return Words(language, net=self.problem.counts_net) if self.world is None else self.world.words(language)

    @property
    def own_roads(self) -> str:
        """Whose the roads are, if they are not the embedded ones."""
        return self.read_own_roads if self.world is None else self.world.own_roads


def place_faults(judge: Judge, choices: Iterable[Choice], *, missing_alone: bool) -> list[DataFault]:
    """Return the options that do not place exactly those who take part: their sums could not be compared."""
    problem = judge.problem
    expected = {id_ for id_, part in zip(problem.ids, problem.active, strict=True) if part}
    faults = []
    for choice in choices:
        placed = {id_ for id_, _ in choice.grouping}
        missing, strange = sorted(expected - placed), sorted(placed - expected)
        if missing and not missing_alone:
            what = f"leaves out {listed(problem, missing)}, who take part in {judge.name}"
            faults.append(DataFault(choice.label, what, "complete it, or let them stand alone with --missing-alone"))
        if strange:
            what = f"places {listed(problem, strange)}, who do not take part in {judge.name}"
            faults.append(DataFault(choice.label, what, "judge by a scenario in which they do: --scenario"))
    return faults


def listed(problem: Problem, ids: Sequence[str]) -> str:
    """Return the municipalities, the first ones if they are many."""
    named = ", ".join(problem.label(id_) for id_ in ids[:SHOWN])
    return named if len(ids) <= SHOWN else f"{len(ids)} municipalities ({named}, ...)"


def whole(problem: Problem, choice: Choice) -> Choice:
    """Return the option with everybody placed: who is missing stands alone."""
    alone = {id_: id_ for id_, part in zip(problem.ids, problem.active, strict=True) if part}
    return replace(choice, grouping=Grouping.of(alone | dict(choice.grouping)))


def same_problem(a: Problem, b: Problem) -> bool:
    """Return whether two problems are the same question."""
    return a is b or all(same(getattr(a, item.name), getattr(b, item.name)) for item in fields(Problem))


def same(one: Any, other: Any) -> bool:
    """Return whether a part of two problems is the same."""
    if isinstance(one, Money) and isinstance(other, Money):
        return all(same(getattr(one, item.name), getattr(other, item.name)) for item in fields(Money))
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return bool(one == other)
