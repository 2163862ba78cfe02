"""What the sentences about the people of a plan have in common."""

from collections.abc import Callable
from typing import Generic, TypeVar

from maps.told.texts import Words

Told = TypeVar("Told")


class PlanWords(Generic[Told]):
    """What is told of a plan, in words.

    Parameters
    ----------
    words
        Of the reader's language.
    plan
        What is told of.
    name
        Returns what to call a municipality.
    """

    def __init__(self, words: Words, plan: Told, name: Callable[[str], str]) -> None:
        self.words, self.plan, self.name = words, plan, name
