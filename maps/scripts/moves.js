// What a reader may do with a grouping, what each would change, and how the result is handed on.
(function (pk) {
  const TOLERANCE = 1e-6;
  const keyOf = (one) => [one.rule, one.ids.join(), one.host].join("|");

  // The breaches of one judgement that another does not have.
  pk.newBreaches = function (after, before) {
    const known = new Set(before.breaches.map(keyOf));
    return after.breaches.filter((one) => !known.has(keyOf(one)));
  };

  pk.makeMoves = function (judge) {
    const everybody = [...Array(judge.n).keys()];

    // Of several groupings the one that breaks least, then the cheapest, then the first.
    function best(variants) {
      const judged = variants.map((hostOf) => ({ hostOf, found: judge.evaluate(hostOf) }));
      const better = (a, b) => a.breaches.length < b.breaches.length || (a.breaches.length === b.breaches.length && a.objective < b.objective - TOLERANCE);
      return judged.reduce((least, one) => (better(one.found, least.found) ? one : least)).hostOf;
    }

    const placed = (hostOf, some, host) => {
      const next = hostOf.slice();
      for (const i of some) next[i] = host;
      return next;
    };
    const membersOf = (hostOf, host) => everybody.filter((i) => hostOf[i] === host);

    // Whoever is left behind by its host gets the best host of its own.
    function alone(hostOf, i) {
      const rest = membersOf(hostOf, hostOf[i]).filter((j) => j !== i);
      const next = placed(hostOf, [i], i);
      if (hostOf[i] !== i || !rest.length) return next;
      return best(rest.sort(judge.byNeed).map((host) => placed(next, rest, host)));
    }

    // With somebody who stood alone, the two have the better host of them.
    function joined(left, i, host) {
      if (membersOf(left, host).length > 1) return placed(left, [i], host);
      return best([i, host].sort(judge.byNeed).map((one) => placed(left, [i, host], one)));
    }

    const join = (hostOf, i, host) => joined(alone(hostOf, i), i, host);
    const lead = (hostOf, i) => placed(hostOf, membersOf(hostOf, hostOf[i]), i);

    function change(hostOf, next, now) {
      const found = judge.evaluate(next);
      return { hostOf: next, extra: found.objective - now.objective, broken: [...new Set(pk.newBreaches(found, now).map((one) => one.rule))] };
    }

    // Every office that can be reached, the legal ones first, then the cheapest.
    function options(hostOf, i) {
      const now = judge.evaluate(hostOf);
      const left = alone(hostOf, i);
      const found = [];
      for (const { host } of now.offices) {
        if (host === hostOf[i]) continue;
        const next = joined(left, i, host);
        const minutes = next[i] === i ? judge.way(host, i) : judge.way(i, next[i]);
        if (Number.isFinite(minutes)) found.push({ to: host, minutes, ...change(hostOf, next, now) });
      }
      const far = (one) => (Number.isNaN(one.extra) ? Infinity : one.extra);
      return found.sort((a, b) => (a.broken.length > 0) - (b.broken.length > 0) || far(a) - far(b) || a.minutes - b.minutes || a.to - b.to);
    }

    return { alone, join, lead, options, membersOf, change: (hostOf, next) => change(hostOf, next, judge.evaluate(hostOf)) };
  };


  // As optimizer/judging/alone.py: what stops a municipality that stands alone, all else as it is.
  pk.whyAlone = function (judge, hostOf, found, i) {
    const rows = new Map(found.offices.map((row) => [row.host, row]));
    const trials = [];
    for (const { host, members } of found.offices) {
      if (host === i) continue;
      const together = [...members, i].sort((a, b) => a - b);
      trials.push({ host, members: together, other: host, minutes: judge.way(i, host) });
      if (members.length === 1) trials.push({ host: i, members: together, other: host, minutes: judge.way(host, i) });
    }
    trials.sort((a, b) => (a.minutes === b.minutes ? a.host - b.host : a.minutes - b.minutes));
    const mayHost = (host) => !judge.barred.has(host) && !judge.mayNotHost.has(host);
    const office = (trial) => judge.office(trial.host, trial.members);
    const whole = (trial) => pk.newBreaches(judge.evaluate(hostOf.map((host, j) => (trial.members.includes(j) ? trial.host : host))), found);
    const priced = (some) => some
      .map((trial) => {
        const old = new Set(trial.members.map((j) => hostOf[j]));
        const before = [...old].reduce((total, host) => total + rows.get(host).cost, 0);
        return { ...trial, extra: office(trial).row.cost - before };
      })
      .sort((a, b) => a.extra - b.extra || a.minutes - b.minutes || judge.byNeed(a.host, b.host));
    const limit = judge.limits.max_minutes;
    const legal = priced(trials.filter((trial) => trial.minutes <= limit + 1 && !office(trial).breaches.length));
    const near = priced(trials.filter((trial) => trial.minutes > limit + TOLERANCE && pk.journeyEnds(trial.minutes)[0] <= limit + TOLERANCE));
    const onlyTooLong = (breaches) => breaches.every((one) => one.rule === "max_minutes");
    const nearest = trials.find((trial) => trial.host !== i && mayHost(trial.host));
    const reachable = nearest !== undefined && nearest.minutes !== Infinity;
    const stops = !reachable ? [] : office(nearest).breaches.length ? office(nearest).breaches : whole(nearest);
    return {
      neighbours: judge.neighbours[i].filter((j) => j < judge.n).length,
      cheapest: legal.find((trial) => !whole(trial).length) || null,
      nearest: reachable ? nearest : null,
      stops,
      borderline: near.find((trial) => trial.extra < -TOLERANCE && onlyTooLong(office(trial).breaches) && onlyTooLong(whole(trial))) || null,
    };
  };

  // What an office of these members breaks at a host, as optimizer.judging.hosting.breaches: rules and pins that speak of it.
  function brokenAt(judge, host, members) {
    const { pins } = judge;
    const inside = new Set(members);
    const found = judge.office(host, members).breaches.map((one) => one.rule);
    if (pins.fixed.some(([i, wanted]) => inside.has(i) && wanted !== host)) found.push("fixed");
    if (pins.must_host.some((i) => inside.has(i) && i !== host)) found.push("must_host");
    if (pins.held.some(([at, some]) => (at === host ? members.some((i) => !some.includes(i)) : some.some((i) => inside.has(i))))) found.push("held");
    return new Set(found);
  }

  const NEAR = 1; // minutes a journey below which another host is nearly as good, as optimizer/judging/close_calls.py
  const SHOWN = 0.05;

  // As maps.pages.report.Report.near_hosts: who else could host an office, as well or nearly.
  pk.nearHosts = function (judge, id, ids) {
    const [host, members] = [judge.ids.indexOf(id), ids.map((one) => judge.ids.indexOf(one)).sort((a, b) => a - b)];
    const [broken, { cost }] = [brokenAt(judge, host, members), judge.office(host, members).row];
    const micro = (minutes) => Math.round(minutes * 1e6);
    const found = members
      .filter((other) => other !== host && [...brokenAt(judge, other, members)].every((rule) => broken.has(rule)))
      .map((other) => ({ other, extra: judge.office(other, members).row.cost - cost }))
      .sort((a, b) => micro(a.extra) - micro(b.extra) || judge.byNeed(a.other, b.other))
      .map(({ other, extra }) => ({ host: pk.members.get(judge.ids[other]).label, minutes: extra / (members.length - 1) }))
      .filter((one) => one.minutes < NEAR);
    const label = pk.source.minutesEstimated ? ", " + pk.said("method.estimated") : "";
    const same = found.filter((one) => Math.abs(one.minutes) < SHOWN).map((one) => one.host);
    const nearly = found.filter((one) => Math.abs(one.minutes) >= SHOWN).map((one) =>
      pk.said("report.near_" + (one.minutes > 0 ? "more" : "less"), { host: one.host, minutes: pk.number(Math.abs(one.minutes), 1), label }));
    const listed = (names) => (names.length === 1 ? names[0] : pk.said("report.near_and", { first: names.slice(0, -1).join(", "), last: names[names.length - 1] }));
    const said = [["same", same], ["nearly", nearly]].filter(([, some]) => some.length);
    return said.map(([key, some]) => pk.said("report.near_" + key, { hosts: listed(some) })).join(" ");
  };

  const FORMULA = /^[=+\-@\t\r]/;

  // As scenarios/export/tables.py: a text is never a formula, a number has full precision.
  function cell(value) {
    const text = typeof value === "number" ? (value === Infinity ? "inf" : String(value)) : FORMULA.test(value) ? "'" + value : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  // As grouping.csv of a run.
  pk.groupingCsv = function (judge, hostOf) {
    const name = (i) => pk.members.get(judge.ids[i]).name;
    const { offices, councils, council_of: councilOf } = pk.source.today;
    const officesOf = (id) => offices.filter(([, , status, ids]) => pk.atWork.has(status) && ids.includes(id)).map(([one]) => one).join(" | ");
    const councilsOf = (id) => (councilOf[id] || []).map(([i, checked]) => councils[i] + (checked ? "" : " (unverified)")).join(" | ");
    const ends = (minutes) => pk.journeyEnds(minutes).map((end) => Number(end.toFixed(6)));
    const rows = hostOf.map((host, i) => {
      const minutes = judge.way(i, host);
      return [judge.ids[i], name(i), judge.data.counties[i], judge.ids[host], name(host), minutes, ...ends(minutes), pk.journeyOnBorder(minutes) ? 1 : 0, officesOf(judge.ids[i]), councilsOf(judge.ids[i])];
    });
    const heads = ["kommunenummer", "name", "county_number", "host", "host_name", "minutes", "minutes_low", "minutes_high", "borderline", "existing_office", "regional_council"];
    return [heads, ...rows].map((row) => row.map(cell).join() + "\n").join("");
  };

  // The pins of the scenario, and over them the host of everybody in `held`, as TOML.
  pk.pinsToml = function (judge, hostOf, held, heading) {
    const { pins, ids } = judge;
    const label = (i) => pk.members.get(ids[i]).label.replace(/[\p{Cc}\p{Cf}]/gu, " ");
    const list = (some) => "[" + some.map((i) => `"${ids[i]}"`).join(", ") + "]";
    const sets = (many) => "[" + many.map(list).join(", ") + "]";
    const fixed = new Map([...pins.fixed, ...held.map((i) => [i, hostOf[i]])].sort(([a], [b]) => a - b));
    const shared = (i) => hostOf.some((host, j) => host === i && j !== i);
    const hosts = [...new Set([...pins.must_host, ...held.filter((i) => hostOf[i] === i && shared(i))])].sort((a, b) => a - b);
    const lines = [...heading.map((line) => "# " + line), "[pins]"];
    if (pins.together.length) lines.push("together = " + sets(pins.together));
    if (pins.apart.length) lines.push("apart = " + sets(pins.apart));
    if (hosts.length) lines.push("must_host = " + list(hosts));
    if (pins.may_not_host.length) lines.push("may_not_host = " + list(pins.may_not_host));
    if (pins.leave_out.length) lines.push("leave_out = " + JSON.stringify(pins.leave_out));
    if (pins.held.length) lines.push(`held = { ${pins.held.map(([host, some]) => `"${ids[host]}" = ${list(some)}`).join(", ")} }`);
    lines.push("[pins.fixed]");
    for (const [i, host] of fixed) lines.push(`"${ids[i]}" = "${ids[host]}" # ${label(i)} \u2013 ${label(host)}`);
    return lines.join("\n") + "\n";
  };
})(plankontor);
