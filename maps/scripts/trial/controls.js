// Where a reader tries something: in the card of a municipality, in its row, and the bar that is always in view.
import { goesAlong } from "../base/arrangement.js";
import { byId, closest, el, find, findAll, noted, onClick, reveal, seek } from "../base/dom.js";
import { download } from "../base/files.js";
import { number, said, signed } from "../base/format.js";
import { heldFocus } from "../base/keys.js";
import { must, mustGet } from "../base/must.js";
import { municipality, page, source } from "../base/page.js";
import { redrawCard } from "../map/select.js";
import { takeUp } from "./paint.js";
import { copyLink, copyShown, mail, savePage } from "./share.js";
import { announce, rulesQuoted, trying } from "./trial.js";

let inCard = false; // whether the card shows the controls
let fitted = 0; // the height that the page leaves room for
/** Whose controls stand below a row. @type {string | null} */
let inRow = null;
/** Of whom every office is offered, however far away. @type {string | null} */
let allOf = null;
const NEAR = 10; // offices that break a rule, offered at first: the nearest
const ALL = "*";
const EDGE = 16; // pixels: the shade at the edge of a card that scrolls

/** @type {(key: string, name: string, attributes: Record<string, string>, ...more: Content[]) => HTMLButtonElement} */
const button = (key, name, attributes, ...more) => el("button", { type: "button", "data-do": name, ...attributes }, said(key), ...more);
/** A control may be gone when its click arrives at the map, which would take it for a click beside the card. @type {(control: HTMLElement, act: () => void) => void} */
function press(control, act) {
  control.addEventListener("click", (event) => { event.stopPropagation(); act(); keepInView(); });
}

/** @param {Offered} one */
function option(one) {
  const values = { host: municipality(one.id).label, minutes: number(one.minutes), extra: signed(one.extra) };
  const words = one.broken.length ? said("trial.option_broken", { ...values, rules: rulesQuoted(one.broken) }) : said("trial.option", values);
  return el("option", { value: one.id }, words);
}

/** The offices that somebody can go to. @type {(id: string, name: string) => HTMLSelectElement} */
function targets(id, name) {
  const options = trying.options(id).filter((one) => !one.held);
  /** @type {(key: string, some: Offered[]) => HTMLElement[]} */
  const group = (key, some) => (some.length ? [el("optgroup", { label: said(key) }, ...some.map(option))] : []);
  const legal = options.filter((one) => !one.broken.length);
  const broken = options.filter((one) => one.broken.length).sort((a, b) => a.minutes - b.minutes);
  const offered = allOf === id ? broken : broken.slice(0, NEAR);
  const more = offered.length < broken.length ? [el("option", { value: ALL }, said("trial.options_all", { n: number(broken.length) }))] : [];
  const select = el("select", { id: name, "data-do": "to", autocomplete: "off" },
    el("option", { value: "" }, said("trial.choose")), ...group("trial.options_within", legal), ...group("trial.options_broken", offered), ...more);
  select.addEventListener("change", () => {
    if (select.value !== ALL) return;
    allOf = id;
    const whole = targets(id, name);
    whole.value = broken[NEAR].id;
    select.replaceChildren(...whole.childNodes);
    select.value = broken[NEAR].id;
  });
  return select;
}

/** @type {(id: string, kind: "lead" | "alone" | "split", key: string, possible: boolean) => HTMLElement} */
function change(id, kind, key, possible) {
  if (!possible) return button(key, kind, { disabled: "" });
  const { extra, broken } = trying.cost(id, kind);
  const made = button(key, kind, {}, el("small", null, " " + signed(extra)));
  if (broken.length) made.append(el("small", { class: "breaks" }, " " + said("trial.breaks", { rules: rulesQuoted(broken) })));
  press(made, () => trying[kind](id));
  return made;
}

