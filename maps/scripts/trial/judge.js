// optimizer/judging/evaluate.py once more, for the page: what any grouping costs and which rules it breaks. The sums are taken
// in the same order, so the figures are the same to the last digit. Municipalities are positions in id order.
import { mustGet } from "../base/must.js";

export const TOLERANCE = 1e-6;
const NO_WAY = 0xffffff;
const KEPT_OFFICES = 20000;

/**
 * Minutes from each (row) to each, as maps.pages.trial.minutes_data writes them.
 * @param {JudgeData["minutes"]} data
 * @param {number} n
 */
function unpackMinutes({ form, symmetric, data }, n) {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const hundredths = (/** @type {number} */ k) => {
    const value = bytes[3 * k] | (bytes[3 * k + 1] << 8) | (bytes[3 * k + 2] << 16);
    return value === NO_WAY ? Infinity : value / 100;
  };
  const read = form === "hundredths" ? hundredths : (/** @type {number} */ k) => view.getFloat64(8 * k, true);
  const table = new Float64Array(n * n);
  let k = 0;
  for (let i = 0; i < n; i += 1) {
    for (let j = symmetric ? i + 1 : 0; j < n; j += 1) {
      if (i === j) continue;
      table[i * n + j] = read(k);
      if (symmetric) table[j * n + i] = table[i * n + j];
      k += 1;
    }
  }
  return table;
}

/** Of what was unpacked before: another question about the same municipalities has the same minutes. @type {WeakMap<object, Float64Array>} */
const unpacked = new WeakMap();

/** @type {(packed: JudgeData["minutes"], n: number) => Float64Array} */
function minutesOf(packed, n) {
  const minutes = unpacked.get(packed) ?? unpackMinutes(packed, n);
  unpacked.set(packed, minutes);
  return minutes;
}

/** @type {(links: Position[], nodes: number) => Position[][]} */
function neighboursOf(links, nodes) {
  const neighbours = Array.from({ length: nodes }, () => /** @type {Position[]} */ ([]));
  for (let k = 0; k < links.length; k += 2) {
    neighbours[links[k]].push(links[k + 1]);
    neighbours[links[k + 1]].push(links[k]);
  }
  return neighbours;
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);
/** Nothing of an infinite value at no price. @type {(weight: number, value: number) => number} */
const times = (weight, value) => (weight ? weight * value : 0);

/** How many of those who travel lie in another area than the host. @type {(areas: string[], office: Counted) => number} */
const across = (areas, { host, others }) => others.filter((i) => areas[i] !== areas[host]).length;

/** How much of what is missing is hired: none where that would be too small an office to recruit to.
 * @type {(employed: number, gap: number, prices: { hired_share: number, hire_from_fte: number } | Record<string, number>) => number} */
export const hiredOf = (employed, gap, { hired_share: share, hire_from_fte: least }) => (employed + share * gap < least - TOLERANCE ? 0 : share * gap);

/** What an office costs a year without its journeys, kroner. @type {(office: Counted, money: NonNullable<JudgeData["money"]>) => number} */
function costOf({ host, members, planner_fte: planners, need_fte: need }, money) {
  const gap = Math.max(0, need - planners);
  const hired = hiredOf(planners, gap, money);
  const own = members.length === 1 && money.alone_kr ? money.alone_kr[host] : null;
  if (own !== null) return own + money.bought_kr * (1 - money.bought_share) * (gap - hired);
  const fte = Array.isArray(money.fte_kr) ? money.fte_kr[host] : money.fte_kr;
  const shared = members.length > 1 ? money.office_kr + money.member_kr * members.length : 0;
  return fte * (planners + hired) + money.bought_kr * (gap - hired) + shared;
}

/** Whether parts of a discipline, årsverk and persons of each member, cover it together; as optimizer.judging.disciplines.cover_of.
 * @type {(parts: [number, number | null][], threshold: number) => Cover} */
function coverOf(parts, threshold) {
  const enough = (/** @type {number} */ fte) => fte >= threshold - TOLERANCE;
  const some = parts.filter(([fte]) => fte > 0);
  const fte = sum(parts.map(([one]) => one));
  if (!enough(fte)) return "not";
  const unknown = some.filter(([, many]) => many === null);
  const people = some.map(([, many]) => many ?? 0);
  if (!enough(sum(unknown.map(([one]) => one))) && !some.some(([held], k) => people[k] > 0 && enough(held / people[k]))) return "not";
  if (unknown.length) return fte < 2 * threshold - TOLERANCE ? "one_person" : "covered";
  return sum(people) === 1 ? "one_person" : "covered";
}

