// A sheet of one office or municipality, opened and printed from the page itself: a map, the answer, all figures.
import { el, findAll } from "../base/dom.js";
import { text } from "../base/format.js";
import { municipality, page } from "../base/page.js";
import { card, officeOf } from "../map/cards.js";
import { paperMap } from "./print.js";
import { forget, smallMap } from "./small.js";

/** What stands on the sheet. @param {string} id */
function sheet(id) {
  const member = municipality(id);
  const office = officeOf(member);
  const ids = office === null ? [id] : office.members;
  const others = ids.filter((one) => one !== id);
  const cards = [id, ...others].map((one) => card(municipality(one)));
  const map = smallMap(ids, page.offices, (one) => municipality(one).host, (host) => municipality(host).label);
  const leave = el("button", { type: "button", class: "act screen-only" }, text("close"));
  const print = el("button", { type: "button", class: "act screen-only" }, text("print"));
  const box = el("dialog", { id: "paper-sheet", "aria-label": member.label }, el("p", { class: "buttons screen-only" }, print, " ", leave),
    el("p", { class: "eyebrow" }, document.title), el("h1", null, member.label), paperMap(member.label, map), ...cards);
  for (const part of findAll("details", box)) /** @type {HTMLDetailsElement} */ (part).open = true;
  for (const part of findAll(".card .act, .try, [data-try], .ways, select", box)) part.remove();
  for (const part of findAll(".card", box)) part.removeAttribute("tabindex");
  print.addEventListener("click", () => window.print());
  leave.addEventListener("click", () => box.close());
  return box;
}

/** Open the sheet of a municipality and its office; on paper it stands alone, as long as it is. @param {string} id */
export function openSheet(id) {
  const box = sheet(id);
  const flat = () => { box.close(); box.show(); };
  const above = () => { box.close(); box.showModal(); };
  let printing = false;
  const before = () => { printing = true; flat(); };
  const after = () => { above(); printing = false; };
  document.body.append(box);
  document.body.classList.add("printing-sheet");
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  box.addEventListener("close", () => {
    if (printing || box.open) return; // it only changes how it stands
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
    document.body.classList.remove("printing-sheet");
    box.remove();
    forget();
  });
  box.showModal();
}

/** Whoever takes part has it in its card, standing alone or not. */
export const startSheets = () => { page.inCard.acts.push([text("sheet"), openSheet, text("sheet_alone")]); };
