// Cells and rows of the tables of kroner: money out and work left undone, never one without the other.
import { byId, el, findAll } from "../base/dom.js";
import { isTooFew, kroner, millions, number, said, signed } from "../base/format.js";

/** Planners employed, work bought and work left undone. @param {YearlyMoney} year */
const small = (year) => Object.entries({ posts: year.posts, bought: year.bought, undone: year.undone }).map(([name, fte]) => el("small", null, said("penger." + name, { n: number(fte, 2) })));

/** Money out above, whom it pays and work left undone below, never one without the other. @type {(label: string, year: YearlyMoney | null, write?: (value: number) => string) => HTMLElement} */
export function cell(label, year, write = kroner) {
  const shown = year === null ? [said("penger.unknown_share")] : [write(year.cash), ...small(year)];
  return el("td", { role: "cell", class: "num", "data-label": label }, ...shown);
}

/** Like for like, what sharing is more than each alone. @type {(label: string, more: number | null, million?: boolean) => HTMLElement} */
export function difference(label, more, million = false) {
  const large = million && !isTooFew(more ?? 0);
  const shown = more === null ? "\u2013" : said(large ? "kroner.millions" : "kroner.kr", { n: signed(more / (large ? 1e6 : 1), large ? 1 : 0) });
  return el("td", { role: "cell", class: more !== null && more >= 0.5 ? "num more" : "num", "data-label": label }, shown);
}

/** What two lines say that is the opposite of like for like. @param {number} lines */
export const linesNote = (lines) => el("small", { class: "turned" }, said("kroner.lines", { n: said("kroner.kr", { n: signed(lines, 0) }) }));

/** The three states and like for like. @type {(states: MemberStates, write?: (value: number) => string) => HTMLElement[]} */
export const stateCells = (states, write = kroner) => [
  ...(/** @type {const} */ (["today", "alone", "shared"])).map((state) => cell(said("penger." + state), states[state], write)),
  difference(said("penger.like"), states.shared === null || states.shared.cost === states.alone.cost ? null : states.shared.cost - states.alone.cost, write === millions),
];

/** @type {(heading: Content[], cells: HTMLElement[], attributes?: Record<string, string>) => HTMLElement} */
export const row = (heading, cells, attributes = {}) => el("tr", { role: "row", ...attributes }, el("th", { role: "rowheader", scope: "row" }, ...heading), ...cells);

/** @type {(table: string, groups: HTMLElement[][]) => void} */
export function fill(table, groups) {
  for (const body of findAll("tbody", byId(table))) body.remove();
  byId(table).append(...groups.filter((rows) => rows.length).map((rows) => el("tbody", { role: "rowgroup" }, ...rows)));
}
