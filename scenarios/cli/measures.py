"""The command ``measures``."""

from typing import Annotated

import typer

from maps.told.people.help_words import HelpWords
from maps.told.texts import Words
from optimizer.questions.measures.mentors import limit_faults
from optimizer.staffing.help import DIGITAL_MINUTES, EACH
from scenarios.answers import measures as answer
from scenarios.cli.shared import option
from scenarios.cli.shared.asking import give, refuse, verdict
from scenarios.cli.shared.failures import CODES
from scenarios.cli.shared.given import plan_asked, result_of
from scenarios.cli.shared.group import Command, new_app
from scenarios.cli.shared.option import listed
from scenarios.cli.shared.output import estimates, heading
from scenarios.cli.shared.progress import reporter
from scenarios.cli.shared.session import stop_on_signals
from scenarios.words.names import names_of
from scenarios.world.further.measures import help_of
from scenarios.world.solving import run as solve

app = new_app()

Within = Annotated[
    float, typer.Option(metavar="MINUTES", help="Journey between a municipality and who helps it at most, one way.")
]
Each = Annotated[int, typer.Option(metavar="N", help="Municipalities that one mentor has at most.")]


@app.command(cls=Command, epilog=CODES)
def measures(
    scenario: option.ReferenceOrRun,
    within: Within = DIGITAL_MINUTES,
    each: Each = EACH,
    out: option.OutFolder = None,
    overrides: option.Overrides = None,
    counties: option.Counties = None,
    as_json: option.AsJson = False,
    language: option.Lang = option.NORWEGIAN,
    time_limit: option.TimeLimit = None,
    quiet: option.Quiet = False,
    verbose: option.Verbose = False,
    _debug: option.Debug = False,
) -> None:
    """Say what helps those left alone or short of planners: mentor, trainee, guidance.

    Assistance (bistand) is that somebody does the work, guidance (veiledning) that somebody advises. Those who stand
    alone come first, and whoever gets no assistance is listed first, with the reason.
    """
    refuse(limit_faults(within, each))
    words = Words(str(language))
    with stop_on_signals() as stop, reporter(words, quiet=quiet, verbose=verbose) as show:
        if out is not None:
            answer.FOLDER.check(out)
        world, folder = plan_asked(scenario, (listed(overrides), listed(counties)), time_limit, show)
        result = result_of(folder) if folder else solve(world, report=show.progress, stop=stop).result
        if result.grouping is not None:
            found = help_of(world, result.grouping, within=within, each=each)
            told = HelpWords(words, found, names_of(world, words.language).__getitem__)
            document = answer.document(world, found, told, interrupted=stop.is_set())
            if out is not None:
                answer.FOLDER.write(out, document, answer.csv_tables(world, found))
            lines = [heading(words, world), "", *told.headline, *told.about, estimates(words, world), ""]
            give(words, document, out, [*lines, *map(told.line, found.found)], as_json=as_json)
    status, has_answer = str(result.status), result.grouping is not None
    raise typer.Exit(verdict(words, status=status, interrupted=stop.is_set(), has_answer=has_answer, scenario=scenario))
