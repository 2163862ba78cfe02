// The map and the rows behind all figures, made anew for another grouping: colours, borders, hosts, journeys, names.
import { mustGet } from "../base/must.js";
import { apart, municipality, officesWith, page } from "../base/page.js";
import { repaintAreas } from "./select.js";
import { shade } from "./shades.js";

const COLOURS = 6; // as maps.told.palette.OFFICES
/** @param {number} value */
const finite = (value) => (Number.isFinite(value) ? value : null);

/** Which shared offices need different colours, by host. @type {(near: Position[], hostOf: HostOf, shared: Position[]) => Map<Position, Set<Position>>} */
function nearOffices(near, hostOf, shared) {
  const found = new Map(shared.map((host) => [host, /** @type {Set<Position>} */ (new Set())]));
  for (let k = 0; k < near.length; k += 2) {
    const [a, b] = [hostOf[near[k]], hostOf[near[k + 1]]];
    const [ofA, ofB] = [found.get(a), found.get(b)];
    if (a === b || !ofA || !ofB) continue;
    ofA.add(b);
    ofB.add(a);
  }
  return found;
}

/**
 * Hosts keep the colour that they have in the plan where that can be; the others get one that is free, if need be
 * by giving neighbours another. Only if that fails do two neighbours share a colour.
 * @type {(near: Position[], hostOf: HostOf, shared: Position[], planned: Map<Position, number>) => Map<Position, number>}
 */
export function colourOffices(near, hostOf, shared, planned) {
  const around = nearOffices(near, hostOf, shared);
  /** @type {Map<Position, number>} */
  const given = new Map();
  const taken = (/** @type {Position} */ host) => [...mustGet(around, host)].filter((other) => given.has(other)).map((other) => given.get(other));
  const all = [...Array(COLOURS).keys()];
  const free = (/** @type {Position} */ host) => all.filter((colour) => !taken(host).includes(colour));

  /** @param {Position} host */
  function makeRoom(host) {
    for (const colour of all) {
      const inTheWay = [...mustGet(around, host)].filter((other) => given.get(other) === colour);
      const moves = inTheWay.map((other) => /** @type {[Position, number]} */ ([other, free(other).find((one) => one !== colour)]));
      if (moves.some(([, one]) => one === undefined)) continue;
      for (const [other, one] of moves) given.set(other, one);
      if (inTheWay.every((other) => !taken(other).includes(given.get(other)))) return colour;
      for (const other of inTheWay) given.set(other, colour);
    }
    const count = (/** @type {number} */ colour) => taken(host).filter((one) => one === colour).length;
    return all.reduce((least, colour) => (count(colour) < count(least) ? colour : least));
  }

  const known = shared.filter((host) => planned.has(host));
  for (const host of [...known, ...shared.filter((one) => !planned.has(one))]) {
    const choice = free(host);
    const own = planned.get(host);
    given.set(host, own !== undefined && choice.includes(own) ? own : choice.length ? choice[0] : makeRoom(host));
  }
  return given;
}

/** Fill page.members and page.offices from a judgement, as maps.told.plan does.
 * @type {(trial: Trial, judge: Judge, hostOf: HostOf, found: Judgement, colours: Map<Position, number>) => void} */
export function fillRows(trial, judge, hostOf, found, colours) {
  const { ids, way, data } = judge;
  hostOf.forEach((host, i) => {
    Object.assign(municipality(ids[i]), { host: ids[host], minutes: finite(way(i, host)), crosses: data.counties[i] !== data.counties[host] ? 1 : 0 });
  });
  const single = (/** @type {OfficeRow} */ row) => row.members.length === 1;
  const rows = [...found.offices].sort((a, b) => Number(single(a)) - Number(single(b)) || trial.rank[a.host] - trial.rank[b.host]);
  page.offices = new Map();
  for (const row of rows) {
    const members = [...row.members].sort((a, b) => Number(a !== row.host) - Number(b !== row.host) || way(a, row.host) - way(b, row.host) || a - b).map((i) => ids[i]);
    const estimated = (/** @type {"planners_estimated" | "need_estimated"} */ name) => (members.some((id) => municipality(id)[name]) ? 1 : 0);
    page.offices.set(ids[row.host], {
      ...row,
      id: ids[row.host],
      colour: colours.get(row.host) ?? -1,
      members,
      mean_minutes: finite(row.mean_minutes),
      longest_minutes: finite(row.longest_minutes),
      terms: Object.fromEntries(Object.entries(row.terms).map(([name, value]) => [name, finite(value)])),
      planners_estimated: estimated("planners_estimated"),
      need_estimated: estimated("need_estimated"),
    });
  }
}

