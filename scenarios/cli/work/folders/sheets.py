"""The command ``sheets``."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import typer

from maps.told.texts import Words
from optimizer.judging.evaluate import evaluate
from scenarios.cli.shared import option
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.given import from_run
from scenarios.cli.shared.option import listed
from scenarios.cli.shared.progress import reporter
from scenarios.cli.shared.session import stop_on_signals
from scenarios.cli.shared.streams import UsageError, say, tell
from scenarios.export import folders
from scenarios.export.pages import Judged
from scenarios.export.paper import printing
from scenarios.export.paper.a4_sheets import Wanted, all_of, earlier, list_in, origin, refuse_others, write
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import Fault
from scenarios.question.gazetteer import UnknownError, of
from scenarios.world.plain import SCHEMA_VERSION, dumps


def sheets(
    run: Path,
    municipality: list[str] | None,
    office: list[str] | None,
    county: list[str] | None,
    out: Path | None,
    pdf: bool,
    language: option.Language,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write an A4 sheet for each office and municipality of a run: map, planners, kroner, what if."""
    program = printer() if pdf else None
    target = run.resolve().with_name(f"{run.resolve().name}-sheets") if out is None else out
    written: list[Path] = []
    words = Words(str(language))
    with stop_on_signals(words) as stop, reporter(words, quiet=quiet) as show:
        show.phase("run")
        folders.check(target, lambda _: [])
        judged = opened(run)
        wanted = chosen(judged, listed(municipality), listed(office), listed(county))
        own = origin(judged)
        before = earlier(target, own)
        names = list(wanted.files(judged.world))
        refuse_others(target, names + [str(Path(name).with_suffix(".pdf")) for name in names if pdf], before)

        def tell_sheet(number: int, of: int) -> None:
            show.phase("sheets", n=number, of=of)

        stop.keeps = True
        with folders.into(target) as folder:
            for page in write(folder, judged, wanted, str(language), tell_sheet):
                if program is not None and not stop.finished(partial(print_one, program, page)):
                    page.unlink()
                    page.with_suffix(".pdf").unlink(missing_ok=True)
                    break
                written.append(page)
                if stop.is_set():
                    break
            list_in(folder, own, before)
    if as_json:
        say(dumps({"schema_version": SCHEMA_VERSION, "out": str(target), "files": [page.name for page in written]}))
    else:
        say(words.text("command.sheets", sheets=words.count("sheets", len(written)), out=target))
    if len(written) < len(wanted):
        tell(words.text("command.interrupted_sheets", sheets=words.count("sheets", len(wanted) - len(written))))
        raise typer.Exit(Code.INTERRUPTED)


def printer() -> str:
    """Return the browser that prints.

    Raises
    ------
    UsageError
        If there is none.
    """
    program = printing.browser()
    if program is None:
        raise UsageError(
            "--pdf needs Chromium or Chrome, and none is installed "
            f"({printing.CHOSEN} may name one); without --pdf the sheets are pages that any browser prints"
        )
    return program


def print_one(program: str, page: Path) -> None:
    """Print a sheet as PDF, beside it.

    Raises
    ------
    UsageError
        If the browser fails.
    """
    try:
        printing.print_pdf(program, page, page.with_suffix(".pdf"))
    except printing.PrintError as fault:
        raise UsageError(f"{fault}; nothing was written") from None


def opened(run: Path) -> Judged:
    """Return the plan of a run folder, judged anew."""
    world, given = from_run(run, None)
    return Judged(world, given.grouping, evaluate(world.problem, given.grouping), given.manifest, given.firm)


def chosen(
    judged: Judged, municipalities: Sequence[str], offices: Sequence[str], counties: Sequence[str] = ()
) -> Wanted:
    """Return which sheets are wanted: all, if none is named.

    Raises
    ------
    scenarios.question.errors.ScenarioError
        With all names that are nobody's, or of somebody who takes no part or shares no office.
    """
    if not municipalities and not offices and not counties:
        return all_of(judged)
    book = of(judged.world.municipalities)
    shared = {member: row.host for row in judged.evaluation.shared for member in row.members}
    faults: list[Fault] = []
    found: dict[str, list[str]] = {"--municipality": [], "--office": []}
    for asked, names in (("--municipality", municipalities), ("--office", offices)):
        for name in names:
            try:
                id_ = book.municipality(name)
            except UnknownError as error:
                faults.append(Fault(asked, None, name, error.what, error.hint))
                continue
            if id_ not in judged.grouping.host_of:
                faults.append(Fault(asked, None, name, f"{book.short(id_)} does not take part in this plan"))
            elif asked == "--office" and id_ not in shared:
                faults.append(Fault(asked, None, name, f"{book.short(id_)} stands alone", "use --municipality"))
            else:
                found[asked].append(id_ if asked == "--municipality" else shared[id_])
    inside = of_counties(judged, counties, faults)
    found["--municipality"] += inside
    found["--office"] += [shared[id_] for id_ in inside if id_ in shared]
    if faults:
        raise ScenarioError(faults)
    return Wanted(tuple(dict.fromkeys(found["--municipality"])), tuple(dict.fromkeys(found["--office"])))


def of_counties(judged: Judged, counties: Sequence[str], faults: list[Fault]) -> list[str]:
    """Return the municipalities of some counties that take part in a plan; add what is wrong with the names."""
    book, found = of(judged.world.municipalities), list[str]()
    for name in counties:
        try:
            number = book.county(name)
        except UnknownError as error:
            faults.append(Fault("--county", None, name, error.what, error.hint))
            continue
        inside = [id_ for id_ in judged.grouping.host_of if judged.world.known[id_]["county_number"] == number]
        if not inside:
            faults.append(Fault("--county", None, name, "no municipality of it takes part in this plan"))
        found += sorted(inside)
    return found
