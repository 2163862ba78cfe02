// Small maps for paper, as drawings of their own: the shapes stand once in the page, and each map uses those that it shows.
import { mustGet } from "../base/must.js";
import { municipality, page } from "../base/page.js";
import { areas } from "../map/frame.js";
import { officeBorders } from "../map/repaint.js";

const ZOOM = 8; // at which places are told: a unit is some 250 metres
const MARGIN = 0.04; // of the larger side
const LEAST = 300; // units: some 75 km, so that an island is seen with the coast that it lies off
const SVG = "http://www.w3.org/2000/svg";

/** @type {(name: string, attributes: Record<string, string>, ...children: (Node | string)[]) => SVGElement} */
export function draw(name, attributes, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, name));
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** @param {Place} place */
function unit([longitude, latitude]) {
  const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLng(latitude, longitude), ZOOM);
  return [Math.round(10 * x) / 10, Math.round(10 * y) / 10];
}

/** @type {(lines: Place[][], end: string) => string} */
const path = (lines, end) => lines.map((line) => "M" + line.map((place) => unit(place).join(" ")).join("L") + end).join("");

/** What each shape covers, by number. @type {Map<string, { least: Point, most: Point }>} */
const boxes = new Map();

/** The shapes, in the page until `forget`. */
function shapes() {
  if (document.getElementById("shapes") !== null) return;
  const drawn = areas().map(({ feature: { id, geometry } }) => {
    const rings = geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
    const points = rings.flat().map(unit);
    const side = (/** @type {number} */ k, /** @type {(...all: number[]) => number} */ of) => points.reduce((/** @type {number} */ found, /** @type {Point} */ one) => of(found, one[k]), points[0][k]);
    boxes.set(id, { least: [side(0, Math.min), side(1, Math.min)], most: [side(0, Math.max), side(1, Math.max)] });
    return draw("path", { id: "shape-" + id, d: path(rings, "Z") });
  });
  document.body.append(draw("svg", { id: "shapes", width: "0", height: "0", "aria-hidden": "true" }, draw("defs", {}, ...drawn)));
}

/** The shapes are needed no more. */
export function forget() {
  document.getElementById("shapes")?.remove();
}

/** A map of some municipalities, those around them pale, with a mark at each host, or at a member of an office whose host lies elsewhere.
 * @type {(ids: string[], offices: Map<string, Office>, hostOf: (of: string) => string | null, mark: (host: string) => string) => SVGElement} */
export function smallMap(ids, offices, hostOf, mark) {
  shapes();
  const shown = new Set(ids);
  const some = ids.map((id) => mustGet(boxes, id));
  const [left, top] = [0, 1].map((k) => Math.min(...some.map(({ least }) => least[k])));
  const [right, bottom] = [0, 1].map((k) => Math.max(...some.map(({ most }) => most[k])));
  const size = Math.max(right - left, bottom - top);
  const room = Math.max(MARGIN * size, (LEAST - size) / 2);
  const view = [left - room, top - room, right - left + 2 * room, bottom - top + 2 * room];
  const near = [...boxes].filter(([, { least, most }]) => least[0] < view[0] + view[2] && most[0] > view[0] && least[1] < view[1] + view[3] && most[1] > view[1]);
  const uses = near.map(([id]) => {
    const host = hostOf(id);
    const colour = host === null ? -2 : mustGet(offices, host).colour;
    const kind = colour === -2 ? "outside" : colour < 0 ? "alone" : "office colour-" + colour;
    return draw("use", { href: "#shape-" + id, class: `area ${kind}${shown.has(id) ? "" : " aside"}` });
  });
  const borders = draw("path", { class: "line line-borders", d: path(officeBorders(page.layers.municipalities, (id) => hostOf(id) ?? ""), "") });
  const marks = [...offices.values()].filter(({ members }) => members.length > 1 && members.some((one) => shown.has(one))).map(({ id, members }) => {
    const at = shown.has(id) ? id : members.filter((one) => shown.has(one))[0];
    const [x, y] = unit(/** @type {Place} */ ([...municipality(at).place].reverse()));
    const text = mark(id);
    return text ? draw("text", { x: String(x), y: String(y), "font-size": String(size / 26), "stroke-width": String(size / 160) }, text)
      : draw("circle", { class: "host", cx: String(x), cy: String(y), r: String(size / 160), "stroke-width": String(size / 500) });
  });
  return draw("svg", { class: "small-map", viewBox: view.join(" "), role: "img", style: `--unit: ${size / 1000}` }, ...uses, borders, ...marks);
}
