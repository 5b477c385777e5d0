import type { Mood, ReadRoom } from '../core/manners.ts';
import type { Post } from '../core/types.ts';
import room from './room.json' with { type: 'json' };

/** What is worst comes first: who may harm themselves is not told about a law. */
const moods = ['self-harm', 'grief', 'disaster', 'minor', 'medical', 'legal', 'election', 'disputed'] as const satisfies readonly Mood[];

/**
 * What tells a mood in one language. Phrases are regular expressions over folded text (lower case, no accents, no punctuation but apostrophes),
 * matched as whole words except in scripts without spaces. `~` stands for any run of letters, `#` for the age of a child.
 */
interface RoomWords extends Partial<Record<Mood, readonly string[]>> {
  /** Figures of speech that only look grave: taken out before anything is looked for. */
  readonly figures: readonly string[];
  /** Words do not stand apart. */
  readonly unspaced?: boolean;
  /** A language in which a dot more or less makes another word: its accents stay. */
  readonly accents?: boolean;
}

interface Reader {
  readonly accents: boolean;
  readonly figures: RegExp;
  readonly moods: readonly (readonly [Mood, RegExp])[];
}

const lists: Readonly<Record<string, RoomWords>> = room.languages;

/** What is read of one post and of one thread, so that nobody can make reading expensive; the newest posts count. */
const legible = 3_000;
const mostPosts = 24;

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('’', "'").replace(/[\p{Cf}\u0640]/gu, '');
/** Latin accents and Arabic vowel signs go, Indian and Japanese signs stay; the dotless i and the barred l are letters of their own to Unicode, not to people in haste. */
const bare = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f\u064b-\u0655]/gu, '').normalize('NFC').replaceAll('ı', 'i').replaceAll('ł', 'l');
const words = (text: string): string => ` ${text.replace(/[^\p{L}\p{N}\p{M}'ー]+/gu, ' ').trim()} `;

/** The text is down to words by then: a space or an apostrophe is where one ends. Classes of all the world's letters would cost a hundred times as much memory. */
function toRegExp(phrases: readonly string[], { unspaced = false, accents = false }: RoomWords, flags = 'u'): RegExp {
  const body = phrases.map(phrase => (accents ? plain(phrase).normalize('NFC') : bare(plain(phrase)))).join('|').replaceAll('~', "[^ ']*").replaceAll('#', '(?:1[0-7]|[1-9])');
  if (body === '') return /$^/u;
  return new RegExp(unspaced ? body : `(?<=[ '])(?:${body})(?=[ '])`, flags);
}

const toReader = (list: RoomWords): Reader => ({
  accents: list.accents ?? false,
  figures: toRegExp(list.figures, list, 'gu'),
  moods: moods.flatMap(mood => (list[mood] ? [[mood, toRegExp(list[mood], list)] as const] : [])),
});

let readers: readonly Reader[] | undefined;

/**
 * Reads every text in every language: the tag of a post is its author's default, and nobody escapes by a wrong one.
 * So a phrase may stand in the table only if it means nothing harmless in the others, and a figure of speech counts in all of them.
 */
export const readRoom: ReadRoom = thread => {
  readers ??= Object.values(lists).map(toReader);
  const found = new Set<Mood>();
  for (const text of thread.slice(-mostPosts).flatMap(textsOf)) {
    const meant = { accents: words(plain(text).normalize('NFC')), bare: words(bare(plain(text))) };
    for (const { figures } of readers) {
      meant.accents = meant.accents.replace(figures, ' ');
      meant.bare = meant.bare.replace(figures, ' ');
    }
    for (const { accents, moods: each } of readers) {
      for (const [mood, phrases] of each) if (!found.has(mood) && phrases.test(accents ? meant.accents : meant.bare)) found.add(mood);
    }
  }
  return moods.find(mood => found.has(mood));
};

function textsOf(post: Post): string[] {
  const own = [post.text, post.contentWarning ?? '', ...post.media.map(({ alt = '' }) => alt)];
  return [...own, ...(post.quote ? textsOf(post.quote) : [])].filter(text => text !== '').map(text => text.slice(0, legible));
}
