// The report's tables and verdicts for another grouping, with the same words and marks as the templates write.
import { atWork, existing } from "../map/cards.js";
import { el, find, noted, seek } from "../base/dom.js";
import { journeyEnds, journeyMark, plannersMark, setting } from "../base/edges.js";
import { count, number, said, text } from "../base/format.js";
import { nearHosts, whyAlone } from "./moves.js";
import { mustGet } from "../base/must.js";
import { apart, municipality, officesWith, page, read, source, theTrial } from "../base/page.js";
import { keepSorted } from "../base/sort.js";

const TOLERANCE = 1e-6;
/** The figures of an office, as offices.html writes them. @type {(columns: Column[], office: Office) => HTMLElement[]} */
const cells = (columns, office) => columns.map(({ heading, figures, decimals: places, estimated, quiet, bordering }) => {
  const values = figures.map((name) => (name in office.terms ? office.terms[name] : office[/** @type {Plain} */ (name)]));
  return el("td", { role: "cell", "data-label": said(heading), class: quiet && !values[0] ? "num quiet" : "num" },
    figures.length ? values.map((value) => number(value, places)).join(" / ") : empty(office),
    bordering ? plannersMark(office) : null, mixed && estimated && office[estimated] ? star() : null);
});
const columnsOfShared = read(source.columns);
const columnsOfAlone = columnsOfShared.filter((column) => !column.shared);

// Where some figures of planners are estimates and others are not, each estimate says so, as in offices.html.
const taking = [...page.members.values()].filter((member) => member.host !== null);
const mixed = new Set(taking.flatMap((member) => [member.planners_estimated, member.need_estimated])).size > 1;
const star = () => el("span", { class: "star" }, el("span", { "aria-hidden": "true" }, "*"), el("span", { class: "unseen" }, " " + text("estimate")));

/** The risk that nobody is at work, as optimizer.judging.departures.staffing counts and maps.pages.report.percent writes it. @param {Office} office */
function empty(office) {
  const vacancy = theTrial().vacancy;
  const whole = Math.floor(office.planner_fte + TOLERANCE);
  const part = Math.max(0, office.planner_fte - whole);
  const risk = vacancy ** whole * (1 - (1 - vacancy) * part);
  if (risk > 0 && risk < 0.0005) return said("report.less", { percent: number(0.1, 1) });
  return said("report.percent", { percent: number(100 * risk, 1) });
}

/** @type {(office: Office, judge: Judge) => string} */
function area(office, judge) {
  const at = office.members.map((id) => judge.ids.indexOf(id));
  const regions = new Set(at.map((i) => theTrial().regions[i]));
  const name = [...regions][0];
  const first = regions.size === 1 ? name && said("report.region", { name }) : said("report.regions", { n: number(regions.size) });
  const { councils, council_of: councilOf } = source.today;
  const last = share(office);
  const told = (/** @type {string[]} */ ...parts) => [...parts, last].filter(Boolean).join(" \u00b7 ");
  const of = office.members.map((id) => new Map(councilOf[id] || []));
  const common = [...of[0].keys()].filter((council) => of.every((one) => one.has(council)));
  if (!common.length) return told(first);
  const council = Math.min(...common);
  const checked = of.every((one) => one.get(council));
  return told(first, said(checked ? "report.council" : "report.council_unchecked", { name: councils[council] }));
}

/** As maps.told.today.TodayWords.share. @param {Office} office */
function share(office) {
  const parts = [];
  for (const { name, status, members } of existing) {
    const own = members.filter((id) => office.members.includes(id)).length;
    if (!atWork.has(status) || !own) continue;
    parts.push(said(own === members.length ? "report.today_whole" : "report.today_part", { name, n: number(own), of: number(members.length) }));
  }
  return parts.length ? said("report.today", { offices: parts.join("; ") }) : "";
}

/** @type {(id: string, ...content: Content[]) => HTMLElement} */
function choice(id, ...content) {
  return el("button", { type: "button", "data-select": id }, ...content);
}

/** @type {(office: Office, judge: Judge) => HTMLElement} */
function sharedRow(office, judge) {
  const host = municipality(office.id);
  const named = office.members.slice(1).map((id) => {
    const member = municipality(id);
    return choice(id, said("offices.minutes_to", { label: member.label, minutes: number(member.minutes) }), journeyMark(member.minutes));
  });
  const listed = named.map((button, k) => el("span", { class: "listed" }, button, ...(k < named.length - 1 ? [","] : [])));
  const near = nearHosts(judge, office);
  const members = el("span", { class: "members" }, ...listed.flatMap((one, k) => (k ? [" ", one] : [one])));
  return el("tr", { role: "row", "data-office": office.id },
    el("th", { role: "rowheader", scope: "row" },
      choice(host.id, el("span", { class: `swatch colour-${office.colour}` }), host.label), members,
      ...(near ? [el("span", { class: "members also near" }, near)] : []),
      el("span", { class: "members also" }, area(office, judge))),
    ...cells(columnsOfShared, office));
}

