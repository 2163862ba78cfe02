// The municipalities coloured by how firm their places are.
import { el } from "../base/dom.js";
import { text } from "../base/format.js";
import { page, source } from "../base/page.js";

/** What the shades mean, as rows of the legend that show while it is chosen. @param {(kind: string) => HTMLElement} key */
export function firmKeys(key) {
  if (!source.firm) return [];
  const rows = [key("firm"), key("fair"), key("loose")];
  for (const row of rows) row.classList.add("of-firm");
  return [...rows, el("p", { class: "firm-note" }, text("firm_trial"))];
}

/** It is of the plan as computed: while another is tried, the offices' colours come back, with a word. @param {boolean} on */
export function shadeFirm(on) {
  page.map.getContainer().classList.toggle("with-firm", on && !page.trialOn);
  page.map.getContainer().classList.toggle("firm-paused", on && page.trialOn);
}
