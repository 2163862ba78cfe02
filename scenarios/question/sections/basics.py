"""What every section of a scenario is made of."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

from scenarios.question.faults import STEERING

NONE = "none"
LARGEST_PRICE = 1_000_000_000


def without_none_word(value: object) -> object:
    """Return ``None`` for the word "none": TOML has no null, and an inherited limit must be removable."""
    return None if value == NONE else value


def visible(text: str) -> str:
    """Refuse characters that cannot be seen and steer what shows the text, other than line ends and tabs."""
    for character in text:
        if ord(character) in STEERING:
            code = f"U+{ord(character):04X}"
            raise asked(f"holds the character {code}, which steers what shows it; expected plain text", "remove it")
    return text


Prose = Annotated[str, AfterValidator(visible)]
OrNone = BeforeValidator(without_none_word)
CentralityClass = Annotated[int, Field(ge=1, le=6)]
Word = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(visible)]
Classes = Annotated[tuple[CentralityClass, ...], Strict(strict=False)]
Words = Annotated[tuple[Word, ...], Strict(strict=False)]
Company = Annotated[Words, Field(min_length=2)]
Sets = Annotated[tuple[Company, ...], Strict(strict=False)]
Offices = Annotated[Mapping[Word, Words], Field(examples=[{"5544": ["5540", "5542"]}])]
Share = Annotated[float, Field(ge=0, le=1)]
Fte = Annotated[float, Field(ge=0, le=1000)]
Minutes = Annotated[float, Field(ge=0, le=10_000)]
Factor = Annotated[float, Field(ge=0.1, le=10)]
Count = Annotated[int, Field(ge=0, le=400)]
Members = Annotated[int, Field(ge=1, le=500)]
Kroner = Annotated[float, Field(ge=0, le=LARGEST_PRICE)]
Years = Annotated[int, Field(ge=0, le=100)]


class Section(BaseModel):
    """A table of the scenario file: frozen, no unknown keys, no silent conversions, only finite numbers."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
    )


def contradiction(key: str, other: str, what: str) -> PydanticCustomError:
    """Return an error of a whole section that belongs to one of its keys, for what another says."""
    return PydanticCustomError("contradiction", "{what}", {"key": key, "other": other, "what": what})


def asked(what: str, hint: str) -> PydanticCustomError:
    """Return an error of one setting, in words, with the next step."""
    return PydanticCustomError("asked", "{what}", {"what": what, "hint": hint})
