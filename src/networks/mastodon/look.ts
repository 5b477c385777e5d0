import { PermanentError, TemporaryError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { Look, Mention } from '../../core/types.ts';
import { toMention, toPost } from './to-post.ts';
import type { WireStatus } from './wire.ts';

/** Mastodon shows no more at once; for one more it answers 422. */
const perRequest = 20;
/** In one call, and as long as it may take: what it does not come to, the next one does. */
const mostRequests = 24;
const longestMs = 10_000;
/** What was told goes without asking for a while: what is read for one answer is read for many, and a call that was cut short is gone on with. */
const rememberMs = 10 * 60_000;
/** Of so many asked for at once, somebody is there. */
const crowd = 5;

export interface LookTools {
  readonly clock: Clock;
  readonly selfId: string;
  readonly readOne: (id: string) => Promise<WireStatus>;
  /** Those of these that the server has and shows in lists. */
  readonly readMany: (ids: readonly string[]) => Promise<readonly WireStatus[]>;
}

/** Posts that were read earlier, looked at again. */
export function openLooking({ clock, selfId, readOne, readMany }: LookTools) {
  /** The oldest first. */
  const told = new Map<string, { readonly look: Look; readonly at: number }>();
  let showsPosts = false;
  /** Mastodon has it since 4.3, others do not. */
  let hasList = true;

  const toLook = (wire: WireStatus): Look => {
    const { visibility, text } = toPost(wire);
    showsPosts = true;
    if (wire.editedAt === undefined) return { stands: true, visibility };
    // A server that lists nobody although it was never edited lists nobody at all.
    return { stands: true, visibility, text, ...(!wire.mentions.some(tagged => tagged.id === selfId) && { isUntagged: true }) };
  };
  const readIfShown = async (id: string, read: LookTools['readOne']): Promise<WireStatus | undefined> => {
    try {
      return await read(id);
    } catch (error) {
      if (!(error instanceof PermanentError && error.about === 'mention')) throw error;
      return undefined;
    }
  };
  const lookAtOne = async (id: string): Promise<Look> => {
    const wire = await readIfShown(id, readOne);
    // A server that never showed a post to us says nothing by not showing this one.
    return wire ? toLook(wire) : { stands: !showsPosts };
  };
  const lookAtMany = async (ids: readonly string[]): Promise<readonly WireStatus[]> => {
    try {
      return await readMany(ids);
    } catch (error) {
      if (!(error instanceof PermanentError) || error.about === 'account') throw error;
      hasList = false;
      return [];
    }
  };

  return {
    async asItStands(mention: Mention, read: LookTools['readOne']): Promise<Mention | undefined> {
      const wire = await readIfShown(mention.id, read);
      if (!wire) return showsPosts ? undefined : mention;
      if (toLook(wire).isUntagged) return undefined;
      return wire.editedAt === undefined ? mention : toMention(wire, mention.account);
    },
    async look(ids: readonly string[]): Promise<ReadonlyMap<string, Look>> {
      const startedAt = clock.monotonic();
      for (const [id, { at }] of told) if (startedAt - at > rememberMs) told.delete(id);
      const found = new Map(ids.flatMap(id => {
        const before = told.get(id);
        return before ? [[id, before.look] as const] : [];
      }));
      const unknown = ids.filter(id => !found.has(id));
      const tell = (id: string, look: Look): void => {
        found.set(id, look);
        told.delete(id);
        told.set(id, { look, at: clock.monotonic() });
      };
      let left = mostRequests;
      const mayAsk = (): boolean => left > 0 && clock.monotonic() - startedAt < longestMs;
      try {
        for (let from = 0; from < unknown.length && mayAsk(); from += perRequest) {
          const asked = unknown.slice(from, from + perRequest);
          if (hasList) {
            left -= 1;
            for (const wire of await lookAtMany(asked)) tell(wire.id, toLook(wire));
          }
          // A list leaves out also whom the server limits or we mute: what is missing in it need not be gone.
          const missing = asked.filter(id => !found.has(id));
          const isLacking = missing.length === asked.length && asked.length >= crowd;
          for (const id of missing) {
            if (!mayAsk()) break;
            left -= 1;
            const one = await lookAtOne(id);
            tell(id, one);
            if (isLacking && one.visibility !== undefined) hasList = false;
          }
        }
      } catch (error) {
        if (found.size === 0 || !(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
      }
      return found;
    },
  };
}
