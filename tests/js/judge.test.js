// Three in a row, ten minutes from each to the next: what offices of them cost, break, and may become.
import assert from "node:assert/strict";
import { test } from "node:test";
import { page, plain } from "./page.js";

const { pk } = page(["format.js", "edges.js", "judge.js", "moves.js"]);
const three = (limits = {}, pins = {}) => ({
  ids: ["1", "2", "3"], nodes: 3, links: [0, 1, 1, 2], counties: ["a", "a", "b"], statsforvaltere: ["a", "a", "a"],
  // Hundredths of a minute in three bytes each: 1000, 2000, 1000.
  minutes: { form: "hundredths", symmetric: true, data: Buffer.from([232, 3, 0, 208, 7, 0, 232, 3, 0]).toString("base64") },
  planner_fte: [1, 2, 0.5], need_fte: 1, fixed_need_fte: 0, trips: 1, fixed_kept: 1, barred: [], decided: [],
  terms: ["travel", "missing_fte", "county_lines", "statsforvalter_lines", "unmet_need", "alone"],
  rules: { max_minutes: { of: "office" }, contiguity: { of: "office" }, county_lines: { of: "office" }, max_members: { of: "office" }, apart: { of: "pin" } },
  limits: {
    max_minutes: 15, min_members: 1, max_members: 3, alone_exempt: true, contiguity: "adjacent", county_lines: "priced", critical_mass: "priced",
    min_office_fte: 3, max_office_need_fte: null, min_host_share: 0, min_offices: null, max_offices: null, ...limits,
  },
  weights: { travel: 1, missing_fte: 100, county_lines: 7, statsforvalter_lines: 0, unmet_need: 0, alone: 5 },
  pins: { together: [], apart: [], fixed: [], must_host: [], may_not_host: [], leave_out: [], held: [], ...pins },
});
const broken = (judged) => plain(judged.breaches.map((one) => [one.rule, one.ids]));

test("an office of all costs its journeys and the county line", () => {
  const judged = pk.makeJudge(three()).evaluate([1, 1, 1]);
  assert.equal(judged.objective, 20 + 7);
  assert.deepEqual(broken(judged), []);
});

test("whoever stands alone misses planners", () => {
  assert.equal(pk.makeJudge(three()).evaluate([0, 1, 2]).objective, 100 * (2 + 1 + 2.5) + 3 * 5);
});

test("a host at the end is too far away, and a gap is not connected", () => {
  const judge = pk.makeJudge(three());
  assert.deepEqual(broken(judge.evaluate([0, 0, 0])), [["max_minutes", [2]]]);
  assert.deepEqual(broken(judge.evaluate([0, 1, 0])), [["max_minutes", [2]], ["contiguity", [0, 2]]]);
});

test("rules that hold hard and pins are broken by name", () => {
  const judge = pk.makeJudge(three({ county_lines: "hard", max_members: 2 }, { apart: [[0, 1]] }));
  assert.deepEqual(broken(judge.evaluate([1, 1, 1])), [["county_lines", [2]], ["max_members", [0, 1, 2]], ["apart", [0, 1]]]);
});

test("a price, a rule or a limit without a formula is named", () => {
  const data = three({ max_age: 3 });
  assert.deepEqual(plain(pk.unknownToJudge(three())), []);
  assert.deepEqual(plain(pk.unknownToJudge({ ...data, terms: [...data.terms, "beauty"], rules: { ...data.rules, youth: { of: "whole" } } })), ["beauty", "youth", "max_age"]);
});

test("what a host leaves behind gets the best host of its own", () => {
  const moves = pk.makeMoves(pk.makeJudge(three()));
  assert.deepEqual(plain(moves.alone([1, 1, 1], 2)), [1, 1, 2]);
  assert.deepEqual(plain(moves.lead([1, 1, 1], 0)), [0, 0, 0]);
  assert.deepEqual(plain(moves.join([1, 1, 2], 2, 1)), [1, 1, 1]);
});

test("offices within the rules are offered first, with what each changes", () => {
  const [first, ...rest] = pk.makeMoves(pk.makeJudge(three())).options([1, 1, 2], 2);
  assert.deepEqual(plain([first.to, first.minutes, first.extra, first.broken, rest.length]), [1, 10, 27 - (10 + 250 + 5), [], 0]);
});
