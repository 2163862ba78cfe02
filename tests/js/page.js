// The scripts of a page without a browser: they run in the order given, with no more of a document than they need.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const FOLDER = new URL("../../maps/scripts/", import.meta.url);
const SOURCE = { members: {}, offices: {}, texts: {}, number: { between: "\u202f", point: "," }, counties: {}, ranges: { low: 0.8, high: 1.2, most: 90, least: 3 } };

export function page(scripts, { source = {}, hash = "" } = {}) {
  const notes = [];
  const location = { hash, href: "file:///plan.html" + hash };
  const element = { append: (...parts) => notes.push(...parts.map((part) => part.words ?? part)) };
  const document = {
    getElementById: (id) => ({ "plan-data": { textContent: JSON.stringify({ ...SOURCE, ...source }) }, "address-note": element })[id] ?? null,
    createElement: () => ({ setAttribute() {}, append(...parts) { this.words = parts.join(""); } }),
  };
  const history = { replaceState: (_state, _title, address) => { location.href = address; } };
  const window = { matchMedia: () => ({ matches: false }) };
  const context = vm.createContext({ document, location, history, window, atob, queueMicrotask });
  for (const name of scripts) vm.runInContext(readFileSync(new URL(name, FOLDER), "utf-8"), context, { filename: name });
  return { pk: vm.runInContext("plankontor", context), location, notes };
}

// What one realm made, as the other compares it.
export const plain = (value) => JSON.parse(JSON.stringify(value));
