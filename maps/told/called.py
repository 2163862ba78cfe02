"""What municipalities and counties are called elsewhere: the words of the catalogue, and those said in their place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

FORMS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "nb": {
            "municipality": ("kommune", "kommunen", "kommuner", "kommunene", "kommune"),
            "county": ("fylke", "fylket", "fylker", "fylkene", "fylkes"),
        },
        "nn": {
            "municipality": ("kommune", "kommunen", "kommunar", "kommunane", "kommune"),
            "county": ("fylke", "fylket", "fylke", "fylka", "fylkes"),
        },
        "en": {"municipality": ("municipality", "municipalities"), "county": ("county", "counties")},
    }
)
"""The forms of each word in a language. Norwegian: indefinite and definite, singular and plural, and the beginning of
compounds; English: singular and plural."""
BEFORE: Final = ("verts", "nabo", "deltaker", "deltakar")
"""What may stand before it in one word."""

_PLACE: Final = r"\{[^}]*\}"
_NOT_A_NAME: Final = (r"(?<![\w./=\"-])", r"(?![\w/=\"]|[.;-]\w)")
"""Names of files, settings and options are no words."""


@dataclass(frozen=True)
class Called:
    """Other words for municipality and county in one language.

    Attributes
    ----------
    municipality, county : tuple of str
        As many forms as `FORMS` has; empty for the words of the catalogue.
    """

    municipality: tuple[str, ...] = ()
    county: tuple[str, ...] = ()

    def said(self, text: str, language: str) -> str:
        """Return a text of the catalogue with these words; its places stay as they are."""
        for name, ours in FORMS.get(language, {}).items():
            theirs: Sequence[str] = getattr(self, name)
            if theirs:
                text = _replaced(text, ours, theirs)
        return text


def _replaced(text: str, ours: Sequence[str], theirs: Sequence[str]) -> str:
    """Return a text with each form of a word in the place of ours."""
    words = dict(reversed([*zip(ours[:4], theirs[:4], strict=True)]))  # singular where ours has one form for both
    before, after = _NOT_A_NAME
    first = "|".join(BEFORE)
    either = "|".join(sorted(words, key=len, reverse=True))
    whole = rf"{before}(?P<before>{first})?(?P<word>{either})(?P<owner>s?){after}"
    pattern = f"(?P<place>{_PLACE})|{whole}"
    if len(ours) > len(words):
        pattern += rf"|{before}(?P<head>{ours[-1]})(?P<tail>[a-zæøå]{{2,}}){after}"

    def other(found: re.Match[str]) -> str:
        if found["place"]:
            return found["place"]
        if found["word"]:
            told = (found["before"] or "") + words[found["word"].casefold()] + found["owner"]
        else:
            told = theirs[-1] + found["tail"]
        return told[:1].upper() + told[1:] if found[0][:1].isupper() else told

    return re.sub(pattern, other, text, flags=re.IGNORECASE)
