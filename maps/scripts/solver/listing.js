// Which offices there could be under the rules that a judge knows: the same list as optimizer.engines.listing makes, each group
// of municipalities once with every host that may have it, and what each adds to every term.

const TOLERANCE = 1e-6;
/** To a minute. */
export const UNITS = 1e6;
const NOT_ASKED = () => false;

/** Who counts as next to whom: by links, through those who do not take part, or everybody. @type {(judge: Judge) => Uint8Array[]} */
function adjacency(judge) {
  const { n, neighbours, limits, crossed } = judge;
  return Array.from({ length: n }, (_, i) => {
    const near = new Uint8Array(n).fill(limits.contiguity === "off" ? 1 : 0);
    // Whoever is crossed leads on to its own neighbours, among whom may be others to be crossed.
    const open = [i];
    const met = new Set(open);
    for (const at of open) {
      for (const j of neighbours[at]) {
        if (j < n) near[j] = 1;
        if (crossed(j) && !met.has(j)) { met.add(j); open.push(j); }
      }
    }
    near[i] = 0;
    return near;
  });
}

/** What the pins say of single municipalities and of pairs. @param {Judge} judge */
function pinned({ n, pins, data }) {
  const held = new Set([...pins.held.flatMap(([, some]) => some), ...data.left ?? []]);
  const isFixedElsewhere = (/** @type {Position} */ i, /** @type {Position} */ host) => pins.fixed.some(([one, wanted]) => one === i && wanted !== host);
  const mustHost = new Set(pins.must_host);
  const apart = Array.from({ length: n }, () => /** @type {Set<Position>} */ (new Set()));
  for (const some of pins.apart) for (const i of some) for (const j of some) if (i !== j) apart[i].add(j);
  return {
    held,
    apart,
    /** Whether a pin lets somebody belong to a host. @type {(i: Position, host: Position) => boolean} */
    lets: (i, host) => !held.has(i) && !isFixedElsewhere(i, host) && (!mustHost.has(i) || i === host),
    /** Whether other pins let an office be as it is held. @type {(host: Position, members: Position[]) => boolean} */
    keeps: (host, members) => !pins.may_not_host.includes(host) && members.every((i) => !isFixedElsewhere(i, host) && (!mustHost.has(i) || i === host) && !members.some((j) => apart[i].has(j))),
    mayBeAlone: (/** @type {Position} */ i) => !held.has(i) && !isFixedElsewhere(i, i) && !mustHost.has(i),
    /** Whether a group has some but not all of a set that must share an office. @param {Position[]} members */
    splits: (members) => pins.together.some((some) => {
      const inside = some.filter((i) => members.includes(i)).length;
      return inside > 0 && inside < some.length;
    }),
  };
}

/** Who a host could have, itself first. @type {(judge: Judge, pins: ReturnType<typeof pinned>, host: Position) => Position[]} */
function ballOf(judge, pins, host) {
  const { limits, data, planners } = judge;
  const may = (/** @type {Position} */ i) => judge.way(i, host) <= limits.max_minutes + TOLERANCE && pins.lets(i, host)
    && (limits.county_lines !== "hard" || data.counties[i] === data.counties[host])
    && (judge.decided.has(host) || planners[host] >= limits.min_host_share * planners[i] - TOLERANCE);
  if (judge.barred.has(host) || judge.mayNotHost.has(host) || !may(host)) return [];
  const others = [...Array(judge.n).keys()].filter((i) => i !== host && may(i));
  return [host, ...others];
}

/**
 * Every connected group of two or more that a host could have, by Wernicke's enumeration (2006): each is reached once.
 * @type {(ball: Position[], most: number, near: Uint8Array[], apart: Set<Position>[], take: (members: Position[]) => void) => void}
 */
function grow(ball, most, near, apart, take) {
  if (most < 2 || ball.length < 2) return;
  const seen = new Set([ball[0]]);
  const members = [ball[0]];
  /** @param {Position[]} reached */
  const further = (reached) => {
    const open = reached.slice();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const one = next;
      if (members.some((i) => apart[i].has(one))) continue;
      members.push(one);
      take(members);
      if (members.length < most) {
        const added = ball.filter((i) => near[one][i] && !seen.has(i));
        for (const i of added) seen.add(i);
        further([...open, ...added]);
        for (const i of added) seen.delete(i);
      }
      members.pop();
    }
  };
  const first = ball.filter((i) => near[ball[0]][i]);
  for (const i of first) seen.add(i);
  further(first);
}

/**
 * All offices within the rules; null where there are more than asked for, or somebody wants it to end.
 * @type {(judge: Judge, most: number, ends?: (found: number) => boolean) => Listed | null}
 */
export function listOffices(judge, most, ends = NOT_ASKED) {
  const { n, limits, pins: { held } } = judge;
  const pins = pinned(judge);
  const near = adjacency(judge);
  // Members of offices that are held share with nobody else.
  for (const i of pins.held) for (let j = 0; j < n; j += 1) near[i][j] = near[j][i] = 0;
  /** @type {Map<string, Counted[]>} */
  const found = new Map();
  let pairs = 0;
  /** @type {(host: Position, members: Position[], asHeld?: boolean) => void} */
  const add = (host, members, asHeld = false) => {
    const office = judge.counted(host, members);
    if (!asHeld && judge.breachesOf(office).breaches.length) return;
    const key = members.join();
    const group = found.get(key);
    if (group) group.push(office);
    else found.set(key, [office]);
    pairs += 1;
  };
  for (let i = 0; i < n; i += 1) if (pins.mayBeAlone(i) && !pins.splits([i])) add(i, [i]);
  for (const [host, members] of held) if (pins.keeps(host, members) && !pins.splits(members)) add(host, members, true);
  for (let host = 0; host < n; host += 1) {
    grow(ballOf(judge, pins, host), limits.max_members, near, pins.apart, (members) => {
      const sorted = members.slice().sort((a, b) => a - b);
      if (pairs <= most && !pins.splits(sorted)) add(host, sorted);
    });
    if (pairs > most || ends(pairs)) return null;
  }
  return { groups: [...found.values()], values: {} };
}

/** What each office adds to a term, computed when its price first asks for it. @type {(judge: Judge, listed: Listed, name: string) => Float64Array[]} */
function valuesOf(judge, listed, name) {
  listed.values[name] ??= listed.groups.map((offices) => Float64Array.from(offices, (office) => judge.termOf(name, office)));
  return listed.values[name];
}

/** The price of each group at its best host, in whole millionths of a minute as the program counts them; of equally good hosts the one
 * that needs most planners, then the first.
 * @type {(judge: Judge, listed: Listed, weights: Record<string, number>) => Priced} */
export function price(judge, listed, weights) {
  const priced = judge.data.terms.filter((name) => weights[name]).map((name) => /** @type {const} */ ([weights[name], valuesOf(judge, listed, name)]));
  const costs = new Float64Array(listed.groups.length);
  const hosts = new Int32Array(listed.groups.length);
  listed.groups.forEach((offices, g) => {
    let [best, least] = [-1, Infinity];
    offices.forEach(({ host }, k) => {
      const cost = Math.round(UNITS * priced.reduce((total, [weight, values]) => total + weight * values[g][k], 0));
      if (cost < least || (cost === least && judge.byNeed(host, best) < 0)) [best, least] = [host, cost];
    });
    costs[g] = least;
    hosts[g] = best;
  });
  return { costs, hosts };
}
