// What three in a row may become, why one of them stands alone, and what a reader takes home.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, open, table } from "./page.js";
import { ids, row } from "./row.js";

const names = ["Her", "Der, ved sjøen", "=SUM(A1)"];
open({
  members: table(ids.map((id, i) => ({ id, label: names[i], name: names[i], planner_ends: [1, 1] }))),
  today: { offices: table([{ name: "Fellesskapet", since: "2019", status: "active", members: ["1", "2"] }]), councils: ["Rådet"], council_of: { 3: [[0, 0]] } },
  texts: { "report.near_same": "{hosts} like godt", "method.estimated": "anslag" },
});
const { makeJudge } = await load("trial/judge");
const { groupingCsv, makeMoves, nearHosts, newBreaches, pinsToml, whyAlone } = await load("trial/moves");
const judge = makeJudge(row());

test("what a host leaves behind gets the best host of its own", () => {
  const moves = makeMoves(judge);
  assert.deepEqual(moves.alone([1, 1, 1], 2), [1, 1, 2]);
  assert.deepEqual(moves.alone([0, 0, 0], 0), [0, 1, 1]);
  assert.deepEqual(moves.lead([1, 1, 1], 0), [0, 0, 0]);
  assert.deepEqual(moves.join([1, 1, 2], 2, 1), [1, 1, 1]);
});

test("offices within the rules are offered first, with what each changes", () => {
  const [first, ...rest] = makeMoves(judge).options([1, 1, 2], 2);
  assert.deepEqual([first.to, first.minutes, first.extra, first.broken, rest.length], [1, 10, 27 - (10 + 250 + 5), [], 0]);
});

test("an office that would break a rule is offered last, with the rule", () => {
  const [first, last] = makeMoves(judge).options([0, 1, 2], 2);
  assert.deepEqual([first.to, first.broken, last.to, last.broken], [1, [], 0, ["max_minutes", "contiguity"]]);
});

test("only breaches that another judgement does not have are new", () => {
  const [before, after] = [[0, 0, 0], [0, 1, 0]].map((hostOf) => judge.evaluate(hostOf));
  assert.deepEqual(newBreaches(after, before).map((one) => one.rule), ["contiguity"]);
});

test("whoever stands alone hears of the cheapest office, or of what stops the nearest", () => {
  const lonely = [1, 1, 2];
  const why = whyAlone(judge, lonely, judge.evaluate(lonely), 2);
  assert.deepEqual([why.neighbours, why.cheapest.host, why.cheapest.extra, why.stops], [1, 1, 27 - 265, []]);
  const strict = makeJudge(row({ max_members: 2 }));
  const stopped = whyAlone(strict, lonely, strict.evaluate(lonely), 2);
  assert.deepEqual([stopped.cheapest, stopped.nearest.host, stopped.stops.map((one) => one.rule)], [null, 1, ["max_members"]]);
});

test("a host is as good that costs the same, but none that breaks a rule", () => {
  assert.equal(nearHosts(judge, { id: "2", members: ["2", "1"] }), "Her like godt");
  assert.equal(nearHosts(judge, { id: "2", members: ["2", "1", "3"] }), "");
});

test("a grouping becomes a table in which no name is a formula", () => {
  const [head, first, , last] = groupingCsv(judge, [1, 1, 2]).split("\n");
  assert.equal(head.split(",").length, 11);
  assert.equal(first, '1,Her,a,2,"Der, ved sjøen",10,8,12,0,Fellesskapet,');
  assert.equal(last, "3,'=SUM(A1),b,3,'=SUM(A1),0,0,0,0,,Rådet (unverified)");
});

test("a grouping becomes pins over those of the scenario", () => {
  const pinned = makeJudge(row({}, { fixed: [[0, 0]], apart: [[0, 2]] }));
  assert.equal(pinsToml(pinned, [1, 1, 2], [0, 1], ["fra siden"]), [
    "# fra siden", "[pins]", 'apart = [["1", "3"]]', 'must_host = ["2"]', "[pins.fixed]",
    '"1" = "2" # Her \u2013 Der, ved sjøen', '"2" = "2" # Der, ved sjøen \u2013 Der, ved sjøen', "",
  ].join("\n"));
});
