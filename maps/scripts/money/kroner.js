// optimizer/judging/kroner/office_money.py and the keys of optimizer/sharing once more, for the page: what any office costs, and
// what each member pays. Municipalities are positions in id order; kroner a year. Groups and what takes a solver come with the data.
import { must, mustGet } from "../base/must.js";
import { hiredOf } from "../trial/judge.js";

const ORE = 100;
const NOISE = 1e-6; // of sums that Python keeps as fractions
const NEEDED = { inhabitants: true, need: true, use: true };

/** In whole øre, halves to the even one as Python does. @param {number} kroner */
function oreOf(kroner) {
  const near = Math.round(kroner * ORE);
  return near - kroner * ORE === 0.5 && near % 2 ? near - 1 : near;
}
/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);
/** @type {(years: YearlyMoney[]) => YearlyMoney} */
const together = (years) => {
  const all = (/** @type {keyof YearlyMoney} */ name) => sum(years.map((one) => one[name]));
  return { cost: all("cost"), cash: all("cash"), undone: all("undone"), posts: all("posts"), bought: all("bought") };
};

/** Several together. @type {(states: ThreeStates[]) => ThreeStates} */
export const allStates = (states) => ({
  today: together(states.map((one) => one.today)), alone: together(states.map((one) => one.alone)), shared: together(states.map((one) => one.shared)),
});

/** In whole øre, as optimizer.sharing.shares.whole_shares: each rounded down, and the largest remainders up. @type {(shares: number[], total: number) => number[]} */
export function wholeShares(shares, total) {
  const floors = shares.map((share) => Math.floor(share + NOISE));
  const left = shares.map((share, i) => Math.round((share - floors[i]) / NOISE));
  const order = shares.map((_, i) => i).sort((a, b) => left[b] - left[a] || a - b);
  const up = new Set(order.slice(0, total - sum(floors)));
  return floors.map((low, i) => low + (up.has(i) ? 1 : 0));
}

/** The part of the first key from and to which nothing is too much: value(1) and value(0) of each condition, and its limit.
 * @type {(conditions: { at: number, none: number, limit: number }[]) => Ends | null} */
function interval(conditions) {
  let [low, high] = [0, 1];
  for (const { at, none, limit } of conditions) {
    const [room, slope] = [limit - none, at - none];
    if (slope > 0) high = Math.min(high, room / slope);
    else if (slope < 0) low = Math.max(low, room / slope);
    else if (room < 0) return null;
  }
  return low <= high ? [low, high] : null;
}

/** The smallest part of the total that must come from outside so that u p + w q <= limit for all: the corners are tried.
 * @type {(rows: { p: number, q: number, limit: number }[]) => number} */
function leastGrant(rows) {
  const all = [...rows, { p: 1, q: 0, limit: 0, axis: true }, { p: 0, q: 1, limit: 0, axis: true }, { p: 1, q: 1, limit: 1 }];
  let most = 0;
  all.forEach((a, k) => {
    for (const b of all.slice(k + 1)) {
      const det = a.p * b.q - a.q * b.p;
      if (Math.abs(det) < 1e-15) continue;
      const [u, w] = [(a.limit * b.q - a.q * b.limit) / det, (a.p * b.limit - a.limit * b.p) / det];
      const kept = u >= -1e-12 && w >= -1e-12 && all.every((one) => "axis" in one || u * one.p + w * one.q <= one.limit + 1e-12);
      if (kept) most = Math.max(most, u + w);
    }
  });
  return 1 - most;
}

/**
 * What offices cost and who pays.
 * @param {KronerData} data
 * @param {Judge} judge
 * @param {number[]} inhabitants
 */
