// Prices of the terms, each as a number and on a slider: what is wrong with one, and what it means in journeys.
import { field, findAll, noted } from "../base/dom.js";
import { setting } from "../base/edges.js";
import { number, said } from "../base/format.js";

const DEAREST = 1e6;

/** A number as people write it; not a number where it is none. @param {string} written */
export const parse = (written) => (/^[0-9]+([.,][0-9]+)?$/.test(written.replace(/[\s\u00a0\u202f]/g, "")) ? Number(written.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".")) : NaN);

/** Say something at a field. @type {(id: string, text: string, wrong: boolean) => void} */
export function note(id, text, wrong) {
  const box = field(id + "-note");
  box.textContent = text;
  box.classList.toggle("wrong", wrong);
  field(id).setAttribute("aria-invalid", String(wrong));
}

/** What is wrong with a price; nothing if it can be one. @param {number} price */
export const wrongPrice = (price) => (price >= 0 && price <= DEAREST ? "" : said("solver.wrong_price", { most: number(DEAREST) }));

const MINUTE = 60; // seconds
const LEAST = 0.05; // seconds of a journey that are told

/** What a price is worth in journeys, in minutes or, where it is less than one, in seconds. @param {number} minutes */
function inJourneys(minutes) {
  if (minutes * MINUTE < LEAST) return said("solver.means_nothing");
  const [value, one, many] = minutes < 1 ? [minutes * MINUTE, "solver.means_seconds_one", "solver.means_seconds"] : [minutes, "solver.means_minutes_one", "solver.means_minutes"];
  const n = number(value, value < 10 && !Number.isInteger(value) ? 1 : 0);
  return said(n === "1" ? one : many, { n });
}

/** What each price is worth in journeys, and what is wrong with it. @param {string[]} names */
export function tellMeanings(names) {
  const travel = parse(field("price-travel").value);
  for (const name of names) {
    const price = parse(field("price-" + name).value);
    const wrong = wrongPrice(price);
    const meaning = price === 0 ? said("solver.counts_not") : name === "travel" || !(travel > 0) ? "" : inJourneys(price / travel);
    note("price-" + name, wrong || meaning, wrong !== "");
  }
}

/** The prices as they are written; not a number where one is none. @type {(names: string[]) => Record<string, number>} */
export const readPrices = (names) => Object.fromEntries(names.map((name) => [name, parse(field("price-" + name).value)]));

const slides = () => /** @type {HTMLInputElement[]} */ (findAll("input[data-slides]"));

/** Write some prices. @type {(names: string[], weights: Record<string, number>) => void} */
export function writePrices(names, weights) {
  for (const name of names) field("price-" + name).value = setting(weights[name]);
  for (const slider of slides()) slider.value = String(parse(field(noted(slider, "slides")).value));
  tellMeanings(names);
}

/** Let sliders and numbers follow each other. @param {string[]} names */
export function startPrices(names) {
  for (const slider of slides()) {
    const written = field(noted(slider, "slides"));
    slider.addEventListener("input", () => {
      written.value = setting(Number(slider.value));
      tellMeanings(names);
    });
    written.addEventListener("input", () => {
      const value = parse(written.value);
      if (value >= 0) slider.value = String(value);
      tellMeanings(names);
    });
  }
  tellMeanings(names);
}
