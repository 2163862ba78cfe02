// The report's tables and verdicts for another grouping, with the same words and marks as the templates write.
(function (pk) {
  const { el, said, setting } = pk;
  const TOLERANCE = 1e-6;
  const number = (value, decimals) => (Number.isFinite(value) ? pk.number(value, decimals) : "\u2013");
  const cell = (key, value, quiet, estimated, mark) => el("td", { role: "cell", "data-label": said(key), class: quiet ? "num quiet" : "num" }, value, mark, ...(estimated ? [star()] : []));

  // Where some figures of planners are estimates and others are not, each estimate says so, as in offices.html.
  const taking = [...pk.members.values()].filter((member) => member.host !== null);
  const mixed = new Set(taking.flatMap((member) => [member.plannersEstimated, member.needEstimated])).size > 1;
  const star = () => el("span", { class: "star" }, el("span", { "aria-hidden": "true" }, "*"), el("span", { class: "unseen" }, " " + pk.text("estimate")));

  // The chance that nobody is at work, as optimizer.judging.departures.staffing counts and maps.pages.report.percent writes it.
  function empty(office) {
    const vacancy = pk.trial.vacancy;
    const whole = Math.floor(office.planners + TOLERANCE);
    const part = Math.max(0, office.planners - whole);
    const chance = vacancy ** whole * (1 - (1 - vacancy) * part);
    if (chance > 0 && chance < 0.0005) return said("report.less", { percent: pk.number(0.1, 1) });
    return said("report.percent", { percent: pk.number(100 * chance, 1) });
  }

  function area(office, judge) {
    const at = office.members.map((id) => judge.ids.indexOf(id));
    const regions = new Set(at.map((i) => pk.trial.regions[i]));
    const first = regions.size === 1 ? said("report.region", { name: [...regions][0] }) : said("report.regions", { n: pk.number(regions.size) });
    const { councils, council_of: councilOf } = pk.source.today;
    const last = share(office);
    const told = (...parts) => [...parts, ...(last ? [last] : [])].join(" \u00b7 ");
    const of = office.members.map((id) => new Map(councilOf[id] || []));
    const common = [...of[0].keys()].filter((council) => of.every((one) => one.has(council)));
    if (!common.length) return told(first);
    const council = Math.min(...common);
    const checked = of.every((one) => one.get(council));
    return told(first, said(checked ? "report.council" : "report.council_unchecked", { name: councils[council] }));
  }

  // As maps.told.today.TodayWords.share.
  function share(office) {
    const parts = [];
    for (const [name, , status, members] of pk.source.today.offices) {
      const own = members.filter((id) => office.members.includes(id)).length;
      if (!pk.atWork.has(status) || !own) continue;
      parts.push(said(own === members.length ? "report.today_whole" : "report.today_part", { name, n: pk.number(own), of: pk.number(members.length) }));
    }
    return parts.length ? said("report.today", { offices: parts.join("; ") }) : "";
  }

  function choice(id, ...content) {
    return el("button", { type: "button", "data-select": id }, ...content);
  }

  function sharedRow(office, judge) {
    const host = pk.members.get(office.id);
    const named = office.members.slice(1).map((id) => {
      const member = pk.members.get(id);
      return choice(id, said("offices.minutes_to", { label: member.label, minutes: number(member.minutes) }), pk.journeyMark(member.minutes));
    });
    const listed = named.map((button, k) => el("span", { class: "listed" }, button, ...(k < named.length - 1 ? [","] : [])));
    const near = pk.nearHosts(judge, office.id, office.members);
    const members = el("span", { class: "members" }, ...listed.flatMap((one, k) => (k ? [" ", one] : [one])));
    return el("tr", { role: "row", "data-office": office.id },
      el("th", { role: "rowheader", scope: "row" },
        choice(host.id, el("span", { class: `swatch colour-${office.colour}` }), host.label), members,
        ...(near ? [el("span", { class: "members also near" }, near)] : []),
        el("span", { class: "members also" }, area(office, judge))),
      cell("offices.planners", number(office.planners, 1), false, mixed && office.plannersEstimated, pk.plannersMark(office.planners, office.members)),
      cell("offices.need", number(office.need, 1), false, mixed && office.needEstimated),
      cell("offices.missing", number(office.terms.missing_fte, 1), !office.terms.missing_fte, mixed && office.plannersEstimated),
      cell("offices.minutes", number(figure(office.mean)) + " / " + number(figure(office.longest))),
      cell("offices.lines", number(office.terms.county_lines), !office.terms.county_lines),
      cell("report.empty", empty(office), false, mixed && office.plannersEstimated));
  }

  const figure = (value) => (value === null ? NaN : value);

  const decimals = (rule) => pk.trial.judge.rules[rule].decimals;

  function stop(one) {
    const found = number(one.found === null ? NaN : one.found, decimals(one.rule));
    return said(`rule.${one.rule}.stop`, { found, limit: setting(one.limit) });
  }

  // As maps.pages.report.Report.why_alone.
  function why(judge, hostOf, found, i) {
    const given = pk.whyAlone(judge, hostOf, found, i);
    return whyAlone(judge, given, i) + border(judge, given.borderline, i);
  }

  function whyAlone(judge, { cheapest, nearest, neighbours, stops }, i) {
    const label = (j) => pk.members.get(judge.ids[j]).label;
    if (cheapest !== null) {
      const form = cheapest.host === i ? "host" : cheapest.members.length > 2 ? "join" : "pair";
      const by = cheapest.extra > 0.05 ? "more" : cheapest.extra < -0.05 ? "less" : "same";
      const first = said("stands." + form, { host: label(cheapest.other), minutes: number(cheapest.minutes) });
      return first + said("stands." + by, { extra: pk.number(Math.abs(cheapest.extra), 1) });
    }
    if (nearest === null) return said("stands.no_way");
    return said(neighbours ? "stands.stopped" : "stands.no_neighbours", {
      host: label(nearest.host), minutes: number(nearest.minutes), stops: [...new Set(stops.map(stop))].join("; "),
    });
  }

  function border(judge, one, i) {
    if (one === null) return "";
    const [low, high] = pk.journeyEnds(one.minutes).map((end) => number(end));
    return " " + said(one.host === i ? "stands.border_host" : "stands.border", {
      host: pk.members.get(judge.ids[one.other]).label, minutes: number(one.minutes, 1), low, high,
      limit: setting(judge.limits.max_minutes), extra: pk.number(-one.extra, 1),
    });
  }

  function aloneRow(office, reason) {
    const host = pk.members.get(office.id);
    return el("tr", { role: "row", "data-office": office.id },
      el("th", { role: "rowheader", scope: "row" }, choice(host.id, host.label), el("span", { class: "members" }, reason), share(office) ? el("span", { class: "members also" }, share(office)) : null),
      el("td", { role: "cell", "data-label": said("alone.county") }, host.county),
      cell("offices.planners", number(office.planners, 1), false, mixed && office.plannersEstimated, pk.plannersMark(office.planners, office.members)),
      cell("offices.need", number(office.need, 1), false, mixed && office.needEstimated),
      cell("offices.missing", number(office.terms.missing_fte, 1), !office.terms.missing_fte, mixed && office.plannersEstimated),
      cell("report.empty", empty(office), false, mixed && office.plannersEstimated));
  }

  const kept = new Map();

  // What the page was written with comes back when nothing is given.
  function fill(parent, children) {
    if (!kept.has(parent)) kept.set(parent, [...parent.children]);
    parent.replaceChildren(...(children === null ? kept.get(parent) : children(kept.get(parent))));
  }

  function fillTables(judge, hostOf, found) {
    const offices = [...pk.offices.values()];
    const counties = new Map();
    for (const office of offices.filter((one) => one.members.length > 1)) {
      const { county } = pk.members.get(office.id);
      counties.set(county, [...(counties.get(county) || []), sharedRow(office, judge)]);
    }
    const groups = [...counties].map(([county, rows]) => el("tbody", { role: "rowgroup", "data-group": "" },
      el("tr", { class: "county", role: "row" }, el("th", { role: "rowheader", scope: "rowgroup", colspan: "7" }, county)), ...rows));
    fill(document.querySelector("table.offices"), (all) => [...all.filter((one) => one.tagName !== "TBODY"), ...groups]);
    const alone = offices.filter((one) => one.members.length === 1);
    fill(document.querySelector("table.alone tbody"), () => alone.map((office) => aloneRow(office, why(judge, hostOf, found, judge.ids.indexOf(office.id)))));
  }

  pk.fillTables = (...given) => pk.keepSorted(() => fillTables(...given));

  pk.restoreRows = () => pk.keepSorted(() => { for (const parent of kept.keys()) fill(parent, null); });

  const MARKS = { met: "\u2713", broken: "\u2717", excused: "!" };

  // As maps.told.verdicts: who is concerned, and the figures.
  function breachItem(judge, one, excused) {
    const at = [...new Set([...one.ids, ...(one.host === null ? [] : [one.host])])].map((i) => judge.ids[i]);
    const names = at.map((id) => pk.members.get(id).label).join(", ");
    const item = el("li", { "data-ids": at.join(" ") }, at.length ? el("button", { type: "button", class: "quiet-button", "data-zoom": at.join(" ") }, names) : names);
    if (one.found !== null && one.limit !== null) {
      const figures = said("verdict.breach", { found: number(one.found, decimals(one.rule)), limit: setting(one.limit) });
      item.append(" ", el("span", { class: "figure" }, figures));
    }
    if (excused) item.append(" ", el("span", { class: "figure" }, (one.found === null ? "" : "\u00b7 ") + said("verdict.as_it_is")));
    return item;
  }

  function verdict(item, judge, found) {
    const { rule, ofAll } = item.dataset;
    const state = found.rules[rule];
    const broken = state === "broken";
    const made = item.cloneNode(true);
    made.className = "verdict " + state;
    made.querySelector(".mark").textContent = MARKS[state];
    made.querySelector(".rule .unseen").textContent = said("method." + state);
    made.querySelector(".breaches")?.remove();
    if (rule === "min_offices" || rule === "max_offices") {
      const shared = found.offices.filter((row) => row.members.length > 1).length;
      made.querySelector(".figure").textContent = said(`rule.${rule}.verdict`, { found: pk.number(shared), limit: setting(judge.limits[rule]) });
    }
    const breaches = found.breaches.filter((one) => one.rule === rule);
    if (broken && ofAll !== undefined) made.querySelector(".figure").textContent = said("verdict.breaches", { found: pk.number(breaches.length) });
    const spared = found.excused.filter((one) => one.rule === rule);
    if (state === "excused" && ofAll !== undefined) made.querySelector(".figure").textContent = said("verdict.spared", { found: pk.count("offices", spared.length) });
    const items = [...breaches.map((one) => breachItem(judge, one, false)), ...spared.map((one) => breachItem(judge, one, true))];
    if (items.length) made.append(el("ul", { class: "breaches" }, ...items));
    return made;
  }

  // The broken rules first, then those that held offices break, then in the order of the rules; those that do not apply
  // never change.
  pk.fillVerdicts = function (judge, found) {
    const rules = Object.keys(found.rules);
    const rank = (item) => ["broken", "excused", "met"].findIndex((state) => item.classList.contains(state));
    const order = (item) => rules.indexOf(item.dataset.rule) + rank(item) * rules.length;
    fill(document.querySelector("ul.verdicts"), (all) => all.map((item) => verdict(item, judge, found)).sort((a, b) => order(a) - order(b)));
    const states = Object.values(found.rules);
    const count = (state) => pk.number(states.filter((one) => one === state).length);
    const counts = said("verdict.counts", { met: count("met"), broken: count("broken"), not_applicable: count("not applicable") });
    const [held, spared] = [judge.pins.held.map(([host]) => host), found.excused.map((one) => one.host)].map((some) => new Set(some));
    const existing = [...spared].filter((host) => held.has(host)).length;
    const named = spared.size - existing;
    return [
      counts,
      ...(existing ? [said("verdict.excused", { offices: pk.count("existing", existing) })] : []),
      ...(named ? [said("verdict.decided", { hosts: pk.count("hosts", named) })] : []),
    ].join(" \u00b7 ");
  };
})(plankontor);
