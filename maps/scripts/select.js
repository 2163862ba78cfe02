// One choice for map, table, search and address: a municipality, and with it its office.
(function (pk) {
  const layerOf = new Map();
  const POPUP_HEIGHT = 400; // pixels, with its margins
  const POPUP_WIDTH = 448; // pixels, with its margins and the buttons on the left
  const POPUP_MARGINS = 96; // pixels around its content, within the map
  let chosen = null;
  pk.onChoice = [];

  // Called by Folium's script for each municipality before it is drawn.
  pk.eachMunicipality = function (feature, layer) {
    const member = pk.members.get(feature.id);
    layerOf.set(feature.id, layer);
    layer.bindTooltip(() => pk.tip(member), { sticky: true, direction: "top", offset: [0, -8], opacity: 1 });
    layer.bindPopup(() => pk.card(member), { maxWidth: 320, autoPanPaddingTopLeft: [64, 16], autoPanPaddingBottomRight: [16, 16] });
    layer.on("add", () => dress(layer, member));
    layer.on("popupopen", (event) => { translate(event.popup); mark(member.id); });
    layer.on("popupclose", () => { if (chosen === member.id) mark(null); });
  };

  // A popup opens above the legend or else beside it, where there is room for both; what is longer scrolls inside.
  pk.keepClearOf = function (width, height) {
    const { x, y } = pk.map.getSize();
    const bottom = y - height > POPUP_HEIGHT ? height : 0;
    const right = bottom === 0 && x - width > POPUP_WIDTH ? width : 0;
    pk.map.getContainer().style.setProperty("--card-room", y - bottom - POPUP_MARGINS + "px");
    for (const layer of layerOf.values()) layer.getPopup().options.autoPanPaddingBottomRight = [right + 16, bottom + 16];
    const open = chosen === null ? null : layerOf.get(chosen).getPopup();
    if (open !== null) open.setLatLng(open.getLatLng()); // Leaflet moves it into view where it is put
  };

  // Leaflet gives shapes no name and no keys (issue 7822): only one is a tab stop, the arrows lead to the others.
  function dress(layer, member) {
    const path = layer.getElement();
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", pk.spoken(member));
    path.setAttribute("tabindex", "-1");
    path.dataset.id = member.id;
    path.addEventListener("keydown", (event) => onKey(event, member));
    path.addEventListener("focus", () => hold(path));
  }

  function hold(path) {
    for (const layer of layerOf.values()) layer.getElement().setAttribute("tabindex", "-1");
    path.setAttribute("tabindex", "0");
  }

  const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  function onKey(event, member) {
    if (event.key === "Enter" || event.key === " ") pk.select(member.id, { focus: true });
    else if (event.key in STEPS) goTo(nearest(member, STEPS[event.key]));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function goTo(id) {
    if (id === null) return;
    layerOf.get(id).getElement().focus({ preventScroll: true });
    pk.map.panInside(L.latLng(pk.members.get(id).place), { padding: [60, 60], animate: !pk.still });
  }

  // The nearest centre within 45 degrees of the arrow's direction.
  function nearest(from, [dx, dy]) {
    const here = pk.map.project(from.place, 8);
    let best = null;
    let least = Infinity;
    for (const other of pk.members.values()) {
      const there = pk.map.project(other.place, 8).subtract(here);
      const along = there.x * dx + there.y * dy;
      const across = Math.abs(there.x * dy) + Math.abs(there.y * dx);
      const cost = along + 2 * across;
      if (along > 0 && across <= along && cost < least) { least = cost; best = other.id; }
    }
    return best;
  }

  function translate(popup) {
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", pk.text("close"));
    close.setAttribute("title", pk.text("close"));
  }

  function companions(id) {
    const office = id === null ? null : pk.officeOf(pk.members.get(id));
    return new Set(office === null ? [] : office.members);
  }

  function mark(id) {
    chosen = id;
    show(id);
    pk.keepInAddress({ id });
    for (const listener of pk.onChoice) listener(id);
  }

  function show(id) {
    const together = companions(id);
    for (const [other, layer] of layerOf) {
      const path = layer.getElement();
      path.classList.toggle("chosen", together.has(other));
      path.classList.toggle("picked", other === id);
    }
    if (id !== null) layerOf.get(id).bringToFront();
    pk.map.getContainer().classList.toggle("has-choice", together.size > 1);
    const host = id === null ? null : pk.members.get(id).host;
    for (const row of document.querySelectorAll("tr[data-office]")) {
      row.classList.toggle("chosen", row.dataset.office === host);
    }
  }

  // After a change of the plan: the colours, the spoken names and what is chosen.
  pk.repaintAreas = function () {
    for (const [id, layer] of layerOf) {
      const member = pk.members.get(id);
      if (member.host === null) continue;
      const path = layer.getElement();
      const colour = pk.officeOf(member).colour;
      path.classList.remove("alone", "office", ...[...path.classList].filter((name) => name.startsWith("colour-")));
      path.classList.add(...(colour < 0 ? ["alone"] : ["office", "colour-" + colour]));
      path.setAttribute("aria-label", pk.spoken(member));
    }
    show(chosen);
  };

  pk.redrawCard = function () {
    if (chosen !== null) layerOf.get(chosen).getPopup().update();
  };

  function around(ids) {
    const bounds = L.latLngBounds([]);
    for (const id of ids) bounds.extend(layerOf.get(id).getBounds());
    return bounds;
  }

  function fly(bounds) {
    const area = bounds.pad(0.15);
    pk.map.fitBounds(area, { ...pk.frame(area, true), maxZoom: 10, duration: 0.4 });
  }

  pk.showOffice = function (host) {
    pk.showAll(pk.offices.get(host).members);
  };

  pk.showAll = function (ids) {
    fly(around(ids));
  };

  // What lies outside a filter steps back; the rest becomes the home view.
  pk.setAside = function (aside) {
    for (const [id, layer] of layerOf) layer.getElement().classList.toggle("aside", aside(pk.members.get(id)));
  };

  pk.bounds = around;

  // Choose a municipality: its office comes into view and its figures open.
  pk.select = function (id, options) {
    const member = pk.members.get(id);
    const wanted = options || {};
    const open = () => {
      layerOf.get(id).openPopup(L.latLng(member.place));
      const popup = layerOf.get(id).getPopup();
      if (wanted.focus && popup.isOpen()) popup.getElement().querySelector(".card").focus({ preventScroll: true });
    };
    // A popup that opens during a flight is moved into view for a view that is gone when the flight ends.
    if (wanted.zoom && !pk.still) pk.map.once("moveend", open);
    if (wanted.zoom) fly(around(companions(id).size ? companions(id) : [id]));
    if (!wanted.zoom || pk.still) open();
  };

  pk.close = function () {
    const id = chosen;
    pk.map.closePopup();
    if (id !== null) layerOf.get(id).getElement().focus({ preventScroll: true });
  };

  pk.firstStop = function () {
    const first = [...pk.members.values()].find((member) => member.host !== null) || [...pk.members.values()][0];
    layerOf.get(first.id).getElement().setAttribute("tabindex", "0");
  };
})(plankontor);
