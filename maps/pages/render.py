"""From rows and words to a page: templates, stylesheet and scripts, the same way for every page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from geodata.editions import OPENSTREETMAP
from maps.pages import layers
from maps.pages.data import firm_data, plan_data, today_data
from maps.pages.offline import script_json, script_text
from maps.pages.ways import ways_data
from maps.told import palette, phrases, texts
from maps.told.answer import Answer, RunFacts
from maps.told.estimates import SUMS, made_of
from maps.told.texts import Words
from optimizer.terms import KNOWN_GAP

MAPS: Final = Path(__file__).parents[1]

_IMPORT = re.compile(r'^import (?:\{ (.*) \} from )?"\.[./\w]*?(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:const|(?:async )?function\*?) (\w+))", re.MULTILINE)
_STATEMENT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT = re.compile(r"^ *//.*\n|^ */\*\*(?:(?!\*/)[\s\S])*\*/\n|/\*\* .*? \*/ ", re.MULTILINE)


@dataclass(frozen=True)
class Form:
    """Which files of ``templates/``, ``styles/`` and ``scripts/`` a kind of page is made of.

    Parameters
    ----------
    template
        The page.
    styles
        What it carries.
    script
        The module that its scripts begin with; what that imports comes along.
    said
        Beginnings of the keys of the texts that its scripts need.
    """

    template: str
    styles: tuple[str, ...] = ("map.css",)
    script: str = "start.js"
    said: tuple[str, ...] = ("script.",)


def render(answer: Answer, form: Form, data: Mapping[str, Any], **values: object) -> str:
    """Return a page of a plan with its map, not yet sealed.

    Parameters
    ----------
    answer
        The plan.
    form
        The kind of page.
    data
        What its scripts read beside the rows of the plan.
    **values
        What the template reads beside the answer.
    """
    words, drawing = answer.words, layers.drawn(answer)
    between, point = texts.MARKS[words.language]
    said = {"texts": words.section(*form.said), "number": {"between": between, "point": point}}
    return fill(
        form.template,
        words,
        answer=answer,
        plan=answer.plan,
        facts=answer.facts,
        problem=answer.problem,
        drawing=drawing,
        styles=style_text(form.styles),
        script=script(form.script),
        data=script_json({**read(answer), **said, **data}),
        **values,
    )


@lru_cache(maxsize=len(texts.LANGUAGES))
def read(answer: Answer) -> dict[str, Any]:
    """Return what the scripts of every page read of a plan; kept for the next page in the same language."""
    return plan_data(answer.plan) | {
        "extent": layers.drawn(answer).extent,
        "ranges": edges(answer),
        "minutes_estimated": int(not answer.facts.own_travel),
        "today": today_data(answer.today),
        "firm": firm_data(answer.firm_words, answer.plan.members),
        "ways": ways_data(answer.words, answer.graph, answer.ways),
        "credit": credit(answer.facts),
    }


def credit(facts: RunFacts) -> str:
    """Return the key of the text on the map that names whose data it shows; empty where all of it is the user's own."""
    whose = f"_{facts.own_roads}" if facts.own_roads else ""
    if facts.own_region:
        return f"attribution_region{whose}" if facts.own_roads == OPENSTREETMAP else ""
    return f"attribution{whose}"


def edges(answer: Answer) -> dict[str, float]:
    """Return what the scripts tell by which figures are on the border: factors of journeys, and the two limits."""
    between, limits = answer.ranges, answer.problem.limits
    return {
        "low": between.journey_low,
        "high": between.journey_high,
        "most": limits.max_minutes,
        "least": limits.min_office_fte,
    }


def label(answer: Answer, name: str) -> Markup:
    """Return the word on estimates behind a figure's name, in brackets; what may differ by county says what it is of.

    Parameters
    ----------
    answer
        The plan.
    name
        As in `maps.told.estimates`.
    """
    word = answer.estimated(name)
    if not word:
        return Markup()
    made = " ".join(made_of(name, answer.problem.weights))
    sum_ = Markup(" data-sum") if name in SUMS else ""
    return Markup(' <span class="label" data-made="{}"{}>({})</span>').format(made, sum_, word)


def fill(template: str, words: Words, **values: object) -> str:
    """Return a template of ``templates/``, filled in a language.

    Parameters
    ----------
    template
        The file.
    words
        The texts of the language.
    **values
        What the template reads beside them.
    """
    return environment().get_template(template).render(spoken(words), **values)


