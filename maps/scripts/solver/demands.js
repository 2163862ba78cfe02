// What a reader demands of single municipalities: one list, to which something is added and from which it is taken.
import { byId, el, field } from "../base/dom.js";
import { said } from "../base/format.js";
import { municipality, page, source, theTrial } from "../base/page.js";
import { OF_TWO } from "./question.js";

/** @type {Demand[]} */
let demands = [];
/** Who wants to know that they change. */
let changed = () => {};

/** What is demanded. */
export const demanded = () => demands;

const ids = () => theTrial().judge.ids;
/** @param {Position} i */
const label = (i) => municipality(ids()[i]).label;

/** A demand in words. @param {Demand} one */
export function inWords({ kind, ids: [first, second], name, value }) {
  if (kind === "county") return said("solver.says_county", { county: source.counties[name ?? ""] });
  if (kind === "limit") return said("solver.says_limit", { name: said("setting.limits." + name), value: String(value) });
  return said("solver.says_" + kind, { name: label(first), other: second === undefined ? "" : label(second) });
}

/** @type {(one: Demand, other: Demand) => boolean} */
const sameFirst = (one, other) => one.ids[0] === other.ids[0];
/** @type {(one: Demand, other: Demand) => boolean} */
const sameOnes = (one, other) => [...one.ids].sort().join() === [...other.ids].sort().join();
/** @type {(one: Demand, other: Demand) => boolean} */
const named = (one, other) => other.ids.includes(one.ids[0]);
/** When two demands cannot stand beside each other, by their kinds in the order of the alphabet. @type {Record<string, (one: Demand, other: Demand) => boolean>} */
const CLASHES = {
  "alone at": named,
  "alone leads": sameFirst,
  "alone together": named,
  "apart at": sameOnes,
  "apart together": sameOnes,
  "at at": (one, other) => sameFirst(one, other) && one.ids[1] !== other.ids[1],
  "at leads": sameFirst,
  "at not_host": (one, other) => one.ids[1] === other.ids[0],
  "leads not_host": sameFirst,
};

/** Whether a demand cannot stand beside another. @type {(one: Demand, other: Demand) => boolean} */
export function clash(one, other) {
  const out = [one, other].find(({ kind }) => kind === "out");
  if (out) return one.kind !== other.kind && named(out, out === one ? other : one);
  const [first, second] = [one, other].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  return CLASHES[`${first.kind} ${second.kind}`]?.(first, second) ?? false;
}

function draw() {
  changed();
  byId("demand-list").replaceChildren(...demands.map((one) => {
    const remove = el("button", { type: "button", class: "quiet-button" }, said("solver.remove"), el("span", { class: "unseen" }, " " + inWords(one)));
    remove.addEventListener("click", () => {
      demands = demands.filter((other) => other !== one);
      draw();
      byId("demand-note").textContent = said("solver.removed", { what: inWords(one) });
      byId("demand-first").focus();
    });
    return el("li", null, remove, inWords(one));
  }));
}

/** Put other demands in the place of these. @param {Demand[]} others */
export function demand(others) {
  demands = others.slice();
  draw();
}

/** Add what is chosen, or say why not. @param {Demand[]} locks What the locks of the trial ask. */
function add(locks) {
  const kind = field("demand-kind").value;
  const [first, second] = [field("demand-first").value, field("demand-second").value].map((value) => (value === "" ? null : Number(value)));
  const note = byId("demand-note");
  const two = OF_TWO.includes(kind);
  if (first === null || (two && (second === null || second === first))) {
    note.textContent = said(two ? "solver.choose_two" : "solver.choose_one");
    return;
  }
  /** @type {Demand} */
  const one = { kind, ids: two && second !== null ? [first, second] : [first] };
  const against = [...demands, ...locks].find((other) => clash(one, other));
  if (against !== undefined) {
    note.textContent = said("solver.clash", { what: inWords(one), other: inWords(against) });
    return;
  }
  if (!demands.some((other) => inWords(other) === inWords(one))) demands = [...demands, one];
  note.textContent = said("solver.added", { what: inWords(one) });
  draw();
}

/** Let a reader add and take away. @type {(locks: () => Demand[], whenChanged: () => void) => void} */
export function startDemands(locks, whenChanged) {
  changed = whenChanged;
  const everybody = ids().map((id, i) => /** @type {const} */ ([page.members.get(id)?.label ?? id, i])).sort(([a], [b]) => a.localeCompare(b, "nb"));
  for (const id of ["demand-first", "demand-second"]) {
    field(id).replaceChildren(el("option", { value: "" }, said("solver.choose")), ...everybody.map(([name, i]) => el("option", { value: String(i) }, name)));
  }
  const fit = () => { field("demand-second").disabled = !OF_TWO.includes(field("demand-kind").value); };
  field("demand-kind").addEventListener("change", fit);
  byId("demand-add").addEventListener("click", () => add(locks()));
  fit();
}
