import { isIP } from 'node:net';
import { unescape } from 'node:querystring';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../core/errors.ts';
import { remotePatience, toConnectionReason, tryClient, type Connection } from './client.ts';
import { readPromise } from './promise.ts';

const answersWithinMs = 5_000;

/** A Redis of the operator's own: checked before anything is written to it. SetupError says what to change. */
export async function openUrl(url: string): Promise<{ readonly about: string; readonly confirms: boolean; readonly connection: Connection }> {
  const connection = toConnection(url);
  const name = toName(url);
  const deadline = Date.now() + answersWithinMs;
  for (;;) {
    try {
      const { server, promise, confirms } = await tryClient(connection, Math.max(100, deadline - Date.now()), client => readPromise(client, `REDIS_URL ${name}`));
      return { about: `${server} at ${name}, ${promise}`, confirms, connection };
    } catch (error) {
      if (error instanceof SetupError) throw error;
      const message = (error as Error).message;
      if (!message.startsWith('LOADING') || Date.now() >= deadline) throw toSetupError(error as Error, name);
      await sleep(200); // it reads its data and will answer
    }
  }
}

function toConnection(url: string): Connection {
  const parsed = URL.parse(url);
  if (!parsed || !['redis:', 'rediss:'].includes(parsed.protocol) || !parsed.hostname) {
    throw new SetupError('REDIS_URL is not an address like redis://user:password@host:6379/0 (or rediss:// for TLS)');
  }
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  const db = parsed.pathname.slice(1);
  if (!/^\d*$/.test(db)) throw new SetupError(`REDIS_URL ${toName(url)} ends in /${db}: a database is a number`);
  return {
    ...remotePatience,
    host,
    port: Number(parsed.port || 6379),
    ...(parsed.username ? { username: unescape(parsed.username) } : {}),
    ...(parsed.password ? { password: unescape(parsed.password) } : {}),
    ...(db ? { db: Number(db) } : {}),
    ...(parsed.protocol === 'rediss:' ? { tls: isIP(host) ? {} : { servername: host } } : {}),
  };
}

/** The address as it may be shown. */
function toName(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  return `${protocol}//${hostname}:${port || 6379}`;
}

function toSetupError(error: Error, name: string): SetupError {
  const why = toConnectionReason(error, answersWithinMs);
  if (why) return new SetupError(`REDIS_URL ${name} does not answer (${why})`, { cause: error });
  if (/^(NOAUTH|WRONGPASS)|without any password/.test(error.message)) return new SetupError(`REDIS_URL ${name} refuses the user name or password`, { cause: error });
  return new SetupError(`REDIS_URL ${name} does not answer (${error.message})`, { cause: error });
}
