import type { Redis } from 'ioredis';
import type { MentionRef } from '../core/types.ts';

/** When what a mention left behind is looked at again: soon, while people change their minds, then as often as networks demand. */
const hourMs = 3_600_000;
const soonMs = [10 * 60_000, hourMs, 6 * hourMs];
const laterMs = 20 * hourMs;
const atOnce = 1_000;

/** Whoever ends while he looks has lost nothing: somebody looks again after so long. */
const leaseMs = 5 * 60_000;

/** One whose turn it is, since when. */
export interface Due extends MentionRef {
  readonly dueAt: number;
}

/** Which mentions are to be looked at again, and when: one sorted set per account. */
export interface Rereads {
  add(ref: MentionRef): Promise<void>;
  /** Those whose turn it is, the longest waiting first, kept from others for a while. */
  due(network: string, account: string, limit: number): Promise<readonly Due[]>;
  /** They were looked at: until the next time. */
  seen(refs: readonly MentionRef[]): Promise<void>;
  /** They were not: they keep their place in the line. */
  again(due: readonly Due[]): Promise<void>;
  drop(ref: MentionRef): Promise<void>;
}

/** A draft may have waited for its post, and its receipt is kept from then on. */
const slackMs = 24 * hourMs;

export function openRereads(redis: Redis, { keepMs }: { readonly keepMs: number }, now: () => number = Date.now): Rereads {
  const key = (network: string, account: string) => `repartee:reread:${network}:${account}`;
  const firstKey = (network: string, account: string) => `repartee:answered:${network}:${account}`;
  /** Nothing is kept of them any more, whether there was time to look or not: where many ask, looks fall behind. */
  const forget = async (network: string, account: string): Promise<void> => {
    for (;;) {
      const ids = await redis.zrangebyscore(firstKey(network, account), '-inf', now() - keepMs - slackMs, 'LIMIT', 0, atOnce);
      if (ids.length > 0) await redis.multi().zrem(key(network, account), ...ids).zrem(firstKey(network, account), ...ids).exec();
      if (ids.length < atOnce) return;
    }
  };
  /** What was dropped meanwhile does not come back. */
  const putOff = ({ network, account, id }: MentionRef, to: number) => redis.zadd(key(network, account), 'XX', to, id);
  return {
    async add({ network, account, id }) {
      await redis.multi().zadd(firstKey(network, account), 'NX', now(), id).zadd(key(network, account), 'NX', now() + (soonMs[0] ?? laterMs), id).exec();
    },
    async due(network, account, limit) {
      await forget(network, account);
      const found = await redis.zrangebyscore(key(network, account), '-inf', now(), 'WITHSCORES', 'LIMIT', 0, limit);
      const due = found.flatMap((id, at) => (at % 2 === 0 ? [{ network, account, id, dueAt: Number(found[at + 1]) }] : []));
      await Promise.all(due.map(ref => putOff(ref, now() + leaseMs)));
      return due;
    },
    async seen(refs) {
      await Promise.all(refs.map(async ref => {
        const age = now() - Number(await redis.zscore(firstKey(ref.network, ref.account), ref.id) ?? 0);
        const next = soonMs.find(ms => ms > age + 60_000);
        await putOff(ref, now() + (next === undefined ? laterMs : next - age));
      }));
    },
    async again(due) {
      await Promise.all(due.map(ref => putOff(ref, ref.dueAt)));
    },
    async drop({ network, account, id }) {
      await redis.multi().zrem(key(network, account), id).zrem(firstKey(network, account), id).exec();
    },
  };
}
