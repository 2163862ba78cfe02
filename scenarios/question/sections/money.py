"""The sections on kroner: what offices cost and who pays, and in which order they start."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from scenarios.question.sections.basics import Fte, Kroner, OrNone, Prose, Section, Share, Years, asked, contradiction

THOUSANDS = 20_000
"""Kroner; nobody pays less for an årsverk, as in `optimizer.money`."""
LEAST_SUM, LARGEST_SUM = 1_000, 50_000_000
LIKELY_PRICE = 5_000_000
"""Kroner; a smaller figure that makes no more than this times a thousand is taken to be in thousands."""


def not_thousands(least: int, most: int) -> BeforeValidator:
    """Return what refuses kroner that are likely to be meant in thousands, asking for the figure that is meant."""

    def check(value: object) -> object:
        if isinstance(value, int | float) and 0 < value < least <= value * 1000 <= most:
            raise asked(f"is {value:g}; expected kroner a year", f"thousands? Write {value * 1000:.0f}")
        return value

    return BeforeValidator(check)


YearlyPrice = Annotated[float, Field(ge=THOUSANDS, le=LIKELY_PRICE), not_thousands(THOUSANDS, LIKELY_PRICE)]
OfficeSum = Annotated[float, Field(ge=0, le=LARGEST_SUM), not_thousands(LEAST_SUM, LARGEST_SUM)]
"""Kroner of an office or a member beside its planners."""


class KeyMix(Section):
    """Parts of a cost that are divided by several keys, from 0 to 1; they sum to 1, or all are 0 for no mix."""

    equal: Share = 0.0
    """Part divided equally, 0 to 1."""
    inhabitants: Share = 0.0
    """Part divided by the number of inhabitants, 0 to 1."""
    need: Share = 0.0
    """Part divided by the planners needed, 0 to 1."""
    use: Share = 0.0
    """Part divided by the hours used, column hours of money.table, 0 to 1."""

    @property
    def parts(self) -> Mapping[str, float]:
        """The keys that divide anything, with their parts; empty for no mix."""
        return {name: share for name, share in self.model_dump().items() if share}

    @model_validator(mode="after")
    def sum_to_one(self) -> Self:
        """Refuse parts that do not sum to 1."""
        total = sum(Fraction(repr(float(share))) for share in self.parts.values())
        if self.parts and total != 1:
            raise asked(f"the parts sum to {float(total):g}; expected 1", "such as { equal = 0.4, inhabitants = 0.6 }")
        return self


class MoneySettings(Section):
    """What offices cost and who pays: kroner a year. Every price is an assumption, and most are estimates."""

    enabled: bool = True
    """Whether kroner are counted and told at all."""
    key: Literal["equal", "inhabitants", "need", "use", "alone", "equal_gain", "shapley", "nucleolus"] = "inhabitants"
    """How the members of an office divide its cost. "equal": the same for each; "inhabitants", "need" (planners
    needed), "use" (hours, from the table): in proportion; "alone": in proportion to what each would pay alone;
    "equal_gain": each saves the same; "shapley": the mean of what each adds, exact up to 12 members; "nucleolus": the
    least content group as content as can be."""
    mix: KeyMix = KeyMix()
    """Parts of the cost divided by several keys, instead of key: { equal = 0.4, inhabitants = 0.6 }; empty for none."""
    shared_part: Literal["all", "common"] = "all"
    """"all": the office takes the planners over and all that it costs is divided; "common": each pays the planners that
    it employs today, and the rest is divided."""
    shared_today: bool = True
    """Whether the kroner of today count the planning offices that municipalities are known to share already: each pays
    its own planners, and the rest of the office by its need. Assumption; their keys are not known."""
    zones: bool = False
    """Whether an årsverk costs what pay and the employer tax of the host's zone make of it, instead of fte_kr."""
    table: Prose = ""
    """CSV file or workbook with kommunenummer;fte_kr;hours;alone_kr (any of the three) for the municipalities in it:
    price of an årsverk where it is host, hours of planning used, what it pays out alone; the path is relative to the
    scenario file; empty for none."""
    projection: Prose = ""
    """CSV file or workbook with kommunenummer;year;inhabitants, the same years for each: how the key drifts if the cost
    stays and the inhabitants change; the path is relative to the scenario file; empty for none."""
    phase_in_years: Annotated[int, Field(ge=0, le=10)] = 0
    """Years in which each goes in equal steps from its part of what all pay today to its part by the key; 0 for at
    once."""
    fte_kr: YearlyPrice = 1_150_000.0
    """Price of one årsverk, everything included, kroner a year. Derived from the employers' statistics of pay."""
    pay_kr: YearlyPrice = 820_000.0
    """Pay of one årsverk, kroner a year, with zones. Derived from the employers' statistics of pay."""
    pension_share: Share = 0.14
    """The employer's part of the pension, share of the pay, with zones. Estimate."""
    office_share_kr: Kroner = 115_000.0
    """Desk, training and leading of one årsverk, kroner a year, with zones. Estimate."""
    bought_kr: YearlyPrice = 1_900_000.0
    """Price of one årsverk bought from outside, kroner a year. Estimate; 1.5 to 2.3 million."""
    bought_share: Share = 1 / 3
    """Part of the need that nobody employed covers which is bought, 0 to 1; the rest is left undone. Derived from the
    municipalities' accounts."""
    hired_share: Share = 0.5
    """Part of the need not covered that becomes new posts, 0 to 1. Estimate from three offices; it decides more than
    any price."""
    hire_from_fte: Fte = 3.0
    """Årsverk from which on an office, or a municipality alone, can recruit. Estimate."""
    office_kr: OfficeSum = 150_000.0
    """What a shared office costs beside its planners, kroner a year. Estimate."""
    member_kr: OfficeSum = 40_000.0
    """What each member of a shared office adds to that, kroner a year. Estimate."""
    start_kr: OfficeSum = 600_000.0
    """What starting a shared office costs, once, kroner. Estimate; 0.4 to 1.0 million."""
    start_years: Years = 4
    """Years over which that is spread."""
    grant_kr: OfficeSum = 0.0
    """Grant to each shared office, kroner a year."""
    grant_years: Years = 0
    """Years for which the grant is given."""
    visits: Annotated[float, Field(ge=0, le=1000)] = 40.0
    """Journeys there and back a year between each member and its host; with presence.days_a_week it is 40 weeks of
    these days instead. Estimate."""
    km_per_minute: Annotated[float, Field(ge=0, le=3)] = 1.0
    """Kilometres driven in a minute. Estimate."""
    km_kr: Annotated[float, Field(ge=0, le=1000)] = 5.30
    """What a kilometre costs, kroner: the state's rate of 2026."""
    year_hours: Annotated[float, Field(ge=500, le=4000)] = 1_695.0
    """Hours at work in an årsverk."""

    @field_validator("key", mode="before")
    @classmethod
    def one_key(cls, value: object) -> object:
        """Refuse several keys where one is meant, and say where several go."""
        if isinstance(value, dict) or (isinstance(value, str) and value.startswith("{")):
            raise asked(
                "is a table; expected the name of one key", "for several: mix = { equal = 0.4, inhabitants = 0.6 }"
            )
        return value

    @model_validator(mode="after")
    def agree(self) -> Self:
        """Refuse a start or a grant of no years, and a price that zones put another in the place of."""
        if self.start_kr and not self.start_years:
            raise contradiction("start_years", "start_kr", "is 0; expected 1 or more, or start_kr = 0")
        if self.grant_kr and not self.grant_years:
            raise contradiction("grant_years", "grant_kr", "is 0; expected 1 or more, or grant_kr = 0")
        if self.zones and self.fte_kr != type(self).model_fields["fte_kr"].default:
            raise contradiction("fte_kr", "zones", "counts for nothing with zones; set pay_kr, or zones = false")
        return self


class OrderSettings(Section):
    """In which order the offices of a plan start; it is told where kroner are."""

    years: Years = 4
    """Years in which offices start; 0 for no order in the report."""
    starts: Annotated[int, Field(ge=1, le=400)] = 20
    """Offices that start in a year at most. Assumption."""
    a_county: Annotated[Annotated[int, Field(ge=1, le=400)] | None, OrNone] = None
    """Offices that start in a year at most in the county of their hosts; "none" for no limit."""
    budget_kr: Annotated[Kroner | None, OrNone] = None
    """For starting offices, kroner each year; "none" for no limit."""
    horizon: Annotated[int, Field(ge=1, le=100)] = 8
    """Years whose gain counts, from the first start. Assumption."""

    @model_validator(mode="after")
    def agree(self) -> Self:
        """Refuse starts after the years that count."""
        if self.horizon < self.years:
            raise contradiction("horizon", "years", f"is {self.horizon}, fewer than the {self.years} years of starts")
        return self
