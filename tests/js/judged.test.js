// Each rule and term of the page's judge on cases worked out by hand; most of them those of tests/optimizer/judging/test_evaluate.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeJudge, unknownToJudge } from "../../maps/scripts/trial/judge.js";
import { byTens, line } from "./row.js";

/** The hosts of a, b, c .. as a word. */
const at = (word) => [...word].map((letter) => "abcdefghi".indexOf(letter));
const judged = (hosts, changes) => makeJudge(line(hosts.length, changes)).evaluate(at(hosts));
const breach = (rule, ids, host = null, found = null, limit = null) => ({ rule, ids, host, found, limit });
const near = (found, expected) => assert.ok(Math.abs(found - expected) < 1e-9, `${found} is not ${expected}`);

/** Five of two counties and two districts, with all that differs between municipalities. */
const five = () => {
  const table = byTens(5);
  table[1][0] = 12;
  return {
    table, counties: [..."11222"], statsforvaltere: [..."STTSS"], trips: [1, 2, 1, 0.5, 7], planner_fte: [1, 0.5, 1, 0.25, 0.5],
    need_fte: [2, 1, 3, 1, 0.5], fixed_need_fte: [0.8, 0.4, 1, 0.8, 0.5], fixed_kept: 0.75, weights: { missing_fte: 60, unmet_need: 4, alone: 7 },
  };
};

test("every term and every figure of an office", () => {
  const found = judged("aaaee", five());
  const values = Object.fromEntries(Object.entries(found.terms).map(([name, { value, minutes }]) => [name, [value, minutes]]));
  assert.deepEqual(values, {
    travel: [2 * 12 + 20 + 0.5 * 10, 49], missing_fte: [0.5 + 2.25, 2.75 * 60], county_lines: [1, 20], statsforvalter_lines: [2, 20],
    unmet_need: [values.unmet_need[0], values.unmet_need[1]], alone: [0, 0],
  });
  near(values.unmet_need[0], 3.2 + 0.625);
  near(values.unmet_need[1], 15.3);
  near(found.objective, 269.3);
  assert.deepEqual([found.breaches, found.excused], [[], []]);
  const [first, second] = found.offices;
  assert.deepEqual([first.host, first.members, first.mean_minutes, first.longest_minutes, first.planner_fte], [0, [0, 1, 2], 16, 20, 2.5]);
  near(first.need_fte, 5.7); // 6 årsverk, less a quarter of the fixed 0.8 and 0.4 beside the largest, 1.0
  near(first.minutes_equivalents, 44 + 30 + 20 + 20 + 12.8);
  near(second.need_fte, 1.375);
});

test("standing alone", () => {
  const found = judged("abcde", five());
  assert.deepEqual([found.terms.alone.value, found.terms.alone.minutes, found.terms.travel.value], [5, 35, 0]);
  near(found.terms.missing_fte.value, 15 - 3.25);
  near(found.terms.unmet_need.value, 7.5 - 3.25);
  assert.deepEqual(found.offices.map((row) => [row.mean_minutes, row.longest_minutes]), new Array(5).fill([0, 0]));
});

test("more planners than needed help nobody else", () => {
  const { terms } = judged("ab", { planner_fte: [9, 1] });
  assert.deepEqual([terms.missing_fte.value, terms.unmet_need.value], [2, 1]);
});

test("days at each town hall take planners from their desks", () => {
  const { terms } = judged("bbb", { road_fte_per_minute: 0.02 });
  near(terms.missing_fte.value, 3 - (3 - 0.4));
  near(terms.unmet_need.value, 6 - 2 * 0.2 - (3 - 0.4));
  const hard = (least) => judged("bbb", { road_fte_per_minute: 0.02, limits: { critical_mass: "hard", min_office_fte: least } }).breaches;
  assert.deepEqual(hard(2.6), []);
  assert.deepEqual(hard(2.7), [breach("min_office_fte", [0, 1, 2], 1, 2.6, 2.7)]);
});

