// The years in which shared offices start, and those after: all together, and each office with its members.
import { byId, el, find } from "../base/dom.js";
import { count, millions, number, said } from "../base/format.js";
import { cell, difference, fill, row } from "./cells.js";
import { counted } from "./ledger.js";
import { municipality, theKroner } from "../base/page.js";

const ORE = 100;

/** Money out, for which no more is done. @type {(year: YearlyMoney, more: number) => YearlyMoney} */
const andPaid = (year, more) => ({ ...year, cash: year.cash + more, cost: year.cost + more });

/** How much each member of an office bears of what starting it costs, and of its grant: as of the rest; null where that is not known.
 * @type {(account: Account) => (number | null)[]} */
function parts({ ids, office, paid }) {
  const there = theKroner().there.some((members) => String(members) === String(office.members)); // it does not start
  if (ids.length === 1 || there) return ids.map(() => 0);
  return ids.map((_, k) => (paid === null ? null : office.cost ? paid[k] / ORE / office.cost : 1 / ids.length));
}

/** Parts of the first years in words, and what an office that starts costs more in each of them: with the grant and without; and the years after. */
function spans() {
  const { prices } = theKroner();
  const given = prices.grant_kr ? prices.grant_years : 0;
  const ends = [...new Set([prices.start_kr ? prices.start_years : 0, given])].filter(Boolean).sort((a, b) => a - b);
  const found = ends.flatMap((end, k) => {
    const from = k ? ends[k - 1] + 1 : 1;
    const years = from === end ? number(from) : number(from) + "\u2013" + number(end);
    const one = (/** @type {string} */ name, /** @type {boolean} */ granted) => ({ said: said("penger.years_" + name, { years }), more: counted().added(from, granted) });
    return given ? [one("granted", true), one("plain", false)] : [one("first", false)];
  });
  return [...found, { said: said("penger.years_after"), more: 0 }];
}

/** The first years and those after; a county bears its part of each office. @type {(total: MemberStates, shown: Account[], county: string) => void} */
export function fillYears({ alone, shared: plain }, shown, county) {
  if (plain === null) return fill("years-table", []);
  const offices = shown.reduce((sum, account) => {
    const own = parts(account);
    if (county === "") return sum + (own.some((part) => part !== 0) ? 1 : 0);
    return sum + account.ids.reduce((some, id, k) => some + (municipality(id).county_number === county ? own[k] ?? 0 : 0), 0);
  }, 0);
  const rows = spans().map(({ said: heading, more }) => {
    const shared = andPaid(plain, more * offices);
    return row([heading], [cell(said("penger.shared"), shared, millions), difference(said("penger.like"), shared.cost - alone.cost, true)]);
  });
  return fill("years-table", [rows]);
}

/** @type {() => void} */
let draw = () => undefined;

/** Each office that starts, and its members, when a reader asks for them. @type {(shown: Account[], county: string) => void} */
export function drawStarts(shown, county) {
  draw = () => {
    const columns = spans();
    find("thead tr", byId("starts-table")).replaceChildren(el("th", { role: "columnheader", scope: "col" }, said("penger.who")),
      ...columns.map((one) => el("th", { role: "columnheader", scope: "col", class: "num" }, one.said)));
    fill("starts-table", shown.flatMap((account) => {
      const { host, ids, states, members } = account;
      const own = parts(account);
      if (own.every((part) => part === 0)) return [];
      const years = columns.map(({ said: label, more }) => {
        const whole = andPaid(states.shared, more);
        return { label, whole, of: members.map(({ shared }, k) => (shared === null ? null : andPaid(shared, more * (own[k] ?? NaN)))) };
      });
      const inside = ids.flatMap((id, k) => (county === "" || municipality(id).county_number === county ? [row([municipality(id).label], years.map(({ label, of }) => cell(label, of[k])))] : []));
      const office = said("penger.of_office", { host: municipality(host).label, members: count("municipalities", ids.length) });
      return [[row([office], years.map(({ label, whole }) => cell(label, whole)), { class: "county-sum" }), ...inside]];
    }));
  };
  if (/** @type {HTMLDetailsElement} */ (byId("starts")).open) draw();
}

/** Draw them when they are unfolded: there are more rows than most want to see. */
export function startStarts() {
  byId("starts").addEventListener("toggle", () => { if (/** @type {HTMLDetailsElement} */ (byId("starts")).open) draw(); });
}
