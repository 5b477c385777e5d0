import { Worker } from 'node:worker_threads';

// Counts its own turns and not the time: a process that was stopped as a whole has not hung.
const code = `
const { workerData } = require('node:worker_threads');
const turns = new Int32Array(workerData.shared);
let last = -1;
let still = 0;
const parent = process.ppid;
setInterval(() => {
  const now = Atomics.load(turns, 0);
  still = now === last ? still + 1 : 0;
  last = now;
  // Whose parent has gone is waited for by nobody.
  const limit = process.ppid === parent ? workerData.limit : Math.min(workerData.limit, workerData.orphanLimit);
  if (still < limit) return;
  require('node:fs').writeSync(2, 'repartee: nothing moved in this process for ' + Math.round(still * workerData.everyMs / 1000) + ' s; it ends, so that its supervisor starts another one\\n');
  process.kill(process.pid, 'SIGKILL');
}, workerData.everyMs);
`;

/** Ends a process whose event loop does not turn any more, from a thread of its own: nothing inside of the loop could. `orphanMs`: how long it may stand once its parent has ended. */
export function watchLoop({ limitMs = 45_000, orphanMs = limitMs, everyMs = Math.min(1_000, limitMs / 10) }: { readonly limitMs?: number | undefined; readonly orphanMs?: number; readonly everyMs?: number } = {}): { stop(): Promise<unknown> } {
  const shared = new SharedArrayBuffer(4);
  const turns = new Int32Array(shared);
  const timer = setInterval(() => Atomics.add(turns, 0, 1), everyMs / 2).unref();
  const thread = new Worker(code, { eval: true, workerData: { shared, everyMs, limit: Math.ceil(limitMs / everyMs), orphanLimit: Math.ceil(orphanMs / everyMs) }, env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 } });
  thread.unref();
  return {
    async stop() {
      clearInterval(timer);
      return thread.terminate();
    },
  };
}
