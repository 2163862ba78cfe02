// "Find the best plan": what a reader asks goes to the worker, and what comes back is judged here, told, and shown as a trial.
import { goesAlong } from "../base/arrangement.js";
import { asWritten, byId, el, field, find, findAll, reveal } from "../base/dom.js";
import { download } from "../base/files.js";
import { number, said, signed } from "../base/format.js";
import { municipality, source, theTrial } from "../base/page.js";
import { makeJudge } from "../trial/judge.js";
import { trying } from "../trial/trial.js";
import { ask, canSolve, carried, DAMAGED, stop, warm } from "./client.js";
import { demand, demanded, inWords, startDemands } from "./demands.js";
import { readFields, startFields, writeFields } from "./fields.js";
import { demandsOf, judgedWithout, questionOf } from "./question.js";
import { headingOf, scenarioToml } from "./scenario.js";
import { drawTried, keep, startTried } from "./tried.js";

const AGREE = 0.005; // minutes between the solver's sum and the judge's: whole millionths are rounded office by office
const TOLD = 500; // milliseconds between two lines of progress
/** What was asked last, as long as no field has changed since. @type {Wishes | null} */
let last = null;

const base = () => theTrial().judge;
/** @param {Position} i */
const label = (i) => municipality(base().ids[i]).label;
const tell = (/** @type {string} */ text) => { byId("best-status").textContent = text; };

/** What is asked now; null if a field is wrong. @type {() => Wishes | null} */
function wishesNow() {
  const read = readFields();
  return read && { ...read, demands: demanded(), locks: trying.locks(), hostOf: trying.shown(), county: field("best-county").value };
}

/** What was asked last, or would be asked now. */
export const asked = () => last ?? wishesNow();

/** The demands that the locks of the trial make. */
const locksAsk = () => demandsOf(base(), { weights: {}, limits: base().limits, demands: [], locks: trying.locks(), hostOf: trying.shown(), county: "" });

/** @type {(judge: Judge, plans: Judgement[]) => HTMLElement[]} */
function termRows(judge, plans) {
  const rows = judge.data.terms.filter((name) => judge.weights[name] || base().weights[name]);
  const cells = (/** @type {(found: Judgement) => number} */ of) => plans.map((found) => el("td", { class: "num" }, number(of(found), 1)));
  return [
    ...rows.map((name) => el("tr", null, el("th", { scope: "row" }, asWritten(find(`table.terms tr[data-term="${name}"] th`))), ...cells((found) => found.terms[name].minutes))),
    el("tr", { class: "sum" }, el("th", { scope: "row" }, said("solver.sum")), ...cells((found) => found.objective)),
    el("tr", null, el("th", { scope: "row" }, said("solver.rules")), ...plans.map((found) => el("td", { class: "num" }, said(found.breaches.length ? "solver.breaks" : "solver.keeps")))),
  ];
}

/** @type {(hostOf: HostOf, i: Position) => string} */
const officeName = (hostOf, i) => (hostOf.some((host, j) => host === hostOf[i] && j !== i) ? said("script.office", { host: label(hostOf[i]) }) : said("script.alone"));

/** Who moves from where to where. @type {(before: HostOf, after: HostOf) => void} */
function writeMoved(before, after) {
  const moved = after.flatMap((host, i) => (host === before[i] ? [] : [i]));
  byId("best-moved-heading").textContent = said(!moved.length ? "solver.moved_none" : moved.length === 1 ? "solver.moved_one" : "solver.moved_many", { n: number(moved.length) });
  byId("best-moved").replaceChildren(...moved.map((i) => el("li", null,
    el("button", { type: "button", class: "quiet-button", "data-zoom": base().ids[i] }, label(i)),
    " ", el("span", null, said("trial.from_to", { from: officeName(before, i), to: officeName(after, i) })))));
}

/** How good a plan is that was not proved: its distance from what no plan can go below. @type {(objective: number, bound: number) => string} */
const gapSaid = (objective, bound) => said("solver.gap", { minutes: number(Math.max(0, objective - bound), 1), percent: number(objective > 0 ? 100 * Math.max(0, objective - bound) / objective : 0, 2) });

