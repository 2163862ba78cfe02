// What a municipality says when it is pointed at, opened, or read aloud.
import { el } from "../base/dom.js";
import { journeyEnds, journeyOnBorder, plannerEnds, plannersOnBorder, span } from "../base/edges.js";
import { number, text } from "../base/format.js";
import { mustGet } from "../base/must.js";
import { keyed, municipality, page, read, source } from "../base/page.js";
import { wayLines } from "./ways.js";

/** Offices that exist or are planned. */
export const existing = read(source.today.offices);
const firm = source.firm === null ? new Map() : keyed(read(source.firm));
/** @param {Member} member */
export function officeOf(member) {
  return member.host === null ? null : mustGet(page.offices, member.host);
}

/** @param {Office | null} office */
export function isShared(office) {
  return office !== null && office.members.length > 1;
}

/** In one line: which office it belongs to, or that it has none. @param {Member} member */
export function belongs(member) {
  const office = officeOf(member);
  if (office === null) return text("outside");
  if (!isShared(office)) return text("alone");
  const host = municipality(office.id).label;
  return text(member.id === member.host ? "host_of" : "member_of", { host });
}

/** The same with its name and its journey, to be read aloud. @param {Member} member */
export function spoken(member) {
  const travels = isShared(officeOf(member)) && member.id !== member.host && member.minutes !== null;
  const values = { name: member.label, office: belongs(member), minutes: travels ? number(member.minutes) : "" };
  return text(travels ? "aria_member" : "aria_other", values);
}

/** @param {number | null} value */
function minutes(value) {
  return value === null ? text("min_none") : text("min", { n: number(value) });
}

/** The quiet sign of an estimate, for whoever listens in full. */
const almost = () => [el("span", { "aria-hidden": "true" }, "\u2248\u00a0"), el("span", { class: "unseen" }, text("estimate") + " ")];

/** A value, whether it is an estimate and between what it lies, and whether that is on the border of a limit.
 * @type {(value: string, estimated: Flag, span?: string, border?: boolean) => Content[]} */
function labelled(value, estimated, between, border) {
  const notes = between ? [el("small", { class: "unbroken" }, " (" + between + ")")] : [];
  return [...(estimated ? almost() : []), value, ...notes, border ? el("small", { class: "edge-word" }, text("edge")) : null].filter((one) => one !== null);
}
/** @type {(value: number | null, estimated: Flag, ends?: Ends, border?: boolean) => Content[]} */
const fte = (value, estimated, ends, border) => labelled(text("fte", { n: number(value, 1) }), estimated, ends ? span(ends, 1) : "", border);
/** @type {(value: string, between?: string, border?: boolean) => Content[]} */
const journey = (value, between, border) => labelled(value, source.minutes_estimated, between, border);
/** @param {Office} office */
const officeFte = (office) => fte(office.planner_fte, office.planners_estimated, plannerEnds(office.members), plannersOnBorder(office.members));

/** @param {[term: string, value: Content | Content[]][]} pairs */
function figures(pairs) {
  const list = el("dl");
  for (const [term, value] of pairs) list.append(el("dt", null, term), el("dd", null, ...[value].flat()));
  return list;
}

/** Statuses of offices that exist, as maps.told.today.AT_WORK. */
export const atWork = new Set(["active", "reported"]);

/** As maps.told.today.TodayWords.listed. @param {string[]} names */
function listed(names) {
  const last = names[names.length - 1] || "";
  return names.length > 1 ? text("and", { first: names.slice(0, -1).join(", "), last }) : last;
}

/** As maps.told.today.TodayWords.lines: who works together today, and what the plan makes of it. @param {Member} member */
export function todayLines(member) {
  const { councils, council_of: councilOf } = source.today;
  const lines = [];
  for (const { name, since, status, members: ids } of existing) {
    if (!ids.includes(member.id)) continue;
    const others = ids.filter((id) => id !== member.id).map((id) => municipality(id));
    const same = others.filter((one) => member.host !== null && one.host === member.host);
    const named = since ? text("today_since", { name, year: since }) : name;
    const line = text("today_" + status, { name: named, others: listed(others.map((one) => one.label)) });
    const extended = officeOf(member)?.members.some((id) => !ids.includes(id));
    const whole = extended ? "extended" : "all";
    const form = same.length === others.length ? whole : same.length ? "some" : "none";
    const told = text("today_" + form, { names: listed(same.map((one) => one.label)) });
    lines.push(member.host === null ? line : line + " " + told);
  }
  const said = (councilOf[member.id] || []).map(([i, checked]) => (checked ? councils[i] : text("council_unchecked", { name: councils[i] })));
  if (said.length) lines.push(text("council", { names: listed(said) }));
  return lines;
}

/** How firm its place is. It is of the plan as computed, so not while another is tried. @param {string} id */
export const firmOf = (id) => (page.trialOn ? undefined : firm.get(id));

/** What it says when pointed at. @param {Member} member */
export function tip(member) {
  const box = el("div", { class: "tip" }, el("b", null, member.label), belongs(member));
  const travels = isShared(officeOf(member)) && member.id !== member.host;
  if (travels) box.append(" · " + minutes(member.minutes));
  return box;
}

/** What it pays, where the page counts kroner. @param {string} id */
const moneyLines = (id) => page.inCard.money?.(id) ?? [];

/** @type {(words: Content) => HTMLElement} */
const line = (words) => el("p", { class: "small today-line" }, words);

/** Which parts of a card are open: what is opened once is open in the next card too. @type {Set<string>} */
const unfolded = new Set();

