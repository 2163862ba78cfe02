"""Every setting of a scenario with its unit, default and meaning; the JSON schema is made from it."""

import ast
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, get_type_hints

from pydantic import Field, PrivateAttr, create_model, model_validator

from geodata.editions import OWN
from optimizer import engine_table, problem, terms
from optimizer.engine_table import Engine
from optimizer.staffing.presence import WEEKS
from scenarios.question.origins import OTHER_TRAVEL, Origins
from scenarios.question.origins import Path as KeyPath
from scenarios.question.sections.basics import (
    NONE,
    Classes,
    Count,
    Fte,
    Members,
    Minutes,
    Offices,
    OrNone,
    Prose,
    Section,
    Sets,
    Share,
    Word,
    Words,
    contradiction,
)
from scenarios.question.sections.data import DataSettings, Planners
from scenarios.question.sections.money import MoneySettings, OrderSettings
from scenarios.question.sections.people import (
    CycleSettings,
    Disciplines,
    DisciplineSettings,
    PresenceSettings,
    VacancySettings,
)
from scenarios.question.sections.roads import Travel

SCHEMA_FILE = Path(__file__).parent / "schema.json"
LONGEST_TITLE = 120
NOT_INHERITED = ("name", "title", "title_en", "description", "description_en")
"""They speak of one file, so a file that extends another has its own."""
Node = Mapping[str, Any]
"""A part of the JSON schema."""
EXTENDS = "Shipped scenario, or file relative to this one, whose settings hold where this file says nothing."


class Select(Section):
    """Which municipalities are to be grouped."""

    classes: Classes = (4, 5, 6)
    """Centrality classes of Statistics Norway that take part, 1 (most central) to 6; the district municipalities are
    4 to 6."""
    counties: Annotated[Words, Field(examples=[["55", "Finnmark"]])] = ()
    """Counties that take part, by number ("55") or name; empty for all."""
    municipalities: Words = ()
    """Further municipalities that take part whatever their class and county, by number ("5501") or name."""


OF_UNIT: Mapping[str, Any] = {
    "minutes": Minutes,
    "municipalities": Members,
    "årsverk": Fte,
    "share": Share,
    "offices": Count,
}
"""The kind of a limit by the unit of its rule."""
OF_SETTING: Mapping[str, Any] = {"covers": Disciplines}
"""The kind of a limit whose rule has no unit, where it is narrower than the optimiser's."""


def limit_fields() -> dict[str, Any]:
    """Return the settings that the optimiser's limits make: kind, default and description of each."""
    written = inspect.getdoc(problem.Limits) or ""
    meanings = dict(re.findall(r"^(\w+)\n((?:    .*\n?)+)", written, re.MULTILINE))
    made = {}
    for name, hint in get_type_hints(problem.Limits).items():
        default = getattr(problem.Limits, name)
        unit = terms.RULES[name].unit if name in terms.RULES else ""
        kind = OF_UNIT.get(unit, OF_SETTING.get(name, hint))
        made[name] = (
            kind if default is not None else Annotated[kind | None, OrNone],
            Field(default=default, description=meanings.get(name)),
        )
    return made


if TYPE_CHECKING:

    class OfficeLimits(Section, problem.Limits):
        """Has what the optimiser's limits have."""
else:
    OfficeLimits = create_model("Limits", __base__=Section, **limit_fields())


class Limits(OfficeLimits):
    """The rules that a grouping must keep."""

    offices: Annotated[Count | None, OrNone] = None
    """Exact number of shared offices, short for min_offices and max_offices; "none" for no such rule."""

    @model_validator(mode="after")
    def agree(self) -> Self:
        """Refuse limits that contradict each other."""
        if self.min_members > self.max_members:
            raise contradiction(
                "min_members", "max_members", f"is {self.min_members}, more than max_members, {self.max_members}"
            )
        for other in ("min_offices", "max_offices"):
            if self.offices is not None and getattr(self, other) is not None:
                what = f'cannot stand beside {other}; remove one, or set it to "none"'
                raise contradiction("offices", other, what)
        if None not in (self.min_offices, self.max_offices) and self.min_offices > self.max_offices:  # type: ignore[operator]
            what = f"is {self.min_offices}, more than max_offices, {self.max_offices}"
            raise contradiction("min_offices", "max_offices", what)
        return self


