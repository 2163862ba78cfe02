// The sections Penger and Hvem betaler: made here for whatever is shown, a county or a grouping that is tried, and for any key.
import { keepInAddress } from "../base/address.js";
import { byId, el, field } from "../base/dom.js";
import { count, kroner, millions, number, said, signed } from "../base/format.js";
import { bothLinesSaid, bothSaid, changesSaid, togetherOf } from "./both.js";
import { drawAll } from "../base/slices.js";
import { cell, difference, fill, linesNote, row, stateCells } from "./cells.js";
import { drawHold, grantFor } from "./hold.js";
import { allStates } from "./kroner.js";
import { theJudge } from "../trial/judging.js";
import { accountFor, accounts, accountsOf, chooseKey, chosenKey, counted, keyName, keyNames } from "./ledger.js";
import { municipality, officesWith, page, source } from "../base/page.js";
import { drawStarts, fillYears, startStarts } from "./starts.js";
import { shade } from "../map/shades.js";

const ORE = 100;
let county = "";
/** @type {string | null} */
let chosen = null;

/** @type {(id: string, ...more: Content[]) => Content[]} */
const named = (id, ...more) => [el("button", { type: "button", "data-select": id, ...(id === chosen ? { "aria-current": "true" } : {}) }, municipality(id).label), ...more];

/** How many share it. @param {Account} account */
const size = ({ ids }) => [el("span", { class: "members" }, ids.length === 1 ? said("penger.standing") : count("municipalities", ids.length))];

/** @type {(offices: Account[], states: Map<string, MemberStates>) => void} */
function fillMoney(offices, states) {
  const ofCounty = (/** @type {string} */ wanted) => [...states].filter(([id]) => wanted === "" || municipality(id).county_number === wanted).map(([, one]) => one);
  const whole = ofCounty("").every((one) => one.shared !== null);
  const sum = (/** @type {string} */ wanted) => {
    const some = ofCounty(wanted);
    const all = allStates(some.map((one) => ({ ...one, shared: one.shared ?? one.alone })));
    return some.every((one) => one.shared !== null) ? all : { ...all, shared: null };
  };
  const total = county === "" && !whole ? allStates(offices.map((one) => one.states)) : sum(county);
  const counties = Object.keys(source.counties).filter((one) => county === "" || one === county);
  const groups = counties.map((one) => {
    const inside = offices.filter(({ host }) => municipality(host).county_number === one);
    const rows = inside.map((account) => row(named(account.host, ...size(account)), stateCells(account.states)));
    return ofCounty(one).length ? [row([source.counties[one]], stateCells(sum(one), millions), { class: "county-sum" }), ...rows] : [];
  });
  const away = offices.filter(({ host }) => !counties.includes(municipality(host).county_number));
  const rest = away.map((account) => row(named(account.host, ...size(account)), stateCells(account.states)));
  const first = county === "" ? [[row([said(page.trialOn ? "penger.whole_trial" : "penger.whole")], stateCells(total, millions), { class: "whole-sum" })]] : [];
  fill("money-table", [...first, ...groups, rest]);
  tellNeed(total, offices);
  fillYears(total, offices, county);
  drawStarts(offices, county);
}

/** How much of what is shown rests on need that falls, of the offices that are shown. @type {(total: MemberStates, offices: Account[]) => void} */
function tellNeed({ alone }, offices) {
  const kept = theJudge().data.fixed_kept;
  const some = county === "" ? offices : offices.filter(({ ids }) => ids.length > 1);
  const before = togetherOf(some.map(({ states }) => states.shared));
  const after = togetherOf(some.map(({ office }) => counted().ifNeedStayed(office)));
  const each = county === "" ? alone : togetherOf(some.map(({ states }) => states.alone));
  const told = { ...changesSaid(before, after, true), lost: percent(1 - kept), part: millions(after.cost - before.cost), cost: changesSaid(each, after, true).cost, gain: changesSaid(each, before, true).cost };
  byId("need-told").textContent = kept === 1 ? "" : said("kroner.less_need", told);
}

