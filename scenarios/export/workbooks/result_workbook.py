"""The workbook of a run, for people: its words are those of the pages, in their language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

from geodata import editions
from geodata.schema import ESTIMATE, FIGURE_SOURCES
from maps.pages.tradeoff import TradeoffSection
from maps.told.findings import PricedPlans
from maps.told.firm import ALWAYS, FirmPlan
from maps.told.firm_words import FirmWords
from maps.told.texts import Words, in_language
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation
from scenarios.export import columns, people, tables
from scenarios.export.columns import COLUMNS, OutputColumn
from scenarios.export.money import worksheets as kroner_sheets
from scenarios.export.workbooks.workbook import Book, Row, SheetForm
from scenarios.export.workbooks.workbook_words import FigureSources
from scenarios.world import today
from scenarios.world.build import World
from scenarios.world.further import tradeoff
from scenarios.world.further.posts import staffed, vacancy_share
from scenarios.world.plain import PROGRAM, version
from scenarios.world.region import is_redrawn
from scenarios.world.solving import Outcome
from scenarios.world.sources import kept, kept_at, parameters, user_tables

OF_OWN: Final = ("planners", "vacancy")
DATA: Final = ("boundaries", "population", "centrality", "roads", "centres", *OF_OWN)


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
    words = world.words(language)
    scenario = world.scenario
    title = in_language(words.language, scenario.title, scenario.title_en) or scenario.name
    not_printed = words.text("sheet.not_printed")
    book = Book(path, words.text("page.title", title=title), words.text("script.min_none"), not_printed)

    origins = FigureSources(words, world.fte_sources, world.problem.weights, own_travel=world.travel.own)

    def add(sheet: str, names: tuple[str, ...], rows: Iterable[Row], *more: str) -> None:
        known = [COLUMNS.get(name, OutputColumn(name)) for name in names]
        heads = [origins.heading(column.name, words.text(f"column.{column.key}")) for column in known]
        shares = frozenset(place for place, column in enumerate(known) if column.share)
        book.worksheet(words.text(f"sheet.{sheet}"), [*heads, *more], rows, SheetForm(share_columns=shares))

    add("offices", columns.OFFICE_WORKSHEET, office_rows(words, world, evaluation))
    told = FirmWords(words, outcome.firm, {})
    place_names = place_columns(outcome.firm)
    add("municipalities", place_names, place_rows(words, world, grouping, told, place_names))
    add("terms", columns.TERM_WORKSHEET, term_rows(words, world, evaluation, origins), words.text("basis.heading"))
    if priced.plans:
        add("tradeoff", columns.TRADEOFF_WORKSHEET, tradeoff_rows(words, priced))
    if outcome.firm.variants:
        add("variants", columns.VARIANT_WORKSHEET, variant_rows(told))
    of_money = kroner_sheets.worksheets(words, world, outcome.accounts)
    of_people = people.worksheets(words, outcome)
    for sheet, names, rows in (*of_money, *of_people):
        add(sheet, names, rows)
    add("rules", ("rule", "verdict"), rule_rows(words, evaluation))
    add("settings", ("setting", "set_to"), setting_rows(words, world))
    further = [names for _, names, _ in (*of_money, *of_people)]
    meanings = definitions(words, priced, outcome.firm, further, words.short(100 * vacancy_share(world)))
    add("definitions", ("column", "in_files", "meaning"), meanings)
    add("sources", ("what", "source"), sources(words, world))
    book.close()


def rule_rows(words: Words, evaluation: Evaluation) -> Iterator[Row]:
    """Yield each rule with its verdict."""
    for rule, said in evaluation.rules.items():
        yield words.text(f"rule.{rule}.title"), words.text(f"method.{said.replace(' ', '_')}")


def setting_rows(words: Words, world: World) -> Iterator[Row]:
    """Yield each setting with its value."""
    for key, value in parameters(world.scenario).items():
        yield words.known(f"setting.{key}", key), words.setting(value)


def place_columns(firm: FirmPlan) -> tuple[str, ...]:
    """Return the columns of the municipalities."""
    return columns.PLACE_WORKSHEET + (() if firm.left_out else columns.FIRM_WORKSHEET)


def office_rows(words: Words, world: World, evaluation: Evaluation) -> Iterator[Row]:
    """Yield the rows of the offices in host order."""
    for row, facts in zip(evaluation.offices, tables.offices(world, evaluation), strict=True):
        told = facts | {
            "kind": words.text(f"role.{facts['kind']}"),
            "member_names": ", ".join(facts["member_names"]),
            "empty": staffed(row, vacancy_share(world)).nobody,
            **{name: said_sources(words, facts[name]) for name in FIGURE_SOURCES.values()},
            "borderline": edge(words, crosses=bool(facts["borderline"])),
        }
        yield tuple(told[name] for name in columns.OFFICE_WORKSHEET)


def place_rows(words: Words, world: World, grouping: Grouping, told: FirmWords, names: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of the municipalities that take part, in id order."""
    firm = {facts["kommunenummer"]: facts for facts in tables.firm_places(world, told.firm)}
    unchecked = words.text("script.council_unchecked", name="{}")
    for facts in tables.places(world, grouping):
        id_ = facts["kommunenummer"]
        if not facts["host"]:
            continue
        now = today.cells(world.scenario.edition, id_, unchecked)
        said = facts | {
            "role": words.text(f"role.{facts['role']}"),
            **{name: said_sources(words, [facts[name]]) for name in FIGURE_SOURCES.values()},
            "borderline": edge(words, crosses=bool(facts["borderline"])),
            **dict(zip(today.COLUMNS, now, strict=True)),
            **({} if told.firm.left_out else firm_cells(told, firm[id_])),
        }
        yield tuple(said[name] for name in names)


