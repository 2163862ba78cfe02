// Set the page going when the map is drawn.
import "../base/language.js";
import { keepInAddress, notFound, readAddress } from "../base/address.js";
import { arrange } from "../base/arrangement.js";
import { byId, closest, el, find, findAll, noted, onClick, reveal, seek, still } from "../base/dom.js";
import { firmKeys } from "./firm.js";
import { NARROW, unfold } from "../base/fold.js";
import { text } from "../base/format.js";
import { frame, setLegend } from "./frame.js";
import { startRoving } from "../base/keys.js";
import { startLabels } from "./labels.js";
import { must } from "../base/must.js";
import { mapIs, page, source } from "../base/page.js";
import { startPrint } from "../paper/print.js";
import { startSearch } from "./search.js";
import { bounds, close, firstStop, select, setAside, showAll, shut } from "./select.js";
import { startSorting } from "../base/sort.js";
import { startWays } from "./ways.js";

const MARGIN = 28; // pixels around the legend, the credits below it among them
const SMALL = 640; // pixels: the legend would hide too much of the map
const ROOM = 2; // times the height of the legend that a map has which shows it unfolded beside an open card

/** Called once at the end of Folium's script. @param {Parts} parts */
export function start(parts) {
  mapIs(parts);
  if (still) holdStill();
  page.map.attributionControl.setPrefix(false);
  startControls(parts.layers);
  if (source.credit) page.map.attributionControl.addAttribution(text(source.credit));
  if (parts.base) startBase(parts.base);
  const place = startLabels(parts.hosts);
  startTable();
  startLinks();
  startPrint(place);
  startWays();
  startKeys();
  page.map.on("click", shut);
  startSearch();
  firstStop();
  const { id, section, unknown } = readAddress();
  page.begin?.();
  takeAlong();
  if (unknown !== null) notFound("no_municipality", unknown);
  if (id !== null) select(id, { zoom: true });
  if (section !== null && history.state === null) {
    unfold(byId(section));
    byId(section).scrollIntoView();
  }
  document.documentElement.dataset.ready = "yes";
}

/** Leaflet knows nothing of reduced motion when it moves a popup into view or a drag runs on. */
function holdStill() {
  const { map } = page;
  const { panBy } = map;
  map.panBy = (offset, options) => panBy.call(map, offset, { ...options, animate: false });
  map.options.inertia = false;
}

/** From the other language, or from before the page was loaded again. */
function takeAlong() {
  if (history.state !== null) arrange(history.state.arrangement);
}

/** The whole country, or the county that is shown. @param {boolean} animate */
const showExtent = (animate) => page.map.fitBounds(page.extent, frame(page.extent, animate));

/** Close what is open and go there. */
export function goHome() {
  shut();
  showExtent(true);
}

/** Let some municipalities be all that counts, or everybody: the others step back. @param {Set<string> | null} ids */
export function confine(ids) {
  setAside((member) => ids !== null && !ids.has(member.id));
  page.extent = ids?.size ? bounds(ids) : source.extent;
}

/** @param {Parts["layers"]} layers */
function startControls(layers) {
  L.control.zoom({ position: "topleft", zoomInTitle: text("zoom_in"), zoomOutTitle: text("zoom_out") }).addTo(page.map);
  const Home = L.Control.extend({
    onAdd() {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      const link = L.DomUtil.create("a", "home", bar);
      const title = text("home");
      for (const [name, value] of [["href", "#"], ["role", "button"], ["title", title], ["aria-label", title]]) link.setAttribute(name, value);
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(link, "click", (event) => { L.DomEvent.stop(event); goHome(); });
      return bar;
    },
  });
  new Home({ position: "topleft" }).addTo(page.map);
  if (window.matchMedia(NARROW).matches || page.map.getSize().x < SMALL) {
    layers.remove();
    layers.options.collapsed = true;
    layers.addTo(page.map);
  }
  startKeyBar();
  const box = must(layers.getContainer(), "the legend");
  const toggle = seek(".leaflet-control-layers-toggle", box);
  if (toggle) for (const name of ["title", "aria-label"]) toggle.setAttribute(name, text("layers"));
  const clear = () => {
    const [width, height] = box.matches(".leaflet-control-layers-expanded") ? [box.offsetWidth, box.offsetHeight] : [0, 0];
    setLegend(width && width + MARGIN, height && height + MARGIN);
  };
  page.map.on("resize overlayadd overlayremove", clear);
  find(".leaflet-control-layers-list", box).prepend(
    el("p", { class: "legend-heading" }, text("legend")),
    key("office"), key("alone"), key("outside"), movedKey(), ...firmKeys(key),
  );
  clear();
  if (layers.options.collapsed) return;
  let tall = box.offsetHeight; // more where shades are added to it
  /** Beside an open card, or another map, there is no room for the legend, which waits behind its button. @param {string | null} id */
  const fold = (id) => {
    tall = Math.max(tall, box.offsetHeight);
    const { x, y } = page.map.getSize();
    if (x >= SMALL && (id === null || y > ROOM * tall)) layers.expand();
    else layers.collapse();
    clear();
  };
  page.onChoice.push(fold);
  page.map.on("resize", () => fold(byId("card").hidden ? null : ""));
  showExtent(false);
}