/** @type {(hostOf: HostOf) => Promise<void>} */
function take(hostOf) {
  const planned = trying.planned();
  return trying.take(hostOf.flatMap((host, i) => (host === planned[i] ? [] : [/** @type {[Position, Position]} */ ([i, host])])), said("solver.taken"));
}

/** Show a plan: as a trial, in figures and in words. @type {(wishes: Wishes, hostOf: HostOf, objective: number, proof: string | null, seconds: number) => Promise<void>} */
function show(wishes, hostOf, objective, proof, seconds) {
  const judge = makeJudge(questionOf(base(), wishes));
  const [ofRun, before, now] = [trying.planned(), wishes.hostOf, hostOf].map((one) => judgedWithout(judge, one));
  if (now.breaches.length || Math.abs(now.objective - objective) > AGREE) throw new Error(`the page's judge says ${now.objective}, the solver ${objective}`);
  const than = (/** @type {Judgement} */ found) => (found.breaches.length ? said("solver.breaks_now") : signed(now.objective - found.objective, 1) + " " + said("solver.minutes"));
  const values = { proof: proof ?? said("solver.proved"), sum: number(now.objective, 1), run: than(ofRun), before: than(before), seconds: number(seconds, 1) };
  const lookedAtRun = wishes.hostOf.every((host, i) => host === trying.planned()[i]);
  tell(lookedAtRun ? said("solver.told_run", values) : said("solver.told", values));
  byId("best-terms").replaceChildren(...termRows(judge, [ofRun, before, now]));
  writeMoved(wishes.hostOf, hostOf);
  byId("best-conflict").replaceChildren();
  byId("best-ranges").replaceChildren();
  byId("best-found").hidden = false;
  byId("best-answer").hidden = false;
  const sizes = now.offices.map(({ members }) => members.length);
  const shared = sizes.filter((size) => size > 1).length;
  const terms = Object.fromEntries(Object.entries(now.terms).map(([name, { value }]) => [name, value]));
  keep({ wishes, hostOf, proved: proof === null, objective: now.objective, terms, offices: shared, alone: sizes.length - shared });
  return take(hostOf);
}

/** @type {(conflict: Demand[], decided: boolean) => void} */
function showConflict(conflict, decided) {
  tell(said(conflict.length === 1 ? "solver.infeasible_one" : decided ? "solver.infeasible" : "solver.infeasible_undecided"));
  byId("best-conflict").replaceChildren(...conflict.map((one) => el("li", null, inWords(one) + (one.lock ? " " + said("solver.is_lock") : ""))));
  byId("best-found").hidden = true;
  byId("best-answer").hidden = false;
}

/** @param {string} why */
const tellFailed = (why) => tell(why === DAMAGED ? said("solver.damaged") : said("solver.failed", { why }));

/** @type {(ended: Ended, wishes: Wishes, seconds: number) => Promise<void>} */
async function showEnd(ended, wishes, seconds) {
  if (ended.kind === "proved") await show(wishes, ended.hostOf, ended.objective, null, seconds);
  else if (ended.kind === "infeasible") showConflict(ended.conflict, ended.decided);
  else if (ended.kind === "too_many") tell(said("solver.too_many", { most: number(source.solver?.most ?? 0) }));
  else if (ended.kind === "failed") tellFailed(ended.why);
  else if (ended.kind === "stopped" && ended.progress?.hostOf && ended.progress.objective !== null) {
    await show(wishes, ended.progress.hostOf, ended.progress.objective, gapSaid(ended.progress.objective, ended.progress.bound), seconds);
  } else tell(said("solver.stopped"));
}

/** @param {boolean} works */
function working(works) {
  byId("best-stop").hidden = !works;
  field("best-find").disabled = works;
  field("best-firm").disabled = works;
  byId("best-form").setAttribute("aria-busy", String(works));
  if (!works) byId("best-progress").textContent = "";
}

