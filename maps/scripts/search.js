// Find a municipality by any of its names; marks on letters, case and the order of words do not matter.
(function (pk) {
  const SHOWN = 8;
  const PLAIN = { æ: "ae", ä: "ae", ø: "o", ö: "o", đ: "d", ŋ: "n", ŧ: "t", ß: "ss" };

  // "Kåfjord", "Kafjord" and "KAAFJORD" become the same; so do "Bodø", "Bodo" and "Bodoe".
  function fold(name) {
    const low = name.toLowerCase().replace(/[æäøöđŋŧß]/g, (letter) => PLAIN[letter]);
    const bare = low.normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    return bare.replace(/aa/g, "a").replace(/oe/g, "o");
  }

  function rank(entry, query) {
    let best = Infinity;
    entry.keys.forEach((key, i) => {
      const at = key === query ? 0 : key.startsWith(query) ? 1 : (" " + key).includes(" " + query) ? 2 : key.includes(query) ? 3 : 9;
      if (at < 9) best = Math.min(best, at * 10 + Math.min(i, 9));
    });
    return best;
  }

  pk.startSearch = function () {
    const input = document.getElementById("search");
    const list = document.getElementById("search-list");
    const status = document.getElementById("search-status");
    const entries = [...pk.members.values()].map((member) => ({
      member,
      keys: [member.label, member.id, member.name, ...member.aliases].map(fold),
    }));
    let found = [];
    let active = -1;

    function search() {
      const query = fold(input.value);
      found = query === "" ? [] : entries
        .map((entry) => ({ member: entry.member, rank: rank(entry, query) }))
        .filter((hit) => hit.rank < Infinity)
        .sort((a, b) => a.rank - b.rank || b.member.population - a.member.population)
        .map((hit) => hit.member);
      active = found.length ? 0 : -1;
      draw(query);
    }

    function draw(query) {
      list.replaceChildren(...found.slice(0, SHOWN).map(option));
      if (query !== "" && !found.length) list.append(pk.el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, pk.text("none")));
      show(query !== "");
      status.textContent = query === "" ? "" : found.length === 0 ? pk.text("none") : found.length === 1 ? pk.text("found_one") : pk.text("found_many", { n: pk.number(found.length) });
    }

    function option(member, i) {
      const item = pk.el("li", { role: "option", id: "search-" + i, "aria-selected": String(i === active) }, member.label);
      const more = [member.name === member.label ? null : member.name, member.county, pk.belongs(member)];
      item.append(pk.el("small", null, more.filter(Boolean).join(" · ")));
      item.addEventListener("pointerdown", (event) => event.preventDefault());
      item.addEventListener("click", () => choose(i));
      return item;
    }

    function show(open) {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (open && active >= 0) input.setAttribute("aria-activedescendant", "search-" + active);
      else input.removeAttribute("aria-activedescendant");
    }

    function move(step) {
      const count = Math.min(found.length, SHOWN);
      if (!count) return;
      active = (active + step + count) % count;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
      show(true);
    }

    function choose(i) {
      const member = found[i];
      if (!member) return;
      input.value = member.label;
      found = [member];
      show(false);
      document.querySelector(".map-frame").scrollIntoView({ block: "nearest", behavior: pk.still ? "auto" : "smooth" });
      pk.select(member.id, { zoom: true });
      status.textContent = pk.spoken(member);
    }

    input.addEventListener("input", search);
    input.addEventListener("focus", () => { if (input.value !== "") input.select(); });
    input.addEventListener("blur", () => show(false));
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if (event.key === "Enter") choose(active);
      else if (event.key === "Escape" && !list.hidden) show(false);
      else if (event.key === "Escape") { input.value = ""; search(); return; }
      else return;
      event.preventDefault();
    });
  };
})(plankontor);
