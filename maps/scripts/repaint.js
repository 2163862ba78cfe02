// The map and the rows behind all figures, made anew for another grouping: colours, borders, hosts, journeys, names.
(function (pk) {
  const COLOURS = 6; // as maps.told.palette.OFFICES
  const finite = (value) => (Number.isFinite(value) ? value : null);

  // Which shared offices need different colours, by host.
  function nearOffices(near, hostOf, shared) {
    const found = new Map(shared.map((host) => [host, new Set()]));
    for (let k = 0; k < near.length; k += 2) {
      const [a, b] = [hostOf[near[k]], hostOf[near[k + 1]]];
      if (a === b || !found.has(a) || !found.has(b)) continue;
      found.get(a).add(b);
      found.get(b).add(a);
    }
    return found;
  }

  // Hosts keep the colour that they have in the plan where that can be; the others get one that is free, if need be
  // by giving neighbours another. Only if that fails do two neighbours share a colour.
  pk.colourOffices = function (near, hostOf, shared, planned) {
    const around = nearOffices(near, hostOf, shared);
    const given = new Map();
    const taken = (host) => [...around.get(host)].filter((other) => given.has(other)).map((other) => given.get(other));
    const all = [...Array(COLOURS).keys()];
    const free = (host) => all.filter((colour) => !taken(host).includes(colour));

    function makeRoom(host) {
      for (const colour of all) {
        const inTheWay = [...around.get(host)].filter((other) => given.get(other) === colour);
        const moves = inTheWay.map((other) => [other, free(other).find((one) => one !== colour)]);
        if (moves.some(([, one]) => one === undefined)) continue;
        for (const [other, one] of moves) given.set(other, one);
        if (inTheWay.every((other) => !taken(other).includes(given.get(other)))) return colour;
        for (const other of inTheWay) given.set(other, colour);
      }
      const count = (colour) => taken(host).filter((one) => one === colour).length;
      return all.reduce((least, colour) => (count(colour) < count(least) ? colour : least));
    }

    const known = shared.filter((host) => planned.has(host));
    for (const host of [...known, ...shared.filter((one) => !planned.has(one))]) {
      const choice = free(host);
      const own = planned.get(host);
      given.set(host, choice.includes(own) ? own : choice.length ? choice[0] : makeRoom(host));
    }
    return given;
  };

  // Fill pk.members and pk.offices from a judgement, as maps.told.plan does.
  pk.fillRows = function (trial, judge, hostOf, found, colours) {
    const { ids, way, data } = judge;
    hostOf.forEach((host, i) => {
      Object.assign(pk.members.get(ids[i]), { host: ids[host], minutes: finite(way(i, host)), crosses: data.counties[i] !== data.counties[host] ? 1 : 0 });
    });
    const single = (row) => row.members.length === 1;
    const rows = [...found.offices].sort((a, b) => single(a) - single(b) || trial.rank[a.host] - trial.rank[b.host]);
    pk.offices.clear();
    for (const row of rows) {
      const members = [...row.members].sort((a, b) => (a !== row.host) - (b !== row.host) || way(a, row.host) - way(b, row.host) || a - b).map((i) => ids[i]);
      const estimated = (field) => (members.some((id) => pk.members.get(id)[field]) ? 1 : 0);
      pk.offices.set(ids[row.host], {
        ...row,
        id: ids[row.host],
        colour: colours.has(row.host) ? colours.get(row.host) : -1,
        members,
        mean: finite(row.mean),
        longest: finite(row.longest),
        terms: Object.fromEntries(Object.entries(row.terms).map(([name, value]) => [name, finite(value)])),
        plannersEstimated: estimated("plannersEstimated"),
        needEstimated: estimated("needEstimated"),
      });
    }
  };

  // The lines that two municipalities share, from the shapes in the page: [id, id, points]. Made when first needed.
  let shared = null;

  function sharedLines(areas) {
    const owner = new Map();
    const rings = [];
    const key = (a, b) => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? `${a}_${b}` : `${b}_${a}`);
    areas.eachLayer(({ feature: { id, geometry } }) => {
      const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      for (const ring of polygons.flat()) rings.push([id, ring]);
    });
    for (const [id, ring] of rings) {
      for (let k = 1; k < ring.length; k += 1) {
        const name = key(ring[k - 1], ring[k]);
        owner.set(name, owner.has(name) ? [owner.get(name)[0], id] : [id]);
      }
    }
    const lines = [];
    for (const [id, ring] of rings) {
      let line = null;
      for (let k = 1; k < ring.length; k += 1) {
        const pair = owner.get(key(ring[k - 1], ring[k]));
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

  const feature = (id, geometry) => ({ type: "Feature", id, properties: {}, geometry });
  const point = (id) => [...pk.members.get(id).place].reverse();

  pk.officeBorders = function (areas) {
    if (shared === null) shared = sharedLines(areas);
    const group = (id) => pk.members.get(id).host || "";
    return shared.filter(([a, b]) => group(a) !== group(b)).map(([, , line]) => line);
  };

  const kept = new Map();

  // Replace what a layer shows; with nothing, it shows again what the page was written with.
  function refill(layer, features) {
    if (!kept.has(layer)) kept.set(layer, layer.getLayers());
    layer.clearLayers();
    if (features === null) for (const one of kept.get(layer)) layer.addLayer(one);
    else layer.addData({ type: "FeatureCollection", features });
  }

  pk.repaintMap = function (changed) {
    const { municipalities, borders, hosts, travel } = pk.layers;
    const offices = [...pk.offices.values()].filter((office) => office.members.length > 1);
    const ways = offices.flatMap((office) => office.members.filter((id) => id !== office.id).map((id) => [id, office.id]));
    const lines = ([a, b]) => feature(a, { type: "LineString", coordinates: [point(a), point(b)] });
    refill(borders, changed ? [feature("borders", { type: "MultiLineString", coordinates: pk.officeBorders(municipalities) })] : null);
    refill(travel, changed ? ways.map(lines) : null);
    hosts.eachLayer((marks) => refill(marks, changed ? offices.map(({ id }) => feature(id, { type: "Point", coordinates: point(id) })) : null));
    pk.repaintAreas();
    pk.shadeFirm?.();
    pk.relabel();
  };
})(plankontor);
