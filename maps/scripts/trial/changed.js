// The rows of what changes from the plan to another grouping.
import { asWritten, byId, el, find } from "../base/dom.js";
import { number, signed } from "../base/format.js";
import { kronerChanges } from "../money/money.js";

/** What becomes of kroner, and of disciplines where they are known. @type {(judge: Judge, plan: PlanTried, hostOf: HostOf, found: Judgement) => Generator<void>} */
export function* writeKroner(judge, plan, hostOf, found) {
  const { rows, notes } = yield* kronerChanges(judge.officesOf(plan.hostOf), judge.officesOf(hostOf));
  /** @type {[string, number, number, number][]} */
  const lacking = judge.data.disciplines ? [[asWritten(find('table.terms tr[data-term="uncovered"] th')), plan.found.terms.uncovered.value, found.terms.uncovered.value, 0]] : [];
  byId("trial-kroner").replaceChildren(...[...rows, ...lacking].map((row) => termRow(...row)));
  byId("trial-losers").textContent = notes.join(" ");
}

/** A figure of the plan, of what is tried, and the difference. @type {(name: string, before: number, after: number, decimals?: number) => HTMLElement} */
export function termRow(name, before, after, decimals = 1) {
  const cells = [number(before, decimals), number(after, decimals), signed(after - before, decimals)].map((figure) => el("td", { class: "num" }, figure));
  return el("tr", null, el("th", { scope: "row" }, name), ...cells);
}
