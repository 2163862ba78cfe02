// Where a reader tries something: in the card of a municipality, in its row, and the bar that is always in view.
(function (pk) {
  const { el, said } = pk;
  let inCard = false; // whether the card shows the controls
  let fitted = 0; // the height that the page leaves room for
  let inRow = null; // whose controls stand below a row
  let allOf = null; // of whom every office is offered, however far away
  const NEAR = 10; // offices that break a rule, offered at first: the nearest
  const ALL = "*";
  const EDGE = 16; // pixels: the shade at the edge of a card that scrolls

  const button = (key, name, attributes, ...more) => el("button", { type: "button", "data-do": name, ...attributes }, said(key), ...more);
  // A control may be gone when its click arrives at the map, which would take it for a click beside the popup.
  function press(control, act) {
    control.addEventListener("click", (event) => { event.stopPropagation(); act(); keepInView(); });
  }

  const small = (text) => el("small", null, " " + text);

  function option(one) {
    const values = { host: pk.members.get(one.id).label, minutes: pk.number(one.minutes), extra: pk.signed(one.extra) };
    const text = one.broken.length ? said("trial.option_broken", { ...values, rules: pk.rulesQuoted(one.broken) }) : said("trial.option", values);
    return el("option", { value: one.id }, text);
  }

  function targets(id, name) {
    const options = pk.trying.options(id).filter((one) => !one.held);
    const group = (key, some) => (some.length ? [el("optgroup", { label: said(key) }, ...some.map(option))] : []);
    const legal = options.filter((one) => !one.broken.length);
    const broken = options.filter((one) => one.broken.length).sort((a, b) => a.minutes - b.minutes);
    const offered = allOf === id ? broken : broken.slice(0, NEAR);
    const more = offered.length < broken.length ? [el("option", { value: ALL }, said("trial.options_all", { n: pk.number(broken.length) }))] : [];
    const select = el("select", { id: name, "data-do": "to", autocomplete: "off" },
      el("option", { value: "" }, said("trial.choose")), ...group("trial.options_legal", legal), ...group("trial.options_broken", offered), ...more);
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

  function change(id, kind, key, possible) {
    if (!possible) return button(key, kind, { disabled: "" });
    const { extra, broken } = pk.trying.cost(id, kind);
    const made = button(key, kind, {}, small(pk.signed(extra)));
    if (broken.length) made.append(el("small", { class: "breaks" }, " " + said("trial.breaks", { rules: pk.rulesQuoted(broken) })));
    press(made, () => pk.trying[kind](id));
    return made;
  }

  // What can be done with one municipality.
  function controls(id, where) {
    const locked = pk.trying.isLocked(id);
    const member = pk.members.get(id);
    const alone = pk.trying.isAlone(id);
    const box = el("div", { class: "try", "data-try": where, role: "group", "aria-label": said("trial.change_of", { name: member.label }) });
    const lock = button(locked ? "trial.unlock" : "trial.lock", "lock", { "aria-pressed": String(locked) });
    press(lock, () => pk.trying.lock(id));
    if (locked) {
      box.append(el("p", { class: "small" }, said("trial.is_locked", { name: member.label })), lock);
      return box;
    }
    const select = targets(id, "try-" + where);
    const move = button("trial.move", "move", {});
    press(move, () => { if (select.value !== "") pk.trying.move(id, select.value); else select.focus(); });
    box.append(
      el("label", { for: select.id }, said("trial.to")),
      el("div", { class: "try-move" }, select, move),
      el("div", { class: "try-rest" },
        change(id, "lead", "trial.lead", !alone && member.host !== id), change(id, "alone", "trial.alone", !alone), lock),
    );
    return box;
  }

  pk.trialCard = function (member) {
    if (!pk.trial || member.host === null || !pk.trying.knows(member.id)) return null;
    const toggle = button("trial.try", "open", { "aria-expanded": String(inCard), class: "try-toggle" });
    press(toggle, () => { inCard = !inCard; pk.keepFocus(pk.redrawCard); });
    return el("div", { "data-try": "card-head" }, toggle, inCard ? controls(member.id, "card") : null);
  };

  // Below the row of an office: whom of it to move, and where.
  function rowEditor(row) {
    const office = pk.offices.get(row.dataset.office);
    const close = button("script.close", "close", {});
    press(close, () => { inRow = null; editRow(); row.querySelector("button.edit").focus(); });
    const who = el("select", { id: "try-who", "data-do": "who", autocomplete: "off" },
      ...office.members.map((id) => el("option", { value: id }, pk.members.get(id).label)));
    who.value = inRow;
    // The choice itself stays: whoever types a name into it goes on typing.
    who.addEventListener("change", () => {
      inRow = who.value;
      box.querySelector('[data-try="row"]').replaceWith(controls(inRow, "row"));
    });
    const top = el("div", { class: "try-who" }, el("label", { for: "try-who" }, said("trial.who")), who, close);
    const box = el("div", { "data-try": "row-head" }, top, controls(inRow, "row"));
    return el("tr", { class: "editor screen-only", role: "row" }, el("td", { colspan: "7", role: "cell" }, box));
  }

  function editRow() {
    for (const old of document.querySelectorAll("tr.editor")) old.remove();
    for (const edit of document.querySelectorAll("button.edit")) edit.setAttribute("aria-expanded", "false");
    if (inRow === null) return;
    const row = document.querySelector(`tr[data-office="${CSS.escape(pk.members.get(inRow).host)}"]`);
    if (row.hidden) return;
    row.querySelector("button.edit").setAttribute("aria-expanded", "true");
    row.after(rowEditor(row));
  }

  function addEdits() {
    for (const row of document.querySelectorAll("tr[data-office]")) {
      if (row.querySelector("button.edit") !== null) continue;
      const name = el("span", { class: "unseen" }, " " + pk.members.get(row.dataset.office).label);
      const edit = el("button", { type: "button", class: "edit screen-only", "aria-expanded": "false", tabindex: "-1" }, said("trial.edit"), name);
      [...row.querySelectorAll("th .members")].pop().append(" ", edit);
    }
  }

  // Controls are made anew after each change; whoever used one goes on where it was.
  pk.keepFocus = function (redraw) {
    const active = document.activeElement;
    const where = active?.closest("[data-try]")?.dataset.try;
    const name = active?.dataset.do;
    const made = redraw();
    if (where === undefined || document.contains(active)) return made;
    const box = document.querySelector(`[data-try="${where}"]`) || document.querySelector('[data-try="card-head"], [data-try="row-head"]');
    const next = box?.querySelector(`[data-do="${name}"]:not([disabled])`) || box?.querySelector("select, button:not([disabled])");
    next?.focus({ preventScroll: true });
    return made;
  };

  pk.refreshControls = function () {
    addEdits();
    editRow();
    pk.redrawCard();
  };

  // Whoever works in the card goes on seeing it: on a phone the bar may have come over it.
  function keepCardInView() {
    const card = fitted > 0 ? document.activeElement?.closest(".leaflet-popup") : null;
    const hidden = card ? card.getBoundingClientRect().bottom - (window.innerHeight - fitted) : 0;
    if (hidden > 0) window.scrollBy({ top: hidden, behavior: "auto" });
  }

  // Where the card scrolls, to what was used last in it.
  function keepInView() {
    keepCardInView();
    const used = document.activeElement;
    const room = used?.closest(".leaflet-popup-content");
    if (!room) return;
    const [inner, outer] = [used, room].map((one) => one.getBoundingClientRect());
    room.scrollTop += Math.max(0, inner.bottom + EDGE - outer.bottom) - Math.max(0, outer.top + EDGE - inner.top);
  }

  // The page leaves room for the bar, so that it hides nothing.
  function fitBar() {
    const height = document.getElementById("trial").offsetHeight;
    if (height === fitted) return;
    fitted = height;
    document.documentElement.style.setProperty("--bar", height + "px");
    pk.map.invalidateSize({ animate: false, pan: false });
    keepInView();
  }

  function save() {
    pk.download(said("trial.file"), "text/csv;charset=utf-8", pk.trying.csv());
    pk.announce(said("trial.saved", { file: said("trial.file") }));
  }

  // The text is shown too: not every viewer lets a page write to the clipboard.
  function copy() {
    const { any, text } = pk.trying.pins();
    if (!any) return;
    const box = document.getElementById("trial-pins-text");
    box.value = text;
    document.getElementById("trial-pins-box").hidden = false;
    box.focus({ preventScroll: true });
    box.select();
    const done = () => pk.announce(said("trial.copied"));
    const not = () => pk.announce(said("trial.not_copied"));
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, not);
    else not();
  }

  const ACTIONS = {
    undo: () => pk.trying.undo(),
    redo: () => pk.trying.redo(),
    reset: () => pk.trying.reset(),
    csv: save,
    pins: copy,
    close: () => { document.getElementById("trial-pins-box").hidden = true; document.getElementById("trial-pins").focus(); },
    see: () => {
      const heading = document.getElementById("trial-changes-heading");
      heading.focus({ preventScroll: true });
      heading.scrollIntoView({ behavior: pk.still ? "auto" : "smooth" });
    },
  };

  function onKey(event) {
    const writing = event.target.closest("input, textarea, select") !== null;
    if (writing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) pk.trying.redo();
    else pk.trying.undo();
  }

  pk.startControls = function () {
    addEdits();
    pk.goesAlong("controls", () => ({ inCard, inRow }), (kept) => {
      ({ inCard } = kept);
      inRow = kept.inRow !== null && pk.members.get(kept.inRow)?.host ? kept.inRow : null;
      pk.refreshControls();
    });
    document.addEventListener("click", (event) => {
      const edit = event.target.closest("button.edit");
      if (edit === null) return;
      const { office } = edit.closest("tr").dataset;
      const open = edit.getAttribute("aria-expanded") === "true";
      inRow = open || !pk.trying.knows(office) ? null : office;
      editRow();
      if (!open) document.querySelector("tr.editor select").focus({ preventScroll: true });
    });
    for (const [name, act] of Object.entries(ACTIONS)) {
      const one = document.getElementById("trial-" + name);
      one.addEventListener("click", () => { if (one.getAttribute("aria-disabled") !== "true") act(); });
    }
    document.addEventListener("keydown", onKey);
    pk.map.on("moveend", keepCardInView);
    // Told once a frame: to ask for the height after each change would lay out the whole page each time.
    new ResizeObserver(fitBar).observe(document.getElementById("trial"), { box: "border-box" });
  };
})(plankontor);
