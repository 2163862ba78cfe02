// What offices of three in a row cost, and which rules they break.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeJudge, unknownToJudge } from "../../maps/scripts/trial/judge.js";
import { row } from "./row.js";

const broken = (judged) => judged.breaches.map((one) => [one.rule, one.ids]);

test("an office of all costs its journeys and the county line", () => {
  const judged = makeJudge(row()).evaluate([1, 1, 1]);
  assert.equal(judged.objective, 20 + 7);
  assert.deepEqual(broken(judged), []);
});

test("whoever stands alone misses planners", () => {
  assert.equal(makeJudge(row()).evaluate([0, 1, 2]).objective, 100 * (2 + 1 + 2.5) + 3 * 5);
});

test("a host at the end is too far away, and a gap is not connected", () => {
  const judge = makeJudge(row());
  assert.deepEqual(broken(judge.evaluate([0, 0, 0])), [["max_minutes", [2]]]);
  assert.deepEqual(broken(judge.evaluate([0, 1, 0])), [["max_minutes", [2]], ["contiguity", [0, 2]]]);
});

test("rules that hold hard and pins are broken by name", () => {
  const judge = makeJudge(row({ county_lines: "hard", max_members: 2 }, { apart: [[0, 1]] }));
  assert.deepEqual(broken(judge.evaluate([1, 1, 1])), [["county_lines", [2]], ["max_members", [0, 1, 2]], ["apart", [0, 1]]]);
});

test("what an office breaks as it is held is excused", () => {
  const judged = makeJudge(row({ max_minutes: 5 }, { held: [[1, [0, 1]]] })).evaluate([1, 1, 2]);
  assert.deepEqual([broken(judged), judged.rules.max_minutes, judged.rules.held], [[], "excused", "met"]);
});

test("a price, a rule or a limit without a formula is named", () => {
  const data = row({ max_age: 3 });
  assert.deepEqual(unknownToJudge(row()), []);
  assert.deepEqual(unknownToJudge({ ...data, terms: [...data.terms, "beauty"], rules: { ...data.rules, youth: { of: "whole" } } }), ["beauty", "youth", "max_age"]);
});
test("a rule that only the program can judge is refused where it is asked, and nowhere else", () => {
  const asking = (/** @type {boolean} */ applies) => ({ ...row(), rules: { ...row().rules, stable: { of: "office", decimals: 0, applies } }, limits: { ...row().limits, stable: "hard" } });
  assert.deepEqual([unknownToJudge(asking(false)), unknownToJudge(asking(true))], [[], ["stable"]]);
});

