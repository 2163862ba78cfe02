// What could be chosen, what is chosen, and what of it cannot hold together.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { makeJudge } from "../../maps/scripts/trial/judge.js";
import { answer, ranges } from "../../maps/scripts/solver/answers.js";
import { certify, partsOf } from "../../maps/scripts/solver/choose.js";
import { listOffices, price } from "../../maps/scripts/solver/listing.js";
import { demandsOf, judgedWithout, questionOf } from "../../maps/scripts/solver/question.js";
import { line } from "./row.js";

let highs;
before(async () => {
  const binary = gunzipSync(readFileSync(new URL("../../maps/assets/highs/highs.wasm.gz", import.meta.url)));
  const instantiateWasm = (imports, done) => { WebAssembly.instantiate(binary, imports).then(({ instance, module }) => done(instance, module)); };
  highs = await createRequire(import.meta.url)("../../maps/assets/highs/highs.js")({ instantiateWasm });
});

const asRun = (data, more = {}) => ({ weights: {}, limits: data.limits, demands: [], locks: [], hostOf: data.ids.map((_, i) => i), county: "", ...more });
const ask = (data, more = {}) => answer(highs, data, asRun(data, more), [], 10000, () => {});

test("every connected group is listed once, with every host that may have it", () => {
  const listed = listOffices(makeJudge(line(4, { limits: { max_minutes: 10, max_members: 3 } })), 100);
  const found = Object.fromEntries(listed.groups.map((offices) => [offices[0].members.join(), offices.map(({ host }) => host)]));
  assert.deepEqual(found, { 0: [0], 1: [1], 2: [2], 3: [3], "0,1": [0, 1], "1,2": [1, 2], "2,3": [2, 3], "0,1,2": [1], "1,2,3": [2] });
});

test("more offices than asked for are not listed", () => {
  assert.equal(listOffices(makeJudge(line(6)), 10), null);
});

test("a group costs what it costs at its best host, whatever the price", () => {
  const judge = makeJudge(line(4, { limits: { max_members: 3 } }));
  const listed = listOffices(judge, 1000);
  for (const weights of [judge.weights, { ...judge.weights, travel: 3.5, missing_fte: 17, alone: 4 }]) {
    const other = makeJudge({ ...judge.data, weights });
    price(judge, listed, weights).costs.forEach((cost, g) => {
      const least = Math.min(...listed.groups[g].map(({ host, members }) => other.office(host, members).row.minutes_equivalents));
      assert.ok(Math.abs(cost / 1e6 - least) < 1e-6);
    });
  }
});

test("a certificate is a bound whatever the duals are", () => {
  const asked = { members: [[0], [1], [0, 1]], costs: [5e6, 5e6, 7e6], n: 2, least: null, most: null };
  for (const duals of [[9, 9], [3, 4], [-1, 0]]) {
    const { bound, reduced } = certify(asked, [0, 1, 2], duals);
    assert.ok(bound <= 7e6);
    assert.ok([...reduced.values()].every((value) => value >= 0));
  }
});

test("parts that share nobody are apart", () => {
  assert.deepEqual(partsOf([[0], [1, 2], [2], [0, 3]], 4), [[0, 3], [1, 2]]);
});

test("the best plan of a row, and other prices", () => {
  const data = line(4);
  const found = ask(data);
  assert.equal(found.kind, "proved");
  assert.ok(Math.abs(found.objective - makeJudge(data).evaluate(found.hostOf).objective) < 1e-6);
  assert.deepEqual(ask(data, { weights: { missing_fte: 0 } }).hostOf, [0, 1, 2, 3]);
  assert.equal(new Set(ask(data, { limits: { ...data.limits, min_offices: 2, max_offices: 2 } }).hostOf).size, 2);
});

test("demands hold", () => {
  const data = line(5);
  const { hostOf } = ask(data, { demands: [{ kind: "alone", ids: [2] }, { kind: "at", ids: [0, 1] }, { kind: "not_host", ids: [3] }] });
  assert.equal(hostOf.filter((host) => host === 2).length, 1);
  assert.equal(hostOf[0], 1);
  assert.notEqual(hostOf[4], 3);
});

