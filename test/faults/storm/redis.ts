import { spawn, spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findFreePort } from '../../support/free-port.ts';
import type { Ties } from './side.ts';

export const isRedisThere = (): boolean => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).error === undefined;

export interface OwnRedis {
  readonly port: number;
  readonly client: Redis;
}

const startsWithinMs = 30_000;

/** A redis-server of the storm's own with its files in `folder`, which acknowledges nothing before it is on the disk. */
export async function openRedis(folder: string, { onEnd, stopped }: Ties): Promise<OwnRedis> {
  await mkdir(folder, { recursive: true });
  const port = await findFreePort();
  const server = spawn('redis-server', [
    '--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', '', '--maxmemory-policy', 'noeviction',
  ], { stdio: 'ignore' });
  const gone = new Promise<void>(resolve => server.once('exit', () => resolve()));
  const client = new Redis({ host: '127.0.0.1', port, maxRetriesPerRequest: null, retryStrategy: () => 50 });
  let complaint = '';
  client.on('error', (error: Error) => {
    complaint = error.message;
  });
  onEnd(async () => {
    client.disconnect();
    server.kill('SIGKILL');
    await gone;
  });
  const isUp = await Promise.race([stopped, client.ping().then(() => true), gone.then(() => false), wait(startsWithinMs, false, { ref: false })]);
  if (isUp) return { port, client };
  throw new Error(`redis-server did not start on port ${port}: ${complaint}`);
}
