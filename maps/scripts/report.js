// The report beyond the map page: one county at a time, rows and map linked, keys in the tables.
import { countyIn, keepInAddress, readAddress } from "./base/address.js";
import { foldCounties, openCounty, startCounties } from "./base/counties.js";
import { refreshControls, startControls } from "./trial/controls.js";
import { byId, field, find, findAll, noted, reveal, rewrite, seek } from "./base/dom.js";
import { journeyOnBorder, plannersOnBorder, setting } from "./base/edges.js";
import { startFolds, unfold } from "./base/fold.js";
import { count, number, said, text } from "./base/format.js";
import { oneStop } from "./base/keys.js";
import { drawMoney, startMoney } from "./money/money.js";
import { must } from "./base/must.js";
import { apart, municipality, officesWith, page, source } from "./base/page.js";
import { markPlans, startPlans } from "./trial/plans.js";
import { drawAll } from "./base/slices.js";
import { hideGroups } from "./base/sort.js";
import { shut } from "./map/select.js";
import { confine, goHome } from "./map/start.js";
import { startShades } from "./map/shades.js";
import { reportShades } from "./money/shaded.js";
import { numberOf, paperMap, paperMaps } from "./paper/print.js";
import { startSheets } from "./paper/sheet.js";
import { smallMap } from "./paper/small.js";
import { markLocks, startSolver } from "./solver/panel.js";
import { startTrial } from "./trial/trial.js";

const WIDE = "(min-width: 56.01rem)";
/** As maps.told.verdicts.FIELDS. @type {Record<string, (office: Office) => number | null>} */
const FIELDS = {
  one: () => 1,
  size: (office) => office.members.length,
  longest: (office) => office.longest_minutes,
  lines: (office) => office.terms.county_lines,
  planners: (office) => office.planner_fte,
  missing: (office) => office.terms.missing_fte,
  need: (office) => office.need_fte,
  share: (office) => {
    const most = Math.max(...office.members.map((id) => municipality(id).planner_fte));
    return most ? municipality(office.id).planner_fte / most : 1;
  },
};
/** @param {string} name */
const ofTerm = (name) => (/** @type {Office} */ office) => office.terms[name];
let county = "";

/** No way is null in the data and no number here. @param {number | null} value */
const figure = (value) => (value === null ? NaN : value);
/** @type {(offices: Office[], of: (office: Office) => number | null) => number} */
const sum = (offices, of) => offices.reduce((total, office) => total + figure(of(office)), 0);

/** The figures of the whole plan stay as the page was written; those of a county, or of a trial, are made here. @type {(element: Element | null, text: string) => void} */
const write = (element, words) => rewrite(element, county === "" && !page.trialOn ? null : words);

/** @type {(shared: Office[], alone: Office[]) => void} */
function writeFigures(shared, alone) {
  const offices = [...shared, ...alone];
  const border = (/** @type {Office[]} */ some) => some.filter((office) => plannersOnBorder(office.members)).length;
  const travellers = shared.flatMap((office) => office.members.filter((id) => id !== office.id).map((id) => municipality(id)));
  const mean = travellers.length ? travellers.reduce((total, member) => total + figure(member.minutes), 0) / travellers.length : 0;
  const longest = shared.reduce((most, office) => Math.max(most, figure(office.longest_minutes)), 0);
  const grouped = shared.reduce((total, office) => total + office.members.length, 0);
  /** @type {Record<string, [value: number, decimals?: number]>} */
  const figures = {
    offices: [shared.length], grouped: [grouped], alone: [alone.length], mean: [mean], longest: [longest],
    missing: [sum(offices, ofTerm("missing_fte")), 1],
    county_lines: [sum(offices, ofTerm("county_lines"))],
    statsforvalter_lines: [sum(offices, ofTerm("statsforvalter_lines"))],
  };
  for (const [name, [value, decimals]] of Object.entries(figures)) {
    const shown = number(value, decimals);
    write(byId("figure-" + name), shown);
    const label = seek("#label-" + name);
    if (label !== null) write(label, said("figures." + name + (shown === "1" ? "_one" : "")));
  }
  write(seek("#edge-line"), said("edge.line", {
    journeys: count("journeys", travellers.filter((member) => journeyOnBorder(member.minutes)).length),
    offices: count("offices", border(shared)), alone: count("municipalities", border(alone)),
    minutes: setting(source.ranges.most), mass: setting(source.ranges.least),
  }));
  const form = !shared.length ? "sentence" : alone.length ? "sentence_alone" : "sentence_shared";
  write(byId("sentence"), said("summary." + form, {
    offices: count("offices", shared.length), grouped: number(grouped), part: count("municipalities", grouped + alone.length),
    longest: count("minutes", longest) + (source.minutes_estimated ? ` (${said("method.estimated")})` : ""),
    alone: count("municipalities", alone.length),
  }));
}

