// Hand out a file that the page carries; nothing is fetched.
import { el } from "./dom.js";

/** @type {(name: string, type: string, content: BlobPart) => void} */
export function download(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