@cache
def environment() -> jinja2.Environment:
    """Return the templates' environment: everything is escaped, a missing value is an error.

    It is one for all languages, as compiling the templates takes longer than filling them.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(MAPS / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(by_county=phrases.by_county, label=label, KNOWN_GAP=KNOWN_GAP)
    made.filters["number"] = number
    return made


@jinja2.pass_context
def number(context: jinja2.runtime.Context, value: float | None, decimals: int = 0) -> str:
    """Return a number as the readers of the page write it."""
    words: Words = context["words"]
    return words.number(value, decimals)


def spoken(words: Words) -> dict[str, object]:
    """Return what templates ask for in the language of a page."""
    language = words.language
    return {
        "words": words,
        "t": words.text,
        "other_languages": [
            (other, Words(other).text("page.own_name")) for other in texts.LANGUAGES if other != language
        ],
        "count": words.count,
        "known": words.known,
        "setting": words.setting,
        "further_credits": lambda facts: phrases.further_credits(words, facts),
        "verdict": lambda facts, plan: phrases.verdict(words, facts, plan),
        "sentence": lambda facts, plan: phrases.sentence(words, facts, plan),
        "source": lambda plan: phrases.source(words, plan),
        "journeys": lambda facts: phrases.journeys(words, facts),
        "edge_line": lambda problem, plan: phrases.edge_line(words, problem, plan),
        "ranges": lambda between: phrases.ranges(words, between),
        # Titles and descriptions of scenarios are bokmål where there is no other.
        "told": lambda facts, name: facts.told(name, language),
        "norwegian": lambda facts, name: (
            Markup(' lang="nb"') if language != "nb" and facts.told(name, language) == getattr(facts, name) else ""
        ),
    }


def style_text(files: Sequence[str]) -> Markup:
    """Return stylesheets, the palette first."""
    names = ("GROUND", "LAND", "ALONE", "HATCH", "OUTLINE", "COUNTY", "INK", "MUTED")
    colours = {name.lower(): getattr(palette, name) for name in names}
    colours |= {f"colour-{i}": colour for i, colour in enumerate(palette.OFFICES)}
    root = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    root += f"--fill-opacity:{palette.FILL_OPACITY};"
    areas = "".join(
        f".colour-{i}{{fill:var(--colour-{i});background-color:{palette.seen(colour)}}}"
        for i, colour in enumerate(palette.OFFICES)
    )
    text = "\n".join((MAPS / "styles" / name).read_text(encoding="utf-8") for name in files)
    return Markup(f":root{{{root}}}\n{text}\n{areas}")  # noqa: S704 - our own files


@cache
def script(first: str, folder: Path = MAPS / "scripts") -> Markup:
    """Return a module and all that it imports as the content of one script element.

    Each module becomes a function that returns what it exports, in the order in which they build on each other. All
    that is exported is found in ``plankontor``, for the script of the map. Comments stay behind.

    Parameters
    ----------
    first
        A file of the folder.
    folder
        Where the modules are, also in folders of it; each name is given once.

    Raises
    ------
    ValueError
        If modules import each other in a circle, two have one name, or one imports or exports in another form than the
        others.
    """
    packed: dict[str, str] = {}
    _pack(folder, first.removesuffix(".js"), (), packed)
    everything = ", ".join(f"...${name}" for name in packed)
    return script_text("\n".join(('"use strict";', *packed.values(), f"const plankontor = {{ {everything} }};")))


def _taken(found: re.Match[str]) -> str:
    """Return what an import becomes: names taken from the module that stands above."""
    names = (found[1] or "").replace(" as ", ": ")
    return f"const {{ {names} }} = ${found[2]};\n" if names else ""


def _pack(folder: Path, name: str, above: tuple[str, ...], packed: dict[str, str]) -> None:
    """Add a module behind those that it imports, which `above` may not be."""
    if name in above:
        raise ValueError(f"{' -> '.join((*above, name))}: modules import each other in a circle")
    if name in packed:
        return
    [file] = folder.rglob(f"{name}.js")  # whatever folder it is in: names are given once
    code = file.read_text(encoding="utf-8")
    for _, other in _IMPORT.findall(code):
        _pack(folder, other, (*above, name), packed)
    exported = ", ".join(found for _, found in _EXPORT.findall(code))
    code = _COMMENT.sub("", _IMPORT.sub(_taken, _EXPORT.sub(r"\1", code)))
    if left := _STATEMENT.search(code):
        raise ValueError(f"{name}.js: this form of import or export cannot be packed: {left[0]}")
    packed[name] = f"const ${name} = (() => {{\n{code.strip()}\nreturn {{ {exported} }};\n}})();"
