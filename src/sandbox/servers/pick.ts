import type { Json } from '../render.ts';

/** A member by its name; with a value, that one where there is none. */
export type Member = string | readonly [name: string, value: unknown];

/** These members and no others; what is not there is left out. */
export function pick(from: Json, members: readonly Member[]): Json {
  return Object.fromEntries(members.flatMap((member) => {
    const [name, otherwise] = typeof member === 'string' ? [member] : member;
    const value = from[name] ?? otherwise;
    return value === undefined && !(name in from) ? [] : [[name, value ?? null]];
  }));
}
