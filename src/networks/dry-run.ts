import type { Network } from '../core/ports.ts';
import type { Mention, PostRef, Reply } from '../core/types.ts';

/** The same network without a voice: it reads everything, says what it would post, and remembers that as if it had. */
export function dryRun(network: Network, say: (line: string) => void): Network {
  const said = new Map<string, PostRef>();
  return {
    ...network,
    about: `${network.about}, dry run: nothing is posted`,

    async post({ to, text, idempotencyKey }: Reply): Promise<PostRef> {
      const before = said.get(to.id);
      if (before) return before;
      const ref: PostRef = { id: `dry-${idempotencyKey}`, url: to.url, visibility: to.visibility === 'public' ? 'unlisted' : to.visibility };
      said.set(to.id, ref);
      say(`would answer ${to.url}: ${text}`);
      return ref;
    },

    async find(mention: Mention): Promise<PostRef | undefined> {
      return said.get(mention.id) ?? network.find(mention);
    },

    async remove({ id }: PostRef): Promise<void> {
      for (const [mention, ref] of said) if (ref.id === id) said.delete(mention);
    },
  };
}
