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

/** Minutes in full, each way by itself, as the judge reads them. @param {number[][]} table */
const inFull = (table) => {
  const ways = table.flatMap((from, i) => from.filter((_, j) => j !== i));
  return { form: "float64", symmetric: false, data: Buffer.from(new Float64Array(ways).buffer).toString("base64") };
};

/** Minutes along a row of so many, ten from each to the next. */
export const byTens = (n) => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => 10 * Math.abs(i - j)));

/** All rules, as a page names them. */
const OF_RULE = {
  complete: "whole", host_is_member: "office", max_minutes: "office", min_members: "office", max_members: "office", contiguity: "office",
  county_lines: "office", min_office_fte: "office", max_office_need_fte: "office", covers: "office", min_host_share: "office", min_offices: "whole",
  max_offices: "whole", may_host: "office", may_not_host: "pin", together: "pin", apart: "pin", fixed: "pin", must_host: "pin", held: "pin",
};

/**
 * So many in a row, ten minutes from each to the next; each employs 1 årsverk and needs 2, of which 1 is fixed: as `line` of the
 * Python tests. What is given replaces fields, and single limits, weights and pins.
 */
export const line = (n = 4, { table = null, limits = {}, weights = {}, pins = {}, ...fields } = {}) => ({
  ids: [..."abcdefghi"].slice(0, n), nodes: n, links: Array.from({ length: n - 1 }, (_, i) => [i, i + 1]).flat(),
  counties: new Array(n).fill("1"), statsforvaltere: new Array(n).fill("S"),
  minutes: inFull(table ?? byTens(n)),
  planner_fte: 1, need_fte: 2, fixed_need_fte: 1, trips: 1, fixed_kept: 0.8, barred: [], decided: [], disciplines: null, money: null,
  terms: ["travel", "missing_fte", "county_lines", "statsforvalter_lines", "unmet_need", "alone"],
  rules: Object.fromEntries(Object.entries(OF_RULE).map(([name, of]) => [name, { of, decimals: 0, applies: name !== "covers" }])),
  limits: {
    max_minutes: 75, min_members: 1, max_members: 6, alone_exempt: false, contiguity: "adjacent", county_lines: "priced", critical_mass: "priced",
    min_office_fte: 3, max_office_need_fte: null, min_host_share: 0.33, covers: [], min_offices: null, max_offices: null, ...limits,
  },
  weights: { travel: 1, missing_fte: 60, county_lines: 20, statsforvalter_lines: 10, unmet_need: 0, alone: 0, cost: 0, uncovered: 0, ...weights },
  pins: { together: [], apart: [], fixed: [], must_host: [], may_not_host: [], leave_out: [], held: [], ...pins },
  ...fields,
});
