// Try another grouping in the page: what is tried, undo and redo, the address, and what is said of it.
import { keepInAddress } from "../base/address.js";
import { goesAlong } from "../base/arrangement.js";
import { asWritten, byId, el, find, findAll, noted, rewrite } from "../base/dom.js";
import { count, number, said, signed } from "../base/format.js";
import { unknownToJudge } from "./judge.js";
import { theJudge } from "./judging.js";
import { heldFocus } from "../base/keys.js";
import { drawAll, drawInSlices, drop, finish } from "../base/slices.js";
import { termRow, writeKroner } from "./changed.js";
import { drawCompetence } from "./competence.js";
import { groupingCsv, makeMoves, nearHosts, pinsToml } from "./moves.js";
import { mustGet } from "../base/must.js";
import { municipality, page, source, theTrial } from "../base/page.js";
import { colourOffices, fillRows, repaintMap } from "../map/repaint.js";
import { fillTables, fillVerdicts, restoreRows } from "./rows.js";

const unknown = source.trial ? unknownToJudge(source.trial.judge) : [];
// Made when first needed, by prepare: most readers only read.
/** @type {Judge} */
let judge;
/** @type {Moves} */
let moves;
/** @type {PlanTried} */
let plan;
/** Of the history. @type {Step[]} */
let steps = [];
let at = 0;

const now = () => steps[at];
/** @param {Position} i */
const label = (i) => municipality(judge.ids[i]).label;
/** @type {(a: HostOf, b: HostOf) => boolean} */
const same = (a, b) => a.every((host, i) => host === b[i]);
/** Who has another host than in the plan. @param {HostOf} hostOf */
const changes = (hostOf) => hostOf.flatMap((host, i) => (host === plan.hostOf[i] ? [] : [i]));

function prepare() {
  if (judge !== undefined) return;
  judge = theJudge();
  moves = makeMoves(judge);
  const index = new Map(judge.ids.map((id, i) => [id, i]));
  const hostOf = judge.ids.map((id) => mustGet(index, municipality(id).host ?? ""));
  plan = {
    index,
    hostOf,
    found: judge.evaluate(hostOf),
    members: new Map([...page.members].map(([id, member]) => [id, { ...member }])),
    offices: page.offices,
    colours: new Map([...page.offices.values()].filter((office) => office.colour >= 0).map((office) => [mustGet(index, office.id), office.colour])),
  };
  steps = [{ hostOf, locks: new Set(), what: "" }];
}

/** One run may end with two plans: with more time, or another beginning. */
const origin = () => `${theTrial().run}-${theTrial().plan}`;

/** What is tried, for the address: "0123abcd-4567cdef,5540.5536": run and plan, then each municipality with its other host. */
function address() {
  const { hostOf, locks } = now();
  const moved = changes(hostOf).map((i) => `${judge.ids[i]}.${judge.ids[hostOf[i]]}`);
  return {
    flytt: moved.length || locks.size ? [origin(), ...moved].join() : "",
    las: [...locks].sort((a, b) => a - b).map((i) => judge.ids[i]).join(),
  };
}

/** @param {string} id */
const position = (id) => mustGet(plan.index, id);

/** The plan with other hosts for some. @param {Position[][]} pairs */
function withMoved(pairs) {
  const hostOf = plan.hostOf.slice();
  for (const [i, host] of pairs) hostOf[i] = host;
  return hostOf;
}

/** What an address asks for: a step, the text that says why there is none, or nothing. @type {(settings: Settings) => Step | string | null} */
function fromAddress(settings) {
  const [run, ...moved] = (settings.get("flytt") || "").split(",");
  const locked = (settings.get("las") || "").split(",").filter(Boolean);
  if (run === "" && !locked.length) return null;
  const { index } = plan;
  if (run !== origin()) return "trial.foreign";
  const pairs = moved.map((pair) => pair.split("."));
  if (!pairs.every((pair) => pair.length === 2) || ![...pairs.flat(), ...locked].every((id) => index.has(id))) return "trial.unreadable";
  const hostOf = withMoved(pairs.map((pair) => pair.map(position)));
  if (!hostOf.every((host) => hostOf[host] === host)) return "trial.unreadable";
  return { hostOf, locks: new Set(locked.map(position)), what: "" };
}

