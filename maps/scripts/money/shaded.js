// What the map of the report may be coloured by beside what every plan has, for the grouping that is shown and the key that is chosen.
import { theJudge } from "../trial/judging.js";
import { accounts } from "./ledger.js";
import { municipality, page, source } from "../base/page.js";

/** What each member of a shared office gains a head, kroner; of all the least if the worst-off member is asked for. @param {boolean} worst */
function gains(worst) {
  return new Map(accounts().filter(({ ids, paid }) => ids.length > 1 && paid !== null).flatMap(({ ids, members }) => {
    const each = ids.map((id, k) => (members[k].alone.cost - (members[k].shared?.cost ?? NaN)) / municipality(id).population);
    return ids.map((id, k) => /** @type {[string, number]} */ ([id, worst ? Math.min(...each) : each[k]]));
  }));
}

/** How many disciplines each needs and its office does not cover. */
function disciplines() {
  const judge = theJudge();
  const at = new Map(judge.ids.map((id, i) => [id, i]));
  return new Map([...page.offices.values()].flatMap(({ members }) => {
    const lacked = judge.lacked(members.flatMap((id) => at.get(id) ?? []).sort((a, b) => a - b));
    return members.map((id) => /** @type {[string, number]} */ ([id, lacked.filter((needing) => needing.includes(at.get(id) ?? -1)).length]));
  }));
}

/** Figures of the report. @type {() => Record<string, () => Map<string, number>>} */
export const reportShades = () => ({
  ...(source.kroner ? { gain: () => gains(false), worst: () => gains(true) } : {}),
  ...(source.trial && theJudge().data.disciplines ? { disciplines } : {}),
});
