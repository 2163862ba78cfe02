// Find a municipality by any of its names; marks on letters, case and the order of words do not matter.
import { belongs, spoken } from "./cards.js";
import { byId, el, field, find, reveal } from "../base/dom.js";
import { number, text } from "../base/format.js";
import { page } from "../base/page.js";
import { select } from "./select.js";

const SHOWN = 8;
// Letters from which on one slip, and two, are forgiven where nobody has such a name.
const [SHORT, LONG] = [4, 7];
/** @type {Record<string, string>} */
const PLAIN = { æ: "ae", ä: "ae", ø: "o", ö: "o", đ: "d", ŋ: "n", ŧ: "t", ß: "ss" };

/** "Kåfjord", "Kafjord" and "KAAFJORD" become the same; so do "Bodø", "Bodo" and "Bodoe". @param {string} name */
export function fold(name) {
  const low = name.toLowerCase().replace(/[æäøöđŋŧß]/g, (letter) => PLAIN[letter]);
  const bare = low.normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  return bare.replace(/aa/g, "a").replace(/oe/g, "o");
}

/** How well one of its names fits; the lower the better. @type {(keys: string[], query: string) => number} */
function rank(keys, query) {
  let best = Infinity;
  keys.forEach((key, i) => {
    const at = key === query ? 0 : key.startsWith(query) ? 1 : (" " + key).includes(" " + query) ? 2 : key.includes(query) ? 3 : 9;
    if (at < 9) best = Math.min(best, at * 10 + Math.min(i, 9));
  });
  return best;
}

/** How many letters are wrong, missing, too many or changed about, in the beginning of a name. @type {(key: string, query: string) => number} */
export function slips(key, query) {
  const rows = [[...Array(key.length + 1).keys()]];
  for (let i = 1; i <= query.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= key.length; j++) {
      const same = query[i - 1] === key[j - 1];
      let least = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && query[i - 1] === key[j - 2] && query[i - 2] === key[j - 1]) least = Math.min(least, rows[i - 2][j - 2] + 1);
      rows[i].push(least);
    }
  }
  return Math.min(...rows[query.length].slice(-3)); // the last letters of the name may not be written yet
}

/**
 * Whom a query may mean, the best first; nobody for an empty one.
 * @type {(members: Iterable<Member>) => (written: string) => Member[]}
 */
export function finder(members) {
  const entries = [...members].map((member) => ({ member, keys: [member.label, member.id, member.name, ...member.aliases].map(fold) }));
  return (written) => {
    const query = fold(written);
    /** @type {(rate: (keys: string[]) => number, most: number) => Member[]} */
    const best = (rate, most) => entries.map(({ member, keys }) => ({ member, rank: rate(keys) }))
      .filter((hit) => hit.rank <= most)
      .sort((a, b) => a.rank - b.rank || b.member.population - a.member.population)
      .map((hit) => hit.member);
    if (query === "") return [];
    const found = best((keys) => rank(keys, query), Number.MAX_VALUE);
    const few = query.length < SHORT ? 0 : query.length < LONG ? 1 : 2;
    return found.length || !few ? found : best((keys) => Math.min(...keys.map((key) => slips(key, query))), few);
  };
}

/** Let the field above the map find municipalities. */
export function startSearch() {
  const input = field("search");
  const list = byId("search-list");
  const status = byId("search-status");
  const matches = finder(page.members.values());
  /** @type {Member[]} */
  let found = [];
  let active = -1;

  function search() {
    found = matches(input.value);
    active = found.length ? 0 : -1;
    draw();
  }

  function draw() {
    const query = input.value.trim();
    list.replaceChildren(...found.slice(0, SHOWN).map(option));
    if (query !== "" && !found.length) list.append(el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, text("none")));
    show(query !== "");
    status.textContent = query === "" ? "" : found.length === 0 ? text("none") : found.length === 1 ? text("found_one") : text("found_many", { n: number(found.length) });
  }

  /** @type {(member: Member, i: number) => HTMLElement} */
  function option(member, i) {
    const item = el("li", { role: "option", id: "search-" + i, "aria-selected": String(i === active) }, member.label);
    const more = [member.name === member.label ? null : member.name, member.county, belongs(member)];
    item.append(el("small", null, more.filter(Boolean).join(" · ")));
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(i));
    return item;
  }

  /** @param {boolean} open */
  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (open && active >= 0) input.setAttribute("aria-activedescendant", "search-" + active);
    else input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} step */
  function move(step) {
    const count = Math.min(found.length, SHOWN);
    if (!count) return;
    active = (active + step + count) % count;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
    show(true);
  }

  /** @param {number} i */
  function choose(i) {
    const member = found[i];
    if (!member) return;
    input.value = member.label;
    found = [member];
    show(false);
    reveal(find(".map-frame"), "nearest");
    select(member.id, { zoom: true });
    status.textContent = spoken(member);
  }

  input.addEventListener("input", search);
  input.addEventListener("focus", () => { if (input.value !== "") input.select(); });
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") choose(active);
    else if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "Escape") { input.value = ""; search(); return; }
    else return;
    event.preventDefault();
  });
}