/** @type {(hostOf: HostOf, i: Position) => string} */
function officeName(hostOf, i) {
  return hostOf.filter((host) => host === hostOf[i]).length > 1 ? said("script.office", { host: label(hostOf[i]) }) : said("script.alone");
}

/** Beside the plan: how many minutes more or less, and how far from what is proved. @param {Judgement} found */
function distance(found) {
  if (!Number.isFinite(found.objective)) return said("trial.no_sum");
  const more = found.objective - plan.found.objective;
  const { status, bound } = theTrial();
  const than = said(status === "optimal" ? "trial.than_best" : "trial.than_plan");
  const form = Math.abs(more) < 0.05 ? "trial.same" : more > 0 ? "trial.more" : "trial.less";
  const first = said(form, { n: number(Math.abs(more), 1), than });
  if (status !== "feasible" || bound === null || found.breaches.length) return first;
  return first + said("trial.most", { n: number(Math.max(0, found.objective - bound), 1) });
}

/** @param {string[]} rules */
export const rulesQuoted = (rules) => rules.map((rule) => said("trial.quoted", { rule: said(`rule.${rule}.title`) })).join(", ");

/** @param {Judgement} found */
function rulesSaid(found) {
  const broken = Object.keys(found.rules).filter((rule) => found.rules[rule] === "broken");
  if (!broken.length) return said("trial.nothing_broken");
  const rules = said(broken.length === 1 ? "count.rules_one" : "count.rules_many", { n: number(broken.length) });
  return said("trial.broken", { rules, names: rulesQuoted(broken) });
}

/** The same in a few words, for a narrow bar. @param {Judgement} found */
function short(found) {
  if (!Number.isFinite(found.objective)) return said("trial.no_sum");
  const n = signed(found.objective - plan.found.objective);
  const broken = Object.values(found.rules).filter((rule) => rule === "broken").length;
  return broken ? said("trial.short_breaks", { n, rules: count("rules", broken) }) : said("trial.short", { n });
}

/** @param {Judgement} found */
const total = (found) => number(found.objective, 1);

/** @type {(changed: boolean, found: Judgement) => void} */
function writeHead(changed, found) {
  const status = byId("status");
  const block = /** @type {HTMLElement} */ (status.closest(".status"));
  if (!block.dataset.plain) block.dataset.plain = block.className;
  block.className = changed ? "status status-trial" : block.dataset.plain;
  rewrite(status, changed ? said("trial.headline", { distance: distance(found) }) : null);
  rewrite(find("span", block), changed ? said("trial.headline_why", { rules: rulesSaid(found) }) : null);
  for (const note of findAll(".of-plan")) note.hidden = !changed;
  for (const part of findAll(".plan-only")) part.hidden = changed;
  rewrite(byId("verdict-counts"), changed ? fillVerdicts(judge, found) : null);
}

/** As the table of costs calls it, with its word on estimates. @param {string} row */
const heading = (row) => asWritten(find(`table.terms ${row} th`));

/** @type {(hostOf: HostOf, found: Judgement) => void} */
function writeChanges(hostOf, found) {
  const moved = changes(hostOf);
  const item = (/** @type {Position} */ i) => el("li", null,
    el("button", { type: "button", class: "quiet-button", "data-zoom": judge.ids[i] }, label(i)),
    " ", el("span", null, said("trial.from_to", { from: officeName(plan.hostOf, i), to: officeName(hostOf, i) })));
  byId("trial-changes").hidden = !moved.length;
  byId("trial-moved").replaceChildren(...moved.map(item));
  const rows = Object.entries(found.terms).filter(([name]) => judge.weights[name]).map(([name, term]) =>
    termRow(heading(`tr[data-term="${name}"]`), plan.found.terms[name].minutes, term.minutes));
  byId("trial-terms").replaceChildren(...rows, termRow(heading("tfoot tr"), plan.found.objective, found.objective));
}

