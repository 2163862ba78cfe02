// Two to eight plans on one map: which one is shown, from which one changes are counted, one county at a time.
import { countyIn, keepInAddress, notFound, readAddress } from "./base/address.js";
import { changesBetween, listChanges, markChanges, movedSaid, options, optionsCard } from "./differences.js";
import { byId, closest, field, find, findAll, noted, onClick, reveal, seek } from "./base/dom.js";
import { NARROW } from "./base/fold.js";
import { download } from "./base/files.js";
import { count, number, said, signed } from "./base/format.js";
import { oneStop } from "./base/keys.js";
import { apart, municipality, officesWith, page, source } from "./base/page.js";
import { startAgain } from "./compare/again.js";
import { drawTwin } from "./compare/twin.js";
import { drawWinners, startWinners, winnerShades } from "./compare/winners.js";
import { repaintMap } from "./map/repaint.js";
import { redrawCard } from "./map/select.js";
import { shade, startShades } from "./map/shades.js";
import { drawAll } from "./base/slices.js";
import { paperMap, paperMaps } from "./paper/print.js";
import { smallMap } from "./paper/small.js";
import { confine, goHome } from "./map/start.js";

const { counties, files, best } = source;
/** @type {(key: string, values?: Values) => string} */
const told = (key, values) => said("compare." + key, values);
let current = best;
let reference = 0;
let county = "";
let marked = true;
let beside = false;
/** Of the prices what the address keeps. */
let prices = () => "";

/** @param {number} asked */
const valid = (asked) => Number.isInteger(asked) && asked >= 1 && asked <= options.length;

/** The rows that map, cards and search read become those of the option. @param {Option} shown */
function take(shown) {
  for (const [id, row] of shown.members) Object.assign(municipality(id), row);
  page.offices = shown.offices;
}

/** @type {(row: HTMLElement, before: string, after: string) => string} */
function changeText(row, before, after) {
  if (before === "" || after === "") return "";
  const share = "share" in row.dataset;
  const decimals = Number(row.dataset.decimals);
  const difference = (share ? 100 : 1) * (Number(after) - Number(before));
  if (number(difference, decimals) === number(0, decimals)) return told("unchanged");
  return share ? told("points", { points: signed(difference, decimals) }) : signed(difference, decimals);
}

function drawTable() {
  for (const cell of findAll("[data-option]")) {
    const here = Number(cell.dataset.option) === current + 1;
    cell.classList.toggle("current", here);
    const now = seek(".now", cell);
    if (now !== null) now.hidden = !here;
  }
  for (const row of findAll("tr[data-row]")) {
    const cells = findAll("td", row);
    cells.forEach((cell, i) => {
      find(".change", cell).textContent = i === reference ? "" : changeText(row, noted(cells[reference], "value"), noted(cell, "value"));
    });
  }
  byId("reference-name").textContent = options[reference].name;
}

/** One county: its offices in the option that is shown, its changes, its groups. */
function drawCounty() {
  confine(county === "" ? null : new Set(officesWith(county).flatMap((office) => office.members)));
  for (const item of findAll("[data-counties]")) item.hidden = county !== "" && !noted(item, "counties").split(" ").includes(county);
  for (const list of findAll("ul[data-roving]")) oneStop(list);
}

function note() {
  const [shared, alone] = apart(officesWith(""));
  const { moved } = changesBetween(reference, current);
  const values = {
    option: options[current].name, reference: options[reference].name,
    offices: count("offices", shared.length),
    alone: count("municipalities", alone.length),
    moved: number(moved.size),
    parts: movedSaid(moved, options[reference], options[current]),
  };
  const parts = [told("note", values)];
  if (current !== reference) parts.push(told(moved.size === 1 ? "note_one" : "note_moved", values));
  if (marked && moved.size > 0) parts.push(told("note_pale"));
  if (county !== "") parts.push(told("note_county", { county: counties[county] }));
  byId("option-note").textContent = parts.join(" ");
}

