/** A stream of numbers in [0, 1) that depends on the seed alone. */
export function drawFrom(seed: string): () => number {
  let state = hash(seed);
  // mulberry32: tiny, and well spread even for seeds that differ in one digit.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** FNV-1a with a final scramble, 32 bits. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}

/** The same things in an order that the draw decides: the heavier, the likelier in front. */
export function shuffle<T>(things: readonly T[], weight: (thing: T) => number, draw: () => number): T[] {
  return things
    .map(thing => ({ thing, key: Math.log(draw() || Number.MIN_VALUE) / weight(thing) }))
    .sort((a, b) => b.key - a.key)
    .map(each => each.thing);
}
