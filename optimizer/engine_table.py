"""The engines: what each is called, where it is, what it needs; whoever asks about an engine asks here."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final, Literal, get_args

from optimizer.grouping import Grouping

Engine = Literal["auto", "partition", "generation", "assignment"]
Ties = Literal["unique", "first in id order", "open"]


@dataclass(frozen=True)
class EngineEntry:
    """An engine, which is loaded when it is used.

    Parameters
    ----------
    meaning
        What it does and when to ask for it: a sentence that goes on from its name, for the schema of a scenario.
    home
        ``module:name``. One that chooses from the list of possible offices has the form of
        `optimizer.engines.selection.Selection`; one that needs no list, that of `optimizer.engines.assignment.assign`,
        and returns a `PlanFound`.
    lists_offices
        Whether it chooses from the list. Questions that need the list are refused, or answered without, if it does not.
    counts_kroner
        Whether it knows what an office costs in kroner; if not, problems that ask something of kroner are refused.
    """

    meaning: str
    home: str
    lists_offices: bool
    counts_kroner: bool

    def load(self) -> Any:
        """Return the engine."""
        module, name = self.home.split(":")
        return getattr(import_module(module), name)


ENGINES: Final[Mapping[str, EngineEntry]] = {
    "partition": EngineEntry(
        "lists all possible offices and selects; a plan that it has proved does not depend on time and threads",
        "optimizer.engines.selection:Selection",
        lists_offices=True,
        counts_kroner=True,
    ),
    "generation": EngineEntry(
        "makes only the offices that a best plan could have, for offices too many to list; same plan, same proof, but "
        "it knows nothing of kroner; some hundred municipalities or more are solved block by block, with bound and "
        "gap, and parts that only the number of offices ties together (counties with hard lines) part by part",
        "optimizer.engines.generation:generate",
        lists_offices=False,
        counts_kroner=False,
    ),
    "assignment": EngineEntry(
        "is a compact model that shares nothing with the others, to check them; it may choose another among equally "
        "good plans, seldom proves large ones, and knows nothing of kroner",
        "optimizer.engines.assignment:assign",
        lists_offices=False,
        counts_kroner=False,
    ),
}
"""Each engine by the name that a scenario asks for it by."""
AUTO: Final[Mapping[bool, Engine]] = {True: "partition", False: "generation"}
"""What ``auto`` stands for: where offices are listed, and where they are too many to list."""


@dataclass(frozen=True)
class PlanFound:
    """What an engine that needs no list of offices found.

    Parameters
    ----------
    grouping
        The best plan, or ``None``.
    bound
        Proved lower bound, minutes-equivalents.
    finished
        Whether the plan is optimal or, without a plan, there is none.
    cost
        Of the plan, as the engine counts it, cost units.
    ties
        See `optimizer.solve.Result`.
    """

    grouping: Grouping | None
    bound: float
    finished: bool
    cost: int
    ties: Ties = "open"


def lists_offices(asked: str) -> bool:
    """Return whether the engine asked for lists the possible offices, as far as they are not too many.

    Raises
    ------
    ValueError
        If there is no such engine.
    """
    if asked not in get_args(Engine):
        raise ValueError(f"there is no engine {asked!r}; expected one of {', '.join(get_args(Engine))}")
    return asked == "auto" or ENGINES[asked].lists_offices


def engine_name(asked: str, *, listed: bool) -> str:
    """Return the engine that is meant, with a list of the possible offices or without."""
    return AUTO[listed] if asked == "auto" else asked