/** The lines that two municipalities share, from the shapes in the page. Made when first needed. @type {SharedLine[] | null} */
let shared = null;

/** @param {L.GeoJSON} areas */
function sharedLines(areas) {
  /** @type {Map<string, string[]>} */
  const owner = new Map();
  /** @type {[id: string, ring: Place[]][]} */
  const rings = [];
  /** @type {(a: Place, b: Place) => string} */
  const key = (a, b) => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? `${a}_${b}` : `${b}_${a}`);
  areas.eachLayer((layer) => {
    const { id, geometry } = /** @type {Area} */ (layer).feature;
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of polygons.flat()) rings.push([id, ring]);
  });
  for (const [id, ring] of rings) {
    for (let k = 1; k < ring.length; k += 1) {
      const name = key(ring[k - 1], ring[k]);
      const first = owner.get(name)?.[0];
      owner.set(name, first === undefined ? [id] : [first, id]);
    }
  }
  /** @type {SharedLine[]} */
  const lines = [];
  for (const [id, ring] of rings) {
    /** @type {SharedLine | null} */
    let line = null;
    for (let k = 1; k < ring.length; k += 1) {
      const pair = mustGet(owner, key(ring[k - 1], ring[k]));
      const other = pair.length === 2 && pair[0] === id && pair[1] !== id ? pair[1] : null;
      if (line !== null && line[1] === other) line[2].push(ring[k]);
      else {
        line = other === null ? null : [id, other, [ring[k - 1], ring[k]]];
        if (line !== null) lines.push(line);
      }
    }
  }
  return lines;
}

/** @type {(id: string, geometry: object) => object} */
const feature = (id, geometry) => ({ type: "Feature", id, properties: {}, geometry });
/** Longitude first, as in GeoJSON. @param {string} id */
const point = (id) => [...municipality(id).place].reverse();

/** The borders of the offices, as they are now or of another plan. @type {(areas: L.GeoJSON, group?: (id: string) => string) => Place[][]} */
export function officeBorders(areas, group = (/** @type {string} */ id) => municipality(id).host || "") {
  if (shared === null) shared = sharedLines(areas);
  return shared.filter(([a, b]) => group(a) !== group(b)).map(([, , line]) => line);
}

/** What the page was written with. @type {Map<L.LayerGroup, L.Layer[]>} */
const kept = new Map();

/** Replace what a layer shows; with nothing, it shows again what the page was written with. @type {(layer: L.GeoJSON, features: object[] | null) => void} */
function refill(layer, features) {
  if (!kept.has(layer)) kept.set(layer, layer.getLayers());
  layer.clearLayers();
  if (features === null) for (const one of mustGet(kept, layer)) layer.addLayer(one);
  else layer.addData(/** @type {any} */ ({ type: "FeatureCollection", features }));
}

/** The map of the rows as they are now. @type {(changed: boolean) => Generator<void>} */
export function* repaintMap(changed) {
  const { municipalities, borders, hosts, travel } = page.layers;
  const [offices] = apart(officesWith(""));
  const ways = offices.flatMap((office) => office.members.filter((id) => id !== office.id).map((id) => [id, office.id]));
  const lines = (/** @type {string[]} */ [a, b]) => feature(a, { type: "LineString", coordinates: [point(a), point(b)] });
  refill(borders, changed ? [feature("borders", { type: "MultiLineString", coordinates: officeBorders(municipalities) })] : null);
  yield;
  refill(travel, changed ? ways.map(lines) : null);
  yield;
  hosts.eachLayer((marks) => refill(/** @type {L.GeoJSON} */ (marks), changed ? offices.map(({ id }) => feature(id, { type: "Point", coordinates: point(id) })) : null));
  yield;
  repaintAreas();
  yield;
  shade();
  yield;
  page.relabel?.();
}
