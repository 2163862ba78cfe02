// The layer that shades municipalities by how firm their places are, instead of by office.
(function (pk) {
  // What the shades mean, as rows of the legend that show while the layer is on.
  pk.firmKeys = function (key) {
    if (!pk.source.firm) return [];
    const rows = [key("firm"), key("fair"), key("loose")];
    for (const row of rows) row.classList.add("of-firm");
    return [...rows, pk.el("p", { class: "firm-note" }, pk.text("firm_trial"))];
  };

  // It is of the plan as computed: while another is tried, the offices' colours come back, with a word.
  pk.startFirm = function (layer) {
    const box = pk.map.getContainer();
    pk.shadeFirm = () => {
      const on = pk.map.hasLayer(layer);
      box.classList.toggle("with-firm", on && !pk.trialOn);
      box.classList.toggle("firm-paused", on && Boolean(pk.trialOn));
    };
    pk.map.on("layeradd layerremove", (event) => { if (event.layer === layer) pk.shadeFirm(); });
  };
})(plankontor);
