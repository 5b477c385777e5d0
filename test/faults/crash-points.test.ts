// The bot ends itself with SIGKILL at each of its crash points, one life after the other, on one ledger. Each life mends what the ones before it left.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { CrashPoint } from '../../src/core/ports.ts';
import type { FaultyRequest, Faults } from '../../src/sandbox/faults.ts';
import type { Orders } from '../support/bot-process.ts';
import { freshFolder } from '../support/program.ts';
import { openRandom } from '../support/random.ts';
import { openScene, type SceneNetwork } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';

/** As the design numbers them. K6 and K7 are one place at two times: before the network has committed, and after. */
const points: readonly { readonly name: string; readonly point: CrashPoint; readonly afterMs?: number; readonly nth: number }[] = [
  { name: 'K1', point: 'before the ledger', nth: 2 },
  { name: 'K2', point: 'before the queue', nth: 2 },
  { name: 'K3', point: 'in the model', nth: 2 },
  { name: 'K4', point: 'after the draft', nth: 2 },
  { name: 'K5', point: 'before the post', nth: 2 },
  { name: 'K6', point: 'in the post', afterMs: 30, nth: 2 },
  { name: 'K7', point: 'in the post', afterMs: 90, nth: 2 },
  { name: 'K10', point: 'in settling', nth: 1 },
  { name: 'K8', point: 'after the post', nth: 2 },
  { name: 'K9', point: 'after the ledger', nth: 2 },
  { name: 'K11', point: 'in the sweep', nth: 2 },
];

const isMissing = findProgram('redis-server') === undefined;
const title = isMissing ? ' (skipped: no redis-server on PATH)' : '';

/** How often each point is passed: once, or as often as `ROUNDS` says, with `SEED`. Many rounds go on side by side. */
const rounds = Number(process.env['ROUNDS'] ?? 1);
const seed = Number(process.env['SEED'] ?? 1);
const sideBySide = Math.min(rounds, 2);

const isOurs = ({ method, body }: FaultyRequest): boolean => method === 'POST' && !JSON.stringify(body).includes('@repartee ');

async function passAll(network: SceneNetwork, lane: number): Promise<void> {
  const random = openRandom(seed * 1_000 + lane);
  const faults: Faults = { latencyMs: request => (isOurs(request) ? 60 : 0) };
  const scene = await openScene(network, { faults });
  const folder = await freshFolder();
  await (await scene.bot()).end('SIGKILL');
  let lives = 0;
  for (let round = lane; round < rounds; round += sideBySide) {
    for (const { name, point, nth, afterMs = 0 } of points) {
      const witness = join(folder, `${name}-${round}`);
      // A quiet life passes every point twice; in later rounds it ends somewhere else each time.
      const orders: Orders = { point, nth: rounds === 1 ? nth : 1 + Math.floor(random() * nth), afterMs, witness };
      faults.after = request => (name === 'K7' && isOurs(request) ? 'stall' : undefined);
      const bot = await scene.bot(orders);
      await Promise.all([1, 2, 3].map(() => scene.ask()));
      await expect(Promise.race([bot.ended, new Promise(resolve => setTimeout(resolve, 90_000, `${name} was not reached`))])).resolves.toBeNull();
      expect(readFileSync(witness, 'utf8')).toContain(point);
      lives += 1;
    }
  }
  faults.after = undefined;
  await scene.bot();
  // That nothing is lost is asked here, not how soon it comes.
  await scene.settled(150_000);
  expect(await scene.counts()).toEqual(Array.from({ length: lives * 3 }, () => 1));
  if (rounds > 1) process.stdout.write(`  ${network}: ${lives} lives ended at ${points.length} points, ${lives * 3} mentions, each answered once\n`);
}

(isMissing ? describe.skip : describe)(`kill -9 at every crash point${title}`, () => {
  it('nothing is lost, and nothing is answered twice', async () => {
    await Promise.all((['mastodon', 'x'] as const).flatMap(network => Array.from({ length: sideBySide }, (_, lane) => passAll(network, lane))));
  }, 180_000 + rounds * 120_000);
});
