import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../core/errors.ts';
import { readAddress, removeAddress, writeAddress, type AddressOf } from './address.ts';
import { tryClient, warn, type Connection } from './client.ts';
import { isAlive, makeFolder, readStartedAt } from './data-folder.ts';
import { readPromise, sayHello } from './promise.ts';

const names = ['redis-server', 'valkey-server', 'keydb-server'];
const readyWithinMs = 60_000; // a long journal takes its time to load
const stopsWithinMs = 10_000;
const lookEveryMs = 100;
const answersWithinMs = 5_000;

/** The first Redis-compatible server on a PATH variable. */
export function findServer(path: string): string | undefined {
  return path.split(delimiter).filter(Boolean).flatMap(folder => names.map(name => join(folder, name))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false; // PATH names many files that do not exist
  }
}

export function toChildConnection(socket: string): Connection {
  return { path: socket };
}

type Running = { readonly pid: number };

/** A child that runs, and what it promises: it is asked, whatever it was told at its start. */
interface Child {
  readonly about: string;
  readonly confirms: boolean;
  readonly connection: Connection;
}

/** `program`: the file that runs, where it is known. */
export async function readChild(socket: string, data: string, program?: string): Promise<Child> {
  const connection = toChildConnection(socket);
  const { server, promise, confirms } = await tryClient(connection, answersWithinMs, client => readPromise(client, program ?? 'the private Redis'));
  return { about: `private ${server}${program === undefined ? '' : ` (${program})`} over ${join(data, 'redis')}, ${promise}`, confirms, connection };
}

/**
 * A Redis server as a private child over `<data>/redis`. It outlives a killed parent and is then used again;
 * one that dies is started again with the same data.
 */
export async function openChild(server: string, data: string): Promise<Child & { close(): Promise<void> }> {
  const folder = join(data, 'redis');
  makeFolder(folder);
  const kept = readAddress(data);
  let running = kept?.kind === 'child' ? await adopt(kept, folder) : undefined;
  const socket = running && kept?.kind === 'child' ? kept.socket : join(mkdtempSync(join(tmpdir(), 'repartee-')), 'redis.sock');
  if (!running && kept?.kind === 'child') rmSync(dirname(kept.socket), { recursive: true, force: true });
  const begin = (): Promise<Running> => start(server, data, folder, socket);
  const tidy = (): void => {
    rmSync(dirname(socket), { recursive: true, force: true });
    removeAddress(data);
  };
  try {
    running ??= await begin();
  } catch (error) {
    tidy();
    throw error;
  }

  const stopping = new AbortController();
  const watched = watch(begin, running, stopping.signal);

  const close = async (): Promise<void> => {
    stopping.abort();
    const last = await watched;
    await stop(last.pid, readStartedAt(last.pid));
    tidy();
  };
  try {
    return { ...await readChild(socket, data, server), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The child that an earlier run left behind, when it answers and serves our folder; one that does not answer is stopped first. */
async function adopt(kept: AddressOf<'child'>, folder: string): Promise<Running | undefined> {
  // Without a process number its parent was killed while it started it: it may be about to listen.
  for (let tries = kept.pid === undefined ? 50 : 1; tries > 0; tries--) {
    const found = await ask(kept.socket, folder, 500);
    if (found) return found;
    if (tries > 1) await sleep(20);
  }
  if (kept.pid !== undefined && kept.startedAt !== undefined && readStartedAt(kept.pid) === kept.startedAt) await stop(kept.pid, kept.startedAt);
  return undefined;
}

async function ask(socket: string, folder: string, withinMs: number): Promise<Running | undefined> {
  try {
    return await tryClient(toChildConnection(socket), withinMs, async client => {
      await sayHello(client); // what follows is answered before its data is read, and nothing else is
      const [, dir] = (await client.config('GET', 'dir')) as string[];
      if (dir !== realpathSync(folder)) return undefined;
      return { pid: Number(/^process_id:(\d+)/mu.exec(await client.info('server'))?.[1]) };
    });
  } catch {
    return undefined; // nobody listens there, or not yet
  }
}

async function start(server: string, data: string, folder: string, socket: string): Promise<Running> {
  // Written before and after: whenever we are killed, the next run finds the child.
  writeAddress(data, { kind: 'child', socket });
  const child = spawn(server, [
    '--port', '0', '--unixsocket', socket, '--unixsocketperm', '700', '--dir', realpathSync(folder), '--appendonly', 'yes', '--appendfsync', 'always',
    '--save', '', '--maxmemory-policy', 'noeviction', '--logfile', 'redis.log',
  ], { detached: true, stdio: 'ignore' }); // detached: Ctrl-C in a terminal must not stop it before we have drained
  child.unref();
  let failure: string | undefined;
  child.on('error', error => {
    failure = error.message;
  });
  child.on('exit', (code, signal) => {
    failure = `it ended with ${signal ?? `code ${code}`}`;
  });
  const startedAt = child.pid === undefined ? undefined : readStartedAt(child.pid);
  writeAddress(data, { kind: 'child', socket, pid: child.pid, startedAt });

  const deadline = Date.now() + readyWithinMs;
  while (failure === undefined && Date.now() < deadline) {
    const running = await ask(socket, folder, 1_000);
    if (running) return running;
    await sleep(10);
  }
  child.kill('SIGKILL');
  throw new SetupError(`${server} does not start (${failure ?? `no answer within ${readyWithinMs / 1_000} s`}): see ${join(folder, 'redis.log')}`);
}

/** Looks after the child until we stop, and starts it again when it is gone. Returns the last one. */
async function watch(again: () => Promise<Running>, first: Running, stopping: AbortSignal): Promise<Running> {
  let running = first;
  while (!stopping.aborted) {
    await pause(lookEveryMs, stopping);
    if (stopping.aborted || isAlive(running.pid)) continue;
    warn(`Redis, process ${running.pid}, is gone; starting it again`);
    try {
      running = await again();
    } catch (error) {
      warn((error as Error).message);
      await pause(2_000, stopping);
    }
  }
  return running;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
  } catch {
    return; // aborted: the pause is over
  }
}

async function stop(pid: number, startedAt: string | undefined): Promise<void> {
  const isThere = (): boolean => startedAt !== undefined && readStartedAt(pid) === startedAt;
  for (const [signal, withinMs] of [['SIGTERM', stopsWithinMs], ['SIGKILL', 1_000]] as const) {
    if (!isThere()) return;
    process.kill(pid, signal);
    const deadline = Date.now() + withinMs;
    while (isThere() && Date.now() < deadline) await sleep(10);
  }
}