/** @param {number} share */
const percent = (share) => said("quantity.percent", { n: number(100 * share) });

/** Why a member pays more than alone: its place in the office, and its part of the bill beside its part of what all would pay alone.
 * @type {(account: Account, k: number) => string} */
function reason(account, k) {
  if (account.paid === null || account.gain < 0) return said("penger.dear");
  const part = percent(account.paid[k] / ORE / account.states.shared.cost);
  const values = { part, of_alone: percent(account.members[k].alone.cost / account.states.alone.cost) };
  return said("penger." + account.place(k), values);
}

/** Both ends in whole percent, inwards; where nothing is between, to one decimal more. @param {Ends} ends */
export function insidePercent([low, high]) {
  for (let decimals = 0; ; decimals += 1) {
    const scale = 100 * 10 ** decimals;
    const [from, to] = [Math.ceil(low * scale - 1e-9), Math.floor(high * scale + 1e-9)];
    if (from < to || decimals === 4) return { low: number(from / 10 ** decimals, decimals), high: number(to / 10 ** decimals, decimals) };
  }
}

/** @param {string[]} names */
const listed = (names) => (names.length < 2 ? names.join("") : said("list.and", { first: names.slice(0, -1).join(", "), last: names.at(-1) }));

/** Between which parts divided equally nobody objects, or what stands in the way. @param {Account} account */
function intervalSaid({ office }) {
  const found = counted().acceptance(office);
  if (found.pays === null) {
    if (found.grant === null) return [said("kroner.no_interval_no_grant")];
    return [said("penger.no_interval", { n: kroner(found.grant) })];
  }
  const within = insidePercent(found.pays);
  const first = said("kroner.interval_pays", within);
  if (office.members.length === 2) return [first];
  if (!found.tried) return [first, said("penger.groups_plan")];
  if (found.leaves !== null && JSON.stringify(insidePercent(found.leaves)) === JSON.stringify(within)) return [said("penger.interval_both", within)];
  return [first, found.leaves === null ? said("kroner.interval_leaves_none") : said("kroner.interval_leaves", insidePercent(found.leaves))];
}

/** @param {Account} account */
function leavingSaid({ office, paid, members }) {
  const found = paid === null ? null : counted().leaving(office, paid);
  if (found === null) return [];
  const before = togetherOf(found.members.map((i) => members[office.members.indexOf(i)].shared));
  const names = listed(found.members.map((i) => municipality(theJudge().ids[i]).label));
  return [said("kroner.leaving", { names, n: kroner(found.gain / ORE) }), bothLinesSaid(before, counted().byThemselves(found.members, found.cost), counted().data.prices.bought_kr)];
}

/** Which parts of the key divide equally here, as their figures are all 0. @param {Account} account */
const evenlySaid = ({ office }) => counted().evenly(office).filter((name) => name in chosenKey().parts).map((name) => said("kroner.evenly", { name: said(`key.${name}.name`) }));

/** @param {Account} account */
function sharingRows(account) {
  const { host, ids, members, extra } = account;
  const head = el("tr", { role: "row", class: "county" }, el("th", { role: "rowheader", scope: "rowgroup", colspan: "5" },
    said("penger.of_office", { host: municipality(host).label, members: count("municipalities", ids.length) }),
    el("span", { class: "members" }, [...intervalSaid(account), ...leavingSaid(account), ...evenlySaid(account)].join(" "))));
  const rows = ids.map((id, k) => {
    const more = extra === null ? null : extra[k];
    const why = more !== null && more > 0 ? el("span", { class: "members" }, reason(account, k)) : null;
    const [today, alone, shared] = [members[k].today, members[k].alone, members[k].shared];
    const cells = [cell(said("penger.today"), today), cell(said("penger.pays_alone"), alone), cell(said("penger.pays_shared"), shared), difference(said("penger.than_alone"), more)];
    const lines = counted().linesTurned(members[k]);
    if (lines !== null) cells[3].append(linesNote(lines));
    return row(named(id, why), cells);
  });
  return [head, ...rows];
}

