import { PermanentError, TemporaryError } from '../../core/errors.ts';
import type { Mention, PostRef } from '../../core/types.ts';
import type { Account } from './account.ts';
import { toUrl } from './to-post.ts';
import { postList } from './wire.ts';

const pageSize = 100;
/** X shows no more than the last 3,200 posts of anybody. */
const pagesRead = 32;

/** Our reply to the mention, among what we posted since. Stand-ins of X do not always say what a post answers: there its text tells. */
export async function findReply({ self, settings, meter, host, read }: Account, mention: Mention, text?: string): Promise<PostRef | undefined> {
  let token: string | undefined;
  for (let page = 0; page < pagesRead; page += 1) {
    const after = { max_results: pageSize, since_id: mention.id, ...(token !== undefined && { pagination_token: token }) };
    const { posts, nextToken, unreadable, isPartial } = await readOwn(() => read(postList, 'our own posts', {
      method: 'get', path: `users/${self.id}/tweets`,
      query: ({ postFields, references }) => ({ ...after, ...(postFields === 'tweet.fields' ? { [postFields]: 'referenced_tweets' } : { expansions: references }) }),
    }));
    meter.charge({ what: 'own post read', price: settings.prices.ownPost, ids: posts.map(({ id }) => id), mention: mention.id });
    const found = posts.find(({ replyTo }) => replyTo === mention.id) ?? posts.find(post => post.replyTo === undefined && post.text === text);
    if (found) return toRef(found.id, self.handle, settings.webUrl);
    // Only a whole answer can say that there is none: what is missing may be ours.
    if (isPartial || unreadable > 0 || posts.some(({ isWhole }) => !isWhole)) throw new TemporaryError(`${host} shows what we posted only in part`);
    if (nextToken === undefined) return undefined;
    token = nextToken;
  }
  // There will only be more of them.
  throw new PermanentError(`${host} shows too little of what we posted to tell whether ${mention.url} was answered`);
}

/** That our own posts cannot be shown says nothing about the reply. */
async function readOwn<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PermanentError) throw new TemporaryError(error.message, { cause: error });
    throw error;
  }
}

export const toRef = (id: string, handle: string, webUrl: string): PostRef => ({ id, url: toUrl(handle, id, webUrl), visibility: 'public' });
