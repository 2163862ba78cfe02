"""Who is at work before and after sharing, and what days at each town hall cost."""

from functools import lru_cache

from maps.told.people.posts_words import PostsPlan
from optimizer.grouping import Grouping
from optimizer.judging.departures import Staffing, staffing
from optimizer.judging.evaluation import OfficeRow
from optimizer.staffing.presence import presence
from optimizer.staffing.vacancy import vacancy_changes, vacancy_from_turnover
from scenarios.world.build import World


def vacancy_share(world: World) -> float:
    """Return the share of posts that are vacant: as the scenario gives it, or as its turnover makes it."""
    asked = world.scenario.vacancy
    if asked.leaving_rate is None:
        return asked.share
    return vacancy_from_turnover(asked.leaving_rate, asked.years_to_fill)


@lru_cache(maxsize=4)  # tables, pages and the answer of a run ask
def posts_of(world: World, grouping: Grouping) -> PostsPlan:
    """Return who is at work in each municipality, alone and in its office.

    Parameters
    ----------
    world
        What was asked.
    grouping
        The plan.
    """
    asked, days, share = world.scenario.vacancy, world.scenario.presence.days_a_week, vacancy_share(world)
    year_hours = world.scenario.money.year_hours
    shared = {host: members for host, members in grouping.offices.items() if len(members) > 1}
    return PostsPlan(
        changes=dict(sorted(vacancy_changes(world.problem, grouping, share, "part").items())),
        share=share,
        leaving_rate=asked.leaving_rate,
        years_to_fill=asked.years_to_fill,
        days_a_week=days,
        presence={
            host: presence(world.problem, host, members, days, year_hours)
            for host, members in (shared.items() if days else ())
        },
    )


def staffed(row: OfficeRow, share: float) -> Staffing:
    """Return the posts of an office, and the chance that nobody fills any of them, with this share of posts vacant."""
    return staffing(row.planner_fte, share)
