// On a phone the sections of the report are folded: their headings are the contents, and open where they are pressed. One that is
// large and asked for by few (.best) is folded everywhere.
import { goesAlong } from "./arrangement.js";
import { el, find, findAll } from "./dom.js";

/** Where the map is above the tables. */
export const NARROW = "(max-width: 56rem)";
const OPEN = ".figures, [aria-labelledby='verdict-heading'], #trial-changes, .trial";

/** @type {(section: HTMLElement, open: boolean) => void} */
function set(section, open) {
  section.classList.toggle("open", open);
  find("h2 > button", section).setAttribute("aria-expanded", String(open));
  section.dispatchEvent(new Event(open ? "unfold" : "fold"));
}

const folded = () => findAll(".rest > .folds");

/** Fold the sections, but for the result and the rules. */
export function startFolds() {
  const narrow = window.matchMedia(NARROW).matches;
  for (const section of findAll(".rest > section")) {
    if (narrow ? section.matches(OPEN) : !section.matches(".best")) continue;
    const heading = find("h2", section);
    const button = el("button", { type: "button", "aria-expanded": "false" }, ...heading.childNodes);
    heading.replaceChildren(button);
    section.classList.add("folds");
    button.addEventListener("click", () => set(section, !section.classList.contains("open")));
  }
  goesAlong("folds", () => folded().map((section) => section.classList.contains("open")), (kept) => folded().forEach((section, k) => set(section, Boolean(kept[k]))));
}

/** Open the section that something lies in. @param {Element} element */
export function unfold(element) {
  const section = /** @type {HTMLElement | null} */ (element.closest(".folds"));
  if (section !== null) set(section, true);
}
