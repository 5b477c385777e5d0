import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { attachSession, createRedisCommandExecutor, RedisServerState, SocketConnectionTransport, type ConnectionTransport } from 'js-redis-server/core';
import { SetupError } from '../core/errors.ts';
import { journalName, readAddress, removeAddress, toEmbeddedConnection, writeAddress } from './address.ts';
import { answers, runKey, tryClient, warn, type Connection } from './client.ts';
import { openJournal, readJournal, type Journal } from './journal.ts';
import { databaseOf, openReplay, recordChanges, walkKeys, workInPlace } from './keyspace.ts';
import { keepScriptsShort } from './scripts.ts';

/** The Redis-compatible server in this process, on a port of the loopback, over the journal in the data folder. */
export async function openEmbedded(data: string, rewriteEveryMs: number): Promise<{ readonly about: string; readonly connection: Connection; rewrite(): void; close(): Promise<void> }> {
  const kept = readAddress(data);
  if (kept?.kind === 'embedded' && (await answers(toEmbeddedConnection(kept)))) throw new SetupError(`data folder ${data} is in use by a running bot: stop it first, or choose another folder with REPARTEE_DATA`);
  const path = join(data, journalName);
  const password = randomBytes(24).toString('base64url');
  const state = new RedisServerState({ requirepass: password, activeExpiryIntervalMs: 1_000 });
  const db = databaseOf(state);

  workInPlace(db);
  const replay = openReplay(db);
  const { size, cut } = await readJournal(path, changes => replay.apply(changes));
  replay.finish();
  if (cut > 0) warn(`${path} ended in ${cut} bytes of a record that was never acknowledged; they are cut off`);
  const journal = await openJournal(path, size, () => walkKeys(db), warn, rewriteEveryMs);
  recordChanges(db, change => journal.append(change));
  keepScriptsShort(state.scriptCache);
  await state.getLuaRuntime(); // or the first script would leave its turn of the event loop, and with it its record

  const executor = createRedisCommandExecutor();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    attachSession(toPatient(new SocketConnectionTransport(socket), journal), { state, executor });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const address = { kind: 'embedded', port, password } as const;
  const connection = toEmbeddedConnection(address);
  // A real one says in INFO which of its lives this is.
  await tryClient(connection, 1_000, client => client.set(runKey, randomBytes(12).toString('base64url')));
  writeAddress(data, address);

  return {
    about: `embedded Redis (js-redis-server), journal ${path} flushed before every answer: nothing acknowledged is lost`,
    connection,
    rewrite: () => journal.rewrite(),
    async close() {
      removeAddress(data);
      const closed = new Promise(resolve => server.close(resolve));
      for (const socket of sockets) socket.destroySoon();
      await closed;
      state.close();
      await journal.close();
    },
  };
}


/** A connection whose answers wait until all they could have seen is on disk. It takes commands meanwhile, so one flush serves many. */
function toPatient(transport: ConnectionTransport, journal: Journal): ConnectionTransport {
  const inOrder = (action: () => void): void => journal.whenFlushed(() => {
    if (!transport.signal.aborted) action();
  });
  return {
    id: transport.id,
    signal: transport.signal,
    read: () => transport.read(),
    write: chunk => inOrder(() => {
      Promise.resolve(transport.write(chunk)).catch(() => transport.close('its other end is gone'));
    }),
    close: reason => inOrder(() => transport.close(reason)),
    on: (event, listener) => transport.on(event, listener),
  };
}
