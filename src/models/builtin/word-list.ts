// What the engine knows of a language: phrases that tell one kind of ask from another, and words that carry no topic.

/** Asks that are told by their wording, in the order in which they are looked for. */
export const wordedAsks = [
  'puppet', 'joke', 'roast', 'cannot', 'who', 'thanks', 'compliment', 'insult', 'check', 'explain', 'open', 'should', 'when', 'why', 'how', 'greeting',
] as const;
export type WordedAsk = (typeof wordedAsks)[number];

/** What a headline can be about, so that a quip can be about it too. */
export const themes = ['animals', 'weather', 'transport', 'building', 'food', 'money', 'sport', 'tech', 'science', 'culture', 'lost', 'rules'] as const;
export type Theme = (typeof themes)[number];

/**
 * Phrases are regular expressions over folded text (lower case, no accents, no punctuation but apostrophes), separated by `;`,
 * matched at word boundaries except in scripts without spaces. `~` stands for any run of letters.
 */
export interface WordList {
  /** Two to six, as words. */
  readonly small: string;
  readonly quotes: readonly [open: string, close: string];
  /** Whether words stand apart, so that phrases can be matched at word boundaries. */
  readonly spaced: boolean;
  /** Where the noun that matters stands in a run of words, or that nouns are told by their capital. */
  readonly nouns: 'first' | 'last' | 'capital';
  /** Words that are nobody's topic, and those among them that may stand inside one. */
  readonly stop: string;
  readonly joins: string;
  /** What comes before the topic: "about". */
  readonly before: string;
  /** What shows that a noun follows: articles and their like. */
  readonly marks: string;
  /** Verbs that stand after the subject of a sentence and before that of a question, and the question words that may come before them. */
  readonly inverts?: string;
  readonly questions?: string;
  /** Between the two sides of a choice, with a first and a second group for scripts without spaces. */
  readonly or: string;
  /** Choices that are none: "true or false". */
  readonly notChoice: string;
  readonly asks: Readonly<Record<WordedAsk, string>>;
  /** Figures of speech that only look grave. */
  readonly figures: string;
  /** Somebody may harm themselves. */
  readonly crisis: string;
  /** Death, illness, disaster: in an ask and in a headline. */
  readonly grave: string;
  /** Crime and harm: no reason to be solemn in a talk, but nothing to joke about in a headline. */
  readonly sober: string;
  /** Subjects that are not for a quip from a machine. */
  readonly touchy: string;
  /** Words that claim too much, and words that shift the claim to others. */
  readonly absolutes: string;
  readonly hedges: string;
  readonly themes: Readonly<Record<Theme, string>>;
}
