"""Settings given on the command line: ``--set limits.max_minutes=60``."""

import tomllib
from collections.abc import Sequence

from scenarios.question.document import Bare, Document
from scenarios.question.faults import SETTING_OPTION, Fault
from scenarios.question.lines import Scanner
from scenarios.question.origins import FilePlace, at_home, dotted
from scenarios.question.schema import node_at

OPTION = SETTING_OPTION
WRITTEN_BARE = ("boolean", "integer", "number")
"""Kinds of values that stand without quotes, so that nobody who writes a wrong one has meant a text."""
FORM = "expected section.key=value, like limits.max_minutes=60"


def override_all(
    document: Document, settings: Sequence[str], counties: Sequence[str], time_limit: float | None
) -> list[Fault]:
    """Set in a document what the command line sets, and return what could not be understood of it.

    Parameters
    ----------
    document
        Changed in place.
    settings
        Each as `override` reads it.
    counties
        Instead of ``select.counties``; empty for those of the document.
    time_limit
        Instead of ``solver.time_limit``, seconds; ``None`` for that of the document.
    """
    faults = [fault for text in settings for fault in override(document, text)]
    drop_translations(document)
    if counties:
        document.put(("select", "counties"), list(counties), FilePlace("--county"))
    if time_limit is not None:
        document.put(("solver", "time_limit"), time_limit, FilePlace("--time-limit"))
    return faults


def drop_translations(document: Document) -> None:
    """Remove the English of a heading or a description that was replaced without it: it is of another one."""
    given = {path for path, place in document.places.items() if place == FilePlace(SETTING_OPTION)}
    for key in ("title", "description"):
        if (key,) in given and (f"{key}_en",) not in given:
            document.drop((f"{key}_en",))


def override(document: Document, text: str) -> list[Fault]:
    """Set one value in a document; its kind and bounds are checked with the rest of the document.

    Parameters
    ----------
    document
        Changed in place.
    text
        ``section.key=value``; a path is relative to the working folder.

    Returns
    -------
    list of Fault
        What keeps the text from being understood.
    """
    scanner = Scanner(text)
    path = at_home(tuple(scanner.key()))
    if scanner.peek() != "=" or not all(path):
        return [Fault(OPTION, None, text, FORM)]
    raw = text[scanner.at + 1 :].strip()
    node = node_at(path)
    if path == ("extends",):
        return [Fault(OPTION, None, "extends", "cannot be set here", "write a file, or name another scenario to run")]
    try:
        value = read_value(raw, node)
    except (ValueError, RecursionError):
        return [Fault(OPTION, None, dotted(path), f"the value {raw} is no TOML" if raw else "there is no value", FORM)]
    if not document.put(path, value, FilePlace(OPTION)):
        return [Fault(OPTION, None, dotted(path), "no such setting: it lies within a list or a value")]
    return []


def read_value(raw: str, node: object) -> object:
    """Return the value that a text means for a setting.

    Parameters
    ----------
    raw
        As it stands behind the sign of equality.
    node
        Part of the JSON schema; ``None`` for an unknown setting.

    Raises
    ------
    ValueError
        If it is no TOML.
    """
    known = node if isinstance(node, dict) else {}
    quoted = raw[:1] in ("'", '"')
    if known.get("type") == "string" and not quoted:
        return raw
    if known.get("type") == "array" and not raw.startswith("["):
        if known["items"]["type"] == "string" and not quoted:
            return [part for item in raw.split(",") if (part := item.strip())]
        raw = f"[{raw}]"
    try:
        # A line of its own for the key, so that nothing in the value can begin another one.
        document = tomllib.loads(f"value = {raw}")
    except ValueError:
        if is_bare_word(raw) or (known.get("type") in WRITTEN_BARE and raw and raw.isprintable() and not quoted):
            return Bare(raw)
        raise
    if len(document) > 1:
        raise ValueError("more than one value")
    return document["value"]


def is_bare_word(raw: str) -> bool:
    """Return whether a text may stand for itself without quotes."""
    return bool(raw) and raw[0].isalpha() and raw.isprintable()
