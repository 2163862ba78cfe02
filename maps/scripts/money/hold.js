// Below Hvem betaler: which grant holds what is shown, and who would pay less in an office of their own by the key that is chosen.
import { byId, el, find } from "../base/dom.js";
import { kroner, number, said, signed } from "../base/format.js";
import { theJudge } from "../trial/judging.js";
import { changes, togetherOf } from "./both.js";
import { linesNote } from "./cells.js";
import { counted } from "./ledger.js";
import { mustGet } from "../base/must.js";
import { municipality, page } from "../base/page.js";

const ORE = 100;
const SHOWN = 10;

/** Kroner a year that hold some offices, at least and enough. @type {(all: Account[]) => Ends} */
export const grantFor = (all) => counted().holdingGrant(all.map(({ office }) => office));

/** @param {Account[]} all */
function grantSaid(all) {
  const grant = grantFor(all);
  if (grant[1] === 0) return said(page.trialOn ? "penger.grant_none_trial" : "kroner.grant_none");
  const [least, n] = grant.map((kr) => kroner(Math.ceil(kr))); // rounded to the nearest it would not hold
  return said(page.trialOn ? "penger.grant_trial" : least === n ? "kroner.grant" : "kroner.grant_between", { n, least });
}

/** Which grant holds what is shown, and who would pay less elsewhere: of a county the groups with a member there.
 * @type {(all: Account[], county: string) => void} */
export function drawHold(all, county) {
  if (counted().data.possible === null) return;
  const { ids } = theJudge();
  byId("hold-grant").textContent = grantSaid(all);
  const known = all.every(({ paid }) => paid !== null);
  const paid = new Map(all.flatMap((one) => one.ids.map((id, k) => /** @type {[string, number]} */ ([id, one.paid?.[k] ?? 0]))));
  const states = new Map(all.flatMap((one) => one.ids.map((id, k) => /** @type {[string, YearlyMoney | null]} */ ([id, one.members[k].shared]))));
  const inside = (/** @type {Position[]} */ members) => county === "" || members.some((i) => municipality(ids[i]).county_number === county);
  const found = known ? counted().better(ids.map((id) => mustGet(paid, id))).filter(({ members }) => inside(members)) : [];
  byId("hold-better").textContent = !known ? said("penger.better_unknown") : said(found.length ? "penger.better" : "penger.better_none", { n: number(found.length), shown: number(Math.min(SHOWN, found.length)) });
  const table = byId("better-table");
  table.hidden = found.length === 0;
  find("tbody", table).replaceChildren(...found.slice(0, SHOWN).map(({ members, gain, cost }) => {
    const after = counted().byThemselves(members, cost);
    const before = togetherOf(members.map((i) => mustGet(states, ids[i])));
    const lines = counted().linesTurned({ alone: before, shared: after });
    const more = { ...changes(before, after), each: said("kroner.kr", { n: signed(-gain / ORE / members.length, 0) }) };
    return el("tr", { role: "row" }, el("th", { role: "rowheader", scope: "row" }, ...members.flatMap((i, k) => [...(k ? [", "] : []), el("button", { type: "button", "data-select": ids[i] }, municipality(ids[i]).label)]),
      members.length === 1 ? el("span", { class: "members" }, said("penger.by_itself")) : null),
    ...(/** @type {const} */ (["cash", "undone", "cost", "each"])).map((name) => el("td", { role: "cell", class: "num", "data-label": said("penger.better_" + name) }, more[name], name === "cost" && lines !== null ? linesNote(lines) : null)));
  }));
}