/** What is an estimate in the whole plan, in part or not, may not be so in a county. @param {Office[]} offices */
function writeLabels(offices) {
  const all = offices.flatMap((office) => office.members.map((id) => municipality(id)));
  /** @type {Record<string, Set<Flag>>} */
  const flags = {
    planner_fte: new Set(all.map((member) => member.planners_estimated)),
    need_fte: new Set(all.map((member) => member.need_estimated)),
    minutes: new Set([source.minutes_estimated]),
  };
  for (const label of findAll(".label[data-made]")) {
    if (label.closest("#trial, .close") !== null) continue; // sums of the whole plan, whatever county is shown
    const found = new Set(noted(label, "made").split(" ").flatMap((name) => [...flags[name]]));
    const whole = found.size === 1 && !("sum" in label.dataset);
    write(label, found.has(1) ? "(" + said(whole ? "method.estimated" : "method.estimated_part") + ")" : "");
  }
}

/** @param {Office[]} offices */
function writeTerms(offices) {
  let total = 0;
  for (const row of findAll("tr[data-term]")) {
    const value = sum(offices, ofTerm(noted(row, "term")));
    const minutes = Number(row.dataset.weight) === 0 ? 0 : Number(row.dataset.weight) * value;
    total += minutes;
    write(find(".value", row), number(value, Number(row.dataset.decimals)));
    write(find(".minutes", row), number(minutes, 1));
  }
  write(byId("objective"), number(total, 1));
}

/** @type {(shared: Office[], alone: Office[]) => void} */
function writeVerdicts(shared, alone) {
  for (const item of findAll(".verdict[data-fold]")) {
    const { rule, fold, field: counted, decimals, over, limit } = item.dataset;
    if (!item.classList.contains("met") && "ofAll" in item.dataset) continue; // its breaches are counted, and listed below
    const offices = over === "shared" ? shared : [...shared, ...alone];
    const of = (/** @type {Office} */ office) => figure(FIELDS[must(counted, "the field")](office));
    /** @type {(a: Office, b: Office) => Office} */
    const better = (a, b) => (fold === "max" ? of(b) > of(a) : of(b) < of(a)) ? b : a;
    const chosen = fold === "sum" || !offices.length ? null : offices.reduce(better);
    write(seek(".figure", item), said(`rule.${rule}.verdict`, { found: number(chosen === null ? sum(offices, of) : of(chosen), Number(decimals)), limit }));
    const button = seek("button[data-select]", item);
    if (button !== null && chosen !== null) button.dataset.select = chosen.id;
    if (button !== null) button.hidden = chosen === null;
  }
}

/** @param {Office[]} offices */
function hideRows(offices) {
  foldCounties();
  const hosts = new Set(offices.map((office) => office.id));
  const ids = new Set(offices.flatMap((office) => office.members));
  for (const row of findAll("tr[data-office]")) row.hidden = !hosts.has(noted(row, "office"));
  for (const item of findAll("[data-ids]")) {
    const touched = noted(item, "ids").split(" ").filter(Boolean);
    item.hidden = county === "" ? "further" in item.dataset : touched.length > 0 && !touched.some((id) => ids.has(id));
  }
  for (const table of findAll("table.close")) {
    const empty = !seek("tbody tr:not([hidden])", table);
    const box = must(table.parentElement, "the box");
    box.hidden = empty;
    /** @type {HTMLElement} */ (box.nextElementSibling).hidden = !empty;
  }
  for (const table of findAll("table[data-roving]")) {
    hideGroups(table);
    oneStop(table);
  }
  return ids;
}

