"""Who helps a municipality that is short of planners: assistance (somebody does it), guidance (somebody advises)."""

from dataclasses import dataclass
from typing import Final, Literal

VISIT_MINUTES: Final = 75.0
"""Up to here a mentor comes in person."""
DIGITAL_MINUTES: Final = 180.0
"""Up to here they meet each quarter, and on a screen between."""
TOLERANCE: Final = 1e-6
EACH: Final = 2
"""Municipalities that one mentor has at most."""

EDGE_FTE: Final = 0.15
"""Årsverk: who lacks no more than this to the critical mass is on its edge, within what an estimate can tell."""
DAILY_MINUTES: Final = 90.0
"""Up to here a trainee may travel daily."""

Guidance = Literal["visits", "quarterly and digital", "county only"]


@dataclass(frozen=True)
class HelpMatch:
    """A municipality and who helps it, as mentor or with a trainee.

    Parameters
    ----------
    municipality
        Who gets help.
    helper
        Host of the office, or the municipality, that gives it.
    minutes
        Between them, one way.
    """

    municipality: str
    helper: str
    minutes: float


@dataclass(frozen=True)
class HelpForOne:
    """What helps one municipality.

    Parameters
    ----------
    municipality
        Who is short of planners.
    host, members
        Of its office; itself and 1 if it stands alone.
    employed_fte, missing_fte
        Of its office: planners employed, and what it lacks to the critical mass.
    mentor, trainee
        Who gives a mentor, and who has a place for a trainee; ``None`` if nobody does.
    nearest
        The nearest that could be mentor of somebody; ``None`` if nobody can be reached.
    statsforvalter
        Whose district it is in.
    """

    municipality: str
    host: str
    members: int
    employed_fte: float
    missing_fte: float
    mentor: HelpMatch | None
    trainee: HelpMatch | None
    nearest: HelpMatch | None
    statsforvalter: str

    @property
    def is_on_edge(self) -> bool:
        """Whether less is missing than an estimate can tell."""
        return self.missing_fte <= EDGE_FTE + TOLERANCE

    @property
    def is_left_out(self) -> bool:
        """Whether nobody is sent: a member of an office on the edge has colleagues; who stands alone has none."""
        return self.is_on_edge and self.members > 1

    @property
    def is_unserved(self) -> bool:
        """Whether something that counts is missing, and nobody comes."""
        return not self.is_helped and not self.is_left_out

    @property
    def is_helped(self) -> bool:
        """Whether anybody comes and does something."""
        return self.mentor is not None or self.trainee is not None

    @property
    def guidance(self) -> Guidance:
        """What guidance it can have."""
        return "county only" if self.mentor is None else guidance_at(self.mentor.minutes)


def guidance_at(minutes: float) -> Guidance:
    """Return what guidance a journey allows."""
    if minutes <= VISIT_MINUTES:
        return "visits"
    return "quarterly and digital" if minutes <= DIGITAL_MINUTES else "county only"