PRICES: Any = {
    name: (Minutes, Field(default=getattr(terms.Weights(), name), description=term.of_one))
    for name, term in terms.TERMS.items()
}
Weights = create_model(
    "Weights",
    __base__=Section,
    __doc__="The price of one unit of each term, in minutes: every weight is an exchange rate.",
    **PRICES,
)


class Hosts(Section):
    """Who may host a shared office: those that fulfil all conditions."""

    classes: Classes = ()
    """Centrality classes that may host, 1 to 6; empty for any."""
    min_population: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    """Fewest inhabitants of a host."""
    municipalities: Words = ()
    """Municipalities that may host, by number or name; empty for any."""


class Pins(Section):
    """What somebody has decided beforehand; municipalities by number ("5540") or name ("Kåfjord")."""

    together: Sets = ()
    """Sets of municipalities that share one office."""
    apart: Sets = ()
    """Sets of municipalities of which no two share an office."""
    fixed: Mapping[Word, Word] = Field(default_factory=dict)
    """Municipality to the host it must have; to itself: it hosts or stands alone."""
    must_host: Words = ()
    """Each of them hosts a shared office."""
    may_not_host: Words = ()
    """None of them hosts a shared office; they may stand alone."""
    leave_out: Words = ()
    """They do not take part, whatever the selection says."""
    held: Offices = Field(default_factory=dict)
    """Offices that exist and stay as they are, as host to its members: nobody leaves, nobody joins, and limits that
    they break are excused."""


ENGINE_MEANING = "\n".join(
    [
        f'"auto": "{engine_table.AUTO[True]}", or "{engine_table.AUTO[False]}" where offices are too many to list.',
        *(f'"{name}" {engine.meaning}.' for name, engine in engine_table.ENGINES.items()),
        "frontier and alternatives compare plans by the list of possible offices, so they refuse an engine without it.",
    ]
)


class Solver(Section):
    """How long and in which way to solve."""

    time_limit: Annotated[Annotated[float, Field(gt=0, le=10_000_000)] | None, OrNone] = None
    """Seconds after which the best plan so far is given with its gap; "none" for no limit."""
    workers: Annotated[int, Field(ge=0, le=256)] = 0
    """Threads; 0 lets the solver choose."""
    engine: Annotated[Engine, Field(description=ENGINE_MEANING)] = "auto"
    max_groups: Annotated[int, Field(ge=1, le=100_000_000)] = 5_000_000
    """Most possible offices to list. "auto" changes the engine sooner, from some hundred thousand on, unless kroner are
    counted; questions that compare plans by the list stop here."""


class Scenario(Section):
    """One question: which municipalities, under which rules and prices, with which decisions taken beforehand."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9æøå]+(-[a-z0-9æøå]+)*$", max_length=60)]
    """Short name for folders and lists: small letters, digits and single hyphens."""
    title: Annotated[Prose, Field(max_length=LONGEST_TITLE)] = ""
    """Heading of the map and the report, in Norwegian; the name if empty."""
    description: Annotated[Prose, Field(max_length=2000)] = ""
    """What the scenario asks and why, in Norwegian."""
    title_en: Annotated[Prose, Field(max_length=LONGEST_TITLE)] = ""
    """The heading in English, for pages in that language; the Norwegian one if empty."""
    description_en: Annotated[Prose, Field(max_length=2000)] = ""
    """The description in English; the Norwegian one if empty."""
    edition: Literal["2024", "2020", "own"] = "2024"
    """Municipalities as of 1 January of this year; "own": those of data.municipalities."""
    data: DataSettings = DataSettings()
    select: Select = Select()
    limits: Limits = Limits()
    weights: Weights = Weights()
    hosts: Hosts = Hosts()
    pins: Pins = Pins()
    planners: Planners = Planners()
    travel: Travel = Travel()
    money: MoneySettings = MoneySettings()
    order: OrderSettings = OrderSettings()
    vacancy: VacancySettings = VacancySettings()
    presence: PresenceSettings = PresenceSettings()
    disciplines: DisciplineSettings = DisciplineSettings()
    cycle: CycleSettings = CycleSettings()
    solver: Solver = Solver()

    @model_validator(mode="after")
    def agree(self) -> Self:
        """Refuse own municipalities in an edition that has others, none where asked for, and journeys said twice."""
        days, visits = self.presence.days_a_week, self.money.visits
        if days and visits not in {type(self.money).model_fields["visits"].default, WEEKS * days}:
            what = "asks for visits, which count for nothing beside presence.days_a_week; remove one of the two"
            raise contradiction("money", "presence", what)
        if self.edition == OWN and not self.data.municipalities:
            raise contradiction("edition", "data", 'is "own", but data.municipalities names no file')
        if self.edition == OWN and self.data.figures:
            raise contradiction("data", "edition", 'gives figures of an edition, but edition is "own"; remove figures')
        if self.edition != OWN and any((self.data.municipalities, self.data.neighbours, self.data.crs)):
            what = f'names municipalities of your own, but edition is "{self.edition}"; write edition = "own"'
            raise contradiction("data", "edition", what)
        return self

    @property
    def has_roads(self) -> bool:
        """Whether there is a network of roads: the embedded one, or the user's own."""
        return self.edition != OWN or bool(self.travel.roads)

    _origins: Origins = PrivateAttr(default_factory=Origins)

    @property
    def origins(self) -> Origins:
        """Where each setting was written; empty for a scenario that was not loaded from a file."""
        return self._origins

    def written_at(self, origins: Origins) -> Self:
        """Return the same scenario that knows where its settings were written."""
        copy = self.model_copy()
        copy._origins = origins  # noqa: SLF001 (the same class)
        return copy