export function makeKroner(data, judge, inhabitants) {
  const { prices } = data;
  const spread = (/** @type {any} */ given) => (Array.isArray(given) ? given : new Array(judge.n).fill(given));
  const [fteKr, minuteKr, aloneKr, hours] = [data.fte_kr, data.minute_kr, data.alone_kr, data.hours].map(spread);
  const planners = spread(judge.data.planner_fte);
  const need = spread(judge.data.need_fte);
  /** @type {Record<string, number[]>} */
  const figures = { inhabitants, need, use: hours };

  /** @type {(host: Position, members: Position[], today?: boolean, stayed?: boolean) => OfficeMoney} */
  function office(host, members, today = false, stayed = false) {
    const { planner_fte: employed, need_fte: shared } = judge.staffing(members);
    const needed = stayed ? sum(members.map((i) => need[i])) : shared;
    const gap = Math.max(0, needed - employed);
    const hired = today ? 0 : hiredOf(employed, gap, prices);
    const bought = gap - hired;
    const trips = sum(members.filter((i) => i !== host).map((i) => (prices.visits ? 2 * prices.visits * judge.way(i, host) : 0)));
    const parts = {
      staff: fteKr[host] * (employed + hired),
      bought: prices.bought_kr * bought,
      travel: trips * minuteKr[host],
      organisation: members.length > 1 ? prices.office_kr + prices.member_kr * members.length : 0,
    };
    const said = members.length === 1 && !today ? aloneKr[host] : null;
    const undone = (1 - prices.bought_share) * bought;
    const cost = said === null ? sum(Object.values(parts)) : said + prices.bought_kr * undone;
    return { host, members, employed, hired, posts: employed + hired, cost, undone, bought: bought - undone, cash: cost - (bought ? parts.bought * (undone / bought) : 0), parts };
  }

  /** @type {Map<string, OfficeMoney>} */
  const known = new Map();
  /** @type {typeof office} */
  function remembered(host, members, today = false) {
    const key = `${host}:${members.join()}:${today}`;
    if (!known.has(key)) known.set(key, office(host, members, today));
    return mustGet(known, key);
  }
  const single = (/** @type {Position} */ i) => remembered(i, [i]);
  /** What an office would pay if sharing made no need fall. @type {(one: OfficeMoney) => YearlyMoney} */
  const ifNeedStayed = ({ host, members }) => (members.length === 1 ? single(host) : office(host, members, false, true));
  /** With those employed now; who shares an office already comes with the data. @type {(i: Position) => YearlyMoney} */
  const today = (i) => data.today[i] ?? remembered(i, [i], true);
  const ore = (/** @type {OfficeMoney} */ one) => oreOf(one.cost);
  const own = (/** @type {Position} */ i) => (data.shared_part === "all" ? 0 : oreOf(fteKr[i] * planners[i]));
  const planned = (/** @type {OfficeMoney} */ one) => data.offices[`${one.host}:${one.members.join()}`] ?? null;

  /** By one key, exactly; null if the page cannot know. @type {(name: string, one: OfficeMoney) => number[] | null} */
  function byOne(name, one) {
    const { members } = one;
    if (members.length === 1) return [ore(one)];
    const [mine, total] = [members.map(own), ore(one)];
    const rest = total - sum(mine);
    const alone = members.map((i, k) => ore(single(i)) - mine[k]);
    /** @type {(weights: number[]) => number[] | null} */
    const proportional = (weights) => {
      const whole = sum(weights);
      if (weights.some((weight) => weight === null || weight < 0)) return null;
      return weights.map((weight, k) => mine[k] + (whole ? (rest * weight) / whole : rest / members.length));
    };
    if (name === "equal") return proportional(members.map(() => 1));
    if (name in NEEDED) return proportional(members.map((i) => figures[name][i]));
    if (name === "alone") return proportional(alone.map((cost) => Math.max(0, cost)));
    if (name === "equal_gain") return alone.map((cost, k) => mine[k] + cost - (sum(alone) - rest) / members.length);
    return planned(one)?.solved[name] ?? null;
  }

  /** By a key or a mix, in whole øre that sum to the cost; null if the page cannot know. @type {(one: OfficeMoney, key: KeyParts) => number[] | null} */
  function shares(one, key) {
    /** @type {{ part: number, of: number[] }[]} */
    const parts = [];
    for (const [name, part] of Object.entries(key)) {
      const of = byOne(name, one);
      if (of === null) return null;
      parts.push({ part, of });
    }
    return wholeShares(one.members.map((_, k) => sum(parts.map(({ part, of }) => part * of[k]))), ore(one));
  }

  /** @type {(one: OfficeMoney) => ThreeStates} */
  function states(one) {
    return { today: together(one.members.map(today)), alone: together(one.members.map((i) => single(i))), shared: one };
  }

  /** Of each member by what it pays; shared is null where that is not known.
   * @type {(one: OfficeMoney, paid: number[] | null) => MemberStates[]} */
  function memberStates(one, paid) {
    const { members } = one;
    const whole = sum(members.map((i) => need[i]));
    return members.map((i, k) => {
      const before = { today: today(i), alone: single(i) };
      if (paid === null) return { ...before, shared: null };
      const part = one.cost ? paid[k] / ORE / one.cost : 1 / members.length;
      const ofNeed = whole ? need[i] / whole : 1 / members.length;
      return { ...before, shared: { cost: paid[k] / ORE, cash: one.cash * part, undone: one.undone * ofNeed, posts: one.posts * ofNeed, bought: one.bought * ofNeed } };
    });
  }

  /** What the two lines of a member are more than alone by themselves, kroner, where that is the opposite of like for like; else null.
   * @type {(states: Pick<MemberStates, "alone" | "shared">) => number | null} */
  function linesTurned({ alone, shared }) {
    if (shared === null) return null;
    const more = shared.cost - alone.cost;
    const lines = shared.cash - alone.cash + prices.bought_kr * (shared.undone - alone.undone);
    return Math.min(Math.abs(more), Math.abs(lines)) >= 1 && more > 0 !== lines > 0 ? lines : null;
  }

  /** Keys in proportion to figures that are 0 of every member, so that they divide equally. @type {(one: OfficeMoney) => string[]} */
  const evenly = ({ members }) => Object.keys(NEEDED).filter((name) => members.every((i) => figures[name][i] === 0));

  /** Whole kroner that each pays more than alone, from both sums as they are written. @type {(one: OfficeMoney, paid: number[]) => number[]} */
  const extra = (one, paid) => one.members.map((i, k) => Math.round(paid[k] / ORE) - Math.round(ore(single(i)) / ORE));

  /** Between which parts divided equally, the rest by inhabitants, nobody pays more than alone and no group would leave, and the
   * grant that closes it where nobody can be content. @type {(one: OfficeMoney) => Acceptance} */
  function acceptance(one) {
    const [equal, other] = ["equal", "inhabitants"].map((name) => must(byOne(name, one), name));
    const alone = one.members.map((i) => ore(single(i)));
    const singles = alone.map((limit, k) => ({ at: equal[k], none: other[k], limit }));
    const groups = planned(one)?.groups ?? null;
    const inside = (/** @type {number[]} */ of, /** @type {number} */ group) => sum(of.filter((_, k) => (group >> k) & 1));
    const pays = interval(singles);
    const leaves = groups === null ? null : interval([...singles, ...groups.map(([group, limit]) => ({ at: inside(equal, group), none: inside(other, group), limit }))]);
    if (pays !== null) return { pays, leaves, tried: groups !== null, grant: 0 };
    const mine = one.members.map(own);
    const rest = ore(one) - sum(mine);
    const rows = one.members.map((_, k) => ({ p: (equal[k] - mine[k]) / rest, q: (other[k] - mine[k]) / rest, limit: (alone[k] - mine[k]) / rest }));
    const none = rest <= 0 || rows.some(({ limit }) => limit < 0);
    return { pays, leaves: null, tried: groups !== null, grant: none ? null : Math.ceil((leastGrant(rows) * rest) / ORE - 1e-6) };
  }

  /** What a group has in an office of its own that costs so much: planners and need are those of any host, as group_year in
   * optimizer/judging/kroner/three_states.py. @type {(members: Position[], ofOre: number) => YearlyMoney} */
  function byThemselves(members, ofOre) {
    const { undone, posts, bought } = remembered(members[0], members);
    return { cost: ofOre / ORE, cash: ofOre / ORE - prices.bought_kr * undone, undone, posts, bought };
  }

  /** The group that gains most a member by an office of its own, by what each pays; null if nobody does or it is not known.
   * @type {(one: OfficeMoney, paid: number[]) => BetterOffice | null} */
  function leaving(one, paid) {
    const found = (planned(one)?.groups ?? []).map(([group, cost]) => {
      const members = one.members.filter((_, k) => (group >> k) & 1);
      return { members, gain: sum(paid.filter((_, k) => (group >> k) & 1)) - cost, cost };
    }).filter(({ members, gain }) => gain >= members.length);
    /** @param {BetterOffice} found */
    const each = ({ members, gain }) => gain / members.length;
    return found.length ? found.reduce((best, next) => (each(next) > each(best) ? next : best)) : null;
  }

  const possible = () => must(data.possible, "the possible offices");
  /** The groups of all that could be an office whose members pay more now, the one that gains most a member first; sums in whole øre.
   * A gain below one øre a member may come from rounding. @type {(paid: number[]) => BetterOffice[]} */
  function better(paid) {
    const { groups, costs } = possible();
    return groups.map((members, k) => ({ members, gain: sum(members.map((i) => paid[i])) - costs[k], cost: costs[k] }))
      .filter(({ members, gain }) => gain >= members.length)
      .sort((one, other) => other.gain / other.members.length - one.gain / one.members.length);
  }

  /** Kroner a year that hold some offices, at least and enough. @type {(offices: OfficeMoney[]) => Ends} */
  function holdingGrant(offices) {
    const total = sum(offices.map(ore));
    return /** @type {Ends} */ (possible().prices.map((asked) => Math.max(0, total - asked) / ORE));
  }

  /** What an office costs more in a year than in those after the first ones. @type {(year: number, granted: boolean) => number} */
  function added(year, granted) {
    const start = prices.start_kr && year <= prices.start_years ? prices.start_kr / prices.start_years : 0;
    return start - (granted && year <= prices.grant_years ? prices.grant_kr : 0);
  }

  return { office: remembered, single, ifNeedStayed, linesTurned, evenly, shares, states, memberStates, extra, acceptance, leaving, better, byThemselves, holdingGrant, added, data };
}