/** One press, one answer. */
async function search() {
  const wishes = wishesNow();
  if (wishes === null || source.solver === null) return;
  last = wishes;
  const begun = performance.now();
  /** @type {Progress | null} */
  let known = null;
  const line = () => {
    const seconds = number((performance.now() - begun) / 1000);
    byId("best-progress").textContent = known === null ? said("solver.starting", { seconds })
      : said("solver.progress", { seconds, bound: number(known.bound, 1), best: known.objective === null ? said("solver.none_yet") : number(known.objective, 1) });
  };
  working(true);
  tell(said("solver.works"));
  const timer = setInterval(line, TOLD);
  try {
    const ended = await ask({ kind: "ask", wishes, plans: [wishes.hostOf, trying.planned()], most: source.solver.most }, (progress) => { known = progress; });
    await showEnd(ended, wishes, (performance.now() - begun) / 1000);
  } catch (error) {
    tell(said("solver.failed", { why: String(error) }));
  } finally {
    clearInterval(timer);
    working(false);
    reveal(byId("best-status"), "nearest");
  }
}

/** Save a question as a scenario. @param {Wishes | null} wishes */
async function save(wishes) {
  if (wishes === null) return;
  const name = said("solver.file");
  const judge = makeJudge(questionOf(base(), wishes));
  const scenario = await (await carried("solver-scenario")).text();
  download(name, "application/toml;charset=utf-8", scenarioToml(scenario, judge, headingOf(theTrial().run)));
  byId("best-saved").textContent = said("solver.saved", { file: name });
}

/** Between which prices what is shown stays the best. */
async function tellRanges() {
  const wishes = wishesNow();
  if (wishes === null || source.solver === null) return;
  working(true);
  tell(said("solver.ranges_work"));
  const ended = await ask({ kind: "ranges", wishes, plans: [], most: source.solver.most }, () => {});
  working(false);
  if (ended.kind === "failed") tellFailed(ended.why);
  if (ended.kind === "stopped") tell(said("solver.ranges_stopped"));
  if (ended.kind !== "ranges") return;
  const found = ended.ranges ?? [];
  tell(said(found.length ? "solver.ranges_told" : "solver.ranges_not"));
  byId("best-ranges").replaceChildren(...found.map(({ name, low, high, far }) => el("li", null,
    said(high >= far ? "solver.range_open" : "solver.range", { what: said("setting.weights." + name), low: number(low, 1), high: number(high, 1) }))));
}

/** As the run had it. */
function reset() {
  writeFields(base());
  demand([]);
  field("best-county").value = "";
  tell(said("solver.was_reset"));
}

/** Whoever locks something while the panel is open sees that it counts. */
export function markLocks() {
  if (source.solver === null) return;
  byId("best-locks").textContent = said("solver.locks", { n: number(trying.locks().length) });
  drawTried();
}

/** As the run has it: what the first question is mostly about. @type {() => Wishes} */
const asInRun = () => ({ weights: {}, limits: base().limits, demands: [], locks: [], hostOf: [], county: "" });

/** What is asked goes along to the other language. */
function keepAsked() {
  const texts = () => /** @type {HTMLInputElement[]} */ (findAll("#best-form input[type=text]"));
  goesAlong("asked", () => ({ texts: texts().map((one) => one.value), demands: demanded(), county: field("best-county").value }), (kept) => {
    texts().forEach((one, k) => {
      one.value = kept.texts[k] ?? one.value;
      one.dispatchEvent(new Event("input", { bubbles: true }));
    });
    demand(kept.demands);
    field("best-county").value = kept.county;
  });
}

/** Let a reader ask. */
export function startSolver() {
  if (source.solver === null) return;
  if (!canSolve()) {
    byId("best-form").hidden = true;
    byId("best-cannot").hidden = false;
    return;
  }
  startFields();
  const changed = () => { last = null; };
  startDemands(locksAsk, changed);
  byId("best-form").addEventListener("input", changed);
  byId("best-form").addEventListener("submit", (event) => { event.preventDefault(); search(); });
  byId("best-stop").addEventListener("click", stop);
  byId("best-firm").addEventListener("click", tellRanges);
  byId("best-reset").addEventListener("click", reset);
  byId("best-save").addEventListener("click", () => save(asked()));
  keepAsked();
  const { most } = source.solver;
  // Whoever opens it means to ask: till then the worker is ready.
  byId("best").addEventListener("unfold", () => { warm(asInRun(), most); });
  byId("best-form").addEventListener("focusin", () => { warm(asInRun(), most); });
  startTried({
    open: (one) => {
      writeFields(one.wishes);
      demand(one.wishes.demands);
      field("best-county").value = one.wishes.county;
      last = one.wishes;
      take(one.hostOf);
    },
    save: (one) => save(one.wishes),
  });
}
