"""The report page: a plan with its verdicts, its offices, its reasons and its sources, and the map in it."""

from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from geodata import accuracy, network
from maps.pages import bilingual
from maps.pages.data import COLUMNS, EMPTY, columns_data
from maps.pages.kroner import kroner_data
from maps.pages.render import Form, render
from maps.pages.solver import carried
from maps.pages.tradeoff import TradeoffSection
from maps.pages.trial import trial_data
from maps.told import phrases
from maps.told.answer import Answer
from maps.told.findings import Findings
from maps.told.kroner import YearsRow, drift_rows, drift_years, of_places, of_road, phase_in_rows
from maps.told.people.alone_words import AloneWords
from maps.told.people.cycle_words import CycleWords
from maps.told.people.discipline_words import CompetenceWords
from maps.told.people.help_words import HelpWords
from maps.told.people.order_words import OrderWords
from maps.told.people.posts_words import PostsWords
from maps.told.places.travel_changes import TravelChangeWords
from maps.told.plan import Office, Plan
from maps.told.texts import Words
from maps.told.today import Council, Fate, KronerToday, TodayWords, fates
from maps.told.verdicts import Verdict, verdicts
from optimizer.checking.kinds import require
from optimizer.judging.close_calls import LEADING, CloseCall
from optimizer.judging.hosting import SAME
from optimizer.judging.moves import Possibility

SHOWN: Final = 0.05
"""Minutes that are shown as 0.1 or more."""

FORM: Final = Form(
    template="report.html",
    styles=(
        *("map.css", "report.css", "chart.css", "trial.css", "best.css"),
        *("tradeoff.css", "people.css", "money.css", "shades.css"),
    ),
    script="report.js",
    said=(
        *("script.", "count.", "verdict.", "summary.sentence", "figures.", "filter."),
        *(
            "trial.",
            "solver.",
            "setting.limits.",
            "setting.weights.",
            "stands.",
            "rule.*.title",
            "rule.*.verdict",
            "rule.*.stop",
        ),
        "term.*.title",
        *("offices.", "report.", "tradeoff.shows", "penger.", "kroner.", "key.", "shade.", "list.and", "disciplines."),
        "quantity.percent",
        "quantity.fte",
        *(
            "edge.line",
            "alone.county",
            "method.met",
            "method.broken",
            "method.excused",
            "method.sum",
            "method.estimated",
        ),
    ),
)


def write_report(path: Path, answer: Answer, findings: Findings) -> None:
    """Write the report of a plan.

    Parameters
    ----------
    path
        The file to write; its folder exists.
    answer
        The plan.
    findings
        What was computed beside it.

    Raises
    ------
    maps.pages.offline.ForeignReferenceError
        If the page would fetch anything from the network, Kartverket's tiles excepted; nothing is written.
    """
    require(path=(path, Path), answer=(answer, Answer), findings=(findings, Findings))

    first = Report(answer, findings)

    def page(language: str) -> str:
        report = first.told_in(language)
        data = {"counties": report.plan.counties, "trial": report.trial, "columns": columns_data()}
        data |= {"kroner": report.ledger, "solver": report.solver}
        values = {"today": report.today, "columns": (*COLUMNS, EMPTY), "kroner": findings.kroner}
        return render(report.answer, FORM, data, report=report, **values)

    solver = carried.parts(findings.scenario) if first.solver else ""
    bilingual.write(path, page, answer.language, solver)