for (const [hosts, changes, ...expected] of [
  ["aaaa", { limits: { max_minutes: 25 } }, breach("max_minutes", [3], 0, 30, 25)],
  ["aaaa", { limits: { max_minutes: 30 } }],
  ["aaaa", { limits: { max_minutes: 30 - 1e-7 } }],
  ["aabb", { limits: { min_members: 2 } }, breach("host_is_member", [2, 3], 1)],
  ["aacd", { limits: { min_members: 2, max_members: 3 } }, breach("min_members", [2], 2, 1, 2), breach("min_members", [3], 3, 1, 2)],
  ["aacc", { limits: { min_members: 2 } }],
  ["aacd", { limits: { min_members: 2, alone_exempt: true } }],
  ["aabc", { limits: { min_members: 3, alone_exempt: true } }, breach("min_members", [0, 1], 0, 2, 3), breach("host_is_member", [2], 1), breach("host_is_member", [3], 2)],
  ["bbbb", { limits: { max_members: 3 } }, breach("max_members", [0, 1, 2, 3], 1, 4, 3)],
  ["bbbb", { limits: { max_members: 4 } }],
  ["abab", {}, breach("contiguity", [0, 2], 0), breach("contiguity", [1, 3], 1)],
  ["abab", { limits: { contiguity: "off" } }],
  ["aaaa", { links: [0, 1, 2, 3] }, breach("contiguity", [0, 1, 2, 3], 0)],
  ["aacc", { counties: [..."1233"], limits: { county_lines: "hard" } }, breach("county_lines", [1], 0)],
  ["aacc", { counties: [..."1233"] }],
  ["aacd", { limits: { min_office_fte: 1.5, critical_mass: "hard" } }, breach("min_office_fte", [2], 2, 1, 1.5), breach("min_office_fte", [3], 3, 1, 1.5)],
  ["aacd", { limits: { min_office_fte: 1.5 } }],
  ["aacd", { limits: { min_office_fte: 1, critical_mass: "hard" } }],
  ["aacd", { limits: { min_office_fte: 1 + 1e-7, critical_mass: "hard" } }],
  ["aacd", { limits: { min_office_fte: 2, critical_mass: "hard", alone_exempt: true } }],
  ["aacd", { limits: { max_office_need_fte: 3.5 } }, breach("max_office_need_fte", [0, 1], 0, 3.8, 3.5)],
  ["aacd", { limits: { max_office_need_fte: 3.8 } }],
  ["aacd", { limits: { max_office_need_fte: 3.8 - 1e-7 } }],
  // What is above or below by just the tolerance keeps the rule.
  ["aa", { limits: { max_minutes: 10 }, table: [[0, 10], [10 + 1e-6, 0]] }],
  ["ab", { limits: { critical_mass: "hard", min_office_fte: 1 }, planner_fte: 1 - 1e-6 }],
  ["ab", { limits: { max_office_need_fte: 2 }, need_fte: 2 + 1e-6 }],
  ["aa", { limits: { min_host_share: 1 }, planner_fte: [1 - 1e-6, 1] }],
  ["abcd", { limits: { max_office_need_fte: 1, alone_exempt: true } }],
  ["aaad", { planner_fte: [1, 4, 5, 1] }, breach("min_host_share", [2], 0, 0.2, 0.33)],
  ["aaad", { planner_fte: [1, 5, 5, 1] }, breach("min_host_share", [1], 0, 0.2, 0.33)],
  ["aaad", { planner_fte: [1, 3, 3, 9] }],
  ["aaad", { planner_fte: [1, 3, 3, 9], limits: { min_host_share: 1 / 3 + 1e-7 } }],
  ["aaad", { planner_fte: [0, 0, 0, 9], limits: { min_host_share: 1 } }],
  ["aacd", { limits: { min_offices: 2 } }, breach("min_offices", [], null, 1, 2)],
  ["aacc", { limits: { max_offices: 1 } }, breach("max_offices", [], null, 2, 1)],
  ["aacd", { limits: { min_offices: 1, max_offices: 1 } }],
  ["aacd", { barred: [0, 3] }, breach("may_host", [0], 0)],
  ["aacd", { pins: { may_not_host: [0, 3] } }, breach("may_not_host", [0], 0)],
  ["aacd", { pins: { together: [[0, 1, 2]] } }, breach("together", [0, 1, 2])],
  ["aacd", { pins: { together: [[0, 1], [2], []] } }],
  ["aacc", { pins: { apart: [[0, 1, 2]] } }, breach("apart", [0, 1], 0)],
  ["aacd", { pins: { apart: [[0, 2, 3], [1], []] } }],
  ["aacd", { pins: { fixed: [[1, 2], [0, 0], [2, 2]] } }, breach("fixed", [1], 0)],
  ["aacd", { pins: { must_host: [3] } }, breach("must_host", [3], 3)],
  ["aacd", { pins: { must_host: [1] } }, breach("must_host", [1], 0)],
  ["aacd", { pins: { must_host: [0] } }],
  ["aaad", { pins: { held: [[0, [0, 1]]] } }, breach("held", [0, 1], 0)],
  ["abcd", { pins: { held: [[0, [0, 1]]] } }, breach("held", [0, 1], 0)],
  ["bbcd", { pins: { held: [[0, [0, 1]]] } }, breach("held", [0, 1], 0)],
  ["aacd", { pins: { held: [[0, [0, 1]]] } }],
]) {
  test(`${hosts} under ${JSON.stringify(changes)}`, () => {
    const found = judged(hosts, changes);
    assert.deepEqual(found.breaches, expected);
    const broken = Object.keys(found.rules).filter((rule) => found.rules[rule] === "broken");
    assert.deepEqual(new Set(broken), new Set(expected.map((one) => one.rule)));
    assert.deepEqual(new Set(Object.values(found.rules).filter((state) => state !== "broken")), new Set(["met", "not applicable"]));
    assert.equal(found.rules.covers, "not applicable");
  });
}

