"""What the schema finds wrong, in the words of a scenario file: what stands there, what was expected, the next step."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scenarios.question.document import Bare
from scenarios.question.faults import Fault, mean, near
from scenarios.question.origins import Origins, Path, dotted
from scenarios.question.schema import Node, node_at, settings
from scenarios.question.sections.basics import NONE

LONGEST_VALUE = 60


def faults_of(error: ValidationError, origins: Origins, gone: Iterable[Path] = ()) -> list[Fault]:
    """Return the faults of a document, each at its place.

    Parameters
    ----------
    error
        What the schema finds.
    origins
        Of the document.
    gone
        Settings that were at fault before and are no longer in the document: nothing can contradict them, and what
        they are without having been written was told with them.
    """
    lost = {*gone}
    found = [
        one
        for one in error.errors(include_url=False)
        if one["type"] != "contradiction"
        or lost.isdisjoint((*one["loc"], one["ctx"][name]) for name in ("key", "other"))
    ]
    within = {details["loc"][:length] for details in found for length in range(len(details["loc"]))}
    # An element that is wrong is not counted, so its list may seem too short as well.
    return [fault_of(one, origins) for one in found if not (one["type"] == "too_short" and one["loc"] in within)]


def places_of(error: ValidationError) -> list[Path]:
    """Return the paths of the settings at fault, each once, the last of a list first."""
    found = error.errors(include_url=False)
    paths = {(*one["loc"], one["ctx"]["key"]) if one["type"] == "contradiction" else one["loc"] for one in found}
    return sorted(
        {of_table(path[: path.index("[key]")] if "[key]" in path else path) for path in paths}, key=later, reverse=True
    )


def of_table(path: Path) -> Path:
    """Return the path of the table in a list of tables that a path leads into, or else the path: it goes as a whole."""
    for length in range(1, len(path)):
        if isinstance(path[length - 1], int) and "properties" in (node_at(path[:length]) or {}):
            return path[:length]
    return path


def later(path: Path) -> list[tuple[int, str]]:
    """Return what orders paths as they stand in a document, positions in lists as numbers."""
    return [(part, "") if isinstance(part, int) else (0, part) for part in path]


def fault_of(details: ErrorDetails, origins: Origins) -> Fault:
    """Return one fault."""
    path = tuple(part for part in details["loc"] if part != "[key]")
    if details["type"] == "extra_forbidden":
        return origins.fault(path, *unknown(path, is_table=isinstance(details["input"], Mapping)))
    if details["type"] == "contradiction":
        fault = origins.fault((*path, details["ctx"]["key"]), details["ctx"]["what"])
        place = origins.by_user((*path, details["ctx"]["key"]), (*path, details["ctx"]["other"]))
        return replace(fault, file=place.file, line=place.line)
    if details["type"] == "asked":
        return origins.fault(path, details["ctx"]["what"], details["ctx"]["hint"])
    if details["type"] == "missing":
        return origins.fault(path, "is missing")
    if "[key]" in details["loc"]:
        return origins.fault(path, "the key names no municipality", 'write its number or name: "5540"')
    node = node_at(path) or {}
    value = details["input"]
    return origins.fault(path, f"is {show(value)}; expected {expected(node)}", remedy(node, value))


def unknown(path: Path, *, is_table: bool = False) -> tuple[str, str]:
    """Return what is wrong with a key, or a table, that is not in the schema, and which was probably meant."""
    *section, last = path
    key = str(last)
    within = node_at(tuple(section)) if section else None
    here = list(within["properties"]) if within else [name for table, name in settings() if not table]
    tables = sorted({table for table, _ in settings() if table})
    if not section:
        here += tables
    if found := resembling(key, here) or [name for name in here if name.startswith(f"{key}_")]:
        return "unknown key", f"did you mean {found[0]}?"
    if is_table and len(section) == 1 and key in tables:
        return "unknown table here", f"did you mean [{key}]?"
    if len(section) > 1:
        return "unknown key", f"known are {', '.join(here)}"
    elsewhere = [table for table, name in settings() if name == key]
    if elsewhere:
        return (
            "unknown key here",
            f"did you mean {' or '.join(dotted((table, key) if table else (key,)) for table in elsewhere)}?",
        )
    guess = [] if is_table else resembling(key, (name for _, name in settings()))
    if guess:
        table = next(table for table, name in settings() if name == guess[0])
        return "unknown key", f"did you mean {f'{table}.' if table else ''}{guess[0]}?"
    return "unknown key", f"known are {', '.join(here)}"


def resembling(key: str, known: Iterable[str]) -> list[str]:
    """Return the known key most like another, also without the last word that both have: bought_share, no min_share."""
    stem, _, last = key.rpartition("_")
    found = near(key, known)
    same_end = [name.removesuffix(f"_{last}") for name in found if stem and name.endswith(f"_{last}")]
    return [] if same_end and not near(stem, same_end) else found


def expected(node: Node) -> str:
    """Return in words what a part of the schema accepts."""
    if "anyOf" in node:
        return " or ".join(expected(one) for one in node["anyOf"])
    if "const" in node:
        return show(node["const"])
    if "enum" in node:
        *first, last = map(show, node["enum"])
        return f"{', '.join(first)} or {last}"
    return kind(node)


def kind(node: Node) -> str:
    """Return in words which kind of value is accepted, and its bounds."""
    match node.get("type"):
        case "boolean":
            return "true or false"
        case "integer" | "number" as number:
            return f"a {'whole ' if number == 'integer' else ''}number {bounds(node)}"
        case "string":
            return text(node)
        case "array":
            return list_of(node)
        case _:
            return "a table of settings"


def bounds(node: Node) -> str:
    """Return in words which numbers are accepted."""
    if "exclusiveMinimum" in node:
        return f"above {node['exclusiveMinimum']} and at most {node['maximum']}"
    return f"from {node['minimum']} to {node['maximum']}"


def text(node: Node) -> str:
    """Return in words which texts are accepted."""
    least, most = node.get("minLength", 0), node.get("maxLength", 0)
    length = f" of {f'{least} to ' if least else 'at most '}{most} characters" if most else ""
    return f"a text{length}" + (" in small letters, digits and single hyphens" if "pattern" in node else "")


def list_of(node: Node) -> str:
    """Return in words which lists are accepted, with an example."""
    inner = node["items"]
    if "$ref" in inner:
        return "a list of tables, like [{ between = [...], ... }]"
    if inner["type"] == "integer":
        return f"a list of whole numbers {bounds(inner)}, like [{inner['minimum']}, {inner['maximum']}]"
    least = f"{'' if 'maxItems' in node else 'at least '}{node['minItems']} " if "minItems" in node else ""
    if inner["type"] == "array":
        return 'a list of lists of texts, like [["5540", "5536"]]'
    return f"a list of {least}texts, like {show(node.get('examples', [['5540', '5536']])[0])}"


def remedy(node: Node, value: object) -> str:
    """Return the next step for a value of the wrong kind; may be empty."""
    kinds = {node.get("type"), *(one.get("type") for one in node.get("anyOf", ()))}
    if isinstance(value, str):
        if "enum" in node or "anyOf" in node:
            guess = mean(value, map(str, node.get("enum", [NONE])))
            if guess or "enum" in node:
                return guess
        if kinds & {"integer", "number"} and looks_numeric(value):
            return advice_on_number(value)
        if "boolean" in kinds and value.casefold() in {"true", "false"}:
            return "in small letters" if isinstance(value, Bare) else "in small letters, without quotes"
        if "array" in kinds:
            alone = node["items"].get("type") == "string" and node.get("minItems", 0) < 2
            return f"write [{show(value)}]" if alone else ""
    elif "string" in kinds and isinstance(value, int | float) and not isinstance(value, bool):
        return f'write it in quotes: "{show(value)}"'
    return ""


def advice_on_number(value: str) -> str:
    """Return the next step for a text that spells a number."""
    if not math.isfinite(float(value.replace(",", "."))):
        return ""
    steps = ["decimals have a point"] if "," in value else []
    if not isinstance(value, Bare):
        steps.append("no quotes" if steps else "write it without quotes")
    return ", and ".join(steps)


def looks_numeric(value: str) -> bool:
    """Return whether a text spells a number, with a point or a comma."""
    try:
        float(value.replace(",", "."))
    except ValueError:
        return False
    return True


def show(value: object, depth: int = 0) -> str:
    """Return a value as TOML writes it, shortened if it is long."""
    if isinstance(value, bool):
        written = "true" if value else "false"
    elif isinstance(value, Bare):
        written = str(value)
    elif isinstance(value, str):
        written = f'"{value}"'
    elif isinstance(value, Mapping):
        written = "a table"
    elif isinstance(value, list | tuple) and depth == 2:
        written = "[...]"
    elif isinstance(value, list | tuple):
        written = f"[{', '.join(show(one, depth + 1) for one in value[:5])}{', ...' if len(value) > 5 else ''}]"
    elif isinstance(value, int) and value.bit_length() > 200:
        written = "a number of more than 60 digits"
    else:
        written = str(value)
    return written if len(written) <= LONGEST_VALUE else f"{written[: LONGEST_VALUE - 3]}..."
