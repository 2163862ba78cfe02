"""What somebody has decided beforehand, and what it forces together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property, partial
from types import MappingProxyType


@dataclass(frozen=True)
class Pins:
    """What somebody has decided beforehand, by municipality id.

    Parameters
    ----------
    together
        Each set stays in one office.
    apart
        No two of a set share an office.
    fixed
        Municipality to the host it must have; to itself: it hosts or stands alone.
    must_host
        Each is the host of a shared office (two or more members).
    may_not_host
        None of them hosts a shared office; they may stand alone.
    leave_out
        They do not take part; with ``contiguity = "through"`` they may be crossed.
    held
        Offices that exist and stay as they are, as host to its members, the host among them: nobody leaves, nobody
        joins. What such an office breaks of the limits and of ``may_host`` is excused; prices hold for it.
    """

    together: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()
    fixed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    must_host: frozenset[str] = frozenset()
    may_not_host: frozenset[str] = frozenset()
    leave_out: frozenset[str] = frozenset()
    held: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def held_at(self) -> Mapping[str, str]:
        """Host of each member of an office that is held."""
        return MappingProxyType({id_: host for host, members in self.held.items() for id_ in members})

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process with plain tables in the place of read-only ones, which cannot."""
        made = {item.name: getattr(self, item.name) for item in fields(self)}
        return partial(Pins, **made | {"fixed": dict(self.fixed), "held": dict(self.held)}), ()

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts that somebody has decided on: each must host, or another municipality is fixed to it."""
        return self.must_host | {host for id_, host in self.fixed.items() if id_ != host}

    def named(self) -> dict[str, set[str]]:
        """Return the ids that each kind of pin speaks of."""
        return {
            "together": set().union(*self.together),
            "apart": set().union(*self.apart),
            "fixed": {*self.fixed, *self.fixed.values()},
            "must_host": set(self.must_host),
            "may_not_host": set(self.may_not_host),
            "leave_out": set(self.leave_out),
            "held": {*self.held, *self.held_at},
        }


def blocks(pins: Pins) -> list[frozenset[str]]:
    """Return the sets that the pins force into one office, joined where they meet."""
    merged: list[set[str]] = []
    fixed = [{id_, host} for id_, host in pins.fixed.items()]
    held = [{host, *members} for host, members in pins.held.items()]
    for pin in [*map(set, pins.together), *fixed, *held]:
        touching = [block for block in merged if block & pin]
        merged = [block for block in merged if not block & pin] + [pin.union(*touching)]
    return [frozenset(block) for block in sorted(merged, key=sorted)]
