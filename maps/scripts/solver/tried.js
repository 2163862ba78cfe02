// What was tried, side by side: every answer with its prices, its sums and how it differs from what is shown.
import { goesAlong } from "../base/arrangement.js";
import { asWritten, byId, el, field, find } from "../base/dom.js";
import { download } from "../base/files.js";
import { number, said } from "../base/format.js";
import { theTrial } from "../base/page.js";
import { trying } from "../trial/trial.js";

/** @type {Tried[]} */
let tried = [];
/** What opening and saving one does. @type {{ open: (one: Tried) => void, save: (one: Tried) => void }} */
let acts = { open: () => {}, save: () => {} };

const terms = () => theTrial().judge.terms;
/** @param {string} name */
const title = (name) => asWritten(find(`table.terms tr[data-term="${name}"] th`));

/** How many have the same host in both. @type {(one: HostOf, other: HostOf) => number} */
const alike = (one, other) => one.filter((host, i) => host === other[i]).length;

/** @type {(key: string, one: Tried, act: () => void) => HTMLElement} */
function button(key, one, act) {
  const made = el("button", { type: "button", class: "quiet-button" }, said(key), el("span", { class: "unseen" }, " " + one.name));
  made.addEventListener("click", act);
  return made;
}

/** @param {Tried} one */
function row(one) {
  const name = el("input", { type: "text", value: one.name, "aria-label": said("solver.tried_name"), maxlength: "60" });
  name.addEventListener("change", () => { one.name = name.value.trim() || one.name; draw(); });
  const figures = [number(one.objective, 1), ...terms().map((term) => number(one.terms[term], 1)), number(one.offices), number(one.alone), number(alike(one.hostOf, trying.planned())), number(alike(one.hostOf, trying.shown()))];
  const remove = button("solver.remove", one, () => {
    tried = tried.filter((other) => other !== one);
    draw();
    byId("best-find").focus();
  });
  return el("tr", null, el("th", { scope: "row" }, name, el("small", null, said(one.proved ? "solver.tried_proved" : "solver.tried_stopped"))),
    ...figures.map((figure) => el("td", { class: "num" }, figure)),
    el("td", null, button("solver.open", one, () => acts.open(one)), " ", button("solver.save", one, () => acts.save(one)), " ", remove));
}

const SIZE = 240;
const EDGE = 40;

/** Two figures of all against each other. */
function drawChart() {
  const [x, y] = ["tried-x", "tried-y"].map((id) => tried.map((one) => (field(id).value === "" ? one.objective : one.terms[field(id).value])));
  const ends = [x, y].map((values) => [Math.min(...values), Math.max(...values)]);
  const at = (/** @type {number} */ value, /** @type {number[]} */ [low, high]) => EDGE + (high > low ? (value - low) / (high - low) : 0.5) * (SIZE - 2 * EDGE);
  byId("tried-marks").replaceChildren(...tried.map((one, k) => {
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "g");
    const [dot, name] = ["circle", "text"].map((kind) => document.createElementNS("http://www.w3.org/2000/svg", kind));
    mark.setAttribute("transform", `translate(${2 * at(x[k], ends[0])} ${SIZE - at(y[k], ends[1])})`);
    dot.setAttribute("r", "5");
    name.setAttribute("x", "8");
    name.setAttribute("y", "4");
    name.textContent = `${one.name}: ${number(x[k], 1)} / ${number(y[k], 1)}`;
    mark.append(dot, name);
    return mark;
  }));
}

/** Everything anew: what is shown may be another grouping now. */
export function drawTried() {
  if (document.getElementById("tried") !== null) draw();
}

function draw() {
  byId("tried").hidden = !tried.length;
  byId("tried-chart").hidden = tried.length < 2;
  byId("tried-rows").replaceChildren(...tried.map(row));
  drawChart();
}

/** Keep an answer. @param {Omit<Tried, "name">} one */
export function keep(one) {
  tried = [...tried, { name: said("solver.tried_nth", { n: number(tried.length + 1) }), ...one }];
  draw();
}

/** As a table for other programs: prices and limits that were asked, and what came of it. */
function csv() {
  const cell = (/** @type {string | number | null} */ value) => (typeof value === "string" ? `"${value.replaceAll('"', '""').replace(/^[=+\-@]/, "'$&")}"` : String(value ?? ""));
  const limits = Object.keys(tried[0].wishes.limits);
  const heads = ["name", "proved", ...terms().map((name) => "price_" + name), ...limits, "objective", ...terms(), "offices", "alone", "same_host_as_run"];
  const rows = tried.map((one) => [one.name, Number(one.proved), ...terms().map((name) => one.wishes.weights[name]), ...limits.map((name) => one.wishes.limits[name]), one.objective,
    ...terms().map((name) => one.terms[name]), one.offices, one.alone, alike(one.hostOf, trying.planned())]);
  return [heads, ...rows].map((cells) => cells.map(cell).join() + "\n").join("");
}

/** Let answers be kept. @param {typeof acts} given */
export function startTried(given) {
  acts = given;
  byId("tried-terms").replaceChildren(...terms().map((name) => el("th", { scope: "col", class: "num" }, title(name))));
  byId("tried-head").append(...byId("tried-terms").children, ...[...byId("tried-rest").children]);
  for (const [id, chosen] of [["tried-x", "travel"], ["tried-y", "missing_fte"]]) {
    field(id).replaceChildren(el("option", { value: "" }, said("solver.sum")), ...terms().map((name) => el("option", { value: name }, title(name))));
    field(id).value = chosen;
    field(id).addEventListener("change", drawChart);
  }
  byId("tried-csv").addEventListener("click", () => download(said("solver.tried_file"), "text/csv;charset=utf-8", csv()));
  goesAlong("tried", () => tried, (kept) => { tried = kept; draw(); });
}
