import type { Brief, Post } from '../../core/types.ts';
import { choiceOf, type Choice } from './choice.ts';
import { topicOf } from './topic.ts';
import type { Theme, WordedAsk } from './word-list.ts';
import { asksWhetherBot, foldWords, readable, speaksOfCrisis, themeOf, wordsOf, type Words } from './words.ts';

/** What kind of line answers an ask. */
export type Kind = WordedAsk | 'topic' | 'opinion' | 'quiet' | 'choice' | 'empty' | 'touchy' | 'unverified' | 'serious' | 'crisis' | 'somber';

/** A mention, understood as far as word lists go. */
export interface Ask {
  readonly kind: Kind;
  /** Words of the asker's language. */
  readonly words: Words;
  /** What it is about, as somebody wrote it. */
  readonly topic?: string;
  readonly choice?: Choice;
  /** What kind of thing that is. */
  readonly theme?: Theme;
  /** The statement in question, and the words of its language. */
  readonly claim: { readonly text: string; readonly words: Words };
}

/** Asks that make sense only in a few words; in a long text the same words mean something else. */
const shortOnly: ReadonlySet<WordedAsk> = new Set(['thanks', 'compliment', 'greeting', 'insult', 'who', 'joke', 'roast']);
/** How much of a text is read: what comes later in a long one changes neither the ask nor its topic. */
const legible = 1200;
/** Question words, of which the first in the text is the one that asks. */
const leading: ReadonlySet<WordedAsk> = new Set(['should', 'when', 'why', 'how']);
/** Asks that a matching item answers better than a line about the asking. */
const answerable: ReadonlySet<Kind> = new Set(['open', 'when', 'why', 'how', 'explain', 'opinion']);

/** Reads the mention, or the post it answers when it holds no words of its own. What must not be joked about comes first. */
export function readAsk(brief: Brief): Ask {
  const words = wordsOf(brief.language, brief.persona.languages[0]);
  const parent = parentOf(brief);
  const bare = foldWords(brief.question) === '';
  const asked = (bare && parent ? parent.text : brief.question).slice(0, legible);
  const folded = foldWords(asked);
  const parentWords = wordsOf(parent?.language, brief.language);
  const parentFolded = foldWords(parent?.text.slice(0, legible) ?? '');
  const kind = kindOf(asked, folded, words, brief.gathered.open && !parent);
  const ask = { words, ...about(brief, asked, words, parent, parentWords, kind) };

  if (speaksOfCrisis(folded) || speaksOfCrisis(parentFolded)) return { ...ask, kind: 'crisis' };
  if (isGrave(folded, words) || isGrave(parentFolded, parentWords)) return { ...ask, kind: kind === 'check' ? 'unverified' : 'serious' };
  if (brief.mood !== undefined) return { ...ask, kind: kindIn(brief.mood, kind) };
  if (isTouchy(folded, words, brief.persona.avoid) || isTouchy(parentFolded, parentWords, brief.persona.avoid)) return { ...ask, kind: 'touchy' };
  if (folded === '') return { ...ask, kind: 'empty' };
  if (!readable.includes(brief.language.slice(0, 2).toLowerCase())) return { words, claim: ask.claim, kind: asksWhetherBot(folded) ? 'who' : kindUnread(brief, parent !== undefined) };
  if (bare && (kind === 'opinion' || kind === 'topic' || isTold(asked, kind))) return { ...ask, kind: 'check' };
  if (kind === 'choice') {
    const choice = choiceOf(asked, words);
    return choice ? { ...ask, kind, choice } : { ...ask, kind: 'opinion' };
  }
  const { open, items } = brief.gathered;
  // Who named no topic is not told what their topic was.
  if (kind === 'opinion' && open && !parent) return { words, claim: ask.claim, kind };
  if (answerable.has(kind) && !open && items.length > 0) return { ...ask, kind: 'topic' };
  // "What is this about?" with nothing above is about everything.
  if (kind === 'explain' && open && !parent && items.length > 0) return { ...ask, kind: 'open' };
  if (kind === 'open' && items.length === 0) return { ...ask, kind: ask.topic === undefined || open ? 'quiet' : 'opinion' };
  return { ...ask, kind };
}

