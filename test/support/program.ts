import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { onTestFinished } from './cleanup.ts';
import { found } from './until.ts';

const root = resolve(import.meta.dirname, '../..');
/** The one that the program uses by itself, for other scripts: a start takes two thirds of the processor time. */
export const compileCache = join(tmpdir(), 'node-compile-cache');

export interface Program {
  readonly process: ChildProcess;
  /** Everything it printed so far, both streams. */
  output(): string;
  /** Resolves with the first match; fails with the output when it does not come in time or the program ends before. */
  says(pattern: RegExp, withinMs?: number): Promise<RegExpExecArray>;
  /** Sends the signal and resolves with the exit code once it is gone. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Folders of PATH that hold a Redis are left out: a machine without one. */
  readonly withoutRedis?: boolean;
  readonly cwd?: string;
  /** Another file than the program's own, from the project's root. */
  readonly script?: string;
}

/** The real program in a process of its own, with a clean environment. */
export function runProgram(args: readonly string[], { env = {}, withoutRedis = false, cwd, script = 'src/main.ts' }: ProgramOptions = {}): Program {
  const path = withoutRedis ? dirname(process.execPath) : [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: cwd ?? root, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: path, HOME: tmpdir(), NODE_NO_WARNINGS: '1', ...env },
  });
  let output = '';
  const hear = (chunk: Buffer) => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  let isOver = false;
  const ended = new Promise<number | null>(done => child.once('close', code => {
    isOver = true;
    done(code);
  }));

  const program: Program = {
    process: child,
    output: () => output,
    async says(pattern, withinMs = 30_000) {
      const look = (): RegExpExecArray | undefined => {
        const match = pattern.exec(output);
        if (!match && isOver) throw new Error('the program ended');
        return match ?? undefined;
      };
      try {
        return await found(String(pattern), look, withinMs, 10);
      } catch (error) {
        throw new Error(`${(error as Error).message}: no ${String(pattern)} in\n${output}`);
      }
    },
    async end(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return ended;
    },
    ended,
  };
  onTestFinished(() => program.end('SIGKILL'));
  return program;
}

/** A fresh folder that is removed after the test, with the private Redis that a killed bot may have left in it. */
export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'repartee-test-'));
  onTestFinished(async () => {
    const left = await readFile(join(folder, 'redis.json'), 'utf8').then(text => JSON.parse(text) as { pid?: number; socket?: string }, () => undefined);
    if (left?.pid !== undefined && left.socket !== undefined) {
      process.kill(left.pid, 'SIGKILL');
      await rm(dirname(left.socket), { recursive: true, force: true });
    }
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}
