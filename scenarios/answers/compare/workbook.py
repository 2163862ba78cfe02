"""The workbook of a comparison: typed cells, frozen headers, sources and definitions on their own worksheets."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from geodata import references
from maps.told.texts import Words, in_language
from optimizer.terms import RULES
from scenarios.answers.choice import Choice, Judge
from scenarios.answers.compare import arranged, tables
from scenarios.answers.compare.shown import HEADINGS, ShownTables
from scenarios.export.workbooks.workbook import LINE, POINTS, Book, SheetForm, chart_height
from scenarios.world.plain import PROGRAM, version

CHARTED: Final = ("objective", "critical_mass_share")
"""Figures with a chart."""


def write_workbook(path: Path, shown: ShownTables) -> None:
    """Write the workbook.

    Parameters
    ----------
    path
        The file to write.
    shown
        The tables, in the language of the workbook.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    words = shown.words
    book = Book(path, words.text("workbook.title"), words.text("script.min_none"), words.text("sheet.not_printed"))
    add_figures(book, shown)
    places = arranged.places(shown)
    for name, table, form in (
        ("moves", places, SheetForm(printed_columns=len(places.heads) - 1)),
        ("together", shown.together(), None),
        ("offices", *arranged.offices(shown)),
    ):
        book.worksheet(words.text(f"sheet.{name}"), table.heads, table.rows, form)
    book.worksheet(
        words.text("sheet.definitions"),
        heads(words, "sheet", "heading", "meaning", "unit", "in_files"),
        definitions(shown),
        SheetForm(printed_columns=3),
    )
    book.worksheet(
        words.text("sheet.sources"),
        heads(words, "what", "source", "licence", "note"),
        sources(words, shown.judge, shown.chosen),
    )
    book.close()


def add_figures(book: Book, shown: ShownTables) -> None:
    """Add all figures, how many change office and each rule, with two charts beneath.

    The charts are of the burden, and of how many municipalities are in offices of the critical mass.
    """
    words, named, options = shown.words, [name for name, _, _ in shown.table], len(shown.names)
    table, sheet = shown.figures(), words.text("sheet.figures")
    heads_shown = (table.heads[0], *arranged.numbered(shown), *table.heads[-2:])
    rows = [*table.rows, *arranged.moved(shown), *arranged.rules(shown)]
    form = SheetForm(table.share_rows, below=LINE + chart_height(options) * POINTS)
    book.worksheet(sheet, heads_shown, rows, form)
    for place, name in enumerate(CHARTED):
        heading = words.text("sheet.chart", figure=shown.figure(name), unit=shown.unit(name, dict(shown.units)[name]))
        book.bars(sheet, heading, (0, 1, options), named.index(name) + 1, (len(rows) + 2, place))


def heads(words: Words, *names: str) -> list[str]:
    """Return headings."""
    return [words.text(f"column.{name}") for name in names]


def definitions(shown: ShownTables) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield what each heading is called in the files for programs, and what it means.

    First the options, the figures and the rules, then the columns of the others, at last how options are matched and
    what an estimate is.
    """
    words = shown.words
    for choice, name in zip(shown.chosen, arranged.numbered(shown), strict=True):
        yield words.text("workbook.every_sheet"), name, words.text(f"compare.kind_{choice.kind}"), "", choice.label
    for name, unit, _ in shown.table:
        meaning = words.text(f"figure_meaning.{name}")
        yield words.text("sheet.figures"), shown.figure(name), meaning, shown.unit(name, unit), name
    for name in RULES:
        heading = arranged.rule(words, name)
        yield words.text("sheet.figures"), heading, "", "", name
    for key, in_files in (("together", tables.TOGETHER), ("offices", tables.OFFICES)):
        for own in HEADINGS[key]:
            name = next((file for file, heading in in_files.items() if heading == own), "")  # counties are in no file
            meaning = words.known(f"meaning.{own}", "") if key == "offices" else ""
            yield words.text(f"sheet.{key}"), words.text(f"column.{own}"), meaning, "", name
    yield words.text("sheet.moves"), "", words.text("compare.matching"), "", "moves.csv"
    yield "", words.text("basis.label"), words.text("basis.meaning"), "", ""


def sources(words: Words, judge: Judge, chosen: Sequence[Choice]) -> list[tuple[str, str, str, str]]:
    """Return where the options and the data come from."""
    language, text = words.language, words.text
    edition = text("workbook.edition", edition=judge.edition)
    title = in_language(language, judge.title, judge.title_en)
    rows = [(text("workbook.judged_by"), f"{judge.name} ({title})", "", edition)]
    rows += [
        (
            choice.label,
            f"{text(f'compare.kind_{choice.kind}')}: {name}",
            "",
            facts(words, choice),
        )
        for choice in chosen
        for name in [in_language(language, choice.title, choice.title_en) or choice.label]
    ]
    rows += [
        (
            text("workbook.data"),
            words.translated(credit),
            words.translated(licence),
            f"{words.translated(what)}; {url}",
        )
        for credit, licence, url, what in tables.credits_of(judge)
    ]
    return [*rows, (text("workbook.program"), f"{PROGRAM} {version()}", "", "")]


def facts(words: Words, choice: Choice) -> str:
    """Return the facts of an option in one line."""
    if choice.kind == "reference":
        counts = choice.facts["statuses"]
        grounds = ((words.text(f"grounds.{status}"), number) for status, number in counts.items())
        documented = ", ".join(f"{status}: {number}" for status, number in grounds if number)
        by_rule = choice.facts["hosts_chosen_by_rule"]
        guessed = words.text("workbook.guessed", offices=words.count("offices", by_rule)) if by_rule else ""
        rows = references.load(choice.text, choice.edition)
        named = "; ".join(words.translated(source) for source in sorted(set(rows["source"])))
        return "; ".join(filter(None, (documented, guessed, named)))
    return ", ".join(f"{words.text(f'facts.{key}')} {value}" for key, value in choice.facts.items() if value)