/** Of what a rule counts. @param {string} rule */
const decimals = (rule) => theTrial().judge.rules[rule].decimals;

/** @param {Breach} one */
function stop(one) {
  const found = number(one.found, decimals(one.rule));
  return said(`rule.${one.rule}.stop`, { found, limit: setting(one.limit) });
}

/** As maps.pages.report.Report.why_alone. @type {(judge: Judge, hostOf: HostOf, found: Judgement, i: Position) => string} */
function why(judge, hostOf, found, i) {
  const given = whyAlone(judge, hostOf, found, i);
  return stands(judge, given, i) + border(judge, given.borderline, i);
}

/** @type {(judge: Judge, given: WhyAlone, i: Position) => string} */
function stands(judge, { cheapest, nearest, neighbours, stops }, i) {
  const label = (/** @type {Position} */ j) => municipality(judge.ids[j]).label;
  if (cheapest !== null) {
    const form = cheapest.host === i ? "host" : cheapest.members.length > 2 ? "join" : "pair";
    const by = cheapest.extra > 0.05 ? "more" : cheapest.extra < -0.05 ? "less" : "same";
    const first = said("stands." + form, { host: label(cheapest.other), minutes: number(cheapest.minutes) });
    return first + said("stands." + by, { extra: number(Math.abs(cheapest.extra), 1) });
  }
  if (nearest === null) return said("stands.no_way");
  return said(neighbours ? "stands.stopped" : "stands.no_neighbours", {
    host: label(nearest.host), minutes: number(nearest.minutes), stops: [...new Set(stops.map(stop))].join("; "),
  });
}

/** @type {(judge: Judge, one: WhyAlone["borderline"], i: Position) => string} */
function border(judge, one, i) {
  if (one === null) return "";
  const [low, high] = journeyEnds(one.minutes).map((end) => number(end));
  return " " + said(one.host === i ? "stands.border_host" : "stands.border", {
    host: municipality(judge.ids[one.other]).label, minutes: number(one.minutes, 1), low, high,
    limit: setting(judge.limits.max_minutes), extra: number(-one.extra, 1),
  });
}

/** @type {(office: Office, reason: string) => HTMLElement} */
function aloneRow(office, reason) {
  const host = municipality(office.id);
  return el("tr", { role: "row", "data-office": office.id },
    el("th", { role: "rowheader", scope: "row" }, choice(host.id, host.label), el("span", { class: "members" }, reason), share(office) ? el("span", { class: "members also" }, share(office)) : null),
    el("td", { role: "cell", "data-label": said("alone.county") }, host.county),
    ...cells(columnsOfAlone, office));
}

/** What the page was written with. @type {Map<Element, Element[]>} */
const kept = new Map();

/** What the page was written with comes back when nothing is given. @type {(parent: Element, children: ((all: HTMLElement[]) => Element[]) | null) => void} */
function fill(parent, children) {
  if (!kept.has(parent)) kept.set(parent, [...parent.children]);
  const written = mustGet(kept, parent);
  parent.replaceChildren(...(children === null ? written : children(/** @type {HTMLElement[]} */ (written))));
}

/** Rows by the county of their host, each county under its name. @type {(rows: Map<string, HTMLElement[]>, columns: number) => HTMLElement[]} */
const byCounty = (rows, columns) => [...rows].map(([county, some]) => el("tbody", { role: "rowgroup", "data-group": "" },
  el("tr", { class: "county", role: "row" }, el("th", { role: "rowheader", scope: "rowgroup", colspan: String(columns) }, county)), ...some));

/** @type {(offices: Office[], row: (office: Office) => HTMLElement) => Generator<void, Map<string, HTMLElement[]>>} */
function* rowsOf(offices, row) {
  /** @type {Map<string, HTMLElement[]>} */
  const counties = new Map();
  for (const office of offices) {
    const { county } = municipality(office.id);
    counties.set(county, [...(counties.get(county) || []), row(office)]);
    yield;
  }
  return counties;
}

