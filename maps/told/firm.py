"""How firm a plan is, as plain facts: what all the nearly best plans share, and who moves under other assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from optimizer.judging.difference import Elsewhere

LeftOut = Literal["", "not asked", "not proved", "not listed", "too many", "stopped", "no time"]
State = Literal["optimal", "same", "infeasible", "too many"]
Level = Literal["firm", "fair", "loose"]

ALWAYS: Final = "all"


@dataclass(frozen=True)
class VariantPlan:
    """The best plan if one thing is changed, beside the plan that is shown.

    Parameters
    ----------
    name
        ``limits.max_minutes=65``; of several changes, joined by spaces.
    changes
        New values by dotted name of the setting.
    state
        ``optimal``: proved. ``same``: whatever can be chosen costs the same, so the plan stays. ``infeasible``: proved
        that there is no plan. ``too many``: not investigated, there are too many possible plans.
    moved
        Municipalities whose office is another one than in the plan that is shown, as in a comparison of the two.
    offices, alone
        Shared offices, and municipalities that stand alone; ``None`` without a plan.
    mean_minutes
        Mean journey of members that are not hosts, in the minutes of the variant; ``None`` without any.
    """

    name: str
    changes: Mapping[str, float | str]
    state: State
    moved: tuple[str, ...] = ()
    offices: int | None = None
    alone: int | None = None
    mean_minutes: float | None = None


@dataclass(frozen=True)
class FirmPlan:
    """How firm a proved plan is.

    Parameters
    ----------
    left_out
        Why nothing is known; empty if it is.
    within
        Plans count that are at most this share above the best.
    together
        Of each pair that shares an office in the plan: in how many of these plans it does, ``all`` or ``some``.
    companions, same_host
        Of each municipality: in how many it shares with the very same, and has the very same host.
    alone
        Of each municipality: in how many it stands alone, ``all``, ``some`` or ``none``.
    margins
        Of each municipality: how much the best plan in which it shares with others is above the best,
        minutes-equivalents; infinite if there is none.
    variants
        In the order in which they are stated.
    elsewhere
        Of each municipality that can have another host: the best plan in which it has one.
    """

    left_out: LeftOut
    within: float = 0.0
    together: Mapping[tuple[str, str], str] = field(default_factory=dict)
    companions: Mapping[str, str] = field(default_factory=dict)
    same_host: Mapping[str, str] = field(default_factory=dict)
    alone: Mapping[str, str] = field(default_factory=dict)
    margins: Mapping[str, float] = field(default_factory=dict)
    variants: tuple[VariantPlan, ...] = ()
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)

    @property
    def solved(self) -> tuple[VariantPlan, ...]:
        """The variants that have a plan of their own: those that can change something, and are not impossible."""
        return tuple(variant for variant in self.variants if variant.state == "optimal")

    @cached_property
    def changes(self) -> Mapping[str, tuple[VariantPlan, ...]]:
        """The variants in which each municipality has another office."""
        return {id_: tuple(one for one in self.solved if id_ in one.moved) for id_ in self.companions}

    @property
    def always(self) -> int:
        """How many municipalities share with the very same in all nearly best plans."""
        return list(self.companions.values()).count(ALWAYS)

    @property
    def pairs_always(self) -> int:
        """How many of the pairs that share an office do so in all nearly best plans."""
        return list(self.together.values()).count(ALWAYS)

    @property
    def changing(self) -> int:
        """How many municipalities have another office in at least one variant."""
        return sum(bool(found) for found in self.changes.values())

    def level(self, id_: str) -> Level:
        """Return how firm a municipality's place is.

        ``firm``: it shares with the very same in all nearly best plans, and keeps its office in every variant;
        ``fair``: one of the two; ``loose``: neither.
        """
        holds = (self.companions[id_] == ALWAYS) + (not self.changes[id_])
        return ("loose", "fair", "firm")[holds]


NOT_ASKED: Final = FirmPlan("not asked")
