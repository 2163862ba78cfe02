"""The errors that a problem, or a question about it, is refused with."""

from collections.abc import Iterable


class ProblemError(ValueError):
    """The problem contradicts itself; every fault found is listed.

    Parameters
    ----------
    faults
        One sentence for each fault, naming the setting and the municipalities.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


class EngineError(ProblemError):
    """The engine that was asked for cannot answer this question of this problem."""
