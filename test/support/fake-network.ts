import { PermanentError, TemporaryError, UnknownOutcomeError } from '../../src/core/errors.ts';
import type { Clock, Network } from '../../src/core/ports.ts';
import type { Mention, PostRef, Reply, Thread } from '../../src/core/types.ts';
import { self } from './fixtures.ts';

/** What becomes of one request to post. */
export type PostFate =
  | 'posted'
  | 'cut after commit' | 'cut before commit'
  | 'duplicate'
  | 'text refused' | 'mention gone' | 'token refused'
  | { readonly slowDownMs: number | undefined };

/** A small network in memory, with a switch for everything that can go wrong on it. It knows no idempotency keys. */
export interface FakeNetwork extends Network {
  /** What everybody can see: our posts. */
  readonly posts: (PostRef & Pick<Reply, 'text' | 'idempotencyKey'> & { readonly to: string; readonly visibleAt: number })[];
  /** Every request to post, whatever became of it. */
  readonly requests: Reply[];
  /** What becomes of the next requests; then they are posted. */
  readonly fates: PostFate[];
  /** What the next reads of mentions, threads and own posts throw. */
  readonly mentionErrors: Error[];
  readonly threadErrors: Error[];
  readonly findErrors: Error[];
  /** Cursors that `mentions` was called with. */
  readonly reads: (string | undefined)[];
  /** Somebody tags us. */
  tag(...mentions: Mention[]): void;
  /** Rings the doorbell, if somebody listens. */
  ring(): void;
  setThread(id: string, earlier: Thread): void;
  /** Runs in the middle of `find`, between reading and answering. */
  duringFind: (() => Promise<void>) | undefined;
}

export interface FakeNetworkOptions {
  readonly clock: Clock;
  readonly account?: string;
  readonly pageSize?: number;
  readonly pollMs?: number;
  readonly limit?: number;
  /** How long a new post cannot be read back. */
  readonly lagMs?: number;
}

export function openFakeNetwork({ clock, account = self.account, pageSize = 2, pollMs = 60_000, limit = 300, lagMs = 0 }: FakeNetworkOptions): FakeNetwork {
  const tagged: Mention[] = [];
  const threads = new Map<string, Thread>();
  const bells = new Set<() => void>();
  const throwNext = (errors: Error[]): void => {
    const error = errors.shift();
    if (error) throw error;
  };
  const commit = (reply: Reply): PostRef => {
    const id = `reply-${network.posts.length + 1}`;
    const ref = { id, url: `https://town.example/posts/${id}` };
    network.posts.push({ ...ref, text: reply.text, idempotencyKey: reply.idempotencyKey, to: reply.to.id, visibleAt: clock.now() + lagMs });
    return ref;
  };

  const network: FakeNetwork = {
    name: 'faketown', self: { ...self, account }, limits: { text: limit }, pollMs, about: 'faketown, in memory',
    posts: [], requests: [], fates: [], mentionErrors: [], threadErrors: [], findErrors: [], reads: [], duringFind: undefined,
    tag: (...mentions) => void tagged.push(...mentions),
    ring: () => bells.forEach(bell => bell()),
    setThread: (id, earlier) => void threads.set(id, earlier),

    async mentions(cursor) {
      network.reads.push(cursor);
      throwNext(network.mentionErrors);
      if (cursor === undefined) return { mentions: [], cursor: `c${tagged.length}`, more: false };
      const from = Number(cursor.slice(1));
      const to = Math.min(from + pageSize, tagged.length);
      return { mentions: tagged.slice(from, to), cursor: `c${to}`, more: to < tagged.length };
    },
    async thread(mention) {
      throwNext(network.threadErrors);
      return [...threads.get(mention.id) ?? [], mention];
    },
    async post(reply) {
      network.requests.push(reply);
      if (clock.monotonic() >= reply.giveUpAt || clock.now() >= reply.giveUpBy) throw new TemporaryError('faketown: given up before it was sent');
      const fate = network.fates.shift() ?? 'posted';
      if (typeof fate === 'object') throw new TemporaryError('faketown said 429', fate.slowDownMs === undefined ? {} : { afterMs: fate.slowDownMs });
      switch (fate) {
        case 'text refused': throw new PermanentError('faketown said 422: too long', { about: 'text' });
        case 'mention gone': throw new PermanentError('faketown said 404', { about: 'mention' });
        case 'token refused': throw new PermanentError('faketown said 401', { about: 'account' });
        case 'duplicate': throw new UnknownOutcomeError('faketown said 403: the same text again', { isDuplicate: true });
        case 'cut before commit': throw new UnknownOutcomeError('faketown: the connection was cut');
        case 'cut after commit':
          commit(reply);
          throw new UnknownOutcomeError('faketown: the connection was cut');
        case 'posted': return commit(reply);
      }
    },
    async find(mention) {
      throwNext(network.findErrors);
      const found = network.posts.find(({ to, visibleAt }) => to === mention.id && visibleAt <= clock.now());
      await network.duringFind?.();
      return found && { id: found.id, url: found.url };
    },
    async remove({ id }) {
      const at = network.posts.findIndex(post => post.id === id);
      if (at >= 0) network.posts.splice(at, 1);
    },
    measure: text => Array.from(text).length,
    trending: async () => [],
    doorbell(ring, signal) {
      bells.add(ring);
      signal.addEventListener('abort', () => bells.delete(ring));
    },
  };
  return network;
}
