// Drawing that would hold the page up, in slices: between two of them the reader is answered. A slice ends where a generator yields.
import { findAll } from "./dom.js";

const LONGEST = 16; // milliseconds after which the page has its turn

/** What is drawn in slices now. @type {Iterator<void> | null} */
let underWay = null;

/** What is not drawn yet is pale, and said to be at work. @param {Iterator<void> | null} work */
function mark(work) {
  if (work === underWay) return;
  underWay = work;
  for (const part of findAll(".intro, .map-frame, .rest > section:not(.best)")) part.setAttribute("aria-busy", String(work !== null));
}

/** Until the page has had its turn. @returns {Promise<void>} */
const breath = () => new Promise((go) => { setTimeout(go); });

/** @param {Iterator<void>} work */
function run(work) {
  while (!work.next().done);
}

/** Finish what is under way: paper, for one, waits for no slices. */
export function finish() {
  if (underWay !== null) run(underWay);
  mark(null);
}

/** What is under way is of no use any more. */
export const drop = () => mark(null);

/** Draw all of it now, after what is under way. @param {Iterator<void>} work */
export function drawAll(work) {
  finish();
  run(work);
}

/** Draw all of it in slices; false if something else took its place meanwhile. @type {(work: Iterator<void>) => Promise<boolean>} */
export async function drawInSlices(work) {
  mark(work);
  for (let begun = performance.now(), done = false; !done; done = Boolean(work.next().done)) {
    if (performance.now() - begun < LONGEST) continue;
    await breath();
    if (underWay !== work) return false;
    begun = performance.now();
  }
  mark(null);
  return true;
}