function keep() {
  const settings = { plan: current === best ? "" : current + 1, fra: reference === 0 ? "" : reference + 1, fylke: county, merk: marked ? "" : 0, to: beside ? 1 : "", pris: prices() };
  keepInAddress({ settings });
}

/** @param {{ other?: boolean, zoom?: boolean }} wanted */
function draw(wanted) {
  for (const radio of /** @type {HTMLInputElement[]} */ (findAll("#choices input"))) radio.checked = Number(radio.value) === current + 1;
  field("reference").value = String(reference + 1);
  field("county").value = county;
  field("marked").checked = marked;
  field("twin").checked = beside;
  if (wanted.other) {
    take(options[current]);
    drawAll(repaintMap(current !== 0));
  }
  drawTable();
  drawCounty();
  markChanges(reference, current, marked);
  listChanges(reference, current, county);
  drawWinners(reference, current, county);
  shade();
  redrawCard();
  drawTwin(beside, reference, current);
  note();
  keep();
  if (wanted.zoom) goHome();
}

/** @param {number} i */
function show(i) {
  if (i === current) return;
  current = i;
  draw({ other: true });
}

/** A figure shows the option of that number, while the map or the choice has the focus. */
function startKeys() {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !valid(Number(event.key)) || event.key.length > 1) return;
    event.preventDefault();
    show(Number(event.key) - 1);
    const radio = closest(event, "#choices");
    if (radio !== null) find("input:checked", radio).focus();
  };
  for (const box of [byId("choices"), page.map.getContainer()]) box.addEventListener("keydown", onKey);
}

function startFiles() {
  onClick("[data-file]", (button) => {
    const { name, type, content } = files[Number(button.dataset.file)];
    download(name, type, Uint8Array.from(atob(content), (one) => one.charCodeAt(0)));
    byId("file-status").textContent = told("file_saved", { name });
  });
}

/** @type {(settings: Settings, name: string, usual: number) => number} */
function option(settings, name, usual) {
  const asked = settings.get(name) || String(usual + 1);
  if (valid(Number(asked))) return Number(asked) - 1;
  notFound("no_option", asked);
  return usual;
}

/** A small map of each option, on paper. */
function optionMaps() {
  const maps = options.map((one, i) => {
    const host = (/** @type {string} */ id) => one.members.get(id)?.host ?? null;
    return paperMap(`${i + 1} ${one.name}`, smallMap([...one.members.keys()].filter((id) => county === "" || municipality(id).county_number === county), one.offices, host, () => ""));
  });
  paperMaps().replaceChildren(...maps);
}

page.begin = () => {
  page.onPaper.push(optionMaps);
  const { settings } = readAddress();
  page.inCard.options = (member) => optionsCard(member, current, reference);
  byId("choices").addEventListener("change", (event) => show(Number(/** @type {HTMLInputElement} */ (event.target).value) - 1));
  field("reference").addEventListener("change", () => { reference = Number(field("reference").value) - 1; draw({}); });
  field("marked").addEventListener("change", () => { marked = field("marked").checked; draw({}); });
  field("county").addEventListener("change", () => { county = field("county").value; draw({ zoom: true }); });
  field("twin").addEventListener("change", () => { beside = field("twin").checked; draw({ zoom: true }); });
  startKeys();
  startFiles();
  startWinners();
  startShades(winnerShades());
  current = option(settings, "plan", best);
  reference = option(settings, "fra", 0);
  county = countyIn(settings);
  marked = settings.get("merk") !== "0";
  beside = settings.get("to") === "1";
  prices = startAgain(settings, () => { drawTable(); keep(); }, (i) => {
    show(i);
    if (window.matchMedia(NARROW).matches) reveal(find(".map-frame"));
  });
  draw({ other: current !== 0, zoom: county !== "" || beside });
};
