import type { Lines } from '../../core/types.ts';
import { shuffle } from './seed.ts';

/** What the slots of a template may be filled with; a slot that is absent makes its template ineligible. */
export type Slots = Readonly<Record<string, string | undefined>>;

/** Slots that only some asks or items can fill: a line that uses one fits this ask and few others. */
const telling: Readonly<Record<string, number>> = { absolute: 6, hedge: 6, marks: 4, number: 4, count: 3, themed: 5, topic: 3 };
/** What was found concerns the claim, or it would not be there: nobody asks whether something is true to hear nothing of it. */
const found: Readonly<Record<string, number>> = { item: 8, headline: 8 };
/** Slots that stand for another list of the persona's lines. */
const lists: readonly string[] = ['lead', 'turn', 'themed', 'about'];
const slot = /\{(\p{L}+\d?)\}/gu;

interface Choosing {
  readonly lines: Lines;
  /** The theme's own turns come before the general ones. */
  readonly theme: string | undefined;
  readonly slots: Slots;
  /** From the one that shows the quoted item best to the shortest. */
  readonly caps: readonly Slots[];
  readonly draw: () => number;
  /** Length to aim at, and the one that counts when the aim cannot be met. */
  readonly aim: number;
  readonly room: number;
}

/** A line of this kind, filled, and short enough if any of them can be; undefined when none of them can be filled. */
export function chooseLine(kind: string, choosing: Choosing): string | undefined {
  const { lines, caps, draw, aim, room } = choosing;
  const fillable = (lines[kind] ?? []).filter(template => isEligible(template, choosing));
  // Whoever asked about something is answered about that.
  const named = kind === 'opinion' ? fillable.filter(template => slotsOf(template).length > 0) : [];
  const eligible = named.length > 0 ? named : fillable;
  const weigh = (template: string): number => slotsOf(template).reduce((most, name) => Math.max(most, (kind === 'check' ? found[name.toLowerCase()] : undefined) ?? telling[name.toLowerCase()] ?? listOf(name, choosing).length), 1);
  const wholes = shuffle(eligible, weigh, draw).map(template => hardenSpaces(expand(template, choosing, list => shuffle(list, () => 1, draw)[0] ?? '')));
  // A line that holds the whole headline comes before one that would have to cut it.
  for (const slots of caps) {
    const text = wholes.map(whole => fill(whole, slots)).find(filled => filled.length <= aim);
    if (text !== undefined) return text;
  }
  const tightest = caps.at(-1) ?? {};
  const byLength = eligible
    .map(template => fill(hardenSpaces(expand(template, choosing, list => [...list].sort((a, b) => a.length - b.length)[0] ?? '')), tightest))
    .sort((a, b) => a.length - b.length);
  // The one that fills the room best, else the shortest there is.
  return byLength.findLast(each => each.length <= room) ?? byLength[0];
}

const slotsOf = (template: string): string[] => [...template.matchAll(slot)].map(match => match[1] ?? '');

/** Lines that a slot stands for: `{turn}` is one of the persona's turns. Empty when it stands for a value. */
function listOf(name: string, { lines, theme }: Choosing): readonly string[] {
  if (!lists.includes(name)) return [];
  const own = theme === undefined ? [] : (lines[`turn-${theme}`] ?? []);
  if (name === 'themed') return own;
  return name === 'turn' && own.length > 0 ? own : (lines[name] ?? []);
}

const isFillable = (template: string, slots: Slots): boolean => slotsOf(template).every(name => (slots[name.toLowerCase()] ?? '') !== '');

const isEligible = (template: string, choosing: Choosing): boolean =>
  isFillable(template.replace(slot, (whole, name: string) => (listOf(name, choosing).some(line => isFillable(line, choosing.slots)) ? '' : whole)), choosing.slots);

const expand = (template: string, choosing: Choosing, pick: (list: readonly string[]) => string): string =>
  template.replace(slot, (whole, name: string) => {
    const list = listOf(name, choosing).filter(line => isFillable(line, choosing.slots));
    return list.length > 0 ? pick(list) : whole;
  });

/** French puts a space before these marks, and a line must not break there. */
const hardenSpaces = (template: string): string => template.replace(/ (?=[?!;:»])|(?<=«) /g, '\u00a0');

/** `{Pick}` begins a sentence, `{pick}` does not. */
const fill = (template: string, slots: Slots): string =>
  template.replace(slot, (_, name: string) => {
    const value = slots[name.toLowerCase()] ?? '';
    return /^\p{Lu}/u.test(name) ? value.replace(/\p{L}/u, first => first.toUpperCase()) : value;
  });

/** At a sentence's end when one fits, else at a word. */
export function cut(text: string, room: number): string {
  if (text.length <= room) return text;
  const start = text.slice(0, room);
  const sentence = /^.*[.!?…。！？][”»“」]?/su.exec(start)?.[0];
  if (sentence && sentence.length >= room / 3) return sentence;
  const within = text.slice(0, Math.max(0, room - 1));
  return `${/\s/.test(within) ? within.slice(0, within.lastIndexOf(' ')) : within}…`.slice(0, room);
}
