"""The sections on the user's own tables: the municipalities, and the planners that they employ and need."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scenarios.question.sections.basics import Prose, Section, Share, Words, contradiction


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
