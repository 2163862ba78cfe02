"""The command ``measures``."""

from maps.told.people.help_words import HelpWords
from optimizer.questions.measures.mentors import limit_faults
from scenarios.answers import measures as answer
from scenarios.cli.shared.asking import asking, give, leaving, refuse
from scenarios.cli.shared.given import plan_asked, result_of
from scenarios.cli.shared.option import AskingOptions
from scenarios.cli.shared.output import estimates, heading
from scenarios.words.names import names_of
from scenarios.world.further.measures import help_of


def measures(scenario: str, within: float, each: int, asked: AskingOptions) -> None:
    """Say what helps those left alone or short of planners: mentor, trainee, guidance."""
    refuse(limit_faults(within, each))
    with asking(asked, answer.FOLDER) as (words, show, stop):
        world, folder = plan_asked(scenario, asked)
        result = result_of(world, folder, show, stop)
        if result.grouping is not None:
            found = help_of(world, result.grouping, within=within, each=each)
            names = names_of(world, words.language)
            told = HelpWords(names, found, names.__getitem__)
            document = answer.document(world, found, told, interrupted=stop.is_set())
            if asked.out is not None:
                answer.FOLDER.write(asked.out, document, answer.csv_tables(world, found))
            lines = [heading(words, world), "", *told.headline, *told.about, estimates(words, world), ""]
            give(words, document, asked, [*lines, *map(told.line, found.found)])
    raise leaving(words, result, stop, scenario)
