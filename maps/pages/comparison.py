"""The comparison page: two to eight plans in one table and on one map, what moved between them, what they share."""

import base64
import math
import mimetypes
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from maps.pages import bilingual, chart
from maps.pages import data as tables
from maps.pages.render import Form, render
from maps.told import phrases
from maps.told.answer import RunFacts
from maps.told.compared import Compared, Row, Value
from maps.told.firm_words import FirmWords
from maps.told.texts import DASH, Words, in_language, told_apart
from maps.told.today import Fate, fate
from optimizer.checking.kinds import require
from optimizer.judging.figures import TOLERANCE

PRICE_TEXTS: Final = ("solver.means_", "solver.counts_not", "solver.wrong_price")
"""What is said at the field of a price."""

FORM: Final = Form(
    template="comparison.html",
    styles=("map.css", "report.css", "comparison.css", "chart.css", "shades.css", "best.css"),
    script="comparison.js",
    said=("script.", "count.", "compare.", "shade.", "winners.", *PRICE_TEXTS),
)

GROUPS: Final = (
    ("whole", ("objective", "above_lowest", "above_bound", "status", "gap", "violations")),
    ("offices", ("offices", "alone", "critical_mass_share", "pooled_fte", "unmet_need")),
    ("ways", ("mean_minutes", "p90_minutes", "longest_minutes", "county_lines", "statsforvalter_lines")),
    ("kroner", ("money_out", "undone_fte", "like_for_like", "losers", "holding_grant")),
    ("burden", ()),
)
"""Rows of the table by heading; the last takes the rest."""

SHARES: Final = frozenset({"gap", "critical_mass_share"})
DECIMALS: Final = {"minutes-equivalents": 1, "minutes": 1, "årsverk": 1, "million_kr": 1}
HIGHER: Final = frozenset({"critical_mass_share", "pooled_fte"})
"""Of these more is better."""
NEUTRAL: Final = frozenset(
    {"above_lowest", "above_bound", "status", "gap", "offices", "violations", "money_out", "undone_fte"}
)
"""Of these nothing is best: they are no aim of their own, or say what another row says."""


def write_comparison(path: Path, compared: Compared) -> None:
    """Write the comparison page.

    Parameters
    ----------
    path
        The file to write; its folder exists.
    compared
        What to tell.

    Raises
    ------
    maps.pages.offline.ForeignReferenceError
        If the page would fetch anything from the network, Kartverket's tiles excepted; nothing is written.
    """
    require(path=(path, Path), compared=(compared, Compared))

    def page(language: str) -> str:
        view = ComparisonPage(compared.told_in(language))
        return render(view.options[0].answer, FORM, view.data(), view=view)

    bilingual.write(path, page, compared.options[0].answer.language)


