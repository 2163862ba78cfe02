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

/** A value, in brackets that it is an estimate and between what it lies, and whether that is on the border of a limit.
 * @type {(value: string, estimated: Flag, span?: string, border?: boolean) => Content[]} */
function labelled(value, estimated, between, border) {
  const notes = [...(estimated ? [text("estimate")] : []), ...(between ? [el("span", { class: "unbroken" }, between)] : [])];
  const joined = notes.flatMap((note, k) => (k ? [", ", note] : [note]));
  const shown = notes.length ? [value, el("small", null, " (", ...joined, ")")] : [value];
  return border ? [...shown, el("small", { class: "edge-word" }, text("edge"))] : shown;
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
const moneyLines = (id) => (page.inCard.money?.(id) ?? []).map((line) => el("p", { class: "small today-line" }, line));

/** What it says when opened. @param {Member} member */
export function card(member) {
  const office = officeOf(member);
  const box = el("div", { class: "card", tabindex: "-1", role: "group", "aria-label": member.label });
  box.append(el("h2", null, member.label));
  if (member.name !== member.label) box.append(el("p", { class: "also" }, member.name));
  const facts = Object.fromEntries(Object.entries(member).map(([name, fact]) => [name, typeof fact === "number" ? number(fact) : String(fact)]));
  box.append(el("p", { class: "small" }, text(member.centrality ? "facts" : "facts_own", facts)));
  /** @type {Parameters<typeof figures>[0]} */
  const own = [];
  if (isShared(office) && member.id !== member.host) {
    const crosses = member.crosses ? el("small", null, " (" + text("crosses") + ")") : null;
    const between = member.minutes === null ? "" : span(journeyEnds(member.minutes), 0);
    own.push([text("minutes"), [...journey(minutes(member.minutes), between, journeyOnBorder(member.minutes)), crosses].filter(Boolean)]);
  }
  const single = office !== null && !isShared(office) && plannersOnBorder(office.members);
  own.push([text("planners"), fte(member.planner_fte, member.planners_estimated, plannerEnds([member.id]), single)], [text("need"), fte(member.need_fte, member.need_estimated)]);
  box.append(figures(own), ...[...wayLines(member), ...todayLines(member)].map((line) => el("p", { class: "small today-line" }, line)));
  const firmness = firmOf(member.id);
  if (firmness) box.append(el("p", { class: "small today-line" }, firmness.words));
  if (member.host !== null) box.append(page.inCard.options?.(member) || "", ...moneyLines(member.id));
  box.append(el("h3", null, belongs(member)));
  if (office !== null) box.append(officeFigures(office));
  box.append(page.inCard.trial?.(member) || "");
  return box;
}

/** @param {Office} office */
function officeFigures(office) {
  const shared = isShared(office);
  /** @type {Parameters<typeof figures>[0]} */
  const pairs = [[text("missing"), fte(office.terms.missing_fte, office.planners_estimated)]];
  if (!shared) {
    const why = page.inCard.why?.(office.id);
    return el("div", null, why ? el("p", { class: "small" }, why) : null, figures(pairs));
  }
  const of = number(office.members.length - 1);
  const both = { mean: number(office.mean_minutes), longest: office.longest_minutes === null ? text("min_none") : number(office.longest_minutes) };
  const box = el("div", null, el("p", { class: "small" }, text("members", { n: number(office.members.length) })));
  box.append(figures([
    [text("planners"), officeFte(office)],
    [text("need"), fte(office.need_fte, office.need_estimated)],
    ...pairs,
    [text("unmet"), fte(office.terms.unmet_need, office.planners_estimated || office.need_estimated)],
    [text("mean_longest"), journey(text("mean_longest_value", both))],
    [text("lines"), text("lines_value", { n: number(office.terms.county_lines), of })],
  ]));
  const near = page.inCard.near?.(office);
  if (near) box.append(el("p", { class: "small near" }, near));
  for (const [label, act] of page.inCard.acts) {
    const button = el("button", { type: "button" }, label);
    button.addEventListener("click", () => act(office.id));
    box.append(button, " ");
  }
  return box;
}
