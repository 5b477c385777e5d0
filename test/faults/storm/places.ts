// How people speak on each network, and where the answers stand. Shares nothing with the adapters.
import type { FastifyInstance } from 'fastify';
import type { XSandbox } from '../../../src/sandbox/x/index.ts';

export const places = ['mastodon', 'x', 'gotosocial', 'snac', 'hollo'] as const;
/** A network, as the server that the judge opens for it. */
export type Place = (typeof places)[number];

/** The network's name as the bot knows it. */
export const networkOf = (place: Place): 'mastodon' | 'x' => (place === 'x' ? 'x' : 'mastodon');

/** An answer as it stands on the network. */
export interface Seen {
  readonly id: string;
  readonly text: string;
}

/** The inside of the sandbox. */
export interface Ground {
  readonly app: FastifyInstance;
  readonly x: XSandbox | undefined;
}

export interface Speech {
  readonly path: string;
  /** What is sent to `path` to say something, under another post or alone. */
  toBody(text: string, under?: string): Readonly<Record<string, unknown>>;
  /** The id of what was posted, from the answer. */
  idOf(answer: unknown): string;
  /** The post that was answered, from the request and the answer to it. */
  answeredBy(body: unknown, answer: unknown): string | undefined;
  /** Every answer of `speaker` right below each of these posts. */
  read(ground: Ground, ids: readonly string[], speaker: string): Promise<ReadonlyMap<string, readonly Seen[]>>;
}

interface Status {
  readonly id: string;
  readonly content: string;
  readonly in_reply_to_id: string | null;
  readonly account: { readonly username: string };
}

/** Somebody who only looks. */
const reader = 'reader';

const fediverse: Speech = {
  path: '/api/v1/statuses',
  toBody: (status, under) => ({ status, ...(under !== undefined && { in_reply_to_id: under }) }),
  idOf: answer => (answer as Status).id,
  answeredBy: (_, answer) => (answer as Status).in_reply_to_id ?? undefined,
  async read({ app }, ids, speaker) {
    const found = new Map<string, readonly Seen[]>();
    for (const id of ids) {
      const response = await app.inject({ url: `/api/v1/statuses/${id}/context`, headers: { authorization: `Bearer ${reader}` } });
      const { descendants } = response.json<{ descendants: readonly Status[] }>();
      const ours = descendants.filter(({ account, in_reply_to_id: under }) => account.username === speaker && under === id);
      found.set(id, ours.map(({ id: answer, content }) => ({ id: answer, text: content })));
    }
    return found;
  },
};

const onX: Speech = {
  path: '/x/2/tweets',
  toBody: (text, under) => ({ text, ...(under !== undefined && { reply: { in_reply_to_tweet_id: under } }) }),
  idOf: answer => (answer as { data: { id: string } }).data.id,
  // The body is still a text there.
  answeredBy: body => (JSON.parse(String(body)) as { reply?: { in_reply_to_tweet_id?: string } }).reply?.in_reply_to_tweet_id,
  async read({ x }, ids, speaker) {
    const author = x?.world.userNamed(speaker)?.id;
    const posts = x?.world.posts().filter(({ authorId }) => authorId === author) ?? [];
    const below = Map.groupBy(posts, ({ replyTo }) => replyTo ?? '');
    return new Map(ids.map(id => [id, below.get(id) ?? []]));
  },
};

export const speechOf = (place: Place): Speech => (place === 'x' ? onX : fediverse);
