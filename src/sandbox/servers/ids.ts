import { createHash } from 'node:crypto';
import { notificationBits, statusBits } from '../ids.ts';
import type { IdShape } from './server-kind.ts';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const nobody = '0';

/** When an id of ours was made. */
const toMs = (id: string, bits: bigint): number => Number(BigInt(id) >> bits);

/** 26 letters that sort like the numbers they stand for. */
export const ulid: IdShape = {
  toOutside(id) {
    let rest = BigInt(id);
    let letters = '';
    for (; rest > 0n; rest /= 32n) letters = crockford[Number(rest % 32n)] + letters;
    return `01${letters.padStart(24, '0')}`;
  },
  toInside(sent) {
    if (!/^01[0-9A-HJKMNP-TV-Z]{24}$/.test(sent)) return nobody;
    return Array.from(sent.slice(2)).reduce((sum, letter) => sum * 32n + BigInt(crockford.indexOf(letter)), 0n).toString();
  },
};

/** Sorts like the number it stands for. */
export const uuid: IdShape = {
  toOutside(id) {
    const hex = BigInt(id).toString(16).padStart(24, '0');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18).padEnd(12, '0')}`;
  },
  toInside(sent) {
    const [, ...parts] = /^([0-9a-f]{8})-([0-9a-f]{4})-7([0-9a-f]{3})-8([0-9a-f]{3})-([0-9a-f]{6})0{6}$/.exec(sent) ?? [];
    return parts.length === 0 ? nobody : BigInt(`0x${parts.join('')}`).toString();
  },
};

/** A time, a word and an id in one. */
export const uuidInTime = (word: string): IdShape => ({
  toOutside: (id) => `${new Date(toMs(id, notificationBits)).toISOString()}/${word}/${uuid.toOutside(id)}`,
  toInside: (sent) => uuid.toInside(sent.split('/').at(-1) ?? ''),
});

/** Digests, which only who made them can read back; with the second in which it was made before each, where wanted. */
export const openDigests = (withTime: boolean): IdShape => {
  const known = new Map<string, string>();
  return {
    toOutside(id) {
      const shown = (withTime ? String(Math.floor(toMs(id, statusBits) / 1_000)) : '') + createHash('md5').update(id).digest('hex');
      known.set(shown, id);
      return shown;
    },
    toInside: (sent) => known.get(sent) ?? nobody,
  };
};
