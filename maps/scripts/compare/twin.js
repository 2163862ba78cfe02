// A second map beside the first, of the option that changes are counted from; what moves one moves the other.
import { byId, el, find } from "../base/dom.js";
import { said } from "../base/format.js";
import { must, mustGet } from "../base/must.js";
import { municipality, page } from "../base/page.js";
import { options } from "../differences.js";
import { areas } from "../map/frame.js";
import { officeBorders } from "../map/repaint.js";
import { select } from "../map/select.js";

/** @type {{ map: L.Map, shapes: L.GeoJSON, lines: L.LayerGroup } | null} */
let twin = null;
let moving = false;

/** @type {(option: Option, id: string) => Office | null} */
function officeIn(option, id) {
  const host = option.members.get(id)?.host;
  return host ? mustGet(option.offices, host) : null;
}

/** @type {(from: L.Map, to: L.Map) => void} */
function follow(from, to) {
  from.on("move", () => {
    if (moving) return;
    moving = true;
    to.setView(from.getCenter(), from.getZoom(), { animate: false });
    moving = false;
  });
}

function make() {
  const box = el("div", { id: "twin-map", class: "folium-map screen-only", role: "group" });
  find(".map-frame .maps").prepend(box);
  const { zoomSnap, minZoom, maxZoom } = page.map.options;
  const map = L.map(box, { zoomControl: false, attributionControl: false, zoomSnap, minZoom, maxZoom, keyboard: false, zoomAnimation: false });
  map.createPane("lines").style.pointerEvents = "none";
  const shapes = L.geoJSON(/** @type {any} */ ({ type: "FeatureCollection", features: areas().map((one) => one.feature) }), {
    style: () => ({ className: "area" }),
    onEachFeature: (feature, layer) => layer.on("click", () => select(String(feature.id))),
  }).addTo(map);
  follow(map, page.map);
  follow(page.map, map);
  return { map, shapes, lines: L.layerGroup().addTo(map) };
}

/** @type {(option: Option, name: string) => void} */
function paint(option, name) {
  const { shapes, lines } = must(twin, "the second map");
  shapes.eachLayer((one) => {
    const layer = /** @type {Area} */ (one);
    const { id } = layer.feature;
    const office = officeIn(option, id);
    const colour = office === null ? "outside" : office.members.length === 1 ? "alone" : "office colour-" + office.colour;
    must(layer.getElement(), "the shape").setAttribute("class", "leaflet-interactive area " + colour);
    const host = office === null ? said("script.outside") : office.members.length === 1 ? said("script.alone") : said("script.member_of", { host: municipality(office.id).label });
    layer.unbindTooltip().bindTooltip(el("div", { class: "tip" }, el("b", null, municipality(id).label), host), { sticky: true, direction: "top" });
  });
  lines.clearLayers();
  const borders = officeBorders(page.layers.municipalities, (id) => option.members.get(id)?.host || "");
  L.geoJSON(/** @type {any} */ ({ type: "MultiLineString", coordinates: borders }), { pane: "lines", interactive: false, style: () => ({ className: "line line-borders", fill: false }) }).addTo(lines);
  for (const office of option.offices.values()) {
    if (office.members.length > 1) L.circleMarker(municipality(office.id).place, { radius: 2.5, className: "host", interactive: false, pane: "lines" }).addTo(lines);
  }
  byId("twin-map").setAttribute("aria-label", said("winners.twin_label", { name }));
}

/** The map of the option that changes are counted from, beside that of the one that is shown, or not. @type {(on: boolean, reference: number, current: number) => void} */
export function drawTwin(on, reference, current) {
  const shown = on && reference !== current;
  const frame = find(".map-frame");
  frame.classList.toggle("twin", shown);
  if (shown && twin === null) twin = make();
  const names = [reference, current].map((k) => `${k + 1} ${options[k].name}`);
  byId("map-names").replaceChildren(...(shown ? names.map((name) => el("span", null, name)) : []));
  page.map.invalidateSize({ animate: false, pan: false }); // the names take room
  if (!shown || twin === null) return;
  twin.map.invalidateSize({ animate: false, pan: false });
  twin.map.setView(page.map.getCenter(), page.map.getZoom(), { animate: false });
  paint(options[reference], names[0]);
}
