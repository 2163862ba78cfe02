// Tables by any of their columns: each header is a button, and the third press brings the order of the page back.
import { goesAlong } from "./arrangement.js";
import { el, findAll, seek } from "./dom.js";
import { text } from "./format.js";
import { must, mustGet } from "./must.js";
import { source } from "./page.js";

/** @param {HTMLTableElement} table */
const headsOf = (table) => must(table.tHead, "the head").rows[0].cells;
const compare = new Intl.Collator("nb", { numeric: true }).compare;
const { between, point } = source.number;
/** Column and direction of tables that are sorted. @type {Map<HTMLTableElement, Order>} */
const orders = new Map();
/** Of these the rows in the order of the page, each with the body it belongs to. @type {Map<HTMLTableElement, [Row[], HTMLElement][]>} */
const homes = new Map();

/** The last number of a text: of "36 / 59" the longest journey; null where there is none. @param {string} written */
export function figure(written) {
  const plain = written.replaceAll(between, "").replaceAll(point, ".").replaceAll("\u2212", "-");
  const numbers = plain.match(/-?\d+(\.\d+)?/g);
  return numbers === null ? null : Number(numbers.at(-1)) - (plain.includes("<") ? 1e-9 : 0);
}

/** @param {HTMLElement} cell */
const name = (cell) => (seek("button", cell) || cell).textContent;

/** What is no number comes last in either direction. @type {(order: Order) => (one: [Row, ...Row[]], other: [Row, ...Row[]]) => number} */
function by({ column, numeric, falling }) {
  const sign = falling ? -1 : 1;
  return ([a], [b]) => {
    if (!numeric) return sign * compare(name(a.cells[column]), name(b.cells[column]));
    const [x, y] = [figure(a.cells[column].textContent), figure(b.cells[column].textContent)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  };
}

/** Rows, each with what is opened below it. @param {HTMLTableElement} table */
function units(table) {
  /** @type {[Row, ...Row[]][]} */
  const found = [];
  for (const row of /** @type {Row[]} */ (findAll("tbody tr:not(.county)", table))) {
    if (row.matches(".editor")) found.at(-1)?.push(row);
    else found.push([row]);
  }
  return found;
}

/** Hide a county without a row that is shown, or whose rows have been sorted away. @param {Element} table */
export function hideGroups(table) {
  for (const group of findAll("tbody[data-group]", table)) group.hidden = !seek("tr:not(.county):not([hidden])", group);
}

/** @param {HTMLTableElement} table */
function sort(table) {
  const order = mustGet(orders, table);
  const rows = units(table);
  homes.set(table, rows.map((unit) => [unit, must(unit[0].parentElement, "the body")]));
  const body = el("tbody", { class: "sorted", role: "rowgroup" });
  body.append(...[...rows].sort(by(order)).flat());
  table.append(body);
  hideGroups(table);
}

/** @param {HTMLTableElement} table */
function unsort(table) {
  const opened = new Map(units(table).map((unit) => [unit[0], unit]));
  for (const [[row], home] of homes.get(table) || []) home.append(...mustGet(opened, row));
  homes.delete(table);
  seek("tbody.sorted", table)?.remove();
  hideGroups(table);
}

/** Whatever rewrites rows finds them where the page had them. @param {() => void} change */
export function keepSorted(change) {
  for (const table of orders.keys()) unsort(table);
  change();
  for (const table of orders.keys()) sort(table);
}

/** @type {(table: HTMLTableElement, head: HTMLElement, column: number) => void} */
function press(table, head, column) {
  const numeric = head.classList.contains("num");
  const before = orders.get(table);
  const same = before !== undefined && before.column === column;
  if (before !== undefined) unsort(table);
  for (const other of headsOf(table)) other.removeAttribute("aria-sort");
  if (same && before.falling !== numeric) orders.delete(table);
  else put(table, { column, numeric, falling: same ? !before.falling : numeric });
}

/** @type {(table: HTMLTableElement, order: Order) => void} */
function put(table, order) {
  orders.set(table, order);
  headsOf(table)[order.column].setAttribute("aria-sort", order.falling ? "descending" : "ascending");
  sort(table);
}

const sortable = () => /** @type {HTMLTableElement[]} */ (findAll("table[data-sortable]"));
const details = () => /** @type {HTMLDetailsElement[]} */ (findAll("main details"));

goesAlong("orders",
  () => sortable().map((table) => orders.get(table) || null),
  (kept) => sortable().forEach((table, k) => { if (kept[k]) put(table, kept[k]); }));
goesAlong("opened",
  () => details().map((one) => one.open),
  (kept) => details().forEach((one, k) => { one.open = Boolean(kept[k]); }));

/** Make a button of each header. */
export function startSorting() {
  for (const table of sortable()) {
    [...headsOf(table)].forEach((head, column) => {
      const [title, ...unit] = head.childNodes;
      const arrow = el("span", { class: "arrow", "aria-hidden": "true" });
      const button = el("button", { type: "button", class: "sort", title: text("sort") }, title, arrow, ...unit);
      head.append(button);
      button.addEventListener("click", () => press(table, head, column));
    });
  }
}
