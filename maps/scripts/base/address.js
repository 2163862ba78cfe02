// The address keeps the choice: "#5540" for a municipality, "#fylke=55" for a setting, "#5540&fylke=55" for both. It may
// name a section, which the page opens at: "#money-heading".
// With it goes the arrangement, so that whoever loads the page again goes on where it was.
import { arrangement } from "./arrangement.js";
import { byId, el } from "./dom.js";
import { text } from "./format.js";
import { page, source } from "./page.js";

/** The address; of a page that was saved with changes, and is opened without any, what it was saved with. */
const writtenIn = () => (location.hash.length > 1 ? location.hash : /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="opens-at"]'))?.content ?? "");

/** What the address asks for: who is chosen, which section, what of it is not known, and the settings. */
export function readAddress() {
  const parts = writtenIn().slice(1).split("&");
  const settings = new Map(parts.filter((part) => part.includes("=")).map((part) => /** @type {[string, string]} */ (part.split("="))));
  const named = parts.filter((part) => part !== "" && !part.includes("="));
  const id = named.find((name) => page.members.has(name)) ?? null;
  const section = named.find((name) => document.getElementById(name) !== null) ?? null;
  const unknown = named.find((name) => name !== id && name !== section) ?? null;
  return { id, section, unknown, settings };
}

const { id, section, settings } = readAddress();
const kept = { id, section, settings };
let due = false;

/** Write a choice, section or settings into the address; an empty setting goes. @param {{ id?: string | null, section?: string, settings?: Record<string, string | number> }} change */
export function keepInAddress(change) {
  if (change.id !== undefined) kept.id = change.id;
  if (change.section !== undefined) kept.section = change.section;
  for (const [name, value] of Object.entries(change.settings || {})) {
    if (value === "") kept.settings.delete(name);
    else kept.settings.set(name, String(value));
  }
  if (!due) queueMicrotask(write);
  due = true;
}

/** An address with a slip in it opens the page all the same, and says so. @type {(key: string, written: string) => void} */
export function notFound(key, written) {
  let value = written;
  try {
    value = decodeURIComponent(written);
  } catch (error) {
    // Not every text with a percent sign is an encoded one.
  }
  byId("address-note").append(el("span", null, text(key, { value: value.slice(0, 40) })), " ");
}

/** The county that an address asks for, if the page knows it. @param {Settings} asked */
export function countyIn(asked) {
  const county = asked.get("fylke") || "";
  if (county === "" || Object.hasOwn(source.counties, county)) return county;
  notFound("no_county", county);
  return "";
}

/** Once for all that changes together: browsers slow down, or refuse, who writes the address too often. */
function write() {
  due = false;
  const parts = [...[kept.id, kept.section].filter((name) => name !== null), ...[...kept.settings].map(([name, value]) => name + "=" + value)];
  const address = location.href.split("#")[0];
  try {
    history.replaceState({ arrangement: arrangement() }, "", parts.length ? address + "#" + parts.join("&") : address);
  } catch (error) {
    // Some viewers show the page from memory, where it has no address.
  }
}
