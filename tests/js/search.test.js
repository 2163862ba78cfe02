// Names are found however they are written, and figures of a table are read as they are shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, open } from "./page.js";

open({ texts: { "script.show_office": "Vis" } });
const { finder, fold } = await load("map/search");
const { figure } = await load("base/sort");
const place = (id, label, population, name = label, aliases = []) => ({ id, label, population, name, aliases });
const find = finder([
  place("5540", "Kåfjord", 2000, "Gáivuotna - Kåfjord - Kaivuono", ["Gáivuotna"]), place("1804", "Bodø", 53000), place("1811", "Bindal", 1400), place("3", "Os", 9),
]);
const found = (written) => find(written).map((member) => member.label);

test("marks on letters, case and two letters for one do not matter", () => {
  assert.equal(new Set(["Kåfjord", "kafjord", "KAAFJORD"].map(fold)).size, 1);
  assert.equal(new Set(["Bodø", "bodo", "Bodoe"].map(fold)).size, 1);
});

test("a whole name comes before a beginning, a beginning before a part, the larger first", () => {
  assert.deepEqual(found("b"), ["Bodø", "Bindal"]);
  assert.deepEqual(found("gaivuotna"), ["Kåfjord"]);
  assert.deepEqual(found("o"), ["Os", "Bodø", "Kåfjord"]);
  assert.deepEqual(found("1811"), ["Bindal"]);
});

test("a slip finds who is meant, but only where nobody is called so", () => {
  assert.deepEqual(["Kåfjrod", "Kaffjord", "Binsal", "Gaivuona", "Bodi"].map(found), [["Kåfjord"], ["Kåfjord"], ["Bindal"], ["Kåfjord"], ["Bodø"]]);
  assert.deepEqual(found("bxd"), [], "three letters are too few to guess from");
});

test("nothing and something strange find nobody", () => {
  assert.deepEqual([found(""), found(" ?"), found("xyz")], [[], [], []]);
});

test("a cell sorts by its last number", () => {
  assert.deepEqual(["36 / 59", "1\u202f234,5", "\u22123,2", "\u2013"].map(figure), [59, 1234.5, -3.2, null]);
  assert.ok(figure("< 0,1 %") < figure("0,1 %"));
});
