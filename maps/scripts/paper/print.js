// Paper has its own size, numbers and maps: all of it is made when printing begins, and is gone afterwards.
import { byId, el, find, findAll, noted } from "../base/dom.js";
import { text } from "../base/format.js";
import { mustGet } from "../base/must.js";
import { apart, officesWith, page, source } from "../base/page.js";
import { shut } from "../map/select.js";
import { forget } from "./small.js";

const LEGEND = 250; // pixels: its width on paper

/** The number of each shared office, in the order of the tables. @type {() => Map<string, number>} */
export const numbers = () => new Map(apart(officesWith(""))[0].map((office, k) => [office.id, k + 1]));

/** @param {boolean} on */
function numberOffices(on) {
  page.numbers = on ? numbers() : null;
  for (const row of findAll("tr[data-office]")) {
    const number = page.numbers?.get(noted(row, "office"));
    for (const part of [row, find("button", row)]) {
      if (number === undefined) delete part.dataset.number;
      else part.dataset.number = String(number);
    }
  }
}

/** Fold all out that is folded, but for a county what is not about it. */
function unfolded() {
  const closed = /** @type {HTMLDetailsElement[]} */ (findAll("details:not([open])"));
  return page.extent === source.extent ? closed : [];
}

/** Paper has its own size: the map is drawn anew for it, and as it was afterwards. @param {() => void} place */
export function startPrint(place) {
  /** @type {{ place: L.LatLng, zoom: number, opened: HTMLDetailsElement[] } | null} */
  let view = null;
  window.addEventListener("beforeprint", () => {
    if (document.body.classList.contains("printing-sheet")) return;
    const opened = unfolded();
    view = { place: page.map.getCenter(), zoom: page.map.getZoom(), opened };
    shut();
    for (const item of opened) item.open = true;
    numberOffices(true);
    page.onPaper.forEach((make) => make());
    const box = find(".map-frame");
    box.style.cssText = "width:184mm;height:" + (getComputedStyle(box).getPropertyValue("--print-height") || "176mm");
    page.map.invalidateSize({ animate: false, pan: false });
    page.map.options.zoomSnap = 0;
    // The whole country leaves the corner of the legend free; a county does not.
    const right = page.extent === source.extent ? 8 : LEGEND;
    page.map.fitBounds(page.extent, { paddingTopLeft: [24, 8], paddingBottomRight: [right, 48], animate: false });
    page.map.options.zoomSnap = 0.25;
    page.relabel?.();
    place();
  });
  window.addEventListener("afterprint", () => {
    if (view === null) return;
    forget();
    for (const item of view.opened) item.open = false;
    numberOffices(false);
    document.getElementById("paper-maps")?.replaceChildren();
    page.relabel?.();
    find(".map-frame").style.cssText = "";
    page.map.invalidateSize({ animate: false, pan: false });
    page.map.setView(view.place, view.zoom, { animate: false });
    view = null;
  });
}

/** A map with its name. @type {(name: string, map: SVGElement) => HTMLElement} */
export const paperMap = (name, map) => {
  map.setAttribute("aria-label", text("paper_map", { name }));
  return el("figure", null, el("figcaption", null, name), map);
};

/** The number of an office on paper. @param {string} host */
export const numberOf = (host) => String(mustGet(page.numbers ?? numbers(), host));

/** Where maps for paper stand. */
export const paperMaps = () => byId("paper-maps");
