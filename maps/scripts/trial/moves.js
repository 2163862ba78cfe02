// What a reader may do with a grouping, what each would change, and how the result is handed on.
import { atWork, existing } from "../map/cards.js";
import { journeyEnds, journeyOnBorder } from "../base/edges.js";
import { number, said } from "../base/format.js";
import { mustGet } from "../base/must.js";
import { municipality, source } from "../base/page.js";

const TOLERANCE = 1e-6;
/** @param {Breach} one */
const keyOf = (one) => [one.rule, one.ids.join(), one.host].join("|");

/** The breaches of one judgement that another does not have. @type {(after: Judgement, before: Judgement) => Breach[]} */
export function newBreaches(after, before) {
  const known = new Set(before.breaches.map(keyOf));
  return after.breaches.filter((one) => !known.has(keyOf(one)));
}

/** The moves under a judge. @param {Judge} judge */
export function makeMoves(judge) {
  const everybody = [...Array(judge.n).keys()];

  /** Of several groupings the one that breaks least, then the cheapest, then the first. @param {HostOf[]} variants */
  function best(variants) {
    const judged = variants.map((hostOf) => ({ hostOf, found: judge.evaluate(hostOf) }));
    /** @type {(a: Judgement, b: Judgement) => boolean} */
    const better = (a, b) => a.breaches.length < b.breaches.length || (a.breaches.length === b.breaches.length && a.objective < b.objective - TOLERANCE);
    return judged.reduce((least, one) => (better(one.found, least.found) ? one : least)).hostOf;
  }

  /** @type {(hostOf: HostOf, some: Position[], host: Position) => HostOf} */
  const placed = (hostOf, some, host) => {
    const next = hostOf.slice();
    for (const i of some) next[i] = host;
    return next;
  };
  /** @type {(hostOf: HostOf, host: Position) => Position[]} */
  const membersOf = (hostOf, host) => everybody.filter((i) => hostOf[i] === host);

  /** Whoever is left behind by its host gets the best host of its own. @type {(hostOf: HostOf, i: Position) => HostOf} */
  function alone(hostOf, i) {
    const rest = membersOf(hostOf, hostOf[i]).filter((j) => j !== i);
    const next = placed(hostOf, [i], i);
    if (hostOf[i] !== i || !rest.length) return next;
    return best(rest.sort(judge.byNeed).map((host) => placed(next, rest, host)));
  }

  /** With somebody who stood alone, the two have the better host of them. @type {(left: HostOf, i: Position, host: Position) => HostOf} */
  function joined(left, i, host) {
    if (membersOf(left, host).length > 1) return placed(left, [i], host);
    return best([i, host].sort(judge.byNeed).map((one) => placed(left, [i, host], one)));
  }

  /** @type {(hostOf: HostOf, i: Position, host: Position) => HostOf} */
  const join = (hostOf, i, host) => joined(alone(hostOf, i), i, host);
  /** @type {(hostOf: HostOf, i: Position) => HostOf} */
  const lead = (hostOf, i) => placed(hostOf, membersOf(hostOf, hostOf[i]), i);

  /** The whole office goes to another, and the two have the better host of them. @type {(hostOf: HostOf, i: Position, host: Position) => HostOf} */
  function joinAll(hostOf, i, host) {
    const all = [...membersOf(hostOf, hostOf[i]), ...membersOf(hostOf, host)];
    return best([host, hostOf[i]].sort(judge.byNeed).map((one) => placed(hostOf, all, one)));
  }
  /** An office of its own, with those of the old one who have a shorter way there. @type {(hostOf: HostOf, i: Position) => HostOf} */
  const split = (hostOf, i) => placed(hostOf, membersOf(hostOf, hostOf[i]).filter((j) => j === i || (j !== hostOf[i] && judge.way(j, i) < judge.way(j, hostOf[i]))), i);

  /** @type {(next: HostOf, now: Judgement) => Change} */
  function change(next, now) {
    const found = judge.evaluate(next);
    return { hostOf: next, extra: found.objective - now.objective, broken: [...new Set(newBreaches(found, now).map((one) => one.rule))] };
  }

  /** Every office that can be reached, those within the rules first, then the cheapest. @type {(hostOf: HostOf, i: Position) => Offer[]} */
  function options(hostOf, i) {
    const now = judge.evaluate(hostOf);
    const left = alone(hostOf, i);
    /** @type {Offer[]} */
    const found = [];
    for (const { host } of now.offices) {
      if (host === hostOf[i]) continue;
      const next = joined(left, i, host);
      const minutes = next[i] === i ? judge.way(host, i) : judge.way(i, next[i]);
      if (Number.isFinite(minutes)) found.push({ to: host, minutes, ...change(next, now) });
    }
    const far = (/** @type {Offer} */ one) => (Number.isNaN(one.extra) ? Infinity : one.extra);
    return found.sort((a, b) => Number(a.broken.length > 0) - Number(b.broken.length > 0) || far(a) - far(b) || a.minutes - b.minutes || a.to - b.to);
  }

  return { alone, join, joinAll, lead, split, options, membersOf, change };
}