test("a way through those who take no part connects", () => {
  // Between a and b nobody but the node beyond those who take part.
  const through = { nodes: 4, links: [0, 3, 3, 1, 1, 2] };
  assert.deepEqual(judged("aab", through).breaches.map((one) => one.rule), ["host_is_member"]);
  assert.deepEqual(judged("aac", { ...through, links: [0, 3, 1, 2] }).breaches, [breach("contiguity", [0, 1], 0)]);
});

test("minutes are read in both forms, one way or both", () => {
  const data = Buffer.from([0xe8, 3, 0, 0xff, 0xff, 0xff, 1, 2, 3]).toString("base64");
  const { way } = makeJudge({ ...line(3), minutes: { form: "hundredths", symmetric: true, data } });
  const far = (1 + 2 * 256 + 3 * 65536) / 100;
  assert.deepEqual([way(0, 1), way(1, 0), way(0, 2), way(2, 0), way(1, 2), way(2, 1), way(1, 1)], [10, 10, Infinity, Infinity, far, far, 0]);
  const full = makeJudge(line(3, { table: [[0, 1.25, 2], [3, 0, Infinity], [5, 6, 0]] })).way;
  assert.deepEqual([full(0, 1), full(0, 2), full(1, 0), full(1, 2), full(2, 0), full(2, 1), full(0, 0)], [1.25, 2, 3, Infinity, 5, 6, 0]);
});

test("nobody reaches a host without a way, and at no price that costs nothing", () => {
  const table = [[0, 10], [Infinity, 0]];
  const found = judged("aa", { table });
  assert.equal(found.objective, Infinity);
  assert.deepEqual(found.breaches, [breach("max_minutes", [1], 0, Infinity, 75)]);
  assert.equal(judged("aa", { table, weights: { travel: 0 } }).objective, 60);
  assert.equal(judged("aa", { table, trips: [1, 0] }).objective, 60);
});

/** Prices in kroner that are easy to add. */
const PRICES = { bought_kr: 3000, bought_share: 1, hired_share: 0.5, hire_from_fte: 3.2, office_kr: 500, member_kr: 20, fte_kr: 1000, alone_kr: null };
const cost = (hosts, money, changes = {}) => judged(hosts, { terms: ["cost"], money: { ...PRICES, ...money }, ...changes }).offices.map((row) => row.terms.cost);

test("what an office costs in kroner", () => {
  // Three employ 3 and need 6 less 0.4: half of the gap of 2.6 is hired, as they are 4.3 then; the rest is bought.
  near(cost("bbb")[0], (1000 * 4.3 + 3000 * 1.3 + 500 + 20 * 3) / 1000);
  // Two would be 2.9 with half of their gap of 1.8: too few to hire.
  near(cost("aa")[0], (1000 * 2 + 3000 * 1.8 + 500 + 20 * 2) / 1000);
  near(cost("aa", { hire_from_fte: 2.9 })[0], (1000 * 2.9 + 3000 * 0.9 + 500 + 20 * 2) / 1000);
  assert.deepEqual(cost("ab"), [1 + 3, 1 + 3]); // alone: no office, no member
  assert.deepEqual(cost("bb", { fte_kr: [1000, 2000] }, { planner_fte: 3 }), [(2000 * 6 + 540) / 1000]); // at the host's price, no gap
  assert.deepEqual(cost("ab", { alone_kr: [7500, null] }), [7.5, 4]); // from a table of one's own
  assert.deepEqual(cost("ab", { alone_kr: [0, 9000] }), [0, 9]);
  near(cost("bb", { alone_kr: [7500, 7500] })[0], 7.94);
  assert.deepEqual(cost("ab", { alone_kr: [7500, null], bought_share: 0.5 }), [7.5 + 1.5, 4]); // half of one årsverk is left undone
  assert.deepEqual(judged("aa", { terms: ["cost"] }).offices[0].terms, { cost: 0 });
});

