// Tables by any of their columns: each header is a button, and the third press brings the order of the page back.
(function (pk) {
  const compare = new Intl.Collator("nb", { numeric: true }).compare;
  const { between, point } = pk.source.number;
  const orders = new Map(); // table: column and direction
  const homes = new Map(); // table: its rows in the order of the page, each with the body it belongs to

  // The last number of a cell: of "36 / 59" the longest journey. What is no number comes last in either direction.
  function figure(cell) {
    const plain = cell.textContent.replaceAll(between, "").replaceAll(point, ".").replaceAll("\u2212", "-");
    const numbers = plain.match(/-?\d+(\.\d+)?/g);
    return numbers === null ? null : Number(numbers.at(-1)) - (plain.includes("<") ? 1e-9 : 0);
  }

  const name = (cell) => (cell.querySelector("button") || cell).textContent;

  function by({ column, numeric, falling }) {
    const sign = falling ? -1 : 1;
    return ([a], [b]) => {
      if (!numeric) return sign * compare(name(a.cells[column]), name(b.cells[column]));
      const [x, y] = [figure(a.cells[column]), figure(b.cells[column])];
      if (x === null || y === null) return (x === null) - (y === null);
      return sign * (x - y);
    };
  }

  // A row with what is opened below it.
  function units(table) {
    const found = [];
    for (const row of table.querySelectorAll("tbody tr:not(.county)")) {
      if (row.matches(".editor")) found.at(-1).push(row);
      else found.push([row]);
    }
    return found;
  }

  // A county without a row that is shown, or whose rows have been sorted away.
  pk.hideGroups = function (table) {
    for (const group of table.querySelectorAll("tbody[data-group]")) group.hidden = !group.querySelector("tr:not(.county):not([hidden])");
  };

  function sort(table) {
    const order = orders.get(table);
    const rows = units(table);
    homes.set(table, rows.map((unit) => [unit, unit[0].parentElement]));
    const body = pk.el("tbody", { class: "sorted", role: "rowgroup" });
    body.append(...[...rows].sort(by(order)).flat());
    table.append(body);
    pk.hideGroups(table);
  }

  function unsort(table) {
    const opened = new Map(units(table).map((unit) => [unit[0], unit]));
    for (const [[row], home] of homes.get(table) || []) home.append(...opened.get(row));
    homes.delete(table);
    table.querySelector("tbody.sorted")?.remove();
    pk.hideGroups(table);
  }

  // Whatever rewrites rows finds them where the page had them.
  pk.keepSorted = function (change) {
    for (const table of orders.keys()) unsort(table);
    change();
    for (const table of orders.keys()) sort(table);
  };

  function press(table, head, column) {
    const numeric = head.classList.contains("num");
    const before = orders.get(table);
    const same = before !== undefined && before.column === column;
    if (before !== undefined) unsort(table);
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    if (same && before.falling !== numeric) orders.delete(table);
    else put(table, { column, numeric, falling: same ? !before.falling : numeric });
  }

  function put(table, order) {
    orders.set(table, order);
    table.tHead.rows[0].cells[order.column].setAttribute("aria-sort", order.falling ? "descending" : "ascending");
    sort(table);
  }

  const sortable = () => [...document.querySelectorAll("table[data-sortable]")];
  const details = () => [...document.querySelectorAll("main details")];

  pk.goesAlong("orders",
    () => sortable().map((table) => orders.get(table) || null),
    (kept) => sortable().forEach((table, k) => { if (kept[k]) put(table, kept[k]); }));
  pk.goesAlong("opened",
    () => details().map((one) => one.open),
    (kept) => details().forEach((one, k) => { one.open = Boolean(kept[k]); }));

  pk.startSorting = function () {
    for (const table of sortable()) {
      [...table.tHead.rows[0].cells].forEach((head, column) => {
        const [title, ...unit] = head.childNodes;
        const arrow = pk.el("span", { class: "arrow", "aria-hidden": "true" });
        const button = pk.el("button", { type: "button", class: "sort", title: pk.text("sort") }, title, arrow, ...unit);
        head.append(button);
        button.addEventListener("click", () => press(table, head, column));
      });
    }
  };
})(plankontor);
