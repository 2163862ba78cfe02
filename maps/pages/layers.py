"""The map's layers, built with Folium: what is drawn where, in which order, and which of it can be switched off."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

import folium
import geopandas as gpd
import shapely
from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.elements import JSCSSMixin
from folium.template import Template
from folium.utilities import JsCode
from markupsafe import Markup, escape

from geodata.editions import OWN
from maps.pages.offline import TILES, point_to_assets, script_text
from maps.told.answer import Answer
from maps.told.firm import FirmPlan
from maps.told.places import geometry
from maps.told.places.geometry import Backdrop, collection, feature, one_feature, to_degrees
from maps.told.plan import Plan
from maps.told.texts import Words
from maps.told.today import Today

PANES: Final = {
    "municipalities": 400,
    "roads": 410,
    "counties": 420,
    "borders": 430,
    "today": 435,
    "travel": 440,
    "hosts": 450,
}
"""Drawing order; only the municipalities take part in clicking."""


class PlanMap(folium.Map):
    """A Folium map that leaves the page around it to our own template.

    Folium's own header forbids zooming and loads libraries that nothing here uses; its scale is in feet too.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}{% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id="{{ this.get_name() }}" role="group" aria-label="{{ this.label|e }}"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }},
                crs: L.CRS.{{ this.crs }},
                ...{{ this.options|tojavascript }}
            }).fitBounds({{ this.extent|tojson }}, plankontor.frame({{ this.extent|tojson }}, false));
            {% if this.scaled %}L.control.scale({imperial: false}).addTo({{ this.get_name() }});{% endif %}

        {% endmacro %}
        """
    )

    def __init__(self, label: str, extent: list[list[float]], *, scaled: bool = True, **options: Any) -> None:
        super().__init__(tiles=None, **options)
        self.label = label
        self.extent = extent
        self.scaled = scaled
        point_to_assets(self)

    @property
    def figure(self) -> Figure:
        """The Folium page that the map stands in."""
        return cast("Figure", self.get_root())


class Fullscreen(JSCSSMixin, folium.MacroElement):
    """The button that lets the map fill the screen; Folium's own brings all its plugins along, a tenth of a second."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            L.control.fullscreen(
                {{ this.options|tojavascript }}
            ).addTo({{this._parent.get_name()}});
        {% endmacro %}
        """
    )

    def __init__(self, words: Words) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Fullscreen"
        self.default_js, self.default_css = [("Control.Fullscreen.js", "")], [("Control.FullScreen.css", "")]
        self.options = {
            "position": "topleft",
            "title": words.text("layers.fullscreen"),
            "title_cancel": words.text("layers.fullscreen_exit"),
            "force_separate_button": True,
        }
        point_to_assets(self)


class StartScript(folium.MacroElement):
    """Hand the finished layers over to the page's own script."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            plankontor.start({
                map: {{ this._parent.get_name() }},
                {%- for name, element in this.parts.items() %}
                {{ name }}: {{ element.get_name() }},
                {%- endfor %}
            });
        {% endmacro %}
        """
    )

    def __init__(self, **parts: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.parts = parts


class ReadyText(Element):
    """A part of a page that stands there as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_kwargs: Any) -> str:
        """Return the text."""
        return self.text


class ScriptAsWritten(folium.MacroElement):
    """An element whose script is written once: branca would read all its shapes as a template again."""

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # as that of folium's own elements
        """Put the script into the page, then those of what the element holds."""
        script = self._template.module.script(self, kwargs).removesuffix("\n")
        cast("Figure", self.get_root()).script.add_child(ReadyText(script), name=self.get_name())
        for child in self._children.values():
            child.render(**kwargs)


class ShapeLayer(folium.GeoJson, ScriptAsWritten):
    """A layer of shapes."""


@dataclass(frozen=True, eq=False)
class MapContent:
    """What a map shows.

    Parameters
    ----------
    backdrop
        Municipalities, counties, roads and ferries.
    plan
        Offices.
    today
        Who works together today, for the outlines of the offices that exist.
    firm
        How firm the plan is.
    """

    backdrop: Backdrop
    plan: Plan
    today: Today
    firm: FirmPlan


