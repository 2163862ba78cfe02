// What a municipality says when it is pointed at, opened, or read aloud.
(function (pk) {
  const { el, text, number } = pk;

  pk.officeOf = function (member) {
    return member.host === null ? null : pk.offices.get(member.host);
  };

  pk.isShared = function (office) {
    return office !== null && office.members.length > 1;
  };

  // In one line: which office it belongs to, or that it has none.
  pk.belongs = function (member) {
    const office = pk.officeOf(member);
    if (office === null) return text("outside");
    if (!pk.isShared(office)) return text("alone");
    const host = pk.members.get(member.host).label;
    return text(member.id === member.host ? "host_of" : "member_of", { host });
  };

  pk.spoken = function (member) {
    const travels = pk.isShared(pk.officeOf(member)) && member.id !== member.host && member.minutes !== null;
    const values = { name: member.label, office: pk.belongs(member), minutes: travels ? number(member.minutes) : "" };
    return text(travels ? "aria_member" : "aria_other", values);
  };

  function minutes(value) {
    return value === null ? text("min_none") : text("min", { n: number(value) });
  }

  // A value, in brackets that it is an estimate and between what it lies, and whether that is on the border of a limit.
  function labelled(value, estimated, span, border) {
    const notes = [...(estimated ? [text("estimate")] : []), ...(span ? [el("span", { class: "unbroken" }, span)] : [])];
    const joined = notes.flatMap((note, k) => (k ? [", ", note] : [note]));
    const shown = notes.length ? [value, el("small", null, " (", ...joined, ")")] : [value];
    return border ? [...shown, el("small", { class: "edge-word" }, text("edge"))] : shown;
  }
  const fte = (value, estimated, ends, border) => labelled(text("fte", { n: number(value, 1) }), estimated, ends ? pk.span(ends, 1) : "", border);
  const journey = (value, span, border) => labelled(value, pk.source.minutesEstimated, span, border);
  const officeFte = (office) => fte(office.planners, office.plannersEstimated, pk.plannerEnds(office.members), pk.plannersOnBorder(office.members));

  function figures(pairs) {
    const list = el("dl");
    for (const [term, value] of pairs) list.append(el("dt", null, term), el("dd", null, ...[value].flat()));
    return list;
  }

  pk.atWork = new Set(["active", "reported"]);

  // As maps.told.today.TodayWords.listed.
  function listed(names) {
    const last = names[names.length - 1] || "";
    return names.length > 1 ? text("and", { first: names.slice(0, -1).join(", "), last }) : last;
  }

  // As maps.told.today.TodayWords.lines: who works together today, and what the plan makes of it.
  pk.todayLines = function (member) {
    const { offices, councils, council_of: councilOf } = pk.source.today;
    const lines = [];
    for (const [name, since, status, ids] of offices) {
      if (!ids.includes(member.id)) continue;
      const others = ids.filter((id) => id !== member.id).map((id) => pk.members.get(id));
      const same = others.filter((one) => member.host !== null && one.host === member.host);
      const named = since ? text("today_since", { name, year: since }) : name;
      const line = text("today_" + status, { name: named, others: listed(others.map((one) => one.label)) });
      const extended = member.host !== null && pk.offices.get(member.host).members.some((id) => !ids.includes(id));
      const whole = extended ? "extended" : "all";
      const form = same.length === others.length ? whole : same.length ? "some" : "none";
      const told = text("today_" + form, { names: listed(same.map((one) => one.label)) });
      lines.push(member.host === null ? line : line + " " + told);
    }
    const said = (councilOf[member.id] || []).map(([i, checked]) => (checked ? councils[i] : text("council_unchecked", { name: councils[i] })));
    if (said.length) lines.push(text("council", { names: listed(said) }));
    return lines;
  };

  // How firm its place is: level and words. It is of the plan as computed, so not while another is tried.
  pk.firmOf = (id) => (pk.source.firm && !pk.trialOn && pk.source.firm[id]) || null;

  pk.tip = function (member) {
    const box = el("div", { class: "tip" }, el("b", null, member.label), pk.belongs(member));
    const travels = pk.isShared(pk.officeOf(member)) && member.id !== member.host;
    if (travels) box.append(" · " + minutes(member.minutes));
    return box;
  };

  pk.card = function (member) {
    const office = pk.officeOf(member);
    const box = el("div", { class: "card", tabindex: "-1", role: "group", "aria-label": member.label });
    box.append(el("h2", null, member.label));
    if (member.name !== member.label) box.append(el("p", { class: "also" }, member.name));
    const facts = { county: member.county, population: number(member.population), class: number(member.centrality) };
    box.append(el("p", { class: "small" }, text("facts", facts)));
    const own = [];
    if (pk.isShared(office) && member.id !== member.host) {
      const crosses = member.crosses ? el("small", null, " (" + text("crosses") + ")") : null;
      const span = member.minutes === null ? "" : pk.span(pk.journeyEnds(member.minutes), 0);
      own.push([text("minutes"), [...journey(minutes(member.minutes), span, pk.journeyOnBorder(member.minutes)), crosses].filter(Boolean)]);
    }
    const single = office !== null && !pk.isShared(office) && pk.plannersOnBorder(office.members);
    own.push([text("planners"), fte(member.planners, member.plannersEstimated, pk.plannerEnds([member.id]), single)], [text("need"), fte(member.need, member.needEstimated)]);
    box.append(figures(own), ...pk.todayLines(member).map((line) => el("p", { class: "small today-line" }, line)));
    if (pk.firmOf(member.id)) box.append(el("p", { class: "small today-line" }, pk.firmOf(member.id)[1]));
    box.append(el("h3", null, pk.belongs(member)));
    if (office !== null) box.append(officeFigures(office));
    if (pk.trialCard) box.append(pk.trialCard(member) || "");
    return box;
  };

  function officeFigures(office) {
    const shared = pk.isShared(office);
    const pairs = [[text("missing"), fte(office.terms.missing_fte, office.plannersEstimated)]];
    if (!shared) return figures(pairs);
    const of = number(office.members.length - 1);
    const span = { mean: number(office.mean), longest: office.longest === null ? text("min_none") : number(office.longest) };
    const box = el("div", null, el("p", { class: "small" }, text("members", { n: number(office.members.length) })));
    box.append(figures([
      [text("planners"), officeFte(office)],
      [text("need"), fte(office.need, office.needEstimated)],
      ...pairs,
      [text("unmet"), fte(office.terms.unmet_need, office.plannersEstimated || office.needEstimated)],
      [text("mean_longest"), journey(text("mean_longest_value", span))],
      [text("lines"), text("lines_value", { n: number(office.terms.county_lines), of })],
    ]));
    const near = pk.trial ? pk.trying.nearHosts(office) : "";
    if (near) box.append(el("p", { class: "small near" }, near));
    const button = el("button", { type: "button" }, text("show_office"));
    button.addEventListener("click", () => pk.showOffice(office.id));
    box.append(button);
    if (pk.showRow) {
      const toRow = el("button", { type: "button" }, text("show_row"));
      toRow.addEventListener("click", () => pk.showRow(office.id));
      box.append(" ", toRow);
    }
    return box;
  }
})(plankontor);
