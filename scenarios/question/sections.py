"""What every section of a scenario is made of, and the sections that say what the world is: planners, kroner."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from scenarios.question.faults import STEERING, near

NONE = "none"
LARGEST_PRICE = 1_000_000_000
THOUSANDS = 20_000
"""Kroner; nobody pays less for an årsverk, as in `optimizer.money`."""
LEAST_SUM, LARGEST_SUM = 1_000, 50_000_000
LIKELY_PRICE = 5_000_000
"""Kroner; a smaller figure that makes no more than this times a thousand is taken to be in thousands."""


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


class DataSettings(Section):
    """The user's own municipalities, with edition = "own": a region anywhere. Or newer figures of an edition."""

    municipalities: Prose = ""
    """CSV file, workbook or file of shapes (GeoPackage, GeoJSON, TopoJSON, Shapefile, Parquet) with id;name;population;
    county_id and perhaps county_name, centrality_class, lon and lat or x and y, centre_name, area_km2 and
    population_year; the path is relative to the scenario file; empty for none."""
    boundaries: Prose = ""
    """File of shapes with the ids of the municipalities: their boundaries. Of an edition, by kommunenummer, they are
    only drawn: neighbours, areas and journeys stay those of the edition. Of your own municipalities, if those are a
    table, whoever has a border in common is a neighbour; empty for none: the lines of the edition, or a schematic map,
    unless the municipalities are shapes themselves. The path is relative to the scenario file."""
    boundaries_layer: Annotated[str, Field(max_length=200)] = ""
    """Layer with the boundaries; empty: the only one of areas."""
    boundaries_crs: Annotated[str, Field(max_length=100, examples=["EPSG:25833"])] = ""
    """Coordinate system of the boundaries, whatever their file says; empty: what it says."""
    neighbours: Prose = ""
    """CSV file or workbook with a;b and perhaps kind ("road" or "ferry") and reason: who borders whom; the path is
    relative to the scenario file; empty for none."""
    crs: Annotated[str, Field(max_length=100, examples=["EPSG:3006"])] = ""
    """Coordinate system of x and y; empty: that of the boundaries, and without any they say only how the municipalities
    lie to one another."""
    figures: Prose = ""
    """CSV file or workbook with kommunenummer and population and population_year, or centrality_class, or all three,
    for every municipality of the edition, as "data update" writes it; the path is relative to the scenario file; empty
    for the figures of the edition."""

    municipality_words: Annotated[Words, Field(examples=[["kommun", "kommunen", "kommuner", "kommunerna"]])] = ()
    """What a municipality is called in Norwegian texts: indefinite and definite, singular and plural, and perhaps how
    compounds begin; empty for kommune, kommunen, kommuner, kommunene, kommune-."""
    municipality_words_en: Annotated[Words, Field(examples=[["parish", "parishes"]])] = ()
    """The same in English texts: singular and plural; empty for municipality, municipalities."""
    county_words: Annotated[Words, Field(examples=[["län", "länet", "län", "länen", "läns"]])] = ()
    """What a county is called in Norwegian texts, in the same five forms; empty for fylke, fylket, fylker, fylkene,
    fylkes-."""
    county_words_en: Annotated[Words, Field(examples=[["region", "regions"]])] = ()
    """The same in English texts: singular and plural; empty for county, counties."""

    @model_validator(mode="after")
    def agree(self) -> Self:
        """Refuse words without all their forms."""
        for name in ("municipality_words", "county_words"):
            for key, counts in ((name, (0, 4, 5)), (f"{name}_en", (0, 2))):
                if (count := len(getattr(self, key))) not in counts:
                    hint = f"expected {' or '.join(map(str, counts[1:]))}"
                    raise contradiction(key, key, f"has {count} words; {hint}")
        return self

    def called(self, language: str) -> dict[str, tuple[str, ...]]:
        """Return the words for municipality and county in a language, with all forms; empty for ours."""
        ending = "_en" if language == "en" else ""
        words = {name: getattr(self, f"{name}_words{ending}") for name in ("municipality", "county")}
        return {name: (*told, told[0]) if len(told) == 4 else told for name, told in words.items()}

    @property
    def files(self) -> tuple[str, str, str]:
        """The files that are named, each may be empty."""
        return self.municipalities, self.boundaries, self.neighbours


class Planners(Section):
    """How many planners the municipalities employ and need: a labelled estimate, and a table that overrides it."""

    supply_fixed_fte: Annotated[float, Field(ge=0, le=100)] = 0.0
    """Planners employed whatever the population, årsverk."""
    supply_per_1000: Annotated[float, Field(ge=0, le=100)] = 0.27
    """Planners employed beyond supply_fixed_fte, årsverk for each 1000 inhabitants."""
    need_fixed_fte: Annotated[float, Field(ge=0, le=100)] = 0.8
    """Planners needed whatever the population, årsverk."""
    need_per_1000: Annotated[float, Field(ge=0, le=100)] = 0.25
    """Planners needed beyond need_fixed_fte, årsverk for each 1000 inhabitants."""
    fixed_kept: Share = 0.8
    """Share of each further member's need_fixed_fte that stays in a shared office, 0 to 1."""
    need_per_case: Annotated[float, Field(ge=0, le=10)] = 0.0
    """Planners needed beyond that for each plan case a year above the mean, and less below it, årsverk; needs activity.
    Nobody has measured it: an estimate of yours."""
    activity: Prose = ""
    """CSV file or workbook with kommunenummer;activity, plan cases a year, or kostra.csv as "data update" writes it;
    the path is relative to the scenario file; empty for none."""
    activity_contents: Annotated[Words, Field(examples=[["KOSplan0000"]])] = ()
    """Which figures of kostra.csv are plan cases, by their code in the column contents; they are added up."""
    trips: Literal["need", "equal"] = "need"
    """Weight of a municipality's journeys to its host. "need": by the planners it needs, with mean 1 over those that
    take part and are not left out, so that prices in minutes keep their meaning; "equal": 1 for each."""
    table: Prose = ""
    """CSV file or workbook with kommunenummer;planner_fte;need_fte;trips (any of the three) that replaces the
    estimates, and the weight of journeys, for the municipalities in it; also planner_fte_low and planner_fte_high, the
    ends of what planner_fte may be; the path is relative to the scenario file; empty for none."""

    @model_validator(mode="after")
    def agree(self) -> Self:
        """Refuse plan cases that would count for nothing, and a weight of none."""
        if self.activity and not self.need_per_case:
            raise contradiction("activity", "need_per_case", "counts for nothing; set need_per_case, årsverk a case")
        if self.need_per_case and not self.activity:
            raise contradiction("need_per_case", "activity", "needs plan cases; name a table in activity")
        return self


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


def contradiction(key: str, other: str, what: str) -> PydanticCustomError:
    """Return an error of a whole section that belongs to one of its keys, for what another says."""
    return PydanticCustomError("contradiction", "{what}", {"key": key, "other": other, "what": what})


def asked(what: str, hint: str) -> PydanticCustomError:
    """Return an error of one setting, in words, with the next step."""
    return PydanticCustomError("asked", "{what}", {"what": what, "hint": hint})
