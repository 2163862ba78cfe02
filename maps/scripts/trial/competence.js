// The section Fag for another grouping: which disciplines each office covers, as optimizer.judging.disciplines counts.
import { el, find, findAll, noted } from "../base/dom.js";
import { number, said, text } from "../base/format.js";
import { must } from "../base/must.js";
import { municipality, page } from "../base/page.js";

const TOLERANCE = 1e-6;
const MARKS = { covered: "\u25cf", one_person: "\u25d0", not: "\u25cb" }; // as maps.told.people.discipline_words.MARKS
/** The grid of the plan, while another is shown. @type {HTMLElement[] | null} */
let ofPlan = null;

/** What one more post would cover: as many as it has room for, the smallest gaps first. @type {(found: Coverage[], threshold: number) => number[]} */
export function oneMorePost(found, threshold) {
  const gaps = found.flatMap(({ cover, fte, known, needing }, d) => (cover === "not" && needing.length ? [{ d, gap: known ? threshold : threshold - fte }] : []));
  let left = 1;
  return gaps.sort((a, b) => a.gap - b.gap).flatMap(({ d, gap }) => {
    if (gap > left + TOLERANCE) return [];
    left -= gap;
    return [d];
  });
}

/** Names as a list in words. @param {string[]} names */
const listed = (names) => (names.length < 2 ? names.join("") : said("list.and", { first: names.slice(0, -1).join(", "), last: names.at(-1) }));

/** A row of the grid. @type {(judge: Judge, titles: Map<number, string>, office: Office) => HTMLElement} */
function row(judge, titles, office) {
  const { threshold, table } = must(judge.data.disciplines, "the disciplines");
  const members = office.members.map((id) => judge.ids.indexOf(id));
  const found = judge.coverage(members);
  const estimated = members.some((i) => !(i in table));
  const cells = [...titles.keys()].map((d) => {
    const { cover, needing } = found[d];
    if (!needing.length) return el("td");
    const plain = said("disciplines." + cover);
    const told = estimated ? said("disciplines.estimated", { cover: plain }) : plain;
    return el("td", null, el("span", { "aria-hidden": "true", title: told }, MARKS[cover]), el("span", { class: "unseen" }, told));
  });
  const more = listed(oneMorePost(found, threshold).map((d) => must(titles.get(d), "the discipline"))) || said("disciplines.nothing");
  return el("tr", { "data-ids": office.members.join(" ") },
    el("th", { scope: "row" }, el("button", { type: "button", class: "quiet-button", "data-select": office.id }, municipality(office.id).label),
      ...(estimated ? [" ", el("span", { class: "estimate" }, text("estimate"))] : [])),
    ...cells, el("td", null, more));
}

/** Fill the section for what is shown, the plan or another grouping. @type {(judge: Judge, changed: boolean) => void} */
export function drawCompetence(judge, changed) {
  const known = judge.data.disciplines;
  const [grid] = findAll("table.competence");
  if (!known || !grid || (!changed && ofPlan === null)) return;
  const body = find("tbody", grid);
  ofPlan ??= /** @type {HTMLElement[]} */ ([...body.children]);
  const titles = new Map(findAll("th[data-discipline]", grid).map((th) => [known.names.indexOf(noted(th, "discipline")), (th.textContent ?? "").trim()]));
  const offices = [...page.offices.values()];
  body.replaceChildren(...(changed ? offices.map((office) => row(judge, titles, office)) : ofPlan));
  if (!changed) ofPlan = null;
  const lacked = offices.map(({ members }) => judge.lacked(members.map((id) => judge.ids.indexOf(id))));
  let all = 0;
  for (const line of findAll("tr[data-discipline]")) {
    const without = lacked.reduce((sum, one) => sum + one[known.names.indexOf(noted(line, "discipline"))].length, 0);
    find(".shared", line).textContent = number(Number(noted(line, "needed")) - without);
    all += without;
  }
  const first = find("#competence-sum");
  const { alone, of, threshold } = first.dataset;
  first.textContent = said(changed ? "disciplines.headline_trial" : "disciplines.headline", { alone, of, threshold, shared: number(all) });
}
