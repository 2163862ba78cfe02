"""Write TOML: the few forms that a scenario has."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.question.schema import Scenario
from scenarios.question.sections.basics import NONE
from scenarios.world import sources

BARE_KEY = re.compile(r"[A-Za-z_-]+")

TomlValue = str | bool | int | float | Sequence["TomlValue"] | Mapping[str, "TomlValue"] | None


def dumps(document: Mapping[str, TomlValue]) -> str:
    """Return a document as TOML: plain keys first, then a table for each mapping; ``None`` is left out.

    Parameters
    ----------
    document
        Mappings inside the tables become inline tables.
    """
    lines = [f"{key(k)} = {value(v)}" for k, v in document.items() if v is not None and not isinstance(v, Mapping)]
    for name, table in document.items():
        if isinstance(table, Mapping):
            lines += ["", f"[{key(name)}]"]
            lines += [f"{key(k)} = {value(v)}" for k, v in table.items() if v is not None]
    return "\n".join(lines) + "\n"


def of(asked: Scenario) -> str:
    """Return a scenario as a file with every setting, for the run folder: its user tables are those in there."""
    return scenario(resolved(asked))


def resolved(asked: Scenario) -> dict[str, Any]:
    """Return every setting of a scenario; its user tables are those in the run folder."""
    document = asked.model_dump(mode="json")
    for (section, key), table in sources.user_tables(asked).items():
        document[section][key] = sources.kept_at((section, key), table)
    return document


def scenario(document: Mapping[str, TomlValue]) -> str:
    """Return the dump of a scenario as a scenario file with every setting; no limit is spelt "none"."""
    return dumps(
        {
            name: {k: NONE if v is None else v for k, v in item.items()} if isinstance(item, Mapping) else item
            for name, item in document.items()
        }
    )


def key(name: str) -> str:
    """Return a key, quoted unless it is a plain word; municipality numbers are quoted like all other text."""
    return name if BARE_KEY.fullmatch(name) else text(name)


def value(item: TomlValue) -> str:
    """Return a value in one line."""
    if isinstance(item, str):
        return text(item)
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, int | float):
        return repr(item)
    if isinstance(item, Mapping):
        pairs = ", ".join(f"{key(k)} = {value(v)}" for k, v in item.items() if v is not None)
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(item, Sequence):
        return f"[{', '.join(map(value, item))}]"
    raise TypeError(f"{type(item).__name__} has no form in TOML here")


def text(string: str) -> str:
    """Return a basic string: JSON's escapes are TOML's too, but TOML also wants DEL escaped."""
    return json.dumps(string, ensure_ascii=False).replace("\x7f", "\\u007f")
