// The worker of the page: starts HiGHS from what the page hands over, and answers what it is asked, one question after another.
import { answer, makeReady, ranges } from "./answers.js";

/* global Module -- the vendored loader, which stands above this script in the worker */
/** @type {Highs | null} */
let highs = null;
/** What the page is about. @type {JudgeData | null} */
let base = null;

/** What a page packed: base64 of gzip. @param {string} text */
async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** @type {(message: FromWorker) => void} */
const post = (message) => postMessage(message);

/** @param {ToWorker} asked */
async function act(asked) {
  if (asked.kind === "start") {
    base = asked.base;
    const binary = await unpacked(asked.wasm);
    highs = await new Promise((resolve, reject) => {
      /** Its loader would fetch a file. @type {HighsLoader["instantiateWasm"]} */
      const instantiateWasm = (imports, receive) => { WebAssembly.instantiate(binary, imports).then(({ instance }) => receive(instance), reject); };
      Module({ instantiateWasm, printErr: () => {} }).then(resolve, reject);
    });
    post({ kind: "ready" });
  } else if (base !== null && asked.kind === "list") {
    makeReady(base, asked.wishes, asked.most);
  } else if (highs !== null && base !== null && asked.kind !== "list") {
    const { id, wishes, plans, most } = asked;
    const found = asked.kind === "ranges" ? ranges(highs, base, wishes, most)
      : answer(highs, base, wishes, plans, most, (progress) => post({ kind: "progress", id, ...progress }));
    post({ id, ...found });
  }
}

onmessage = ({ data }) => {
  act(data).catch((error) => post({ kind: "failed", id: data.id ?? 0, why: String(error) }));
};
