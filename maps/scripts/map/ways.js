// The roads and ferries from whoever is chosen to its host: drawn on the map, and told in its card.
import { number, text } from "../base/format.js";
import { keyed, municipality, page, read, source } from "../base/page.js";

const DEGREE = 1e4; // of what a line counts in, as maps.pages.ways.DECIMALS
const LEAST = 0.5; // minutes of a part that is told
const SAME = 0.1; // minutes: the plan counts those of the way
const ways = keyed(read(source.ways.of));
/** @type {L.LayerGroup | null} */
let drawn = null;
/** @type {string | null} */
let chosen = null;

/** The way to its host, as long as that is the host of the plan as computed. @param {Member} member */
function wayOf(member) {
  const way = ways.get(member.id);
  return way !== undefined && way.host === member.host ? way : null;
}

/** Each part by name with its minutes; no line where no way is known. @param {Member} member */
export function wayLines(member) {
  const way = wayOf(member);
  if (way === null) return [];
  const parts = way.parts.filter(([, minutes]) => minutes >= LEAST).map(([name, minutes, , wait]) => {
    const values = { name: source.ways.names[name], minutes: number(minutes), wait: number(wait ?? 0) };
    return text(wait === undefined ? "way_part" : "way_ferry", values);
  });
  const told = text("way", { host: municipality(way.host).label, parts: parts.join(", ") });
  const same = member.minutes !== null && Math.abs(member.minutes - way.minutes) <= SAME;
  return same ? [told] : [told, text("way_other", { minutes: number(way.minutes) })];
}

/** The places of a line that is packed as letters, latitude first. @type {(line: string) => [number, number][]} */
export function places(line) {
  /** @type {[number, number][]} */
  const found = [];
  let at = 0;
  const next = () => {
    let bits = 0;
    for (let shift = 0; ; shift += 5) {
      const group = line.charCodeAt(at++) - 63;
      bits |= (group & 31) << shift;
      if (group < 32) return bits & 1 ? ~(bits >> 1) : bits >> 1;
    }
  };
  for (let [x, y] = [0, 0]; at < line.length;) {
    x += next();
    y += next();
    found.push([y / DEGREE, x / DEGREE]);
  }
  return found;
}

/** Who travels to whoever is chosen, or the one who is chosen itself. @param {string} id */
function travellers(id) {
  const office = page.offices.get(id);
  return office === undefined ? [municipality(id)] : office.members.map(municipality);
}

/** A light line below a dark one, so that it is seen on every colour. @param {WayPart} part */
function lines([, , line, wait]) {
  const kind = wait === undefined ? "road" : "ferry";
  return ["way-casing", `way way-${kind}`].map((className) => L.polyline(places(line), { className, interactive: false, pane: "travel" }));
}

/** @param {string | null} id */
function draw(id) {
  chosen = id;
  drawn?.remove();
  const found = id === null ? [] : travellers(id).map(wayOf).filter((way) => way !== null);
  drawn = L.layerGroup(found.flatMap((way) => way.parts.flatMap(lines))).addTo(page.map);
}

/** Draw the way of whoever is chosen, as the plan changes too. */
export function startWays() {
  page.onChoice.push(draw);
  page.onTrial.push(() => draw(chosen));
}