/** @type {(shown: Account[]) => Generator<void>} */
function* fillShares(shown) {
  const [shared, alone] = [shown.filter(({ ids }) => ids.length > 1), shown.filter(({ ids }) => ids.length === 1)];
  const singles = alone.map(({ host, states }) => row(named(host), [
    cell(said("penger.today"), states.today), cell(said("penger.pays_alone"), states.alone), cell(said("penger.pays_shared"), states.alone), difference(said("penger.than_alone"), null),
  ]));
  const head = el("tr", { role: "row", class: "county single" }, el("th", { role: "rowheader", scope: "rowgroup", colspan: "5" }, said("penger.single_heading")));
  const groups = [];
  for (const account of shared) {
    groups.push(sharingRows(account));
    yield;
  }
  fill("shares-table", [...groups, singles.length ? [head, ...singles] : []]);
  yield;
  tellKey(shared);
}

/** What is for and against the key, and who loses by it. @param {Account[]} shared */
function tellKey(shared) {
  const { name, parts } = chosenKey();
  const kind = Object.keys(parts).length > 1 || name === "mix" ? "mix" : Object.keys(parts)[0];
  byId("key-told").textContent = said("penger.told", { name: keyName(parts), pro: said(`key.${kind}.pro`), contra: said(`key.${kind}.contra`) });
  const losing = shared.filter(({ extra }) => extra?.some((more) => more > 0));
  const losers = losing.flatMap((account) => (account.extra ?? []).flatMap((more, k) => (more > 0 ? [{ account, more, place: account.gain < 0 ? "dear" : account.place(k) }] : [])));
  const many = (/** @type {string} */ place) => losers.filter((one) => one.place === place).length;
  const values = { n: number(losing.length), of: number(shared.length), who: count("municipalities", losers.length), kr: kroner(losers.reduce((sum, one) => sum + one.more, 0)) };
  const pairs = losing.flatMap(({ members, extra: more }) => members.filter((_, k) => more !== null && more[k] > 0));
  const both = bothSaid(togetherOf(pairs.map((one) => one.alone)), togetherOf(pairs.map((one) => one.shared)));
  const unknown = shared.filter(({ paid }) => paid === null).length;
  const told = losers.length
    ? [said("penger.losers", { ...values, both }), said("penger.losers_why", { who: listed(["large", "small", "middle", "dear"].filter((place) => many(place)).map((place) => said("penger.are_" + place, { n: number(many(place)) }))) })]
    : [said("penger.losers_none", values)];
  byId("key-losers").textContent = [...told, ...(unknown ? [said("penger.losers_unknown", { offices: count("offices", unknown) })] : [])].join(" ");
}

/** All of both sections, for a county or all, for what is shown now. @type {(wanted: string) => Generator<void>} */
export function* drawMoney(wanted) {
  if (!source.kroner) return;
  county = wanted;
  const all = accounts();
  yield;
  const hosts = new Set(officesWith(county).map((office) => office.id));
  const shown = all.filter(({ host }) => hosts.has(host));
  /** @type {Map<string, MemberStates>} */
  const states = new Map(all.flatMap(({ ids, members }) => ids.map((id, k) => /** @type {[string, MemberStates]} */ ([id, members[k]]))));
  fillMoney(shown, states);
  yield;
  yield* fillShares(shown);
  yield;
  drawHold(all, county);
  yield;
  shade();
}

/** What becomes of kroner from one grouping to another: rows of figures of the offices that differ, and who pays more than alone in only one of them.
 * @type {(before: Map<Position, Position[]>, after: Map<Position, Position[]>) => Generator<void, { rows: [name: string, before: number, after: number, decimals: number][], notes: string[] }>} */
