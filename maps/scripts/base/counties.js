// Of many counties each is one line with its sums, and opens where it is pressed; a single county and paper show all.
import { goesAlong } from "./arrangement.js";
import { el, find, findAll, noted, onClick, seek } from "./dom.js";
import { count, number, said } from "./format.js";
import { municipality, page } from "./page.js";

const MANY = 5; // counties: fewer are in view at once
const GROUPS = "table[data-folds] > tbody[data-group]";

/** Those that were opened, by the number of their table and their name. @type {Set<string>} */
const opened = new Set();

/** @param {HTMLElement} group */
function key(group) {
  const table = findAll("table[data-folds]").findIndex((one) => one.contains(group));
  return table + noted(find("tr.county th", group), "name");
}

/** @param {HTMLElement} group */
function show(group) {
  const open = opened.has(key(group));
  group.classList.toggle("shut", !open);
  find("tr.county button", group).setAttribute("aria-expanded", String(open));
}

/** What stands beside the name. @param {HTMLElement} group */
function sums(group) {
  const offices = findAll("tr[data-office]", group).flatMap((row) => page.offices.get(noted(row, "office")) ?? []);
  const away = offices.flatMap((office) => office.members.filter((id) => id !== office.id).map((id) => municipality(id).minutes ?? NaN));
  if (!away.length) return count("municipalities", offices.length);
  return said("offices.county_sums", {
    offices: count("offices", offices.length), members: count("municipalities", away.length + offices.length),
    mean: number(away.reduce((total, one) => total + one, 0) / away.length), longest: number(Math.max(...away)),
  });
}

/** Fold the counties of each table that has many; those just written are folded as those before them were. */
export function foldCounties() {
  for (const table of findAll("table[data-folds]")) {
    const groups = findAll("tbody[data-group]", table);
    if (groups.length < MANY) continue;
    for (const group of groups) {
      const head = find("tr.county th", group);
      if (seek("button", head) === null) {
        head.dataset.name = head.textContent.trim();
        head.replaceChildren(el("button", { type: "button", class: "fold" }, head.dataset.name, " ", el("span", { class: "sums" }, sums(group))));
      }
      show(group);
    }
  }
}

/** Open the county that a row stands in. @param {HTMLElement} row */
export function openCounty(row) {
  const group = /** @type {HTMLElement | null} */ (row.closest(GROUPS));
  if (group === null || seek("button.fold", group) === null) return;
  opened.add(key(group));
  show(group);
}

/** Let counties open and shut, and be as they were when the page is loaded again. */
export function startCounties() {
  foldCounties();
  onClick("button.fold", (button) => {
    const group = /** @type {HTMLElement} */ (button.closest("tbody"));
    if (!opened.delete(key(group))) opened.add(key(group));
    show(group);
  });
  goesAlong("counties", () => [...opened], (kept) => {
    for (const one of kept) opened.add(one);
    foldCounties();
  });
}
