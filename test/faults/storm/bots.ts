import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { Redis } from 'ioredis';
import { demoKeys } from '../../../src/sandbox/x/index.ts';
import type { Court } from './court.ts';
import type { Mention } from './judge.ts';
import { networkOf, type Place } from './places.ts';
import { openRedis } from './redis.ts';
import { bestOf, type Side, type Ties } from './side.ts';
import { killWorkers, openVictim, type Victim } from './victim.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The waiting and the locks are the ones of production. Only looking is faster, and the money does not end. */
const config = `store: url
networks:
  mastodon: { pollSeconds: 2 }
  x: { pollSeconds: 3, budget: { perDay: 1000000 } }
manners: { quotas: { personSoon: 0, personDay: 0, newcomer: 0, thread: 0, server: 0, all: 0 } }
canary: { limit: 0 }
`;

const finalStates = ['posted', 'skipped', 'withheld', 'rejected', 'parked', 'quarantined'];

/** The bot, as its ledger and its log tell it. */
export interface Bots extends Side {
  readonly redis: Redis;
  readonly listener: Victim;
  readonly workers: readonly Victim[];
  /** State → mentions in it. */
  states(): Promise<Readonly<Record<string, number>>>;
  /** The state of one mention; undefined when the ledger does not know it. */
  stateOf(mention: Mention): Promise<string | undefined>;
  /** The record of one mention, and every line of the log that names it. */
  explain(mention: Mention): Promise<{ readonly record: unknown; readonly lines: readonly string[] }>;
}

/** Starts the real program on a Redis of its own: one process that listens, two that work. `more` is added to its config file and its environment. */
export async function openBots(court: Court, places: readonly Place[], folder: string, ties: Ties, more: { readonly config?: string; readonly env?: Readonly<Record<string, string>> } = {}): Promise<Bots> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'repartee.yaml'), config + (more.config ?? ''));
  const redis = await openRedis(join(folder, 'redis'), ties);
  const log = join(folder, 'log');
  const { appKey, appSecret, accessToken, accessSecret, bearer } = demoKeys;
  const env = {
    PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter), HOME: folder, NODE_NO_WARNINGS: '1', PORT: '0',
    // With it the program ends by itself, should the storm be gone before it could end it.
    npm_lifecycle_event: 'storm',
    REDIS_URL: `redis://127.0.0.1:${redis.port}`, REPARTEE_DATA: join(folder, 'data'), REPARTEE_CONFIG: join(folder, 'repartee.yaml'),
    OPENAI_BASE_URL: court.modelUrl, OPENAI_MODEL: 'storm', OPENAI_API_KEY: 'made-up-key-0123456789',
    ...(places.some(place => place !== 'x') && { MASTODON_URL: court.url, MASTODON_TOKEN: 'repartee' }),
    ...(places.includes('x') && {
      X_APP_KEY: appKey, X_APP_SECRET: appSecret, X_ACCESS_TOKEN: accessToken, X_ACCESS_SECRET: accessSecret, X_BEARER_TOKEN: bearer, X_HANDLE: 'repartee', X_API_URL: `${court.url}/x`,
    }),
    ...more.env,
  };
  const open = (role: 'listen' | 'work', name: string) => openVictim(name, ready => {
    const child = spawn(process.execPath, [join(root, 'src/main.ts'), 'start', '--role', role], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const hear = (chunk: Buffer): void => {
      const text = chunk.toString('utf8');
      appendFileSync(log, text.replace(/^(?=.)/gmu, `${name}/${child.pid} `));
      if (text.includes(`ready as ${role}`)) ready();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    return child;
  }, {
    ...ties,
    onDeath: error => void readFile(log, 'utf8').then(text => ties.onDeath(new Error(`${error.message}; the end of its log:\n${text.split('\n').slice(-6).join('\n')}`)), ties.onDeath),
  });

  const listener = open('listen', 'listen');
  const workers = [open('work', 'work1'), open('work', 'work2')];
  const all = [listener, ...workers];
  const networks = new Set(places.map(networkOf)).size;
  let counters: readonly string[] = [];
  /** Keys of the counts, one for each account; they appear with the first mention. */
  const readCounters = async (): Promise<readonly string[]> => {
    if (counters.length < networks) counters = await redis.client.keys('repartee:counts:*');
    return counters;
  };
  const keyOf = async ({ place, id }: Mention): Promise<string> => {
    const counter = (await readCounters()).find(key => key.startsWith(`repartee:counts:${networkOf(place)}:`)) ?? '';
    return `${counter.replace(':counts:', ':ledger:')}:${id}`;
  };

  const bots: Bots = {
    redis: redis.client, listener, workers,
    async heard() {},
    isReady: () => listener.isReady() && workers.some(worker => worker.isReady()),
    kill: kill => bestOf([
      ...(kill.target === 'listen' || kill.target === 'all' ? [listener.kill()] : []),
      ...(kill.target === 'listen' ? [] : [killWorkers(workers, kill)]),
    ]),
    async states() {
      const counts = await Promise.all((await readCounters()).map(key => redis.client.hgetall(key)));
      const states: Record<string, number> = {};
      for (const [state, count] of counts.flatMap(each => Object.entries(each))) states[state] = (states[state] ?? 0) + Number(count);
      return states;
    },
    async done() {
      const states = await bots.states();
      return finalStates.reduce((sum, state) => sum + (states[state] ?? 0), 0);
    },
    stateOf: async mention => (await redis.client.hget(await keyOf(mention), 'state')) ?? undefined,
    async explain(mention) {
      const record = await redis.client.hgetall(await keyOf(mention));
      const lines = (await readFile(log, 'utf8')).split('\n').filter(line => line.includes(` ${mention.id}:`));
      return { record, lines };
    },
  };
  await Promise.all(all.map(victim => victim.ready()));
  return bots;
}
