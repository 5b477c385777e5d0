/** Orders decimal id strings of any length, without leading zeros. */
export const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** An id a client sent. Rails casts what is no number to 0. */
export const toId = (sent: string): string => (/^\d+$/.test(sent) ? sent.replace(/^0+(?=\d)/, '') : '0');

export interface Ids {
  /** A new id for that moment, greater than every one before it. */
  next(atMs: number): string;
  /** Takes note of an id that exists already. */
  saw(id: string): void;
}

/** Bits below the milliseconds. Two ranges, so that nobody gets away with taking one kind of id for the other. */
export const statusBits = 16n;
export const notificationBits = 10n;

/** Ids as Mastodon makes them: milliseconds shifted left, a counter in the bits that frees. They never fall back, even when the clock does. */
export const openIds = (bits: bigint): Ids => {
  let highest = 0n;
  return {
    next(atMs) {
      const wanted = BigInt(atMs) << bits;
      highest = wanted > highest ? wanted : highest + 1n;
      return highest.toString();
    },
    saw(id) {
      const seen = BigInt(id);
      if (seen > highest) highest = seen;
    },
  };
};
