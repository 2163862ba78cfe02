"""The workbook of a run, for people: its words are those of the pages, in their language."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from geodata import editions
from geodata.schema import ESTIMATE, PLANNER_RANGE
from maps.pages.tradeoff import TradeoffSection
from maps.told.findings import PricedPlans
from maps.told.firm import FirmPlan
from maps.told.firm_words import FirmWords
from maps.told.texts import Words, in_language
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import Evaluation
from optimizer.judging.ranges import crosses_least, crosses_most
from scenarios.export import tables
from scenarios.export.firm_workbook import PLACE_COLUMNS, VARIANT_COLUMNS, place_cells, variant_rows
from scenarios.export.geography.layers import role
from scenarios.export.pages import VACANCY_SHARE, parameters, staffed
from scenarios.export.workbook import Book
from scenarios.export.workbook_words import FigureSources, translated
from scenarios.world import ranges, today
from scenarios.world.build import World
from scenarios.world.further import tradeoff
from scenarios.world.plain import PROGRAM, version
from scenarios.world.solving import Outcome
from scenarios.world.sources import USER_TABLES, kept, of, of_world

# On paper the sheet is two pages wide: what planners read stands on the first.
READ_FIRST: Final = (
    "host",
    "host_name",
    "county",
    "kind",
    "size",
    "member_names",
    "planner_fte",
    "need_fte",
    "missing_fte",
    "mean_minutes",
    "longest_minutes",
    "empty",
    "members",
    "unmet_need_fte",
)
OFFICE_COLUMNS: Final = (
    *READ_FIRST,
    *(figure for figure in tables.OFFICE_FIGURES if figure not in READ_FIRST),
    "planner_fte_source",
    "need_fte_source",
    *PLANNER_RANGE,
    "borderline",
)
MUNICIPALITY_COLUMNS: Final = (
    "number",
    "name",
    "county",
    "population",
    "role",
    "host",
    "host_name",
    "minutes",
    "planner_fte",
    "planner_fte_source",
    "need_fte",
    "need_fte_source",
    *tables.JOURNEY_RANGE,
    "borderline",
    *PLANNER_RANGE,
    *today.COLUMNS,
)
TERM_COLUMNS: Final = ("term", "value", "unit", "price", "term_minutes")
TRADEOFF_COLUMNS: Final = ("price", "critical_mass", "shown", "status", *tradeoff.FIGURES)
DEFINED: Final = tuple(
    dict.fromkeys(
        name
        for name in (
            *(*OFFICE_COLUMNS, *MUNICIPALITY_COLUMNS, *TERM_COLUMNS),
            *(*TRADEOFF_COLUMNS, *PLACE_COLUMNS, *VARIANT_COLUMNS),
        )
        if name not in {"number", "name", "county", "host_name", "member_names", "population", "term", "unit"}
    )
)
"""Columns whose heading does not say everything."""

CSV_COLUMNS: Final = frozenset((*tables.OFFICE_COLUMNS, *tables.MUNICIPALITY_COLUMNS, *tables.GROUPING_COLUMNS))
IN_FILES: Final = {"number": "kommunenummer"}
"""Columns that the files for programs call otherwise."""

SOURCES: Final = ("planner_fte_source", "need_fte_source")
KEPT: Final = ("name", "county_name_norwegian", "population", "planner_fte", "need_fte", *SOURCES, *PLANNER_RANGE)
"""Columns of the municipalities that the workbook shows."""

DATA: Final = ("boundaries", "population", "centrality", "roads", "centres", "planners", "vacancy")


def write(path: Path, outcome: Outcome, language: str) -> None:
    """Write the workbook.

    Parameters
    ----------
    path
        The file to write.
    outcome
        What was asked, with the plan, its judgement, and the best plans at other prices if they were asked for.
    language
        One of `maps.told.texts.LANGUAGES`.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    world, grouping, evaluation = outcome.world, outcome.result.grouping, outcome.evaluation
    if grouping is None or evaluation is None:
        raise ValueError("there is no plan to write")
    priced = tradeoff.plans(world.problem, outcome.tradeoff)
    words = Words(language)
    scenario = world.scenario
    title = in_language(words.language, scenario.title, scenario.title_en) or scenario.name
    book = Book(path, words.text("page.title", title=title), words.text("script.min_none"))

    origins = FigureSources(words, of_world(world), world.problem.weights, own_travel=bool(world.scenario.travel.table))

    def heads(columns: tuple[str, ...]) -> list[str]:
        return [origins.heading(name, words.text(f"column.{name}")) for name in columns]

    def name(sheet: str) -> str:
        return words.text(f"sheet.{sheet}")

    shares = frozenset({OFFICE_COLUMNS.index("empty")})
    book.sheet(name("offices"), heads(OFFICE_COLUMNS), office_rows(words, world, evaluation), share_columns=shares)
    told = FirmWords(words, outcome.firm, {})
    places = () if outcome.firm.left_out else PLACE_COLUMNS
    rows = municipality_rows(words, world, grouping, told)
    book.sheet(name("municipalities"), heads((*MUNICIPALITY_COLUMNS, *places)), rows)
    term_heads = (*heads(TERM_COLUMNS), words.text("basis.heading"))
    book.sheet(name("terms"), term_heads, term_rows(words, world, evaluation, origins))
    if priced.plans:
        shares = frozenset({TRADEOFF_COLUMNS.index("share")})
        book.sheet(name("tradeoff"), heads(TRADEOFF_COLUMNS), tradeoff_rows(words, priced), share_columns=shares)
    if outcome.firm.variants:
        book.sheet(name("variants"), heads(VARIANT_COLUMNS), variant_rows(told))
    rules = [
        (words.text(f"rule.{rule}.title"), words.text(f"method.{said.replace(' ', '_')}"))
        for rule, said in evaluation.rules.items()
    ]
    book.sheet(name("rules"), heads(("rule", "verdict")), rules)
    settings = [(words.known(f"setting.{key}", key), words.setting(value)) for key, value in parameters(world).items()]
    book.sheet(name("settings"), heads(("setting", "set_to")), settings)
    book.sheet(name("definitions"), heads(("column", "in_files", "meaning")), definitions(words, priced, outcome.firm))
    book.sheet(name("sources"), heads(("what", "source")), sources(words, world))
    book.close()