/** How an office covers each discipline: how, årsverk, whether persons are known, and the members that need it.
 * @type {(members: Position[], known: NonNullable<JudgeData["disciplines"]>, held: (i: Position, d: number) => [number, number | null]) => Coverage[]} */
const coverageOf = (members, { threshold, needed }, held) => needed.map((needing, d) => {
  const parts = members.map((i) => held(i, d));
  return {
    cover: coverOf(parts, threshold),
    fte: sum(parts.map(([fte]) => fte)),
    known: parts.every(([fte, people]) => fte <= 0 || people !== null),
    needing: members.filter((i) => !needing || needing.includes(i)),
  };
});

/** What an office adds to each term: its raw value. @type {Record<string, (office: Counted, about: About) => number>} */
const OF_TERM = {
  travel: ({ host, others }, { trips, way }) => sum(others.map((i) => times(trips[i], way(i, host)))),
  missing_fte: (office, { limits, net }) => Math.max(0, limits.min_office_fte - net(office)),
  county_lines: (office, { data }) => across(data.counties, office),
  statsforvalter_lines: (office, { data }) => across(data.statsforvaltere, office),
  unmet_need: (office, { net }) => Math.max(0, office.need_fte - net(office)),
  alone: ({ members }) => (members.length === 1 ? 1 : 0),
  cost: (office, { data }) => (data.money ? costOf(office, data.money) : 0) / 1000,
  uncovered: ({ members }, { lacked }) => sum(lacked(members).map((needing) => needing.length)),
};

/** The rules that can be judged here. */
const JUDGED = new Set([
  "complete", "host_is_member", "max_minutes", "min_members", "max_members", "contiguity", "county_lines", "min_office_fte", "max_office_need_fte",
  "min_host_share", "min_offices", "max_offices", "may_host", "together", "apart", "fixed", "must_host", "may_not_host", "held", "covers",
]);
const SETTINGS = ["alone_exempt", "critical_mass"]; // limits that no rule is named after
const NOT_JUDGED = ["nobody_worse", "stable"]; // they try every group of members: a page refuses where they are asked

/** Terms, rules and limits that the page asks for and that cannot be judged here. @type {(data: JudgeData) => string[]} */
export const unknownToJudge = ({ terms, rules, limits }) => [...new Set([
  ...terms.filter((name) => !(name in OF_TERM)),
  ...Object.keys(rules).filter((name) => !JUDGED.has(name) && (rules[name].applies || !NOT_JUDGED.includes(name))),
  ...Object.keys(limits).filter((name) => !JUDGED.has(name) && !SETTINGS.includes(name) && !NOT_JUDGED.includes(name)),
])];

