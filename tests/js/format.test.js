import assert from "node:assert/strict";
import { test } from "node:test";
import { load, open } from "./page.js";

open({ texts: { "kroner.kr": "{n} kr", "kroner.millions": "{n} mill. kr", "count.offices_one": "{n} kontor", "count.offices_many": "{n} kontorer" } });
const { count, kroner, millions, number, signed } = await load("base/format");

test("numbers are written as Norwegians write them", () => {
  assert.equal(number(1234567.891, 2), "1\u202f234\u202f567,89");
  assert.equal(number(-3.26, 1), "\u22123,3");
  assert.equal(number(-0.01, 1), "0,0");
});

test("what is no number is a dash", () => {
  assert.deepEqual([null, NaN, Infinity].map((value) => number(value)), ["\u2013", "\u2013", "\u2013"]);
});

test("a sign stands where there is something", () => {
  assert.deepEqual([2, 0.04, 0, -2, NaN].map((value) => signed(value)), ["+2,0", "0,0", "0,0", "\u22122,0", "\u2013"]);
});

test("one of a thing has its own form", () => {
  assert.equal(count("offices", 1), "1 kontor");
  assert.equal(count("offices", 0), "0 kontorer");
  assert.equal(count("offices", NaN), "\u2013 kontorer");
});

test("kroner are whole, and millions have one decimal", () => {
  assert.equal(kroner(1234567.5), "1\u202f234\u202f568 kr");
  assert.equal(millions(857872000), "857,9 mill. kr");
  assert.equal(kroner(null), "\u2013 kr");
});
