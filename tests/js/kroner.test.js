// What the page counts of an office, by hand: sums are of exact figures, and what is rounded only stands in a cell.
import assert from "node:assert/strict";
import { test } from "node:test";
import { allStates, makeKroner } from "../../maps/scripts/money/kroner.js";
import { makeJudge } from "../../maps/scripts/trial/judge.js";
import { line } from "./row.js";

const near = (found, expected) => assert.ok(Math.abs(found - expected) < 1e-6, `${found} is not ${expected}`);
const prices = {
  hired_share: 0.5, hire_from_fte: 3, bought_share: 0.5, bought_kr: 1_900_000, office_kr: 150_000, member_kr: 40_000, visits: 0, start_kr: 0, start_years: 1,
  grant_kr: 0, grant_years: 0,
};
/** Three that need a third of an årsverk more than they employ, each. */
const three = () => {
  const judge = makeJudge(line(3, { planner_fte: 1, need_fte: 4 / 3, fixed_need_fte: 0 }));
  const data = { prices, key: { equal: 1 }, shared_part: "all", fte_kr: 1_000_000, minute_kr: 0, alone_kr: null, hours: null, today: {}, offices: {} };
  const kroner = makeKroner(data, judge, [1, 1, 1]);
  const office = kroner.office(0, [0, 1, 2]);
  return { kroner, office, members: kroner.memberStates(office, kroner.shares(office, { equal: 1 })) };
};

test("members bear exact parts, whose sum is the office, and one that is the same alone is told the same", () => {
  const { kroner, office, members } = three();
  near(office.undone, 0.25);
  for (const one of members) {
    near(one.shared.undone, 0.25 / 3);
    near(one.alone.undone, 1 / 6);
    assert.deepEqual([one.today.cash, one.today.undone, one.today.posts], [one.alone.cash, one.alone.undone, one.alone.posts]);
  }
  const [whole, states] = [allStates(members), kroner.states(office)];
  for (const state of ["today", "alone", "shared"]) for (const name of ["cash", "undone", "posts", "bought"]) near(whole[state][name], states[state][name]);
});

test("two lines that turn are told exactly, not by their rounded figures", () => {
  const year = (cost, cash, undone) => ({ cost, cash, undone, posts: 1, bought: 0 });
  const { kroner } = three();
  near(kroner.linesTurned({ alone: year(2_000_000, 1_000_000.4, 0.5149), shared: year(2_000_100, 970_000, 0.5051) }), -48_620.4);
  assert.equal(kroner.linesTurned({ alone: year(2_000_000, 1_000_000, 0.5), shared: year(1_999_000, 970_000, 0.5) }), null);
});
