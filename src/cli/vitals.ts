import type { Bot } from '../bot.ts';
import type { Workers } from '../../workers/index.ts';
import { readSources } from '../context/pool.ts';
import { readHalts } from '../store/halt.ts';
import { isHeard } from '../store/lease.ts';
import { readMarks, readTotals } from '../store/metrics.ts';
import type { Vitals } from '../web/health.ts';

/** How the bot is, over all its processes: from the store, with a handful of requests that cost the same however much there is in it. */
export const openVitals = ({ accounts, store: { client }, ledger, sources }: Pick<Bot, 'accounts' | 'store' | 'ledger' | 'sources'>, depth: Workers['depth']) => async (): Promise<Vitals> => {
  const names = sources.map(({ name }) => name);
  const [totals, markOf, halts, read, looked] = await Promise.all([
    readTotals(client), readMarks(client), readHalts(client), readSources(client, names),
    Promise.all(accounts.map(async network => {
      const { name, self: { account } } = network;
      const [counts, heard, queues] = await Promise.all([ledger.count(name, account), isHeard(client, name, account), depth(network)]);
      return { network: name, account, ledger: counts, isHeard: heard, queues };
    })),
  ]);
  return {
    at: Date.now(), totals,
    accounts: looked.map(each => ({ ...each, isPaused: halts['*'] !== undefined || halts[each.network] !== undefined, read: markOf('read', each.network), model: markOf('model', each.network) })),
    sources: withPublicNames(read),
  };
};

/** The path of a feed may hold somebody's key, as some publishers want it: its host is enough, with a number where there are several. */
function withPublicNames<T extends { readonly name: string }>(sources: readonly T[]): T[] {
  const times = new Map<string, number>();
  return sources.map(source => {
    const host = source.name.split('/')[0] ?? '';
    const time = (times.get(host) ?? 0) + 1;
    times.set(host, time);
    return { ...source, name: time === 1 ? host : `${host} (${time})` };
  });
}
