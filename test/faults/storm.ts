// The crash storm: the real program is killed again and again while it answers, and a judge that it knows nothing of counts. Beside it a naive bot goes through the same.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPlan, UsageError, type Plan, type Size } from './storm/arguments.ts';
import { openBots, type Bots } from './storm/bots.ts';
import { openControl } from './storm/control.ts';
import { openCourt } from './storm/court.ts';
import type { Judged } from './storm/judge.ts';
import { isRedisThere } from './storm/redis.ts';
import { findFaults, toReport, toTable, unansweredOf } from './storm/report.ts';
import { runStorm, type Passage } from './storm/run.ts';
import { toSchedule } from './storm/schedule.ts';
import type { Ties } from './storm/side.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
/** What has to be undone at the end, the last thing first. */
const undo: (() => unknown)[] = [];
const { promise: stopped, reject: stop } = Promise.withResolvers<never>();
const ties: Ties = { onEnd: step => void undo.push(step), onDeath: stop, stopped };

/** Nobody needs it any more: whatever fails is told, and the rest is undone all the same. */
async function cleanUp(): Promise<void> {
  while (undo.length > 0) {
    try {
      await undo.pop()?.();
    } catch (error) {
      say(`while cleaning up: ${(error as Error).message}`);
    }
  }
}

async function brave(plan: Plan, size: Size, name: 'bot' | 'control', folder: string): Promise<{ readonly passage: Passage; readonly bots: Bots | undefined }> {
  const { seed, places } = plan;
  const speaker = name === 'bot' ? 'repartee' : 'control';
  const court = await openCourt({ seed, places, speaker }, ties);
  const bots = name === 'bot' ? await openBots(court, places, join(folder, name), ties) : undefined;
  const side = bots ?? await openControl(court, speaker, join(folder, name), ties);
  const passage = await runStorm(court, side, toSchedule({ ...size, seed }), ties, line => say(`${name}: ${line}`));
  return { passage, bots };
}

/** Of the mentions that nobody answered, those that the bot does not even show to its operator. */
async function countLost(passage: Passage, bots: Bots): Promise<number> {
  let lost = 0;
  for (const mention of unansweredOf(passage.judged)) {
    const state = await bots.stateOf(mention);
    if (state === 'parked' || state === 'quarantined') continue;
    lost += 1;
    if (lost <= mostTold) await tellAbout('lost', mention, bots);
  }
  return lost;
}

const mostTold = 5;

async function tellAbout(what: string, mention: Judged, bots: Bots): Promise<void> {
  const { record, lines } = await bots.explain(mention);
  say([
    `${what}: ${mention.place} ${mention.id} (number ${mention.number}), asked at ${new Date(mention.askedAt).toISOString()}`,
    ...mention.answers.map(({ id, text }) => `  the judge sees ${id}: ${text}`),
    `  the ledger holds ${JSON.stringify(record)}`,
    ...lines.slice(-20).map(line => `  ${line}`),
  ].join('\n'));
}

/** Both results; where one fails the other is stopped, and has ended when this does. */
async function bothOrNone<T>(sides: readonly [Promise<T>, Promise<T>]): Promise<readonly [T, T]> {
  try {
    return await Promise.all(sides);
  } catch (error) {
    stop(error);
    await Promise.allSettled(sides);
    throw error;
  }
}

async function storm(plan: Plan): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'repartee-storm-'));
  ties.onEnd(() => rm(folder, { recursive: true, force: true }));
  const { mentions, kills, control: small, seed, places } = plan;
  say(`storm on ${places.join(' and ')}, seed ${seed}: ${mentions} mentions and ${kills} kills${small.mentions === mentions ? '' : `, for the control ${small.mentions} and ${small.kills}`}`);
  const [ours, control] = await bothOrNone([brave(plan, plan, 'bot', folder), brave(plan, small, 'control', folder)]);
  const { passage, bots } = ours;
  if (bots === undefined) throw new Error('the storm was run without the bot');
  for (const mention of passage.judged.filter(({ answers }) => answers.length > 1).slice(0, mostTold)) await tellAbout('answered twice', mention, bots);
  const states = await bots.states();
  const lost = await countLost(passage, bots);
  const report = toReport(plan, passage, control.passage, { parked: (states['parked'] ?? 0) + (states['quarantined'] ?? 0), lost });
  process.stdout.write(`${plan.json ? JSON.stringify(report) : toTable(report)}\n`);
  const faults = findFaults(report, plan);
  faults.forEach(fault => say(`not passed: ${fault}`));
  return faults.length === 0 ? 0 : 1;
}

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    process.exitCode = name === 'SIGINT' ? 130 : 143;
    stop(new Error('stopped'));
  });
}

process.on('uncaughtException', stop);

let running: Promise<number> | undefined;
try {
  const plan = readPlan(process.argv.slice(2));
  if (!isRedisThere()) throw new UsageError('there is no redis-server on PATH: install one to run the storm');
  running = storm(plan);
  process.exitCode = await Promise.race([running, stopped]);
} catch (error) {
  say((error as Error).message);
  process.exitCode ??= error instanceof UsageError ? 2 : 1;
} finally {
  // What still opens must have told what undoes it.
  await Promise.allSettled([running]);
  await cleanUp();
}
