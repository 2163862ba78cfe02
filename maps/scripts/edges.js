// Between what estimates plausibly lie, and what is on the border of a limit, as optimizer.judging.ranges.
(function (pk) {
  const { low, high, most, least } = pk.source.ranges;
  const TOLERANCE = 1e-6;

  pk.journeyEnds = (minutes) => [minutes * low, minutes * high];

  pk.plannerEnds = function (ids) {
    const total = (end) => ids.reduce((sum, id) => sum + pk.members.get(id)[end], 0);
    return [total("plannersLow"), total("plannersHigh")];
  };

  pk.journeyOnBorder = function (minutes) {
    const ends = pk.journeyEnds(minutes === null ? Infinity : minutes);
    return ends[0] <= most + TOLERANCE && most + TOLERANCE < ends[1];
  };

  pk.plannersOnBorder = function (ids) {
    const ends = pk.plannerEnds(ids);
    return ends[0] < least - TOLERANCE && least - TOLERANCE <= ends[1];
  };

  // A limit as precise as it is set, as Words.setting.
  pk.setting = function (value) {
    if (value === null) return "";
    const part = value.toFixed(10).replace(/0+$/, "").split(".")[1];
    return pk.number(value, part.length);
  };

  const values = (value, ends, limit, decimals) => ({
    value: pk.number(value, decimals), low: pk.number(ends[0], decimals), high: pk.number(ends[1], decimals), limit: pk.setting(limit),
  });
  const mark = (title) => pk.el("span", { class: "edge", title }, pk.el("span", { "aria-hidden": "true" }, "\u00b1"), pk.el("span", { class: "unseen" }, " " + pk.text("edge")));

  // The mark of a journey and of the planners of an office, as the templates write it; null where there is none.
  pk.journeyMark = (minutes) => (pk.journeyOnBorder(minutes) ? mark(pk.text("edge_journey", values(minutes, pk.journeyEnds(minutes), most, 0))) : null);
  pk.plannersMark = (planners, ids) => (pk.plannersOnBorder(ids) ? mark(pk.text("edge_planners", values(planners, pk.plannerEnds(ids), least, 1))) : null);

  // "66\u201390" where the ends differ as they are written; otherwise nothing.
  pk.span = function (ends, decimals) {
    const [from, to] = ends.map((end) => (Number.isFinite(end) ? pk.number(end, decimals) : ""));
    return from === to ? "" : pk.text("span", { low: from, high: to });
  };
})(plankontor);
