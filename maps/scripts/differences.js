// What differs between two of the options: on the map, in the list, and in the card of a municipality.
import { byId, el } from "./base/dom.js";
import { number, said, signed } from "./base/format.js";
import { areas } from "./map/frame.js";
import { oneStop } from "./base/keys.js";
import { must, mustGet } from "./base/must.js";
import { keyed, municipality, officesIn, read, source } from "./base/page.js";
import { keepSorted } from "./base/sort.js";

/** @type {(key: string, values?: Values) => string} */
const told = (key, values) => said("compare." + key, values);
/** @param {number | null} value */
const minutes = (value) => (value === null ? told("no_way") : number(value));
const order = new Intl.Collator("nb").compare;

/** The plans that are compared. */
export const options = source.options.map(({ name, members, offices, lacks, bears }) => ({ name, members: keyed(read(members)), offices: officesIn(offices), lacks, bears }));
const changes = read(source.changes);

/** Who has another office in the other option, and which offices have only another host: each with the one and the other.
 * @type {(before: number, after: number) => { moved: Set<string>, newHosts: [string, string][] }} */
export function changesBetween(before, after) {
  // Kept once for each pair, from the earlier option to the later one.
  const found = changes.find((one) => one.before === Math.min(before, after) && one.after === Math.max(before, after));
  if (found === undefined) return { moved: new Set(), newHosts: [] };
  return { moved: new Set(found.moved), newHosts: before < after ? found.new_hosts : found.new_hosts.map(([a, b]) => [b, a]) };
}

/** Which office somebody has in an option: its host in words, the journey, how many share it. @type {(option: Option, id: string) => PlaceIn} */
function placeIn(option, id) {
  const { host: where, minutes: way } = mustGet(option.members, id);
  const host = must(where, "the host");
  const size = mustGet(option.offices, host).members.length;
  return { host, way, size, name: size === 1 ? told("alone") : municipality(host).label };
}

/** @type {(key: string, classes: string, ...content: Content[]) => HTMLElement} */
function cell(key, classes, ...content) {
  return el("td", { role: "cell", "data-label": told(key), ...(classes ? { class: classes } : {}) }, ...content);
}

/** How many of some municipalities come out of standing alone, fall back to it, or go from office to office, in words.
 * @type {(ids: Iterable<string>, before: Option, after: Option) => string} */
export function movedSaid(ids, before, after) {
  const kind = (/** @type {string} */ id) => {
    const [old, now] = [placeIn(before, id).size > 1, placeIn(after, id).size > 1];
    return old === now ? "changes" : now ? "joins" : "leaves";
  };
  const kinds = [...ids].map(kind);
  const parts = ["joins", "leaves", "changes"].map((name) => ({ name, n: kinds.filter((one) => one === name).length })).filter(({ n }) => n > 0);
  return parts.map(({ name, n }) => told("moved_" + name, { n: number(n) })).join("; ");
}

/** @type {(place: PlaceIn, id: string) => string} */
const office = ({ host, size, name }, id) => (host === id && size > 1 ? told("hosts_it", { host: name }) : name);

/** @type {(id: string, before: Option, after: Option) => HTMLElement} */
function row(id, before, after) {
  const [old, now] = [placeIn(before, id), placeIn(after, id)];
  const change = old.way === null || now.way === null ? null : now.way - old.way;
  return el("tr", { role: "row", "data-moved": id },
    el("th", { role: "rowheader", scope: "row" }, el("button", { type: "button", "data-select": id }, municipality(id).label)),
    cell("from_office", "", office(old, id)), cell("to_office", "", office(now, id)),
    cell("minutes", "num", told("from_to_minutes", { before: minutes(old.way), after: minutes(now.way) })),
    cell("difference", "num", change === null ? "\u2013" : signed(change, 0)));
}

/** The list of one pair, and whoever has the same office with another host; of one county, if one is chosen.
 * @type {(before: number, after: number, county: string) => void} */
export function listChanges(before, after, county) {
  const { moved, newHosts } = changesBetween(before, after);
  const inCounty = (/** @type {string} */ id) => county === "" || municipality(id).county_number === county;
  const ids = [...moved].filter(inCounty).sort((a, b) => order(municipality(a).label, municipality(b).label));
  const [one, other] = [options[before], options[after]];
  const rows = byId("changes-rows");
  keepSorted(() => rows.replaceChildren(...ids.map((id) => row(id, one, other))));
  byId("changes-box").hidden = ids.length === 0;
  const values = { before: one.name, after: other.name, n: number(ids.length), parts: movedSaid(ids, one, other), where: county === "" ? "" : told("in_county", { county: source.counties[county] }) };
  const form = before === after ? "changes_same" : ids.length === 0 ? "changes_none" : ids.length === 1 ? "changes_one" : "changes_many";
  byId("changes-text").textContent = told(form, values);
  const hosts = newHosts.filter(([a, b]) => inCounty(a) || inCounty(b)).map(([a, b]) => told("host_pair", { before: municipality(a).label, after: municipality(b).label }));
  byId("hosts-text").textContent = hosts.length ? told("new_hosts", { hosts: hosts.join("; ") }) : "";
  oneStop(must(rows.closest("table"), "the table"));
}

/** Who has changed office stands out; the others step back. @type {(before: number, after: number, on: boolean) => void} */
export function markChanges(before, after, on) {
  const { moved } = changesBetween(before, after);
  const some = on && moved.size > 0;
  for (const layer of areas()) {
    const part = municipality(layer.feature.id).host !== null;
    const path = must(layer.getElement(), "the shape");
    path.classList.toggle("moved", some && moved.has(layer.feature.id));
    path.classList.toggle("stayed", some && part && !moved.has(layer.feature.id));
  }
}

/** The office of a municipality in every option. @type {(member: Member, current: number, reference: number) => HTMLElement} */
export function optionsCard(member, current, reference) {
  const rows = options.map((option, i) => {
    const { name, way, size } = placeIn(option, member.id);
    return el("tr", i === current ? { "aria-current": "true" } : {},
      el("th", { scope: "row" }, el("span", { class: "count" }, String(i + 1)), " " + option.name),
      el("td", {}, name), el("td", { class: "num" }, size === 1 ? "\u2013" : minutes(way)), el("td", { class: "num" }, number(size)));
  });
  const heads = ["card_option", "card_office", "card_minutes", "card_members"].map((key, i) => el("th", { scope: "col", ...(i > 1 ? { class: "num" } : {}) }, told(key)));
  const box = el("div", { class: "in-options" }, el("h3", {}, told("card_heading")), el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows)));
  const { moved } = changesBetween(reference, current);
  if (moved.has(member.id)) box.append(el("p", { class: "small" }, told("card_moved", { before: options[reference].name })));
  return box;
}
