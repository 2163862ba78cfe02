// The way to the host: unpacked, and told only while that is the host.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, open, table } from "./page.js";

const parts = [[0, 20.4, "_p~iF~ps|U_ulLnnqC_mqNvxq`@"], [1, 55, "??", 12], [0, 0.2, "??"]];
open({
  members: table([{ id: "1", label: "Ada", host: "2", minutes: 75.6 }, { id: "2", label: "Bo", host: "2", minutes: 0 }]),
  ways: { names: ["E6", "ferje A-B"], of: table([{ id: "1", host: "2", minutes: 75.6, parts }]) },
  texts: { "script.way": "Til {host}: {parts}.", "script.way_part": "{name} {minutes}", "script.way_ferry": "{name} {minutes} ({wait})", "script.way_other": "Ikke {minutes}." },
});
const { municipality } = await load("base/page");
const { places, wayLines } = await load("map/ways");

test("a line is unpacked as the form of encoded polylines says", () => {
  // Its published example, with five decimals and the latitude first.
  const found = places(parts[0][2]).map((place) => place.map((degrees) => degrees / 10));
  assert.deepEqual(found.map((place) => place.map((degrees) => Number(degrees.toFixed(3)))), [[-120.2, 38.5], [-120.95, 40.7], [-126.453, 43.252]]);
});

test("parts of half a minute or more are told, ferries with the wait", () => {
  assert.deepEqual(wayLines(municipality("1")), ["Til Bo: E6 20, ferje A-B 55 (12)."]);
  assert.deepEqual(wayLines(municipality("2")), []);
});

test("other minutes of the plan are said to be so, and another host has no way here", () => {
  assert.deepEqual(wayLines({ ...municipality("1"), minutes: 60 })[1], "Ikke 76.");
  assert.deepEqual(wayLines({ ...municipality("1"), host: "1" }), []);
});
