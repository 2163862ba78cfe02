// The fields of the panel: prices and limits as they are written, what is wrong with them, and what a price means in journeys.
import { field, findAll, noted } from "../base/dom.js";
import { setting } from "../base/edges.js";
import { number, said } from "../base/format.js";
import { theTrial } from "../base/page.js";
import { TIGHTER } from "./question.js";

const DEAREST = 1e6;
const WHOLE = ["max_members", "min_offices", "max_offices"];
const MAY_BE_FREE = ["min_offices", "max_offices"];

const priced = () => theTrial().judge.terms;
/** The limits that have a field. */
export const LIMITED = [...Object.keys(TIGHTER), "min_office_fte"];

/** A number as people write it; not a number where it is none. @param {string} written */
export const parse = (written) => (/^[0-9]+([.,][0-9]+)?$/.test(written.replace(/[\s\u00a0\u202f]/g, "")) ? Number(written.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".")) : NaN);

/** Say something at a field. @type {(id: string, text: string, wrong: boolean) => void} */
function note(id, text, wrong) {
  const box = field(id + "-note");
  box.textContent = text;
  box.classList.toggle("wrong", wrong);
  field(id).setAttribute("aria-invalid", String(wrong));
}

/** What is wrong with a price; nothing if it can be one. @param {number} price */
const wrongPrice = (price) => (price >= 0 && price <= DEAREST ? "" : said("solver.wrong_price", { most: number(DEAREST) }));

/** What is wrong with a limit; nothing if it can be one.
 * @type {(name: string, value: number | null, own: number | null, hard: boolean) => string} */
export function wrongLimit(name, value, own, hard) {
  if (value === null) return own === null ? "" : said("solver.looser", { own: setting(own), command: `plankontor run scenario.toml --set limits.${name}=none` });
  if (!(value >= 0) || (WHOLE.includes(name) && !Number.isInteger(value))) return said(WHOLE.includes(name) ? "solver.wrong_whole" : "solver.wrong_number");
  if (name === "max_members" && value < 1) return said("solver.wrong_whole");
  const tighter = name in TIGHTER ? TIGHTER[name](value, own) : !hard || value >= (own ?? 0);
  return tighter ? "" : said("solver.looser", { own: setting(own), command: `plankontor run scenario.toml --set limits.${name}=${value}` });
}

const MINUTE = 60; // seconds
const LEAST = 0.05; // seconds of a journey that are told

/** What a price is worth in journeys, in minutes or, where it is less than one, in seconds. @param {number} minutes */
function inJourneys(minutes) {
  if (minutes * MINUTE < LEAST) return said("solver.means_nothing");
  const [value, one, many] = minutes < 1 ? [minutes * MINUTE, "solver.means_seconds_one", "solver.means_seconds"] : [minutes, "solver.means_minutes_one", "solver.means_minutes"];
  const n = number(value, value < 10 && !Number.isInteger(value) ? 1 : 0);
  return said(n === "1" ? one : many, { n });
}

/** What each price is worth in journeys. */
export function tellMeanings() {
  const travel = parse(field("price-travel").value);
  for (const name of priced()) {
    const price = parse(field("price-" + name).value);
    const wrong = wrongPrice(price);
    const meaning = price === 0 ? said("solver.counts_not") : name === "travel" || !(travel > 0) ? "" : inJourneys(price / travel);
    note("price-" + name, wrong || meaning, wrong !== "");
  }
}

/** Prices and limits; null if something is wrong, which is said at its field.
 * @type {() => Pick<Wishes, "weights" | "limits"> | null} */
export function readFields() {
  const { limits: own } = theTrial().judge;
  const hard = own.critical_mass === "hard";
  const weights = Object.fromEntries(priced().map((name) => [name, parse(field("price-" + name).value)]));
  const limits = Object.fromEntries(LIMITED.map((name) => {
    const written = field("limit-" + name).value.trim();
    return [name, written === "" && MAY_BE_FREE.includes(name) ? null : parse(written)];
  }));
  tellMeanings();
  /** @type {Record<string, string>} */
  const wrong = Object.fromEntries(LIMITED.map((name) => [name, wrongLimit(name, limits[name], own[name], hard)]));
  const { min_offices: least, max_offices: most } = limits;
  if (!wrong.min_offices && !wrong.max_offices && least !== null && most !== null && least > most) wrong.min_offices = said("solver.wrong_order");
  for (const name of LIMITED) note("limit-" + name, wrong[name], wrong[name] !== "");
  const bad = [...priced().filter((name) => wrongPrice(weights[name])).map((name) => "price-" + name), ...LIMITED.filter((name) => wrong[name]).map((name) => "limit-" + name)];
  if (!bad.length) return { weights, limits };
  const first = field(bad[0]);
  const fold = /** @type {HTMLDetailsElement | null} */ (first.closest("details"));
  if (fold) fold.open = true;
  first.focus();
  return null;
}

/** Write prices and limits. @param {Pick<Wishes, "weights" | "limits">} wishes */
export function writeFields({ weights, limits }) {
  for (const name of priced()) field("price-" + name).value = setting(weights[name]);
  for (const name of LIMITED) field("limit-" + name).value = setting(limits[name]);
  for (const slider of slides()) slider.value = String(parse(field(noted(slider, "slides")).value));
  tellMeanings();
}

const slides = () => /** @type {HTMLInputElement[]} */ (findAll("input[data-slides]"));

/** Let sliders and numbers follow each other. */
export function startFields() {
  for (const slider of slides()) {
    const written = field(noted(slider, "slides"));
    slider.addEventListener("input", () => {
      written.value = setting(Number(slider.value));
      tellMeanings();
    });
    written.addEventListener("input", () => {
      const value = parse(written.value);
      if (value >= 0) slider.value = String(value);
      tellMeanings();
    });
  }
  tellMeanings();
}
