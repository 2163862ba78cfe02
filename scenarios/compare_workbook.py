"""The workbook of a comparison, in bokmål: typed cells, frozen headers, sources and definitions on their own sheets."""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from geodata import references
from scenarios import compare_tables
from scenarios.choices import Choice, Judge
from scenarios.compare import Comparison
from scenarios.plain import PROGRAM, version

MADE: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""A fixed date, so that the same comparison is the same file."""

KINDS: Final = {"run": "kjøring", "scenario": "scenario", "reference": "referanse", "table": "egen tabell"}
VERDICTS: Final = {"met": "holdt", "broken": "brutt", "not applicable": "gjelder ikke"}
STATUSES: Final = {
    "optimal": "bevist optimal",
    "feasible": "beste funne plan",
    "optimal, own rules": "bevist optimal under egne regler",
    "feasible, own rules": "beste funne plan under egne regler",
}

HEADINGS: Final = {
    "objective": (
        "Samlet kostnad",
        "minuttekvivalenter",
        "Summen av alle ledd: hvert ledd ganger sin pris i minutter. Lavere er bedre.",
    ),
    "above_lowest": (
        "Over det billigste alternativet",
        "minuttekvivalenter",
        "Samlet kostnad minus den laveste i tabellen.",
    ),
    "above_bound": (
        "Over bevist nedre grense",
        "minuttekvivalenter",
        "Samlet kostnad minus det minste en lovlig plan kan koste. Tomt når ingen er løst under disse reglene.",
    ),
    "status": (
        "Løserens svar",
        "",
        "Bevist optimal: ingen lovlig plan er billigere. Tomt for planer som ikke er regnet ut.",
    ),
    "gap": ("Avstand til optimum", "andel", "Høyst så langt er planen fra den beste; 0 er bevist."),
    "offices": ("Felles plankontor", "kontor", "Kontor med to kommuner eller flere."),
    "alone": ("Står alene", "kommuner", "Kommuner som ikke deler kontor."),
    "critical_mass_share": (
        "Når kritisk masse",
        "andel",
        "Andel av kommunene som hører til et kontor med minst så mange ansatte årsverk som limits.min_office_fte.",
    ),
    "mean_minutes": (
        "Reisetid i snitt",
        "minutter",
        "Deltakerkommunenes reise til vertskommunen, én vei, uten verten selv.",
    ),
    "p90_minutes": ("Reisetid, 90-persentil", "minutter", "Ni av ti av disse reisene er ikke lengre."),
    "longest_minutes": ("Lengste reisetid", "minutter", "Den lengste av disse reisene."),
    "county_lines": ("Over fylkesgrense", "deltakere", "Deltakerkommuner i et annet fylke enn vertskommunen."),
    "statsforvalter_lines": (
        "Over statsforvaltergrense",
        "deltakere",
        "Deltakerkommuner med en annen statsforvalter enn vertskommunen.",
    ),
    "pooled_fte": ("Årsverk i felles kontor", "årsverk", "Planleggere ansatt i kommuner som deler kontor (anslag)."),
    "unmet_need": ("Udekket behov", "årsverk", "Planleggere som trengs og ikke er ansatt, over alle kontor (anslag)."),
    "violations": ("Regelbrudd", "brudd", "Brudd på reglene som alle alternativene er vurdert etter."),
    "cost_travel": ("Kostnad: reise", "minuttekvivalenter", "Minutter fra deltaker til vert, ganger prisen."),
    "cost_missing_fte": (
        "Kostnad: mangler til kritisk masse",
        "minuttekvivalenter",
        "Årsverk som mangler før hvert kontor har limits.min_office_fte, ganger prisen.",
    ),
    "cost_county_lines": (
        "Kostnad: fylkesgrenser",
        "minuttekvivalenter",
        "Deltakere over fylkesgrense, ganger prisen.",
    ),
    "cost_statsforvalter_lines": (
        "Kostnad: statsforvaltergrenser",
        "minuttekvivalenter",
        "Deltakere over statsforvaltergrense, ganger prisen.",
    ),
    "cost_unmet_need": ("Kostnad: udekket behov", "minuttekvivalenter", "Udekket behov, ganger prisen."),
    "cost_alone": ("Kostnad: står alene", "minuttekvivalenter", "Kommuner som står alene, ganger prisen."),
}
"""Heading, unit and meaning of each row of the table."""

SHARES: Final = frozenset({"gap", "critical_mass_share"})
WIDEST: Final = 60


class Book:
    """A workbook with our formats.

    Parameters
    ----------
    path
        The file to make.
    """

    def __init__(self, path: Path) -> None:
        self.book = xlsxwriter.Workbook(
            str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        self.book.set_properties(
            {"title": "Sammenligning av plankontor", "comments": f"{PROGRAM} {version()}", "created": MADE}
        )
        self.header = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.whole = self.book.add_format({"num_format": "#,##0"})
        self.decimal = self.book.add_format({"num_format": "#,##0.00"})
        self.share = self.book.add_format({"num_format": "0.0 %"})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})

    def sheet(
        self, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], *, shares: frozenset[int] = frozenset()
    ) -> None:
        """Add a sheet with a frozen header; rows in `shares` (from 0) are shares of one."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        widths = [len(text) for text in header]
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, self.header)
        for number, row in enumerate(rows):
            for column, item in enumerate(row):
                self.cell(sheet, number + 1, column, item, share=number in shares)
                widths[column] = max(widths[column], len(str(item)) if isinstance(item, str) else 10)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, WIDEST) + 2)

    def cell(self, sheet: Any, row: int, column: int, item: object, *, share: bool) -> None:
        """Write one typed cell; nothing for ``None``."""
        if item is None:
            return
        if isinstance(item, str):
            sheet.write_string(row, column, item, self.wrapped if len(item) > WIDEST else None)
        elif isinstance(item, int | float) and math.isfinite(item):
            form = self.share if share else self.whole if float(item).is_integer() else self.decimal
            sheet.write_number(row, column, item, form)
        else:
            sheet.write_string(row, column, "ikke vei")