/** What can be done with one municipality. @type {(id: string, where: "card" | "row") => HTMLElement} */
function controls(id, where) {
  const locked = trying.isLocked(id);
  const member = municipality(id);
  const alone = trying.isAlone(id);
  const box = el("div", { class: "try", "data-try": where, role: "group", "aria-label": said("trial.change_of", { name: member.label }) });
  const lock = button(locked ? "trial.unlock" : "trial.lock", "lock", { "aria-pressed": String(locked) });
  press(lock, () => trying.lock(id));
  if (locked) {
    box.append(el("p", { class: "small" }, said("trial.is_locked", { name: member.label })), lock);
    return box;
  }
  const select = targets(id, "try-" + where);
  const move = button("trial.move", "move", {});
  press(move, () => { if (select.value !== "") trying.move(id, select.value); else select.focus(); });
  const paint = button("trial.paint", "paint", { title: said("trial.paint_how") });
  press(paint, () => takeUp(select.value && select.value !== ALL ? select.value : member.host ?? id));
  const all = alone ? null : button("trial.move_all", "move-all", {});
  if (all) press(all, () => { if (select.value !== "") trying.moveAll(id, select.value); else select.focus(); });
  box.append(
    el("label", { for: select.id }, said("trial.to")),
    el("div", { class: "try-move" }, select, move, all, paint),
    el("div", { class: "try-rest" },
      change(id, "lead", "trial.lead", !alone && member.host !== id), change(id, "split", "trial.split", !alone && member.host !== id), change(id, "alone", "trial.alone", !alone), lock),
  );
  return box;
}

/** @param {Member} member */
function trialCard(member) {
  if (member.host === null || !trying.knows(member.id)) return null;
  const toggle = button("trial.try", "open", { "aria-expanded": String(inCard), class: "try-toggle" });
  press(toggle, () => {
    inCard = !inCard;
    const giveBack = heldFocus();
    redrawCard();
    giveBack();
  });
  return el("div", { "data-try": "card-head" }, toggle, inCard ? controls(member.id, "card") : null);
}

/** Below the row of an office: whom of it to move, and where. @type {(row: HTMLElement, chosen: string) => HTMLElement} */
function rowEditor(row, chosen) {
  const office = mustGet(page.offices, noted(row, "office"));
  const close = button("script.close", "close", {});
  press(close, () => { inRow = null; editRow(); find("button.edit", row).focus(); });
  const who = el("select", { id: "try-who", "data-do": "who", autocomplete: "off" },
    ...office.members.map((id) => el("option", { value: id }, municipality(id).label)));
  who.value = chosen;
  // The choice itself stays: whoever types a name into it goes on typing.
  who.addEventListener("change", () => {
    inRow = who.value;
    find('[data-try="row"]', box).replaceWith(controls(who.value, "row"));
  });
  const top = el("div", { class: "try-who" }, el("label", { for: "try-who" }, said("trial.who")), who, close);
  const box = el("div", { "data-try": "row-head" }, top, controls(chosen, "row"));
  return el("tr", { class: "editor screen-only", role: "row" }, el("td", { colspan: String(source.columns.rows.length + 1), role: "cell" }, box));
}

function editRow() {
  for (const old of findAll("tr.editor")) old.remove();
  for (const edit of findAll("button.edit")) edit.setAttribute("aria-expanded", "false");
  if (inRow === null) return;
  const row = find(`tr[data-office="${CSS.escape(municipality(inRow).host ?? "")}"]`);
  if (row.hidden) return;
  find("button.edit", row).setAttribute("aria-expanded", "true");
  row.after(rowEditor(row, inRow));
}

function addEdits() {
  for (const row of findAll("tr[data-office]")) {
    if (seek("button.edit", row) !== null) continue;
    const name = el("span", { class: "unseen" }, " " + municipality(noted(row, "office")).label);
    const edit = el("button", { type: "button", class: "edit screen-only", "aria-expanded": "false", tabindex: "-1" }, said("trial.edit"), name);
    must(findAll("th .members", row).pop(), "the members").append(" ", edit);
  }
}

