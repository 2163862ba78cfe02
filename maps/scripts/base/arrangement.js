// What goes along beside the address, to the other language or when the page is loaded again: each room of the page tells what it keeps, and takes it back.

/** @type {Map<string, { tell: () => any, take: (kept: any) => void }>} */
const rooms = new Map();

/** Let a room of the page keep something. @type {(name: string, tell: () => any, take: (kept: any) => void) => void} */
export const goesAlong = (name, tell, take) => { rooms.set(name, { tell, take }); };

/** What all rooms keep, by name. @type {() => Record<string, any>} */
export const arrangement = () => Object.fromEntries([...rooms].map(([name, { tell }]) => [name, tell()]));

/** Hand back what was kept. @param {Record<string, any>} kept */
export function arrange(kept) {
  for (const [name, { take }] of rooms) if (name in kept) take(kept[name]);
}
