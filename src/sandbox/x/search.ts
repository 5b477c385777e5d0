import { invalidRequest } from './problem.ts';
import type { PostRecord } from './records.ts';
import type { World } from './world.ts';

type Test = (post: PostRecord) => boolean;

/** The operators that are played here; X has many more. */
const operators: Readonly<Record<string, (value: string, world: World) => Test>> = {
  'from': (handle, world) => ({ authorId }) => world.userNamed(handle)?.id === authorId,
  'to': (handle, world) => ({ replyToUser }) => replyToUser !== null && world.userNamed(handle)?.id === replyToUser,
  'conversation_id': (id) => ({ conversationId }) => conversationId === id,
  'lang': (lang) => (post) => post.lang === lang,
  'is': (kind, world) => {
    if (kind === 'reply') return ({ replyTo }) => replyTo !== null;
    if (kind === 'quote') return ({ quoteOf }) => quoteOf !== null;
    if (kind === 'verified') return ({ authorId }) => world.user(authorId)?.isVerified === true;
    // Nobody reposts here, and recent search no longer answers with reposts.
    if (kind === 'retweet') return () => false;
    throw invalidRequest(`Reference to invalid operator 'is:${kind}'.`, 'query', `is:${kind}`);
  },
};

const has = (text: string, words: string): boolean =>
  new RegExp(String.raw`(?<![\p{L}\p{N}_])${words.replace(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`)}(?![\p{L}\p{N}_])`, 'iu').test(text);

const toTest = (term: string, world: World): Test => {
  const [, operator, value] = /^(\w+):(\S+)$/.exec(term) ?? [];
  if (operator !== undefined && value !== undefined) {
    const make = operators[operator];
    if (make === undefined) throw invalidRequest(`Reference to invalid operator '${operator}'. Operator is not available here.`, 'query', term);
    return make(value.replace(/^@/, ''), world);
  }
  const mentioned = /^@(\w{1,15})$/.exec(term)?.[1];
  if (mentioned !== undefined) {
    return ({ typed, implied }) => [...typed, ...implied].some((id) => id === world.userNamed(mentioned)?.id);
  }
  const words = term.replace(/^"|"$/g, '');
  // Where words have no spaces between them, a word is any part of the text.
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+$/u.test(words) ? ({ text }) => text.includes(words) : ({ text }) => has(text, words);
};

/** What a query asks for: every term must hold, one with a minus must not. */
export const readSearch = (query: string, world: World): Test => {
  const terms = query.match(/-?(?:"[^"]*"|[^\s"]+)/g) ?? [];
  if (terms.some((term) => /^OR$|[()]/.test(term))) throw invalidRequest('OR and brackets are not played here', 'query', query);
  const tests = terms.map((term): Test => {
    const test = toTest(term.replace(/^-/, ''), world);
    return term.startsWith('-') ? (post) => !test(post) : test;
  });
  return (post) => tests.every((test) => test(post));
};