export function* kronerChanges(before, after) {
  const place = (/** @type {Account} */ one) => `${one.host}:${one.ids.join()}`;
  const both = [accountsOf(before)];
  yield;
  both.push(accountsOf(after));
  yield;
  const figures = (/** @type {Account[]} */ all, /** @type {Account[]} */ others) => {
    const same = new Set(others.map(place));
    const { shared } = allStates(all.filter((one) => !same.has(place(one))).map((one) => one.states));
    const known = all.every(({ paid }) => paid !== null);
    return { shared, known, grant: counted().data.possible === null ? null : grantFor(all)[1], losers: all.flatMap(({ ids, extra }) => ids.filter((_, j) => extra !== null && extra[j] > 0)) };
  };
  const one = figures(both[0], both[1]);
  yield;
  const other = figures(both[1], both[0]);
  const known = one.known && other.known;
  const names = (/** @type {string[]} */ some, /** @type {string[]} */ without) => listed(some.filter((id) => !without.includes(id)).map((id) => municipality(id).label));
  const [gone, come] = [names(one.losers, other.losers), names(other.losers, one.losers)];
  return {
    rows: [
      [said("penger.trial_cash"), one.shared.cash, other.shared.cash, 0],
      [said("penger.trial_undone"), one.shared.undone, other.shared.undone, 2],
      [said("penger.trial_cost"), one.shared.cost, other.shared.cost, 0],
      ...(known ? [/** @type {[string, number, number, number]} */ ([said("penger.trial_losers"), one.losers.length, other.losers.length, 0])] : []),
      ...(one.grant === null ? [] : [/** @type {[string, number, number, number]} */ ([said("penger.trial_grant"), one.grant, other.grant, 0])]),
    ],
    notes: known ? [...(come ? [said("penger.trial_new", { names: come })] : []), ...(gone ? [said("penger.trial_gone", { names: gone })] : [])] : [said("penger.trial_unknown")],
  };
}

/** @param {number[]} values */
const listedNumbers = (values) => values.map((value) => number(value, 2)).join(", ");

/** What a municipality pays, for its card. @type {(id: string) => string[]} */
function cardLines(id) {
  const found = accountFor(id);
  if (found === null) return [];
  const { states, account } = found;
  const two = (/** @type {YearlyMoney} */ year) => number(year.undone, 2);
  if (account.ids.length === 1) {
    return [said("penger.card_alone", { today: kroner(states.today.cash), alone: kroner(states.alone.cash), undone_today: two(states.today), undone_alone: two(states.alone) })];
  }
  if (states.shared === null) return [];
  const values = { today: kroner(states.today.cash), alone: kroner(states.alone.cash), shared: kroner(states.shared.cash) };
  const more = said("kroner.kr", { n: signed(states.shared.cost - states.alone.cost, 0) });
  const posts = listedNumbers([states.today, states.alone, states.shared].map((year) => year.posts));
  return [said("penger.card", values), said("penger.card_undone", { posts, today: two(states.today), alone: two(states.alone), shared: two(states.shared), more })];
}

/** Another key: the figures of both sections, the map and the card follow. @param {string} name */
function choose(name) {
  chooseKey(name, field("mix").valueAsNumber / 100);
  byId("mix-box").hidden = name !== "mix";
  byId("mix-part").textContent = percent(field("mix").valueAsNumber / 100);
  const written = name === "mix" ? `mix.${field("mix").value}` : name;
  keepInAddress({ settings: { nokkel: name === "own" ? "" : written } });
  drawAll(drawMoney(county));
}

/** Let a reader choose a key. @param {Settings} settings */
export function startMoney(settings) {
  if (!source.kroner) return;
  const { key } = source.kroner;
  const own = said("penger.choose_own", { name: keyName(key) });
  const names = keyNames().filter((name) => Object.keys(key).join() !== name);
  field("key").append(...["own", ...names].map((name) => el("option", { value: name }, name === "own" ? own : name === "mix" ? said("penger.mix") : said(`key.${name}.name`))));
  const [asked, part] = (settings.get("nokkel") || "own").split(".");
  field("mix").value = part || "20";
  field("key").value = names.includes(asked) ? asked : "own";
  field("key").addEventListener("change", () => choose(field("key").value));
  field("mix").addEventListener("input", () => choose("mix"));
  page.onChoice.push((id) => { chosen = id; });
  page.inCard.money = cardLines;
  startStarts();
  choose(field("key").value);
}
