"""The pages of a run: the map, and the report with what it tells beyond the map."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geodata import editions
from maps.pages.map import Answer, RunFacts, write_map
from maps.pages.report import write_report
from maps.told.findings import Findings
from maps.told.firm import NOT_ASKED as NOT_INVESTIGATED
from maps.told.firm import FirmPlan
from maps.told.people.shades import shades
from maps.told.texts import LANGUAGES
from optimizer.grouping import Grouping
from optimizer.judging import alone
from optimizer.judging.close_calls import HOSTS, MOVES, close_calls, near_hosts
from optimizer.judging.evaluation import Evaluation
from optimizer.questions.tradeoff.price_series import NOT_ASKED
from scenarios.export import scenario_text
from scenarios.world import region, sources, today
from scenarios.world.accounts import page_facts
from scenarios.world.build import World
from scenarios.world.further import competence, cycle, measures, order, posts, ranges, tradeoff, travel_changes, years
from scenarios.world.further.ways import ways_to_hosts
from scenarios.world.solving import Outcome


@dataclass(frozen=True, eq=False)
class Judged:
    """A plan with its judgement.

    Parameters
    ----------
    world
        What was asked.
    grouping, evaluation
        The plan and its judgement.
    facts
        Of the run, as in the manifest.
    firm
        How firm the plan is, if that was asked.
    """

    world: World
    grouping: Grouping
    evaluation: Evaluation
    facts: Mapping[str, Any]
    firm: FirmPlan = NOT_INVESTIGATED


def write_pages(
    folder: Path, outcome: Outcome, facts: Mapping[str, Any], language: str = "nb", *, solver: bool = True
) -> None:
    """Write ``map.html`` and ``report.html``.

    Parameters
    ----------
    folder
        An existing folder.
    outcome
        With a plan.
    facts
        Of the run, as in the manifest.
    language
        One of `maps.told.texts.LANGUAGES`.
    solver
        Whether the report carries the solver, if it can judge all that was asked.
    """
    world, grouping, evaluation = outcome.world, outcome.result.grouping, outcome.evaluation
    if grouping is None or evaluation is None:
        raise ValueError("there is no plan to show")
    answer = answer_of(Judged(world, grouping, evaluation, facts, outcome.firm), language)
    found = findings(world, grouping, evaluation, facts)
    told = page_facts(world, outcome.accounts, outcome.hold)
    if told is not None and outcome.accounts is not None:
        to_come = years.years_of(world, outcome.accounts)
        told = replace(told, drift=to_come.drift, phase_in=to_come.phase_in)
    found = replace(found, order=order.order_of(world, outcome.accounts), kroner=told)
    if solver:
        found = replace(found, scenario=scenario_text.of(world.scenario))
    if outcome.tradeoff != NOT_ASKED:
        found = replace(found, tradeoff=tradeoff.plans(world.problem, outcome.tradeoff))
    write_map(folder / "map.html", answer, shades(answer.plan.members, told, found.competence))
    write_report(folder / "report.html", answer, found)


def write_picture(path: Path, judged: Judged, language: str = "nb") -> None:
    """Write the map as a PNG picture, with the result and the credits on it."""
    from maps.pictures import picture  # noqa: PLC0415 - heavy, and seldom asked for

    picture.png(path, answer_of(judged, language))


def answer_of(judged: Judged, language: str) -> Answer:
    """Return what the pages are made from."""
    world = judged.world
    return Answer(
        municipalities=world.drawn,
        problem=world.problem,
        evaluation=judged.evaluation,
        grouping=judged.grouping,
        links=world.links,
        graph=world.graph,
        facts=run_facts(world, judged.facts),
        language=language,
        between=ranges.of(world),
        today=today.load(world.scenario.edition),
        firm=judged.firm,
        ways=ways_to_hosts(world.graph, judged.grouping),
    )


def run_facts(world: World, facts: Mapping[str, Any]) -> RunFacts:
    """Return what the pages tell of the run."""
    scenario = world.scenario
    return RunFacts(
        scenario=scenario.name,
        title=scenario.title or scenario.name,
        edition=scenario.edition,
        status=facts["status"],
        objective=facts["objective"],
        bound=facts["bound"],
        gap=facts["gap"],
        engine=facts["engine"],
        candidates=facts["candidates"],
        version=facts["version"],
        checksum=facts["run_id"],
        title_en=scenario.title_en,
        description=scenario.description,
        description_en=scenario.description_en,
        changed=changed(world, facts.get("changed", ())),
        parameters=sources.parameters(world.scenario),
        credits=[
            f"{credit.text} ({credit.licence})" for credit in editions.credits_of(scenario.edition, world.own_roads)
        ],
        own_travel=world.travel.own,
        own_roads=world.own_roads,
        called={language: world.called(language) for language in LANGUAGES},
        schematic=world.municipalities.attrs.get("schematic", False),
        redrawn=region.is_redrawn(scenario),
        ties=facts["ties"],
    )


def changed(world: World, names: Collection[str]) -> dict[str, object]:
    """Return the settings of these dotted names, as a page tells them."""
    told = {name: value for name, value in sources.parameters(world.scenario, empty=True).items() if name in names}
    if "select.counties" in told:
        told["select.counties"] = world.counties
    return told


def findings(world: World, grouping: Grouping, evaluation: Evaluation, facts: Mapping[str, Any]) -> Findings:
    """Return what the report tells beyond the map."""
    scenario = world.scenario
    staff = {row.host: posts.staffed(row, posts.vacancy_share(world)) for row in evaluation.offices}
    return Findings(
        vacancy_share=posts.vacancy_share(world),
        empty={host: found.nobody for host, found in staff.items()},
        alone=alone.find(world.problem, grouping, ranges.of(world)),
        close_calls=close_calls(world.problem, grouping, evaluation, MOVES),
        close_hosts=close_calls(world.problem, grouping, evaluation, HOSTS),
        near_hosts=near_hosts(world.problem, evaluation),
        population_year=int(world.municipalities["population_year"].iloc[0]),
        own_tables=tuple(
            Path(table).name
            for table in (
                *scenario.data.files,
                scenario.data.figures,
                scenario.planners.table,
                scenario.travel.table,
                scenario.travel.roads,
            )
            if table
        ),
        commands=("plankontor run scenario.toml", "plankontor evaluate grouping.csv --scenario scenario.toml"),
        data_sha256=facts.get("data_sha256", ""),
        help=measures.help_of(world, grouping),
        posts=posts.posts_of(world, grouping),
        competence=competence.competence_of(world, grouping),
        cycle=cycle.cycle_of(world, grouping),
        changes=travel_changes.changes_of(world),
    )
