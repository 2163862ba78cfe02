import assert from "node:assert/strict";
import { test } from "node:test";
import { page, plain } from "./page.js";

const source = { members: { 5540: ["A"] }, counties: { 55: "Troms" }, texts: { "script.no_county": "{value}?" } };
const opened = (hash) => page(["format.js", "arrangement.js", "address.js"], { source, hash });

test("the address gives a municipality and settings", () => {
  const { id, unknown, settings } = opened("#5540&fylke=55").pk.readAddress();
  assert.deepEqual([id, unknown, plain([...settings])], ["5540", null, [["fylke", "55"]]]);
});

test("an unknown municipality and an unknown county are said", () => {
  const { pk, notes } = opened("#9999&fylke=%C3%A6");
  const { id, unknown, settings } = pk.readAddress();
  assert.deepEqual([id, unknown, pk.countyIn(settings)], [null, "9999", ""]);
  assert.equal(notes[0], "\u00e6?");
});

test("the choice is written once, and an empty setting goes", async () => {
  const { pk, location } = opened("#fylke=55");
  pk.keepInAddress({ id: "5540", settings: { fylke: "" } });
  pk.keepInAddress({ settings: { las: "5540" } });
  await Promise.resolve();
  assert.equal(location.href, "file:///plan.html#5540&las=5540");
});