def json_schema() -> dict[str, Any]:
    """Return the JSON schema of a scenario file, which editors complete from and mark faults by.

    It differs from the model where the file does: `extends` is a setting of the file alone, the name may be left to
    the file's name, and TOML writes "none" where there is no value.
    """
    raw = described(Scenario.model_json_schema())
    extends = {"type": "string", "minLength": 1, "description": EXTENDS}
    properties = {key: plain(node) for key, node in raw["properties"].items()}
    sections = {
        name: plain(node) | {"properties": {key: plain(setting) for key, setting in node["properties"].items()}}
        for name, node in raw["$defs"].items()
    }
    sections[DataSettings.__name__]["properties"][OTHER_TRAVEL[-1]] = {"$ref": f"#/$defs/{Travel.__name__}"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plankontor scenario",
        "description": raw["description"],
        "type": "object",
        "additionalProperties": False,
        "properties": {"extends": extends, **properties},
        "$defs": sections,
    }


def described(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the model's JSON schema with the text that stands below each setting in the code.

    pydantic would read these texts too, but from the code whenever the classes are made, for all who need no schema.
    """
    sections = raw["$defs"] | {Scenario.__name__: raw}
    modules = {inspect.getmodule(one) for kind in (Section, OfficeLimits) for one in kind.__subclasses__()}
    for code in (ast.parse(inspect.getsource(module)) for module in modules if module is not None):
        for section in (one for one in code.body if isinstance(one, ast.ClassDef) and one.name in sections):
            settings = sections[section.name]["properties"]
            for setting, text in pairwise(section.body):
                match setting, text:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(told))):
                        if name in settings:
                            settings[name] = dict(
                                sorted((settings[name] | {"description": inspect.cleandoc(told)}).items())
                            )
    return raw


@cache
def whole_schema() -> Node:
    """Return the JSON schema; the same every time, so made once."""
    return json_schema()


def node_at(path: KeyPath) -> Node | None:
    """Return the part of the schema for a path, or ``None`` if there is no such setting."""
    node = whole_schema()
    for part in path:
        if isinstance(part, int):
            inner = node.get("items")
        else:
            inner = node.get("properties", {}).get(part) or node.get("additionalProperties")
        if not isinstance(inner, dict):
            return None
        node = whole_schema()["$defs"][inner["$ref"].rsplit("/", 1)[1]] if "$ref" in inner else inner
    return node


def settings() -> Iterator[tuple[str, str]]:
    """Yield section and key of every setting, each in its own section; that of those at the top is empty."""
    for key in whole_schema()["properties"]:
        inner = (node_at((key,)) or {}).get("properties")
        found = [(key, name) for name in inner] if inner else [("", key)]
        yield from (one for one in found if one != OTHER_TRAVEL)


def plain(node: dict[str, Any]) -> dict[str, Any]:
    """Return a part of the schema without generated titles, with "none" for no value."""
    kept = {key: value for key, value in node.items() if key != "title" and not ("$ref" in node and key == "default")}
    if "description" in kept:
        kept["description"] = " ".join(kept["description"].split())
    if "anyOf" in kept:
        kept["anyOf"] = [{"const": NONE} if one == {"type": "null"} else one for one in kept["anyOf"]]
        kept["default"] = NONE
    return kept


def schema_text() -> str:
    """Return the JSON schema as it is committed and printed."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8", newline="\n")
