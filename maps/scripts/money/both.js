// What changes in money out and in work left undone, never one without the other, as maps.told.kroner.changed.
import { number, kroner, millions, said, signed } from "../base/format.js";

const DECIMALS = 2;
/** Both as they are written, so that a reader's sums come out. @type {(after: number, before: number, decimals: number) => number} */
const difference = (after, before, decimals) => Number(after.toFixed(decimals)) - Number(before.toFixed(decimals));
/** @param {number} fte */
const fteSaid = (fte) => said("quantity.fte", { n: number(fte, DECIMALS) });

/** Several together. @type {(years: (YearlyMoney | null)[]) => YearlyMoney} */
export function togetherOf(years) {
  const all = (/** @type {keyof YearlyMoney} */ name) => years.reduce((sum, one) => sum + (one?.[name] ?? NaN), 0);
  return { cost: all("cost"), cash: all("cash"), undone: all("undone"), posts: all("posts"), bought: all("bought") };
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

/** In words; whether sums are in millions. @type {(before: YearlyMoney, after: YearlyMoney, large?: boolean) => { cash: string, undone: string, cost: string }} */
export function changesSaid(before, after, large = false) {
  const [unit, decimals] = large ? [1e6, 1] : [1, 0];
  const write = large ? millions : kroner;
  const cash = Number(difference(after.cash / unit, before.cash / unit, decimals).toFixed(decimals)) * unit;
  const undone = Number(difference(after.undone, before.undone, DECIMALS).toFixed(DECIMALS));
  const cost = large ? Math.round(after.cost - before.cost) : difference(after.cost, before.cost, 0);
  const saidAs = (/** @type {string} */ name, /** @type {number} */ more, /** @type {(value: number) => string} */ written) =>
    (more ? said(`kroner.${name}_${more > 0 ? "more" : "less"}`, { n: written(Math.abs(more)) }) : said(`kroner.${name}_same`));
  return { cash: saidAs("cash", cash, write), undone: saidAs("undone", undone, fteSaid), cost: saidAs("cost", cost, write) };
}

/** In a sentence. @type {(before: YearlyMoney, after: YearlyMoney) => string} */
export const bothSaid = (before, after) => said("kroner.both", changesSaid(before, after));

/** The same for a group, and what the two lines make where that is not the sum like for like, as maps.told.kroner.both_lines.
 * @type {(before: YearlyMoney, after: YearlyMoney, boughtKr: number) => string} */
export function bothLinesSaid(before, after, boughtKr) {
  const lines = after.cash - before.cash + boughtKr * (after.undone - before.undone);
  const told = bothSaid(before, after);
  if (Math.abs(lines - (after.cost - before.cost)) < 1) return told;
  return `${told} ${said("kroner.lines_group", { n: said("kroner.kr", { n: signed(lines, 0) }) })}`;
}