def build_map(shown: MapContent, words: Words) -> PlanMap:
    """Return the Folium map of a plan; its figure holds the scripts and references, not yet inlined.

    Parameters
    ----------
    shown
        What to show.
    words
        Of the reader's language.
    """
    backdrop, plan = shown.backdrop, shown.plan
    municipalities = backdrop.municipalities
    plan_map = PlanMap(
        words.text("page.map_keys"),
        extent(municipalities, plan),
        scaled=not municipalities.attrs.get("schematic", False),
        zoom_control=False,
        zoom_snap=0.25,
        zoom_delta=0.75,
        wheel_px_per_zoom_level=100,
        min_zoom=3,
        max_zoom=14,
    )
    for name, order in PANES.items():
        folium.map.CustomPane(name, z_index=order, pointer_events=name == "municipalities").add_to(plan_map)
    areas = municipality_layer(backdrop, plan, shown.firm).add_to(plan_map)
    borders = border_layer(municipalities, plan, words).add_to(plan_map)
    county_layer(backdrop, words).add_to(plan_map)
    hosts = host_layer(plan, words).add_to(plan_map)
    travel = travel_layer(plan, words).add_to(plan_map)
    own = municipalities.attrs.get("edition") == OWN
    if len(backdrop.graph):  # a region of the user's own may have no roads
        road_layer(backdrop, words).add_to(plan_map)
    if not own:  # nor are the offices of today known there
        today_layer(municipalities, shown.today, words).add_to(plan_map)
    base = {} if own else {"base": base_layer(words).add_to(plan_map)}
    layers = folium.LayerControl(position="bottomright", collapsed=False, autoZIndex=False).add_to(plan_map)
    Fullscreen(words).add_to(plan_map)
    parts = {"municipalities": areas, "borders": borders, "hosts": hosts, "travel": travel}
    StartScript(**parts, **base, layers=layers).add_to(plan_map)
    name_by_place(plan_map)
    return plan_map


def name_by_place(element: Any, place: str = "map") -> None:
    """Name every element by its place, where Folium draws lots: the same plan is the same page, byte for byte."""
    element._id = place  # noqa: SLF001 - Folium offers no other way
    for position, child in enumerate(element._children.values()):  # noqa: SLF001
        name_by_place(child, f"{place}_{position}")


def legend(layer: str, words: Words) -> str:
    """Return a layer's name with its key before it, so that the layer control is the legend too."""
    return str(Markup('<span class="key key-{}"></span>{}').format(layer, words.text(f"layers.{layer}")))


def extent(municipalities: gpd.GeoDataFrame, plan: Plan) -> list[list[float]]:
    """Return the corners of the area that takes part, south-west and north-east, latitude first."""
    chosen = [plan.members[id_].host is not None for id_ in municipalities.index]
    shapes = municipalities.geometry[chosen]
    west, south, east, north = shapely.total_bounds(to_degrees(shapes.to_numpy(), shapes.crs))
    return [[float(south), float(west)], [float(north), float(east)]]


def municipality_class(plan: Plan, firm: FirmPlan, id_: str) -> str:
    """Return the classes that colour a municipality: of its office, alone, or outside; and how firm its place is."""
    host = plan.members[id_].host
    if host is None:
        return "area outside"
    colour = plan.colour_of[host]
    level = "" if firm.left_out else f" level-{firm.level(id_)}"
    return ("area alone" if colour < 0 else f"area office colour-{colour}") + level


def municipality_layer(backdrop: Backdrop, plan: Plan, firm: FirmPlan) -> ShapeLayer:
    """Return all municipalities, coloured by office; the others are the light backdrop."""
    return ShapeLayer(
        backdrop.areas,
        style_function=lambda area: {"className": municipality_class(plan, firm, area["id"])},
        on_each_feature=JsCode("plankontor.eachMunicipality"),
        control=False,
        pane="municipalities",
        smooth_factor=0.6,
    )


def border_layer(municipalities: gpd.GeoDataFrame, plan: Plan, words: Words) -> ShapeLayer:
    """Return the borders of offices; a municipality that stands alone is an office too."""
    groups = [plan.members[id_].host or "" for id_ in municipalities.index]
    lines = geometry.borders(municipalities.geometry.to_numpy(), groups)
    return line_layer("borders", one_feature("borders", lines, municipalities.crs), words)


def county_layer(backdrop: Backdrop, words: Words) -> ShapeLayer:
    """Return the borders of counties."""
    return line_layer("counties", backdrop.counties, words)


def today_layer(municipalities: gpd.GeoDataFrame, today: Today, words: Words) -> ShapeLayer:
    """Return the outlines of the offices that exist, off until somebody asks for them."""
    shapes = municipalities.geometry
    areas = [shapely.coverage_union_all(shapes.loc[list(one.members)].to_numpy()) for one in today.at_work]
    lines = shapely.union_all(shapely.boundary(areas))
    return line_layer("today", one_feature("today", lines, shapes.crs), words, show=False)


def line_layer(name: str, lines: dict[str, Any], words: Words, *, show: bool = True) -> ShapeLayer:
    """Return one switchable layer of lines (GeoJSON) in the pane of its name."""
    return ShapeLayer(
        lines,
        name=legend(name, words),
        style_function=lambda _: {"className": f"line line-{name}", "fill": False},
        pane=name,
        show=show,
        interactive=False,
        smooth_factor=0.6,
    )


