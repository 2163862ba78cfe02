// Layers that shade municipalities by what sharing costs them more or less than alone, instead of by office.
import { el, find, findAll } from "../base/dom.js";
import { number, said } from "../base/format.js";
import { accounts } from "./ledger.js";
import { municipality, page } from "../base/page.js";

const MUCH = 100; // kroner an inhabitant
const SHADES = ["much", "less", "more", "most"];
const LAYERS = { gain: L.layerGroup(), worst: L.layerGroup() };

/** @param {number} gain */
const shade = (gain) => (gain >= MUCH ? "much" : gain > -0.5 ? "less" : gain > -MUCH ? "more" : "most");

/** What each municipality of an office gains a head, kroner; of all the least if the worst-off member is asked for. @type {(account: Account, worst: boolean) => number[]} */
function gains({ ids, members }, worst) {
  const each = ids.map((id, k) => (members[k].shared === null ? NaN : (members[k].alone.cost - members[k].shared.cost) / municipality(id).population));
  return worst ? each.map(() => Math.min(...each)) : each;
}

/** The colours of what is shown now. */
export function shadeGain() {
  const wanted = Object.entries(LAYERS).find(([, layer]) => page.map.hasLayer(layer))?.[0];
  page.map.getContainer().classList.toggle("with-gain", wanted !== undefined);
  if (wanted === undefined) return;
  for (const account of accounts()) {
    const found = gains(account, wanted === "worst");
    account.ids.forEach((id, k) => {
      const path = find(`path.area[data-id="${CSS.escape(id)}"]`);
      path.classList.remove(...SHADES.map((name) => "gain-" + name));
      if (account.ids.length > 1 && Number.isFinite(found[k])) path.classList.add("gain-" + shade(found[k]));
    });
  }
}

/** What the shades mean; it shows while one of the layers is on. */
const keys = () => [...SHADES.map((name) => el("div", { class: "legend-row of-gain" }, el("span", { class: "key key-gain-" + name }), said("penger.shade_" + name, { n: number(MUCH) }))),
  el("p", { class: "gain-note" }, said("penger.shade_unit"))];

/** Let the map be shaded; one kind of shade takes the place of the other. */
export function startShades() {
  const { layers, firm } = page.layers;
  for (const [name, layer] of Object.entries(LAYERS)) layers.addOverlay(layer, `<span class="key key-gain-layer"></span>${said("penger.layer_" + name)}`);
  const all = [...Object.values(LAYERS), ...(firm ? [firm] : [])];
  page.map.on("layeradd", ({ layer }) => {
    if (!all.includes(layer)) return;
    for (const other of all) if (other !== layer && page.map.hasLayer(other)) page.map.removeLayer(other);
  });
  page.map.on("layeradd layerremove", ({ layer }) => { if (all.includes(layer)) shadeGain(); });
  for (const box of findAll(".leaflet-control-layers-list, .key-bar")) {
    const last = findAll(":scope > .legend-row", box).at(-1);
    last?.after(...keys());
  }
  page.map.fire("resize"); // the legend has grown
}