class Report:
    """What the report's templates ask for.

    Parameters
    ----------
    answer
        The plan.
    findings
        What was computed beside it.
    """

    def __init__(self, answer: Answer, findings: Findings) -> None:
        self.answer = answer
        self.findings = findings
        self.plan: Plan = answer.plan
        self.words: Words = answer.words
        self.today = TodayWords(self.words, self.plan, answer.today)
        self.gap_share = answer.facts.gap or 0.0

    def told_in(self, language: str) -> "Report":
        """Return the same in a language; what is of no language is made once."""
        told = Report(self.answer.told_in(language), self.findings)
        vars(told).update(trial=self.trial, solver=self.solver, ledger=self.ledger)
        return told

    @cached_property
    def kroner_today(self) -> KronerToday:
        """What is said of the offices that the kroner of today count."""
        labels = {id_: member.label for id_, member in self.plan.members.items()}
        kroner = self.findings.kroner
        return KronerToday(self.words, labels, self.answer.today, kroner.money.shared_today if kroner else ())

    @property
    def sharing_now(self) -> str:
        """Which offices of today are counted in kroner."""
        return self.kroner_today.of_all(id_ for id_, member in self.plan.members.items() if member.host is not None)

    @property
    def places(self) -> str:
        """At whose price planners are counted where it differs, and how time on the road is; may be empty."""
        kroner = self.findings.kroner
        if kroner is None:
            return ""
        several = [
            f"{self.plan.members[id_].label} ({', '.join(zones.split())})"
            for id_, zones in kroner.several_zones.items()
            if self.plan.members[id_].host is not None
        ]
        said = (of_places(self.words, kroner.money, several), of_road(self.words, self.answer.problem))
        return " ".join(filter(None, said))

    @property
    def of_plan_only(self) -> str:
        """The sections that are told of the computed plan only, by name."""
        there = [one for one in ("posts", "cycle", "measures", "order") if getattr(self, one)]
        return self.words.listed(self.words.text(f"report.go_{one}") for one in there)

    @cached_property
    def years_to_come(self) -> list[tuple[str, list[str], list[YearsRow]]]:
        """What each pays as the key drifts, and while it is phased in, as far as asked: name, columns, rows."""
        kroner, words = self.findings.kroner, self.words
        if kroner is None:
            return []
        years = [words.text("kroner.key_now"), *map(str, drift_years(kroner)), words.text("kroner.more")]
        many = max(map(len, kroner.phase_in.values()), default=0)
        steps = [
            words.text("kroner.today"),
            *(words.text("kroner.year", n=words.number(k + 1)) for k in range(many)),
            words.text("kroner.undone_step"),
        ]
        found = [
            ("drift", years, drift_rows(words, kroner)),
            ("phase_in", steps, phase_in_rows(words, kroner)),
        ]
        return [one for one in found if one[2]]

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """Each rule, and whether it is met."""
        return verdicts(self.words, self.plan, self.answer.problem)

    @cached_property
    def trial(self) -> dict[str, Any] | None:
        """What trying another grouping in the page needs; ``None`` if the plan itself is not whole."""
        return trial_data(self.answer, self.findings)

    @cached_property
    def solver(self) -> dict[str, Any] | None:
        """What the panel of the solver needs; ``None`` if the page carries none."""
        return None if self.trial is None else carried.solver_data(self.answer, self.findings)

    @cached_property
    def ledger(self) -> dict[str, Any] | None:
        """What the page needs to count kroner; ``None`` if they are not counted, or nothing can be judged."""
        kroner = self.findings.kroner
        return None if kroner is None or self.trial is None else kroner_data(self.answer.problem, kroner)

    @property
    def prices(self) -> list[tuple[str, str]]:
        """The prices of kroner by name, as they are set."""
        kroner = self.findings.kroner
        return (
            []
            if kroner is None
            else [(name, self.words.setting(round(value, 4))) for name, value in asdict(kroner.money.prices).items()]
        )

    @cached_property
    def tradeoff(self) -> TradeoffSection | None:
        """The best plans along the price of a missing årsverk; ``None`` if nobody asked for them."""
        return None if self.findings.tradeoff is None else TradeoffSection(self.words, self.findings.tradeoff)

    @cached_property
    def measures(self) -> HelpWords | None:
        """What helps those short of planners; ``None`` if nobody is, or nobody asked."""
        found = self.findings.help
        return HelpWords(self.words, found, self._label) if found is not None and found.found else None

    @cached_property
    def order(self) -> OrderWords | None:
        """In which order offices start; ``None`` if nobody asked."""
        found = self.findings.order
        return None if found is None else OrderWords(self.words, found, self._label)

    @cached_property
    def posts(self) -> PostsWords | None:
        """Who is at work, alone and in the plan; ``None`` if nobody asked."""
        found = self.findings.posts
        return None if found is None else PostsWords(self.words, found, self._label)

    @cached_property
    def competence(self) -> CompetenceWords | None:
        """Which disciplines are covered, alone and in the plan; ``None`` if nobody asked."""
        found = self.findings.competence
        return None if found is None else CompetenceWords(self.words, found, self._label)

    @cached_property
    def changes(self) -> TravelChangeWords | None:
        """What changed roads changed; ``None`` where the scenario changes none."""
        found = self.findings.changes
        return None if found is None else TravelChangeWords(self.words, found, self._label)

    @cached_property
    def cycle(self) -> CycleWords | None:
        """When plans that fall due are worked on; ``None`` if no dates are known."""
        found = self.findings.cycle
        return None if found is None else CycleWords(self.words, found, self._label)

    def counted(self, state: str) -> int:
        """Return how many rules are met, broken or not applicable."""
        return sum(verdict.state == state for verdict in self.verdicts)

    @property
    def fates(self) -> list[Fate]:
        """What the plan makes of the offices that exist or are planned."""
        return fates(self.plan, self.answer.today)

    @property
    def excused(self) -> int:
        """How many offices break rules and are held all the same."""
        return len(self._spared & set(self.answer.problem.pins.held))

    @property
    def decided(self) -> int:
        """How many hosts are smaller than the rule asks, because a pin names them."""
        return len(self._spared - set(self.answer.problem.pins.held))

    @property
    def _spared(self) -> set[str | None]:
        """Hosts of the offices whose breaches are excused."""
        return {breach.host for breach in self.plan.evaluation.excused}

    @property
    def gap(self) -> str:
        """The distance from the plan to the bound in percent, rounded up: no plan is better by more."""
        return self.words.number(phrases.gap_percent(self.gap_share), 1)

    @property
    def vacancy(self) -> str:
        """The assumed share of vacant posts as percent, as precise as it is set."""
        return self.words.text(
            "report.percent", percent=self.words.setting(round(100 * self.findings.vacancy_share, 6))
        )

    @property
    def roads(self) -> list[str]:
        """How good the calculated journeys are, and which roads they do not use; nothing of a user's own journeys."""
        if self.answer.facts.own_travel:
            return []
        error, words = accuracy.held_out(), self.words
        closed = network.closed_in_winter(self.answer.graph)
        told = words.text(
            "data.roads_error",
            n=words.number(error.journeys),
            minutes=words.number(error.mean_absolute_minutes),
            share=words.number(100 * error.mean_absolute_error),
            tenths=words.number(10 * accuracy.WITHIN),
            low=words.number(100 * error.low_factor),
            high=words.number(100 * error.high_factor),
        )
        return [told, words.text("data.roads_closed", names=", ".join(closed))] if closed else [told]

    def empty(self, office: Office) -> str:
        """Return the chance that nobody is at work in an office."""
        return percent(self.words, self.findings.empty[office.host.id])

    def region(self, office: Office) -> str:
        """Return the economic region that the members share, or how many they belong to; empty if none is known."""
        names = {member.region for member in office.members}
        if not any(names):
            return ""
        if len(names) == 1:
            return self.words.text("report.region", name=names.pop())
        return self.words.text("report.regions", n=self.words.number(len(names)))

    def council(self, office: Office) -> str:
        """Return the regional council that all members share; empty if there is none."""
        of = [{council.name: council for council in self._councils(member.id)} for member in office.members]
        shared = sorted(set(of[0]).intersection(*of[1:]))
        if not shared:
            return ""
        checked = all(members[shared[0]].checked for members in of)
        return self.words.text("report.council" if checked else "report.council_unchecked", name=shared[0])

    def near_hosts(self, office: Office) -> str:
        """Return who else could host an office, as well or nearly; empty if nobody could."""
        found = self.findings.near_hosts.get(office.host.id, ())
        word = self.answer.estimated("minutes")
        label = f", {word}" if word else ""
        same = [self._label(one.host) for one in found if abs(one.minutes) < SHOWN]
        nearly = [
            self.words.text(
                "report.near_more" if one.minutes > 0 else "report.near_less",
                host=self._label(one.host),
                minutes=self.words.number(abs(one.minutes), 1),
                label=label,
            )
            for one in found
            if abs(one.minutes) >= SHOWN
        ]
        said = [("report.near_same", same), ("report.near_nearly", nearly)]
        return " ".join(self.words.text(key, hosts=self._listed(some)) for key, some in said if some)

    def _listed(self, names: list[str]) -> str:
        *first, last = names
        return last if not first else self.words.text("report.near_and", first=", ".join(first), last=last)

    @property
    def leading(self) -> int:
        """How many rows of such a table are about the whole plan; the others show when their county does."""
        return LEADING

    @property
    def close(self) -> list[tuple[str, tuple[CloseCall, ...]]]:
        """The tables of close calls that have rows, each with the name of its heading."""
        found = self.findings
        return [(name, calls) for name, calls in (("moves", found.close_calls), ("hosts", found.close_hosts)) if calls]

    def place(self, id_: str) -> str:
        """Return the place of a municipality in the plan in a few words."""
        host = self.plan.members[id_].host
        if host is None:
            return self.words.text("paper.not_part")
        [office] = [office for office in self.plan.offices if office.host.id == host]
        if len(office.members) == 1:
            return self.words.text("paper.stands_alone")
        return self.words.text("paper.is_host" if host == id_ else "paper.in_office", host=office.host.label)

    def instead(self, id_: str, one: Possibility) -> str:
        """Return what a municipality would do instead, in words."""
        kind = "led" if one.kind == "host" and one.host != id_ else one.kind
        text = self.words.text(f"paper.move_{kind}", host=self._label(one.host))
        if one.new_host is None:
            return text
        return text + self.words.text("paper.new_host", host=self._label(one.new_host))

    def signed(self, minutes: float) -> str:
        """Return a change in minutes with its sign."""
        return ("+" if round(minutes, 1) > 0 else "") + self.words.number(minutes, 1)

    def change(self, minutes: float) -> str:
        """Return a change in minutes with its sign; that it is none, in words too."""
        same = abs(minutes) <= SAME
        return self.words.text("close.same", change=self.signed(0.0)) if same else self.signed(minutes)

    @cached_property
    def alone(self) -> AloneWords:
        """Why those who stand alone do, and what would let them in."""
        answer = self.answer
        return AloneWords(self.words, self._label, answer.problem.limits.max_minutes, answer.ranges, self.measures)

    def _label(self, id_: str) -> str:
        return self.plan.members[id_].label

    def _councils(self, id_: str) -> tuple[Council, ...]:
        return self.answer.today.councils.get(id_, ())

    @cached_property
    def links(self) -> list[tuple[str, str, str, str, str]]:
        """The links made by hand that touch somebody who takes part: ids, names, reason."""
        members, links = self.plan.members, self.answer.links
        rows = links.loc[links["kind"] == "manual", ["a", "b", "reason"]].itertuples(index=False)
        return [
            (a, b, members[a].label, members[b].label, reason)
            for a, b, reason in rows
            if a in members and b in members and (members[a].host is not None or members[b].host is not None)
        ]


def percent(words: Words, share: float) -> str:
    """Return a share as percent with one decimal; what would be rounded to nothing as less than 0.1."""
    if 0 < share < 0.0005:
        return words.text("report.less", percent=words.number(0.1, 1))
    return words.text("report.percent", percent=words.number(100 * share, 1))