/** As optimizer/judging/alone.py: what stops a municipality that stands alone, all else as it is.
 * @type {(judge: Judge, hostOf: HostOf, found: Judgement, i: Position) => WhyAlone} */
export function whyAlone(judge, hostOf, found, i) {
  const rows = new Map(found.offices.map((row) => [row.host, row]));
  /** @type {AloneTrial[]} */
  const trials = [];
  for (const { host, members } of found.offices) {
    if (host === i) continue;
    const together = [...members, i].sort((a, b) => a - b);
    trials.push({ host, members: together, other: host, minutes: judge.way(i, host) });
    if (members.length === 1) trials.push({ host: i, members: together, other: host, minutes: judge.way(host, i) });
  }
  trials.sort((a, b) => (a.minutes === b.minutes ? a.host - b.host : a.minutes - b.minutes));
  const mayHost = (/** @type {Position} */ host) => !judge.barred.has(host) && !judge.mayNotHost.has(host);
  const office = (/** @type {AloneTrial} */ trial) => judge.office(trial.host, trial.members);
  const whole = (/** @type {AloneTrial} */ trial) => newBreaches(judge.evaluate(hostOf.map((host, j) => (trial.members.includes(j) ? trial.host : host))), found);
  const priced = (/** @type {AloneTrial[]} */ some) => some
    .map((trial) => {
      const old = new Set(trial.members.map((j) => hostOf[j]));
      const before = [...old].reduce((total, host) => total + mustGet(rows, host).minutes_equivalents, 0);
      return { ...trial, extra: office(trial).row.minutes_equivalents - before };
    })
    .sort((a, b) => a.extra - b.extra || a.minutes - b.minutes || judge.byNeed(a.host, b.host));
  const limit = judge.limits.max_minutes;
  const legal = priced(trials.filter((trial) => trial.minutes <= limit + 1 && !office(trial).breaches.length));
  const near = priced(trials.filter((trial) => trial.minutes > limit + TOLERANCE && journeyEnds(trial.minutes)[0] <= limit + TOLERANCE));
  const onlyTooLong = (/** @type {Breach[]} */ breaches) => breaches.every((one) => one.rule === "max_minutes");
  const nearest = trials.find((trial) => trial.host !== i && mayHost(trial.host));
  const reachable = nearest !== undefined && nearest.minutes !== Infinity;
  const stops = !reachable ? [] : office(nearest).breaches.length ? office(nearest).breaches : whole(nearest);
  return {
    neighbours: judge.neighbours[i].filter((j) => j < judge.n).length,
    cheapest: legal.find((trial) => !whole(trial).length) || null,
    nearest: reachable ? nearest : null,
    stops,
    borderline: near.find((trial) => trial.extra < -TOLERANCE && onlyTooLong(office(trial).breaches) && onlyTooLong(whole(trial))) || null,
  };
}

/** What an office of these members breaks at a host, as optimizer.judging.hosting.breaches: rules and pins that speak of it.
 * @type {(judge: Judge, host: Position, members: Position[]) => Set<string>} */
function brokenAt(judge, host, members) {
  const { pins } = judge;
  const inside = new Set(members);
  const found = judge.office(host, members).breaches.map((one) => one.rule);
  if (pins.fixed.some(([i, wanted]) => inside.has(i) && wanted !== host)) found.push("fixed");
  if (pins.must_host.some((i) => inside.has(i) && i !== host)) found.push("must_host");
  if (pins.held.some(([at, some]) => (at === host ? members.some((i) => !some.includes(i)) : some.some((i) => inside.has(i))))) found.push("held");
  return new Set(found);
}

const NEAR = 1; // minutes a journey below which another host is nearly as good, as optimizer/judging/close_calls.py
const SHOWN = 0.05;