def write_workbook(path: Path, judge: Judge, chosen: Sequence[Choice], found: Comparison) -> None:
    """Write the workbook.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    book = Book(path)
    labels = [choice.label for choice in chosen]
    table = compare_tables.table(judge, chosen, found)
    book.sheet(
        "Sammenligning",
        ("Nøkkeltall", *labels, "Enhet"),
        [
            (HEADINGS[name][0], *(cell_of(name, value) for value in values), HEADINGS[name][1])
            for name, _, values in table
        ],
        shares=frozenset(i for i, (name, _, _) in enumerate(table) if name in SHARES),
    )
    book.sheet(
        "Regler",
        ("Regel", *labels, "Betydning"),
        [
            (name, *(VERDICTS[one] for one in verdicts), meaning)
            for name, meaning, verdicts in compare_tables.rules_of(found)
        ],
    )
    book.sheet("Flyttet", MOVE_HEADER, compare_tables.move_rows(judge.problem, found))
    book.sheet(
        "Antall flyttet", ("Fra / til", *labels), [(a, *row) for a, row in zip(labels, found.moved, strict=True)]
    )
    book.sheet("Enige", AGREED_HEADER, ((AGREED[kind], *rest) for kind, *rest in agreed_rows(judge, found)))
    book.sheet("Kontor", OFFICE_HEADER, office_rows(judge, chosen, found))
    book.sheet("Definisjoner", ("Nøkkeltall", "Navn i filene", "Enhet", "Betydning"), definitions())
    book.sheet("Kilder", ("Hva", "Kilde", "Lisens", "Merknad"), sources(judge, chosen))
    try:
        book.book.close()
    except xlsxwriter.exceptions.FileCreateError as fault:
        raise OSError(f"{path.name}: {fault}") from fault


MOVE_HEADER: Final = (
    "Alternativ",
    "Kommunenummer",
    "Kommune",
    "Vert før",
    "Navn før",
    "Minutter før",
    "Vert etter",
    "Navn etter",
    "Minutter etter",
)
AGREED: Final = {"together": "sammen i alle", "host": "vertskommune i alle", "alone": "alene i alle"}
AGREED_HEADER: Final = ("Hva", "Antall", "Kommunenumre", "Kommuner")
OFFICE_HEADER: Final = (
    "Alternativ",
    "Vert",
    "Vertskommune",
    "Kontor",
    "Slag",
    "Kommuner",
    "Kommunenumre",
    "Navn",
    "Reiseminutter",
    "Minutter i snitt",
    "Lengste minutter",
    "Ansatte årsverk",
    "Behov årsverk",
    "Mangler til kritisk masse",
    "Udekket behov",
    "Over fylkesgrense",
    "Over statsforvaltergrense",
    "Minuttekvivalenter",
)


def cell_of(name: str, value: compare_tables.Value) -> compare_tables.Value:
    """Return a cell of the first sheet, the solver's answer in bokmål."""
    return STATUSES.get(str(value)) if name == "status" else value


def agreed_rows(judge: Judge, found: Comparison) -> Iterable[tuple[str, Any, Any, Any]]:
    """Return what all agree on."""
    return (
        (str(kind), size, ids, names) for kind, size, ids, names in compare_tables.together_rows(judge.problem, found)
    )


def office_rows(judge: Judge, chosen: Sequence[Choice], found: Comparison) -> Iterable[Sequence[Any]]:
    """Return the offices with their kind in bokmål."""
    words = {"shared": "felles", "alone": "alene"}
    for row in compare_tables.office_rows(judge.problem, chosen, found):
        yield (*row[:4], words[str(row[4])], *row[5:])


def definitions() -> list[tuple[str, str, str, str]]:
    """Return each row of the table with its meaning, and how options are matched."""
    rows = [(heading, name, unit, meaning) for name, (heading, unit, meaning) in HEADINGS.items()]
    matching = (
        "Kontor i to alternativer hører sammen slik at flest mulig kommuner blir i samme kontor, uansett hva kontorene "
        "heter. En kommune er flyttet når kontoret dens ikke hører sammen med det den hadde."
    )
    return [*rows, ("Flyttet", "moves", "kommuner", matching)]


def sources(judge: Judge, chosen: Sequence[Choice]) -> list[tuple[str, str, str, str]]:
    """Return where the options and the data come from."""
    rows = [("Vurdert etter", f"{judge.name} ({judge.title})", "", f"utgave {judge.edition}")]
    rows += [
        (choice.label, f"{KINDS[choice.kind]}: {choice.title or choice.label}", "", facts(choice)) for choice in chosen
    ]
    rows += [
        ("Data", text, licence, f"{what}; {url}")
        for text, licence, url, what in compare_tables.credits_of(judge.edition)
    ]
    return [
        *rows,
        ("Program", f"{PROGRAM} {version()}", "", "Ansatte årsverk og behov er anslag der ingen egen tabell er brukt."),
    ]


def facts(choice: Choice) -> str:
    """Return the facts of an option in one line."""
    if choice.kind == "reference":
        counts = choice.facts["statuses"]
        documented = ", ".join(f"{number} {status}" for status, number in counts.items() if number)
        rows = references.load(choice.text, choice.edition)
        named = "; ".join(sorted(set(rows["source"])))
        return f"{documented}; verten er valgt etter reisetid i {choice.facts['hosts_chosen_by_rule']}; {named}"
    return ", ".join(f"{key} {value}" for key, value in choice.facts.items() if value)
