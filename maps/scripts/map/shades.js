// Layers that shade municipalities by a figure instead of by office: what sharing costs them less or more than alone, and how many
// disciplines they lack.
import { el, findAll } from "../base/dom.js";
import { number, said } from "../base/format.js";
import { page } from "../base/page.js";

const MUCH = 100; // kroner an inhabitant
/** The shades of a figure, and which of them a value has. @type {Record<string, { names: string[], of: (value: number) => string }>} */
const SCALES = {
  gain: { names: ["much", "less", "more", "most"], of: (gain) => (gain >= MUCH ? "much" : gain > -0.5 ? "less" : gain > -MUCH ? "more" : "most") },
  missing: { names: ["none", "few", "some", "many"], of: (many) => (many === 0 ? "none" : many < 3 ? "few" : many < 5 ? "some" : "many") },
};
/** @type {Record<string, string>} */
const SCALE_OF = { gain: "gain", worst: "gain", missing: "missing" };

/** By name: the layer, and the value of each municipality that has one, for what is shown now.
 * @type {Map<string, { layer: L.LayerGroup, values: () => Map<string, number> }>} */
const kinds = new Map();

/** The colours of what is shown now. */
export function shade() {
  const [wanted, kind] = [...kinds].find(([, { layer }]) => page.map.hasLayer(layer)) ?? [null, null];
  const scale = wanted === null ? null : SCALE_OF[wanted];
  const box = page.map.getContainer();
  for (const name of Object.keys(SCALES)) box.classList.toggle("with-" + name, name === scale);
  if (kind === null || scale === null) return;
  const { names, of } = SCALES[scale];
  const values = kind.values();
  for (const path of findAll("path.area[data-id]")) {
    path.classList.remove(...names.map((name) => `${scale}-${name}`));
    const value = values.get(path.dataset.id ?? "");
    if (value !== undefined) path.classList.add(`${scale}-${of(value)}`);
  }
}

/** What the shades of a figure mean; it shows while one of its layers is on. @param {string} scale */
const keys = (scale) => [
  ...SCALES[scale].names.map((name) => el("div", { class: `legend-row of-${scale}` }, el("span", { class: `key key-${scale}-${name}` }), said(`shade.${scale}_${name}`, { n: number(MUCH) }))),
  el("p", { class: `shade-note of-${scale}` }, said(`shade.${scale}_note`)),
];

/** Let the map be shaded; one kind of shade takes the place of the other. @param {Record<string, () => Map<string, number>>} given */
export function startShades(given) {
  const { layers, firm } = page.layers;
  for (const [name, values] of Object.entries(given)) {
    const layer = L.layerGroup();
    kinds.set(name, { layer, values });
    layers.addOverlay(layer, `<span class="key key-${SCALE_OF[name]}-layer"></span>${said("shade.layer_" + name)}`);
  }
  const all = [...[...kinds.values()].map(({ layer }) => layer), ...(firm ? [firm] : [])];
  page.map.on("layeradd", ({ layer }) => {
    // Only when Leaflet has gone through its boxes: it would put back what is ticked and not on the map.
    if (all.includes(layer)) queueMicrotask(() => { for (const other of all) if (other !== layer && page.map.hasLayer(other)) page.map.removeLayer(other); });
  });
  page.map.on("layeradd layerremove", ({ layer }) => { if (all.includes(layer)) shade(); });
  const scales = new Set(Object.keys(given).map((name) => SCALE_OF[name]));
  for (const box of findAll(".leaflet-control-layers-list, .key-bar")) {
    const last = findAll(":scope > .legend-row", box).at(-1);
    last?.after(...[...scales].flatMap(keys));
  }
  page.map.fire("resize"); // the legend has grown
}
