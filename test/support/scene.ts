// One account on a sandbox that judges, a Redis, and bots in processes of their own that may be ended anywhere.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Faults } from '../../src/sandbox/faults.ts';
import { openSandbox } from '../../src/sandbox/index.ts';
import type { ServerName } from '../../src/sandbox/servers/index.ts';
import { demoKeys } from '../../src/sandbox/x/index.ts';
import type { Orders } from './bot-process.ts';
import { onTestFinished } from './cleanup.ts';
import { person } from './people.ts';
import { compileCache, runProgram, type Program } from './program.ts';
import { openRedisProcess, type RedisProcess, type RedisProcessOptions } from './redis-process.ts';
import { until } from './until.ts';
import { seeX } from './x-people.ts';

export type SceneNetwork = ServerName | 'x';

export interface Scene {
  readonly redis: RedisProcess;
  readonly env: Readonly<Record<string, string>>;
  /** Somebody new tags the bot. */
  ask(text?: string): Promise<string>;
  /** How many answers each of these got, or all that were asked. */
  counts(ids?: readonly string[]): Promise<number[]>;
  /** Every mention is answered, and a while later none twice. */
  settled(withinMs: number): Promise<void>;
  /** A bot with orders; resolves when it is ready, or when it ended before. */
  bot(orders?: Orders & { readonly env?: Readonly<Record<string, string>> }): Promise<Program>;
  /** One record as Redis holds it. */
  state(id: string): Promise<string | undefined>;
}

const { appKey, appSecret, accessToken, accessSecret, bearer } = demoKeys;
/** It asks a dozen questions five seconds after each start, which is half of what a start costs. */
const noCanary = 'canary: { limit: 0 }\n';
/** Late doubles show themselves. */
const afterwardsMs = 2_500;

export async function openScene(network: SceneNetwork, { faults, config = '', env: more = {}, redis: kind }: { readonly faults?: Faults; readonly config?: string; readonly env?: Readonly<Record<string, string>>; readonly redis?: RedisProcessOptions } = {}): Promise<Scene> {
  const isX = network === 'x';
  const limits = { 'POST /2/tweets': { limit: 1e6 }, 'GET /2/users/:id/tweets': { limit: 1e6 }, 'GET /2/users/:id/mentions': { limit: 1e6 } };
  const sandbox = await openSandbox(isX ? { town: false, x: { faults: { ...faults, limits } } } : { town: false, x: false, server: network, ...(faults && { faults }) });
  onTestFinished(() => sandbox.close());
  const redis = await openRedisProcess(kind);
  const folder = await mkdtemp(join(tmpdir(), 'repartee-scene-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'repartee.yaml');
  await writeFile(file, `networks:\n${isX ? '  x:\n    pollSeconds: 3\n    budget: { perDay: 1000 }\n    nearlyTheSame: 0\n' : '  mastodon:\n    pollSeconds: 2\n'}${noCanary}${config}`);
  const login = isX
    ? { X_APP_KEY: appKey, X_APP_SECRET: appSecret, X_ACCESS_TOKEN: accessToken, X_ACCESS_SECRET: accessSecret, X_BEARER_TOKEN: bearer, X_HANDLE: 'repartee', X_API_URL: `${sandbox.url}/x` }
    : { MASTODON_URL: sandbox.url, MASTODON_TOKEN: 'repartee' };
  const env = { ...login, REDIS_URL: redis.url, REPARTEE_CONFIG: file, REPARTEE_DATA: join(folder, 'data'), PORT: '0', MODEL_PRESET: 'none', NODE_COMPILE_CACHE: compileCache, ...more };
  const x = seeX(sandbox.url);
  const asked: string[] = [];
  let people = 0;
  const countAnswers = async (ids: readonly string[]): Promise<number[]> => {
    if (!isX) return Promise.all(ids.map(async id => (await person(sandbox.url, 'reader').answers(id)).length));
    const answered = Map.groupBy(await x.answers(), ({ replyTo }) => replyTo ?? '');
    return ids.map(id => answered.get(id)?.length ?? 0);
  };

  const scene: Scene = {
    redis, env,
    async ask(text) {
      const number = (people += 1);
      const handle = `asker${number}`;
      const said = `@repartee ${text ?? `what is number ${number} about?`}`;
      const { id } = isX ? await x.post(handle, said) : await person(sandbox.url, handle).post(said);
      asked.push(id);
      return id;
    },
    counts: (ids = asked) => countAnswers(ids),
    async settled(withinMs) {
      const open = new Set(asked);
      await until(async () => {
        const ids = [...open];
        for (const [index, count] of (await countAnswers(ids)).entries()) if (count > 0) open.delete(ids[index] ?? '');
        return open.size === 0;
      }, withinMs, 50);
      await new Promise(resolve => setTimeout(resolve, afterwardsMs));
    },
    async bot({ env: own, ...orders } = {}) {
      const program = runProgram([JSON.stringify(orders)], { env: { ...env, ...own }, script: 'test/support/bot-process.ts' });
      await Promise.race([program.says(/ready/u, 60_000), program.ended]);
      return program;
    },
    async state(id) {
      const keys = await redis.client.keys(`repartee:ledger:*:${id}`);
      return keys[0] === undefined ? undefined : await redis.client.hget(keys[0], 'state') ?? undefined;
    },
  };
  return scene;
}