/** What is folded until it is asked for. @type {(name: string, ...content: Content[]) => HTMLElement} */
function folded(name, ...content) {
  const box = el("details", unfolded.has(name) ? { open: "" } : null, el("summary", null, text("card_" + name)), ...content);
  box.addEventListener("toggle", () => unfolded[box.open ? "add" : "delete"](name));
  return box;
}

/** With whom, each name a way to its own card. @type {(member: Member, office: Office) => HTMLElement} */
function companions(member, office) {
  const others = office.members.filter((id) => id !== member.id).map((id) => municipality(id));
  const box = el("p", { class: "with" }, text("card_with") + " ");
  others.forEach((one, k) => {
    const name = el("button", { type: "button", class: "quiet-button", "data-select": one.id }, one.label);
    box.append(k === 0 ? "" : k === others.length - 1 ? text("card_and") : ", ", name);
  });
  return box;
}

/** How far it is. @type {(member: Member, office: Office) => HTMLElement} */
function distance(member, office) {
  const mean = office.mean_minutes;
  const longest = office.longest_minutes === null ? text("min_none") : number(office.longest_minutes);
  if (member.id === member.host) return el("p", null, ...journey(text("card_far_host", { mean: number(mean), longest })));
  const between = member.minutes === null ? "" : span(journeyEnds(member.minutes), 0);
  const way = member.minutes === null ? text("min_none") : text("card_far", { n: number(member.minutes), host: municipality(office.id).label });
  const crosses = member.crosses ? ` (${text("crosses")})` : "";
  return el("p", null, ...journey(way, between, journeyOnBorder(member.minutes)), crosses);
}

/** What it says when opened: the answer first, the rest folded. @param {Member} member */
export function card(member) {
  const office = officeOf(member);
  return el("div", { class: "card", tabindex: "-1", role: "group", "aria-label": member.label }, answer(member, office), further(member, office));
}

/** Which office, with whom, how far, why. @type {(member: Member, office: Office | null) => HTMLElement} */
function answer(member, office) {
  const box = el("div", null, el("h2", null, member.label));
  if (member.name !== member.label) box.append(el("p", { class: "also" }, member.name));
  box.append(el("h3", null, belongs(member)));
  if (office !== null && isShared(office)) box.append(companions(member, office), distance(member, office));
  const alone = office !== null && !isShared(office);
  const reasons = alone ? page.inCard.why?.(office.id) ?? [] : [firmOf(member.id)?.why];
  for (const reason of reasons) if (reason) box.append(el("p", { class: "reason" }, reason));
  return box;
}

/** How firm, what exists today, what can be tried; figures, way and kroner folded. @type {(member: Member, office: Office | null) => HTMLElement} */
function further(member, office) {
  const firmness = firmOf(member.id);
  const facts = Object.fromEntries(Object.entries(member).map(([name, fact]) => [name, typeof fact === "number" ? number(fact) : String(fact)]));
  const way = wayLines(member);
  const money = member.host === null ? [] : moneyLines(member.id);
  return el("div", null,
    firmness ? line(firmness.words) : null,
    ...todayLines(member).map(line),
    member.host === null ? null : page.inCard.options?.(member) ?? null,
    page.inCard.trial?.(member) ?? null,
    folded("figures", line(text(member.centrality ? "facts" : "facts_own", facts)), ...figureParts(member, office)),
    way.length ? folded("way", ...way.map(line)) : null,
    money.length ? folded("money", ...money.map(line)) : null,
    ...acts(office),
  );
}

/** What its buttons do; for who stands alone, those that have a name for it. @param {Office | null} office */
const acts = (office) => (office === null ? [] : page.inCard.acts.flatMap(([label, act, alone]) => {
  const name = isShared(office) ? label : alone;
  if (name === undefined) return [];
  const button = el("button", { type: "button", class: "act" }, name);
  button.addEventListener("click", () => act(office.id));
  return [button];
}));

/** Its figures, and those of its office. @type {(member: Member, office: Office | null) => HTMLElement[]} */
function figureParts(member, office) {
  const single = office !== null && !isShared(office) && plannersOnBorder(office.members);
  /** @type {Parameters<typeof figures>[0]} */
  const own = [
    [text("planners"), fte(member.planner_fte, member.planners_estimated, plannerEnds([member.id]), single)],
    [text("need"), fte(member.need_fte, member.need_estimated)],
  ];
  /** @type {Parameters<typeof figures>[0]} */
  const missing = office === null ? [] : [[text("missing"), fte(office.terms.missing_fte, office.planners_estimated)]];
  const known = el("p", { class: "small" }, text("card_estimates"));
  if (office === null || !isShared(office)) return [figures([...own, ...missing]), known];
  const of = number(office.members.length - 1);
  const both = { mean: number(office.mean_minutes), longest: office.longest_minutes === null ? text("min_none") : number(office.longest_minutes) };
  const near = page.inCard.near?.(office);
  return [
    figures(own),
    el("h4", null, text("card_office", { n: number(office.members.length) })),
    figures([
      [text("planners"), officeFte(office)],
      [text("need"), fte(office.need_fte, office.need_estimated)],
      ...missing,
      [text("unmet"), fte(office.terms.unmet_need, office.planners_estimated || office.need_estimated)],
      [text("mean_longest"), journey(text("mean_longest_value", both))],
      [text("lines"), text("lines_value", { n: number(office.terms.county_lines), of })],
    ]),
    ...(near ? [el("p", { class: "small near" }, near)] : []),
    known,
  ];
}
