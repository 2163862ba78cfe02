// What the page carries, and what changes while it is open. The data are as maps.pages.data writes them.
import { must, mustGet } from "./must.js";

/** Rows of a table by the names in its head. @type {<Row>(table: Table<Row>) => Row[]} */
export const read = ({ names, rows }) => rows.map((row) => /** @type {any} */ (Object.fromEntries(names.map((name, i) => [name, row[i]]))));

/** Rows by their id. @type {<Row extends { id: string }>(rows: Row[]) => Map<string, Row>} */
export const keyed = (rows) => new Map(rows.map((row) => [row.id, row]));

/** @type {Source} */
export const source = JSON.parse(must(document.getElementById("plan-data"), "plan-data").textContent);

/** The offices of a plan by their hosts. @type {(table: Table<Office>) => Map<string, Office>} */
export const officesIn = (table) => keyed(read(table));

/** What can be tried, in a page of a plan that is whole. */
export const theTrial = () => must(source.trial, "the judge's data");

/** What kroner are counted from, in a page that counts them. */
export const theKroner = () => must(source.kroner, "what kroner are counted from");

/** @type {Parts | null} */
let drawn = null;

/** The map is there. @param {Parts} parts */
export function mapIs(parts) {
  drawn = parts;
}

/** @type {Page} */
export const page = {
  get layers() { return must(drawn, "the map"); },
  get map() { return page.layers.map; },
  members: keyed(read(source.members)),
  offices: officesIn(source.offices),
  extent: source.extent,
  trialOn: false,
  onChoice: [],
  onTrial: [],
  onPaper: [],
  numbers: null,
  inCard: { acts: [] },
};

/** The offices that somebody of a county belongs to, or all of them. @param {string} county */
export const officesWith = (county) => [...page.offices.values()]
  .filter((office) => county === "" || office.members.some((id) => municipality(id).county_number === county));

/** Those that two or more share, and those who stand alone. @type {(offices: Office[]) => [shared: Office[], alone: Office[]]} */
export const apart = (offices) => [offices.filter((office) => office.members.length > 1), offices.filter((office) => office.members.length === 1)];

/** The row of a municipality. @type {(id: string) => Member} */
export const municipality = (id) => mustGet(page.members, id);