/** A table without rows is a sentence. @param {boolean} empty */
function hideEmpty(empty) {
  const none = seek("#alone-none");
  if (none === null) return;
  none.hidden = !empty;
  byId("alone-text").hidden = empty;
  must(find("table.alone").parentElement, "the box").hidden = empty;
}

/** Show one county, or all. @type {(wanted: string, zoom?: boolean) => void} */
function filter(wanted, zoom = false) {
  county = wanted;
  drawAll(filtering());
  if (zoom) goHome();
}

/** Everything that follows the county that is chosen. @returns {Generator<void>} */
function* filtering() {
  field("county").value = county;
  const offices = officesWith(county);
  const [shared, alone] = apart(offices);
  const ids = hideRows(offices);
  yield;
  writeFigures(shared, alone);
  writeTerms(offices);
  writeLabels(offices);
  writeVerdicts(shared, alone);
  yield;
  byId("filter-note").textContent = county === "" ? "" : said("filter.note", {
    county: source.counties[county], offices: count("offices", shared.length), alone: count("municipalities", alone.length),
  });
  hideEmpty(alone.length === 0);
  yield* drawMoney(county);
  yield;
  document.body.classList.toggle("one-county", county !== "");
  confine(county === "" ? null : ids);
  keepInAddress({ settings: { fylke: county } });
}

/** The row of the chosen office comes into view where map and table stand side by side. @param {string | null} id */
function onChoice(id) {
  for (const button of findAll("table button[data-select]")) {
    if (button.dataset.select === id) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  if (id === null) return;
  const member = municipality(id);
  if (county !== "" && member.host !== null && rowOf(member.host).hidden) filter("");
  if (member.host !== null) openCounty(rowOf(member.host));
  if (member.host !== null && window.matchMedia(WIDE).matches) reveal(rowOf(member.host), "nearest");
}

/** @param {string} host */
const rowOf = (host) => find(`tr[data-office="${CSS.escape(host)}"]`);

/** @param {string} host */
function showRow(host) {
  const row = rowOf(host);
  shut();
  unfold(row);
  openCounty(row);
  reveal(row, "center");
  find("button", row).focus({ preventScroll: true });
}

/** A map of each county, where the whole country is printed. */
function countyMaps() {
  if (county !== "") return;
  const maps = Object.entries(source.counties).map(([key, label]) => {
    const ids = [...page.members.values()].filter((member) => member.county_number === key && member.host !== null).map(({ id }) => id);
    return ids.length ? paperMap(label, smallMap(ids, page.offices, (id) => municipality(id).host, numberOf)) : null;
  });
  paperMaps().replaceChildren(...maps.filter((one) => one !== null));
}

page.begin = () => {
  page.onPaper.push(countyMaps);
  startSheets();
  startFolds();
  startCounties();
  const { settings } = readAddress();
  page.onChoice.push(onChoice);
  // As its row says it: what stops it, and of the plan as computed what would let it in.
  page.inCard.why = (id) => [find(".members", rowOf(id)).firstChild?.textContent ?? "", page.trialOn ? "" : seek(".lets-in", rowOf(id))?.textContent ?? ""];
  page.inCard.acts.push([text("show_row"), showRow]);
  field("county").addEventListener("change", () => filter(field("county").value, true));
  startShades(reportShades());
  startMoney(settings);
  if (source.trial) {
    page.onTrial.push(filtering, refreshControls, markPlans, markLocks);
    startTrial(settings, () => { startControls(); startPlans(); startSolver(); });
  }
  const wanted = countyIn(settings);
  if (wanted !== "") filter(wanted, true);
  else if (settings.has("fylke")) keepInAddress({ settings: { fylke: "" } });
};