test("whoever is left out is neither counted nor passed through", () => {
  const data = line(5, { need_fte: [1, 2, 3, 2, 2], trips: [0.5, 1, 1.5, 1, 1] });
  const wishes = { demands: [{ kind: "out", ids: [2] }] };
  const question = questionOf(data, asRun(data, wishes));
  assert.deepEqual(question.trips, [1, 2, 3, 2, 2].map((need) => Math.round(1e4 * need / 1.75) / 1e4));
  assert.deepEqual([question.left, question.pins.leave_out], [[2], ["c"]]);
  const found = ask(data, wishes);
  assert.equal(found.hostOf[2], 2);
  assert.ok(!found.hostOf.slice(0, 2).some((host) => host > 2));
  assert.ok(Math.abs(found.objective - judgedWithout(makeJudge(question), found.hostOf).objective) < 1e-6);
});

test("outside the county all stays", () => {
  const data = line(6, { counties: ["1", "1", "1", "2", "2", "2"] });
  const hostOf = [0, 1, 2, 3, 3, 5];
  const found = ask(data, { hostOf, county: "1" });
  assert.deepEqual(found.hostOf.slice(3), [3, 3, 5]);
  assert.notDeepEqual(found.hostOf.slice(0, 3), [0, 1, 2]);
});

test("locks ask for the host, to host, or to stand alone", () => {
  const data = line(4);
  const demands = demandsOf(data, asRun(data, { hostOf: [1, 1, 2, 3], locks: [0, 1, 2] }));
  assert.deepEqual(demands.map(({ kind, ids }) => [kind, ids]), [["at", [0, 1]], ["leads", [1]], ["alone", [2]]]);
});

test("what cannot hold together is named, and nothing else", () => {
  const data = line(5);
  const demands = [{ kind: "not_host", ids: [4] }, { kind: "together", ids: [0, 1] }, { kind: "alone", ids: [3] }];
  const found = ask(data, { demands, locks: [0], hostOf: [0, 1, 2, 3, 4], limits: { ...data.limits, max_minutes: 5 } });
  assert.equal(found.kind, "infeasible");
  assert.equal(found.conflict.length, 2);
  assert.ok(found.conflict.includes(demands[1]));
});

test("without demands nothing but the run's own rules is to blame", () => {
  assert.deepEqual(ask(line(3, { limits: { min_members: 2, max_members: 2 } })), { kind: "infeasible", conflict: [], decided: true });
});

test("of a looser question with too many offices nothing is said", () => {
  const data = line(6);
  const tight = { limits: { ...data.limits, max_members: 1 }, demands: [{ kind: "leads", ids: [0] }] };
  const found = answer(highs, data, asRun(data, tight), [], 10, () => {});
  assert.deepEqual([found.conflict.map(({ kind }) => kind).sort(), found.decided], [["leads", "limit"], false]);
  assert.equal(answer(highs, data, asRun(data, tight), [], 1000, () => {}).decided, true);
});

test("the smallest conflict is found, not the first", () => {
  const data = line(6);
  const demands = [{ kind: "together", ids: [0, 1] }, { kind: "together", ids: [1, 2] }, { kind: "apart", ids: [0, 2] }, { kind: "at", ids: [3, 4] }, { kind: "leads", ids: [3] }];
  assert.deepEqual(ask(data, { demands }).conflict, demands.slice(3));
  assert.deepEqual(ask(data, { demands: demands.slice(0, 3) }).conflict, demands.slice(0, 3));
});

test("between which prices a plan stays the best", () => {
  const data = line(3, { weights: { missing_fte: 60 }, limits: { min_office_fte: 2, max_members: 2 } });
  const { hostOf } = ask(data);
  const found = ranges(highs, data, asRun(data, { hostOf }), 1000).ranges.find(({ name }) => name === "missing_fte");
  // Two share at 10 minutes for one årsverk less short: worth it from 5 minutes an årsverk, as both were one short alone.
  assert.ok(Math.abs(found.low - 5) < 1e-6);
  assert.equal(found.high, found.far);
  assert.equal(ranges(highs, data, asRun(data, { hostOf: [0, 1, 2] }), 1000).ranges, null);
});

test("an office that is held as no demand lets it be is no office", () => {
  const data = line(6, { counties: ["1", "1", "1", "2", "2", "2"] });
  const county = { hostOf: [0, 1, 2, 3, 3, 5], county: "1" };
  for (const one of [{ kind: "not_host", ids: [3] }, { kind: "leads", ids: [4] }, { kind: "apart", ids: [3, 4] }, { kind: "together", ids: [4, 5] }]) {
    assert.deepEqual(ask(data, { ...county, demands: [one] }).conflict.map(({ kind }) => kind), [one.kind, "county"]);
  }
});
