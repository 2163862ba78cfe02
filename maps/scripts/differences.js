// What differs between two of the options: on the map, in the list, and in the card of a municipality.
(function (pk) {
  const { el } = pk;
  const told = (key, values) => pk.said("compare." + key, values);
  const minutes = (value) => (value === null ? told("no_way") : pk.number(value));
  const order = new Intl.Collator("nb").compare;

  // Changes are kept once for each pair, from the earlier option to the later one.
  pk.changesBetween = function (before, after) {
    const found = pk.source.changes.find(([a, b]) => a === Math.min(before, after) && b === Math.max(before, after));
    if (found === undefined) return { moved: new Set(), newHosts: [] };
    const [, , moved, hosts] = found;
    return { moved: new Set(moved), newHosts: before < after ? hosts : hosts.map(([a, b]) => [b, a]) };
  };

  // Which office somebody has in an option: its host in words, the journey, how many share it.
  pk.placeIn = function (option, id) {
    const [host, way] = option.members[id];
    const size = option.offices[host][1].length;
    return { host, way, size, name: size === 1 ? told("alone") : pk.members.get(host).label };
  };

  function cell(key, classes, ...content) {
    return el("td", { role: "cell", "data-label": told(key), ...(classes ? { class: classes } : {}) }, ...content);
  }

  // How many of some municipalities come out of standing alone, fall back to it, or go from office to office, in words.
  pk.movedSaid = function (ids, before, after) {
    const kind = (id) => {
      const [old, now] = [pk.placeIn(before, id).size > 1, pk.placeIn(after, id).size > 1];
      return old === now ? "changes" : now ? "joins" : "leaves";
    };
    const kinds = [...ids].map(kind);
    const parts = ["joins", "leaves", "changes"].map((name) => [name, kinds.filter((one) => one === name).length]).filter(([, n]) => n > 0);
    return parts.map(([name, n]) => told("moved_" + name, { n: pk.number(n) })).join("; ");
  };

  const office = ({ host, size, name }, id) => (host === id && size > 1 ? told("hosts_it", { host: name }) : name);

  function row(id, before, after) {
    const [old, now] = [pk.placeIn(before, id), pk.placeIn(after, id)];
    const known = old.way !== null && now.way !== null;
    const change = known ? now.way - old.way : 0;
    const signed = (Number(change.toFixed(0)) > 0 ? "+" : "") + pk.number(change);
    return el("tr", { role: "row", "data-moved": id },
      el("th", { role: "rowheader", scope: "row" }, el("button", { type: "button", "data-select": id }, pk.members.get(id).label)),
      cell("from_office", "", office(old, id)), cell("to_office", "", office(now, id)),
      cell("minutes", "num", told("from_to_minutes", { before: minutes(old.way), after: minutes(now.way) })),
      cell("difference", "num", known ? signed : "\u2013"));
  }

  // The list of one pair, and whoever has the same office with another host; of one county, if one is chosen.
  pk.listChanges = function (before, after, county) {
    const { moved, newHosts } = pk.changesBetween(before, after);
    const inCounty = (id) => county === "" || pk.members.get(id).countyNumber === county;
    const ids = [...moved].filter(inCounty).sort((a, b) => order(pk.members.get(a).label, pk.members.get(b).label));
    const [one, other] = [pk.source.options[before], pk.source.options[after]];
    const rows = document.getElementById("changes-rows");
    pk.keepSorted(() => rows.replaceChildren(...ids.map((id) => row(id, one, other))));
    document.getElementById("changes-box").hidden = ids.length === 0;
    const values = { before: one.name, after: other.name, n: pk.number(ids.length), parts: pk.movedSaid(ids, one, other), where: county === "" ? "" : told("in_county", { county: pk.source.counties[county] }) };
    const form = before === after ? "changes_same" : ids.length === 0 ? "changes_none" : ids.length === 1 ? "changes_one" : "changes_many";
    document.getElementById("changes-text").textContent = told(form, values);
    const hosts = newHosts.filter(([a, b]) => inCounty(a) || inCounty(b)).map(([a, b]) => told("host_pair", { before: pk.members.get(a).label, after: pk.members.get(b).label }));
    document.getElementById("hosts-text").textContent = hosts.length ? told("new_hosts", { hosts: hosts.join("; ") }) : "";
    pk.oneStop(rows.closest("table"));
  };

  // Who has changed office stands out; the others step back.
  pk.markChanges = function (before, after, on) {
    const { moved } = pk.changesBetween(before, after);
    const some = on && moved.size > 0;
    pk.layers.municipalities.eachLayer((layer) => {
      const part = pk.members.get(layer.feature.id).host !== null;
      layer.getElement().classList.toggle("moved", some && moved.has(layer.feature.id));
      layer.getElement().classList.toggle("stayed", some && part && !moved.has(layer.feature.id));
    });
  };

  // The office of a municipality in every option.
  pk.optionsCard = function (member, current, reference) {
    const rows = pk.source.options.map((option, i) => {
      const { name, way, size } = pk.placeIn(option, member.id);
      return el("tr", i === current ? { "aria-current": "true" } : {},
        el("th", { scope: "row" }, el("span", { class: "count" }, String(i + 1)), " " + option.name),
        el("td", {}, name), el("td", { class: "num" }, size === 1 ? "\u2013" : minutes(way)), el("td", { class: "num" }, pk.number(size)));
    });
    const heads = ["card_option", "card_office", "card_minutes", "card_members"].map((key, i) => el("th", { scope: "col", ...(i > 1 ? { class: "num" } : {}) }, told(key)));
    const box = el("div", { class: "in-options" }, el("h3", {}, told("card_heading")), el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows)));
    const { moved } = pk.changesBetween(reference, current);
    if (moved.has(member.id)) box.append(el("p", { class: "small" }, told("card_moved", { before: pk.source.options[reference].name })));
    return box;
  };
})(plankontor);
