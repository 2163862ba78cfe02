// Texts and numbers as the templates write them.
import { source } from "./page.js";

/** A text of the catalogue with its places filled. @type {(key: string, values?: Values) => string} */
export const said = (key, values) => source.texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values?.[name]));

/** A text that every map page has. @type {(key: string, values?: Values) => string} */
export const text = (key, values) => said("script." + key, values);

/**
 * As maps.told.texts.number: in Norwegian a narrow space between thousands and a decimal comma; a dash where there is no number.
 * @param {number | null} value
 * @param {number} [decimals]
 */
export function number(value, decimals = 0) {
  if (value === null || !Number.isFinite(value)) return "\u2013";
  const rounded = Math.abs(value).toFixed(decimals);
  const [whole, part] = rounded.split(".");
  const sign = value < 0 && Number(rounded) !== 0 ? "\u2212" : "";
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, source.number.between) + (part ? source.number.point + part : "");
}

/** As precisely as it is written. @param {number} value @param {number} [decimals] */
export const rounded = (value, decimals = 0) => Number(value.toFixed(decimals));

/** With its sign; nothing has none. @param {number} value @param {number} [decimals] */
export const signed = (value, decimals = 1) => (Number.isFinite(value) && rounded(value, decimals) > 0 ? "+" : "") + number(value, decimals);

/** As maps.told.texts.Words.kroner: "1 234 567 kr". @param {number | null} value */
export const kroner = (value) => said("kroner.kr", { n: number(value) });

/** Whether kroner are so few that in millions they would be none. @param {number} value */
export const isTooFew = (value) => Math.round(value) !== 0 && Math.round(Math.abs(value) / 1e5) === 0;
/** As maps.told.texts.Words.millions: "857,9 mill. kr". @param {number | null} value */
export const millions = (value) => value !== null && isTooFew(value) ? kroner(value) : said("kroner.millions", { n: number(value === null ? null : value / 1e6, 1) });

/** As maps.told.texts.Words.count: "1 kommune", "2 kommuner". @type {(key: string, value: number) => string} */
export function count(key, value) {
  const n = number(value);
  return said(`count.${key}_${n === "1" ? "one" : "many"}`, { n });
}
