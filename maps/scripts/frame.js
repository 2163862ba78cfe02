// How the map frames an area: clear of names, of controls and, where it would hide somebody, of the legend.
(function (pk) {
  let legend = [0, 0]; // pixels, with its margins; none where it is folded away

  pk.setLegend = (width, height) => { legend = [width, height]; };

  // Room around an area, more of it on a phone.
  pk.frame = function (area, animate) {
    const narrow = window.matchMedia("(max-width: 40rem)").matches;
    const [before, after] = narrow ? [[40, 12], [40, 40]] : [[16, 12], [16, 24]];
    return { paddingTopLeft: before, paddingBottomRight: clear(L.latLngBounds(area), before, after), animate: animate && !pk.still };
  };

  // To the left of the legend or above it, whichever shows the area larger.
  function clear(area, before, after) {
    if (legend[0] === 0 || !hides(area, before, after)) return after;
    const ways = [[legend[0], after[1]], [after[0], legend[1]]];
    const [beside, above] = ways.map((way) => pk.map.getBoundsZoom(area, false, L.point(before).add(way)));
    return beside > above ? ways[0] : ways[1];
  }

  // Whether the legend would lie over somebody in the area who takes part.
  function hides(area, before, after) {
    const size = pk.map.getSize();
    const zoom = pk.map.getBoundsZoom(area, false, L.point(before).add(after));
    const [first, last] = corners(area, zoom);
    const shift = size.add(before).subtract(after).subtract(first).subtract(last).divideBy(2);
    const box = L.bounds(size.subtract(legend), size);
    return pk.layers.municipalities.getLayers().some((layer) => {
      const bounds = layer.getBounds();
      if (pk.members.get(layer.feature.id).host === null || !area.contains(bounds.getCenter())) return false;
      return box.overlaps(L.bounds(corners(bounds, zoom).map((corner) => corner.add(shift))));
    });
  }

  const corners = (bounds, zoom) => [bounds.getNorthWest(), bounds.getSouthEast()].map((place) => pk.map.project(place, zoom));
})(plankontor);
