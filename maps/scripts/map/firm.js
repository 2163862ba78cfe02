// The layer that shades municipalities by how firm their places are, instead of by office.
import { el } from "../base/dom.js";
import { text } from "../base/format.js";
import { page, source } from "../base/page.js";

/** What the shades mean, as rows of the legend that show while the layer is on. @param {(kind: string) => HTMLElement} key */
export function firmKeys(key) {
  if (!source.firm) return [];
  const rows = [key("firm"), key("fair"), key("loose")];
  for (const row of rows) row.classList.add("of-firm");
  return [...rows, el("p", { class: "firm-note" }, text("firm_trial"))];
}

/** It is of the plan as computed: while another is tried, the offices' colours come back, with a word. */
export function shadeFirm() {
  const { firm } = page.layers;
  const on = firm !== undefined && page.map.hasLayer(firm);
  page.map.getContainer().classList.toggle("with-firm", on && !page.trialOn);
  page.map.getContainer().classList.toggle("firm-paused", on && page.trialOn);
}
