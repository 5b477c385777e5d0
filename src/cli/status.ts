import type { Command } from 'commander';
import { openPool } from '../context/pool.ts';
import { systemClock } from '../bot.ts';
import { readSettings } from '../settings.ts';
import { readCondition } from '../store/condition.ts';
import { readRunning } from '../store/epoch.ts';
import { readHalts } from '../store/halt.ts';
import { openLedger, readAccounts } from '../store/ledger.ts';
import { readBill } from '../store/meter.ts';
import { joinStore } from '../store/redis.ts';
import { probe } from '../store/watch.ts';

/** `status`: what the running bot has done, and on which store. */
export function addStatus(program: Command): void {
  program.command('status')
    .description('what the running bot has seen, answered and left alone')
    .option('--config <file>', 'config file')
    .option('--json', 'for programs')
    .action(async (flags: { config?: string; json?: boolean }) => {
      const settings = readSettings(flags);
      const store = await joinStore(settings.store);
      if (!store) {
        process.stdout.write(flags.json ? `${JSON.stringify({ running: false, data: settings.data })}\n` : `nothing runs on ${settings.data}: start it with npm start\n`);
        process.exitCode = 1;
        return;
      }
      try {
        const ledger = openLedger(store.client, { keepFinalMs: settings.keepMs });
        const accounts = await Promise.all((await readAccounts(store.client)).map(async ({ network, account }) => {
          const dollars = await readBill(store.client, network, account, systemClock);
          return { network, account, mentions: await ledger.count(network, account), ...(dollars.total > 0 && { dollars }) };
        }));
        const { items } = await openPool(store.client).all();
        const condition = await readCondition(store.client);
        // What keeps the store from writing keeps everybody from writing it down.
        const paused = Object.entries(await readHalts(store.client)).map(([network, reason]) => ({ network: network === '*' ? 'all networks' : network, reason }));
        const refused = await probe(store.client, store.connection);
        const { isListed, isBeating } = await readRunning(store.client);
        const running = refused ? isListed : isBeating;
        if (!running) process.exitCode = 1;
        const troubles = [...refused ? [{ part: 'store', line: refused.line, at: Date.now() }] : [], ...condition.troubles];
        const context = { items: items.length, sources: [...new Set(items.map(({ source }) => source))] };
        if (flags.json) {
          process.stdout.write(`${JSON.stringify({ running, store: { kind: store.kind, about: store.about }, accounts, context, paused, troubles: troubles.map(({ part, line, at }) => ({ part, line, at: new Date(at).toISOString() })) }, undefined, 2)}\n`);
          return;
        }
        if (!running) process.stdout.write('no bot runs on it: start it with npm start\n');
        // Its settings may have changed since the start; an embedded one has none.
        const about = `store: ${store.about}`;
        const lines = condition.lines.map(line => (line.startsWith('store: ') && store.kind !== 'embedded' ? about : line));
        for (const line of lines.length > 0 ? lines : [about]) process.stdout.write(`${toOneLine(line)}\n`);
        for (const { network, account, mentions, dollars } of accounts) {
          process.stdout.write(`${network} ${account}: ${Object.entries(mentions).map(([state, count]) => `${count} ${state}`).join(', ') || 'no mentions yet'}\n`);
          if (dollars) process.stdout.write(`  $${dollars.today.toFixed(3)} today (${dollars.lines.map(({ what, count, dollars: sum }) => `${count} ${what} $${sum.toFixed(3)}`).join(', ') || 'nothing'}), $${dollars.total.toFixed(3)} in all, by its price list\n`);
        }
        process.stdout.write(`context: ${context.items} items from ${context.sources.join(', ') || 'nowhere'}\n`);
        for (const { network, reason } of paused) process.stdout.write(`paused: ${network}: ${toOneLine(reason)} (repartee resume)\n`);
        for (const { part, line, at } of troubles) process.stdout.write(`trouble since ${new Date(at).toISOString().slice(0, 19)}Z: ${part}: ${toOneLine(line)}\n`);
      } finally {
        await store.close();
      }
    });
}

const toOneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ');
