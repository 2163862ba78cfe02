"""Who works together today, and what a plan makes of it: as plain rows, and in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from maps.told.plan import Member, Office, Plan
from maps.told.texts import Words, in_language

AT_WORK: Final = ("active", "reported")
"""Statuses of offices that exist, as far as is known; the others are plans, studies and loose cooperation."""


@dataclass(frozen=True)
class Council:
    """A regional council that a municipality belongs to.

    Parameters
    ----------
    name
        As the source calls it.
    checked
        Whether the membership has a source.
    """

    name: str
    checked: bool


@dataclass(frozen=True)
class Existing:
    """A shared planning office outside the plan: at work, planned or studied.

    Parameters
    ----------
    name
        As the source calls it.
    host, members
        Numbers of the edition, the host among the members; it is empty where the source names none.
    status
        As in `geodata.references.STATUSES`.
    since
        Year that it began; empty if unknown.
    source, source_year
        Where that stands; the year is empty if unknown.
    note, note_en
        What else is to be known.
    """

    name: str
    host: str
    members: tuple[str, ...]
    status: str
    since: str
    source: str
    source_year: str
    note: str = ""
    note_en: str = ""

    @property
    def is_at_work(self) -> bool:
        """Whether it exists, as far as is known."""
        return self.status in AT_WORK


@dataclass(frozen=True)
class Today:
    """Who works together today.

    Parameters
    ----------
    offices
        Those at work first.
    councils
        Regional councils of each municipality; those in none are missing.
    """

    offices: tuple[Existing, ...] = ()
    councils: Mapping[str, tuple[Council, ...]] = field(default_factory=dict)

    @property
    def at_work(self) -> tuple[Existing, ...]:
        """The offices that exist, as far as is known."""
        return tuple(office for office in self.offices if office.is_at_work)

    def of(self, id_: str) -> tuple[Existing, ...]:
        """Return the offices of a municipality."""
        return tuple(office for office in self.offices if id_ in office.members)


@dataclass(frozen=True)
class Piece:
    """What of an existing office is in one office of the plan.

    Parameters
    ----------
    office
        Of the plan.
    members
        Those of the existing office, the plan's host first.
    joined
        The others.
    """

    office: Office
    members: tuple[Member, ...]
    joined: tuple[Member, ...]


@dataclass(frozen=True)
class Fate:
    """What a plan makes of an existing office.

    Parameters
    ----------
    existing
        The office.
    members
        All its members, the host first.
    pieces
        Where its members are, the largest piece first; empty if none of them takes part.
    away
        Members that do not take part.
    """

    existing: Existing
    members: tuple[Member, ...]
    pieces: tuple[Piece, ...]
    away: tuple[Member, ...]

    @property
    def kind(self) -> Literal["whole", "extended", "split"]:
        """Whether the plan keeps it together as it is, together with others, or not together."""
        if len(self.pieces) > 1 or len(self.pieces[0].members) == 1:
            return "split"
        return "extended" if self.pieces[0].joined else "whole"


def fates(plan: Plan, today: Today) -> list[Fate]:
    """Return what a plan makes of each office of which somebody takes part."""
    found = [fate(plan, existing) for existing in today.offices]
    return [one for one in found if one.pieces]


def fate(plan: Plan, existing: Existing) -> Fate:
    """Return what a plan makes of an office."""
    inside = set(existing.members)
    members = tuple(plan.members[id_] for id_ in sorted(inside, key=lambda id_: (id_ != existing.host, id_)))
    pieces = []
    for office in plan.offices:
        own = tuple(member for member in office.members if member.id in inside)
        if own:
            pieces.append(Piece(office, own, tuple(member for member in office.members if member.id not in inside)))
    pieces.sort(key=lambda piece: -len(piece.members))
    return Fate(existing, members, tuple(pieces), tuple(member for member in members if member.host is None))


class TodayWords:
    """What pages say of today.

    Parameters
    ----------
    words
        Of the reader's language.
    plan, today
        What is told of.
    """

    def __init__(self, words: Words, plan: Plan, today: Today) -> None:
        self.words, self.plan, self.today = words, plan, today

    def named(self, existing: Existing) -> str:
        """Return the name of an office, with the year that it began if that is known."""
        if not existing.since:
            return existing.name
        return self.words.text("script.today_since", name=existing.name, year=existing.since)

    def lines(self, id_: str) -> list[str]:
        """Return a municipality's offices and councils of today, and what the plan makes of them; ``cards.js`` too."""
        host = self.plan.members[id_].host
        found = []
        for existing in self.today.of(id_):
            others = [self.plan.members[other] for other in existing.members if other != id_]
            line = self.words.text(
                f"script.today_{existing.status}",
                name=self.named(existing),
                others=self.listed(one.label for one in others),
            )
            found.append(line if host is None else f"{line} {self.made_of(existing, host, others)}")
        return found + ([councils] if (councils := self.councils(id_)) else [])

    def made_of(self, existing: Existing, host: str, others: list[Member]) -> str:
        """Return with whom of its office of today a municipality shares the office at a host."""
        same = [one.label for one in others if one.host == host]
        if len(same) < len(others):
            return self.words.text(f"script.today_{'some' if same else 'none'}", names=self.listed(same))
        joined = any(one.host == host and one.id not in existing.members for one in self.plan.members.values())
        return self.words.text("script.today_extended" if joined else "script.today_all")

    def other_hosts(self, id_: str) -> list[str]:
        """Return the hosts of a municipality's offices that the plan keeps together, where they are others than now."""
        host, label = self.plan.members[id_].host, {one.id: one.label for one in self.plan.members.values()}
        return [
            self.words.text("today.other_host", host=label[host], today=label[existing.host])
            for existing in self.today.of(id_)
            if host is not None
            and existing.host not in {"", host}
            and all(self.plan.members[one].host == host for one in existing.members)
        ]

    def councils(self, id_: str) -> str:
        """Return the regional councils of a municipality; empty if it is in none that is known."""
        said = [
            one.name if one.checked else self.words.text("script.council_unchecked", name=one.name)
            for one in self.today.councils.get(id_, ())
        ]
        return self.words.text("script.council", names=self.listed(said)) if said else ""

    def share(self, office: Office) -> str:
        """Return which offices of today the members of an office of the plan are from; ``rows.js`` too."""
        said = []
        for existing in self.today.at_work:
            own = sum(member.id in existing.members for member in office.members)
            if own:
                form = "today_whole" if own == len(existing.members) else "today_part"
                values = {"n": self.words.number(own), "of": self.words.number(len(existing.members))}
                said.append(self.words.text(f"report.{form}", name=existing.name, **values))
        return self.words.text("report.today", offices="; ".join(said)) if said else ""

    def state(self, existing: Existing) -> str:
        """Return whether an office is at work, by which source."""
        key = f"today.{existing.status}" + ("_since" if existing.status == "active" and existing.since else "")
        year = existing.since if existing.status == "active" else existing.source_year
        said = self.words.text(key, year=year)
        return self.words.text("today.source", state=said, source=existing.source)

    def note(self, existing: Existing) -> str:
        """Return what else is to be known of an office; may be empty."""
        return in_language(self.words.language, existing.note, existing.note_en)

    def verdict(self, one: Fate) -> str:
        """Return what the plan makes of an office, and who is the host if another is."""
        first = one.pieces[0]
        joined = self.listed(member.label for member in first.joined)
        form = "scattered" if one.kind == "split" and len(first.members) == 1 else one.kind
        most, of = self.words.number(len(first.members)), self.words.number(len(one.members))
        said = self.words.text(f"today.{form}", joined=joined, most=most, of=of)
        if one.kind == "split" or one.existing.host in {"", first.office.host.id}:
            return said
        today = next(member.label for member in one.members if member.id == one.existing.host)
        return said + " " + self.words.text("today.other_host", host=first.office.host.label, today=today)

    def piece(self, piece: Piece) -> str:
        """Return where some members of an office are in the plan."""
        names = self.listed(member.label for member in piece.members)
        if len(piece.office.members) == 1:
            return self.words.text("today.alone", names=names)
        form = "with" if piece.joined else "by_themselves"
        joined = self.listed(member.label for member in piece.joined)
        return self.words.text(f"today.{form}", names=names, host=piece.office.host.label, joined=joined)

    def listed(self, names: Iterable[str]) -> str:
        """Return names as a list in words; ``cards.js`` too."""
        *first, last = tuple(names) or ("",)
        return self.words.text("script.and", first=", ".join(first), last=last) if first else last


