"use strict";
// Before anything of the page is read: the address may ask for it in another language, which is packed above.
(async function () {
  const parts = () => location.hash.slice(1).split("&");
  const wanted = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("script.translation")]).find((pack) => parts().includes("lang=" + pack.dataset.language));
  if (wanted === undefined || !("DecompressionStream" in window)) return;
  document.write("<template>"); // holds the rest of this page, which is neither shown nor run
  const read = new Promise((resolve) => { document.addEventListener("DOMContentLoaded", resolve); });
  try {
    const packed = Uint8Array.from(atob(wanted.textContent), (letter) => letter.charCodeAt(0));
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const page = await new Response(unpacked).text();
    await read;
    document.open();
    document.write(page);
    document.close();
  } catch (error) {
    // A file that was damaged on its way: rather this page than none.
    console.error(error);
    location.hash = parts().filter((part) => !part.startsWith("lang=")).join("&");
    location.reload();
  }
})();