/** As maps.pages.report.Report.near_hosts: who else could host an office, as well or nearly. @type {(judge: Judge, office: Office) => string} */
export function nearHosts(judge, { id, members: ids }) {
  const [host, members] = [judge.ids.indexOf(id), ids.map((one) => judge.ids.indexOf(one)).sort((a, b) => a - b)];
  const [broken, cost] = [brokenAt(judge, host, members), judge.office(host, members).row.minutes_equivalents];
  const micro = (/** @type {number} */ minutes) => Math.round(minutes * 1e6);
  const found = members
    .filter((other) => other !== host && [...brokenAt(judge, other, members)].every((rule) => broken.has(rule)))
    .map((other) => ({ other, extra: judge.office(other, members).row.minutes_equivalents - cost }))
    .sort((a, b) => micro(a.extra) - micro(b.extra) || judge.byNeed(a.other, b.other))
    .map(({ other, extra }) => ({ host: municipality(judge.ids[other]).label, minutes: extra / (members.length - 1) }))
    .filter((one) => one.minutes < NEAR);
  const label = source.minutes_estimated ? ", " + said("method.estimated") : "";
  const same = found.filter((one) => Math.abs(one.minutes) < SHOWN).map((one) => one.host);
  const nearly = found.filter((one) => Math.abs(one.minutes) >= SHOWN).map((one) =>
    said("report.near_" + (one.minutes > 0 ? "more" : "less"), { host: one.host, minutes: number(Math.abs(one.minutes), 1), label }));
  const listed = (/** @type {string[]} */ names) => (names.length === 1 ? names[0] : said("report.near_and", { first: names.slice(0, -1).join(", "), last: names[names.length - 1] }));
  return Object.entries({ same, nearly }).filter(([, some]) => some.length).map(([key, some]) => said("report.near_" + key, { hosts: listed(some) })).join(" ");
}

const FORMULA = /^[=+\-@\t\r]/;

/** As scenarios/export/tables.py: a text is never a formula, a number has full precision. @param {string | number} value */
function cell(value) {
  const written = typeof value === "number" ? (value === Infinity ? "inf" : String(value)) : FORMULA.test(value) ? "'" + value : value;
  return /[",\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}

/** As grouping.csv of a run. @type {(judge: Judge, hostOf: HostOf) => string} */
export function groupingCsv(judge, hostOf) {
  const name = (/** @type {Position} */ i) => municipality(judge.ids[i]).name;
  const { councils, council_of: councilOf } = source.today;
  const officesOf = (/** @type {string} */ id) => existing.filter(({ status, members }) => atWork.has(status) && members.includes(id)).map((one) => one.name).join(" | ");
  const councilsOf = (/** @type {string} */ id) => (councilOf[id] || []).map(([i, checked]) => councils[i] + (checked ? "" : " (unverified)")).join(" | ");
  const ends = (/** @type {number} */ minutes) => journeyEnds(minutes).map((end) => Number(end.toFixed(6)));
  const rows = hostOf.map((host, i) => {
    const minutes = judge.way(i, host);
    return [judge.ids[i], name(i), judge.data.counties[i], judge.ids[host], name(host), minutes, ...ends(minutes), journeyOnBorder(minutes) ? 1 : 0, officesOf(judge.ids[i]), councilsOf(judge.ids[i])];
  });
  const heads = ["kommunenummer", "name", "county_number", "host", "host_name", "minutes", "minutes_low", "minutes_high", "borderline", "existing_office", "regional_council"];
  return [heads, ...rows].map((row) => row.map(cell).join() + "\n").join("");
}

/** The pins of the scenario, and over them the host of everybody in `held`, as TOML.
 * @type {(judge: Judge, hostOf: HostOf, held: Position[], heading: string[]) => string} */
export function pinsToml(judge, hostOf, held, heading) {
  const { pins, ids } = judge;
  const label = (/** @type {Position} */ i) => municipality(ids[i]).label.replace(/[\p{Cc}\p{Cf}]/gu, " ");
  const list = (/** @type {Position[]} */ some) => "[" + some.map((i) => `"${ids[i]}"`).join(", ") + "]";
  const sets = (/** @type {Position[][]} */ many) => "[" + many.map(list).join(", ") + "]";
  const fixed = new Map([...pins.fixed, ...held.map((i) => /** @type {[Position, Position]} */ ([i, hostOf[i]]))].sort(([a], [b]) => a - b));
  const shared = (/** @type {Position} */ i) => hostOf.some((host, j) => host === i && j !== i);
  const hosts = [...new Set([...pins.must_host, ...held.filter((i) => hostOf[i] === i && shared(i))])].sort((a, b) => a - b);
  const lines = [...heading.map((line) => "# " + line), "[pins]"];
  if (pins.together.length) lines.push("together = " + sets(pins.together));
  if (pins.apart.length) lines.push("apart = " + sets(pins.apart));
  if (hosts.length) lines.push("must_host = " + list(hosts));
  if (pins.may_not_host.length) lines.push("may_not_host = " + list(pins.may_not_host));
  if (pins.leave_out.length) lines.push("leave_out = " + JSON.stringify(pins.leave_out));
  if (pins.held.length) lines.push(`held = { ${pins.held.map(([host, some]) => `"${ids[host]}" = ${list(some)}`).join(", ")} }`);
  lines.push("[pins.fixed]");
  for (const [i, host] of fixed) lines.push(`"${ids[i]}" = "${ids[host]}" # ${label(i)} \u2013 ${label(host)}`);
  return lines.join("\n") + "\n";
}
