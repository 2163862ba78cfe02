// A page without a browser: what the scripts ask of a document when they are loaded, and no more. Each test file has its own.
const SOURCE = {
  members: { names: ["id"], rows: [] }, offices: { names: ["id"], rows: [] }, today: { offices: { names: [], rows: [] }, councils: [], council_of: {} }, firm: null,
  ways: { names: [], of: { names: ["id"], rows: [] } },
  texts: {}, number: { between: "\u202f", point: "," }, counties: {}, shades: {}, ranges: { low: 0.8, high: 1.2, most: 90, least: 3 }, minutes_estimated: 1,
};

/** Rows as objects become a table, as maps.pages.data.table writes it. */
export const table = (rows) => ({ names: Object.keys(rows[0]), rows: rows.map(Object.values) });

export const notes = [];

/** Open a page with these data; then its modules can be loaded. */
export function open(source = {}, hash = "") {
  const note = { append: (...parts) => notes.push(...parts.map((part) => part.words ?? part)) };
  const elements = { "plan-data": { textContent: JSON.stringify({ ...SOURCE, ...source }) }, "address-note": note };
  globalThis.document = {
    querySelector: () => null,
    getElementById: (id) => elements[id] ?? null,
    createElement: () => ({ setAttribute() {}, append(...parts) { this.words = parts.join(""); } }),
  };
  globalThis.window = { matchMedia: () => ({ matches: false }) };
  globalThis.location = { hash, href: "file:///plan.html" + hash };
  globalThis.history = { replaceState: (_state, _title, address) => { globalThis.location.href = address; } };
}

/** A module of the page; with another mark it is loaded once more. */
export const load = (name, mark = "") => import(`../../maps/scripts/${name}.js${mark && "?" + mark}`);
