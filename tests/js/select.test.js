// Where an arrow leads on the map, and which colours offices get when another grouping is tried.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, open, table } from "./page.js";

const places = { middle: [0, 0], east: [5, 1], far: [9, 0], north: [0, -4] };
open({ members: table(Object.entries(places).map(([id, place]) => ({ id, place, host: id }))), texts: { "script.show_office": "Vis" } });
const { mapIs, municipality } = await load("base/page");
const { nearest } = await load("map/select");
const { colourOffices } = await load("map/repaint");
const point = ([x, y]) => ({ x, y, subtract: (other) => point([x - other.x, y - other.y]) });
mapIs({ map: { project: point } });

test("an arrow leads to the nearest centre in its direction, or nowhere", () => {
  const from = municipality("middle");
  assert.deepEqual([[1, 0], [0, -1], [-1, 0]].map((way) => nearest(from, way)), ["east", "north", null]);
});

// Offices 0 and 1 lie side by side, 1 and 2 too.
const near = [0, 1, 1, 2];

test("offices keep the colour of the plan, and neighbours differ", () => {
  const colours = colourOffices(near, [0, 1, 2], [0, 1, 2], new Map([[0, 3], [1, 3], [2, 5]]));
  assert.deepEqual([colours.get(0), colours.get(2)], [3, 5]);
  assert.ok(![3, 5].includes(colours.get(1)));
});

test("whoever joins an office has no colour of its own", () => {
  assert.deepEqual([...colourOffices(near, [0, 0, 2], [0], new Map([[0, 4], [2, 1]]))], [[0, 4]]);
});
