"""What the commands about data do: on tables, and on journeys."""

from scenarios.cli.work.data.minutes import minutes
from scenarios.cli.work.data.roads import roads
from scenarios.cli.work.data.tables import check, show, template
from scenarios.cli.work.data.travel import travel
from scenarios.cli.work.data.update import update

__all__ = ["check", "minutes", "roads", "show", "template", "travel", "update"]
