import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./page.js";

const texts = { "count.offices_one": "{n} kontor", "count.offices_many": "{n} kontorer" };
const { pk } = page(["format.js"], { source: { texts } });

test("numbers are written as Norwegians write them", () => {
  assert.equal(pk.number(1234567.891, 2), "1\u202f234\u202f567,89");
  assert.equal(pk.number(-3.26, 1), "\u22123,3");
  assert.equal(pk.number(-0.01, 1), "0,0");
});

test("one of a thing has its own form", () => {
  assert.equal(pk.count("offices", 1), "1 kontor");
  assert.equal(pk.count("offices", 0), "0 kontorer");
  assert.equal(pk.count("offices", NaN), "\u2013 kontorer");
});