def office_rows(words: Words, world: World, evaluation: Evaluation) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the offices in host order."""
    facts, between = world.municipalities, ranges.of(world)
    for row in evaluation.offices:
        ends = between.planners(world.problem, row.members)
        told = {
            "host": row.host,
            "host_name": facts.at[row.host, "name"],
            "county": facts.at[row.host, "county_name_norwegian"],
            "kind": words.text("role.shared" if row.is_shared else "role.alone"),
            "size": len(row.members),
            "member_names": ", ".join(facts.loc[list(row.members), "name"]),
            "members": " ".join(row.members),
            **{figure: getattr(row, figure) for figure in tables.OFFICE_FIGURES},
            "empty": staffed(row).nobody,
            **{f"{name}_source": said_sources(words, names) for name, names in of(facts, row.members).items()},
            **dict(zip(PLANNER_RANGE, ends, strict=True)),
            "borderline": edge(words, crosses=crosses_least(ends, world.problem.limits.min_office_fte)),
        }
        yield tuple(told[name] for name in OFFICE_COLUMNS)


def municipality_rows(words: Words, world: World, grouping: Grouping, told: FirmWords) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the municipalities that take part, in id order."""
    problem, offices, between = world.problem, grouping.offices, ranges.of(world)
    facts = world.municipalities[list(KEPT)].to_dict("index")
    for id_, host in grouping:
        row = facts[id_]
        planners, need = (said_sources(words, [row[name]]) for name in SOURCES)
        minutes = float(problem.minutes[problem.index[id_], problem.index[host]])
        ends = between.journey(minutes)
        yield (
            id_,
            row["name"],
            row["county_name_norwegian"],
            int(row["population"]),
            words.text(f"role.{role(id_, host, len(offices[host]))}"),
            host,
            facts[host]["name"],
            minutes,
            float(row["planner_fte"]),
            planners,
            float(row["need_fte"]),
            need,
            *ends,
            edge(words, crosses=crosses_most(ends, problem.limits.max_minutes)),
            *(float(row[name]) for name in PLANNER_RANGE),
            *today.cells(world.scenario.edition, id_, words.text("script.council_unchecked", name="{}")),
            *place_cells(told, id_),
        )


