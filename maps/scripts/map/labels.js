// Names on the map: hosts first, then large places for orientation, then members; never one upon another.
import { isShared, officeOf } from "./cards.js";
import { el } from "../base/dom.js";
import { must } from "../base/must.js";
import { page } from "../base/page.js";

const MEMBERS_FROM_ZOOM = 7.5;
const PLACES = 14;
const FAR = 6.5; // zoom below which the view holds most of what is shown
const SIDES = ["right", "left", "above", "below"];
const pen = must(document.createElement("canvas").getContext("2d"), "a pen");

/** Whom to name, from which zoom on, the most important first. */
function candidates() {
  const all = [...page.members.values()];
  const hosts = all.filter((member) => member.id === member.host && isShared(officeOf(member)));
  const size = (/** @type {Member} */ member) => officeOf(member)?.members.length ?? 0;
  hosts.sort((a, b) => size(b) - size(a) || b.population - a.population);
  const places = all.filter((member) => member.host === null).sort((a, b) => b.population - a.population);
  const rest = all.filter((member) => member.host !== null && !hosts.includes(member));
  rest.sort((a, b) => b.population - a.population);
  /** @type {(kind: Name["kind"], list: Member[], from: number) => Name[]} */
  const as = (kind, list, from) => list.map((member) => ({ kind, member, from, width: 0 }));
  return [
    ...as("place", places.slice(0, 5), 0),
    ...as("host", hosts, 0),
    ...as("place", places.slice(5, PLACES), 0),
    ...as("member", rest, MEMBERS_FROM_ZOOM),
    ...as("place", places.slice(PLACES), MEMBERS_FROM_ZOOM),
  ];
}

/** @type {(item: Name, face: string) => number} */
function width(item, face) {
  pen.font = { host: `600 12px ${face}`, place: `italic 400 11px ${face}`, member: `400 11px ${face}` }[item.kind];
  return pen.measureText(name(item)).width + 4;
}

/** On paper an office has its number too. @param {Name} item */
function name({ kind, member }) {
  const number = kind === "host" ? page.numbers?.get(member.id) : undefined;
  return number === undefined ? member.label : `${number} ${member.label}`;
}

/** Where a name stands beside its point. @type {(item: Name, side: string, point: { x: number, y: number }) => Box} */
function box(item, side, point) {
  const tall = 14;
  const x = point.x + (side === "right" ? 8 : side === "left" ? -8 - item.width : -item.width / 2);
  const y = point.y + (side === "above" ? -7 - tall : side === "below" ? 7 : -tall / 2);
  return { x, y, right: x + item.width, bottom: y + tall };
}

/** @type {(a: Box, b: Box) => boolean} */
function clash(a, b) {
  return a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom;
}

/** Name the map; what is returned places the names anew. @param {L.FeatureGroup} hosts */
export function startLabels(hosts) {
  const pane = page.map.createPane("names");
  pane.style.zIndex = "460";
  pane.style.pointerEvents = "none";
  pane.setAttribute("aria-hidden", "true");
  const group = L.layerGroup().addTo(page.map);
  const face = getComputedStyle(document.body).fontFamily;
  /** @type {Name[]} */
  let items = [];
  /** @type {L.LatLngTuple[]} */
  let marks = [];

  function gather() {
    items = candidates().map((item) => ({ ...item, width: width(item, face) }));
    marks = items.filter((item) => item.kind === "host").map((item) => item.member.place);
  }

  // Far out only names that fit in the view, so they are placed anew when it moves; further in they stay.
  /** @type {number | null} */
  let placed = null;

  function place() {
    const zoom = page.map.getZoom();
    placed = zoom;
    page.map.getContainer().classList.toggle("far", zoom < FAR);
    hosts.eachLayer((layer) => /** @type {L.GeoJSON} */ (layer).eachLayer((mark) => /** @type {L.CircleMarker} */ (mark).setRadius(zoom < 4.3 ? 1.75 : zoom < 5 ? 2.25 : zoom < FAR ? 3.25 : 4.5)));
    group.clearLayers();
    if (!page.map.hasLayer(hosts)) return;
    const taken = marks.map((mark) => {
      const point = page.map.project(mark, zoom);
      return { x: point.x - 5, y: point.y - 5, right: point.x + 5, bottom: point.y + 5 };
    });
    const view = zoom < FAR ? page.map.getPixelBounds() : null;
    const inside = (/** @type {Box} */ one) => view === null || (one.x > view.getTopLeft().x && one.right < view.getBottomRight().x);
    for (const item of items) {
      if (zoom < item.from) continue;
      const point = page.map.project(item.member.place, zoom);
      const sides = item.kind === "host" ? SIDES : ["centre", ...SIDES];
      const own = (/** @type {Box} */ other) => item.kind === "host" && Math.abs(other.x + 5 - point.x) < 0.5 && Math.abs(other.y + 5 - point.y) < 0.5;
      const free = (/** @type {Box} */ one) => inside(one) && !taken.some((other) => !own(other) && clash(one, other));
      const side = sides.find((one) => free(box(item, one, point)));
      if (side === undefined) continue;
      taken.push(box(item, side, point));
      show(item, side);
    }
  }

  /** @type {(item: Name, side: string) => void} */
  function show(item, side) {
    const html = el("span", null, name(item));
    const icon = L.divIcon({ html, className: `name name-${item.kind} name-${side}`, iconSize: [0, 0] });
    L.marker(item.member.place, { icon, pane: "names", interactive: false, keyboard: false }).addTo(group);
  }

  page.map.on("moveend resize", () => { if (page.map.getZoom() < FAR || page.map.getZoom() !== placed) place(); });
  hosts.on("add remove", place);
  page.relabel = () => { gather(); place(); };
  page.relabel();
  return place;
}
