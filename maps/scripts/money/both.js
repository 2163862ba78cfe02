// What changes in money out and in work left undone, never one without the other, as maps.told.kroner.changed.
import { number, kroner, said, signed } from "../base/format.js";

const DECIMALS = 2;
/** Both as they are written, so that a reader's sums come out. @type {(after: number, before: number, decimals: number) => number} */
const difference = (after, before, decimals) => Number(after.toFixed(decimals)) - Number(before.toFixed(decimals));
/** @param {number} fte */
const fteSaid = (fte) => said("quantity.fte", { n: number(fte, DECIMALS) });

/** Several together. @type {(years: (YearlyMoney | null)[]) => YearlyMoney} */
export function togetherOf(years) {
  const all = (/** @type {keyof YearlyMoney} */ name) => years.reduce((sum, one) => sum + (one?.[name] ?? NaN), 0);
  return { cost: all("cost"), cash: all("cash"), undone: all("undone"), posts: all("posts") };
}

/** As figures with their sign. @type {(before: YearlyMoney, after: YearlyMoney) => { cash: string, undone: string, cost: string }} */
export function changes(before, after) {
  const kr = (/** @type {number} */ more) => said("kroner.kr", { n: signed(more, 0) });
  return {
    cash: kr(difference(after.cash, before.cash, 0)),
    undone: said("quantity.fte", { n: signed(difference(after.undone, before.undone, DECIMALS), DECIMALS) }),
    cost: kr(difference(after.cost, before.cost, 0)),
  };
}

/** In a sentence. @type {(before: YearlyMoney, after: YearlyMoney) => string} */
export function bothSaid(before, after) {
  const [cash, undone] = [difference(after.cash, before.cash, 0), Number(difference(after.undone, before.undone, DECIMALS).toFixed(DECIMALS))];
  const saidAs = (/** @type {string} */ name, /** @type {number} */ more, /** @type {(value: number) => string} */ write) =>
    (more ? said(`kroner.${name}_${more > 0 ? "more" : "less"}`, { n: write(Math.abs(more)) }) : said(`kroner.${name}_same`));
  return said("kroner.both", { cash: saidAs("cash", cash, kroner), undone: saidAs("undone", undone, fteSaid) });
}
