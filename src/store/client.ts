import { Redis } from 'ioredis';

/** Where a Redis is, how it lets us in and how we come back to it, as both ioredis and BullMQ take it. */
export interface Connection {
  readonly path?: string;
  readonly host?: string;
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: { readonly servername?: string };
  readonly connectTimeout?: number;
  readonly socketTimeout?: number;
  readonly maxLoadingRetryTime?: number;
  readonly retryStrategy?: (times: number) => number;
}

/** Where the embedded one keeps what it calls this life of itself. */
export const runKey = 'repartee:run';

/** Redis is looked for so often that we are back within a second of it, also when it has to read its data first. */
export const patience = {
  retryStrategy: (times: number): number => Math.min(50 * times, 500),
  maxLoadingRetryTime: 500,
} as const;

/**
 * For a Redis on another machine, which may vanish without a word: an answer that is so late will not come. Longer than the ten seconds for
 * which BullMQ's own connections may wait for a job.
 */
export const remotePatience = { ...patience, connectTimeout: 3_000, socketTimeout: 15_000 } as const;

const sameLineMs = 10_000;
const saidAt = new Map<string, number>();

/** One line for the operator about trouble that we wait out; the same one at most every ten seconds. */
export function warn(line: string): void {
  const now = performance.now();
  for (const [said, at] of saidAt) {
    if (now - at >= sameLineMs) saidAt.delete(said);
  }
  if (saidAt.has(line)) return;
  saidAt.set(line, now);
  process.stderr.write(`repartee: ${line}\n`);
}

/** A client that keeps reconnecting. `waits`: so do its commands, however long Redis is away; else they fail after a few tries. */
export function openClient(connection: Connection, waits: boolean): Redis {
  const client = new Redis({ ...connection, maxRetriesPerRequest: waits ? null : 3 });
  let last = '';
  client.on('error', (error: NodeJS.ErrnoException) => {
    const trouble = error.code ?? error.message;
    if (trouble !== last) warn(`Redis: ${error.message || trouble}`);
    last = trouble;
  });
  client.on('ready', () => {
    last = '';
  });
  return client;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused', ENOENT: 'connection refused', ENOTFOUND: 'no such host', EAI_AGAIN: 'no such host', ECONNRESET: 'connection closed', EPIPE: 'connection closed',
};

/** Why a connection to Redis could not be made or did not last, in a few words; undefined when the error is of another kind. */
export function toConnectionReason(error: Error, withinMs: number): string | undefined {
  // Errors of other kinds have names of their own, whatever their messages say.
  if (!['Error', 'AbortError', 'MaxRetriesPerRequestError'].includes(error.name)) return undefined;
  const { message } = error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ETIMEDOUT' || /^(?:Command timed out|Socket timeout|no answer)/u.test(message)) return `no answer within ${withinMs / 1_000} s`;
  if (/^(?:Connection is closed|Command aborted|Reached the max retries)/u.test(message)) return 'connection closed';
  return reasons[code] ?? (/^E[A-Z]+$/u.test(code) ? message : undefined);
}

/** Runs `use` with a client that tries to connect once; what went wrong is thrown. */
export async function tryClient<T>(connection: Connection, withinMs: number, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis({
    ...connection, lazyConnect: true, connectTimeout: withinMs, commandTimeout: withinMs, retryStrategy: () => null, maxRetriesPerRequest: 0, enableReadyCheck: false, disconnectTimeout: 50,
  });
  let cause: Error | undefined;
  client.on('error', error => {
    cause = error; // says more than the "Connection is closed." that is thrown
  });
  try {
    await client.connect();
    return await use(client);
  } catch (error) {
    throw cause ?? error;
  } finally {
    client.disconnect();
  }
}

/** Whether a server is there that lets us in. */
export async function answers(connection: Connection): Promise<boolean> {
  try {
    await tryClient(connection, 1_000, client => client.ping());
    return true;
  } catch {
    return false;
  }
}
