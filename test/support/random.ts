/** Numbers from 0 up to 1 that a seed decides (mulberry32). */
export function openRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Random = ReturnType<typeof openRandom>;

/** A whole number from `least` to `most`, both included. */
export const pick = (random: Random, least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
