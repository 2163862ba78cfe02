"""Commands about data, the embedded and the user's own."""

from typing import Any, Final

from scenarios.cli.data.tables import check, show, template
from scenarios.cli.shared.group import Command, CommandGroup, CommandLoadedWhenCalled, new_app

LOADED_WHEN_CALLED: Final = {
    "travel": "Say which way leads from one municipality to another, and where its minutes are weak.",
}
"""Commands in modules of their names here, and the first sentence of the help of each."""


class DataCommands(CommandGroup):
    """The commands on tables, and those that are not loaded yet."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, purpose in LOADED_WHEN_CALLED.items():
            self.add_command(CommandLoadedWhenCalled(name, f"scenarios.cli.data.{name}", purpose))


app = new_app("Look at the embedded data; begin and check tables of your own.", DataCommands)
for command in (show, check, template):
    app.command(cls=Command)(command)
