// Two to eight plans on one map: which one is shown, from which one changes are counted, one county at a time.
(function (pk) {
  const { options, counties, files } = pk.source;
  const told = (key, values) => pk.said("compare." + key, values);
  let current = 0;
  let reference = 0;
  let county = "";
  let marked = true;

  const all = (selector) => [...document.querySelectorAll(selector)];
  const valid = (number) => Number.isInteger(number) && number >= 1 && number <= options.length;

  // The rows that map, cards and search read become those of the option.
  function take(shown) {
    for (const [id, [host, minutes, crosses]] of Object.entries(shown.members)) Object.assign(pk.members.get(id), { host, minutes, crosses });
    pk.offices.clear();
    for (const [host, office] of pk.officeRows(shown.offices)) pk.offices.set(host, office);
  }

  function changeText(row, before, after) {
    if (before === "" || after === "") return "";
    const share = "share" in row.dataset;
    const decimals = Number(row.dataset.decimals);
    const difference = (share ? 100 : 1) * (Number(after) - Number(before));
    const written = pk.number(difference, decimals);
    if (written === pk.number(0, decimals)) return told("unchanged");
    const signed = difference < 0 ? written : "+" + written;
    return share ? told("points", { points: signed }) : signed;
  }

  function drawTable() {
    for (const cell of all("[data-option]")) {
      const here = Number(cell.dataset.option) === current + 1;
      cell.classList.toggle("current", here);
      if (cell.querySelector(".now") !== null) cell.querySelector(".now").hidden = !here;
    }
    for (const row of all("tr[data-row]")) {
      const cells = [...row.querySelectorAll("td")];
      cells.forEach((cell, i) => {
        cell.querySelector(".change").textContent = i === reference ? "" : changeText(row, cells[reference].dataset.value, cell.dataset.value);
      });
    }
    document.getElementById("reference-name").textContent = options[reference].name;
  }

  // One county: its offices in the option that is shown, its changes, its groups.
  function drawCounty() {
    const offices = [...pk.offices.values()].filter((office) => office.members.some((id) => pk.members.get(id).countyNumber === county));
    const ids = new Set(county === "" ? [] : offices.flatMap((office) => office.members));
    pk.setAside((member) => county !== "" && !ids.has(member.id));
    pk.extent = ids.size ? pk.bounds([...ids]) : pk.source.extent;
    for (const item of all("[data-counties]")) item.hidden = county !== "" && !item.dataset.counties.split(" ").includes(county);
    for (const list of all("ul[data-roving]")) pk.oneStop(list);
  }

  function note() {
    const offices = [...pk.offices.values()];
    const { moved } = pk.changesBetween(reference, current);
    const values = {
      option: options[current].name, reference: options[reference].name,
      offices: pk.count("offices", offices.filter((office) => office.members.length > 1).length),
      alone: pk.count("municipalities", offices.filter((office) => office.members.length === 1).length),
      moved: pk.number(moved.size),
      parts: pk.movedSaid(moved, options[reference], options[current]),
    };
    const parts = [told("note", values)];
    if (current !== reference) parts.push(told(moved.size === 1 ? "note_one" : "note_moved", values));
    if (marked && moved.size > 0) parts.push(told("note_pale"));
    if (county !== "") parts.push(told("note_county", { county: counties[county] }));
    document.getElementById("option-note").textContent = parts.join(" ");
  }

  function keep() {
    const settings = { plan: current === 0 ? "" : current + 1, fra: reference === 0 ? "" : reference + 1, fylke: county, merk: marked ? "" : 0 };
    pk.keepInAddress({ settings });
  }

  function draw(options_) {
    for (const radio of all("#choices input")) radio.checked = Number(radio.value) === current + 1;
    document.getElementById("reference").value = String(reference + 1);
    document.getElementById("county").value = county;
    document.getElementById("marked").checked = marked;
    if (options_.other) {
      take(options[current]);
      pk.repaintMap(current !== 0);
    }
    drawTable();
    drawCounty();
    pk.markChanges(reference, current, marked);
    pk.listChanges(reference, current, county);
    pk.redrawCard();
    note();
    keep();
    if (options_.zoom) {
      pk.map.closePopup();
      pk.showExtent(true);
    }
  }

  function show(i) {
    if (i === current) return;
    current = i;
    draw({ other: true });
  }

  // A figure shows the option of that number, while the map or the choice has the focus.
  function startKeys() {
    const onKey = (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !valid(Number(event.key)) || event.key.length > 1) return;
      event.preventDefault();
      show(Number(event.key) - 1);
      const radio = event.target.closest("#choices");
      if (radio !== null) radio.querySelector("input:checked").focus();
    };
    for (const box of [document.getElementById("choices"), pk.map.getContainer()]) box.addEventListener("keydown", onKey);
  }

  function startFiles() {
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-file]");
      if (button === null) return;
      const { name, type, content } = files[Number(button.dataset.file)];
      pk.download(name, type, Uint8Array.from(atob(content), (one) => one.charCodeAt(0)));
      document.getElementById("file-status").textContent = told("file_saved", { name });
    });
  }

  function option(settings, name) {
    const asked = settings.get(name) || "1";
    if (valid(Number(asked))) return Number(asked) - 1;
    pk.notFound("no_option", asked);
    return 0;
  }

  pk.startReport = function () {
    const { settings } = pk.readAddress();
    const card = pk.card;
    pk.card = (member) => {
      const box = card(member);
      if (member.host !== null) box.querySelector("h3").before(pk.optionsCard(member, current, reference));
      return box;
    };
    document.getElementById("choices").addEventListener("change", (event) => show(Number(event.target.value) - 1));
    document.getElementById("reference").addEventListener("change", (event) => { reference = Number(event.target.value) - 1; draw({}); });
    document.getElementById("marked").addEventListener("change", (event) => { marked = event.target.checked; draw({}); });
    document.getElementById("county").addEventListener("change", (event) => { county = event.target.value; draw({ zoom: true }); });
    startKeys();
    startFiles();
    current = option(settings, "plan");
    reference = option(settings, "fra");
    county = pk.countyIn(settings);
    marked = settings.get("merk") !== "0";
    draw({ other: current !== 0, zoom: county !== "" });
  };
})(plankontor);
