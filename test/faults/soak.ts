// A long time at a steady pace with a fault every second: does anything grow, get stuck, or be answered twice? `npm run soak -- --minutes 20`, which takes thirty.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openRandom, pick } from '../support/random.ts';
import { openBots } from './storm/bots.ts';
import { openCourt } from './storm/court.ts';
import { troubleKinds } from './storm/judge.ts';
import { isRedisThere } from './storm/redis.ts';
import type { Ties } from './storm/side.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '20' }, rate: { type: 'string', default: '20' }, 'warm-up': { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } } });
const [minutes, rate, seed] = [Number(values.minutes), Number(values.rate), Number(values.seed)];
/** V8 compiles and widens what it needs for about ten minutes at twenty mentions a second: memory and keys are measured behind it, all else is counted from the beginning. */
const warmUp = Number(values['warm-up']);
if (![minutes, rate, warmUp].every(value => value > 0) || !Number.isInteger(seed) || !isRedisThere()) {
  process.stderr.write('npm run soak -- [--minutes N] [--warm-up N] [--rate N] [--seed N]: numbers above 0, and a redis-server on PATH\n');
  process.exit(2);
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const undo: (() => unknown)[] = [];
const { promise: stopped, reject: stop } = Promise.withResolvers<never>();
const ties: Ties = { onEnd: step => void undo.push(step), onDeath: stop, stopped };
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop(new Error('stopped')));

const allMinutes = warmUp + minutes;
/** Records live for a fifth of the time that is measured, so that what is forgotten is seen to be forgotten. */
const keepMs = Math.max(minutes * 60_000 / 5, 120_000);
const sampleMs = 10_000;

interface Sample { readonly minute: number; readonly listener: number; readonly worker: number; readonly keys: number; readonly redis: number }

/** What a process held after it last collected, in MB; NaN before that. In between V8 takes what it likes: twenty MB more, wherever the sample falls. */
const readHeld = async (folder: string, pid: number | undefined): Promise<number> => Number(await readFile(join(folder, `${pid}`), 'utf8').catch(() => NaN));

/** Least squares: units per minute. */
function slope(samples: readonly Sample[], of: keyof Sample): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(samples.map(({ minute }) => minute)), mean(samples.map(sample => sample[of]))];
  return samples.reduce((sum, sample) => sum + (sample.minute - x) * (sample[of] - y), 0) / samples.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
}

