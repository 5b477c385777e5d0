// A plain HTTP client for the local X, as a person with curl would use it. Shares nothing with the adapter.
import { found } from './until.ts';

export interface SeenPost {
  readonly id: string;
  readonly text: string;
  readonly author: { readonly handle: string };
  readonly replyTo: string | null;
}

export interface SeenBill {
  readonly dollars: number;
  readonly dollarsWithIncludes: number;
  readonly lines: readonly { readonly what: string; readonly count: number }[];
}

/** The local X at the sandbox's address, seen from outside. */
export function seeX(url: string) {
  const get = async <T>(path: string): Promise<T> => (await fetch(url + path, { headers: { connection: 'close' } })).json() as Promise<T>;
  /** Of one post, or all there are. */
  const answers = async (id?: string, by = 'repartee'): Promise<SeenPost[]> =>
    (await get<{ posts: SeenPost[] }>('/sandbox/x/timeline')).posts.filter(post => post.replyTo !== null && (id === undefined || post.replyTo === id) && post.author.handle === by);
  return {
    answers,
    bill: () => get<SeenBill>('/sandbox/x/bill'),
    async post(handle: string, text: string, under?: string): Promise<{ readonly id: string }> {
      const body = JSON.stringify({ text, ...(under !== undefined && { reply: { in_reply_to_tweet_id: under } }) });
      const response = await fetch(`${url}/x/2/tweets`, { method: 'POST', headers: { authorization: `Bearer ${handle}`, 'content-type': 'application/json', connection: 'close' }, body });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.json() as { data: { id: string } }).data;
    },
    answer: (id: string, withinMs = 20_000): Promise<SeenPost> => found(`an answer to ${id}`, async () => (await answers(id))[0], withinMs, 50),
  };
}
