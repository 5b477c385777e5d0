import type { Network } from '../core/ports.ts';
import type { Mention, MentionPage, PostRef, Reply } from '../core/types.ts';

/**
 * The same network without a voice: it reads everything, says what it would post, and remembers that as if it had.
 * Under an account name of its own: what was answered in a dry run only is not answered for the ledger of the real one.
 */
export function dryRun(network: Network, say: (line: string) => void): Network {
  const said = new Map<string, PostRef>();
  const account = `${network.self.account}.dry-run`;
  return {
    ...network,
    self: { ...network.self, account },
    get pollMs() {
      return network.pollMs;
    },
    about: `${network.about}, dry run: nothing is posted`,

    async mentions(cursor?: string): Promise<MentionPage> {
      const page = await network.mentions(cursor);
      return { ...page, mentions: page.mentions.map(mention => ({ ...mention, account })) };
    },

    trending: async () => (await network.trending()).map(item => (item.post ? { ...item, post: { ...item.post, account } } : item)),

    async post({ to, text, idempotencyKey }: Reply): Promise<PostRef> {
      const before = said.get(to.id);
      if (before) return before;
      const ref: PostRef = { id: `dry-${idempotencyKey}`, url: to.url, visibility: to.visibility === 'public' ? 'unlisted' : to.visibility };
      said.set(to.id, ref);
      say(`would answer ${to.url}: ${text}`);
      return ref;
    },

    ...(network.tell && {
      async tell(handle: string, text: string, idempotencyKey: string): Promise<PostRef> {
        say(`would tell ${handle}: ${text}`);
        return { id: `dry-${idempotencyKey}`, url: network.self.url, visibility: 'direct' };
      },
      favouredBy: async () => [],
    }),

    async find(mention: Mention, text?: string): Promise<PostRef | undefined> {
      return said.get(mention.id) ?? network.find(mention, text);
    },

    async remove({ id }: PostRef): Promise<void> {
      for (const [mention, ref] of said) if (ref.id === id) said.delete(mention);
    },
  };
}
