import { openAutomaton, type Automaton } from '../core/automaton.ts';
import type { Mood, ReadRoom } from '../core/manners.ts';
import type { Phrases } from '../core/phrases.ts';
import type { Post } from '../core/types.ts';
import room from './room.json' with { type: 'json' };

/** What is worst comes first: who may harm themselves is not told about a law. */
const moods = ['self-harm', 'danger', 'grief', 'disaster', 'minor', 'medical', 'legal', 'election', 'disputed'] as const satisfies readonly Mood[];

/**
 * What tells a mood in one language. Phrases (core/phrases.ts says how they are written; `#` is the age of a child) are looked for in folded text: lower case,
 * no accents, no punctuation but apostrophes; as whole words except in scripts without spaces.
 */
interface RoomWords extends Partial<Record<Mood, readonly string[]>> {
  /** Lists that phrases name. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** Figures of speech that only look grave: taken out before anything is looked for. */
  readonly figures: readonly string[];
  /** Words do not stand apart. */
  readonly unspaced?: boolean;
  /** A language in which a dot more or less makes another word: its accents stay. */
  readonly accents?: boolean;
}

const lists: Readonly<Record<string, RoomWords>> = room.languages;

/** What is read of one post and of one thread, so that nobody can make reading expensive; the newest posts count. */
const legible = 3_000;
const mostPosts = 24;

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('’', "'").replace(/[\p{Cf}\u0640]/gu, '');
/** Latin accents and Arabic vowel signs go, Indian and Japanese signs stay; the dotless i and the barred l are letters of their own to Unicode, not to people in haste. */
const bare = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f\u064b-\u0655]/gu, '').normalize('NFC').replaceAll('ı', 'i').replaceAll('ł', 'l');
const words = (text: string): string => ` ${text.replace(/[^\p{L}\p{N}\p{M}'ー]+/gu, ' ').trim()} `;

/** As they are compared with a text. */
function toPhrases(phrases: readonly string[], { accents = false, names = {} }: RoomWords): Phrases {
  const folded = (texts: readonly string[]): string[] =>
    texts.map(text => (accents ? plain(text).normalize('NFC') : bare(plain(text))).replaceAll('#', '(1[0-7]|[1-9])'));
  return { phrases: folded(phrases), names: Object.fromEntries(Object.entries(names).map(([name, list]) => [name, folded(list)])) };
}

const all = Object.values(lists);
/** A space or an apostrophe is where a word ends; no sign is, where words do not stand apart. */
const bordersOf = ({ unspaced = false }: RoomWords): string => (unspaced ? '' : " '");
const [apart, together, accented] = [
  all.filter(list => list.unspaced !== true && list.accents !== true), all.filter(list => list.unspaced === true), all.filter(list => list.accents === true),
];
const toFigures = (of: readonly RoomWords[]): Automaton => openAutomaton([of.map(list => toPhrases(list.figures, list))], bordersOf(of[0] ?? { figures: [] }));
const toMoods = (of: readonly RoomWords[]): Automaton => openAutomaton(moods.map(mood => of.map(list => toPhrases(list[mood] ?? [], list))), bordersOf(of[0] ?? { figures: [] }));
const figures = [toFigures([...apart, ...accented]), toFigures(together)];
const moodsBare = [toMoods(apart), toMoods(together)];
const moodsAccented = toMoods(accented);

const withoutFigures = (text: string): string => figures.reduce((left, each) => {
  let [rest, from] = ['', 0];
  for (const { start, end } of each.placesIn(left)) {
    rest += `${left.slice(from, start)} `;
    from = end;
  }
  return rest + left.slice(from);
}, text);

const moodsOf = (withAccents: string, without: string): number => moodsBare.reduce((sum, each) => sum | each.listsIn(without), moodsAccented.listsIn(withAccents));

/**
 * Reads every text in every language: the tag of a post is its author's default, and nobody escapes by a wrong one.
 * So a phrase may stand in the table only if it means nothing harmless in the others, and a figure of speech counts in all of them.
 */
export const readRoom: ReadRoom = thread => {
  let found = 0;
  for (const text of thread.slice(-mostPosts).flatMap(textsOf)) {
    const [withAccents, without] = [words(plain(text).normalize('NFC')), words(bare(plain(text)))];
    // Most texts tell of nothing grave, figures of speech or not.
    if (moodsOf(withAccents, without) !== 0) found |= moodsOf(withoutFigures(withAccents), withoutFigures(without));
  }
  return moods.find((_, at) => (found & (1 << at)) !== 0);
};

function textsOf(post: Post): string[] {
  const own = [post.text, post.contentWarning ?? '', ...post.media.map(({ alt = '' }) => alt)];
  return [...own, ...(post.quote ? textsOf(post.quote) : [])].filter(text => text !== '').map(text => text.slice(0, legible));
}
