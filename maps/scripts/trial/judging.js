// The one judge of the page, made when first needed: most readers only read.
import { makeJudge } from "./judge.js";
import { theTrial } from "../base/page.js";

/** @type {Judge | null} */
let judge = null;

/** The judge of the problem that the page carries. */
export function theJudge() {
  if (judge === null) judge = makeJudge(theTrial().judge);
  return judge;
}