/** @type {(changed: boolean, found: Judgement) => void} */
function writeBar(changed, found) {
  const { hostOf, locks } = now();
  const shown = changed || locks.size > 0 || steps.length > 1;
  byId("trial-body").hidden = !shown;
  byId("trial-total").textContent = total(found);
  byId("trial-short").textContent = short(found);
  byId("trial-distance").textContent = distance(found);
  byId("trial-rules").textContent = rulesSaid(found);
  byId("trial-rules").classList.toggle("broken", found.breaches.length > 0);
  byId("trial-count").textContent = said("trial.count", { moved: number(changes(hostOf).length), locked: number(locks.size) });
  const can = { undo: at > 0, redo: at < steps.length - 1, reset: changed || locks.size > 0, see: changed, pins: changed || locks.size > 0, link: changed || locks.size > 0, mail: changed, page: changed || locks.size > 0 };
  for (const [name, possible] of Object.entries(can)) byId("trial-" + name).setAttribute("aria-disabled", String(!possible));
  document.documentElement.classList.toggle("trying", shown);
}

/** The rows behind all figures become those of what is tried. @type {(changed: boolean, found: Judgement) => void} */
function takeRows(changed, found) {
  const { hostOf } = now();
  page.trialOn = changed;
  if (changed) {
    const shared = found.offices.filter((row) => row.members.length > 1).map((row) => row.host);
    fillRows(theTrial(), judge, hostOf, found, colourOffices(theTrial().near, hostOf, shared, plan.colours));
  } else {
    for (const [id, member] of plan.members) Object.assign(municipality(id), member);
    page.offices = plan.offices;
  }
}

/** Everything that the page says follows from them. @type {(changed: boolean, found: Judgement) => Generator<void>} */
function* drawing(changed, found) {
  const { hostOf } = now();
  const giveBack = heldFocus();
  writeBar(changed, found);
  yield;
  if (changed) yield* fillTables(judge, hostOf, found);
  else restoreRows();
  yield;
  writeHead(changed, found);
  yield;
  writeChanges(hostOf, found);
  yield;
  if (source.kroner && changed) yield* writeKroner(judge, plan, hostOf, found);
  drawCompetence(judge, changed);
  yield;
  yield* repaintMap(changed);
  for (const path of findAll("path.area[data-id]")) path.classList.toggle("moved", page.members.get(noted(path, "id"))?.host !== plan.members.get(noted(path, "id"))?.host);
  for (const listener of page.onTrial) {
    yield;
    yield* listener() ?? [];
  }
  giveBack();
  keepInAddress({ settings: address() });
}

/** What is tried is judged; all that the page says of it is drawn by what is returned. */
function judged() {
  drop();
  const { hostOf } = now();
  const changed = !same(hostOf, plan.hostOf);
  const found = changed ? judge.evaluate(hostOf) : plan.found;
  takeRows(changed, found);
  return { found, work: drawing(changed, found) };
}

function render() {
  const { found, work } = judged();
  drawAll(work);
  return found;
}

/** What the bar shows beside it is only read aloud. @type {(text: string, aloud?: string) => void} */
export function announce(text, aloud) {
  byId("trial-status").classList.toggle("told-by-bar", aloud !== undefined);
  byId("trial-status").replaceChildren(text, aloud ? el("span", { class: "unseen" }, " " + aloud) : "");
}

/** @type {(what: string, found: Judgement) => void} */
function sayAll(what, found) {
  announce(what, said("trial.said", { total: total(found), distance: distance(found), rules: rulesSaid(found) }));
}

/** @param {Step} next */
function add(next) {
  steps = [...steps.slice(0, at + 1), next];
  at = steps.length - 1;
}

/** @param {Step} next */
function step(next) {
  add(next);
  sayAll(next.what, render());
}

