// The municipalities coloured by a figure instead of by office: one list of figures, and what their colours mean.
import { goesAlong } from "../base/arrangement.js";
import { byId, el, field, findAll } from "../base/dom.js";
import { number, said } from "../base/format.js";
import { areas } from "./frame.js";
import { must } from "../base/must.js";
import { municipality, page, source } from "../base/page.js";
import { shadeFirm } from "./firm.js";

/** Where the next colour begins; with `better`, what is above nothing is better, in colours of their own; `decimals` of the steps.
 * @type {Record<string, { steps: number[], better?: true, decimals?: number }>} */
const SCALES = {
  minutes: { steps: [15, 30, 45, 60] },
  planners: { steps: [0.2, 0.25, 0.3, 0.4], decimals: 2 },
  missing: { steps: [0.005, 0.5, 1, 2], decimals: 1 },
  disciplines: { steps: [1, 3, 5] },
  gain: { steps: [-100, -0.5, 0.5, 100], better: true },
  fewer_minutes: { steps: [-15, -0.5, 0.5, 15], better: true },
  more_fte: { steps: [-1, -0.05, 0.05, 1], better: true },
  more_disciplines: { steps: [-2, -0.5, 0.5, 2], better: true },
};
/** Figures of one scale. @type {Record<string, string>} */
const SCALE_OF = { worst: "gain", fewer_kroner: "gain" };
const COLOURS = [0, 1, 2, 3, 4].map((k) => "shade-" + k);

/** The value of each municipality that has one, for what is shown now, by the name of the figure. @type {Record<string, () => Map<string, number>>} */
let figures = {};
let wanted = "";

/** @type {<Row>(rows: Iterable<Row>, of: (row: Row) => [string, number][]) => Map<string, number>} */
const collect = (rows, of) => new Map([...rows].flatMap(of));
/** @param {(office: Office) => number} value */
const ofOffices = (value) => collect(page.offices.values(), (office) => office.members.map((id) => [id, value(office)]));

/** What every plan can be coloured by. @type {Record<string, () => Map<string, number>>} */
const OF_PLAN = {
  minutes: () => collect(page.offices.values(), ({ members }) => members.length === 1 ? [] : members.map((id) => [id, municipality(id).minutes ?? NaN])),
  planners: () => collect(page.members.values(), ({ id, host, population, planner_fte }) => host !== null && population ? [[id, 1000 * planner_fte / population]] : []),
  missing: () => ofOffices((office) => office.terms.missing_fte ?? NaN),
};

/** @param {string} name */
const scaleOf = (name) => SCALE_OF[name] ?? name;

/** The place of a value among the colours. @type {(scale: string, value: number) => number} */
const colour = (scale, value) => SCALES[scale].steps.filter((step) => step <= value).length;

/** What a colour means. @type {(scale: string, k: number) => string} */
function meaning(scale, k) {
  const own = `shade.${scale}_${k}`;
  const { steps, decimals } = SCALES[scale];
  const at = (/** @type {number} */ i) => number(Math.abs(steps[i]), decimals);
  if (own in source.texts) return said(own, { n: at(Math.min(k, steps.length - 1)) });
  if (k === 0) return said("shade.below", { n: at(0) });
  return k === steps.length ? said("shade.from", { n: at(k - 1) }) : said("shade.between", { low: at(k - 1), high: at(k) });
}

/** The colours of what is shown now. */
export function shade() {
  const box = page.map.getContainer();
  const kind = figures[wanted];
  box.classList.toggle("shaded", kind !== undefined);
  shadeFirm(wanted === "firm");
  if (kind === undefined) return;
  const scale = scaleOf(wanted);
  box.classList.toggle("changing", "better" in SCALES[scale]);
  const values = kind();
  for (const layer of areas()) {
    const path = must(layer.getElement(), "the shape");
    const value = values.get(layer.feature.id);
    path.classList.remove(...COLOURS);
    if (value !== undefined && Number.isFinite(value)) path.classList.add(COLOURS[colour(scale, value)]);
  }
}

/** The legend of the figure that is chosen, in each place that has one. */
function explain() {
  for (const box of findAll(".shade-keys")) {
    const scale = scaleOf(wanted);
    const { steps, better } = SCALES[scale] ?? { steps: null };
    box.replaceChildren(...(steps === null ? [] : [
      el("p", { class: "shade-name" }, said("shade.of_" + wanted)),
      ...[...Array(steps.length + 1).keys()].map((k) => el("div", { class: "legend-row" }, el("span", { class: `key ${better ? "changing " : ""}key-shade-${k}` }), meaning(scale, k))),
    ]));
  }
}

/** Colour the map by a figure; by office if it has none of that name. @param {string} name */
export function colourBy(name) {
  const choice = field("shade");
  choice.value = name;
  wanted = choice.value || "";
  if (choice.value !== name) choice.value = wanted = "";
  shade();
  explain();
  page.map.fire("resize"); // the legend has another height
}

/** Let the map be coloured by what every plan has, and by what else is given. @param {Record<string, () => Map<string, number>>} [more] */
export function startShades(more = {}) {
  figures = { ...OF_PLAN, ...more };
  if (![...page.members.values()].some((member) => member.population)) delete figures.planners;
  const names = ["", ...Object.keys(figures), ...(source.firm ? ["firm"] : [])];
  const Choice = L.Control.extend({
    onAdd: () => el("div", { class: "shade-choice leaflet-bar screen-only" }, el("label", { for: "shade" }, said("shade.label")),
      el("select", { id: "shade", autocomplete: "off" }, ...names.map((name) => el("option", { value: name }, said("shade.of_" + (name || "office")))))),
  });
  const choice = new Choice({ position: "topright" }).addTo(page.map);
  L.DomEvent.disableClickPropagation(must(choice.getContainer(), "the choice"));
  for (const box of findAll(".leaflet-control-layers-list, .key-bar")) findAll(":scope > .legend-row", box).at(-1)?.after(el("div", { class: "shade-keys" }));
  byId("shade").addEventListener("change", () => colourBy(field("shade").value));
  goesAlong("shade", () => wanted, colourBy);
  page.map.fire("resize");
}
