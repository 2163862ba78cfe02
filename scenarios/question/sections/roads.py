"""The section of a scenario on roads, ferries and journeys, and what may change of them."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, Strict, model_validator

from scenarios.question.sections.basics import Factor, OrNone, Prose, Section, Word, Words, asked, contradiction

ADDRESS = r"^(https?://\S+)?$"
PositiveMinutes = Annotated[float, Field(gt=0, le=10_000)]
Ends = Annotated[tuple[Word, ...], Strict(strict=False), Field(min_length=2, max_length=2)]


class ClosedLinkSettings(Section):
    """A road or ferry that is closed, by its two ends."""

    between: Ends
    """Its ends: two municipalities, by number or name, or quays, or positions ("59.07, 5.41": latitude, longitude). All
    roads and ferries that lead directly from one to the other are closed."""
    road: Annotated[str, Field(max_length=20)] = ""
    """Only the road of this number, "E6"; empty for all."""


class NewLinkSettings(Section):
    """A road, bridge, tunnel or ferry that is planned."""

    name: Word
    """What it is called."""
    between: Ends
    """Its ends: two municipalities, by number or name, of which the centre is meant, or quays, or positions ("59.07,
    5.41": latitude, longitude), of which the nearest junction or quay is meant, at most 5 km away."""
    minutes: PositiveMinutes
    """Minutes from end to end, of a ferry with the wait; no factor changes them."""
    km: Annotated[Annotated[float, Field(gt=0, le=1000)] | None, OrNone] = None
    """Length, km; "none" for the straight line."""
    kind: Literal["road", "ferry"] = "road"
    """What it is."""


class FerrySettings(Section):
    """How a ferry sails; what is not said stays as in the data."""

    wait_minutes: Annotated[Annotated[float, Field(ge=0, le=1440)] | None, OrNone] = None
    """Mean wait, minutes."""
    departures: Annotated[Annotated[float, Field(gt=0, le=500)] | None, OrNone] = None
    """Departures a day in each direction, instead of wait_minutes: the wait is half of the interval in a day of 18
    hours, at most 40 minutes. Assumption."""
    sailing_minutes: Annotated[PositiveMinutes | None, OrNone] = None
    """Minutes from quay to quay."""

    @model_validator(mode="after")
    def agree(self) -> Self:
        """Refuse two waits, and a service that says nothing."""
        if self.wait_minutes is not None and self.departures is not None:
            raise contradiction("departures", "wait_minutes", "cannot stand beside wait_minutes; remove one")
        if (self.wait_minutes, self.departures, self.sailing_minutes) == (None, None, None):
            raise asked("says nothing of the ferry", "give wait_minutes, departures or sailing_minutes")
        return self


class PairSettings(Section):
    """Minutes between two municipalities that somebody knows better."""

    between: Ends
    """The two municipalities, by number or name."""
    minutes: PositiveMinutes
    """Minutes from centre to centre."""
    one_way: bool = False
    """Whether only from the first to the second."""


class ClassFactors(Section):
    """What the driving times on a class of road are multiplied by."""

    motorway: Factor = 1.0
    """Motorways."""
    motor_road: Factor = 1.0
    """Motor roads with two lanes."""
    primary: Factor = 1.0
    """Other European and national roads."""
    secondary: Factor = 1.0
    """County roads."""
    other: Factor = 1.0
    """Local roads, and the ties of centres and quays to the network."""


class Travel(Section):
    """How long journeys take."""

    roads: Prose = ""
    """Folder of roads and ferries of your own, as "data roads" writes it, in the place of the embedded ones: minutes,
    neighbours and all that changes roads go by it; or a .zip of its road-nodes.csv and road-edges.csv. The path is
    relative to the scenario file; empty for none."""
    road_factor: Factor = 1.0
    """Driving times are multiplied by this."""
    ferry_factor: Factor = 1.0
    """Sailing and waiting times of ferries are multiplied by this."""
    seasonal: bool = False
    """Whether all roads and ferries that are open only a part of the year are used."""
    open_in_winter: Annotated[Words, Field(examples=[["Sognefjellet", "Valdresflye"]])] = ()
    """Those of them that are used even if the others are not, by name."""
    closed_ferries: Annotated[Words, Field(examples=[["Bognes-Lødingen"]])] = ()
    """Ferry connections that do not sail, by the name in the road and ferry graph; bridges and tunnels that have a name
    there, too."""
    closed_links: Annotated[tuple[ClosedLinkSettings, ...], Strict(strict=False)] = ()
    """Roads and ferries that are closed, by their two ends: [{ between = ["Storfjord", "Kåfjord"], road = "E6" }]."""
    new_links: Annotated[tuple[NewLinkSettings, ...], Strict(strict=False)] = ()
    """Bridges, tunnels, roads and ferries that are planned:
    [{ name = "Rogfast", between = ["Randaberg", "Bokn"], minutes = 21 }]."""
    ferries: Mapping[Word, FerrySettings] = Field(default_factory=dict)
    """Ferries that sail otherwise, by name: { "Bognes-Lødingen" = { departures = 12 } }."""
    class_factors: ClassFactors = ClassFactors()
    """What the driving times on a class of road are multiplied by, beside road_factor."""
    pairs: Annotated[tuple[PairSettings, ...], Strict(strict=False)] = ()
    """Minutes between two municipalities, instead of what the roads or the table say:
    [{ between = ["Kåfjord", "Storfjord"], minutes = 35 }]. Who is next to whom stays."""
    table: Prose = ""
    """CSV file, workbook, Parquet or OpenMatrix file with minutes. A square table replaces the graph's; one with the
    columns from, to and minutes corrects the ways that it names, in both directions unless both are given. The path is
    relative to the scenario file; empty for none."""
    osrm: Annotated[str, Field(pattern=ADDRESS, max_length=300, examples=["http://localhost:5000"])] = ""
    """Address of a running OSRM server that is asked for the minutes between all who take part. Its answer is kept, and
    used as a square table from then on; a table beside it is its answer, and nobody is asked. Empty for none."""
    valhalla: Annotated[str, Field(pattern=ADDRESS, max_length=300, examples=["http://localhost:8002"])] = ""
    """The same of a running Valhalla server."""

    @model_validator(mode="after")
    def agree(self) -> Self:
        """Refuse two servers."""
        if self.osrm and self.valhalla:
            raise contradiction("osrm", "valhalla", "cannot stand beside valhalla; remove one")
        return self

    @property
    def server(self) -> tuple[str, str] | None:
        """Kind and address of the server whose minutes count."""
        named = (("osrm", self.osrm), ("valhalla", self.valhalla))
        return next(((kind, address) for kind, address in named if address), None)

    @property
    def changes_the_network(self) -> bool:
        """Whether roads or ferries are other than in the data, or in the user's own."""
        others = dict.fromkeys(("table", "roads", "osrm", "valhalla"), "")
        return self.model_copy(update=others | {"pairs": ()}) != Travel()

    @property
    def opened(self) -> bool | tuple[str, ...]:
        """What is used of the roads and ferries closed in winter: true for all, or the names."""
        return self.seasonal or self.open_in_winter