/** A whole plan at once changes all that the page says: it goes on answering meanwhile. @type {(next: HostOf, what: string) => Promise<void>} */
async function takeWhole(next, what) {
  const held = heldBack(next);
  if (held !== undefined) announce(said("trial.refused", { name: label(held) }));
  if (held !== undefined || same(next, now().hostOf)) return;
  add({ hostOf: next, locks: now().locks, what });
  document.documentElement.classList.add("gentle");
  const { found, work } = judged();
  if (await drawInSlices(work)) sayAll(what, found);
}

/** @type {(to: number, what: string) => void} */
function go(to, what) {
  if (to < 0 || to >= steps.length) return;
  at = to;
  sayAll(what, render());
}

/** The first of the locked whom this would give another host. @param {HostOf} next */
const heldBack = (next) => [...now().locks].find((i) => next[i] !== now().hostOf[i]);

/** @type {(next: HostOf, i: Position, kind: string) => string} */
function tell(next, i, kind) {
  const { hostOf } = now();
  const rest = moves.membersOf(hostOf, hostOf[i]).filter((j) => j !== i);
  const form = kind === "alone" ? "trial.now_alone" : kind === "lead" ? "trial.now_host" : kind === "split" ? "trial.now_split" : kind === "all" ? "trial.now_all" : "trial.now_moved";
  const first = said(form, { name: label(i), office: officeName(next, i) });
  if (kind === "lead" || kind === "all" || hostOf[i] !== i || !rest.length) return first;
  const left = said(rest.length === 1 ? "trial.left_alone" : "trial.left_host", { name: label(next[rest[0]]) });
  return first + " " + left;
}

/** @type {(next: HostOf, what: () => string) => void} */
function change(next, what) {
  const held = heldBack(next);
  if (held !== undefined) announce(said("trial.refused", { name: label(held) }));
  else if (!same(next, now().hostOf)) step({ hostOf: next, locks: now().locks, what: what() });
}

/** @type {(next: HostOf, i: Position, kind: string) => void} */
const attempt = (next, i, kind) => change(next, () => tell(next, i, kind));

/** @param {Position} i */
function lock(i) {
  const locks = new Set(now().locks);
  const release = locks.delete(i);
  if (!release) locks.add(i);
  const values = { name: label(i), office: officeName(now().hostOf, i) };
  step({ hostOf: now().hostOf, locks, what: said(release ? "trial.now_unlocked" : "trial.now_locked", values) });
}

/** All that can be undone and redone: of each step who has another host than in the plan, and who is locked. @type {() => TrialKept | null} */
function tellSteps() {
  if (judge === undefined) return null;
  return { origin: origin(), at, steps: steps.map(({ hostOf, locks }) => ({ moved: changes(hostOf).map((i) => [i, hostOf[i]]), locks: [...locks] })) };
}

/** The file may have been written anew since: then they are of another plan. @param {TrialKept | null} kept */
function takeSteps(kept) {
  if (kept === null || kept.origin !== origin()) return;
  prepare();
  at = kept.at;
  steps = kept.steps.map(({ moved, locks }) => ({ hostOf: withMoved(moved), locks: new Set(locks), what: "" }));
  render();
}

