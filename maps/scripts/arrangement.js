// What goes along beside the address, to the other language or when the page is loaded again: each room of the page tells what it keeps, and takes it back.
(function (pk) {
  const rooms = new Map();

  pk.goesAlong = (name, tell, take) => rooms.set(name, { tell, take });

  pk.arrangement = () => Object.fromEntries([...rooms].map(([name, { tell }]) => [name, tell()]));

  pk.arrange = function (kept) {
    for (const [name, { take }] of rooms) if (name in kept) take(kept[name]);
  };
})(plankontor);
