import { z } from 'zod';

const themes = ['animals', 'weather', 'transport', 'building', 'food', 'money', 'sport', 'tech', 'science', 'culture', 'lost', 'rules'] as const;

/** Kinds of line the built-in engine knows, and when each one is spoken. */
export const lineKinds: Readonly<Record<string, string>> = {
  open: 'Asked what is going on, and something is. May hold {lead} and {turn}.',
  lead: 'A sentence that names {item}; stands before a {turn}.',
  turn: 'A sentence that fits after any {lead} or {about}; it must work for any headline.',
  ...Object.fromEntries(themes.map(theme => [`turn-${theme}`, `Takes the place of a turn when the item is about ${theme}.`])),
  topic: 'Asked about something that an item concerns. May hold {about} and {turn}.',
  about: 'A sentence that names {item} for somebody who asked about {topic}; stands before a {turn}.',
  somber: 'All that is going on is grave: {item} without a joke.',
  quiet: 'Asked what is going on, and nothing is known.',
  again: 'A sentence after any light line, where that line was said to somebody else lately and nothing new was left to say.',
  opinion: 'Asked about {topic}, or about nothing in particular, and no item concerns it. {themed} is a turn of the theme that {topic} has, if any.',
  check: 'Is this true? A turn on the claim, never a verdict. May hold {item} and {headline} (what was read about it), {topic}, {number}, {absolute} ("always"), {hedge} ("they say"), {marks} (exclamation marks).',
  choice: 'Asked to choose: {pick} over {other}.',
  should: 'Should I?',
  why: 'Why?',
  how: 'How?',
  when: 'When, or what will happen?',
  who: 'Who or what are you? Honest, always.',
  greeting: 'A hello.',
  thanks: 'A thank-you.',
  compliment: 'Praise.',
  insult: 'Abuse.',
  joke: 'Asked for a joke.',
  roast: 'Asked to mock somebody; the claim may be teased, the person not.',
  explain: 'Asked what the post above means.',
  puppet: 'Asked to say something on command or to forget its rules.',
  cannot: 'Asked for code, sums, translations, errands.',
  empty: 'Tagged without a word.',
  touchy: 'About a topic to avoid.',
  unverified: 'Is this true? under something grave: cannot know, and says so.',
  serious: 'Grief, illness, disaster: kind, no joke, no item.',
  crisis: 'Somebody may harm themselves: kind, and points to people who can help.',
};

/** Slots of a template. */
const slotNames = ['item', 'headline', 'item2', 'source', 'count', 'number', 'topic', 'pick', 'other', 'absolute', 'hedge', 'marks', 'lead', 'turn', 'themed', 'about'] as const;

const slots: ReadonlySet<string> = new Set(slotNames);
const forbidden = /[@#＠＃\n\r]|^[/!]|https?:|\p{Extended_Pictographic}/u;

const template = z
  .string()
  .min(2)
  .max(240)
  .refine(text => !forbidden.test(text), 'a line may hold no @, #, link, emoji or line break, and begin with neither / nor !')
  .refine(
    text => [...text.matchAll(/\{([^}]*)\}/g)].every(match => slots.has((match[1] ?? '').toLowerCase())) && !/[{}]/.test(text.replace(/\{[^}]*\}/g, '')),
    `the slots are ${slotNames.map(each => `{${each}}`).join(' ')}`,
  );

const language = z.string().regex(/^[a-z]{2}$/, 'a language is two small letters, like en');
const sentences = (about: string) => z.array(z.string().min(1)).default([]).describe(about);

const lines = z.strictObject(
  Object.fromEntries(Object.entries(lineKinds).map(([kind, about]) => [kind, z.array(template).min(1).optional().describe(about)])),
);

/** A persona file. */
export const personaSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens').describe('Name of the persona, the same as its file.'),
    about: z.string().min(1).describe('Who this is, in a sentence or two. Readers may see it.'),
    voice: z.string().min(1).describe('How it sounds: rhythm, register, what makes its humour its own. A model reads this.'),
    cheek: z.number().int().min(0).max(10).describe('0 courteous, 10 merciless about claims. Never about people.'),
    do: sentences('What it does, one habit a line.'),
    dont: sentences('What it never does, one a line.'),
    avoid: sentences('Topics it declines. A model reads them as they are; the built-in engine looks for them word for word.'),
    languages: z.array(language).min(1).describe('Languages it is at home in, its own first.'),
    examples: z
      .array(z.strictObject({ post: z.string().min(1).describe('What somebody wrote.'), answer: z.string().min(1).describe('What it answered.') }))
      .default([])
      .describe('A few answers at its best. A model imitates these more than anything else here.'),
    lines: z
      .record(language, lines)
      .default({})
      .describe('Lines of the built-in engine, by language and kind. Without any, the default persona lends its own.'),
  })
  .describe('A persona of Repartee: one voice, in one file.');

/** The schema as editors read it, kept beside the personas. */
export const toJsonSchema = (): string => `${JSON.stringify(z.toJSONSchema(personaSchema, { io: 'input' }), null, 2)}\n`;