class KronerToday:
    """What is said of the offices that the kroner of today count.

    Parameters
    ----------
    words
        Of the reader's language.
    labels
        Names of the municipalities by number.
    today
        Who works together today.
    shared
        Host and members of each office that is counted, as in `optimizer.money.Money.shared_today`.
    """

    def __init__(
        self, words: Words, labels: Mapping[str, str], today: Today, shared: Iterable[tuple[str, tuple[str, ...]]]
    ) -> None:
        self.words, self.labels = words, labels
        self.offices = [
            (next(one for one in today.at_work if set(members) <= set(one.members)), members) for _, members in shared
        ]

    def of_all(self, inside: Iterable[str]) -> str:
        """Return which offices are counted of which some municipalities are members; empty if none."""
        some = set(inside)
        found = [(one, members) for one, members in self.offices if some.intersection(members)]
        if not found:
            return ""
        offices = "; ".join(self.named(one, members) for one, members in found)
        many = sum(len(some.intersection(members)) for _, members in found)
        return self.words.text("kroner.today_shared", who=self.words.count("municipalities", many), offices=offices)

    def named(self, existing: Existing, members: Iterable[str]) -> str:
        """Return the name of an office with its members, its source, and the year of that if it is not at work now."""
        names = self.words.listed(self.labels[id_] for id_ in members)
        dated = "" if existing.status == "active" else "_dated"
        values = {"members": names, "year": existing.source_year, "source": existing.source}
        return self.words.text(f"kroner.today_office{dated}", name=existing.name, **values)

    def of_one(self, id_: str) -> str:
        """Return the office that a municipality shares and that is counted; empty if it has none."""
        for existing, members in self.offices:
            if id_ in members:
                others = self.words.listed(self.labels[other] for other in members if other != id_)
                values = {"others": others, "office": existing.name, "source": existing.source}
                return self.words.text("kroner.today_own", name=self.labels[id_], **values)
        return ""
