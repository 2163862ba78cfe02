// The accounts of what is shown, by the key that is chosen: of the plan, or of a grouping that is tried.
import { number, said } from "../base/format.js";
import { theJudge } from "../trial/judging.js";
import { makeKroner } from "./kroner.js";
import { mustGet } from "../base/must.js";
import { municipality, page, source, theKroner } from "../base/page.js";

const SOLVED = ["shapley", "nucleolus"];

/** Keys that the page can share by. */
export const keyNames = () => ["equal", "inhabitants", "need", ...(theKroner().hours?.every((one) => one !== null) ? ["use"] : []), "mix", "alone", "equal_gain", ...SOLVED];

/** As maps.told.kroner.key_name. @param {KeyParts} parts */
export function keyName(parts) {
  const names = Object.keys(parts);
  if (names.length === 1) return said(`key.${names[0]}.name`);
  const told = names.map((name) => said("kroner.mixed", { percent: number(100 * parts[name]), name: said(`key.${name}.name`) }));
  return said("list.and", { first: told.slice(0, -1).join(", "), last: told[told.length - 1] });
}

/** Made when the page begins. @type {Kroner | null} */
let money = null;
/** @type {{ name: string, parts: KeyParts }} */
let key = { name: "own", parts: source.kroner?.key ?? {} };
/** Of the offices and the key for which they were made. @type {{ offices: object, parts: KeyParts, accounts: Account[] } | null} */
let made = null;

/** What any office costs. */
export function counted() {
  if (money === null) {
    const judge = theJudge();
    money = makeKroner(theKroner(), judge, judge.ids.map((id) => municipality(id).population));
  }
  return money;
}

/** The key that is chosen. */
export const chosenKey = () => key;

/** Choose a key by its name; of the mix the part that is divided equally. @type {(name: string, part: number) => void} */
export function chooseKey(name, part) {
  /** @type {KeyParts} */
  const mixed = part === 0 ? { inhabitants: 1 } : part === 1 ? { equal: 1 } : { equal: part, inhabitants: 1 - part };
  key = { name, parts: name === "own" ? theKroner().key : name === "mix" ? mixed : { [name]: 1 } };
}

/** @type {(host: Position, members: Position[], parts: KeyParts) => Account} */
function account(host, members, parts) {
  const { ids } = theJudge();
  const office = counted().office(host, members);
  const paid = counted().shares(office, parts);
  const states = counted().states(office);
  const people = members.map((i) => municipality(ids[i]).population);
  const [most, least] = [Math.max(...people), Math.min(...people)];
  return {
    host: ids[host],
    ids: members.map((i) => ids[i]),
    office,
    paid,
    states,
    members: counted().memberStates(office, paid),
    extra: paid === null ? null : counted().extra(office, paid),
    gain: states.alone.cost - states.shared.cost,
    place: (k) => (people[k] === most ? "large" : people[k] === least ? "small" : "middle"),
  };
}

/** The accounts of some offices by hosts, each with its members in id order. @type {(offices: Map<Position, Position[]>) => Account[]} */
export const accountsOf = (offices) => [...offices].map(([host, members]) => account(host, members, key.parts));

/** The accounts of the offices that the page shows, in their order. @type {() => Account[]} */
export function accounts() {
  if (made !== null && made.offices === page.offices && made.parts === key.parts) return made.accounts;
  counted();
  const at = new Map(theJudge().ids.map((id, i) => [id, i]));
  const offices = new Map([...page.offices.values()].map(({ id, members }) => [mustGet(at, id), members.map((one) => mustGet(at, one)).sort((a, b) => a - b)]));
  made = { offices: page.offices, parts: key.parts, accounts: accountsOf(offices) };
  return made.accounts;
}

/** The three states of a municipality, and the account of its office; null if it takes no part. @param {string} id */
export function accountFor(id) {
  const found = accounts().find(({ ids }) => ids.includes(id));
  return found === undefined ? null : { account: found, states: found.members[found.ids.indexOf(id)] };
}