/** All controls anew. */
export function refreshControls() {
  addEdits();
  editRow();
  redrawCard();
}

/** Whoever works in the card goes on seeing it: on a phone the bar may have come over it. */
function keepCardInView() {
  const card = fitted > 0 ? document.activeElement?.closest("#card") : null;
  const hidden = card ? card.getBoundingClientRect().bottom - (window.innerHeight - fitted) : 0;
  if (hidden > 0) window.scrollBy({ top: hidden, behavior: "auto" });
}

/** Where the card scrolls, to what was used last in it. */
function keepInView() {
  keepCardInView();
  const used = document.activeElement;
  const room = used?.closest("#card");
  if (!used || !room) return;
  const [inner, outer] = [used.getBoundingClientRect(), room.getBoundingClientRect()];
  room.scrollTop += Math.max(0, inner.bottom + EDGE - outer.bottom) - Math.max(0, outer.top + EDGE - inner.top);
}

/** The page leaves room for the bar, so that it hides nothing. */
function fitBar() {
  const height = byId("trial").offsetHeight;
  if (height === fitted) return;
  fitted = height;
  document.documentElement.style.setProperty("--bar", height + "px");
  page.map.invalidateSize({ animate: false, pan: false });
  keepInView();
}

function save() {
  download(said("trial.file"), "text/csv;charset=utf-8", trying.csv());
  announce(said("trial.saved", { file: said("trial.file") }));
}

function copy() {
  const { any, text } = trying.pins();
  if (any) copyShown(text, said("trial.pins_label"), said("trial.copied"), said("trial.not_copied"));
}

const ACTIONS = {
  undo: () => trying.undo(),
  redo: () => trying.redo(),
  reset: () => trying.reset(),
  csv: save,
  pins: copy,
  link: copyLink,
  mail,
  page: savePage,
  close: () => { byId("trial-pins-box").hidden = true; find("#trial-more summary").focus(); },
  see: () => {
    const heading = byId("trial-changes-heading");
    heading.focus({ preventScroll: true });
    reveal(heading);
  },
};

/** @param {KeyboardEvent} event */
function onKey(event) {
  const writing = closest(event, "input, textarea, select") !== null;
  if (writing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) trying.redo();
  else trying.undo();
}

const foldMenu = () => { /** @type {HTMLDetailsElement} */ (byId("trial-more")).open = false; };

/** Where something can be tried: in cards, rows and the bar. */
export function startControls() {
  page.inCard.trial = trialCard;
  addEdits();
  goesAlong("controls", () => ({ inCard, inRow }), (kept) => {
    ({ inCard } = kept);
    inRow = kept.inRow !== null && page.members.get(kept.inRow)?.host ? kept.inRow : null;
    refreshControls();
  });
  onClick("button.edit", (edit) => {
    const office = noted(must(edit.closest("tr"), "the row"), "office");
    const open = edit.getAttribute("aria-expanded") === "true";
    inRow = open || !trying.knows(office) ? null : office;
    editRow();
    if (!open) find("tr.editor select").focus({ preventScroll: true });
  });
  for (const [name, act] of Object.entries(ACTIONS)) {
    const one = byId("trial-" + name);
    one.addEventListener("click", () => {
      if (one.getAttribute("aria-disabled") === "true") return;
      foldMenu();
      act();
    });
  }
  document.addEventListener("keydown", onKey);
  byId("trial-more").addEventListener("keydown", (event) => { if (event.key === "Escape") { foldMenu(); find("#trial-more summary").focus(); } });
  document.addEventListener("click", (event) => { if (closest(event, "#trial-more") === null) foldMenu(); });
  page.map.on("moveend", keepCardInView);
  // Told once a frame: to ask for the height after each change would lay out the whole page each time.
  new ResizeObserver(fitBar).observe(byId("trial"), { box: "border-box" });
}
