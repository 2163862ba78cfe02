"""The sections on who does the work: vacant posts, days at the town halls, disciplines, plans that are renewed."""

from fractions import Fraction
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, Strict, model_validator

from scenarios.question.faults import near
from scenarios.question.sections.basics import Fte, OrNone, Prose, Section, Share, Word, asked


class VacancySettings(Section):
    """How often posts are vacant: nobody counts it, so every figure that follows is an estimate."""

    share: Share = 0.2
    """Share of posts that are vacant, 0 to 1, where leaving_rate is "none". Estimate."""
    leaving_rate: Annotated[Annotated[float, Field(gt=0, le=5)] | None, OrNone] = None
    """Part of those at work who leave in a year, such as 0.2: with years_to_fill it says the share, l t / (1 + l t)
    instead; "none" for the share above."""
    years_to_fill: Annotated[float, Field(ge=0, le=10)] = 0.75
    """Years from one leaving to the next one starting, with leaving_rate. Estimate."""


class PresenceSettings(Section):
    """Days on which a planner is at the town hall of each member; a long commute becomes a journey on those days."""

    days_a_week: Annotated[float, Field(ge=0, le=5)] = 0.0
    """Days a week at each town hall, in 40 weeks of the year; 0 for none. What they cost is hours on the road, and
    year_hours of the section money makes årsverk of them. The terms missing_fte and unmet_need then count net: the
    planners employed less those årsverk; rules count all who are employed. Such a journey may be longer than a daily
    one: limits.max_minutes = 90."""


class DisciplineShares(Section):
    """Share of the need for planners that each discipline is, 0 to 1; they sum to 1. Estimates."""

    arealplan: Share = 0.35
    """Land-use planning."""
    samfunnsplan: Share = 0.25
    """Planning of the community."""
    gis: Share = 0.12
    """Maps and geographical data."""
    miljo: Share = 0.10
    """Climate, environment and nature."""
    medvirkning: Share = 0.06
    """Process and participation."""
    kulturminne: Share = 0.06
    """Cultural heritage."""
    jus: Share = 0.06
    """Planning and building law."""
    landskap: Share = 0.0
    """Landscape and places."""
    ku: Share = 0.0
    """Impact and risk assessment."""
    byggesak: Share = 0.0
    """Building cases, which the need for planners does not hold: from a table only, or with a share of your own."""

    @model_validator(mode="after")
    def sum_to_one(self) -> Self:
        """Refuse shares that do not sum to 1."""
        total = sum(Fraction(repr(float(share))) for share in self.model_dump().values())
        if total != 1:
            kept = [
                f"{name} = {value:g}"
                for name, value in self.model_dump().items()
                if value and name not in self.model_fields_set
            ]
            hint = (
                f"not named, so as before: {', '.join(kept)}; make some less or more"
                if kept
                else "make some less or more"
            )
            raise asked(f"the shares of the disciplines sum to {float(total):g}; expected 1", hint)
        return self


SAMI: Final = "samisk"
"""Sámi language and reindeer: needed in the administrative area for Sámi languages, whatever the shares."""


def known_discipline(value: str) -> str:
    """Refuse what is no discipline."""
    known = (*DisciplineShares.model_fields, SAMI)
    if value not in known:
        guess = near(value, known)
        hint = f"did you mean {guess[0]}?" if guess else f"known are {', '.join(known)}"
        raise asked(f"is {value}, which is no discipline", hint)
    return value


Disciplines = Annotated[
    tuple[Annotated[Word, AfterValidator(known_discipline)], ...],
    Strict(strict=False),
    Field(examples=[["arealplan", "gis"]]),
]


class DisciplineSettings(Section):
    """Which disciplines a municipality needs, and from when on an office covers one. All are estimates."""

    shares: DisciplineShares = DisciplineShares()
    """Share of the need for planners that each discipline is; one with the share 0 is not counted. Sámi language and
    reindeer are needed by the municipalities of the administrative area for Sámi languages, whatever the shares."""
    threshold: Annotated[float, Field(gt=0, le=100)] = 0.5
    """Årsverk from which on an office covers a discipline. Assumption."""
    table: Prose = ""
    """CSV file with kommunenummer;discipline;fte;people: what the municipalities in it hold, in the place of the
    estimate; people may be empty; the path is relative to the scenario file; empty for none."""
    need_table: Prose = ""
    """CSV file with kommunenummer;discipline;fte;people: what the municipalities in it need, in the place of their
    shares of the need: only those disciplines, and Sámi where it is needed anyhow; people may be empty; the path is
    relative to the scenario file; empty for none."""


class CycleSettings(Section):
    """When plans are renewed; told only of municipalities whose plan dates are known."""

    table: Prose = ""
    """CSV file with kommunenummer;plan;adopted: plan is arealdel, samfunnsdel or planstrategi, adopted a year or a day
    such as 2019-06-12; the path is relative to the scenario file; empty for none, and nothing is guessed."""
    first_year: Annotated[int, Field(ge=2000, le=2200)] = 2026
    """First year that is looked at; no plan in the table was adopted after it."""
    years: Annotated[int, Field(ge=1, le=30)] = 8
    """Years that are looked at."""
    arealdel_fte: Fte = 1.5
    """Work on the land-use part, årsverk. Estimate."""
    arealdel_years: Annotated[int, Field(ge=1, le=50)] = 8
    """Years after which it is renewed. Estimate."""
    samfunnsdel_fte: Fte = 0.6
    """Work on the community part, årsverk. Estimate."""
    samfunnsdel_years: Annotated[int, Field(ge=1, le=50)] = 5
    """Years after which it is renewed. Estimate."""
    planstrategi_fte: Fte = 0.15
    """Work on the planning strategy, årsverk; due at the latest a year after a council begins: 2024, 2028. Estimate."""
