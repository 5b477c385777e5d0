// kill -9 of the process that has a mention under way: how long until somebody else has answered it.
import { describe, expect, it } from '@jest/globals';
import type { CrashPoint } from '../../src/core/ports.ts';
import type { Faults } from '../../src/sandbox/faults.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { openScene } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const isMissing = findProgram('redis-server') === undefined;
/** `KILLS=50` for the figure in docs/reliability.md. */
const kills = Number(process.env['KILLS'] ?? 6);
const points: readonly { readonly point: CrashPoint; readonly afterMs?: number; readonly isHeld?: boolean }[] = [
  { point: 'in the model' }, { point: 'after the draft' }, { point: 'before the post' }, { point: 'in the post', afterMs: 20 }, { point: 'in the post', afterMs: 60, isHeld: true }, { point: 'after the post' },
];

(isMissing ? describe.skip : describe)(`kill -9 of a worker${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it('its mention is answered within eight seconds, p95', async () => {
    let isHeld = false;
    const isOurs = (method: string, body: unknown) => method === 'POST' && !JSON.stringify(body).includes('@repartee ');
    const faults: Faults = {
      latencyMs: ({ method, body }) => (isOurs(method, body) ? 40 : 0),
      after: ({ method, body }) => (isHeld && isOurs(method, body) ? 'stall' : undefined),
    };
    const scene = await openScene('mastodon', { faults });
    await scene.bot({ role: 'listen' });
    const took: number[] = [];
    for (let each = 0; each < kills; each++) {
      const kind = points[each % points.length];
      isHeld = kind?.isHeld ?? false;
      const doomed = await scene.bot({ role: 'work', ...(kind && { point: kind.point, afterMs: kind.afterMs ?? 0 }) });
      const mention = await scene.ask();
      await doomed.ended;
      const killed = performance.now();
      isHeld = false;
      const next = await scene.bot({ role: 'work' });
      await until(async () => (await scene.counts([mention]))[0] === 1 && await scene.state(mention) === 'posted', 40_000, 25);
      took.push(performance.now() - killed);
      await next.end();
    }
    const sorted = took.toSorted((one, other) => one - other);
    const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) / 1_000;
    process.stdout.write(`  ${kills} kills: answered and known to be answered after ${at(0.5).toFixed(1)} s (p50), ${at(0.95).toFixed(1)} s (p95), ${at(1).toFixed(1)} s at most\n`);
    expect(at(0.95)).toBeLessThanOrEqual(atEaseMs(8_000) / 1_000);
    expect(await scene.counts()).toEqual(took.map(() => 1));
  }, 30_000 + kills * 15_000);
});
