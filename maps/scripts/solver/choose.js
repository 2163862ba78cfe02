// Choose offices that place everybody once at the least cost, by HiGHS, and prove it: the relaxation gives duals, those a certificate
// in whole millionths of a minute; offices that no plan as good as the known one could have are dropped; the rest is searched whole.
import { UNITS } from "./listing.js";

const INFEASIBLE = 8; // as highs.constants.modelStatus
const OPTIMAL = 7;
const QUIET = { output_flag: false, mip_rel_gap: 0, mip_abs_gap: 1e-6, random_seed: 1 };
const WHOLE = 1e-6;
const HALF = 0.5;

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Parts of the question that share no municipality: the numbers of their offices. @type {(members: Position[][], n: number) => number[][]} */
export function partsOf(members, n) {
  const above = Int32Array.from({ length: n }, (_, i) => i);
  const top = (/** @type {Position} */ i) => {
    let at = i;
    while (above[at] !== at) at = above[at] = above[above[at]];
    return at;
  };
  for (const some of members) for (const i of some) above[top(i)] = top(some[0]);
  /** @type {Map<number, number[]>} */
  const parts = new Map();
  members.forEach((some, g) => {
    const part = parts.get(top(some[0]));
    if (part) part.push(g);
    else parts.set(top(some[0]), [g]);
  });
  return [...parts.values()];
}

/** Offices as columns, municipalities as rows, and a row for the number of shared offices where that is limited.
 * @type {(highs: Highs, asked: Asked, some: number[], whole: boolean) => HighsModel} */
function modelOf(highs, { members, costs, least, most }, some, whole) {
  const rows = new Map([...new Set(some.flatMap((g) => members[g]))].map((i, row) => [i, row]));
  const counted = least !== null || most !== null;
  /** @type {number[]} */
  const indices = [];
  const starts = Int32Array.from([0, ...some.map((g) => {
    for (const i of members[g]) indices.push(rows.get(i) ?? 0);
    if (counted && members[g].length > 1) indices.push(rows.size);
    return indices.length;
  })]);
  const [numCols, numRows] = [some.length, rows.size + Number(counted)];
  const limits = (/** @type {number | null} */ value, /** @type {number} */ none) => Float64Array.from({ length: numRows }, (_, row) => (row < rows.size ? 1 : value ?? none));
  const model = highs.createModel({
    numCols,
    numRows,
    colCost: Float64Array.from(some, (g) => costs[g] / UNITS),
    colLower: new Float64Array(numCols),
    colUpper: new Float64Array(numCols).fill(whole ? 1 : highs.infinity),
    rowLower: limits(least, -highs.infinity),
    rowUpper: limits(most, highs.infinity),
    matrix: { format: "csc", numRows, numCols, starts, indices: Int32Array.from(indices), values: new Float64Array(indices.length).fill(1) },
    ...(whole ? { integrality: new Int32Array(numCols).fill(1) } : {}),
  });
  model.options.set(QUIET);
  return model;
}

/** Duals of the relaxation, made whole and lowered until no office is dearer than its duals allow: a bound, and what each office costs above it.
 * @type {(asked: Asked, some: number[], duals: ArrayLike<number>) => { bound: number, reduced: Map<number, number> }} */
export function certify({ members, costs, least, most }, some, duals) {
  const rows = [...new Set(some.flatMap((g) => members[g]))];
  const dual = new Map(rows.map((i, row) => [i, Math.round(UNITS * duals[row])]));
  let ofCount = rows.length < duals.length ? Math.round(UNITS * duals[rows.length]) : 0;
  if ((ofCount > 0 && least === null) || (ofCount < 0 && most === null)) ofCount = 0;
  const reduced = (/** @type {number} */ g) => members[g].reduce((left, i) => left - (dual.get(i) ?? 0), costs[g] - (members[g].length > 1 ? ofCount : 0));
  for (const g of some) {
    const over = Math.min(0, reduced(g));
    if (over < 0) dual.set(members[g][0], (dual.get(members[g][0]) ?? 0) + over);
  }
  const bound = sum([...dual.values()]) + (ofCount > 0 ? ofCount * (least ?? 0) : ofCount * (most ?? 0));
  return { bound, reduced: new Map(some.map((g) => [g, reduced(g)])) };
}

