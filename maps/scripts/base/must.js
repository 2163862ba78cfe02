// What has to be there. Where it is not, the page was written wrongly, and says so at the place.

/** A thing, which must be there. @type {<Thing>(thing: Thing | null | undefined, what: string) => Thing} */
export function must(thing, what) {
  if (thing === null || thing === undefined) throw new Error(`${what} is not there`);
  return thing;
}

/** What a map holds for a key, which it must know. @type {<Key, Thing>(map: Map<Key, Thing>, key: Key) => Thing} */
export const mustGet = (map, key) => must(map.get(key), `what belongs to ${key}`);
