// The real bot in a process of its own, which ends or stops itself where it is told to, and whose clock is wrong as it is told.
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { start } from '../../src/cli/run.ts';
import type { CrashPoint, Failpoint } from '../../src/core/ports.ts';

export interface Orders {
  readonly role?: string;
  /** Where it happens, at which passing by (1: the first), and how much later. */
  readonly point?: CrashPoint;
  readonly nth?: number;
  readonly afterMs?: number;
  readonly signal?: NodeJS.Signals;
  /** Instead: it goes no further, or fails. */
  readonly instead?: 'hangs' | 'fails';
  /** Written when it happens. */
  readonly witness?: string;
  /** After how long without a job a worker counts as dead. */
  readonly aliveMs?: number;
  /** How wrong its clock is, and how far it jumps back after so long. */
  readonly skewMs?: number;
  readonly jump?: { readonly afterMs: number; readonly byMs: number };
}

const orders = JSON.parse(process.argv[2] ?? '{}') as Orders;
const { point, nth = 1, afterMs = 0, signal = 'SIGKILL', instead, witness, aliveMs, skewMs = 0, jump } = orders;

let passed = 0;
const failpoint: Failpoint = async (here, ref) => {
  if (here !== point || (passed += 1) !== nth) return;
  if (afterMs > 0) await wait(afterMs);
  if (witness !== undefined) writeFileSync(witness, `${here} ${ref?.id ?? ''}\n`);
  if (instead === 'fails') throw new Error(`it fails ${here}`);
  if (instead === undefined) process.kill(process.pid, signal);
  // A killed process goes no further; the signal is on its way.
  if (instead === 'hangs' || signal === 'SIGKILL') await new Promise(() => undefined);
};

const now = (): number => Date.now() + skewMs - (jump !== undefined && performance.now() > jump.afterMs ? jump.byMs : 0);
const ended = Promise.withResolvers<void>();
for (const each of ['SIGINT', 'SIGTERM'] as const) process.once(each, () => ended.resolve());
const stop = await start({ role: orders.role ?? 'all', port: 0 }, () => ended.resolve(), { clock: { now, monotonic: () => performance.now() }, failpoint, aliveMs });
await ended.promise;
await stop();
process.exit(0);