/** @type {Trying} */
const deeds = {
  // Whether somebody can be moved: who does not take part cannot.
  knows: (id) => plan.index.has(id),
  options: (id) => moves.options(now().hostOf, position(id)).map((one) => ({ ...one, id: judge.ids[one.to], held: heldBack(one.hostOf) !== undefined })),
  nearHosts: (office) => nearHosts(judge, office),
  isLocked: (id) => now().locks.has(position(id)),
  isAlone: (id) => moves.membersOf(now().hostOf, now().hostOf[position(id)]).length === 1,
  cost: (id, kind) => moves.change(moves[kind](now().hostOf, position(id)), judge.evaluate(now().hostOf)),
  move: (id, host) => attempt(moves.join(now().hostOf, position(id), position(host)), position(id), "move"),
  lead: (id) => attempt(moves.lead(now().hostOf, position(id)), position(id), "lead"),
  alone: (id) => attempt(moves.alone(now().hostOf, position(id)), position(id), "alone"),
  moveAll: (id, host) => attempt(moves.joinAll(now().hostOf, position(id), position(host)), position(id), "all"),
  moveSome: (ids, host) => change(
    ids.reduce((next, id) => moves.join(next, position(id), position(host)), now().hostOf),
    () => said("trial.painted", { names: ids.map((id) => municipality(id).label).join(", "), host: municipality(host).label }),
  ),
  split: (id) => attempt(moves.split(now().hostOf, position(id)), position(id), "split"),
  lock: (id) => lock(position(id)),
  take: (moved, what) => takeWhole(withMoved(moved), what),
  isPlan: (moved) => same(now().hostOf, withMoved(moved)),
  undo: () => go(at - 1, said("trial.undone")),
  redo: () => go(at + 1, said("trial.redone")),
  reset: () => {
    if (!same(now().hostOf, plan.hostOf) || now().locks.size) step({ hostOf: plan.hostOf, locks: new Set(), what: said("trial.now_reset") });
  },
  told: () => {
    const { hostOf } = now();
    const found = judge.evaluate(hostOf);
    const lines = changes(hostOf).map((i) => `${label(i)}: ${said("trial.from_to", { from: officeName(plan.hostOf, i), to: officeName(hostOf, i) })}`);
    return { lines, sum: said("trial.said", { total: total(found), distance: distance(found), rules: rulesSaid(found) }) };
  },
  locks: () => [...now().locks],
  planned: () => plan.hostOf,
  shown: () => now().hostOf,
  csv: () => groupingCsv(judge, now().hostOf),
  pins: () => {
    const { hostOf, locks } = now();
    const held = [...new Set([...changes(hostOf), ...locks])].sort((a, b) => a - b);
    const found = judge.evaluate(hostOf);
    const comments = [said("trial.pins_heading", { run: theTrial().run }), said("trial.pins_alone"), ...(found.breaches.length ? [rulesSaid(found)] : [])];
    return { any: held.length > 0, text: pinsToml(judge, hostOf, held, comments) };
  },
  judged: () => judge.evaluate(now().hostOf),
  ids: () => judge.ids,
  render: () => ({ judge, hostOf: now().hostOf, found: judge.evaluate(now().hostOf) }),
};

/** What can be done with the grouping that is tried. @type {Trying} */
export const trying = /** @type {any} */ (Object.fromEntries(Object.entries(deeds).map(([name, act]) => [name, (/** @type {any[]} */ ...given) => { prepare(); return /** @type {any} */ (act)(...given); }])));

/** A sum without one of its terms would contradict the proof: then nothing can be tried. */
function refuse() {
  const names = unknown.map((name) => said("trial.quoted", { rule: source.texts[`term.${name}.title`] ?? source.texts[`rule.${name}.title`] ?? name }));
  byId("trial-status").textContent = said("trial.unknown", { names: names.join(", ") });
  for (const button of /** @type {HTMLButtonElement[]} */ (findAll("button[data-plan]"))) button.disabled = true;
}

/** Let a reader try, with controls that are started first, and take up what the address asks for. @type {(settings: Settings, startControls: () => void) => void} */
export function startTrial(settings, startControls) {
  if (unknown.length) {
    refuse();
    return;
  }
  startControls();
  window.addEventListener("beforeprint", finish);
  page.inCard.near = trying.nearHosts;
  goesAlong("trial", tellSteps, takeSteps);
  if (!settings.has("flytt") && !settings.has("las")) return;
  prepare();
  const wanted = fromAddress(settings);
  if (typeof wanted === "string") {
    keepInAddress({ settings: { flytt: "", las: "" } });
    announce(said(wanted));
  } else if (wanted !== null) step({ ...wanted, what: said("trial.restored") });
}