def edge(words: Words, *, crosses: bool) -> str | None:
    """Return the word for what is on the border; nothing where it is not."""
    return words.text("script.edge") if crosses else None


def said_sources(words: Words, names: Iterable[str]) -> str:
    """Return where a figure comes from: an estimate, files of the user's own, or both."""
    estimate = words.text("basis.label")
    return ", ".join(estimate if name == ESTIMATE else kept(name) for name in names)


def term_rows(words: Words, world: World, evaluation: Evaluation, origins: FigureSources) -> Iterator[tuple[Any, ...]]:
    """Yield each term with its price and what it rests on, and the sum."""
    for name, term in evaluation.terms.items():
        price = float(getattr(world.problem.weights, name))
        yield (
            words.text(f"term.{name}.title"),
            term.value,
            words.text(f"unit.{term.unit}"),
            price,
            term.minutes,
            origins.of(name),
        )
    yield words.text("method.sum"), None, None, None, evaluation.objective, origins.of("objective")


def tradeoff_rows(words: Words, priced: PricedPlans) -> Iterator[tuple[Any, ...]]:
    """Yield the best plans along the price of a missing årsverk."""
    told = TradeoffSection(words, priced)
    for plan in priced.plans:
        yield (
            plan.price,
            told.kind(plan),
            words.setting(plan.shown),
            told.status(plan),
            *(getattr(plan, figure) for figure in tradeoff.FIGURES),
        )


def definitions(words: Words, priced: PricedPlans, firm: FirmPlan) -> Iterator[tuple[str, str, str]]:
    """Yield what each column is called in the CSV files, and what it means if its heading does not say everything."""
    weighed = TRADEOFF_COLUMNS if priced.plans else ()
    places = () if firm.left_out else (*PLACE_COLUMNS, *VARIANT_COLUMNS)
    in_files = {*CSV_COLUMNS, *weighed, *places}
    for name in dict.fromkeys((*OFFICE_COLUMNS, *MUNICIPALITY_COLUMNS, *TERM_COLUMNS, *weighed, *places)):
        machine = IN_FILES.get(name, name if name in in_files else "")
        if name in DEFINED:
            meaning = words.text(f"meaning.{name}", share=words.setting(100 * VACANCY_SHARE))
            yield words.text(f"column.{name}"), machine, meaning
        elif machine:
            yield words.text(f"column.{name}"), machine, ""
    yield words.text("basis.label"), "", words.text("basis.meaning")


def sources(words: Words, world: World) -> Iterator[tuple[str, str]]:
    """Yield where the data comes from, its years, and who is to be named."""
    scenario = world.scenario
    values = {
        "edition": scenario.edition,
        "year": int(world.municipalities["population_year"].iloc[0]),
        "share": f"{words.setting(100 * VACANCY_SHARE)} %",
    }
    for what in DATA:
        yield words.text(f"data.{what}"), words.text(f"data.{what}_text", **values)
    for section, where in USER_TABLES.items():
        if getattr(scenario, section).table:
            yield words.text("data.own"), where
    for credit in editions.get(scenario.edition).credits:
        yield (
            words.text("sources.heading"),
            translated(f"{credit.text} ({credit.licence}), {credit.url}", words),
        )
    yield words.text("repeat.version"), f"{PROGRAM} {version()}"
