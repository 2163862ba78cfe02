// A table or list of a hundred buttons is one tab stop; the arrows lead on. Controls opened in it (.editor) stay as they are.
(function (pk) {
  const ours = (element) => element.closest(".editor") === null;
  const buttonsOf = (box) => [...box.querySelectorAll("tbody tr button, li button")].filter(ours);
  const rowsOf = (box) => [...box.querySelectorAll("tbody tr, li")].filter((row) => row.closest("[hidden], .editor") === null && row.querySelector("button"));

  pk.oneStop = function (box) {
    const buttons = rowsOf(box).flatMap((row) => [...row.querySelectorAll("button")]);
    const current = buttons.find((button) => button.dataset.held === "yes") || buttons[0];
    for (const button of buttonsOf(box)) button.tabIndex = button === current ? 0 : -1;
  };

  pk.startRoving = function (box) {
    box.addEventListener("focusin", (event) => {
      const button = event.target.closest("button");
      if (button === null || !buttonsOf(box).includes(button)) return;
      for (const other of buttonsOf(box)) {
        other.tabIndex = other === button ? 0 : -1;
        if (other === button) other.dataset.held = "yes";
        else delete other.dataset.held;
      }
    });
    box.addEventListener("keydown", (event) => {
      const button = event.target.closest("button");
      const rows = rowsOf(box);
      const at = button === null ? -1 : rows.indexOf(button.closest("tr, li"));
      if (at < 0) return;
      const inRow = [...rows[at].querySelectorAll("button")];
      const next = {
        ArrowDown: () => rows[at + 1]?.querySelector("button"),
        ArrowUp: () => rows[at - 1]?.querySelector("button"),
        ArrowRight: () => inRow[inRow.indexOf(button) + 1],
        ArrowLeft: () => inRow[inRow.indexOf(button) - 1],
        Home: () => rows[0].querySelector("button"),
        End: () => rows[rows.length - 1].querySelector("button"),
      }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      next()?.focus();
    });
    pk.oneStop(box);
  };
})(plankontor);
