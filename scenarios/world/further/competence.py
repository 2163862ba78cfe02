"""Which disciplines the offices of a plan cover, and what each municipality has alone."""

from maps.told.people.discipline_words import CompetencePlan
from optimizer.grouping import Grouping
from optimizer.judging.disciplines import coverage, one_more_post
from scenarios.world.build import World


def competence_of(world: World, grouping: Grouping) -> CompetencePlan | None:
    """Return how each office, and each municipality by itself, covers what is needed.

    Parameters
    ----------
    world
        What was asked.
    grouping
        The plan.

    Returns
    -------
    CompetencePlan or None
        ``None`` in a world that says nothing of disciplines.
    """
    known = world.problem.disciplines
    if known is None:
        return None
    need, table = known.need, known.table
    offices = {host: coverage(world.problem, need, table, members) for host, members in grouping.offices.items()}
    needed = {one.discipline for found in offices.values() for one in found}
    return CompetencePlan(
        names=tuple(name for name in need.names if name in needed),
        threshold=need.threshold,
        table=table,
        needed=world.needed,
        offices=offices,
        alone={id_: coverage(world.problem, need, table, (id_,)) for id_ in sorted(grouping.host_of)},
        more={host: one_more_post(found, need.threshold) for host, found in offices.items()},
        host_of=grouping.host_of,
    )
