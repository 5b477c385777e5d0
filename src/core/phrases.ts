// How phrases are written, as data that people can read: what of it is what, for the automaton that looks for them.

/**
 * One phrase. `(a|b)` is one of some; `?` behind a letter or a bracket: it may be missing, `*`: it stands there any number of times, `+`: once at least,
 * `{2,5}`: so often. `[ae]` is one of these letters, `~` the rest of a word, `_` a word, `…` up to three words of one sentence, `\d` a digit, `.` any sign,
 * `\.` where a sentence ends. `(?!a|b)` must not follow, `(?<!a|b)` must not stand before. `<name>` is one of a list of that name.
 */
export type Phrase = string;

/** Phrases, and the lists that they name. */
export interface Phrases {
  readonly phrases: readonly Phrase[];
  readonly names?: Readonly<Record<string, readonly Phrase[]>>;
}

/** One after the other. */
export type Sequence = readonly Part[];

export type Part =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'signs'; readonly codes: readonly number[] }
  | { readonly is: 'one of'; readonly of: readonly Sequence[] }
  | { readonly is: 'repeated'; readonly part: Part; readonly least: number; readonly most: number }
  | { readonly is: 'not'; readonly of: readonly Sequence[]; readonly isBehind: boolean };

/** What stands for many signs, in place of the code of one. */
export const classes = { inWord: 3, inSentence: 4, digit: 5, any: 6 } as const;
/** Codes below are none of letters. */
export const firstLetter = 7;

const one = (code: number): Part => ({ is: 'signs', codes: [code] });
/** Letters that mean themselves, as many as stand together. The last is not among them where a sign behind it says how often it stands there. */
const plainly = /[^()<[\]|?*+{~_….\\]+(?![?*+{])/uy;
const word: Part = { is: 'repeated', part: one(classes.inSentence), least: 1, most: Infinity };
const upToThree: Part = { is: 'repeated', part: { is: 'one of', of: [[word, one(32)]] }, least: 0, most: 3 };

/** Some lists are named by hundreds of phrases. */
const lists = new WeakMap<readonly Phrase[], Part>();

export function parse(text: Phrase, names: Phrases['names'] = {}): readonly Sequence[] {
  let at = 0;
  const fail = (): never => {
    throw new Error(`this is no phrase, at its sign ${at}: ${text}`);
  };
  const takes = (sign: string): boolean => {
    if (!text.startsWith(sign, at)) return false;
    at += sign.length;
    return true;
  };
  const oneOf = (): Sequence[] => {
    const all: Part[][] = [[]];
    while (at < text.length && text[at] !== ')') {
      if (takes('|')) all.push([]);
      else all.at(-1)?.push(often(part()));
    }
    return all;
  };
  const bracket = (): Sequence[] => {
    const of = oneOf();
    return takes(')') ? of : fail();
  };
  const part = (): Part => {
    if (takes('(?!')) return { is: 'not', of: bracket(), isBehind: false };
    if (takes('(?<!')) return { is: 'not', of: bracket(), isBehind: true };
    if (takes('(?:') || takes('(')) return { is: 'one of', of: bracket() };
    if (takes('<')) return named();
    if (takes('… ')) return upToThree;
    if (takes('~')) return { is: 'repeated', part: one(classes.inWord), least: 0, most: Infinity };
    if (takes('_')) return word;
    if (takes('\\d')) return one(classes.digit);
    if (takes('[')) return { is: 'signs', codes: letters() };
    if (takes('.')) return one(classes.any);
    plainly.lastIndex = at;
    const [plain] = plainly.exec(text) ?? [];
    if (plain !== undefined) {
      at += plain.length;
      return { is: 'text', text: plain };
    }
    const isEscaped = takes('\\');
    const sign = text[at] ?? fail();
    if (isEscaped && /\w/u.test(sign)) fail();
    at += 1;
    return one(sign.charCodeAt(0));
  };
  const named = (): Part => {
    const name = text.slice(at, text.indexOf('>', at));
    const list = names[name];
    if (list === undefined || list.length === 0) throw new Error(`${list ? 'nothing is in the list' : 'no list is called'} "${name}", as in: ${text}`);
    at += name.length + 1;
    let known = lists.get(list);
    if (known === undefined) {
      known = { is: 'one of', of: list.flatMap(each => parse(each, names)) };
      lists.set(list, known);
    }
    return known;
  };
  const letters = (): number[] => {
    const codes: number[] = [];
    while (!takes(']')) {
      const from = (text[at] ?? fail()).charCodeAt(0);
      at += 1;
      const to = takes('-') ? text.charCodeAt(at++) : from;
      for (let code = from; code <= to; code += 1) codes.push(code);
    }
    return codes;
  };
  const often = (each: Part): Part => {
    if (takes('?')) return { is: 'repeated', part: each, least: 0, most: 1 };
    if (takes('*')) return { is: 'repeated', part: each, least: 0, most: Infinity };
    if (takes('+')) return { is: 'repeated', part: each, least: 1, most: Infinity };
    const times = /^\{(\d+)(?:,(\d+))?\}\??/u.exec(text.slice(at, at + 8));
    if (times === null) return each;
    at += times[0].length;
    return { is: 'repeated', part: each, least: Number(times[1]), most: Number(times[2] ?? times[1]) };
  };
  const all = oneOf();
  return at === text.length ? all : fail();
}
