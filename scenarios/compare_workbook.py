"""The workbook of a comparison: typed cells, frozen headers, sources and definitions on their own sheets."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from geodata import references
from maps.texts import Words
from scenarios import compare_tables
from scenarios.choices import Choice, Judge
from scenarios.compare import Comparison
from scenarios.plain import PROGRAM, version
from scenarios.workbook import Book
from scenarios.workbook_words import Origins, texts, translated

SHARES: Final = frozenset({"gap", "critical_mass_share"})

Texts = Mapping[str, Any]


def write_workbook(path: Path, judge: Judge, chosen: Sequence[Choice], found: Comparison, language: str = "nb") -> None:
    """Write the workbook.

    Parameters
    ----------
    path
        The file to write.
    judge, chosen, found
        The comparison.
    language
        One of `maps.texts.LANGUAGES`.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    words = texts(language)
    sheets, headers, rows = words["sheets"], words["headers"], words["rows"]
    origins = Origins(language, judge.sources, judge.problem.weights)
    book = Book(path, words["words"]["title"], words["words"]["no_way"])
    labels = [choice.label for choice in chosen]
    table = compare_tables.table(judge, chosen, found)
    book.sheet(
        sheets["figures"],
        (headers["first"], *labels, headers["unit"], words["basis"]["heading"]),
        [
            (
                rows[name]["heading"],
                *(cell_of(words, name, value) for value in values),
                rows[name]["unit"],
                origins.of(name),
            )
            for name, _, values in table
        ],
        share_rows=frozenset(i for i, (name, _, _) in enumerate(table) if name in SHARES),
    )
    book.sheet(sheets["rules"], (headers["rule"], *labels, headers["rule_name"]), rule_rows(language, found))
    book.sheet(sheets["moves"], headers["moves"], compare_tables.move_rows(judge.problem, found))
    moved = [(label, *row) for label, row in zip(labels, found.moved, strict=True)]
    book.sheet(sheets["moved"], (headers["from_to"], *labels), moved)
    book.sheet(sheets["agreed"], headers["agreed"], agreed_rows(words, judge, found))
    heads = [
        origins.heading(name, head)
        for name, head in zip(compare_tables.OFFICE_COLUMNS, headers["offices"], strict=True)
    ]
    book.sheet(sheets["offices"], heads, office_rows(words, judge, chosen, found))
    book.sheet(sheets["definitions"], headers["definitions"], definitions(words))
    book.sheet(sheets["sources"], headers["sources"], sources(language, judge, chosen))
    book.close()


def cell_of(words: Texts, name: str, value: compare_tables.Value) -> compare_tables.Value:
    """Return a cell of the first sheet, the solver's answer in words."""
    return words["statuses"].get(str(value)) if name == "status" else value


def rule_rows(language: str, found: Comparison) -> Iterable[Sequence[Any]]:
    """Return the verdict of each option on each rule."""
    said, verdict = Words(language), texts(language)["verdicts"]
    for name, _, verdicts in compare_tables.rules_of(found):
        yield (said.text(f"rule.{name}"), *(verdict[one] for one in verdicts), name)


def agreed_rows(words: Texts, judge: Judge, found: Comparison) -> Iterable[Sequence[Any]]:
    """Return what all agree on."""
    for kind, *rest in compare_tables.together_rows(judge.problem, found):
        yield (words["agreed"][str(kind)], *rest)


def office_rows(words: Texts, judge: Judge, chosen: Sequence[Choice], found: Comparison) -> Iterable[Sequence[Any]]:
    """Return the offices with their kind in words."""
    for row in compare_tables.office_rows(judge.problem, chosen, found):
        yield (*row[:4], words["offices"][str(row[4])], *row[5:])


def definitions(words: Texts) -> list[tuple[str, str, str, str]]:
    """Return each row of the table with its meaning, how options are matched, and what an estimate is."""
    said, basis = words["words"], words["basis"]
    rows = [(row["heading"], name, row["unit"], row["meaning"]) for name, row in words["rows"].items()]
    return [
        *rows,
        (said["moved"], "moves", said["moved_unit"], said["matching"]),
        (basis["label"], "", "", basis["meaning"]),
    ]


def sources(language: str, judge: Judge, chosen: Sequence[Choice]) -> list[tuple[str, str, str, str]]:
    """Return where the options and the data come from."""
    catalogue = texts(language)
    words, kinds = catalogue["words"], catalogue["kinds"]
    edition = words["edition"].format(edition=judge.edition)
    rows = [(words["judged_by"], f"{judge.name} ({judge.title})", "", edition)]
    rows += [
        (choice.label, f"{kinds[choice.kind]}: {choice.title or choice.label}", "", facts(language, choice))
        for choice in chosen
    ]
    rows += [
        (
            words["data"],
            translated(text, language),
            translated(licence, language),
            f"{translated(what, language)}; {url}",
        )
        for text, licence, url, what in compare_tables.credits_of(judge.edition)
    ]
    return [*rows, (words["program"], f"{PROGRAM} {version()}", "", "")]


def facts(language: str, choice: Choice) -> str:
    """Return the facts of an option in one line."""
    words = texts(language)
    if choice.kind == "reference":
        counts = choice.facts["statuses"]
        documented = ", ".join(f"{number} {words['grounds'][status]}" for status, number in counts.items() if number)
        guessed = words["words"]["guessed"].format(n=choice.facts["hosts_chosen_by_rule"])
        rows = references.load(choice.text, choice.edition)
        named = "; ".join(translated(source, language) for source in sorted(set(rows["source"])))
        return f"{documented}; {guessed}; {named}"
    return ", ".join(f"{words['facts'][key]} {value}" for key, value in choice.facts.items() if value)
