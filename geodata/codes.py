"""Municipality numbers that cannot be used, and what their writer probably meant."""

from dataclasses import dataclass

from geodata import editions, municipalities
from geodata.faults import did_you_mean, similar


@dataclass(frozen=True)
class NumberBook:
    """Everything needed to judge a number in one edition.

    Attributes
    ----------
    edition : str
        The edition in use.
    names : dict of str to str
        Number to Norwegian name, in this edition.
    elsewhere : dict of str to tuple
        For a number of the other edition only: that edition, the name there, and the numbers here.
    """

    edition: str
    names: dict[str, str]
    elsewhere: dict[str, tuple[str, str, tuple[str, ...]]]

    def describe(self, number: str) -> str:
        """Return number and name: ``0301 (Oslo)``."""
        return f"{number} ({self.names[number]})"

    def fault(self, written: str) -> tuple[str, str] | None:
        """Judge what stands where a number should.

        Parameters
        ----------
        written : str
            The cell as the user wrote it.

        Returns
        -------
        tuple of str or None
            What is wrong and the next step; None for a number of this edition.
        """
        text = written.strip()
        if text in self.names:
            return None
        if not text:
            return "the kommunenummer is missing", "four digits, like 0301"
        if not (text.isascii() and text.isdigit()):
            return f"{text!r} is no kommunenummer", self._by_name(text) or "four digits, like 0301"
        if len(text) == 4:
            return f"{text} is no municipality of {self.edition}", self._elsewhere(text)
        padded = text.zfill(4)
        meant = f"did you mean {self.describe(padded)}?" if padded in self.names else "like 0301"
        digits = "1 digit" if len(text) == 1 else f"{len(text)} digits"
        return f"{text!r} has {digits}, a kommunenummer has four", meant

    def _elsewhere(self, number: str) -> str:
        if number not in self.elsewhere:
            return "see `plankontor data show` for the numbers"
        other, name, here = self.elsewhere[number]
        now = ", ".join(f"{one} {self.names[one]}" for one in here)
        when = f"from {self.edition}" if self.edition > other else f"in {self.edition}"
        return f"{number} is {name} of {other}; {when}: {now}"

    def _by_name(self, text: str) -> str:
        """Guess the number behind a name; two municipalities may share one (Herøy, Våler)."""
        numbers: dict[str, list[str]] = {}
        for number, name in self.names.items():
            numbers.setdefault(name.casefold(), []).append(number)
        folded = text.casefold()
        guesses = [folded] if folded in numbers else similar(text, numbers)
        return did_you_mean([self.describe(number) for guess in guesses for number in numbers[guess]])


def book(edition: str) -> NumberBook:
    """Return the numbers of an edition, and those of the other one that a user may mix in."""
    names = {name: municipalities.names(name) for name in editions.EDITIONS}
    (other,) = (name for name in editions.EDITIONS if name != edition)
    table = municipalities.correspondence()
    successors: dict[str, list[str]] = {}
    for there, here in zip(table[f"kommunenummer_{other}"], table[f"kommunenummer_{edition}"], strict=True):
        successors.setdefault(there, []).append(here)
    elsewhere = {
        number: (other, names[other][number], tuple(sorted(here)))
        for number, here in successors.items()
        if number not in names[edition]
    }
    return NumberBook(edition, names[edition], elsewhere)