async function soak(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'repartee-soak-'));
  ties.onEnd(() => rm(folder, { recursive: true, force: true }));
  const held = join(folder, 'held');
  await mkdir(held);
  const court = await openCourt({ seed, places: ['mastodon'], speaker: 'repartee' }, ties);
  const bots = await openBots(court, ['mastodon'], join(folder, 'bot'), ties, {
    config: `keepDays: ${keepMs / 86_400_000}\nanswer: { maxAgeHours: ${keepMs / 3_600_000} }\n`,
    // V8 puts off collecting as long as it may, for hours: without this the slope shows its patience, not what is held.
    env: { NODE_OPTIONS: `--import ${join(import.meta.dirname, '../support/collects.ts')}`, HELD_MEMORY: held },
  });
  const [measured, victim] = bots.workers;
  const random = openRandom(seed);
  const started = performance.now();
  const minute = () => (performance.now() - started) / 60_000;
  const samples: Sample[] = [];
  const faults: Record<string, number> = {};
  let asked = 0;

  const strike = async (): Promise<void> => {
    // The victim dies often, so that somebody always has to take over, and is started anew.
    // Who is just starting gives up when its connection is cut, and its supervisor starts it again; nobody supervises here.
    const drawn = pick(random, 0, troubleKinds + 1);
    const kind = victim?.isReady() ? drawn : drawn % troubleKinds;
    if (kind === troubleKinds) victim?.kill();
    else if (kind > troubleKinds) await bots.redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    else await court.trouble(kind);
    const name = kind === troubleKinds ? 'kill -9' : kind > troubleKinds ? 'connections to Redis' : `answer of the network or the model ${kind}`;
    faults[name] = (faults[name] ?? 0) + 1;
  };
  const every = async (ms: number, work: () => Promise<unknown>): Promise<void> => {
    for (let turn = 1; minute() < allMinutes; turn++) {
      await work();
      await Promise.race([stopped, wait(Math.max(0, started + turn * ms - performance.now()))]);
    }
  };
  const look = async (): Promise<void> => {
    const memory = Number(/^used_memory:(\d+)/mu.exec(await bots.redis.info('memory'))?.[1]) / 1_048_576;
    samples.push({ minute: minute(), listener: await readHeld(held, bots.listener.pid()), worker: await readHeld(held, measured?.pid()), keys: await bots.redis.dbsize(), redis: memory });
    const last = samples.at(-1);
    if (last && samples.length % 6 === 0) say(`minute ${last.minute.toFixed(1)}: listener ${last.listener.toFixed(0)} MB, worker ${last.worker.toFixed(0)} MB, ${last.keys} keys, Redis ${last.redis.toFixed(1)} MB, ${asked} asked, ${await bots.done()} done`);
  };
  await Promise.all([
    every(1_000 / rate, async () => {
      asked += 1;
      await bots.heard(await court.ask(asked - 1));
    }),
    every(1_000, strike),
    every(sampleMs, look),
  ]);
  for (const until = performance.now() + 60_000; await bots.done() < asked && performance.now() < until;) await Promise.race([stopped, wait(500)]);
  await wait(3_000);

  const states = await bots.states();
  const judged = await court.count();
  const late = samples.filter(sample => sample.minute >= warmUp);
  const half = late.length / 2;
  const most = (part: readonly Sample[]) => Math.max(...part.map(({ keys }) => keys));
  const due = (await Promise.all((await bots.redis.keys('repartee:due:*')).map(key => bots.redis.zcard(key)))).reduce((sum, count) => sum + count, 0);
  const report = {
    warmUp, minutes, rate, seed, asked, faults,
    duplicates: judged.reduce((sum, { answers }) => sum + Math.max(0, answers.length - 1), 0),
    unanswered: judged.filter(({ answers }) => answers.length === 0).length,
    states, unfinished: due,
    rssSlopeMbPerMinute: { listener: round(slope(late, 'listener')), worker: round(slope(late, 'worker')) },
    rssMb: { listener: Math.round(late.at(-1)?.listener ?? 0), worker: Math.round(late.at(-1)?.worker ?? 0) },
    keys: { earlier: most(late.slice(0, half)), later: most(late.slice(half)) },
    redisMb: round(late.at(-1)?.redis ?? 0),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  // Nothing here gives a reason to leave a mention alone; what became of a post may be beyond telling now and then.
  const untold = (states['parked'] ?? 0) + (states['quarantined'] ?? 0);
  const silent = (states['rejected'] ?? 0) + (states['withheld'] ?? 0) + (states['skipped'] ?? 0);
  const wrong = [
    ...(report.duplicates > 0 ? [`${report.duplicates} answers too many`] : []),
    ...(report.unanswered > untold ? [`${report.unanswered} unanswered, and only ${untold} parked or quarantined`] : []),
    ...(untold > asked * 0.005 ? [`${untold} are parked or quarantined`] : []),
    ...(silent > 0 ? [`${silent} were left alone without a reason`] : []),
    ...(due > 0 ? [`${due} records are in no final state`] : []),
    ...(report.keys.later > report.keys.earlier * 1.1 ? ['the keys of Redis grow'] : []),
    ...Object.entries(report.rssSlopeMbPerMinute).filter(([, mb]) => !(mb <= 0.2)).map(([who, mb]) => `the ${who}'s memory grows by ${mb} MB a minute`),
  ];
  wrong.forEach(line => say(`not passed: ${line}`));
  return wrong.length === 0 ? 0 : 1;
}

const round = (value: number): number => Math.round(value * 100) / 100;

let running: Promise<number> | undefined;
try {
  running = soak();
  process.exitCode = await Promise.race([running, stopped]);
} catch (error) {
  say((error as Error).message);
  process.exitCode = 1;
} finally {
  await Promise.allSettled([running]);
  while (undo.length > 0) await undo.pop()?.();
}
