// What a reader asks, as a problem that the judge reads: the run's own, with other prices, limits, pins and participants.

/** Kinds of demands on one municipality, and on two. */
export const OF_ONE = ["leads", "not_host", "alone", "out"];
export const OF_TWO = ["together", "apart", "at"];
const DECIMALS = 1e4; // of a journey's weight, as geodata.planners.weighed_by_need
/** Limits that may be tightened: whether a value is at least as tight as the run's. @type {Record<string, (value: number, own: number | null) => boolean>} */
export const TIGHTER = {
  max_minutes: (value, own) => value <= (own ?? Infinity),
  max_members: (value, own) => value <= (own ?? Infinity),
  max_offices: (value, own) => value <= (own ?? Infinity),
  min_offices: (value, own) => value >= (own ?? 0),
};

/** What a lock of a trial asks of its municipality. @type {(hostOf: HostOf, i: Position) => Demand} */
function lockAsks(hostOf, i) {
  if (hostOf[i] !== i) return { kind: "at", ids: [i, hostOf[i]], lock: true };
  return { kind: hostOf.some((host, j) => host === i && j !== i) ? "leads" : "alone", ids: [i], lock: true };
}

/** All that is asked beyond the run, each of which could be taken back by itself: demands, locks, limits that are tighter, the county.
 * @type {(base: JudgeData, wishes: Wishes) => Demand[]} */
export function demandsOf(base, { limits, demands, locks, hostOf, county }) {
  const tighter = Object.keys(TIGHTER).filter((name) => limits[name] !== base.limits[name]);
  const mass = base.limits.critical_mass === "hard" && limits.min_office_fte !== base.limits.min_office_fte ? ["min_office_fte"] : [];
  return [
    ...demands,
    ...locks.map((i) => lockAsks(hostOf, i)),
    ...[...tighter, ...mass].map((name) => ({ kind: "limit", ids: [], name, value: limits[name] })),
    ...(county ? [{ kind: "county", ids: [], name: county }] : []),
  ];
}

/** The offices that nobody of a county belongs to stay as they are. @type {(base: JudgeData, hostOf: HostOf, county: string, left: Set<Position>) => Pick<Pins, "held" | "fixed" | "may_not_host">} */
function outside(base, hostOf, county, left) {
  /** @type {Map<Position, Position[]>} */
  const offices = new Map();
  hostOf.forEach((host, i) => { if (!left.has(i)) offices.set(host, [...offices.get(host) ?? [], i]); });
  const known = new Set(base.pins.held.map(([host]) => host));
  const others = [...offices].filter(([host, some]) => some.includes(host) && !known.has(host) && !some.some((i) => base.counties[i] === county));
  const single = others.filter(([, some]) => some.length === 1).map(([host]) => host);
  return {
    held: others.filter(([, some]) => some.length > 1),
    fixed: single.map((i) => [i, i]),
    may_not_host: single,
  };
}

/** The weight of each journey where somebody is left out: by need, if that is where the weights are from.
 * @type {(base: JudgeData, left: Set<Position>) => number[] | number} */
function tripsWithout(base, left) {
  const { trips, need_fte: need } = base;
  if (!left.size || !Array.isArray(trips) || !Array.isArray(need)) return trips;
  /** @type {(some: number[]) => (i: number) => number} */
  const byNeed = (some) => {
    const mean = some.reduce((total, value) => total + value, 0) / some.length;
    return (i) => Math.round(DECIMALS * need[i] / mean) / DECIMALS;
  };
  const [before, after] = [byNeed(need), byNeed(need.filter((_, i) => !left.has(i)))];
  const fromNeed = trips.map((weight, i) => Math.abs(weight - before(i)) < 1.5 / DECIMALS);
  // One of the reader's own may be the same by chance.
  return 2 * fromNeed.filter(Boolean).length > trips.length ? trips.map((weight, i) => (fromNeed[i] ? after(i) : weight)) : trips;
}

/** The problem that is asked. @type {(base: JudgeData, wishes: Wishes, demands?: Demand[]) => JudgeData} */
export function questionOf(base, wishes, demands = demandsOf(base, wishes)) {
  const of = (/** @type {string} */ kind) => demands.filter((one) => one.kind === kind).map((one) => one.ids);
  const first = (/** @type {string} */ kind) => of(kind).map(([i]) => i);
  const left = new Set(first("out"));
  const county = demands.find((one) => one.kind === "county")?.name;
  const rest = county ? outside(base, wishes.hostOf, county, left) : { held: [], fixed: [], may_not_host: [] };
  const { pins } = base;
  const alone = first("alone");
  const fixed = [...pins.fixed, .../** @type {[Position, Position][]} */ (of("at")), ...alone.map((i) => /** @type {[Position, Position]} */ ([i, i])), ...rest.fixed];
  const mustHost = [...pins.must_host, ...first("leads")];
  const unique = (/** @type {Position[]} */ some) => [...new Set(some)].sort((a, b) => a - b);
  const asked = Object.fromEntries(demands.filter((one) => one.kind === "limit").map(({ name, value }) => [name, value]));
  const mass = base.limits.critical_mass === "hard" ? {} : { min_office_fte: wishes.limits.min_office_fte };
  return {
    ...base,
    weights: { ...base.weights, ...wishes.weights },
    limits: { ...base.limits, ...mass, ...asked },
    trips: tripsWithout(base, left),
    left: unique([...left]),
    decided: unique([...base.decided, ...mustHost, ...fixed.filter(([i, host]) => i !== host).map(([, host]) => host)]),
    pins: {
      together: [...pins.together, ...of("together")],
      apart: [...pins.apart, ...of("apart")],
      fixed,
      must_host: unique(mustHost),
      may_not_host: unique([...pins.may_not_host, ...first("not_host"), ...alone, ...rest.may_not_host]),
      leave_out: [...new Set([...pins.leave_out, ...[...left].map((i) => base.ids[i])])].sort(),
      held: [...pins.held, ...rest.held],
    },
  };
}

/** What a plan costs by a judge, of those who take part, minutes. @type {(judge: Judge, hostOf: HostOf) => Judgement} */
export function judgedWithout(judge, hostOf) {
  const found = judge.evaluate(hostOf);
  const left = new Set(judge.data.left);
  if (!left.size) return found;
  const offices = found.offices.filter(({ host }) => !left.has(host));
  const terms = Object.fromEntries(Object.keys(found.terms).map((name) => {
    const value = offices.reduce((total, row) => total + row.terms[name], 0);
    const weight = judge.weights[name];
    return [name, { value, minutes: weight ? weight * value : 0 }];
  }));
  return { ...found, offices, terms, objective: Object.values(terms).reduce((total, term) => total + term.minutes, 0) };
}
