// The report beyond the map page: one county at a time, rows and map linked, keys in the tables.
(function (pk) {
  const WIDE = "(min-width: 60.01rem)";
  // As maps.told.verdicts.FIELDS.
  const FIELDS = {
    one: () => 1,
    size: (office) => office.members.length,
    longest: (office) => office.longest,
    lines: (office) => office.terms.county_lines,
    planners: (office) => office.planners,
    need: (office) => office.need,
    share: (office) => {
      const most = Math.max(...office.members.map((id) => pk.members.get(id).planners));
      return most ? pk.members.get(office.id).planners / most : 1;
    },
  };
  const ofTerm = (name) => (office) => office.terms[name];
  const written = new Map();
  let county = "";

  // No way is null in the data and no number here.
  const figure = (value) => (value === null ? NaN : value);
  const sum = (offices, of) => offices.reduce((total, office) => total + figure(of(office)), 0);
  const number = (value, decimals) => (Number.isFinite(value) ? pk.number(value, decimals) : "\u2013");
  const { count } = pk;

  function shownOffices() {
    return [...pk.offices.values()].filter(
      (office) => county === "" || office.members.some((id) => pk.members.get(id).countyNumber === county),
    );
  }

  // The figures of the whole plan stay as the page was written; those of a county, or of a trial, are made here.
  function write(element, text) {
    if (element === null) return;
    if (!written.has(element)) written.set(element, element.textContent);
    element.textContent = county === "" && !pk.trialOn ? written.get(element) : text;
  }

  // The words of an element as they are of the whole plan.
  pk.wholePlan = (element) => [...element.childNodes].map((one) => written.get(one) ?? one.textContent).join("");

  function writeFigures(shared, alone) {
    const offices = [...shared, ...alone];
    const border = (some) => some.filter((office) => pk.plannersOnBorder(office.members)).length;
    const travellers = shared.flatMap((office) => office.members.filter((id) => id !== office.id).map((id) => pk.members.get(id)));
    const mean = travellers.length ? travellers.reduce((total, member) => total + figure(member.minutes), 0) / travellers.length : 0;
    const longest = shared.reduce((most, office) => Math.max(most, figure(office.longest)), 0);
    const grouped = shared.reduce((total, office) => total + office.members.length, 0);
    const figures = {
      offices: [shared.length], grouped: [grouped], alone: [alone.length], mean: [mean], longest: [longest],
      missing: [sum(offices, ofTerm("missing_fte")), 1],
      county_lines: [sum(offices, ofTerm("county_lines"))],
      statsforvalter_lines: [sum(offices, ofTerm("statsforvalter_lines"))],
    };
    for (const [name, [value, decimals]] of Object.entries(figures)) {
      const text = number(value, decimals);
      write(document.getElementById("figure-" + name), text);
      const label = document.getElementById("label-" + name);
      if (label !== null) write(label, pk.said("figures." + name + (text === "1" ? "_one" : "")));
    }
    write(document.getElementById("edge-line"), pk.said("edge.line", {
      journeys: count("journeys", travellers.filter((member) => pk.journeyOnBorder(member.minutes)).length),
      offices: count("offices", border(shared)), alone: count("municipalities", border(alone)),
      minutes: pk.setting(pk.source.ranges.most), mass: pk.setting(pk.source.ranges.least),
    }));
    const form = !shared.length ? "sentence" : alone.length ? "sentence_alone" : "sentence_shared";
    write(document.getElementById("sentence"), pk.said("summary." + form, {
      offices: count("offices", shared.length), grouped: pk.number(grouped), part: count("municipalities", grouped + alone.length),
      longest: count("minutes", longest) + (pk.source.minutesEstimated ? ` (${pk.said("method.estimated")})` : ""),
      alone: count("municipalities", alone.length),
    }));
  }

  // What is an estimate in the whole plan, in part or not, may not be so in a county.
  function writeLabels(offices) {
    const all = offices.flatMap((office) => office.members.map((id) => pk.members.get(id)));
    const flags = {
      planner_fte: new Set(all.map((member) => member.plannersEstimated)),
      need_fte: new Set(all.map((member) => member.needEstimated)),
      minutes: new Set([pk.source.minutesEstimated]),
    };
    for (const label of document.querySelectorAll(".label[data-made]")) {
      if (label.closest("#trial, .close") !== null) continue; // sums of the whole plan, whatever county is shown
      const found = new Set(label.dataset.made.split(" ").flatMap((name) => [...flags[name]]));
      const whole = found.size === 1 && !("sum" in label.dataset);
      write(label, found.has(1) ? "(" + pk.said(whole ? "method.estimated" : "method.estimated_part") + ")" : "");
    }
  }

  function writeTerms(offices) {
    let total = 0;
    for (const row of document.querySelectorAll("tr[data-term]")) {
      const value = sum(offices, ofTerm(row.dataset.term));
      const minutes = Number(row.dataset.weight) === 0 ? 0 : Number(row.dataset.weight) * value;
      total += minutes;
      write(row.querySelector(".value"), number(value, Number(row.dataset.decimals)));
      write(row.querySelector(".minutes"), number(minutes, 1));
    }
    write(document.getElementById("objective"), number(total, 1));
  }

  function writeVerdicts(shared, alone) {
    for (const item of document.querySelectorAll(".verdict[data-fold]")) {
      const { rule, fold, field, decimals, over, limit } = item.dataset;
      if (!item.classList.contains("met") && "ofAll" in item.dataset) continue; // its breaches are counted, and listed below
      const offices = over === "shared" ? shared : [...shared, ...alone];
      const of = (office) => figure(FIELDS[field](office));
      const better = (a, b) => (fold === "max" ? of(b) > of(a) : of(b) < of(a)) ? b : a;
      const chosen = fold === "sum" || !offices.length ? null : offices.reduce(better);
      write(item.querySelector(".figure"), pk.said(`rule.${rule}.verdict`, { found: number(chosen === null ? sum(offices, of) : of(chosen), Number(decimals)), limit }));
      const button = item.querySelector("button[data-select]");
      if (button !== null && chosen !== null) button.dataset.select = chosen.id;
      if (button !== null) button.hidden = chosen === null;
    }
  }

  function hideRows(offices) {
    const hosts = new Set(offices.map((office) => office.id));
    const ids = new Set(offices.flatMap((office) => office.members));
    for (const row of document.querySelectorAll("tr[data-office]")) row.hidden = !hosts.has(row.dataset.office);
    for (const item of document.querySelectorAll("[data-ids]")) {
      const touched = item.dataset.ids.split(" ").filter(Boolean);
      item.hidden = county === "" ? "further" in item.dataset : touched.length > 0 && !touched.some((id) => ids.has(id));
    }
    for (const table of document.querySelectorAll("table.close")) {
      const empty = !table.querySelector("tbody tr:not([hidden])");
      table.parentElement.hidden = empty;
      table.parentElement.nextElementSibling.hidden = !empty;
    }
    for (const table of document.querySelectorAll("table[data-roving]")) {
      pk.hideGroups(table);
      pk.oneStop(table);
    }
    return ids;
  }

  // A table without rows is a sentence.
  function hideEmpty(empty) {
    if (document.getElementById("alone-none") === null) return;
    document.getElementById("alone-none").hidden = !empty;
    document.getElementById("alone-text").hidden = empty;
    document.querySelector("table.alone").parentElement.hidden = empty;
  }

  function filter(wanted, options) {
    county = wanted;
    document.getElementById("county").value = county;
    const offices = shownOffices();
    const shared = offices.filter((office) => office.members.length > 1);
    const alone = offices.filter((office) => office.members.length === 1);
    const ids = hideRows(offices);
    writeFigures(shared, alone);
    writeTerms(offices);
    writeLabels(offices);
    writeVerdicts(shared, alone);
    document.getElementById("filter-note").textContent = county === "" ? "" : pk.said("filter.note", {
      county: pk.source.counties[county], offices: count("offices", shared.length), alone: count("municipalities", alone.length),
    });
    hideEmpty(alone.length === 0);
    pk.setAside((member) => county !== "" && !ids.has(member.id));
    pk.extent = county === "" ? pk.source.extent : pk.bounds([...ids]);
    pk.keepInAddress({ settings: { fylke: county } });
    if (options.zoom) {
      pk.map.closePopup();
      pk.showExtent(true);
    }
  }

  pk.refilter = () => filter(county, {});

  // The row of the chosen office comes into view where map and table stand side by side.
  function onChoice(id) {
    for (const button of document.querySelectorAll("table button[data-select]")) {
      if (button.dataset.select === id) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    if (id === null) return;
    const member = pk.members.get(id);
    if (county !== "" && member.host !== null && rowOf(member.host).hidden) filter("", {});
    if (member.host !== null && window.matchMedia(WIDE).matches) rowOf(member.host).scrollIntoView({ block: "nearest", behavior: pk.still ? "auto" : "smooth" });
  }

  const rowOf = (host) => document.querySelector(`tr[data-office="${CSS.escape(host)}"]`);

  pk.showRow = function (host) {
    const row = rowOf(host);
    pk.map.closePopup();
    row.scrollIntoView({ block: "center", behavior: pk.still ? "auto" : "smooth" });
    row.querySelector("button").focus({ preventScroll: true });
  };

  pk.startReport = function () {
    const { settings } = pk.readAddress();
    pk.onChoice.push(onChoice);
    document.getElementById("county").addEventListener("change", (event) => filter(event.target.value, { zoom: true }));
    if (pk.source.trial) pk.startTrial(settings);
    const wanted = pk.countyIn(settings);
    if (wanted !== "") filter(wanted, { zoom: true });
    else if (settings.has("fylke")) pk.keepInAddress({ settings: { fylke: "" } });
  };
})(plankontor);
