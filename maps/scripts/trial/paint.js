// A brush: whoever is pressed on the map, or drawn over, goes to the office that the brush was taken up for.
import { byId, el, find, findAll, seek } from "../base/dom.js";
import { said } from "../base/format.js";
import { mustGet } from "../base/must.js";
import { municipality, page } from "../base/page.js";
import { shut } from "../map/select.js";
import { trying } from "./trial.js";

/** The host of the office, while there is a brush. @type {string | null} */
let brush = null;
/** Who was met since the pointer came down. @type {Set<string> | null} */
let met = null;

/** Who lies below a pointer and may go to the office. @param {PointerEvent} event */
function below({ clientX, clientY }) {
  const id = /** @type {HTMLElement | null} */ (document.elementFromPoint(clientX, clientY)?.closest("path.area[data-id]") ?? null)?.dataset.id;
  return id !== undefined && brush !== null && trying.knows(id) && municipality(id).host !== municipality(brush).host ? id : null;
}

/** @param {PointerEvent} event */
function meet(event) {
  const id = met === null ? null : below(event);
  if (id === null) return;
  met?.add(id);
  seek(`path.area[data-id="${CSS.escape(id)}"]`)?.classList.add("brushed");
}

function forgetMet() {
  met = null;
  for (const path of findAll("path.brushed")) path.classList.remove("brushed");
}

/** @type {Record<string, (event: PointerEvent) => void>} */
const ON = {
  pointerdown: (event) => {
    if (event.button !== 0 || event.target instanceof Element && event.target.closest(".leaflet-control")) return;
    met = new Set();
    meet(event);
  },
  pointermove: meet,
  pointerup: () => {
    const some = [...met ?? []];
    forgetMet();
    if (some.length > 0 && brush !== null) trying.moveSome(some, mustGet(page.members, brush).host ?? brush);
  },
  pointercancel: forgetMet,
};

/** While there is a brush, a press chooses nobody. @param {Event} event */
function instead(event) {
  if (event.target instanceof Element && event.target.closest(".leaflet-control")) return;
  event.stopPropagation();
  event.preventDefault();
}

/** @param {KeyboardEvent} event */
const onKey = (event) => { if (event.key === "Escape") layDown(); };

/** Lay the brush down. */
function layDown() {
  if (brush === null) return;
  brush = null;
  forgetMet();
  const box = page.map.getContainer();
  for (const [name, act] of Object.entries(ON)) box.removeEventListener(name, /** @type {EventListener} */ (act), true);
  box.removeEventListener("click", instead, true);
  document.removeEventListener("keydown", onKey);
  box.classList.remove("painting");
  page.map.dragging.enable();
  byId("brush").remove();
  box.focus({ preventScroll: true });
}

/** Take up a brush for the office of a host. @param {string} host */
export function takeUp(host) {
  layDown();
  shut();
  brush = host;
  const box = page.map.getContainer();
  for (const [name, act] of Object.entries(ON)) box.addEventListener(name, /** @type {EventListener} */ (act), true);
  box.addEventListener("click", instead, true);
  document.addEventListener("keydown", onKey);
  box.classList.add("painting");
  page.map.dragging.disable();
  const done = el("button", { type: "button" }, said("trial.paint_done"));
  done.addEventListener("click", layDown);
  find(".map-frame").prepend(el("div", { id: "brush", class: "note screen-only", role: "status" }, said("trial.painting", { name: municipality(host).label }) + " ", done));
  page.map.invalidateSize({ animate: false, pan: false });
  done.focus({ preventScroll: true });
}
