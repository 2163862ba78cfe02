// The answers to what a reader asks, worked out in the worker: the best plan with its proof, whom nothing places and what of the
// demands cannot hold together, and between which prices a plan stays the best. No word of the page, no document.
import { makeJudge } from "../trial/judge.js";
import { choose, costOf } from "./choose.js";
import { listOffices, price, UNITS } from "./listing.js";
import { demandsOf, judgedWithout, questionOf } from "./question.js";

/** What was listed last: other prices do not change it. @type {{ key: string, of: object, judge: Judge, listed: Listed | null } | null} */
let kept = null;

/** The judge of a question and what could be chosen. @type {(data: JudgeData, most: number) => { judge: Judge, listed: Listed | null }} */
function listedFor(data, most) {
  const { limits, pins, left, decided, trips, minutes } = data;
  const key = JSON.stringify([limits, pins, left, decided, trips, most]);
  if (kept?.of !== minutes || kept.key !== key) {
    const judge = makeJudge(data);
    kept = { key, of: minutes, judge, listed: listOffices(judge, most) };
  }
  return kept;
}

/** List what could be chosen before anybody asks. @type {(base: JudgeData, wishes: Wishes, most: number) => void} */
export function makeReady(base, wishes, most) {
  listedFor(questionOf(base, wishes), most);
}

/** The question for the solver, without those who are left out. @type {(judge: Judge, listed: Listed, weights: Record<string, number>) => { asked: Asked, hosts: Int32Array, at: Position[] }} */
function askedOf(judge, listed, weights) {
  const left = new Set(judge.data.left);
  const at = [...Array(judge.n).keys()].filter((i) => !left.has(i));
  const row = new Map(at.map((i, k) => [i, k]));
  const { costs, hosts } = price(judge, listed, weights);
  const members = listed.groups.map(([{ members: some }]) => some.map((i) => row.get(i) ?? 0));
  const { min_offices: least, max_offices: most } = judge.limits;
  return { asked: { members, costs, n: at.length, least, most }, hosts, at };
}

/** The hosts of a plan of offices; who is left out stands alone. @type {(judge: Judge, listed: Listed, hosts: Int32Array, plan: number[]) => HostOf} */
function hostsOf(judge, listed, hosts, plan) {
  const hostOf = [...Array(judge.n).keys()];
  for (const g of plan) for (const i of listed.groups[g][0].members) hostOf[i] = hosts[g];
  return hostOf;
}

/** The offices of a known plan, each at its best host; null if one of them is not within the rules now. @type {(judge: Judge, listed: Listed, hostOf: HostOf) => number[] | null} */
function known(judge, listed, hostOf) {
  const left = new Set(judge.data.left);
  const { min_offices: least, max_offices: most } = judge.limits;
  const numbers = new Map(listed.groups.map(([{ members }], g) => [members.join(), g]));
  const offices = [...judge.officesOf(hostOf)].filter(([host]) => !left.has(host)).map(([, some]) => some);
  const found = offices.map((some) => numbers.get(some.join()));
  const shared = offices.filter((some) => some.length > 1).length;
  if (found.includes(undefined) || shared < (least ?? 0) || shared > (most ?? Infinity)) return null;
  return /** @type {number[]} */ (found);
}

/** The cheapest of the known plans. @type {(judge: Judge, listed: Listed, asked: Asked, plans: HostOf[]) => number[] | null} */
function cheapest(judge, listed, asked, plans) {
  const found = plans.map((hostOf) => known(judge, listed, hostOf)).filter((plan) => plan !== null);
  return found.reduce((/** @type {number[] | null} */ best, plan) => (best !== null && costOf(asked, best) <= costOf(asked, plan) ? best : plan), null);
}

/**
 * The best plan; more offices than `most` are too many for a page.
 * @param {Highs} highs
 * @param {JudgeData} base
 * @param {Wishes} wishes
 * @param {HostOf[]} plans Known ones, to begin with.
 * @param {number} most
 * @param {(progress: Progress) => void} tell
 * @returns {Answered}
 */
export function answer(highs, base, wishes, plans, most, tell) {
  const data = questionOf(base, wishes);
  const { judge, listed } = listedFor(data, most);
  if (listed === null) return { kind: "too_many" };
  const { asked, hosts } = askedOf(judge, listed, data.weights);
  const found = choose(highs, asked, cheapest(judge, listed, asked, plans), ({ bound, plan }) => {
    tell({ bound: bound / UNITS, objective: plan && costOf(asked, plan) / UNITS, hostOf: plan && hostsOf(judge, listed, hosts, plan) });
  });
  if ("stuck" in found) return { kind: "infeasible", ...conflict(highs, base, wishes, most) };
  return { kind: "proved", objective: costOf(asked, found.plan) / UNITS, hostOf: hostsOf(judge, listed, hosts, found.plan), offices: listed.groups.length };
}