/** Two disciplines: everybody needs x, only b and c need y; by default half and a quarter of the planners know them. */
const KNOWN = { names: ["x", "y"], shares: [0.5, 0.25], threshold: 0.75, needed: [null, [1, 2]], table: {} };
const lacking = (hosts, table = {}, more = {}, planners = 1) => {
  const found = judged(hosts, { planner_fte: planners, terms: ["uncovered"], weights: { uncovered: 2 }, disciplines: { ...KNOWN, table, ...more } });
  return found.offices.map((row) => [row.terms.uncovered, row.minutes_equivalents]);
};

test("disciplines that an office covers, by årsverk and by persons", () => {
  assert.deepEqual(lacking("abc"), [[1, 2], [2, 4], [2, 4]]);
  assert.deepEqual(lacking("bbb"), [[0, 0]]); // 1.5 of x; 0.75 of y is enough
  assert.deepEqual(lacking("bbb", {}, { threshold: 0.75 + 1e-7 }), [[0, 0]]);
  assert.deepEqual(lacking("bbb", {}, { threshold: 0.76 }), [[2, 4]]);
  // Where persons are known, one of them must hold enough by himself.
  const none = [0, null];
  const x = (/** @type {any} */ ...held) => Object.fromEntries(held.map((one, i) => [i, [one, [1, 1]]]));
  assert.deepEqual(lacking("bbb", x([1, 2], [0.4, 1], [0, 0])), [[3, 6]]);
  assert.deepEqual(lacking("bbb", x([1, 1], [0.4, 1], [0, 0])), [[0, 0]]);
  assert.deepEqual(lacking("bbb", x([1, 2], [0.4, null], [0, 0])), [[3, 6]]); // nobody known, and nobody among the others
  assert.deepEqual(lacking("bbb", x([1, 2], [0.8, null], [0, 0])), [[0, 0]]);
  assert.deepEqual(lacking("bbb", x([1, 2], none, none)), [[3, 6]]); // nobody unknown holds anything
  assert.deepEqual(lacking("bbb", x([0.75 - 1e-7, 1], none, none)), [[0, 0]]);
  assert.deepEqual(lacking("bbb", x([1.5, 2], none, none)), [[0, 0]]);
  assert.deepEqual(lacking("bbb", x([0.75 - 1e-6, 1], none, none)), [[0, 0]]); // just the tolerance
  assert.deepEqual(lacking("bbb", {}, { threshold: 3 }, [2, 3, 0]), [[5, 10]]); // 2.5 of x, 1.25 of y
  assert.deepEqual(lacking("bbb", {}, { threshold: 2.5 }, [2, 3, 0]), [[2, 4]]);
  assert.deepEqual(lacking("bbb", x([1.5, 0], none, none)), [[3, 6]]); // årsverk of no person
  assert.deepEqual(lacking("bbb", x([0.3, 1], [0.3, 1], none)), [[3, 6]]);
  assert.deepEqual(judged("abc", { terms: ["uncovered"] }).offices.map((row) => row.terms.uncovered), [0, 0, 0]);
});

test("a shared office that must cover a discipline names who needs it", () => {
  const covers = (hosts, names, more = {}) => judged(hosts, { disciplines: { ...KNOWN, threshold: 2, ...more }, limits: { covers: names } }).breaches;
  assert.deepEqual(covers("bbb", ["y"]), [breach("covers", [1, 2], 1)]);
  assert.deepEqual(covers("bbb", ["x", "y"]), [breach("covers", [0, 1, 2], 1)]);
  assert.deepEqual(covers("bbb", []), []);
  assert.deepEqual(covers("bbb", ["z"]), []);
  assert.deepEqual(covers("abc", ["x"]), []);
  assert.deepEqual(covers("bbb", ["x"], { threshold: 1.5 }), []);
  assert.deepEqual(judged("bbb", { limits: { covers: ["x"] } }).breaches, []);
});

