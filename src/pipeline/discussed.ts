import type { Person, Wishes } from '../core/manners.ts';
import type { Author, Mention, Post, Self, Thread } from '../core/types.ts';

/** Tags in a profile by which people keep bots away. */
const keepOut = /(?:^|[^\p{L}\p{N}_])[#＃]?(?:nobot|nobots|noai|nollm|no-?bots?-?please)(?![\p{L}\p{N}_])/iu;

/** A post, what it quotes, and what that quotes. */
const withQuotes = (post: Post): readonly Post[] => (post.quote ? [post, ...withQuotes(post.quote)] : [post]);

/** By author, the asker and ourselves left out: nobody keeps himself away. */
type Others = (post: Post) => boolean;
const othersThan = (mention: Mention, self: Pick<Self, 'id'>): Others => ({ author }) => author.id !== mention.author.id && author.id !== self.id;

/**
 * Whom an answer would be about: who wrote the nearest post above what the asker and we said ourselves, whoever is quoted from there on, and who began
 * the thread. A dummy reply in between changes nothing. Where the post that is answered could not be read, those whom the mention itself names.
 */
export function discussedIn(thread: Thread, mention: Mention, self: Pick<Self, 'id'>): readonly Person[] {
  const isOther = othersThan(mention, self);
  const earlier = thread.slice(0, -1);
  const nearest = earlier.slice(Math.max(0, earlier.findLastIndex(isOther)));
  const posts = [...nearest, ...earlier.filter(({ id }) => id === mention.replyTo), mention, ...thread.slice(-1), ...earlier.slice(0, 1)].flatMap(withQuotes).filter(isOther);
  const isUnread = mention.replyTo !== undefined && !earlier.some(({ id }) => id === mention.replyTo);
  const people: readonly Person[] = [...posts.map(({ author }) => author), ...isUnread ? (mention.bystanders ?? []).filter(id => id !== mention.author.id && id !== self.id).map(id => ({ id, handle: '' })) : []];
  return [...new Map(people.map(person => [person.id, person])).values()];
}

/** Why nothing may be said about those whom it is about, or what of the thread may be read: nobody who keeps bots out, or wants to be left alone, is read or quoted. */
export async function screen(thread: Thread, mention: Mention, self: Pick<Self, 'id'>, wishes: Pick<Wishes, 'leftAlone'>): Promise<{ readonly silent: string } | { readonly thread: Thread }> {
  const discussed = discussedIn(thread, mention, self);
  const authors = [...thread, mention].flatMap(withQuotes).filter(othersThan(mention, self)).map(({ author }) => author);
  const keptOut = new Set(authors.filter(({ bio }) => keepOut.test(bio ?? '')).map(({ id }) => id));
  if (discussed.some(({ id }) => keptOut.has(id))) return { silent: 'the person it is about keeps bots out (#nobot, #noai or #nollm in the profile)' };
  if (await wishes.leftAlone(mention.network, discussed)) return { silent: 'the person it is about wants to be left alone' };
  for (const author of new Map(authors.map(each => [each.id, each])).values()) if (await wishes.leftAlone(mention.network, [author])) keptOut.add(author.id);
  return { thread: keptOut.size === 0 ? thread : thread.flatMap(post => without(post, keptOut)) };
}

function without(post: Post, authors: ReadonlySet<Author['id']>): readonly Post[] {
  if (authors.has(post.author.id)) return [];
  const { quote, ...rest } = post;
  const [kept] = quote ? without(quote, authors) : [];
  return [{ ...rest, ...(kept && { quote: kept }) }];
}
