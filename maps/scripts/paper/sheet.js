// A sheet of one office or municipality, printed from the page itself: a map, the answer, all figures.
import { el, findAll } from "../base/dom.js";
import { text } from "../base/format.js";
import { municipality, page } from "../base/page.js";
import { card, officeOf } from "../map/cards.js";
import { paperMap } from "./print.js";
import { smallMap } from "./small.js";

/** What stands on the sheet. @param {string} id */
function sheet(id) {
  const member = municipality(id);
  const office = officeOf(member);
  const ids = office === null ? [id] : office.members;
  const others = ids.filter((one) => one !== id);
  const cards = [id, ...others].map((one) => card(municipality(one)));
  const map = smallMap(ids, page.offices, (one) => municipality(one).host, (host) => municipality(host).label);
  const box = el("section", { id: "paper-sheet", class: "paper-only" },
    el("p", { class: "eyebrow" }, document.title), el("h1", null, member.label), paperMap(member.label, map), ...cards);
  for (const part of findAll("details", box)) /** @type {HTMLDetailsElement} */ (part).open = true;
  for (const part of findAll(".act, .try, [data-try], .ways, select", box)) part.remove();
  return box;
}

/** Print the sheet of a municipality and its office. @param {string} id */
export function printSheet(id) {
  const box = sheet(id);
  document.body.append(box);
  document.body.classList.add("printing-sheet");
  window.addEventListener("afterprint", () => {
    document.body.classList.remove("printing-sheet");
    box.remove();
  }, { once: true });
  window.print();
}

/** Every shared office has it in its card. */
export const startSheets = () => { page.inCard.acts.push([text("print_sheet"), printSheet]); };