test("what a held office breaks is excused, and nothing else is", () => {
  const asked = { limits: { max_minutes: 20, max_offices: 1 }, pins: { held: [[0, [0, 3]]] } };
  const found = judged("abba", asked);
  assert.deepEqual(found.breaches, [breach("max_offices", [], null, 2, 1)]);
  assert.deepEqual(found.excused, [breach("max_minutes", [3], 0, 30, 20), breach("contiguity", [0, 3], 0)]);
  assert.deepEqual([found.rules.contiguity, found.rules.max_members, found.rules.held], ["excused", "met", "met"]);
  const other = judged("abbb", asked);
  assert.deepEqual([other.breaches.map((one) => one.rule), other.excused], [["held"], []]);
  const barred = judged("abba", { ...asked, limits: {}, barred: [0] });
  assert.deepEqual([barred.breaches, barred.excused.map((one) => one.rule)], [[], ["contiguity", "may_host"]]);
  // A pin is no rule of an office: what it says of who hosts holds for a held one too.
  const refused = judged("abba", { limits: { max_minutes: 75 }, pins: { ...asked.pins, may_not_host: [0] } });
  assert.deepEqual(refused.breaches, [breach("may_not_host", [0], 0)]);
});

test("a host that a pin names may be small", () => {
  const small = { planner_fte: [1, 4, 5, 1], decided: [0] };
  const found = judged("aaad", small);
  assert.deepEqual([found.breaches, found.excused], [[], [breach("min_host_share", [2], 0, 0.2, 0.33)]]);
  assert.equal(found.rules.min_host_share, "excused");
  assert.deepEqual(judged("aaad", { ...small, limits: { max_members: 2 } }).breaches, [breach("max_members", [0, 1, 2], 0, 3, 2)]);
});

test("offices come in the order of their hosts, and an office is judged once", () => {
  const judge = makeJudge(line(4));
  const found = judge.evaluate(at("ddbb"));
  assert.deepEqual([...judge.officesOf(at("ddbb"))], [[1, [2, 3]], [3, [0, 1]]]);
  assert.deepEqual(found.offices.map((row) => [row.host, row.members]), [[1, [2, 3]], [3, [0, 1]]]);
  assert.equal(judge.evaluate(at("ddbb")).offices[0], found.offices[0]);
  assert.notEqual(judge.office(1, [2]).row, found.offices[0]);
  assert.notEqual(judge.office(1, [2]).row, judge.office(2, [2]).row);
});

test("of equally good hosts the largest need goes first, then the first in order", () => {
  const { byNeed } = makeJudge(line(3, { need_fte: [1, 2, 1] }));
  assert.deepEqual([2, 0, 1].sort(byNeed), [1, 0, 2]);
});

test("all rules of a page are known, and those that ask for groups only where they ask nothing", () => {
  const data = line(3);
  assert.deepEqual(unknownToJudge(data), []);
  for (const rule of ["nobody_worse", "stable"]) {
    const asking = (/** @type {boolean} */ applies) => unknownToJudge({ ...data, rules: { ...data.rules, [rule]: { of: "office", decimals: 0, applies } } });
    assert.deepEqual([asking(false), asking(true)], [[], [rule]]);
  }
});

test("links are read both ways", () => {
  assert.deepEqual(makeJudge(line(3)).neighbours, [[1], [0, 2], [1]]);
});

test("offices are told apart, and the first are forgotten when there are too many", () => {
  const many = 150;
  const judge = makeJudge(line(many, { ids: Array.from({ length: many }, (_, i) => String(i)) }));
  const first = judge.office(0, [0]).row;
  assert.notEqual(judge.office(1, [12]).row, judge.office(11, [2]).row);
  let judgedSoFar = 3;
  for (let k = 0; judgedSoFar < 20001; k += 1) {
    const [host, other] = [Math.floor(k / many), k % many];
    if (!["0:0", "1:12", "11:2"].includes(`${host}:${other}`)) {
      judge.office(host, [other]);
      judgedSoFar += 1;
    }
  }
  assert.equal(judge.office(0, [0]).row, first);
  judge.office(149, [149]);
  assert.notEqual(judge.office(0, [0]).row, first);
});
