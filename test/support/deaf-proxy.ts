// A wire to Redis that can lose what Redis says, without a reset: the other end waits for ever.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from './cleanup.ts';

export interface DeafProxy {
  readonly port: number;
  /** From now on what Redis says is lost, on every connection that `concerns` holds of something that was said on it; the same for new ones. */
  deafen(concerns?: (said: string) => boolean): void;
  /** What is connected now hears nothing any more, as if Redis' machine had been cut off; who connects anew is served. */
  vanish(): void;
}

export async function openDeafProxy(target: { readonly port: number } | { readonly path: string }): Promise<DeafProxy> {
  let isDeaf: (said: string) => boolean = () => false;
  let life = 0;
  const sockets = new Set<Socket>();
  const server = createServer(client => {
    const redis = connect(target);
    let said = '';
    const bornIn = life;
    client.on('data', chunk => {
      said = (said + chunk.toString('latin1')).slice(-200_000);
      redis.write(chunk);
    });
    redis.on('data', chunk => {
      if (bornIn === life && !isDeaf(said)) client.write(chunk);
    });
    for (const [one, other] of [[client, redis], [redis, client]] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>(listening => {
    server.listen(0, '127.0.0.1', listening);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    deafen(concerns = () => true) {
      isDeaf = concerns;
    },
    vanish() {
      life += 1;
    },
  };
}
