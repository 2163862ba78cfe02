"""The sheets of a run: A4, a page of the plan and one of kroner, for each municipality and shared office."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from maps.pages.sheets.sheet import SheetPage
from maps.told.findings import DepartureRow, Neighbour, Surroundings
from optimizer.judging.departures import risks_of
from optimizer.judging.moves import Stop, moves
from scenarios.export.folders import FolderError, FolderKind
from scenarios.export.pages import Judged, answer_of, findings
from scenarios.world.accounts import accounts_of, page_facts
from scenarios.world.build import World
from scenarios.world.plain import PROGRAM, SCHEMA_VERSION

PLACES = {"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"}
"""Letters that file names spell in another way, whatever the system can."""
SHEETS = FolderKind("sheets.json")
"""Beside the sheets: which run they belong to, and their names."""


@dataclass(frozen=True)
class Wanted:
    """Which sheets to make.

    Parameters
    ----------
    municipalities, hosts
        Numbers; of hosts of shared offices.
    """

    municipalities: tuple[str, ...]
    hosts: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of sheets."""
        return len(self.municipalities) + len(self.hosts)

    def files(self, world: World) -> dict[str, tuple[str, str]]:
        """Return by the name of each sheet's file whether it is for a ``kontor`` or a ``kommune``, and its number."""
        names = dict(zip(world.problem.ids, world.problem.names, strict=True))
        kinds = [*(("kontor", host) for host in self.hosts), *(("kommune", id_) for id_ in self.municipalities)]
        return {f"{kind}-{id_}-{file_name(names[id_])}.html": (kind, id_) for kind, id_ in kinds}


def origin(judged: Judged) -> dict[str, object]:
    """Return what sheets that lie together have in common: one run may end with two plans, with more time for one."""
    facts = judged.facts
    return {"run": facts["run_id"], "plan": judged.grouping.letters, "status": facts["status"], "bound": facts["bound"]}


def earlier(folder: Path, own: Mapping[str, object]) -> dict[str, str]:
    """Return the checksums of the sheets of a plan that lie in a folder already, or did, by name.

    Parameters
    ----------
    folder
        Where the sheets go; it need not exist.
    own
        Origin of the plan.

    Raises
    ------
    scenarios.export.folders.FolderError
        If the sheets there are of another: sheets of two plans are not mixed.
    """
    try:
        found = SHEETS.read(folder)
        other, files = {key: found[key] for key in own}, dict(found["files"])
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError):
        raise FolderError(f"{folder / SHEETS.document} cannot be read; name another folder with --out") from None
    if other != own:
        what = "another run" if other["run"] != own["run"] else "another plan for the same question"
        run, plan = (f"{one['run']}, {one['status']}" for one in (other, own))
        raise FolderError(
            f"{folder} holds sheets of {what} ({run}; this one is {plan}); they are left alone: "
            "name another folder with --out, or remove that one first"
        )
    return files


def refuse_others(folder: Path, wanted: Iterable[str], own: Collection[str]) -> None:
    """Raise `FolderError` if a file that is no sheet of this run stands where one is to go."""
    taken = sorted(name for name in wanted if name not in own and (folder / name).exists())
    if taken:
        more = f" and {len(taken) - 1} more" if len(taken) > 1 else ""
        raise FolderError(
            f"{folder / taken[0]}{more} is there already and is no sheet of this run; it is left alone: "
            "name another folder with --out"
        )


def list_in(folder: Path, own: Mapping[str, object], before: Mapping[str, str]) -> None:
    """Write which sheets, of which plan, there are: those in the folder, and those before with their checksums."""
    SHEETS.seal(folder, {"schema_version": SCHEMA_VERSION, "program": PROGRAM, **own}, before)


def write(
    folder: Path, judged: Judged, wanted: Wanted, language: str, report: Callable[[int, int], None]
) -> Iterator[Path]:
    """Write the sheets one by one and yield their files.

    Parameters
    ----------
    folder
        An existing folder.
    judged
        The plan.
    wanted
        Which sheets.
    language
        One of `maps.told.texts.LANGUAGES`.
    report
        Told which sheet of how many is made.
    """
    answer = answer_of(judged, language)
    kroner = page_facts(judged.world, accounts_of(judged.world, judged.grouping))
    found = replace(findings(judged.world, judged.grouping, judged.evaluation, judged.facts), kroner=kroner)
    around = neighbours(judged.world)
    for number, (name, (kind, id_)) in enumerate(wanted.files(judged.world).items(), start=1):
        report(number, len(wanted))
        path = folder / name
        if kind == "kontor":
            departing = {id_: departures(judged, id_, found.vacancy_share)}
            SheetPage(answer, found, Surroundings({}, {}, departing)).write_office(path, id_)
        else:
            instead = {id_: moves(judged.world.problem, judged.grouping, judged.evaluation, id_)}
            SheetPage(answer, found, Surroundings(around, instead, {})).write_municipality(path, id_)
        yield path


def neighbours(world: World) -> dict[str, tuple[Neighbour, ...]]:
    """Return the neighbours of each municipality that take part, nearest first."""
    active = {world.problem.ids[i] for i in world.problem.active.nonzero()[0]}
    found: dict[str, list[Neighbour]] = {id_: [] for id_ in world.problem.ids}
    for a, b, kind, minutes in world.links[["a", "b", "kind", "minutes"]].itertuples(index=False):
        for one, other in ((a, b), (b, a)):
            if one in found and other in active:
                found[one].append(Neighbour(other, kind, float(minutes)))
    return {id_: tuple(sorted(some, key=lambda one: (one.minutes, one.id))) for id_, some in found.items()}


def departures(judged: Judged, host: str, share: float) -> tuple[DepartureRow, ...]:
    """Return what remains of a shared office if any one member leaves, with this share of posts vacant."""
    [office] = [row for row in judged.evaluation.offices if row.host == host]
    found = risks_of(judged.world.problem, office, share, "part").departures
    return tuple(
        DepartureRow(
            one.leaver,
            one.host,
            one.office.planner_fte,
            one.missing_fte,
            one.staffing.nobody,
            tuple(dict.fromkeys(Stop(broken.rule, broken.found, broken.limit) for broken in one.violations)),
        )
        for one in found
    )


def file_name(name: str) -> str:
    """Return a name as part of a file name, in plain letters."""
    plain = "".join(PLACES.get(letter, letter) for letter in unicodedata.normalize("NFC", name).casefold())
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if letter.isascii())
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:40].strip("-") or "uten-navn"


def all_of(judged: Judged) -> Wanted:
    """Return every municipality that takes part, and every shared office."""
    return Wanted(tuple(id_ for id_, _ in judged.grouping), tuple(row.host for row in judged.evaluation.shared))
