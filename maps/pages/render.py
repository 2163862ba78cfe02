"""From rows and words to a page: templates, stylesheet and scripts, the same way for every page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from maps.pages import layers
from maps.pages.offline import script_json, script_text
from maps.told import palette, phrases, texts
from maps.told.answer import Answer
from maps.told.estimates import SUMS, made_of
from maps.told.plan import page_data
from maps.told.texts import Words
from optimizer.terms import KNOWN_GAP

MAPS: Final = Path(__file__).parents[1]
SCRIPTS: Final = (
    *("format.js", "edges.js", "cards.js", "arrangement.js", "address.js", "language.js", "frame.js", "select.js"),
    *("labels.js", "search.js", "keys.js", "sort.js", "firm.js", "start.js"),
)
"""Of every page with a map, in the order in which they build on each other."""


@dataclass(frozen=True)
class Form:
    """Which files of ``templates/``, ``styles/`` and ``scripts/`` a kind of page is made of.

    Parameters
    ----------
    template
        The page.
    styles, scripts
        What it carries.
    said
        Beginnings of the keys of the texts that its scripts need.
    """

    template: str
    styles: tuple[str, ...] = ("map.css",)
    scripts: tuple[str, ...] = SCRIPTS
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
    read = page_data(answer.plan) | {
        "extent": drawing.extent,
        "ranges": edges(answer),
        "minutesEstimated": int(not answer.facts.own_travel),
        "today": answer.today.data(),
        "firm": answer.firm_words.data(),
        "texts": words.section(*form.said),
        "number": {"between": between, "point": point},
    }
    return (
        environment(words.language)
        .get_template(form.template)
        .render(
            answer=answer,
            plan=answer.plan,
            facts=answer.facts,
            problem=answer.problem,
            drawing=drawing,
            styles=style_text(form.styles),
            script=script(form.scripts),
            data=script_json(read | dict(data)),
            **values,
        )
    )


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


@cache
def environment(language: str) -> jinja2.Environment:
    """Return the templates' environment: everything is escaped, a missing value is an error."""
    words = Words(language)
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(MAPS / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(t=words.text, count=words.count, known=words.known, setting=words.setting, words=words)
    made.globals.update({name: getattr(phrases, name) for name in ("by_county", "further_credits")})
    made.globals.update(
        verdict=lambda facts, plan: phrases.verdict(words, facts, plan),
        sentence=lambda facts, plan: phrases.sentence(words, facts, plan),
        source=lambda plan: phrases.source(words, plan),
        journeys=lambda facts: phrases.journeys(words, facts),
        edge_line=lambda problem, plan: phrases.edge_line(words, problem, plan),
        ranges=lambda between: phrases.ranges(words, between),
    )
    made.globals["KNOWN_GAP"] = KNOWN_GAP
    # Titles and descriptions of scenarios are Norwegian where their author gave no English.
    made.globals["told"] = lambda facts, name: facts.told(name, language)
    made.globals["norwegian"] = lambda facts, name: (
        "" if language == "nb" or getattr(facts, f"{name}_en") else Markup(' lang="nb"')
    )
    made.filters["number"] = words.number
    made.globals["label"] = label
    return made


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
    text = _joined("styles", files)
    return Markup(f":root{{{root}}}\n{text}\n{areas}")  # noqa: S704 - our own files


def script(files: Sequence[str]) -> Markup:
    """Return scripts as the content of one script element."""
    return script_text(_joined("scripts", files))


def _joined(folder: str, files: Sequence[str]) -> str:
    return "\n".join((MAPS / folder / name).read_text(encoding="utf-8") for name in files)