/** The tables of the offices as they are now, all rows in their place at once. @type {(judge: Judge, hostOf: HostOf, found: Judgement) => Generator<void>} */
export function* fillTables(judge, hostOf, found) {
  const [shared, alone] = apart(officesWith(""));
  const together = yield* rowsOf(shared, (office) => sharedRow(office, judge));
  const single = yield* rowsOf(alone, (office) => aloneRow(office, why(judge, hostOf, found, judge.ids.indexOf(office.id))));
  const heads = (/** @type {HTMLElement[]} */ all) => all.filter((one) => one.tagName !== "TBODY");
  keepSorted(() => {
    fill(find("table.offices"), (all) => [...heads(all), ...byCounty(together, columnsOfShared.length + 1)]);
    fill(find("table.alone"), (all) => [...heads(all), ...byCounty(single, columnsOfAlone.length + 2)]);
  });
}

/** Tables and verdicts as the page was written. */
export const restoreRows = () => keepSorted(() => { for (const parent of kept.keys()) fill(parent, null); });

const MARKS = { met: "\u2713", broken: "\u2717", excused: "!", "not applicable": "\u2013" };

/** As maps.told.verdicts: who is concerned, and the figures. @type {(judge: Judge, one: Breach, excused: boolean) => HTMLElement} */
function breachItem(judge, one, excused) {
  const at = [...new Set([...one.ids, ...(one.host === null ? [] : [one.host])])].map((i) => judge.ids[i]);
  const names = at.map((id) => municipality(id).label).join(", ");
  const item = el("li", { "data-ids": at.join(" ") }, at.length ? el("button", { type: "button", class: "quiet-button", "data-zoom": at.join(" ") }, names) : names);
  if (one.found !== null && one.limit !== null) {
    const figures = said("verdict.breach", { found: number(one.found, decimals(one.rule)), limit: setting(one.limit) });
    item.append(" ", el("span", { class: "figure" }, figures));
  }
  if (excused) item.append(" ", el("span", { class: "figure" }, (one.found === null ? "" : "\u00b7 ") + said("verdict.as_it_is")));
  return item;
}

/** A rule of the list, with another verdict. @type {(item: HTMLElement, judge: Judge, found: Judgement) => HTMLElement} */
function verdict(item, judge, found) {
  const { ofAll } = item.dataset;
  const rule = noted(item, "rule");
  const state = found.rules[rule];
  const broken = state === "broken";
  const made = /** @type {HTMLElement} */ (item.cloneNode(true));
  made.className = "verdict " + state;
  find(".mark", made).textContent = MARKS[state];
  find(".rule .unseen", made).textContent = said("method." + state);
  seek(".breaches", made)?.remove();
  if (rule === "min_offices" || rule === "max_offices") {
    const shared = found.offices.filter((row) => row.members.length > 1).length;
    find(".figure", made).textContent = said(`rule.${rule}.verdict`, { found: number(shared), limit: setting(judge.limits[rule]) });
  }
  const breaches = found.breaches.filter((one) => one.rule === rule);
  if (broken && ofAll !== undefined) find(".figure", made).textContent = said("verdict.breaches", { found: number(breaches.length) });
  const spared = found.excused.filter((one) => one.rule === rule);
  if (state === "excused" && ofAll !== undefined) find(".figure", made).textContent = said("verdict.spared", { found: count("offices", spared.length) });
  const items = [...breaches.map((one) => breachItem(judge, one, false)), ...spared.map((one) => breachItem(judge, one, true))];
  if (items.length) made.append(el("ul", { class: "breaches" }, ...items));
  return made;
}

/** The broken rules first, then those that held offices break, then in the order of the rules; those that do not apply
 * never change. What is returned says how many rules are kept. @type {(judge: Judge, found: Judgement) => string} */
export function fillVerdicts(judge, found) {
  const rules = Object.keys(found.rules);
  const rank = (/** @type {Element} */ item) => ["broken", "excused", "met"].findIndex((state) => item.classList.contains(state));
  const order = (/** @type {HTMLElement} */ item) => rules.indexOf(noted(item, "rule")) + rank(item) * rules.length;
  fill(find("ul.verdicts"), (all) => all.map((item) => verdict(item, judge, found)).sort((a, b) => order(a) - order(b)));
  const states = Object.values(found.rules);
  const rulesThat = (/** @type {RuleState} */ state) => number(states.filter((one) => one === state).length);
  const counts = said("verdict.counts", { met: rulesThat("met"), broken: rulesThat("broken"), not_applicable: rulesThat("not applicable") });
  const [held, spared] = [judge.pins.held.map(([host]) => host), found.excused.map((one) => one.host)].map((some) => new Set(some));
  const asHeld = [...spared].filter((host) => held.has(host)).length;
  const named = spared.size - asHeld;
  return [
    counts,
    ...(asHeld ? [said("verdict.excused", { offices: count("existing", asHeld) })] : []),
    ...(named ? [said("verdict.decided", { hosts: count("hosts", named) })] : []),
  ].join(" \u00b7 ");
}
