// From a mention to its place in the ledger: by a stream, by a deaf one, and by one that dies wherever it can.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { WebSocketServer } from 'ws';
import type { Network } from '../../src/core/ports.ts';
import { openMastodon } from '../../src/networks/mastodon/open.ts';
import { openSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { serverNames } from '../../src/sandbox/servers/index.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { startListening, type Listener } from '../../workers/listen.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { clock, userAgent } from '../support/fake-mastodon.ts';
import { openSomeRedis } from '../support/redis-servers.ts';
import { until } from '../support/until.ts';

let closing: (() => unknown)[];
beforeEach(() => {
  closing = [];
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
});

const say = async (sandbox: Sandbox, by: string, words: string): Promise<string> => {
  const response = await fetch(`${sandbox.url}/api/v1/statuses`, { method: 'POST', headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' }, body: JSON.stringify({ status: `@repartee ${words}` }) });
  return (await response.json() as { id: string }).id;
};
/** Listens on a server; `heard` holds every mention with its time. */
const listen = async (url: string, pollSeconds: number) => {
  const redis = await openSomeRedis();
  closing.push(() => redis.close());
  const network: Network = await openMastodon({ url, token: 'repartee', pollSeconds, timeoutSeconds: 2 }, { clock, userAgent, say: () => undefined });
  const heard: { readonly id: string; readonly at: number }[] = [];
  const listener: Listener = startListening(network, openLedger(redis.client, { keepFinalMs: 60_000, now: () => clock.now() }), async refs => void heard.push(...refs.map(({ id }) => ({ id, at: performance.now() }))), () => undefined);
  closing.push(() => listener.stop());
  await listener.first;
  return { network, heard };
};
/** A way to a server that can be cut: `mayPass` sees how many bytes of an answer went through and says whether more may. */
const openWay = async (target: string, mayPass: (bytes: number, head: string) => boolean): Promise<{ readonly url: string; readonly cut: () => void }> => {
  const { port, hostname } = new URL(target);
  const open = new Set<Socket>();
  const server = createServer(client => {
    const upstream = connect({ host: hostname, port: Number(port) });
    let head = '';
    let bytes = 0;
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => (client.destroy(), upstream.destroy(), open.delete(socket)));
    }
    // The server names the address by which it was asked.
    client.on('data', (chunk: Buffer) => {
      head ||= chunk.toString('latin1');
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (mayPass(bytes, head)) client.write(chunk);
      else client.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cut: () => open.forEach(socket => socket.destroy()) };
};

it('a mention is read within 50 ms of being posted (p95) where there is a stream', async () => {
  const sandbox = await openSandbox({ town: false });
  closing.push(() => sandbox.close());
  const { heard } = await listen(sandbox.url, 60);
  await new Promise(resolve => setTimeout(resolve, 300));
  const took: number[] = [];
  for (let number = 0; number < 100; number += 1) {
    const startedAt = performance.now();
    const id = await say(sandbox, 'ana', `question ${number}`);
    await until(async () => heard.some(each => each.id === id), 2_000);
    took.push((heard.find(each => each.id === id)?.at ?? Infinity) - startedAt);
  }
  took.sort((a, b) => a - b);
  process.stdout.write(`  from post to ledger: p50 ${took[49]?.toFixed(1)} ms, p95 ${took[94]?.toFixed(1)} ms\n`);
  expect(took[94]).toBeLessThanOrEqual(atEaseMs(50));
});

it('a mention is read within one turn of the timer where the stream is deaf', async () => {
  const deaf = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(deaf, 'listening');
  const sandbox = await openSandbox({
    town: false,
    extend: app => void app.addHook('onSend', async (request, _reply, payload) => (request.url === '/api/v2/instance'
      ? String(payload).replace(/"streaming":"[^"]*"/u, `"streaming":"ws://127.0.0.1:${(deaf.address() as AddressInfo).port}"`) : payload)),
  });
  closing.push(() => sandbox.close(), () => {
    for (const client of deaf.clients) client.terminate();
    deaf.close();
  });
  const { network, heard } = await listen(sandbox.url, 1);
  expect(network.about).toContain('streaming');
  for (let number = 0; number < 3; number += 1) {
    const startedAt = performance.now();
    const id = await say(sandbox, 'ana', `question ${number}`);
    await until(async () => heard.some(each => each.id === id), 3_000);
    expect((heard.at(-1)?.at ?? Infinity) - startedAt).toBeLessThan(1_300);
  }
  // Twice unheard, it was connected to anew.
  await until(async () => deaf.clients.size === 1);
}, 180_000);

const isStream = (head: string): boolean => /upgrade: websocket/iu.test(head);

it('a crowd that takes many pages to read is no reason to connect anew', async () => {
  const sandbox = await openSandbox({ town: false });
  closing.push(() => sandbox.close());
  await say(sandbox, 'ana', 'the first');
  const lines: string[] = [];
  const network: Network = await openMastodon({ url: sandbox.url, token: 'repartee', pollSeconds: 60, timeoutSeconds: 2 }, { clock, userAgent, say: line => lines.push(line) });
  const stop = new AbortController();
  let rings = 0;
  network.doorbell?.(() => { rings += 1; }, stop.signal);
  closing.push(() => stop.abort());
  let { cursor } = await network.mentions();
  await until(async () => rings === 1);
  for (let number = 0; number < 300; number += 1) await say(sandbox, `asker${number}`, `question ${number}`);
  await until(async () => rings === 301);
  let read = 0;
  for (let more = true; more;) {
    const page = await network.mentions(cursor);
    ({ cursor, more } = page);
    read += page.mentions.length;
  }
  expect({ read, lines, rings }).toEqual({ read: 300, lines: [], rings: 301 });
}, 180_000);

const deaths = [0, 1, 100, 131, 200, 1_000, 4_000];

it.each(serverNames)('on %s nothing is lost, doubled or out of order wherever the stream dies', async server => {
  await Promise.all(deaths.map(async bytes => {
    const sandbox = await openSandbox({ town: false, server });
    closing.push(() => sandbox.close());
    const way = await openWay(sandbox.url, (passed, head) => !isStream(head) || passed <= bytes);
    const { heard } = await listen(way.url, 1);
    const asked: string[] = [];
    for (let number = 0; number < 6; number += 1) {
      asked.push(await say(sandbox, `asker${number}`, `question ${number}`));
      if (number === 3) way.cut();
      await new Promise(resolve => setTimeout(resolve, 30));
    }
    await until(async () => heard.length >= asked.length, 8_000);
    await new Promise(resolve => setTimeout(resolve, 100));
    expect({ bytes, ids: heard.map(({ id }) => id) }).toEqual({ bytes, ids: asked });
  }));
}, 180_000);
