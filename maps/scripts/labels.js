// Names on the map: hosts first, then large places for orientation, then members; never one upon another.
(function (pk) {
  const MEMBERS_FROM_ZOOM = 7.5;
  const PLACES = 14;
  const FAR = 6.5; // zoom below which the view holds most of what is shown
  const SIDES = ["right", "left", "above", "below"];
  const pen = document.createElement("canvas").getContext("2d");

  function candidates() {
    const all = [...pk.members.values()];
    const hosts = all.filter((member) => member.id === member.host && pk.isShared(pk.officeOf(member)));
    const size = (member) => pk.officeOf(member).members.length;
    hosts.sort((a, b) => size(b) - size(a) || b.population - a.population);
    const places = all.filter((member) => member.host === null).sort((a, b) => b.population - a.population);
    const rest = all.filter((member) => member.host !== null && !hosts.includes(member));
    rest.sort((a, b) => b.population - a.population);
    const as = (kind, list, from) => list.map((member) => ({ kind, member, from }));
    return [
      ...as("place", places.slice(0, 5), 0),
      ...as("host", hosts, 0),
      ...as("place", places.slice(5, PLACES), 0),
      ...as("member", rest, MEMBERS_FROM_ZOOM),
      ...as("place", places.slice(PLACES), MEMBERS_FROM_ZOOM),
    ];
  }

  function width(item, face) {
    pen.font = { host: `600 12px ${face}`, place: `italic 400 11px ${face}` }[item.kind] || `400 11px ${face}`;
    return pen.measureText(item.member.label).width + 4;
  }

  function box(item, side, point) {
    const tall = 14;
    const left = { right: 8, left: -8 - item.width }[side];
    const top = { above: -7 - tall, below: 7 }[side];
    const x = point.x + (left === undefined ? -item.width / 2 : left);
    const y = point.y + (top === undefined ? -tall / 2 : top);
    return { x, y, right: x + item.width, bottom: y + tall };
  }

  function clash(a, b) {
    return a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom;
  }

  pk.startLabels = function (hosts) {
    const pane = pk.map.createPane("names");
    pane.style.zIndex = 460;
    pane.style.pointerEvents = "none";
    pane.setAttribute("aria-hidden", "true");
    const group = L.layerGroup().addTo(pk.map);
    const face = getComputedStyle(document.body).fontFamily;
    let items = [];
    let marks = [];

    function gather() {
      items = candidates().map((item) => ({ ...item, width: width(item, face) }));
      marks = items.filter((item) => item.kind === "host").map((item) => item.member.place);
    }

    // Far out only names that fit in the view, so they are placed anew when it moves; further in they stay.
    let placed = null;

    function place() {
      const zoom = pk.map.getZoom();
      placed = zoom;
      pk.map.getContainer().classList.toggle("far", zoom < FAR);
      hosts.eachLayer((layer) => layer.eachLayer((mark) => mark.setRadius(zoom < 4.3 ? 1.75 : zoom < 5 ? 2.25 : zoom < FAR ? 3.25 : 4.5)));
      group.clearLayers();
      if (!pk.map.hasLayer(hosts)) return;
      const taken = marks.map((mark) => {
        const point = pk.map.project(mark, zoom);
        return { x: point.x - 5, y: point.y - 5, right: point.x + 5, bottom: point.y + 5 };
      });
      const view = zoom < FAR ? pk.map.getPixelBounds() : null;
      const inside = (one) => view === null || (one.x > view.min.x && one.right < view.max.x);
      for (const item of items) {
        if (zoom < item.from) continue;
        const point = pk.map.project(item.member.place, zoom);
        const sides = item.kind === "host" ? SIDES : ["centre", ...SIDES];
        const own = (other) => item.kind === "host" && Math.abs(other.x + 5 - point.x) < 0.5 && Math.abs(other.y + 5 - point.y) < 0.5;
        const free = (one) => inside(one) && !taken.some((other) => !own(other) && clash(one, other));
        const side = sides.find((one) => free(box(item, one, point)));
        if (side === undefined) continue;
        taken.push(box(item, side, point));
        show(item, side);
      }
    }

    function show(item, side) {
      const html = pk.el("span", null, item.member.label);
      const icon = L.divIcon({ html, className: `name name-${item.kind} name-${side}`, iconSize: [0, 0] });
      L.marker(item.member.place, { icon, pane: "names", interactive: false, keyboard: false }).addTo(group);
    }

    pk.map.on("moveend resize", () => { if (pk.map.getZoom() < FAR || pk.map.getZoom() !== placed) place(); });
    hosts.on("add remove", place);
    pk.relabel = () => { gather(); place(); };
    pk.relabel();
    return place;
  };
})(plankontor);
