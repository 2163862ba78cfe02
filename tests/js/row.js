// Three in a row, ten minutes from each to the next; the last in another county.
export const ids = ["1", "2", "3"];

/** The problem as the judge reads it, with other limits and pins. */
export const row = (limits = {}, pins = {}) => ({
  ids, nodes: 3, links: [0, 1, 1, 2], counties: ["a", "a", "b"], statsforvaltere: ["a", "a", "a"],
  // Hundredths of a minute in three bytes each: 1000, 2000, 1000.
  minutes: { form: "hundredths", symmetric: true, data: Buffer.from([232, 3, 0, 208, 7, 0, 232, 3, 0]).toString("base64") },
  planner_fte: [1, 2, 0.5], need_fte: 1, fixed_need_fte: 0, trips: 1, fixed_kept: 1, barred: [], decided: [], disciplines: null,
  terms: ["travel", "missing_fte", "county_lines", "statsforvalter_lines", "unmet_need", "alone"],
  rules: Object.fromEntries([["max_minutes", "office"], ["contiguity", "office"], ["county_lines", "office"], ["max_members", "office"], ["apart", "pin"], ["held", "pin"]].map(([name, of]) => [name, { of, decimals: 0, applies: true }])),
  limits: {
    max_minutes: 15, min_members: 1, max_members: 3, alone_exempt: true, contiguity: "adjacent", county_lines: "priced", critical_mass: "priced",
    min_office_fte: 3, max_office_need_fte: null, min_host_share: 0, covers: [], min_offices: null, max_offices: null, ...limits,
  },
  weights: { travel: 1, missing_fte: 100, county_lines: 7, statsforvalter_lines: 0, unmet_need: 0, alone: 5 },
  pins: { together: [], apart: [], fixed: [], must_host: [], may_not_host: [], leave_out: [], held: [], ...pins },
});
