// A table or list of a hundred buttons is one tab stop; the arrows lead on. Controls opened in it (.editor) stay as they are.
import { closest, findAll, seek } from "./dom.js";

/** Rows of a county that is folded. */
const SHUT = "body:not(.one-county) .shut > tr:not(.county)";

/** @param {Element} element */
const ours = (element) => element.closest(".editor") === null;
/** @param {ParentNode} box */
const buttonsOf = (box) => findAll("tbody tr button, li button", box).filter(ours);
/** @param {ParentNode} box */
const rowsOf = (box) => findAll("tbody tr, li", box).filter((row) => row.closest("[hidden], .editor") === null && !row.matches(SHUT) && seek("button", row));

/** Let only one button of a table or list be reached by the tabulator. @param {ParentNode} box */
export function oneStop(box) {
  const buttons = rowsOf(box).flatMap((row) => findAll("button", row));
  const current = buttons.find((button) => button.dataset.held === "yes") || buttons[0];
  for (const button of buttonsOf(box)) button.tabIndex = button === current ? 0 : -1;
}

/** Let the arrows lead from button to button. @param {HTMLElement} box */
export function startRoving(box) {
  box.addEventListener("focusin", (event) => {
    const button = closest(event, "button");
    if (button === null || !buttonsOf(box).includes(button)) return;
    for (const other of buttonsOf(box)) {
      other.tabIndex = other === button ? 0 : -1;
      if (other === button) other.dataset.held = "yes";
      else delete other.dataset.held;
    }
  });
  box.addEventListener("keydown", (event) => {
    const button = closest(event, "button");
    const rows = rowsOf(box);
    const at = button === null ? -1 : rows.indexOf(/** @type {HTMLElement} */ (button.closest("tr, li")));
    if (button === null || at < 0) return;
    const inRow = findAll("button", rows[at]);
    /** @type {Record<string, () => HTMLElement | null | undefined>} */
    const ways = {
      ArrowDown: () => rows[at + 1]?.querySelector("button"),
      ArrowUp: () => rows[at - 1]?.querySelector("button"),
      ArrowRight: () => inRow[inRow.indexOf(button) + 1],
      ArrowLeft: () => inRow[inRow.indexOf(button) - 1],
      Home: () => seek("button", rows[0]),
      End: () => rows[rows.length - 1].querySelector("button"),
    };
    if (!(event.key in ways)) return;
    event.preventDefault();
    ways[event.key]()?.focus();
  });
  oneStop(box);
}

/** Controls are made anew after each change; whoever used one goes on where it was, when what is returned is called. @type {() => () => void} */
export function heldFocus() {
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const where = /** @type {HTMLElement | null} */ (active?.closest("[data-try]"))?.dataset.try;
  const name = active?.dataset.do;
  return () => {
    if (where === undefined || document.contains(active) || document.activeElement !== document.body) return;
    const box = seek(`[data-try="${where}"]`) || seek('[data-try="card-head"], [data-try="row-head"]');
    const next = box && (seek(`[data-do="${name}"]:not([disabled])`, box) || seek("select, button:not([disabled])", box));
    next?.focus({ preventScroll: true });
  };
}