/** The judge of a problem. @param {JudgeData} data */
export function makeJudge(data) {
  const { limits, weights, pins } = data;
  const n = data.ids.length;
  const minutes = minutesOf(data.minutes, n);
  const neighbours = neighboursOf(data.links, data.nodes);
  const barred = new Set(data.barred);
  const mayNotHost = new Set(pins.may_not_host);
  const decided = new Set(data.decided);
  const left = new Set(data.left);
  /** Whether links lead on through somebody: who does not take part. @param {Position} j */
  const crossed = (j) => j >= n || (limits.contiguity === "through" && left.has(j));
  const { disciplines } = data;
  const heldOffices = new Map(pins.held.map(([host, some]) => [host, some.join()]));
  const figures = (/** @type {number[] | number} */ given) => (Array.isArray(given) ? given : new Array(n).fill(given));
  const [planners, need, fixed, trips] = [data.planner_fte, data.need_fte, data.fixed_need_fte, data.trips].map(figures);
  /** Minutes to a host. @type {(i: Position, host: Position) => number} */
  const way = (i, h) => minutes[i * n + h];
  /** What a municipality holds of a discipline: årsverk and, if known, persons. @type {(i: Position, d: number) => [number, number | null]} */
  const holds = (i, d) => disciplines?.table[i]?.[d] ?? [(disciplines?.shares[d] ?? 0) * planners[i], null];
  const coverage = (/** @type {Position[]} */ members) => (disciplines ? coverageOf(members, disciplines, holds) : []);
  /** Of each discipline that an office does not cover, the members that need it. @param {Position[]} members */
  const lacked = (members) => coverage(members).map(({ cover, needing }) => (cover === "not" ? needing : []));
  /** Planners less those on the road for days at each town hall; the host itself has no way. @param {Pick<Counted, "host" | "members" | "planner_fte">} office */
  const net = ({ host, members, planner_fte: employed }) => employed - sum(members.map((i) => times(data.road_fte_per_minute ?? 0, way(i, host))));
  const about = { data, limits, trips, way, lacked, net };

  /** @param {Position[]} members */
  function needOf(members) {
    const parts = members.map((i) => fixed[i]);
    return sum(members.map((i) => need[i])) - (1 - data.fixed_kept) * (sum(parts) - Math.max(...parts));
  }

  /** Planners employed and needed. @param {Position[]} members */
  const staffing = (members) => ({ planner_fte: sum(members.map((i) => planners[i])), need_fte: needOf(members) });

  /** What the terms and rules count of an office. @type {(host: Position, members: Position[]) => Counted} */
  function counted(host, members) {
    const others = members.filter((i) => i !== host);
    const ways = others.map((i) => way(i, host));
    return {
      host,
      members,
      others,
      mean_minutes: ways.length ? sum(ways) / ways.length : 0,
      longest_minutes: Math.max(0, ...ways),
      ...staffing(members),
    };
  }

  /** What an office adds to a term: its raw value. @type {(name: string, office: Counted) => number} */
  const termOf = (name, office) => OF_TERM[name](office, about);

  /** @param {Counted} office @returns {OfficeRow} */
  function officeRow({ others, ...office }) {
    const terms = Object.fromEntries(data.terms.map((name) => [name, termOf(name, { ...office, others })]));
    return { ...office, terms, minutes_equivalents: sum(data.terms.map((name) => times(weights[name], terms[name]))) };
  }

  /** @param {Position[]} members */
  function isConnected(members) {
    if (limits.contiguity === "off") return true;
    const inside = new Set(members);
    const reached = new Set([members[0]]);
    for (const i of reached) {
      for (const j of neighbours[i]) if (inside.has(j) || crossed(j)) reached.add(j);
    }
    return members.every((i) => reached.has(i));
  }

  /** @type {(rule: string, ids: Position[], host?: Position | null, found?: number | null, limit?: number | null) => Breach} */
  const breach = (rule, ids, host = null, found = null, limit = null) => ({ rule, ids, host, found, limit });

  /** @param {Counted} office */
  function officeBreaches({ host, members, planner_fte: employed, need_fte: needed }) {
    const found = [];
    for (const i of members) {
      if (way(i, host) > limits.max_minutes + TOLERANCE) found.push(breach("max_minutes", [i], host, way(i, host), limits.max_minutes));
      if (limits.county_lines === "hard" && data.counties[i] !== data.counties[host]) found.push(breach("county_lines", [i], host));
    }
    const size = members.length;
    if (size > limits.max_members) found.push(breach("max_members", members, host, size, limits.max_members));
    if (!isConnected(members)) found.push(breach("contiguity", members, host));
    if (size === 1 && limits.alone_exempt) return found;
    if (size < limits.min_members) found.push(breach("min_members", members, host, size, limits.min_members));
    const there = net({ host, members, planner_fte: employed });
    if (limits.critical_mass === "hard" && there < limits.min_office_fte - TOLERANCE) {
      found.push(breach("min_office_fte", members, host, there, limits.min_office_fte));
    }
    const largest = limits.max_office_need_fte;
    if (largest !== null && needed > largest + TOLERANCE) found.push(breach("max_office_need_fte", members, host, needed, largest));
    return found;
  }

  /** @param {Counted} office */
  function hostBreaches({ host, members }) {
    const found = [];
    if (!members.includes(host)) found.push(breach("host_is_member", members, host));
    if (members.length > 1 && barred.has(host)) found.push(breach("may_host", [host], host));
    if (members.length > 1 && mayNotHost.has(host)) found.push(breach("may_not_host", [host], host));
    const least = limits.min_host_share;
    const most = members.reduce((first, i) => (planners[i] > planners[first] ? i : first));
    if (planners[host] < least * planners[most] - TOLERANCE) {
      found.push(breach("min_host_share", [most], host, planners[host] / planners[most], least));
    }
    return found;
  }

  /** @param {Counted} office */
  function disciplineBreaches({ host, members }) {
    if (members.length === 1 || !disciplines) return [];
    const needing = new Set(lacked(members).flatMap((some, d) => (limits.covers.includes(disciplines.names[d]) ? some : [])));
    return needing.size ? [breach("covers", members.filter((i) => needing.has(i)), host)] : [];
  }

  /** @param {number} shared */
  function wholeBreaches(shared) {
    const { min_offices: least, max_offices: most } = limits;
    const found = [];
    if (shared < (least ?? 0)) found.push(breach("min_offices", [], null, shared, least));
    if (most !== null && shared > most) found.push(breach("max_offices", [], null, shared, most));
    return found;
  }

  /** @type {(hostOf: HostOf, sizes: Map<Position, number>) => Breach[]} */
  function pinBreaches(hostOf, sizes) {
    const found = [];
    for (const some of pins.together) if (new Set(some.map((i) => hostOf[i])).size > 1) found.push(breach("together", some));
    for (const some of pins.apart) {
      some.forEach((a, k) => {
        for (const b of some.slice(k + 1)) if (hostOf[a] === hostOf[b]) found.push(breach("apart", [a, b], hostOf[a]));
      });
    }
    for (const [i, host] of pins.fixed) if (hostOf[i] !== host) found.push(breach("fixed", [i], hostOf[i]));
    for (const i of pins.must_host) if (hostOf[i] !== i || sizes.get(i) === 1) found.push(breach("must_host", [i], hostOf[i]));
    for (const [host, some] of pins.held) {
      const inside = new Set(some);
      if (hostOf.some((at, i) => (at === host) !== inside.has(i))) found.push(breach("held", some, host));
    }
    return found;
  }

  /** What an office breaks, and what of it somebody has decided on. @param {Counted} office */
  function breachesOf(office) {
    const { host, members } = office;
    const found = [...disciplineBreaches(office), ...officeBreaches(office), ...hostBreaches(office)];
    if (!found.length) return { breaches: found, excused: found };
    const asHeld = heldOffices.get(host) === members.join();
    const excused = found.filter(({ rule }) => (asHeld && data.rules[rule].of === "office") || (rule === "min_host_share" && decided.has(host)));
    return { breaches: found.filter((one) => !excused.includes(one)), excused };
  }

  /** Most offices of a trial are those of the one before it. @type {Map<string, JudgedOffice>} */
  const known = new Map();

  /** @type {(host: Position, members: Position[]) => JudgedOffice} */
  function judged(host, members) {
    const key = host + ":" + members.join();
    if (!known.has(key)) {
      if (known.size > KEPT_OFFICES) known.clear();
      const office = counted(host, members);
      known.set(key, { row: officeRow(office), ...breachesOf(office) });
    }
    return mustGet(known, key);
  }

  /** The members of each office, in host order. @param {HostOf} hostOf */
  function officesOf(hostOf) {
    /** @type {Map<Position, Position[]>} */
    const offices = new Map();
    hostOf.forEach((host, i) => {
      const members = offices.get(host);
      if (members) members.push(i);
      else offices.set(host, [i]);
    });
    return new Map([...offices].sort(([a], [b]) => a - b));
  }

  /** @type {(hostOf: HostOf) => Judgement} */
  function evaluate(hostOf) {
    const members = officesOf(hostOf);
    const found = [...members].map(([host, some]) => judged(host, some));
    const offices = found.map((one) => one.row);
    const shared = offices.filter((row) => row.members.length > 1).length;
    /** @type {Judgement["terms"]} */
    const terms = Object.fromEntries(data.terms.map((name) => {
      const value = sum(offices.map((row) => row.terms[name]));
      return [name, { value, minutes: times(weights[name], value) }];
    }));
    const sizes = new Map([...members].map(([host, some]) => [host, some.length]));
    const breaches = [...wholeBreaches(shared), ...found.flatMap((one) => one.breaches), ...pinBreaches(hostOf, sizes)];
    const excused = found.flatMap((one) => one.excused);
    const [broken, spared] = [breaches, excused].map((some) => new Set(some.map((one) => one.rule)));
    /** @type {(rule: string) => RuleState} */
    const verdict = (rule) => (broken.has(rule) ? "broken" : spared.has(rule) ? "excused" : data.rules[rule].applies ? "met" : "not applicable");
    return {
      terms,
      objective: sum(Object.values(terms).map((term) => term.minutes)),
      breaches,
      excused,
      rules: Object.fromEntries(Object.keys(data.rules).map((rule) => [rule, verdict(rule)])),
      offices,
    };
  }

  /** Of equally good hosts the one that needs most planners goes first, then the first in id order. @type {(a: Position, b: Position) => number} */
  const byNeed = (a, b) => need[b] - need[a] || a - b;

  return { n, ids: data.ids, limits, weights, pins, way, planners, crossed, decided, barred, mayNotHost, neighbours, evaluate, office: judged, counted, termOf, breachesOf, staffing, lacked, coverage, officesOf, byNeed, data };
}