/** A row of the legend. @type {(kind: string, word?: string) => HTMLElement} */
function key(kind, word) {
  const sample = el("span", { class: "key key-" + kind });
  if (kind === "office") for (const colour of [0, 1, 3, 4]) sample.append(el("i", { class: "colour-" + colour }));
  return el("div", { class: "legend-row" }, sample, text(word || "legend_" + kind));
}

/** Who has another host than in the plan, while a grouping is tried. */
function movedKey() {
  const row = key("moved");
  row.classList.add("of-trial");
  return row;
}

/** Where the legend is folded away, what the areas mean stands in a line all the same. */
function startKeyBar() {
  const Bar = L.Control.extend({
    onAdd: () => el("div", { class: "key-bar screen-only" }, key("office", "legend_office_short"), key("alone"), key("outside"), movedKey(), ...firmKeys(key)),
  });
  new Bar({ position: "bottomleft" }).addTo(page.map);
}

/** The base map is an extra: without network it goes away again, with a word and no broken pictures. @param {L.TileLayer} base */
function startBase(base) {
  const message = byId("map-message");
  const address = base.getTileUrl;
  const blank = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
  let loaded = 0;
  let failed = 0;
  base.options.errorTileUrl = blank;
  base.getTileUrl = (tile) => (navigator.onLine && failed < 3 ? address.call(base, tile) : blank);

  function giveUp() {
    message.textContent = text("base_failed");
    setTimeout(() => { if (page.map.hasLayer(base)) page.map.removeLayer(base); }, 0);
  }

  base.on("add", () => {
    loaded = failed = 0;
    message.textContent = "";
    page.map.getContainer().classList.add("with-base");
    if (!navigator.onLine) giveUp();
  });
  base.on("remove", () => page.map.getContainer().classList.remove("with-base"));
  // The blank picture that stands in for a failed tile is loaded too, and says nothing about the network.
  base.on("tileload", (event) => { if (event.tile.src !== blank) loaded += 1; });
  base.on("tileerror", () => {
    failed += 1;
    if (failed >= 3 && loaded === 0) giveUp();
  });
  base.on("load", () => { if (failed > 0 && loaded === 0) giveUp(); });
}

function startTable() {
  for (const box of findAll("[data-roving]")) startRoving(box);
  startSorting();
  onClick("button[data-select], [data-zoom]", (button) => {
    if (window.matchMedia(NARROW).matches) reveal(find(".map-frame"));
    const ids = (button.dataset.select || noted(button, "zoom")).split(" ");
    if (ids.length === 1) select(ids[0], { zoom: true });
    else showAll(ids);
  });
}

/** A link within the page must not push choice and filter out of the address. */
function startLinks() {
  onClick('a[href^="#"]:is(.skip, .contents *, .chart *)', (link, event) => {
    const target = document.getElementById(must(link.getAttribute("href"), "href").slice(1));
    if (target === null) return;
    event.preventDefault();
    if (!target.matches("input")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    unfold(target);
    reveal(target);
    if (link.matches(".contents *")) keepInAddress({ section: target.id });
  });
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    const inside = closest(event, "#card, .folium-map");
    if (event.key === "Escape" && inside !== null) close();
  });
}
