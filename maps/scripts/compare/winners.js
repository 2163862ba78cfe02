// Who wins and who loses between two of the options: by minutes, planners, disciplines or kroner, by county and one by one, as a
// list and as colours of the map.
import { byId, el, field, onClick } from "../base/dom.js";
import { number, rounded, said, signed } from "../base/format.js";
import { oneStop } from "../base/keys.js";
import { must, mustGet } from "../base/must.js";
import { municipality, source } from "../base/page.js";
import { options } from "../differences.js";
import { colourBy } from "../map/shades.js";

const ENDS = 10; // municipalities that are shown at each end of the ranking
/** @type {(key: string, values?: Values) => string} */
const spoken = (key, values) => said("winners." + key, values);

/** @type {(option: Option, id: string) => Office} */
const officeIn = (option, id) => mustGet(option.offices, must(mustGet(option.members, id).host, "the host"));

/** By what somebody wins or loses: the figure of a municipality in an option, its decimals, and 1 where more is better.
 * @type {Record<string, { of: (option: Option, id: string) => number, decimals: number, sign: 1 | -1 }>} */
const FIGURES = {
  fewer_minutes: { of: (option, id) => officeIn(option, id).members.length > 1 ? mustGet(option.members, id).minutes ?? NaN : 0, decimals: 0, sign: -1 },
  more_fte: { of: (option, id) => officeIn(option, id).planner_fte, decimals: 1, sign: 1 },
  more_disciplines: { of: (option, id) => option.lacks[id] ?? NaN, decimals: 0, sign: -1 },
  fewer_kroner: { of: (option, id) => option.bears[id] / municipality(id).population, decimals: 0, sign: -1 },
};
const known = Object.keys(FIGURES).filter((name) => name === "fewer_minutes" || name === "more_fte"
  || options.filter(({ lacks, bears }) => Object.keys(name === "fewer_kroner" ? bears : lacks).length > 0).length > 1);

/** How much better it is for somebody in the one than in the other, as it is written. @type {(name: string, id: string, before: Option, after: Option) => number} */
function better(name, id, before, after) {
  const { of, decimals, sign } = FIGURES[name];
  return sign * rounded(of(after, id) - of(before, id), decimals);
}

let before = 0;
let after = 0;
let county = "";
let whole = false;

/** What the map may be coloured by. @type {() => Record<string, () => Map<string, number>>} */
export const winnerShades = () => Object.fromEntries(known.map((name) => [name, () => before === after ? new Map()
  : new Map([...options[after].members.keys()].map((id) => [id, better(name, id, options[before], options[after])]))]));

/** The new value, and the change. @type {(name: string, id: string) => HTMLElement} */
function cell(name, id) {
  const { of, decimals } = FIGURES[name];
  const [old, now] = [of(options[before], id), of(options[after], id)];
  const change = rounded(now - old, decimals);
  const good = better(name, id, options[before], options[after]);
  const kind = good > 0 ? "wins" : good < 0 ? "loses" : "";
  return el("td", { role: "cell", class: "num", "data-label": spoken("head_" + name) }, number(now, decimals),
    change ? el("span", { class: "change " + kind }, ` (${signed(change, decimals)})`) : null);
}

/** @type {(id: string, rank: number) => HTMLElement} */
const row = (id, rank) => el("tr", { role: "row" },
  el("td", { role: "cell", class: "num", "data-label": spoken("rank") }, number(rank)),
  el("th", { role: "rowheader", scope: "row" }, el("button", { type: "button", "data-select": id }, municipality(id).label)),
  el("td", { role: "cell", "data-label": spoken("county") }, municipality(id).county), ...known.map((name) => cell(name, id)));

/** Each county with its mean change, the worst first. @type {(name: string, ids: string[]) => HTMLElement[]} */
function counties(name, ids) {
  const groups = Object.entries(source.counties).map(([key, label]) => ({ label, some: ids.filter((id) => municipality(id).county_number === key).map((id) => better(name, id, options[before], options[after])) }));
  const rows = groups.filter(({ some }) => some.length).map(({ label, some }) => ({ label, some, mean: some.reduce((a, b) => a + b, 0) / some.length }));
  return rows.sort((a, b) => a.mean - b.mean).map(({ label, some, mean }) => el("tr", { role: "row" },
    el("th", { role: "rowheader", scope: "row" }, label),
    ...[some.filter((one) => one < 0), some.filter((one) => one === 0), some.filter((one) => one > 0)].map((part) => el("td", { role: "cell", class: "num" }, number(part.length))),
    el("td", { role: "cell", class: "num" }, signed(FIGURES[name].sign * mean, 1))));
}

function draw() {
  const name = field("winner-figure").value;
  const all = [...options[after].members.keys()].filter((id) => county === "" || municipality(id).county_number === county);
  const change = new Map(all.map((id) => [id, better(name, id, options[before], options[after])]));
  const ids = all.filter((id) => Number.isFinite(change.get(id)));
  byId("winners-box").hidden = before === after;
  if (before === after) { byId("winners-text").textContent = spoken("none"); return; }
  const of = (/** @type {(change: number) => boolean} */ wanted) => number(ids.filter((id) => wanted(mustGet(change, id))).length);
  byId("winners-text").textContent = spoken("sum", {
    figure: spoken("figure_" + name), losing: of((one) => one < 0), winning: of((one) => one > 0), same: of((one) => one === 0),
    where: county === "" ? "" : said("compare.in_county", { county: source.counties[county] }),
  }) + (ids.length < all.length ? " " + spoken("unknown", { n: number(all.length - ids.length) }) : "");
  const order = new Intl.Collator("nb").compare;
  ids.sort((a, b) => mustGet(change, a) - mustGet(change, b) || order(municipality(a).label, municipality(b).label));
  byId("winners-counties").replaceChildren(...counties(name, ids));
  const cut = !whole && ids.length > 2 * ENDS + 1;
  const rows = ids.map((id, k) => cut && k >= ENDS && k < ids.length - ENDS ? null : row(id, k + 1));
  const gap = el("tr", { role: "row", class: "between" }, el("td", { role: "cell", colspan: String(known.length + 3) }, spoken("between", { n: number(ids.length - 2 * ENDS) })));
  if (cut) rows.splice(ENDS, 0, gap);
  byId("winners-rows").replaceChildren(...rows.filter((one) => one !== null));
  const button = byId("winners-all");
  button.hidden = ids.length <= 2 * ENDS + 1;
  button.setAttribute("aria-expanded", String(whole));
  button.textContent = whole ? spoken("few", { n: number(ENDS) }) : spoken("all", { n: number(ids.length) });
  oneStop(must(byId("winners-rows").closest("table"), "the table"));
}

/** Between these two, of one county if one is chosen. @type {(reference: number, current: number, chosen: string) => void} */
export function drawWinners(reference, current, chosen) {
  [before, after, county] = [reference, current, chosen];
  draw();
}

/** Let a reader choose by what, and colour the map by it. */
export function startWinners() {
  field("winner-figure").addEventListener("change", draw);
  onClick("#winners-all", () => { whole = !whole; draw(); });
  onClick("#winners-map", () => colourBy(field("winner-figure").value));
}
