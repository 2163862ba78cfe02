// Called once at the end of Folium's script, with the layers that it made.
(function (pk) {
  const NARROW = "(max-width: 60rem)";
  const LEGEND = 250; // pixels: its width on paper
  const MARGIN = 28; // pixels around the legend, the credits below it among them
  const SMALL = 640; // pixels: the legend would hide too much of the map

  pk.start = function (parts) {
    pk.map = parts.map;
    pk.layers = parts;
    if (pk.still) holdStill();
    pk.map.attributionControl.setPrefix(false).addAttribution(pk.text("attribution"));
    startControls(parts.layers);
    startBase(parts.base);
    if (parts.firm) pk.startFirm(parts.firm);
    const place = pk.startLabels(parts.hosts);
    startTable();
    startLinks();
    startPrint(place);
    startKeys();
    pk.startSearch();
    pk.firstStop();
    const { id, unknown } = pk.readAddress();
    if (pk.startReport) pk.startReport();
    takeAlong();
    if (unknown !== null) pk.notFound("no_municipality", unknown);
    if (id !== null) pk.select(id, { zoom: true });
    document.documentElement.dataset.ready = "yes";
  };

  // Leaflet knows nothing of reduced motion when it moves a popup into view or a drag runs on.
  function holdStill() {
    const panBy = pk.map.panBy;
    pk.map.panBy = (offset, options) => panBy.call(pk.map, offset, { ...options, animate: false });
    pk.map.options.inertia = false;
  }

  // From the other language, or from before the page was loaded again.
  function takeAlong() {
    if (history.state !== null) pk.arrange(history.state.arrangement);
  }

  pk.showExtent = (animate) => pk.map.fitBounds(pk.extent, pk.frame(pk.extent, animate));

  function startControls(layers) {
    L.control.zoom({ position: "topleft", zoomInTitle: pk.text("zoom_in"), zoomOutTitle: pk.text("zoom_out") }).addTo(pk.map);
    const Home = L.Control.extend({
      onAdd() {
        const bar = L.DomUtil.create("div", "leaflet-bar");
        const link = L.DomUtil.create("a", "home", bar);
        const title = pk.text("home");
        for (const [name, value] of [["href", "#"], ["role", "button"], ["title", title], ["aria-label", title]]) link.setAttribute(name, value);
        L.DomEvent.disableClickPropagation(bar);
        L.DomEvent.on(link, "click", (event) => { L.DomEvent.stop(event); pk.map.closePopup(); pk.showExtent(true); });
        return bar;
      },
    });
    new Home({ position: "topleft" }).addTo(pk.map);
    if (window.matchMedia(NARROW).matches || pk.map.getSize().x < SMALL) {
      layers.remove();
      layers.options.collapsed = true;
      layers.addTo(pk.map);
      startKeyBar();
    }
    const box = layers.getContainer();
    const toggle = box.querySelector(".leaflet-control-layers-toggle");
    if (toggle) for (const name of ["title", "aria-label"]) toggle.setAttribute(name, pk.text("layers"));
    const clear = () => {
      const size = layers.options.collapsed ? [0, 0] : [box.offsetWidth, box.offsetHeight];
      pk.keepClearOf(...size);
      pk.setLegend(...size.map((length) => length && length + MARGIN));
    };
    pk.map.on("resize overlayadd overlayremove", clear);
    box.querySelector(".leaflet-control-layers-list").prepend(
      pk.el("p", { class: "legend-heading" }, pk.text("legend")),
      key("office"), key("alone"), key("outside"), ...pk.firmKeys(key),
    );
    clear();
    if (!layers.options.collapsed) pk.showExtent(false);
  }

  function key(kind, word) {
    const sample = pk.el("span", { class: "key key-" + kind });
    if (kind === "office") for (const colour of [0, 1, 3, 4]) sample.append(pk.el("i", { class: "colour-" + colour }));
    return pk.el("div", { class: "legend-row" }, sample, pk.text(word || "legend_" + kind));
  }

  // Where the legend is folded away, what the areas mean stands in a line all the same.
  function startKeyBar() {
    const Bar = L.Control.extend({
      onAdd: () => pk.el("div", { class: "key-bar screen-only" }, key("office", "legend_office_short"), key("alone"), key("outside"), ...pk.firmKeys(key)),
    });
    new Bar({ position: "bottomleft" }).addTo(pk.map);
  }

  // The base map is an extra: without network it goes away again, with a word and no broken pictures.
  function startBase(base) {
    const message = document.getElementById("map-message");
    const address = base.getTileUrl;
    const blank = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
    let loaded = 0;
    let failed = 0;
    base.options.errorTileUrl = blank;
    base.getTileUrl = (tile) => (navigator.onLine && failed < 3 ? address.call(base, tile) : blank);

    function giveUp() {
      message.textContent = pk.text("base_failed");
      setTimeout(() => { if (pk.map.hasLayer(base)) pk.map.removeLayer(base); }, 0);
    }

    base.on("add", () => {
      loaded = failed = 0;
      message.textContent = "";
      pk.map.getContainer().classList.add("with-base");
      if (!navigator.onLine) giveUp();
    });
    base.on("remove", () => pk.map.getContainer().classList.remove("with-base"));
    // The blank picture that stands in for a failed tile is loaded too, and says nothing about the network.
    base.on("tileload", (event) => { if (event.tile.src !== blank) loaded += 1; });
    base.on("tileerror", () => {
      failed += 1;
      if (failed >= 3 && loaded === 0) giveUp();
    });
    base.on("load", () => { if (failed > 0 && loaded === 0) giveUp(); });
  }

  function startTable() {
    for (const box of document.querySelectorAll("[data-roving]")) pk.startRoving(box);
    pk.startSorting();
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-select], [data-zoom]");
      if (button === null) return;
      if (window.matchMedia(NARROW).matches) document.querySelector(".map-frame").scrollIntoView({ behavior: pk.still ? "auto" : "smooth" });
      const ids = (button.dataset.select || button.dataset.zoom).split(" ");
      if (ids.length === 1) pk.select(ids[0], { zoom: true });
      else pk.showAll(ids);
    });
  }

  // A link within the page must not push choice and filter out of the address.
  function startLinks() {
    document.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      const target = link === null || !link.closest(".contents, .skip, .chart") ? null : document.getElementById(link.getAttribute("href").slice(1));
      if (target === null) return;
      event.preventDefault();
      if (!target.matches("input")) target.tabIndex = -1;
      target.focus({ preventScroll: true });
      target.scrollIntoView({ behavior: pk.still ? "auto" : "smooth" });
    });
  }

  function startKeys() {
    document.addEventListener("keydown", (event) => {
      const inside = event.target.closest(".leaflet-popup, .folium-map");
      if (event.key === "Escape" && inside !== null) pk.close();
    });
  }

  // Paper has its own size: the map is drawn anew for it, and as it was afterwards.
  function startPrint(place) {
    const closed = [...document.querySelectorAll("details:not([open])")];
    let view = null;
    window.addEventListener("beforeprint", () => {
      view = [pk.map.getCenter(), pk.map.getZoom()];
      pk.map.closePopup();
      for (const item of closed) item.open = true;
      const frame = document.querySelector(".map-frame");
      frame.style.cssText = "width:184mm;height:" + (getComputedStyle(frame).getPropertyValue("--print-height") || "176mm");
      pk.map.invalidateSize({ animate: false, pan: false });
      pk.map.options.zoomSnap = 0;
      // The whole country leaves the corner of the legend free; a county does not.
      const right = pk.extent === pk.source.extent ? 8 : LEGEND;
      pk.map.fitBounds(pk.extent, { paddingTopLeft: [24, 8], paddingBottomRight: [right, 48], animate: false });
      pk.map.options.zoomSnap = 0.25;
      place();
    });
    window.addEventListener("afterprint", () => {
      for (const item of closed) item.open = false;
      document.querySelector(".map-frame").style.cssText = "";
      pk.map.invalidateSize({ animate: false, pan: false });
      if (view !== null) pk.map.setView(...view, { animate: false });
    });
  }
})(plankontor);
