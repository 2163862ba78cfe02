"""An A4 sheet about one office or one municipality, to print, to mail, to lay on a council's table."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup

from maps.pages import bilingual
from maps.pages.render import fill, script, style_text
from maps.pages.report import Report, percent
from maps.pages.sheets.kroner import SheetKroner
from maps.pictures import picture
from maps.told.answer import Answer
from maps.told.findings import Findings, Neighbour, Surroundings
from maps.told.plan import Member, Office
from maps.told.texts import Words
from optimizer.judging.moves import Possibility, Stop
from optimizer.judging.ranges import crosses_most

NEIGHBOURS: Final = 6
"""Rows of a table that leave room for everything else on the page."""


class SheetPage:
    """What the templates of the sheets ask for.

    Parameters
    ----------
    answer
        The plan.
    findings, surroundings
        What was computed beside it.
    """

    def __init__(self, answer: Answer, findings: Findings, surroundings: Surroundings) -> None:
        self.answer, self.surroundings = answer, surroundings
        self.report = Report(answer, findings)
        self.words: Words = answer.words
        self.plan = answer.plan
        self.office_of = {member.id: office for office in self.plan.offices for member in office.members}

    def write_municipality(self, path: Path, id_: str) -> None:
        """Write the sheet of a municipality that takes part.

        Raises
        ------
        maps.pages.offline.ForeignReferenceError
            If the page would fetch anything from the network.
        """
        office = self.office_of[id_]
        shown = [id_, *(member.id for member in office.members)]
        shown += [one.id for one in self.surroundings.neighbours.get(id_, ())]
        self._write(path, "sheet/municipality.html", dict.fromkeys(shown), office=office, me=self.plan.members[id_])

    def write_office(self, path: Path, host: str) -> None:
        """Write the sheet of a shared office; raises as `write_municipality`."""
        office = self.office_of[host]
        self._write(path, "sheet/office.html", dict.fromkeys(m.id for m in office.members), office=office, me=None)

    def _write(self, path: Path, template: str, shown: Mapping[str, None], office: Office, me: Member | None) -> None:
        focus = "" if me is None else me.id
        drawn = picture.svg(self.answer.municipalities, self.plan, list(shown), office.host.id, focus)

        def page(language: str) -> str:
            told = SheetPage(self.answer.told_in(language), self.report.findings, self.surroundings)
            return told.page(template, drawn, office, me)

        bilingual.write(path, page, self.answer.language)

    def page(self, template: str, drawn: Markup, office: Office, me: Member | None) -> str:
        """Return a sheet in the answer's language, not yet sealed.

        Parameters
        ----------
        template
            Which kind of sheet.
        drawn
            The map.
        office, me
            The office, and the municipality if the sheet is about one.
        """
        return fill(
            template,
            self.words,
            answer=self.answer,
            facts=self.answer.facts,
            plan=self.plan,
            problem=self.answer.problem,
            styles=style_text(("sheet.css",)),
            sheet=self,
            office=office,
            me=me,
            kroner=self.kroner(office, me),
            script=script("language.js"),
            picture=drawn,
        )

    def kroner(self, office: Office, me: Member | None) -> SheetKroner | None:
        """Return what the page of kroner tells; ``None`` if they are not counted."""
        found = self.report.findings.kroner
        return None if found is None else SheetKroner(self.words, self.answer.problem, found, office, me)

    def sentence(self, me: Member, office: Office) -> str:
        """Return the place of a municipality in the plan in a sentence."""
        others = [member.label for member in office.members if member.id != me.id]
        if not others:
            return self.words.text("paper.alone", name=me.label)
        values = {"name": me.label, "host": office.host.label, "others": self.listed(others)}
        if me.id == office.host.id:
            return self.words.text("paper.hosts", **values)
        word = self.answer.estimated("minutes")
        minutes = self.words.count("minutes", me.minutes) + (f" ({word})" if word else "")
        return self.words.text("paper.joins", minutes=minutes, **values)

    def today(self, me: Member | None, office: Office) -> list[str]:
        """Return who works together today; councils that stand with the office are not said again."""
        said = self.report.today
        if me is None:
            return [share] if (share := said.share(office)) else []
        lines = said.lines(me.id)
        kept = lines[:-1] if said.councils(me.id) and self.report.council(office) else lines
        return [*kept, *said.other_hosts(me.id)]

    def listed(self, names: list[str]) -> str:
        """Return names as a list in words."""
        *first, last = names
        return last if not first else self.words.text("paper.and", first=", ".join(first), last=last)

    def neighbours(self, me: Member) -> list[tuple[Neighbour, Member, str]]:
        """Return the nearest neighbours that take part, nearest first, each with where it belongs."""
        found = []
        for one in self.surroundings.neighbours.get(me.id, ())[:NEIGHBOURS]:
            member = self.plan.members[one.id]
            found.append((one, member, self.report.place(member.id)))
        return found

    def further(self, me: Member) -> int:
        """Return how many neighbours there are beyond those."""
        return max(0, len(self.surroundings.neighbours.get(me.id, ())) - NEIGHBOURS)

    def stops(self, stops: tuple[Stop, ...]) -> str:
        """Return what rules something out, in words."""
        return self.words.text("paper.stopped", stops="; ".join(dict.fromkeys(map(self.report.alone.stop, stops))))

    def outside(self, me: Member, ways: Sequence[Possibility]) -> str:
        """Return which possibilities the rules do not allow, and why, in one sentence."""
        stopped = [one for one in ways if one.stops]
        what = " · ".join(self.report.instead(me.id, one) for one in stopped)
        why = dict.fromkeys(self.report.alone.stop(stop) for one in stopped for stop in one.stops)
        return self.words.text("paper.outside", what=what, why="; ".join(why))

    def on_border(self, minutes: float) -> bool:
        """Return whether the longest journey that is allowed lies within what a journey may be."""
        return crosses_most(self.answer.ranges.journey(minutes), self.answer.problem.limits.max_minutes)

    def firm(self, office: Office, me: Member | None) -> list[str]:
        """Return how firm the place of a municipality, or those of an office's members, are; nothing if unknown."""
        if self.answer.firm.left_out:
            return []
        told = self.answer.firm_words
        return [told.short(me.id) if me else self.words.text("firm.row", levels=told.office(office))]

    def share(self, share: float) -> str:
        """Return a chance as percent."""
        return percent(self.words, share)