def host_layer(plan: Plan, words: Words) -> folium.FeatureGroup:
    """Return a mark at the centre of each host; the page's script writes the names, as many as fit."""
    group = folium.FeatureGroup(name=legend("hosts", words))
    points = [feature(office.host.id, shapely.Point(office.host.place[::-1])) for office in plan.shared]
    mark = folium.CircleMarker(radius=4)
    mark.options |= {"pane": "hosts", "interactive": False}  # Folium does not pass these on
    ShapeLayer(collection(points), marker=mark, style_function=lambda _: {"className": "host"}).add_to(group)
    return group


def travel_layer(plan: Plan, words: Words) -> ShapeLayer:
    """Return a straight line from each member to its host."""
    lines = [
        feature(member.id, shapely.LineString([member.place[::-1], office.host.place[::-1]]))
        for office in plan.shared
        for member in office.members
        if member is not office.host
    ]
    return ShapeLayer(
        collection(lines),
        name=legend("travel", words),
        style_function=lambda _: {"className": "line line-travel", "fill": False},
        pane="travel",
        interactive=False,
    )


def road_layer(backdrop: Backdrop, words: Words) -> folium.FeatureGroup:
    """Return main roads and car ferries, faint."""
    group = folium.FeatureGroup(name=legend("roads", words))
    for lines in (backdrop.roads, backdrop.ferries):
        ShapeLayer(
            lines,
            style_function=lambda line: {"className": f"line line-{line['id']}", "fill": False},
            pane="roads",
            interactive=False,
        ).add_to(group)
    return group


def base_layer(words: Words) -> folium.TileLayer:
    """Return the grey map of Kartverket: off until somebody asks for it, because it needs the network."""
    return folium.TileLayer(
        tiles=TILES,
        attr=words.text("layers.base_attribution"),
        name=legend("base", words),
        overlay=True,
        show=False,
        max_zoom=18,
        referrer_policy="no-referrer",
    )


@dataclass(frozen=True)
class DrawnMap:
    """The Folium map as parts of a page.

    Parameters
    ----------
    references
        To scripts and stylesheets, which `maps.pages.bilingual.bind` puts into the page.
    element
        The empty element that the map fills.
    script
        What fills it; calls ``plankontor.start`` at its end.
    extent
        Corners of the area that takes part, south-west and north-east, latitude first.
    """

    references: Markup
    element: Markup
    script: Markup
    extent: list[list[float]]


class _PlacesOfTexts(Words):
    """A language in which each text is a mark that a language's own text takes the place of."""

    def text(self, key: str, **_values: object) -> str:
        """Return the mark of a text."""
        return f"@{key}@"


_PLACE = re.compile(r"@((?:layers|page)\.[\w-]+)@")


def drawn(answer: Answer) -> DrawnMap:
    """Return the map of an answer with the texts of its language."""
    blank, words = _drawn_blank(answer.first), answer.words
    return DrawnMap(
        references=blank.references,
        element=Markup(_PLACE.sub(lambda found: escape(words.text(found[1])), blank.element)),  # noqa: S704 - escaped
        # The marks stand in JSON texts; what is a text of ours in the page was escaped where it was written.
        script=Markup(_PLACE.sub(lambda found: json.dumps(words.text(found[1]))[1:-1], blank.script)),  # noqa: S704
        extent=blank.extent,
    )


@lru_cache(maxsize=1)
def _drawn_blank(answer: Answer) -> DrawnMap:
    """Return the map of an answer with marks for its texts; kept for the other language and the next page."""
    content = MapContent(answer.backdrop, answer.plan, answer.today, answer.firm)
    figure = build_map(content, _PlacesOfTexts(answer.language)).figure
    figure.render()  # fills the figure's header and script
    return DrawnMap(
        references=_references(figure),
        element=Markup(figure.html.render()),  # noqa: S704 - an empty element of ours
        script=script_text(_compact(figure.script.render())),
        extent=extent(answer.municipalities, answer.plan),
    )


def _references(figure: Figure) -> Markup:
    links = [child for child in figure.header._children.values() if isinstance(child, JavascriptLink | CssLink)]  # noqa: SLF001
    return Markup("\n".join(link.render() for link in links))  # noqa: S704 - paths of our assets


def _compact(script: str) -> str:
    """Return Folium's script without the spaces between coordinates, a tenth of the page."""
    return re.sub(r'"coordinates": [\[\]0-9., -]+', lambda found: found[0].replace(" ", ""), script)
