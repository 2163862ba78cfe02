// The same page in other languages: they are packed in this file, and the address opens them.
import { arrangement } from "./arrangement.js";
import { byId } from "./dom.js";

const parts = () => location.hash.slice(1).split("&").filter((part) => part !== "");
const language = () => parts().find((part) => part.startsWith("lang="));
const opened = language();
const links = byId("languages");

links.hidden = !("DecompressionStream" in window);
links.addEventListener("click", (event) => {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a"));
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.hash = [...parts().filter((part) => !part.startsWith("lang=")), "lang=" + link.hreflang].join("&");
});
// An address written over this one opens like one from a mail; to another language all goes along.
window.addEventListener("hashchange", () => {
  history.replaceState(language() === opened ? null : { arrangement: arrangement() }, "");
  location.reload();
});
