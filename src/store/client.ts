import { Redis } from 'ioredis';

/** Where a Redis is and how it lets us in, as both ioredis and BullMQ take it. */
export interface Connection {
  readonly path?: string;
  readonly host?: string;
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: { readonly servername?: string };
}

/** One line for the operator about trouble that we wait out. */
export function warn(line: string): void {
  process.stderr.write(`repartee: ${line}\n`);
}

/** A client that keeps reconnecting, and says each new trouble once. */
export function openClient(connection: Connection): Redis {
  const client = new Redis(connection);
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
