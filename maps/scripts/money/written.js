// Figures of the members of an office rounded together, so that a reader's sums come out: as maps.told.money.written.
const NOISE = 1e-9;
const DECIMALS = /** @type {const} */ ({ cash: 0, undone: 2, posts: 2, bought: 2 });

/** Parts that sum to the total as it is written: each rounded down, and the largest remainders up. @type {(total: number, parts: number[], decimals: number) => number[]} */
export function roundedTogether(total, parts, decimals) {
  const scale = 10 ** decimals;
  const floors = parts.map((part) => Math.floor(part * scale + NOISE));
  const left = parts.map((part, i) => Number((floors[i] - part * scale).toFixed(6)));
  const order = parts.map((_, i) => i).sort((a, b) => left[a] - left[b] || a - b);
  const up = new Set(order.slice(0, Math.max(0, Math.round(Number(total.toFixed(decimals)) * scale) - floors.reduce((sum, one) => sum + one, 0))));
  return floors.map((low, i) => (low + (up.has(i) ? 1 : 0)) / scale);
}

/** A year of each member; like for like stands below no sum, and stays. @type {(office: YearlyMoney, members: YearlyMoney[]) => YearlyMoney[]} */
export function yearsWritten(office, members) {
  const names = /** @type {(keyof typeof DECIMALS)[]} */ (Object.keys(DECIMALS));
  const figures = names.map((name) => roundedTogether(office[name], members.map((one) => one[name]), DECIMALS[name]));
  return members.map((one, k) => ({ ...one, ...Object.fromEntries(names.map((name, j) => [name, figures[j][k]])) }));
}