/** The relaxation of a part; null if not even that has a solution. @type {(highs: Highs, asked: Asked, some: number[]) => Relaxed | null} */
function relax(highs, asked, some) {
  const [only] = some;
  if (some.length === 1 && asked.least === null && asked.most === null) return { bound: asked.costs[only], reduced: new Map([[only, 0]]), plan: some }; // nothing to choose
  const model = modelOf(highs, asked, some, false);
  try {
    model.run();
    const status = model.getModelStatus();
    if (status === INFEASIBLE) return null;
    if (status !== OPTIMAL) throw new Error(`the relaxation ended with status ${status}`);
    const { colValue, rowDual } = model.getSolution();
    const isWhole = colValue.every((value) => value < WHOLE || value > 1 - WHOLE);
    return { ...certify(asked, some, rowDual), plan: isWhole ? some.filter((_, k) => colValue[k] > HALF) : null };
  } finally {
    model.dispose();
  }
}

/** Search a part whole; null if nothing places everybody.
 * @type {(highs: Highs, asked: Asked, some: number[], known: number[] | null, tell: (bound: number, plan: number[] | null) => void) => number[] | null} */
function search(highs, asked, some, known, tell) {
  const model = modelOf(highs, asked, some, true);
  const chosen = (/** @type {Float64Array} */ values) => some.filter((_, k) => values[k] > HALF);
  const { mipImprovingSolution, mipLogging } = highs.constants.callbackType;
  try {
    if (known !== null) {
      const inside = new Set(known);
      model.setSolution({ colValue: Float64Array.from(some, (g) => Number(inside.has(g))) });
    }
    model.run({
      [mipLogging]: ({ data }) => { tell(data.mip_dual_bound ?? -Infinity, null); },
      [mipImprovingSolution]: ({ data }) => { if (data.mip_solution) tell(data.mip_dual_bound ?? -Infinity, chosen(data.mip_solution)); },
    });
    const status = model.getModelStatus();
    if (status === INFEASIBLE) return null;
    if (status !== OPTIMAL) throw new Error(`the search ended with status ${status}`);
    return chosen(model.getSolution().colValue);
  } finally {
    model.dispose();
  }
}

/** What a plan costs, millionths of a minute. @type {(asked: Asked, plan: number[]) => number} */
export const costOf = ({ costs }, plan) => sum(plan.map((g) => costs[g]));

/**
 * The best plan, proved; or whom nothing places.
 * @param {Highs} highs
 * @param {Asked} asked
 * @param {number[] | null} known A plan to begin with: the numbers of its offices.
 * @param {(progress: { bound: number, plan: number[] | null }) => void} tell What is proved and what is known so far, of the whole.
 * @returns {{ plan: number[], bound: number } | { stuck: Position[] }}
 */
export function choose(highs, asked, known, tell) {
  const { members, n, least, most } = asked;
  const placed = new Set(members.flat());
  const lost = [...Array(n).keys()].filter((i) => !placed.has(i));
  if (lost.length) return { stuck: lost };
  const everything = members.map((_, g) => g);
  const parts = least === null && most === null ? partsOf(members, n) : [everything];
  const inPart = (/** @type {number[]} */ some) => {
    const inside = new Set(some);
    return known?.filter((g) => inside.has(g)) ?? null;
  };
  const work = parts.map((some) => ({ some, relaxed: relax(highs, asked, some), known: inPart(some) }));
  const failed = work.find(({ relaxed }) => relaxed === null);
  if (failed) return { stuck: [...new Set(failed.some.flatMap((g) => members[g]))] };
  const bounds = work.map(({ relaxed }) => relaxed?.bound ?? 0);
  const plans = work.map(({ relaxed, known: start }) => relaxed?.plan ?? start);
  const whole = () => (plans.every((plan) => plan !== null) ? plans.flatMap((plan) => plan ?? []) : null);
  tell({ bound: sum(bounds), plan: whole() });
  for (const [k, { some, relaxed, known: start }] of work.entries()) {
    if (!relaxed || relaxed.plan) continue;
    const ceiling = start === null ? Infinity : costOf(asked, start);
    const left = some.filter((g) => relaxed.bound + (relaxed.reduced.get(g) ?? 0) <= ceiling);
    const found = search(highs, asked, left, start, (bound, plan) => {
      bounds[k] = Math.max(bounds[k], Math.floor(UNITS * bound));
      plans[k] = plan ?? plans[k];
      tell({ bound: sum(bounds), plan: whole() });
    });
    if (found === null) return { stuck: [...new Set(some.flatMap((g) => members[g]))] };
    plans[k] = found;
    bounds[k] = costOf(asked, found);
    tell({ bound: sum(bounds), plan: whole() });
  }
  return { plan: plans.flatMap((plan) => plan ?? []), bound: sum(bounds) };
}
