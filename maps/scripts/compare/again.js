// The same prices judge all options again as they change: what each comes to, in which order, and which is the best that keeps the rules.
import { notFound } from "../base/address.js";
import { byId, el, field, find, findAll, rewrite, seek } from "../base/dom.js";
import { number, said, signed } from "../base/format.js";
import { must } from "../base/must.js";
import { source } from "../base/page.js";
import { parse, readPrices, startPrices, tellMeanings, writePrices, wrongPrice } from "../solver/prices.js";

const { prices: own, keeping } = source;
const names = Object.keys(own);
const OF_THE_SCENARIO = ["above_bound", "status", "gap"]; // what a solver said of the plans at the scenario's prices
const DECIMALS = 1;
/** @type {(key: string, values?: Values) => string} */
const told = (key, values) => said("compare." + key, values);

/** What an option comes to, minutes: each term, and all. @type {(terms: Record<string, number | null>, weights: Record<string, number>) => { parts: Record<string, number>, sum: number }} */
export function judgedAt(terms, weights) {
  const parts = Object.fromEntries(Object.entries(terms).map(([name, value]) => [name, weights[name] ? weights[name] * (value ?? Infinity) : 0]));
  return { parts, sum: Object.values(parts).reduce((total, part) => total + part, 0) };
}

/** The positions of some options, the least burden first; those that break a rule after the others. @type {(sums: number[], keep: number[]) => number[]} */
export const ordered = (sums, keep) => sums.map((_, i) => i).sort((a, b) => Number(keep.includes(b)) - Number(keep.includes(a)) || sums[a] - sums[b] || a - b);

/** Cells of the table as the page was written. @type {Map<HTMLElement, { value: string, nodes: ChildNode[], best: boolean }>} */
const written = new Map();

/** @param {HTMLElement} cell */
function keepWritten(cell) {
  if (!written.has(cell)) written.set(cell, { value: cell.dataset.value ?? "", nodes: [...cell.childNodes], best: cell.classList.contains("best") });
  return must(written.get(cell), "the cell");
}

/** Another figure in each cell of a row; null brings back what the page was written with. @type {(name: string, values: number[] | null, marks?: boolean) => void} */
function putRow(name, values, marks = true) {
  const row = seek(`tr[data-row="${name}"]`);
  if (row === null) return;
  const legal = keeping.map((i) => values?.[i] ?? NaN).filter(Number.isFinite);
  const least = number(Math.min(...legal), DECIMALS);
  const marked = marks && legal.length > 1 && legal.some((value) => number(value, DECIMALS) !== least);
  findAll("td", row).forEach((cell, i) => {
    const first = keepWritten(cell);
    const value = values === null ? NaN : values[i];
    const best = values === null ? first.best : marked && keeping.includes(i) && number(value, DECIMALS) === least;
    cell.dataset.value = values === null ? first.value : Number.isFinite(value) ? String(value) : "";
    cell.classList.toggle("best", best);
    if (values === null) cell.replaceChildren(...first.nodes);
    else cell.replaceChildren(el("span", { class: "value" }, number(value, DECIMALS)), best ? el("small", { class: "first" }, told("best")) : "", el("small", { class: "change" }));
  });
}

/** @param {number} i */
const nameOf = (i) => source.options[i].name;

/** @type {(sums: number[], order: number[], show: (i: number) => void) => void} */
function drawOrder(sums, order, show) {
  const most = Math.max(...sums.filter(Number.isFinite));
  const least = sums[order[0]];
  byId("again-order").replaceChildren(...order.map((i) => {
    const name = el("button", { type: "button", class: "quiet-button" }, nameOf(i));
    name.addEventListener("click", () => show(i));
    const bar = el("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = Number.isFinite(sums[i]) ? `${100 * sums[i] / (most || 1)}%` : "0";
    const more = i === order[0] || !Number.isFinite(sums[i]) ? "" : ` (${signed(sums[i] - least)})`;
    return el("li", null, name, " ", el("span", { class: "num" }, told("again_minutes", { n: number(sums[i], DECIMALS) }) + more),
      keeping.includes(i) ? null : el("small", { class: "breaks" }, " " + told("breaks")), el("span", { class: "track" }, bar));
  }));
}

/** @type {(weights: Record<string, number>, show: (i: number) => void) => void} */
function draw(weights, show) {
  const changed = names.some((name) => weights[name] !== own[name]);
  const found = source.options.map(({ terms }) => judgedAt(terms, weights));
  const sums = found.map(({ sum }) => sum);
  const order = ordered(sums, keeping);
  const least = Math.min(...sums);
  putRow("objective", changed ? sums : null);
  putRow("above_lowest", changed ? sums.map((sum) => sum - least) : null, false);
  for (const name of names) putRow("burden_" + name, changed ? found.map(({ parts }) => parts[name]) : null);
  for (const name of OF_THE_SCENARIO) putRow(name, changed ? sums.map(() => NaN) : null, false);
  const values = { name: nameOf(order[0]), burden: number(sums[order[0]], DECIMALS) };
  const words = !changed ? told("again_as") : keeping.length ? told("again_best", values) : told("again_none", values);
  byId("again-told").textContent = words;
  rewrite(byId("sentence"), changed ? words : null);
  const note = seek("#chart-prices");
  if (note !== null) note.hidden = !changed;
  drawOrder(sums, order, show);
}

/** What the address asks for; the prices of the scenario where it is no price. @param {string} asked */
function fromAddress(asked) {
  const pairs = asked.split(",").filter(Boolean).map((pair) => pair.split(":"));
  const wrong = pairs.find(([name, value]) => !Object.hasOwn(own, name) || wrongPrice(parse(value ?? "")));
  if (wrong) notFound("no_price", wrong.join(":"));
  return wrong ? own : { ...own, ...Object.fromEntries(pairs.map(([name, value]) => [name, parse(value)])) };
}

/** Let a reader set prices. What is returned is what the address keeps of them.
 * @type {(settings: Settings, changed: () => void, show: (i: number) => void) => () => string} */
export function startAgain(settings, changed, show) {
  let weights = fromAddress(settings.get("pris") ?? "");
  const put = (/** @type {Record<string, number>} */ next) => {
    weights = next;
    draw(weights, show);
    changed();
  };
  const read = () => {
    tellMeanings(names);
    const now = readPrices(names);
    if (names.every((name) => !wrongPrice(now[name]))) put(now);
  };
  writePrices(names, weights);
  startPrices(names);
  for (const name of names) {
    field("price-" + name).addEventListener("input", read);
    find(`[data-slides="price-${name}"]`).addEventListener("input", read);
  }
  byId("again-reset").addEventListener("click", () => { writePrices(names, own); put(own); });
  draw(weights, show);
  return () => names.filter((name) => weights[name] !== own[name]).map((name) => `${name}:${weights[name]}`).join();
}
