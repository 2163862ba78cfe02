"""The command ``verify``."""

from pathlib import Path
from typing import Any

import typer

from geodata.faults import DataError
from maps.told.texts import Words
from scenarios.answers.verify import Verified
from scenarios.answers.verify import verify as verified
from scenarios.cli.shared import option
from scenarios.cli.shared.failures import Code, data_message
from scenarios.cli.shared.streams import say, tell
from scenarios.export.seal import Disagreement
from scenarios.world.plain import SCHEMA_VERSION, dumps

MOST_LINES = 20
"""Disagreements of a folder that are told one by one."""


def verify(folders: list[Path], as_json: bool, language: option.Language) -> None:
    """Say whether folders are as they were written, and whether a plan's figures follow from the tables."""
    words, found, unreadable = Words(str(language)), list[Verified](), False
    for folder in folders:
        try:
            found.append(verified(folder))
        except DataError as error:
            unreadable = True
            tell(data_message(error, closing=()))
    if as_json:
        say(dumps({"schema_version": SCHEMA_VERSION, "folders": [document(words, one) for one in found]}))
    elif found:
        say("\n".join(line for one in found for line in text(words, one)))
    if unreadable or any(one.disagreements for one in found):
        raise typer.Exit(Code.INVALID)


def document(words: Words, one: Verified) -> dict[str, Any]:
    """Return the object of a folder for ``--json``."""
    return {
        "folder": str(one.folder),
        "document": one.document,
        "ok": not one.disagreements,
        "judged": one.judged,
        "other_data": one.other_data,
        "disagreements": [{**vars(fault), "text": fault.told(words)} for fault in one.disagreements],
    }


def text(words: Words, one: Verified) -> list[str]:
    """Return what is said of a folder to a person."""
    files = words.count("files", len(one.content["files"]))
    facts = {"folder": one.folder, "files": files}
    if one.disagreements:
        things = words.count("disagreements", len(one.disagreements))
        return [words.text("verify.wrong", things=things, **facts), *lines_of(words, one.disagreements)]
    if not one.judged:
        return [words.text("verify.sound", **facts)]
    objective, status = one.content["objective"], one.content["status"]
    minutes = words.minutes(objective)
    lines = [words.text("verify.sound_run", minutes=minutes, status=words.text(f"verify.{status}"), **facts)]
    return [*lines, f"  {words.text('verify.other_data')}"] if one.other_data else lines


def lines_of(words: Words, disagreements: tuple[Disagreement, ...]) -> list[str]:
    """Return a line for each disagreement; of very many, the first ones and how many more there are."""
    lines = [f"  {one.told(words)}" for one in disagreements[:MOST_LINES]]
    more = len(disagreements) - MOST_LINES
    return [*lines, f"  {words.text('verify.more', n=words.number(more))}"] if more > 0 else lines
