// The best plans at other prices: one press shows one of them in map, figures and tables, as a grouping that is tried.
import { find, findAll, reveal } from "../base/dom.js";
import { NARROW } from "../base/fold.js";
import { shut } from "../map/select.js";
import { said } from "../base/format.js";
import { must } from "../base/must.js";
import { theTrial } from "../base/page.js";
import { trying } from "./trial.js";

const buttons = () => findAll("button[data-plan]");
/** Who has another host in it. @param {HTMLElement} button */
const moved = (button) => theTrial().plans[Number(button.dataset.plan)];

/** Which of them the page shows now, however it came to it. */
export function markPlans() {
  for (const button of buttons()) {
    const shown = trying.isPlan(moved(button));
    button.setAttribute("aria-pressed", String(shown));
    const row = must(button.closest("tr"), "the row");
    if (shown) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

/** Let each be shown. */
export function startPlans() {
  for (const button of buttons()) {
    button.addEventListener("click", () => {
      trying.take(moved(button), said("tradeoff.shows", { plan: button.dataset.name }));
      shut();
      if (window.matchMedia(NARROW).matches) reveal(find(".map-frame"));
    });
  }
}