class ComparisonPage:
    """What the templates of the comparison ask for.

    Parameters
    ----------
    compared
        What to tell.
    """

    def __init__(self, compared: Compared) -> None:
        self.compared = compared
        self.options = compared.options
        self.words: Words = compared.options[0].answer.words
        self.facts: RunFacts = compared.options[0].answer.facts
        self.names = told_apart(
            [in_language(self.words.language, one.title, one.title_en) for one in self.options],
            [one.label for one in self.options],
        )
        self.agreed = compared.agreed
        self.legal = [i for i, one in enumerate(self.options) if not one.answer.evaluation.violations]
        self.chart = None if compared.front is None else chart.draw(compared.front, self.words)

    @property
    def rows(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows of the table by heading."""
        row_of = {row.name: row for row in self.compared.rows}
        known = {name for _, names in GROUPS for name in names}
        for heading, names in GROUPS:
            wanted = names or tuple(name for name in row_of if name not in known)
            if rows := [row_of[name] for name in wanted if name in row_of]:
                yield heading, rows

    def decimals(self, row: Row) -> int:
        """Return how precisely a row is written."""
        return 1 if row.name in SHARES else DECIMALS.get(row.unit, 0)

    def shown(self, row: Row, value: Value) -> str:
        """Return a cell of the table."""
        if value is None:
            return DASH
        if isinstance(value, str):
            return self.words.text("compare.status_" + value.replace(", ", "_").replace(" ", "_"))
        if row.name == "gap":
            return self.words.text("report.percent", percent=self.words.number(phrases.gap_percent(value), 1))
        if row.name in SHARES:
            return self.words.text("report.percent", percent=self.words.number(100 * value, 1))
        return self.words.number(value, self.decimals(row))

    def unit(self, row: Row) -> str:
        """Return the unit of a row in words, and whether the row rests on estimates."""
        unit = self.words.text(f"figure_unit.{row.unit}") if row.unit and row.name != "gap" else ""
        word = self.options[0].answer.estimated(row.name)
        return f"{unit}, {word}" if word else unit

    def best(self, row: Row) -> frozenset[int]:
        """Return the options with the best value among those that keep all rules, as a reader sees the figures.

        Nothing is best where there is nothing to choose: one such option, or the same figure in all.
        """
        candidates = [(i, value) for i in self.legal if isinstance(value := row.values[i], int | float)]
        if row.name in NEUTRAL or len(candidates) < 2:
            return frozenset()
        value = (max if row.name in HIGHER else min)(value for _, value in candidates)
        found = frozenset(i for i, own in candidates if self.shown(row, own) == self.shown(row, value))
        return found if len(found) < len(candidates) else frozenset()

    def changed(self, row: Row, i: int) -> str:
        """Return the change of an option from the first, as ``comparison.js`` writes it for another reference."""
        before, after = row.values[0], row.values[i]
        if isinstance(before, str) or isinstance(after, str) or before is None or after is None:
            return ""
        if not (math.isfinite(before) and math.isfinite(after)):
            return ""
        scale = 100 if row.name in SHARES else 1
        difference = scale * (after - before)
        written = self.words.number(difference, self.decimals(row))
        if written == self.words.number(0, self.decimals(row)):
            return self.words.text("compare.unchanged")
        signed = written if difference < 0 else "+" + written
        return signed if scale == 1 else self.words.text("compare.points", points=signed)

    def raw(self, value: Value) -> str:
        """Return a value for the page's script; empty where there is no number."""
        return repr(float(value)) if isinstance(value, int | float) and math.isfinite(value) else ""

    def about(self, i: int) -> str:
        """Return what an option is, and whether it keeps the rules."""
        option = self.options[i]
        parts = [self.words.text(f"compare.kind_{option.kind}")]
        if option.status:
            key = f"compare.status_{option.status}" + ("_own_rules" if option.own_rules else "")
            parts.append(self.words.text(key))
        broken = len(option.answer.evaluation.violations)
        parts.append(self.words.count("breaches", broken) if broken else self.words.text("compare.keeps"))
        return " \u00b7 ".join(parts)

    def firm(self, i: int) -> str:
        """Return how firm an option is, in a sentence; empty if nobody asked."""
        told = FirmWords(self.words, self.options[i].firm, {})
        return told.headline if told.asked else ""

    def broken_rules(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """Return each rule that some option breaks: verdict and number of breaches of each option."""
        found = []
        for rule in self.options[0].answer.evaluation.rules:
            verdicts = []
            for option in self.options:
                judged = option.answer.evaluation
                verdicts.append((judged.rules[rule].replace(" ", "_"), sum(v.rule == rule for v in judged.violations)))
            if any(verdict == "broken" for verdict, _ in verdicts):
                found.append((rule, verdicts))
        return found

    @property
    def shown_first(self) -> int:
        """The option that the page opens with: the one with least burden that keeps the rules, or else the first."""
        return min(self.legal, key=lambda i: self.options[i].answer.evaluation.objective, default=0)

    @property
    def sentences(self) -> list[str]:
        """The result: which is cheapest, which break rules, what all share."""
        text, count = self.words.text, self.words.count
        objectives = [one.answer.evaluation.objective for one in self.options]
        (row,) = (row for row in self.compared.rows if row.name == "objective")
        burden = [self.shown(row, value) for value in row.values]
        word = self.options[0].answer.estimated("objective")
        made = f" ({word})" if word else ""
        cheapest = min(range(len(objectives)), key=objectives.__getitem__)
        best = min(self.legal, key=objectives.__getitem__, default=None)
        said = []
        if best is None:
            said.append(text("compare.none_keeps", name=self.names[cheapest], burden=burden[cheapest], made=made))
        elif len(self.legal) == 1:
            said.append(text("compare.one_keeps", name=self.names[best], burden=burden[best], made=made))
        else:
            said.append(text("compare.least_burden", name=self.names[best], burden=burden[best], made=made))
        if best is not None and objectives[cheapest] < objectives[best]:
            said.append(text("compare.less_but_breaks", name=self.names[cheapest], burden=burden[cheapest]))
        if best is not None and 0 < len(self.legal) < len(self.options):
            breaking = [self.names[i] for i in range(len(self.options)) if i not in self.legal]
            key = "compare.breaks_one" if len(breaking) == 1 else "compare.breaks_many"
            said.append(text(key, names=listed(self.words, breaking), n=self.words.number(len(breaking))))
        alone = len(self.agreed.alone)
        same = len(self.agreed.same_partners) - alone
        everybody = count("municipalities", len(self.options[0].answer.grouping))
        first = text(f"compare.same_{'some' if same else 'none'}", same=self.words.number(same), part=everybody)
        rest = text(f"compare.alone_{'some' if alone else 'none'}", alone=self.words.number(alone))
        return [*said, first + rest]

    @property
    def journey_unit(self) -> str:
        """The unit of journeys, and whether they are estimates."""
        unit, word = self.words.text("compare.minutes_unit"), self.options[0].answer.estimated("minutes")
        return f"{unit}, {word}" if word else unit

    def amount(self, value: float) -> str:
        """Return a value of the chart's second term with its unit."""
        return "" if self.compared.front is None else chart.amount(self.words, self.compared.front.second, value)

    @property
    def moved(self) -> list[list[int]]:
        """Number of municipalities that changed office between any two options."""
        counts = [[0] * len(self.options) for _ in self.options]
        for one in self.compared.changes:
            counts[one.before][one.after] = counts[one.after][one.before] = len(one.moved)
        return counts

    @property
    def existing(self) -> list[tuple[str, list[str]]]:
        """Each office that exists, with what every option makes of it; without those of which nobody takes part."""
        found = []
        for office in self.options[0].answer.today.at_work:
            made = [fate(option.answer.plan, office) for option in self.options]
            if all(one.pieces for one in made):
                found.append((office.name, [self._made_of(one) for one in made]))
        return found

    def _made_of(self, one: Fate) -> str:
        most = len(one.pieces[0].members)
        if one.kind != "split" or most == 1:
            return self.words.text(f"compare.today_{'none' if one.kind == 'split' else one.kind}")
        return self.words.text(
            "compare.today_part", most=self.words.number(most), of=self.words.number(len(one.members))
        )

    @property
    def shared_pairs(self) -> str:
        """The share of pairs that are together in all, of those that are together in any."""
        share = self.agreed.pairs / self.agreed.pairs_in_any if self.agreed.pairs_in_any else 0.0
        return self.words.text("report.percent", percent=self.words.number(100 * share, 1))

    @property
    def blocks(self) -> list[tuple[str, ...]]:
        """Sets of municipalities that are together in all, the largest first."""
        return sorted(self.agreed.blocks, key=lambda block: (-len(block), block))

    def labels(self, ids: Sequence[str]) -> str:
        """Return municipalities by name."""
        members = self.options[0].answer.plan.members
        return ", ".join(members[id_].label for id_ in ids)

    def counties_of(self, ids: Sequence[str]) -> str:
        """Return the counties of some municipalities, by number."""
        members = self.options[0].answer.plan.members
        return " ".join(sorted({members[id_].county_number for id_ in ids}))

    def named_title(self, i: int) -> Markup:
        """Return the name of an option; said to be bokmål where the page is not and there is no other."""
        language, one = self.words.language, self.options[i]
        if language == "nb" or not one.title or in_language(language, one.title, one.title_en) != one.title:
            return Markup("{}").format(self.names[i])
        return Markup('<span lang="nb">{}</span>').format(self.names[i])

    @property
    def keeping(self) -> list[int]:
        """The numbers of the options that keep all rules, from 1."""
        return [i + 1 for i in self.legal]

    @property
    def why_below(self) -> str:
        """Why the best plan leaves some below the critical mass, beside the figure; empty where that is not known."""
        best, reach = self.shown_first, self.compared.reach
        if reach is None or not self.legal:
            return ""
        offices = self.options[best].answer.evaluation.offices
        below = [id_ for office in offices if office.missing_fte > TOLERANCE for id_ in office.members]
        never = sum(id_ not in reach for id_ in below)
        if not below:
            return ""
        limits, weights = self.options[best].answer.problem.limits, self.options[best].answer.problem.weights
        priced = "never" if never == len(below) else "some" if never else "none"
        key = "hard" if limits.critical_mass == "hard" else priced
        return self.words.text(
            f"winners.below_{key}",
            name=self.names[best],
            below=self.words.count("municipalities", len(below)),
            never=self.words.number(never),
            rest=self.words.number(len(below) - never),
            mass=self.words.setting(limits.min_office_fte),
            price=self.words.setting(weights.missing_fte),
        )

    @property
    def known(self) -> list[str]:
        """By what winners and losers may be told: kroner and disciplines only where all options have them."""
        kroner = sum(bool(one.bears) for one in self.options) > 1
        disciplines = sum(bool(one.lacks) for one in self.options) > 1
        more = [("more_disciplines", disciplines), ("fewer_kroner", kroner)]
        return ["fewer_minutes", "more_fte", *(name for name, known in more if known)]

    @property
    def priced(self) -> Sequence[str]:
        """The terms that have a price, all options being judged by the same."""
        return self.options[0].answer.problem.counted

    def data(self) -> dict[str, Any]:
        """Return what the page's scripts read beside the rows of the first option."""
        return {
            "counties": self.options[0].answer.plan.counties,
            "best": self.shown_first,
            "prices": {name: getattr(self.options[0].answer.problem.weights, name) for name in self.priced},
            "keeping": self.legal,
            "options": [
                {
                    "name": name,
                    "members": tables.places(one.answer.plan),
                    "offices": tables.offices(one.answer.plan),
                    "lacks": dict(one.lacks),
                    "bears": dict(one.bears),
                    "terms": {name: tables.plain(one.answer.evaluation.terms[name].value) for name in self.priced},
                }
                for name, one in zip(self.names, self.options, strict=True)
            ],
            "changes": tables.told(("before", "after", "moved", "new_hosts"), self.compared.changes),
            "files": [
                {
                    "name": file.name,
                    "type": mimetypes.guess_type(file.name)[0] or "application/octet-stream",
                    "content": base64.b64encode(file.content).decode(),
                }
                for file in self.compared.files
            ],
        }


def listed(words: Words, names: Sequence[str]) -> str:
    """Return quoted names in a row: the last after "and"."""
    quoted = [words.text("compare.quoted", name=name) for name in names]
    if len(quoted) == 1:
        return quoted[0]
    return words.text("compare.and", first=", ".join(quoted[:-1]), last=quoted[-1])