/** Whether some demands can hold together, whatever it costs; null if there would be too many offices to tell.
 * @type {(highs: Highs, base: JudgeData, wishes: Wishes, demands: Demand[], most: number) => boolean | null} */
function holds(highs, base, wishes, demands, most) {
  const judge = makeJudge(questionOf(base, wishes, demands));
  const listed = listOffices(judge, most);
  if (listed === null) return null;
  const { asked } = askedOf(judge, listed, {});
  return !("stuck" in choose(highs, asked, null, () => {}));
}

const PAIRS_OF = 12; // demands of which every pair is looked at

/** A set of demands that cannot hold together: one, else two, else one of which none can be spared; empty if not even the run's own rules
 * hold. `decided` says whether that is known of all it takes to call the set a smallest one.
 * @type {(highs: Highs, base: JudgeData, wishes: Wishes, most: number) => { conflict: Demand[], decided: boolean }} */
export function conflict(highs, base, wishes, most) {
  let decided = true;
  const cannot = (/** @type {Demand[]} */ some) => {
    const can = holds(highs, base, wishes, some, most);
    decided &&= can !== null;
    return can === false;
  };
  const all = demandsOf(base, wishes);
  const pairs = all.length > PAIRS_OF ? [] : all.flatMap((one, k) => all.slice(k + 1).map((other) => [one, other]));
  const few = [[], ...all.map((one) => [one]), ...pairs].find(cannot);
  if (few) return { conflict: few, decided };
  const needed = all.reduce((left, one) => {
    const rest = left.filter((other) => other !== one);
    return cannot(rest) ? rest : left;
  }, all);
  return { conflict: needed, decided };
}

const MANY_TIMES = 20; // how far from a price another is looked for
const LEAST_FAR = 100;
const STEPS = 30;
const SAME = 1e-4; // minutes

/**
 * Between which values each price may lie, the others as they are, and a plan stays the best: by Newton's method on the lower envelope of
 * all plans, from the far end inwards (Eisner and Severance 1976). Null if it is not the best at the prices themselves.
 * @param {Highs} highs
 * @param {JudgeData} base
 * @param {Wishes} wishes With the plan.
 * @param {number} most
 * @returns {Answered}
 */
export function ranges(highs, base, wishes, most) {
  const data = questionOf(base, wishes);
  const judge = makeJudge(data);
  /** @type {(hostOf: HostOf, name: string) => { slope: number, rest: number }} */
  const line = (hostOf, name) => {
    const { terms, objective } = judgedWithout(judge, hostOf);
    return { slope: terms[name].value, rest: objective - terms[name].minutes };
  };
  const plans = [wishes.hostOf];
  const best = (/** @type {string} */ name, /** @type {number} */ at) => {
    const found = answer(highs, base, { ...wishes, weights: { ...data.weights, [name]: at } }, plans, most, () => {});
    if (found.kind === "proved") plans.push(found.hostOf);
    return found;
  };
  /** The last price towards one at which the plan is the best. @type {(name: string, start: number) => number | null} */
  const end = (name, start) => {
    const own = line(wishes.hostOf, name);
    let at = start;
    for (let step = 0; step < STEPS; step += 1) {
      const found = best(name, at);
      if (found.kind !== "proved") return null;
      if (own.rest + at * own.slope <= found.objective + SAME) return at;
      const other = line(found.hostOf, name);
      at = (other.rest - own.rest) / (own.slope - other.slope);
    }
    return at;
  };
  const [first] = data.terms;
  const now = best(first, data.weights[first]);
  if (now.kind !== "proved" || judgedWithout(judge, wishes.hostOf).objective > now.objective + SAME || judge.evaluate(wishes.hostOf).breaches.length) return { kind: "ranges", ranges: null };
  const found = data.terms.map((name) => {
    const far = Math.max(LEAST_FAR, MANY_TIMES * data.weights[name]);
    return { name, low: end(name, 0) ?? data.weights[name], high: end(name, far) ?? data.weights[name], far };
  });
  return { kind: "ranges", ranges: found };
}
