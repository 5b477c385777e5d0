import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryError } from '../core/errors.ts';
import { journalName } from './address.ts';
import { lockDataFolder } from './data-folder.ts';
import { joinStore, openStore, type Store, type StoreOptions } from './redis.ts';

export interface KeptOptions extends StoreOptions {
  /** Only the Redis of the bot that runs. */
  readonly join?: boolean;
}

/** With a Redis of one's own elsewhere, any number of processes may share the folder. */
const keepsData = ({ store, url }: StoreOptions): boolean => store === 'child' || store === 'embedded' || url === undefined;

/** The store, and the data folder for this process alone. */
export async function openKept(options: KeptOptions): Promise<Pick<Store, 'close'> & { readonly store: Store }> {
  if (options.join) {
    const store = await joinStore(options);
    if (!store) throw new TemporaryError('no bot runs that one could join');
    return { store, close: () => store.close() };
  }
  const lock = keepsData(options) ? await lockDataFolder(options.data) : undefined;
  try {
    const store = await openStore(options);
    return {
      store,
      async close() {
        await store.close();
        lock?.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** `isOpened`: it runs for this process alone, and whoever opens it next begins another life of it. */
type Found = Awaited<ReturnType<typeof openKept>> & { readonly isOpened: boolean };

/** For a command: the store of the bot that runs, else what the data folder keeps. Undefined when that is nothing, unless it may be begun. */
export async function findStore(options: StoreOptions, mayBegin: boolean): Promise<Found | undefined> {
  const joined = await joinStore(options);
  if (joined) return { store: joined, isOpened: false, close: () => joined.close() };
  return mayBegin || isKept(options) ? { ...await openKept(options), isOpened: true } : undefined;
}

/** Whether there is something to open, by whichever server it was kept. The one elsewhere says for itself what is missing. */
const isKept = ({ store, data }: StoreOptions): boolean =>
  store === 'url' || (store !== 'embedded' && existsSync(join(data, 'redis'))) || (store !== 'child' && existsSync(join(data, journalName)));
