// Between what estimates plausibly lie, and what is on the border of a limit, as optimizer.judging.ranges.
import { el } from "./dom.js";
import { number, text } from "./format.js";
import { municipality, source } from "./page.js";

const { low, high, most, least } = source.ranges;
const TOLERANCE = 1e-6;

/** Between what a journey lies, minutes. @type {(minutes: number) => Ends} */
export const journeyEnds = (minutes) => [minutes * low, minutes * high];

/** Between what the planners of some municipalities lie, årsverk. @type {(ids: string[]) => Ends} */
export function plannerEnds(ids) {
  const total = (/** @type {0 | 1} */ end) => ids.reduce((sum, id) => sum + municipality(id).planner_ends[end], 0);
  return [total(0), total(1)];
}

/** Whether the longest journey allowed lies between. @param {number | null} minutes */
export function journeyOnBorder(minutes) {
  const ends = journeyEnds(minutes === null ? Infinity : minutes);
  return ends[0] <= most + TOLERANCE && most + TOLERANCE < ends[1];
}

/** Whether the critical mass lies between. @param {string[]} ids */
export function plannersOnBorder(ids) {
  const ends = plannerEnds(ids);
  return ends[0] < least - TOLERANCE && least - TOLERANCE <= ends[1];
}

/** A limit as precise as it is set, as Words.setting. @param {number | null} value */
export function setting(value) {
  if (value === null) return "";
  const part = value.toFixed(10).replace(/0+$/, "").split(".")[1];
  return number(value, part.length);
}

/** @type {(value: number, ends: Ends, limit: number, decimals: number) => Values} */
const values = (value, ends, limit, decimals) => ({
  value: number(value, decimals), low: number(ends[0], decimals), high: number(ends[1], decimals), limit: setting(limit),
});

/** @param {string} title */
const mark = (title) => el("span", { class: "edge", title }, el("span", { "aria-hidden": "true" }, "\u00b1"), el("span", { class: "unseen" }, " " + text("edge")));

/** The mark of a journey, as the templates write it; null where there is none. @param {number | null} minutes */
export const journeyMark = (minutes) => (minutes !== null && journeyOnBorder(minutes) ? mark(text("edge_journey", values(minutes, journeyEnds(minutes), most, 0))) : null);

/** The mark of the planners of an office; null where there is none. @param {Office} office */
export const plannersMark = ({ planner_fte: planners, members }) =>
  (plannersOnBorder(members) ? mark(text("edge_planners", values(planners, plannerEnds(members), least, 1))) : null);

/** "66\u201390" where the ends differ as they are written; otherwise nothing. @type {(ends: Ends, decimals: number) => string} */
export function span(ends, decimals) {
  const [from, to] = ends.map((end) => (Number.isFinite(end) ? number(end, decimals) : ""));
  return from === to ? "" : text("span", { low: from, high: to });
}
