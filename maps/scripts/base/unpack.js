"use strict";
// Before anything of the page is read: the address may ask for it in another language, which is packed above.
(async function () {
  const parts = () => location.hash.slice(1).split("&");
  const wanted = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("script.translation")]).find((pack) => parts().includes("lang=" + pack.dataset.language));
  if (wanted === undefined || !("DecompressionStream" in window)) return;
  // eslint-disable-next-line no-restricted-properties -- markup of this page goes into the other as it is
  const carried = [...document.querySelectorAll("script.carried")].map((one) => one.outerHTML).join("\n");
  document.write("<template>"); // holds the rest of this page, which is neither shown nor run
  const read = new Promise((resolve) => { document.addEventListener("DOMContentLoaded", resolve); });
  try {
    const packed = Uint8Array.from(atob(wanted.textContent), (letter) => letter.charCodeAt(0));
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const pieces = /** @type {(string | [number, number, number])[]} */ (await new Response(unpacked).json());
    await read;
    // What the two pages have in common is taken from this one.
    const held = /** @type {HTMLTemplateElement} */ (document.querySelector("template")).content;
    const lines = [...held.querySelectorAll("script, style")].map((code) => code.textContent.split(/(?<=\n)/));
    const page = pieces.map((piece) => typeof piece === "string" ? piece : lines[piece[0]].slice(piece[1], piece[2]).join(""));
    document.open();
    document.write(page.join("").replace("</title>", () => "</title>\n" + carried));
    document.close();
  } catch (error) {
    // A file that was damaged on its way: rather this page than none.
    console.error(error);
    location.hash = parts().filter((part) => !part.startsWith("lang=")).join("&");
    location.reload();
  }
})();
