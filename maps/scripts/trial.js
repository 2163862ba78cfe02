// Try another grouping in the page: what is tried, undo and redo, the address, and what is said of it.
(function (pk) {
  const { el, said } = pk;
  const trial = pk.source.trial;
  const unknown = trial === null ? [] : pk.unknownToJudge(trial.judge);
  pk.trial = unknown.length ? null : trial;
  let judge = null; // made when first needed: most readers only read
  let moves = null;
  let plan = null;
  let steps = []; // of the history; each is { hostOf, locks, what }
  let at = 0;

  const now = () => steps[at];
  const label = (i) => pk.members.get(judge.ids[i]).label;
  const same = (a, b) => a.every((host, i) => host === b[i]);
  const changes = (hostOf) => hostOf.flatMap((host, i) => (host === plan.hostOf[i] ? [] : [i]));
  const byId = (id) => document.getElementById(id);

  function prepare() {
    if (judge !== null) return;
    judge = pk.makeJudge(trial.judge);
    moves = pk.makeMoves(judge);
    const index = new Map(judge.ids.map((id, i) => [id, i]));
    const hostOf = judge.ids.map((id) => index.get(pk.members.get(id).host));
    plan = {
      index,
      hostOf,
      found: judge.evaluate(hostOf),
      members: new Map([...pk.members].map(([id, member]) => [id, { ...member }])),
      offices: new Map(pk.offices),
      colours: new Map([...pk.offices.values()].filter((office) => office.colour >= 0).map((office) => [index.get(office.id), office.colour])),
    };
    steps = [{ hostOf, locks: new Set(), what: "" }];
  }

  // One run may end with two plans: with more time, or another beginning.
  const origin = () => `${trial.run}-${trial.plan}`;

  // What is tried, for the address: "0123abcd-4567cdef,5540.5536": run and plan, then each municipality with its other host.
  function address() {
    const { hostOf, locks } = now();
    const moved = changes(hostOf).map((i) => `${judge.ids[i]}.${judge.ids[hostOf[i]]}`);
    return {
      flytt: moved.length || locks.size ? [origin(), ...moved].join() : "",
      las: [...locks].sort((a, b) => a - b).map((i) => judge.ids[i]).join(),
    };
  }

  // The plan with other hosts for some: pairs of positions.
  function withMoved(pairs) {
    const hostOf = plan.hostOf.slice();
    for (const [i, host] of pairs) hostOf[i] = host;
    return hostOf;
  }

  function fromAddress(settings) {
    const [run, ...moved] = (settings.get("flytt") || "").split(",");
    const locked = (settings.get("las") || "").split(",").filter(Boolean);
    if (run === "" && !locked.length) return null;
    const { index } = plan;
    const pairs = moved.map((pair) => pair.split(".").map((id) => index.get(id)));
    const hostOf = withMoved(pairs.filter(([i]) => i !== undefined));
    if (run !== origin()) return "trial.foreign";
    const whole = pairs.flat().every((i) => i !== undefined) && pairs.every((pair) => pair.length === 2);
    if (!whole || !hostOf.every((host) => hostOf[host] === host) || !locked.every((id) => index.has(id))) return "trial.unreadable";
    return { hostOf, locks: new Set(locked.map((id) => index.get(id))), what: "" };
  }

  function officeName(hostOf, i) {
    return hostOf.filter((host) => host === hostOf[i]).length > 1 ? said("script.office", { host: label(hostOf[i]) }) : said("script.alone");
  }
  pk.officeName = officeName;

  // Beside the plan: how many minutes more or less, and how far from what is proved.
  function distance(found) {
    if (!Number.isFinite(found.objective)) return said("trial.no_sum");
    const more = found.objective - plan.found.objective;
    const than = said(trial.status === "optimal" ? "trial.than_best" : "trial.than_plan");
    const form = Math.abs(more) < 0.05 ? "trial.same" : more > 0 ? "trial.more" : "trial.less";
    const first = said(form, { n: pk.number(Math.abs(more), 1), than });
    if (trial.status !== "feasible" || trial.bound === null || found.breaches.length) return first;
    return first + said("trial.most", { n: pk.number(Math.max(0, found.objective - trial.bound), 1) });
  }

  pk.rulesQuoted = (rules) => rules.map((rule) => said("trial.quoted", { rule: said(`rule.${rule}.title`) })).join(", ");

  function rulesSaid(found) {
    const broken = Object.keys(found.rules).filter((rule) => found.rules[rule] === "broken");
    if (!broken.length) return said("trial.legal");
    const rules = said(broken.length === 1 ? "count.rules_one" : "count.rules_many", { n: pk.number(broken.length) });
    return said("trial.broken", { rules, names: pk.rulesQuoted(broken) });
  }

  const total = (found) => (Number.isFinite(found.objective) ? pk.number(found.objective, 1) : "\u2013");
  const head = new Map();

  function writeHead(changed, found) {
    const status = byId("status");
    const block = status.closest(".status");
    if (!head.size) for (const [element, text] of [[status, status.textContent], [block.querySelector("span"), block.querySelector("span").textContent]]) head.set(element, text);
    if (!block.dataset.plain) block.dataset.plain = block.className;
    block.className = changed ? "status status-trial" : block.dataset.plain;
    const [first, second] = [...head.keys()];
    first.textContent = changed ? said("trial.headline", { distance: distance(found) }) : head.get(first);
    second.textContent = changed ? said("trial.headline_why", { rules: rulesSaid(found) }) : head.get(second);
    for (const note of document.querySelectorAll(".of-plan")) note.hidden = !changed;
    for (const part of document.querySelectorAll(".plan-only")) part.hidden = changed;
    const counts = byId("verdict-counts");
    if (!head.has(counts)) head.set(counts, counts.textContent);
    counts.textContent = changed ? pk.fillVerdicts(judge, found) : head.get(counts);
  }

  // As the table of costs calls it, with its word on estimates.
  const heading = (row) => pk.wholePlan(document.querySelector(`table.terms ${row} th`));

  function writeChanges(hostOf, found) {
    const moved = changes(hostOf);
    const item = (i) => el("li", null,
      el("button", { type: "button", class: "quiet-button", "data-zoom": judge.ids[i] }, label(i)),
      " ", el("span", null, said("trial.from_to", { from: officeName(plan.hostOf, i), to: officeName(hostOf, i) })));
    byId("trial-changes").hidden = !moved.length;
    byId("trial-moved").replaceChildren(...moved.map(item));
    const rows = Object.entries(found.terms).filter(([name]) => judge.weights[name]).map(([name, term]) =>
      termRow(heading(`tr[data-term="${name}"]`), plan.found.terms[name].minutes, term.minutes));
    byId("trial-terms").replaceChildren(...rows, termRow(heading("tfoot tr"), plan.found.objective, found.objective));
  }

  function signed(value) {
    if (!Number.isFinite(value)) return "\u2013";
    const text = pk.number(value, 1);
    return value > 0 && Number(value.toFixed(1)) !== 0 ? "+" + text : text;
  }
  pk.signed = signed;

  function termRow(name, before, after) {
    const number = (value) => el("td", { class: "num" }, Number.isFinite(value) ? pk.number(value, 1) : "\u2013");
    return el("tr", null, el("th", { scope: "row" }, name), number(before), number(after), el("td", { class: "num" }, signed(after - before)));
  }

  function writeBar(changed, found) {
    const { hostOf, locks } = now();
    const shown = changed || locks.size > 0 || steps.length > 1;
    byId("trial-body").hidden = !shown;
    byId("trial-total").textContent = total(found);
    byId("trial-distance").textContent = distance(found);
    byId("trial-rules").textContent = rulesSaid(found);
    byId("trial-rules").classList.toggle("broken", found.breaches.length > 0);
    byId("trial-count").textContent = said("trial.count", { moved: pk.number(changes(hostOf).length), locked: pk.number(locks.size) });
    const can = { undo: at > 0, redo: at < steps.length - 1, reset: changed || locks.size > 0, see: changed, pins: changed || locks.size > 0 };
    for (const [name, possible] of Object.entries(can)) byId("trial-" + name).setAttribute("aria-disabled", String(!possible));
    document.documentElement.classList.toggle("trying", shown);
  }

  // Everything that the page says follows from what is tried.
  function draw() {
    const { hostOf } = now();
    const changed = !same(hostOf, plan.hostOf);
    const found = changed ? judge.evaluate(hostOf) : plan.found;
    pk.trialOn = changed;
    if (changed) {
      const shared = found.offices.filter((row) => row.members.length > 1).map((row) => row.host);
      pk.fillRows(trial, judge, hostOf, found, pk.colourOffices(trial.near, hostOf, shared, plan.colours));
      pk.fillTables(judge, hostOf, found);
    } else {
      for (const [id, member] of plan.members) Object.assign(pk.members.get(id), member);
      pk.offices.clear();
      for (const [id, office] of plan.offices) pk.offices.set(id, office);
      pk.restoreRows();
    }
    writeHead(changed, found);
    writeChanges(hostOf, found);
    writeBar(changed, found);
    pk.repaintMap(changed);
    pk.refilter();
    pk.refreshControls();
    pk.markPlans();
    pk.keepInAddress({ settings: address() });
    return found;
  }

  const render = () => pk.keepFocus(draw);

  // What the bar shows beside it is only read aloud.
  pk.announce = function (text, aloud) {
    byId("trial-status").replaceChildren(text, aloud ? el("span", { class: "unseen" }, " " + aloud) : "");
  };

  function sayAll(what, found) {
    pk.announce(what, said("trial.said", { total: total(found), distance: distance(found), rules: rulesSaid(found) }));
  }

  function step(next) {
    steps = [...steps.slice(0, at + 1), next];
    at = steps.length - 1;
    const found = render();
    sayAll(next.what, found);
  }

  function go(to, what) {
    if (to < 0 || to >= steps.length) return;
    at = to;
    sayAll(what, render());
  }

  // The first of the locked whom this would give another host.
  const heldBack = (next) => [...now().locks].find((i) => next[i] !== now().hostOf[i]);

  function tell(next, i, kind) {
    const { hostOf } = now();
    const rest = moves.membersOf(hostOf, hostOf[i]).filter((j) => j !== i);
    const form = kind === "alone" ? "trial.now_alone" : kind === "lead" ? "trial.now_host" : "trial.now_moved";
    const first = said(form, { name: label(i), office: officeName(next, i) });
    if (kind === "lead" || hostOf[i] !== i || !rest.length) return first;
    const left = said(rest.length === 1 ? "trial.left_alone" : "trial.left_host", { name: label(next[rest[0]]) });
    return first + " " + left;
  }

  function change(next, what) {
    const held = heldBack(next);
    if (held !== undefined) pk.announce(said("trial.refused", { name: label(held) }));
    else if (!same(next, now().hostOf)) step({ hostOf: next, locks: now().locks, what: what() });
  }

  const attempt = (next, i, kind) => change(next, () => tell(next, i, kind));

  function lock(i) {
    const locks = new Set(now().locks);
    const release = locks.delete(i);
    if (!release) locks.add(i);
    const values = { name: label(i), office: officeName(now().hostOf, i) };
    step({ hostOf: now().hostOf, locks, what: said(release ? "trial.now_unlocked" : "trial.now_locked", values) });
  }

  // All that can be undone and redone: of each step who has another host than in the plan, and who is locked.
  function tellSteps() {
    if (judge === null) return null;
    return { origin: origin(), at, steps: steps.map(({ hostOf, locks }) => ({ moved: changes(hostOf).map((i) => [i, hostOf[i]]), locks: [...locks] })) };
  }

  // The file may have been written anew since: then they are of another plan.
  function takeSteps(kept) {
    if (kept === null || kept.origin !== origin()) return;
    prepare();
    at = kept.at;
    steps = kept.steps.map(({ moved, locks }) => ({ hostOf: withMoved(moved), locks: new Set(locks), what: "" }));
    render();
  }

  const deeds = {
    // Whether somebody can be moved: who does not take part cannot.
    knows: (id) => plan.index.has(id),
    options: (id) => moves.options(now().hostOf, plan.index.get(id)).map((one) => ({ ...one, id: judge.ids[one.to], held: heldBack(one.hostOf) !== undefined })),
    nearHosts: (office) => pk.nearHosts(judge, office.id, office.members),
    isLocked: (id) => now().locks.has(plan.index.get(id)),
    isAlone: (id) => moves.membersOf(now().hostOf, now().hostOf[plan.index.get(id)]).length === 1,
    cost: (id, kind) => moves.change(now().hostOf, moves[kind](now().hostOf, plan.index.get(id))),
    move: (id, host) => attempt(moves.join(now().hostOf, plan.index.get(id), plan.index.get(host)), plan.index.get(id), "move"),
    lead: (id) => attempt(moves.lead(now().hostOf, plan.index.get(id)), plan.index.get(id), "lead"),
    alone: (id) => attempt(moves.alone(now().hostOf, plan.index.get(id)), plan.index.get(id), "alone"),
    lock: (id) => lock(plan.index.get(id)),
    take: (moved, what) => change(withMoved(moved), () => what),
    isPlan: (moved) => same(now().hostOf, withMoved(moved)),
    undo: () => go(at - 1, said("trial.undone")),
    redo: () => go(at + 1, said("trial.redone")),
    reset: () => {
      if (!same(now().hostOf, plan.hostOf) || now().locks.size) step({ hostOf: plan.hostOf, locks: new Set(), what: said("trial.now_reset") });
    },
    csv: () => pk.groupingCsv(judge, now().hostOf),
    pins: () => {
      const { hostOf, locks } = now();
      const held = [...new Set([...changes(hostOf), ...locks])].sort((a, b) => a - b);
      const found = judge.evaluate(hostOf);
      const comments = [said("trial.pins_heading", { run: trial.run }), said("trial.pins_alone"), ...(found.breaches.length ? [rulesSaid(found)] : [])];
      return { any: held.length > 0, text: pk.pinsToml(judge, hostOf, held, comments) };
    },
    judged: () => judge.evaluate(now().hostOf),
    ids: () => judge.ids,
    render: () => ({ judge, hostOf: now().hostOf, found: judge.evaluate(now().hostOf) }),
  };

  pk.trying = Object.fromEntries(Object.entries(deeds).map(([name, act]) => [name, (...given) => { prepare(); return act(...given); }]));

  // A sum without one of its terms would contradict the proof: then nothing can be tried.
  function refuse() {
    const names = unknown.map((name) => said("trial.quoted", { rule: pk.source.texts[`term.${name}.title`] ?? pk.source.texts[`rule.${name}.title`] ?? name }));
    byId("trial-status").textContent = said("trial.unknown", { names: names.join(", ") });
    for (const button of document.querySelectorAll("button[data-plan]")) button.disabled = true;
  }

  pk.startTrial = function (settings) {
    if (unknown.length) {
      refuse();
      return;
    }
    pk.startControls();
    pk.startPlans();
    pk.goesAlong("trial", tellSteps, takeSteps);
    if (!settings.has("flytt") && !settings.has("las")) return;
    prepare();
    const wanted = fromAddress(settings);
    if (typeof wanted === "string") {
      pk.keepInAddress({ settings: { flytt: "", las: "" } });
      pk.announce(said(wanted));
    } else if (wanted !== null) step({ ...wanted, what: said("trial.restored") });
  };
})(plankontor);
