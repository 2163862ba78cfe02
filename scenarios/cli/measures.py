"""The command ``measures``."""

from typing import Annotated

import typer

from maps.told.people.help_words import HelpWords
from optimizer.questions.measures.mentors import limit_faults
from optimizer.staffing.help import DIGITAL_MINUTES, EACH
from scenarios.answers import measures as answer
from scenarios.cli.shared import option
from scenarios.cli.shared.asking import asking, give, leaving, refuse
from scenarios.cli.shared.failures import CODES
from scenarios.cli.shared.given import plan_asked, result_of
from scenarios.cli.shared.group import Command, new_app, with_options_each
from scenarios.cli.shared.output import estimates, heading
from scenarios.words.names import names_of
from scenarios.world.further.measures import help_of

app = new_app()

Within = Annotated[
    float, typer.Option(metavar="MINUTES", help="Journey between a municipality and who helps it at most, one way.")
]
Each = Annotated[int, typer.Option(metavar="N", help="Municipalities that one mentor has at most.")]


@app.command(cls=Command, epilog=CODES)
@with_options_each
def measures(
    scenario: option.ReferenceOrRun,
    within: Within = DIGITAL_MINUTES,
    each: Each = EACH,
    *,
    asked: option.AskingOptions,
) -> None:
    """Say what helps those left alone or short of planners: mentor, trainee, guidance.

    Assistance (bistand) is that somebody does the work, guidance (veiledning) that somebody advises. Those who stand
    alone come first, and whoever gets no assistance is listed first, with the reason.
    """
    refuse(limit_faults(within, each))
    with asking(asked, answer.FOLDER) as (words, show, stop):
        world, folder = plan_asked(scenario, asked)
        result = result_of(world, folder, show, stop)
        if result.grouping is not None:
            found = help_of(world, result.grouping, within=within, each=each)
            told = HelpWords(words, found, names_of(world, words.language).__getitem__)
            document = answer.document(world, found, told, interrupted=stop.is_set())
            if asked.out is not None:
                answer.FOLDER.write(asked.out, document, answer.csv_tables(world, found))
            lines = [heading(words, world), "", *told.headline, *told.about, estimates(words, world), ""]
            give(words, document, asked, [*lines, *map(told.line, found.found)])
    raise leaving(words, result, stop, scenario)