def firm_cells(told: FirmWords, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return in words how firm the place of a municipality is."""
    return {
        **facts,
        "level": told.level(facts["level"]),
        **{name: told.plans(facts[name] == ALWAYS) for name in ("companions", "same_host")},
        "changes_in": "; ".join(map(told.name, told.firm.changes[facts["kommunenummer"]])) or None,
    }


def variant_rows(told: FirmWords) -> Iterator[Row]:
    """Yield the variants; figures are empty where there is no plan."""
    for one, facts in zip(told.firm.variants, tables.variants(told.firm), strict=True):
        said = facts | {"variant": told.heading(one), "state": told.state(one) or None}
        yield tuple(said[name] for name in columns.VARIANT_WORKSHEET)


def edge(words: Words, *, crosses: bool) -> str | None:
    """Return the word for what is on the border; nothing where it is not."""
    return words.text("script.edge") if crosses else None


def said_sources(words: Words, names: Iterable[str]) -> str:
    """Return where a figure comes from: an estimate, files of the user's own, or both."""
    estimate = words.text("basis.label")
    return ", ".join(estimate if name == ESTIMATE else kept(name) for name in names)


def term_rows(words: Words, world: World, evaluation: Evaluation, origins: FigureSources) -> Iterator[Row]:
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


def tradeoff_rows(words: Words, priced: PricedPlans) -> Iterator[Row]:
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


def definitions(
    words: Words, priced: PricedPlans, firm: FirmPlan, more: Sequence[Sequence[str]], share: str
) -> Iterator[tuple[str, str, str]]:
    """Yield what each column is called in the CSV files, and what it means if its heading does not say everything."""
    weighed = columns.TRADEOFF_WORKSHEET if priced.plans else ()
    firm_names = () if firm.left_out else (*columns.FIRM_WORKSHEET, *columns.VARIANT_WORKSHEET)
    in_files = {*columns.OFFICES.names, *columns.INPUT_MUNICIPALITIES.names, *columns.GROUPING.names}
    in_files |= {
        *weighed,
        *firm_names,
        *chain(*(table.names for table in (columns.MONEY, columns.SHARES, *columns.OF_PEOPLE))),
    }
    shown = (*columns.OFFICE_WORKSHEET, *columns.PLACE_WORKSHEET, *columns.TERM_WORKSHEET, *weighed, *firm_names)
    for column in (COLUMNS[name] for name in dict.fromkeys(chain(shown, *more))):
        machine = column.name if column.name in in_files else ""
        if column.explained or machine:
            meaning = words.text(f"meaning.{column.key}", share=share) if column.explained else ""
            yield words.text(f"column.{column.key}"), machine, meaning
    yield words.text("basis.label"), "", words.text("basis.meaning")


def sources(words: Words, world: World) -> Iterator[tuple[str, str]]:
    """Yield where the data comes from, its years, and who is to be named."""
    scenario = world.scenario
    values = {
        "edition": scenario.edition,
        "year": int(world.municipalities["population_year"].iloc[0]),
        "share": f"{words.short(100 * vacancy_share(world))} %",
    }
    whose = f"_{world.own_roads}" if world.own_roads else ""
    if scenario.edition == editions.OWN:
        yield words.text("data.boundaries"), words.text("data.boundaries_own")
        yield words.text("data.roads"), words.text(f"data.roads_region{whose}")
    told = {"roads": f"text{whose}", "boundaries": "drawn" if is_redrawn(scenario) else "text"}
    for what in OF_OWN if scenario.edition == editions.OWN else DATA:
        yield words.text(f"data.{what}"), words.text(f"data.{what}_{told.get(what, 'text')}", **values)
    for setting, table in user_tables(scenario).items():
        yield words.text("data.own"), kept_at(setting, table)
    for credit in editions.credits_of(scenario.edition, world.own_roads):
        yield (
            words.text("sources.heading"),
            words.translated(f"{credit.text} ({credit.licence}), {credit.url}"),
        )
    yield words.text("repeat.version"), f"{PROGRAM} {version()}"
