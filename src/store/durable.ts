import type { Redis } from 'ioredis';
import { TemporaryError } from '../core/errors.ts';
import { openClient, type Connection } from './client.ts';

/** A connection for the writes that count only once they are on disk, on a Redis that answers before. */
export interface Durable {
  readonly client: Redis;
  /** Resolves with the answer to `send` once Redis' disk has it. TemporaryError when that is not said in time: the write may be there or not. */
  write<T>(send: (client: Redis) => Promise<T>): Promise<T>;
  close(): void;
}

/** Redis writes to its disk once a second. */
const confirmedWithinMs = 3_000;

/**
 * WAITAOF speaks of what was written on its own connection, and holds that connection up until then: so these writes have one of their own.
 * One confirmation at a time serves everybody who wrote before it was asked for.
 */
export function openDurable(connection: Connection): Durable {
  const client = openClient(connection, true);
  let life = 0;
  client.on('close', () => {
    life += 1;
  });

  const ask = async (): Promise<void> => {
    let written: unknown;
    try {
      [written] = await client.call('WAITAOF', '1', '0', String(confirmedWithinMs)) as unknown[];
    } catch (cause) {
      throw new TemporaryError(`Redis does not say whether a write is on its disk: ${(cause as Error).message}`, { cause });
    }
    if (Number(written) < 1) throw new TemporaryError(`Redis did not say within ${confirmedWithinMs / 1_000} s that a write is on its disk`);
  };
  let turn: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | undefined;
  const confirmed = (): Promise<void> => (next ??= turn.then(() => {
    next = undefined;
    const asked = ask();
    turn = Promise.allSettled([asked]);
    return asked;
  }));

  return {
    client,
    async write(send) {
      if (client.status !== 'ready') await new Promise<void>(ready => client.once('ready', () => ready()));
      const born = life;
      const answer = await send(client);
      await confirmed();
      // Another connection knows nothing of what this one wrote, and confirms it all the same.
      if (life !== born) throw new TemporaryError('the connection to Redis was lost before it said that a write is on its disk');
      return answer;
    },
    close: () => client.disconnect(),
  };
}
