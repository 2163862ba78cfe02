// How the map frames an area: clear of names, of controls and, where it would hide somebody, of the legend.
import { still } from "../base/dom.js";
import { municipality, page } from "../base/page.js";

/** @type {Point} */
let legend = [0, 0]; // pixels, with its margins; none where it is folded away

/** @type {(width: number, height: number) => void} */
export const setLegend = (width, height) => { legend = [width, height]; };

/** Room around an area, more of it on a phone. @type {(area: L.LatLngBoundsExpression, animate: boolean) => L.FitBoundsOptions} */
export function frame(area, animate) {
  const narrow = window.matchMedia("(max-width: 40rem)").matches;
  /** @type {Point[]} */
  const [before, after] = narrow ? [[40, 12], [40, 40]] : [[16, 12], [16, 24]];
  const whole = L.latLngBounds(/** @type {L.LatLngBoundsLiteral} */ (area));
  return { paddingTopLeft: before, paddingBottomRight: clear(whole, before, after), animate: animate && !still };
}

/** To the left of the legend or above it, whichever shows the area larger. @type {(area: L.LatLngBounds, before: Point, after: Point) => Point} */
function clear(area, before, after) {
  if (legend[0] === 0 || !hides(area, before, after)) return after;
  /** @type {Point[]} */
  const ways = [[legend[0], after[1]], [after[0], legend[1]]];
  const [beside, above] = ways.map((way) => page.map.getBoundsZoom(area, false, L.point(before).add(way)));
  return beside > above ? ways[0] : ways[1];
}

/** Whether the legend would lie over somebody in the area who takes part. @type {(area: L.LatLngBounds, before: Point, after: Point) => boolean} */
function hides(area, before, after) {
  const size = page.map.getSize();
  const zoom = page.map.getBoundsZoom(area, false, L.point(before).add(after));
  const [first, last] = corners(area, zoom);
  const shift = size.add(before).subtract(after).subtract(first).subtract(last).divideBy(2);
  const box = L.bounds(size.subtract(legend), size);
  return areas().some((layer) => {
    const bounds = layer.getBounds();
    if (municipality(layer.feature.id).host === null || !area.contains(bounds.getCenter())) return false;
    return box.overlaps(L.bounds(corners(bounds, zoom).map((corner) => corner.add(shift))));
  });
}

/** The shapes of all municipalities. @type {() => Area[]} */
export const areas = () => /** @type {Area[]} */ (page.layers.municipalities.getLayers());

/** @type {(bounds: L.LatLngBounds, zoom: number) => L.Point[]} */
const corners = (bounds, zoom) => [bounds.getNorthWest(), bounds.getSouthEast()].map((place) => page.map.project(place, zoom));
