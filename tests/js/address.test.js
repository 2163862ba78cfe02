import assert from "node:assert/strict";
import { test } from "node:test";
import { load, notes, open, table } from "./page.js";

const source = { members: table([{ id: "5540" }]), counties: { 55: "Troms" }, texts: { "script.no_county": "{value}?" } };
const opened = (hash) => {
  open(source, hash);
  return load("base/address", encodeURIComponent(hash));
};

test("the address gives a municipality and settings", async () => {
  const { id, unknown, settings } = (await opened("#5540&fylke=55")).readAddress();
  assert.deepEqual([id, unknown, [...settings]], ["5540", null, [["fylke", "55"]]]);
});

test("the address names a section beside the choice, and keeps it until another is opened", async () => {
  const { readAddress, keepInAddress } = await opened("#address-note&5540");
  const { id, section, unknown } = readAddress();
  assert.deepEqual([id, section, unknown], ["5540", "address-note", null]);
  keepInAddress({ settings: { fylke: "55" } });
  await Promise.resolve();
  assert.equal(globalThis.location.href, "file:///plan.html#5540&address-note&fylke=55");
  keepInAddress({ section: "plan-data" });
  await Promise.resolve();
  assert.equal(globalThis.location.href, "file:///plan.html#5540&plan-data&fylke=55");
});

test("an unknown municipality and an unknown county are said", async () => {
  const { readAddress, countyIn } = await opened("#9999&fylke=%C3%A6");
  const { id, unknown, settings } = readAddress();
  assert.deepEqual([id, unknown, countyIn(settings)], [null, "9999", ""]);
  assert.equal(notes[0], "\u00e6?");
});

test("the choice is written once, and an empty setting goes", async () => {
  const { keepInAddress } = await opened("#fylke=55");
  keepInAddress({ id: "5540", settings: { fylke: "" } });
  keepInAddress({ settings: { las: "5540" } });
  await Promise.resolve();
  assert.equal(globalThis.location.href, "file:///plan.html#5540&las=5540");
});
