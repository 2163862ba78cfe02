// One choice for map, table, search and address: a municipality, and with it its office.
import { keepInAddress } from "../base/address.js";
import { card, officeOf, spoken, tip } from "./cards.js";
import { byId, el, find, findAll, reveal, still } from "../base/dom.js";
import { NARROW } from "../base/fold.js";
import { text } from "../base/format.js";
import { frame } from "./frame.js";
import { mustGet } from "../base/must.js";
import { municipality, page } from "../base/page.js";

/** @type {Map<string, Area>} */
const layers = new Map();
/** The shape of a municipality. @param {string} id */
const layerOf = (id) => mustGet(layers, id);
const EDGE = 60; // pixels between whoever is chosen and the edge of the map
/** @type {string | null} */
let chosen = null;

/** Called by Folium's script for each municipality before it is drawn. @type {(feature: { id: string }, layer: Area) => void} */
export function eachMunicipality(feature, layer) {
  const member = municipality(feature.id);
  layers.set(feature.id, layer);
  layer.bindTooltip(() => tip(member), { sticky: true, direction: "top", offset: [0, -8], opacity: 1 });
  layer.on("add", () => dress(layer, member));
  layer.on("click", (event) => { L.DomEvent.stopPropagation(event); select(member.id); });
}

/** The drawn shape. @param {Area} layer */
const pathOf = (layer) => /** @type {SVGElement} */ (layer.getElement());

/** Leaflet gives shapes no name and no keys (issue 7822): only one is a tab stop, the arrows lead to the others.
 * @type {(layer: Area, member: Member) => void} */
function dress(layer, member) {
  const path = pathOf(layer);
  path.setAttribute("role", "button");
  path.setAttribute("aria-label", spoken(member));
  path.setAttribute("tabindex", "-1");
  path.dataset.id = member.id;
  path.addEventListener("keydown", (event) => onKey(event, member));
  path.addEventListener("focus", () => hold(path));
}

/** @param {SVGElement} path */
function hold(path) {
  for (const layer of layers.values()) pathOf(layer).setAttribute("tabindex", "-1");
  path.setAttribute("tabindex", "0");
}

/** @type {Record<string, Point>} */
const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** @type {(event: KeyboardEvent, member: Member) => void} */
function onKey(event, member) {
  if (event.key === "Enter" || event.key === " ") select(member.id, { focus: true });
  else if (event.key in STEPS) goTo(nearest(member, STEPS[event.key]));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param {string | null} id */
function goTo(id) {
  if (id === null) return;
  pathOf(layerOf(id)).focus({ preventScroll: true });
  page.map.panInside(L.latLng(municipality(id).place), { padding: [60, 60], animate: !still });
}

/** The nearest centre within 45 degrees of the arrow's direction. @type {(from: Member, direction: Point) => string | null} */
export function nearest(from, [dx, dy]) {
  const here = page.map.project(from.place, 8);
  /** @type {string | null} */
  let best = null;
  let least = Infinity;
  for (const other of page.members.values()) {
    const there = page.map.project(other.place, 8).subtract(here);
    const along = there.x * dx + there.y * dy;
    const across = Math.abs(there.x * dy) + Math.abs(there.y * dx);
    const cost = along + 2 * across;
    if (along > 0 && across <= along && cost < least) { least = cost; best = other.id; }
  }
  return best;
}

/** @param {string | null} id */
function companions(id) {
  const office = id === null ? null : officeOf(municipality(id));
  return new Set(office === null ? [] : office.members);
}

/** @param {string | null} id */
function mark(id) {
  chosen = id;
  show(id);
  keepInAddress({ id });
  for (const listener of page.onChoice) listener(id);
}

/** @param {string | null} id */
function show(id) {
  const together = companions(id);
  for (const [other, layer] of layers) {
    const path = pathOf(layer);
    path.classList.toggle("chosen", together.has(other));
    path.classList.toggle("picked", other === id);
  }
  if (id !== null) layerOf(id).bringToFront();
  page.map.getContainer().classList.toggle("has-choice", together.size > 1);
  const host = id === null ? null : municipality(id).host;
  for (const row of findAll("tr[data-office]")) {
    row.classList.toggle("chosen", row.dataset.office === host);
  }
}

/** After a change of the plan: the colours, the spoken names and what is chosen. */
export function repaintAreas() {
  for (const [id, layer] of layers) {
    const member = municipality(id);
    if (member.host === null) continue;
    const path = pathOf(layer);
    const colour = officeOf(member)?.colour ?? -1;
    path.classList.remove("alone", "office", ...[...path.classList].filter((name) => name.startsWith("colour-")));
    path.classList.add(...(colour < 0 ? ["alone"] : ["office", "colour-" + colour]));
    path.setAttribute("aria-label", spoken(member));
  }
  show(chosen);
}

/** The card of whoever is chosen, below the map, which makes room for it: it lies over nothing. */
export function redrawCard() {
  const box = byId("card");
  box.hidden = chosen === null;
  if (chosen === null) box.replaceChildren();
  else {
    const cross = el("button", { type: "button", class: "card-close", "aria-label": text("close"), title: text("close") }, "\u00d7");
    cross.addEventListener("click", close);
    box.replaceChildren(cross, card(municipality(chosen)));
  }
  page.map.invalidateSize({ animate: false, pan: false });
}

/** What some municipalities cover. @param {Iterable<string>} ids */
export function bounds(ids) {
  const area = L.latLngBounds([]);
  for (const id of ids) area.extend(layerOf(id).getBounds());
  return area;
}

/** @param {L.LatLngBounds} whole */
function fly(whole) {
  const area = whole.pad(0.15);
  page.map.fitBounds(area, { ...frame(area, true), maxZoom: 10, duration: 0.4 });
}

/** Let the map show some municipalities. @param {string[]} ids */
export const showAll = (ids) => fly(bounds(ids));

page.inCard.acts.push([text("show_office"), (host) => showAll(mustGet(page.offices, host).members)]);

/** What lies outside a filter steps back. @param {(member: Member) => boolean} aside */
export function setAside(aside) {
  for (const [id, layer] of layers) pathOf(layer).classList.toggle("aside", aside(municipality(id)));
}

/** Choose a municipality: its office comes into view and its figures open. @type {(id: string, wanted?: { zoom?: boolean, focus?: boolean }) => void} */
export function select(id, wanted = {}) {
  const box = byId("card");
  mark(id);
  redrawCard();
  box.scrollTop = 0;
  if (window.matchMedia(NARROW).matches) reveal(find(".map-frame"));
  if (wanted.zoom) fly(bounds(companions(id).size ? companions(id) : [id]));
  else page.map.panInside(L.latLng(municipality(id).place), { padding: [EDGE, EDGE], animate: !still });
  if (wanted.focus) find(".card", box).focus({ preventScroll: true });
}

/** Nobody is chosen any more. */
export function shut() {
  if (chosen === null) return;
  mark(null);
  redrawCard();
}

/** Close what is open, and go on with the keys where it was. */
export function close() {
  const id = chosen;
  shut();
  if (id !== null) pathOf(layerOf(id)).focus({ preventScroll: true });
}

/** Where the tabulator enters the map. */
export function firstStop() {
  const first = [...page.members.values()].find((member) => member.host !== null) || [...page.members.values()][0];
  pathOf(layerOf(first.id)).setAttribute("tabindex", "0");
}