/** In a room that is not one for jokes: kindness where somebody suffers, no verdict where something is disputed. */
function kindIn(mood: NonNullable<Brief['mood']>, kind: Kind): Kind {
  if (mood === 'self-harm' || mood === 'danger') return 'crisis';
  if (kind === 'who') return kind;
  if (mood === 'grief' || mood === 'disaster' || mood === 'minor') return kind === 'check' ? 'unverified' : 'serious';
  return kind === 'check' ? 'unverified' : 'touchy';
}

/** What to say to words that nobody here reads: what was found for them, a turn on the post above, or what is hot. */
function kindUnread({ gathered: { open, items } }: Brief, isReply: boolean): Kind {
  if (items.length > 0) return open ? 'open' : 'topic';
  return isReply ? 'check' : 'quiet';
}

/** The post that the mention answers, unless it is our own: we are not our own topic. */
function parentOf(brief: Brief): Post | undefined {
  const mention = brief.thread.at(-1);
  const parent = mention?.quote ?? brief.thread.at(-2);
  return parent && parent.author.handle !== brief.self.handle ? parent : undefined;
}

function about(brief: Brief, asked: string, words: Words, parent: Post | undefined, parentWords: Words, kind: Kind): Pick<Ask, 'topic' | 'theme' | 'claim'> {
  const matched = brief.gathered.items.flatMap(item => item.matched);
  const own = topicOf(asked, words, matched);
  // "Is this true?" is about the post above, whatever other words it holds; "is it true that …?" brings its own claim.
  const borrowed = parent && (own === undefined || kind === 'explain' || (kind === 'check' && foldWords(asked).split(' ').length <= 6));
  const topic = borrowed ? topicOf(parent.text.slice(0, legible), parentWords, matched) ?? own : own;
  const theme = topic === undefined ? undefined : themeOf(topic, borrowed ? parentWords : words) ?? (borrowed ? themeOf(parent.text.slice(0, legible), parentWords) : undefined);
  return { ...(topic === undefined ? {} : { topic }), ...(theme ? { theme } : {}), claim: borrowed ? { text: parent.text.slice(0, legible), words: parentWords } : { text: asked, words } };
}

function kindOf(asked: string, folded: string, words: Words, open: boolean): Kind {
  const length = words.spaced ? folded.split(' ').length : folded.length / 3;
  const found = words.asks.filter(([kind, phrases]) => phrases.test(folded) && !(shortOnly.has(kind) && length > (kind === 'greeting' ? 5 : 9)));
  // "How should I …?" asks how: the question word that comes first is the question.
  const first = found[0]?.[0];
  const worded = first && leading.has(first) ? found.filter(([kind]) => leading.has(kind)).sort(([, a], [, b]) => folded.search(a) - folded.search(b))[0]?.[0] : first;
  const isChoice = choiceOf(asked, words) !== undefined && !words.notChoice.test(folded);
  if (isChoice && (worded === undefined || leading.has(worded) || worded === 'greeting')) return 'choice';
  return worded ?? (open && /[?？]/.test(asked) ? 'open' : 'opinion');
}

/** "Mondays should be illegal" asks nothing, although it holds a question's word. */
const isTold = (text: string, kind: Kind): boolean => leading.has(kind as WordedAsk) && !/[?？]/.test(text);

/** Whether a folded text speaks of death, illness or disaster, figures of speech aside. */
export const isGrave = (folded: string, words: Words): boolean => words.grave.test(folded.replace(words.figures, ' '));

/** Whether a folded text is about something the persona, or any machine, had better not quip about, figures of speech aside. */
export function isTouchy(folded: string, words: Words, avoid: readonly string[]): boolean {
  if (words.touchy.test(folded.replace(words.figures, ' '))) return true;
  return avoid.some(topic => topic !== '' && ` ${folded} `.includes(words.spaced ? ` ${foldWords(topic)} ` : foldWords(topic)));
}
