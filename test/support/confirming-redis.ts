// A wire to a redis-server that has no WAITAOF, which answers it all the same, as a newer one would: after a while, holding its connection up until then.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from './cleanup.ts';

export interface ConfirmingRedis {
  readonly url: string;
  /** How often it was asked, and how many were waiting at the same time at most. */
  readonly asked: { count: number; most: number };
  /** What the next ones are told: how many disks have it, 1 or 0, after how long. */
  answer: { written: 0 | 1; afterMs: number };
  /** Cuts every connection that waits for a confirmation. */
  cut(): void;
}

export async function openConfirmingRedis(port: number): Promise<ConfirmingRedis> {
  const waiting = new Set<Socket>();
  const sockets = new Set<Socket>();
  const redis: ConfirmingRedis = {
    url: '',
    asked: { count: 0, most: 0 },
    answer: { written: 1, afterMs: 50 },
    cut: () => waiting.forEach(socket => socket.destroy()),
  };
  const server = createServer(client => {
    const target = connect({ host: '127.0.0.1', port });
    let heard = Buffer.alloc(0);
    let isHeldUp = false;
    const pass = (): void => {
      while (!isHeldUp) {
        const end = endOfCommand(heard);
        if (end === undefined) return;
        const command = heard.subarray(0, end);
        heard = heard.subarray(end);
        if (!/^\*4\r\n\$7\r\nwaitaof\r\n/iu.test(command.toString('latin1'))) {
          target.write(command);
          continue;
        }
        isHeldUp = true;
        waiting.add(client);
        redis.asked.count += 1;
        redis.asked.most = Math.max(redis.asked.most, waiting.size);
        const { written, afterMs } = redis.answer;
        setTimeout(() => {
          const script = `return {${written},0}`;
          isHeldUp = false;
          waiting.delete(client);
          if (client.destroyed) return;
          target.write(`*3\r\n$4\r\nEVAL\r\n$${script.length}\r\n${script}\r\n$1\r\n0\r\n`);
          pass();
        }, afterMs).unref();
      }
    };
    client.on('data', chunk => {
      heard = Buffer.concat([heard, chunk]);
      pass();
    });
    // The same number of bytes, or the answer's length would be wrong.
    target.on('data', chunk => client.write(Buffer.from(chunk.toString('latin1').replace(/redis_version:\d\.\d\.\d\d/u, 'redis_version:7.2.40'), 'latin1')));
    for (const [one, other] of [[client, target], [target, client]] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    client.on('close', () => waiting.delete(client));
  });
  await new Promise<void>(listening => {
    server.listen(0, '127.0.0.1', listening);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return Object.assign(redis, { url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

/** Where the first whole command ends; undefined while it has not come in. */
function endOfCommand(bytes: Buffer): number | undefined {
  const lineAt = (from: number): { readonly count: number; readonly end: number } | undefined => {
    const end = bytes.indexOf('\r\n', from, 'latin1');
    return end < 0 ? undefined : { count: Number(bytes.toString('latin1', from + 1, end)), end: end + 2 };
  };
  const head = lineAt(0);
  let at = head?.end;
  for (let part = 0; part < (head?.count ?? 0) && at !== undefined; part++) {
    const length = lineAt(at);
    at = length && length.end + length.count + 2;
  }
  return at !== undefined && at <= bytes.length ? at : undefined;
}
