"""Settings given on the command line: ``--set limits.max_minutes=60``."""

import tomllib

from scenarios.question.document import Document
from scenarios.question.faults import SETTING_OPTION, Fault
from scenarios.question.messages import Bare, node_at
from scenarios.question.origins import FilePlace, Scanner, dotted

OPTION = SETTING_OPTION
WRITTEN_BARE = ("boolean", "integer", "number")
"""Kinds of values that stand without quotes, so that nobody who writes a wrong one has meant a text."""
FORM = "expected section.key=value, like limits.max_minutes=60"


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
    path = tuple(scanner.key())
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
