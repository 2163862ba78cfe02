"""Commands about scenarios: list, show, new, check, schema."""

from pathlib import Path

import typer

from maps.told.texts import Words, in_language
from scenarios.cli.shared import option
from scenarios.cli.shared.asking import load_world
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.option import listed
from scenarios.cli.shared.output import columns
from scenarios.cli.shared.streams import UsageError, say, tell
from scenarios.export import scenario_text
from scenarios.question.errors import ScenarioError
from scenarios.question.load import load
from scenarios.question.schema import json_schema, schema_text
from scenarios.question.shipped import SCHEMA_BESIDE, names, template
from scenarios.world.plain import dumps


def list_scenarios(as_json: bool, language: option.Language) -> None:
    """List the shipped scenarios."""
    shipped = [load(name) for name in names()]
    if as_json:
        say(dumps([{"name": s.name, "title": s.title, "description": s.description} for s in shipped]))
    else:
        say("\n".join(columns([(s.name, in_language(str(language), s.title, s.title_en)) for s in shipped])))


def show(scenario: str, overrides: list[str] | None, counties: list[str] | None, as_json: bool) -> None:
    """Print a scenario with every setting, as a file that can be run."""
    found = load(scenario, overrides=listed(overrides), counties=listed(counties))
    document = found.model_dump(mode="json")
    say(dumps(document) if as_json else scenario_text.scenario(document))


def new(file: Path, language: option.Language) -> None:
    """Write a commented scenario file with every setting, to be changed, and the schema that editors check it by."""
    if file.suffix != ".toml":
        raise UsageError(f"{file} does not end in .toml")
    text = template(file.stem)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        raise UsageError(f"{file} exists already; nothing was changed") from None
    except OSError as fault:
        raise UsageError(f"cannot write {file}: {fault.strerror}") from None
    schema = file.with_name(SCHEMA_BESIDE)
    made = [file] if schema.exists() else [file, schema]
    if len(made) > 1:
        try:
            schema.write_text(schema_text(), encoding="utf-8", newline="\n")
        except OSError as fault:
            raise UsageError(f"wrote {file}, but cannot write {schema}: {fault.strerror}") from None
    words = Words(str(language))
    say(words.text("command.made", files=words.listed(map(str, made)), file=file))


def check(
    scenarios: list[str] | None, overrides: list[str] | None, counties: list[str] | None, language: option.Language
) -> None:
    """Check scenarios without solving: all of the shipped ones, if none is named."""
    sound, words = True, Words(str(language))
    for reference in scenarios or names():
        try:
            world = load_world(reference, listed(overrides), listed(counties))
        except ScenarioError as fault:
            tell(str(fault))
            sound = False
        else:
            many = words.count("municipalities", int(world.problem.active.sum()))
            say(words.text("command.sound", name=reference, municipalities=many))
    if not sound:
        raise typer.Exit(Code.INVALID)


def schema() -> None:
    """Print the JSON schema of scenario files, for editors."""
    say(dumps(json_schema()))
