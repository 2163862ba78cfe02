// The fields of the panel: prices and limits as they are written, and what is wrong with them.
import { field } from "../base/dom.js";
import { setting } from "../base/edges.js";
import { said } from "../base/format.js";
import { theTrial } from "../base/page.js";
import { note, parse, readPrices, startPrices, tellMeanings, writePrices, wrongPrice } from "./prices.js";
import { TIGHTER } from "./question.js";

const WHOLE = ["max_members", "min_offices", "max_offices"];
const MAY_BE_FREE = ["min_offices", "max_offices"];

const priced = () => theTrial().judge.terms;
/** The limits that have a field. */
export const LIMITED = [...Object.keys(TIGHTER), "min_office_fte"];

/** What is wrong with a limit; nothing if it can be one.
 * @type {(name: string, value: number | null, own: number | null, hard: boolean) => string} */
export function wrongLimit(name, value, own, hard) {
  if (value === null) return own === null ? "" : said("solver.looser", { own: setting(own), command: `plankontor run scenario.toml --set limits.${name}=none` });
  if (!(value >= 0) || (WHOLE.includes(name) && !Number.isInteger(value))) return said(WHOLE.includes(name) ? "solver.wrong_whole" : "solver.wrong_number");
  if (name === "max_members" && value < 1) return said("solver.wrong_whole");
  const tighter = name in TIGHTER ? TIGHTER[name](value, own) : !hard || value >= (own ?? 0);
  return tighter ? "" : said("solver.looser", { own: setting(own), command: `plankontor run scenario.toml --set limits.${name}=${value}` });
}

/** Prices and limits; null if something is wrong, which is said at its field.
 * @type {() => Pick<Wishes, "weights" | "limits"> | null} */
export function readFields() {
  const { limits: own } = theTrial().judge;
  const hard = own.critical_mass === "hard";
  const weights = readPrices(priced());
  const limits = Object.fromEntries(LIMITED.map((name) => {
    const written = field("limit-" + name).value.trim();
    return [name, written === "" && MAY_BE_FREE.includes(name) ? null : parse(written)];
  }));
  tellMeanings(priced());
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
  for (const name of LIMITED) field("limit-" + name).value = setting(limits[name]);
  writePrices(priced(), weights);
}

/** Let a reader set prices. */
export const startFields = () => startPrices(priced());
