"""The workbook of a comparison, in bokmål: typed cells, frozen headers, sources and definitions on their own sheets."""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from geodata import references
from scenarios import compare_tables
from scenarios.choices import Choice, Judge
from scenarios.compare import Comparison
from scenarios.plain import PROGRAM, version
from scenarios.workbook import Book

with (Path(__file__).parent / "compare_nb.toml").open("rb") as catalogue:
    TEXTS: Final = tomllib.load(catalogue)

HEADINGS: Final = {name: (row["heading"], row["unit"], row["meaning"]) for name, row in TEXTS["rows"].items()}
"""Heading, unit and meaning of each row of the first sheet."""

SHARES: Final = frozenset({"gap", "critical_mass_share"})


def write_workbook(path: Path, judge: Judge, chosen: Sequence[Choice], found: Comparison) -> None:
    """Write the workbook.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    book = Book(path, TEXTS["words"]["title"], TEXTS["words"]["no_way"])
    sheets, headers = TEXTS["sheets"], TEXTS["headers"]
    labels = [choice.label for choice in chosen]
    table = compare_tables.table(judge, chosen, found)
    book.sheet(
        sheets["figures"],
        (headers["first"], *labels, headers["unit"]),
        [
            (HEADINGS[name][0], *(cell_of(name, value) for value in values), HEADINGS[name][1])
            for name, _, values in table
        ],
        share_rows=frozenset(i for i, (name, _, _) in enumerate(table) if name in SHARES),
    )
    book.sheet(sheets["rules"], (headers["rule"], *labels, headers["meaning"]), rule_rows(found))
    book.sheet(sheets["moves"], headers["moves"], compare_tables.move_rows(judge.problem, found))
    moved = [(label, *row) for label, row in zip(labels, found.moved, strict=True)]
    book.sheet(sheets["moved"], (headers["from_to"], *labels), moved)
    book.sheet(sheets["agreed"], headers["agreed"], agreed_rows(judge, found))
    book.sheet(sheets["offices"], headers["offices"], office_rows(judge, chosen, found))
    book.sheet(sheets["definitions"], headers["definitions"], definitions())
    book.sheet(sheets["sources"], headers["sources"], sources(judge, chosen))
    book.close()


def cell_of(name: str, value: compare_tables.Value) -> compare_tables.Value:
    """Return a cell of the first sheet, the solver's answer in bokmål."""
    return TEXTS["statuses"].get(str(value)) if name == "status" else value


def rule_rows(found: Comparison) -> Iterable[Sequence[Any]]:
    """Return the verdict of each option on each rule."""
    for name, meaning, verdicts in compare_tables.rules_of(found):
        yield (name, *(TEXTS["verdicts"][one] for one in verdicts), meaning)


def agreed_rows(judge: Judge, found: Comparison) -> Iterable[Sequence[Any]]:
    """Return what all agree on."""
    for kind, *rest in compare_tables.together_rows(judge.problem, found):
        yield (TEXTS["agreed"][str(kind)], *rest)


def office_rows(judge: Judge, chosen: Sequence[Choice], found: Comparison) -> Iterable[Sequence[Any]]:
    """Return the offices with their kind in bokmål."""
    for row in compare_tables.office_rows(judge.problem, chosen, found):
        yield (*row[:4], TEXTS["offices"][str(row[4])], *row[5:])


def definitions() -> list[tuple[str, str, str, str]]:
    """Return each row of the table with its meaning, and how options are matched."""
    words = TEXTS["words"]
    rows = [(heading, name, unit, meaning) for name, (heading, unit, meaning) in HEADINGS.items()]
    return [*rows, (words["moved"], "moves", words["moved_unit"], words["matching"])]


def sources(judge: Judge, chosen: Sequence[Choice]) -> list[tuple[str, str, str, str]]:
    """Return where the options and the data come from."""
    words, kinds = TEXTS["words"], TEXTS["kinds"]
    edition = words["edition"].format(edition=judge.edition)
    rows = [(words["judged_by"], f"{judge.name} ({judge.title})", "", edition)]
    rows += [
        (choice.label, f"{kinds[choice.kind]}: {choice.title or choice.label}", "", facts(choice)) for choice in chosen
    ]
    rows += [
        (words["data"], text, licence, f"{what}; {url}")
        for text, licence, url, what in compare_tables.credits_of(judge.edition)
    ]
    return [*rows, (words["program"], f"{PROGRAM} {version()}", "", words["estimates"])]


def facts(choice: Choice) -> str:
    """Return the facts of an option in one line."""
    if choice.kind == "reference":
        counts = choice.facts["statuses"]
        documented = ", ".join(f"{number} {status}" for status, number in counts.items() if number)
        guessed = TEXTS["words"]["guessed"].format(n=choice.facts["hosts_chosen_by_rule"])
        rows = references.load(choice.text, choice.edition)
        return f"{documented}; {guessed}; {'; '.join(sorted(set(rows['source'])))}"
    return ", ".join(f"{key} {value}" for key, value in choice.facts.items() if value)
