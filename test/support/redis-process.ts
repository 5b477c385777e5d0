// A redis-server that a test may kill, stop, cut and start again: on one port, over one folder, as durable as we ask for.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { onTestFinished } from './cleanup.ts';
import { findFreePort } from './free-port.ts';

export interface RedisProcess {
  readonly url: string;
  readonly client: Redis;
  /** Resolves when it answers. `flags` are added to its own, for this time. */
  start(flags?: readonly string[]): Promise<void>;
  /** Ends it, with SIGKILL when nothing else is said. */
  end(signal?: NodeJS.Signals): Promise<void>;
  /** SIGSTOP, SIGCONT. */
  signal(signal: NodeJS.Signals): void;
  /** As a power cut does: the last bytes of its journal, at most all of it, never reached the disk. It must not run. */
  cut(bytes: number | ((size: number) => number)): Promise<void>;
  /** A copy of its files, which `restore` brings back. */
  backup(): Promise<void>;
  restore(): Promise<void>;
}

export interface RedisProcessOptions {
  /** Another place for its data than a folder of its own. */
  readonly data?: string | undefined;
  /** What beats its own settings. */
  readonly flags?: readonly string[] | undefined;
}

export async function openRedisProcess({ data, flags: always = [] }: RedisProcessOptions = {}, program = 'redis-server'): Promise<RedisProcess> {
  const folder = data ?? await mkdtemp(join(tmpdir(), 'repartee-redis-'));
  const copy = `${folder}-copy`;
  const port = await findFreePort();
  let server: ChildProcess | undefined;
  const client = new Redis({ host: '127.0.0.1', port, retryStrategy: () => 50, maxLoadingRetryTime: 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined); // it is away on purpose
  const redis: RedisProcess = {
    url: `redis://127.0.0.1:${port}`,
    client,
    async start(flags = []) {
      const started = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', '', '--maxmemory-policy', 'noeviction', ...always, ...flags], { stdio: 'ignore' });
      server = started;
      await once(started, 'spawn');
      const ended = once(started, 'exit').then(([code]) => Promise.reject(new Error(`${program} on port ${port} ended with ${String(code)} before it answered`)));
      await Promise.race([client.ping(), ended]);
    },
    async end(signal = 'SIGKILL') {
      if (!server || server.exitCode !== null || server.signalCode !== null) return;
      server.kill(signal);
      await once(server, 'exit');
    },
    signal: signal => void server?.kill(signal),
    async cut(bytes) {
      const aof = join(folder, 'appendonlydir');
      const last = (await readdir(aof)).filter(name => name.endsWith('.incr.aof')).toSorted().at(-1) ?? '';
      const { size } = await stat(join(aof, last));
      await truncate(join(aof, last), Math.max(0, Math.floor(size - (typeof bytes === 'number' ? bytes : bytes(size)))));
    },
    async backup() {
      await rm(copy, { recursive: true, force: true });
      await cp(folder, copy, { recursive: true });
    },
    async restore() {
      await rm(folder, { recursive: true, force: true });
      await cp(copy, folder, { recursive: true });
    },
  };
  onTestFinished(async () => {
    client.disconnect();
    server?.kill('SIGCONT');
    await redis.end();
    await Promise.all([rm(folder, { recursive: true, force: true }), rm(copy, { recursive: true, force: true })]);
  });
  await redis.start();
  return redis;
}
