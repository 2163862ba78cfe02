// Start the worker that the page carries, ask it, stop it, and give its memory back when nobody asks any more.
import { byId } from "../base/dom.js";
import { theTrial } from "../base/page.js";

const IDLE = 60000; // milliseconds without a question after which the worker is ended
/** What the page carries cannot be started. */
export const DAMAGED = "damaged";
const NOT_YET = () => {};

/** The worker, once it is ready. @type {Promise<Worker> | null} */
let running = null;
/** The worker as soon as there is one, ready or not. @type {Worker | null} */
let made = null;
let ends = 0; // how many times a worker was ended, or its start given up
/** The question that is worked on: how it ends, and what is known so far. @type {{ id: number, end: (ended: Ended) => void, tell: (progress: Progress) => void, last: Progress | null } | null} */
let open = null;
let asked = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let idle;

/** Whether this browser can solve what the page carries. */
export const canSolve = () => document.getElementById("solver-wasm") !== null && typeof WebAssembly === "object" && typeof Worker === "function" && "DecompressionStream" in window;

/** What the page carries under an id, unpacked. @param {string} id */
export async function carried(id) {
  const packed = Uint8Array.from(atob(byId(id).textContent ?? ""), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).blob();
}

/** @param {Ended} ended */
function finish(ended) {
  const { end } = open ?? { end: NOT_YET };
  open = null;
  clearTimeout(idle);
  idle = setTimeout(release, IDLE);
  end(ended);
}

/** End the worker, with all the memory that it has. */
export function release() {
  ends += 1;
  made?.terminate();
  made = null;
  running = null;
}

async function start() {
  const before = ends;
  const script = await carried("solver-worker");
  if (ends !== before) throw new Error("given up while it was unpacked");
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(address);
  made = worker;
  /** @type {Promise<Worker>} */
  const ready = new Promise((resolve, reject) => {
    worker.onerror = (event) => {
      reject(new Error(event.message));
      release();
      finish({ kind: "failed", why: event.message });
    };
    worker.onmessage = ({ data }) => {
      const message = /** @type {FromWorker} */ (data);
      if (message.kind === "ready") resolve(worker);
      else if (message.kind === "failed") {
        reject(new Error(message.why));
        release();
        finish({ kind: "failed", why: message.id === 0 ? DAMAGED : message.why });
      } else if (open !== null && message.id === open.id) {
        if (message.kind === "progress") open.tell(open.last = message);
        else finish(message);
      }
    };
  });
  worker.postMessage({ kind: "start", wasm: byId("solver-wasm").textContent, base: theTrial().judge });
  URL.revokeObjectURL(address);
  return ready;
}

/** Start it before the first question, with what that will be about; what goes wrong is told when somebody asks. @type {(wishes: Wishes, most: number) => Promise<void>} */
export async function warm(wishes, most) {
  if (running !== null) return;
  clearTimeout(idle);
  idle = setTimeout(release, IDLE);
  try {
    running = start();
    (await running).postMessage({ kind: "list", wishes, most });
  } catch {
    release();
  }
}

/** Ask for the best plan; while one question is worked on there is no other.
 * @type {(question: Omit<Extract<ToWorker, { id: number }>, "id">, tell: (progress: Progress) => void) => Promise<Ended>} */
export function ask(question, tell) {
  asked += 1;
  const id = asked;
  clearTimeout(idle);
  return new Promise((end) => {
    open = { id, end, tell, last: null };
    const go = async () => {
      const worker = await (running ??= start());
      if (open?.id === id) worker.postMessage({ id, ...question });
    };
    go().catch(() => {
      if (open?.id !== id) return;
      release();
      finish({ kind: "failed", why: DAMAGED });
    });
  });
}

/** Stop what is worked on, with what is known so far. */
export function stop() {
  if (open === null) return;
  const { last } = open;
  release();
  finish({ kind: "stopped", progress: last });
}
