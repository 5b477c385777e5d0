import { setTimeout as sleep } from 'node:timers/promises';
import { ApiResponseError, ETwitterStreamEvent } from 'twitter-api-v2';
import { z } from 'zod';
import type { Account } from './account.ts';

const eventType = 'post.mention.create';
/** X sends an empty line every twenty seconds. */
const keepAliveMs = 40_000;
const steadyMs = 60_000;

const subscriptions = z.object({ data: z.array(z.object({ event_type: z.string(), filter: z.object({ user_id: z.string().optional() }).catch({}) })).catch([]).default([]) });
const event = z.object({ data: z.object({ event_uuid: z.string().optional(), payload: z.object({ id: z.string() }) }) });

/** Rings on every mention that the activity stream tells of, and once on every connect, until the signal aborts. The timer polls all the same. */
export async function listenForRings(account: Account, ring: () => void, signal: AbortSignal, say: (line: string) => void, brokeForMs: () => Promise<number | undefined> = async () => undefined): Promise<void> {
  let failures = 0;
  let told = '';
  while (!signal.aborted) {
    const startedAt = performance.now();
    let pauseMs: number;
    try {
      // Each event is billed, whether anybody can be answered or not.
      const brokeMs = await brokeForMs();
      if (brokeMs !== undefined) {
        await pause(brokeMs, signal);
        continue;
      }
      await subscribe(account);
      await followOnce(account, ring, signal, brokeForMs);
      failures = performance.now() - startedAt > steadyMs ? 1 : failures + 1;
      pauseMs = tcpPause(failures);
    } catch (error) {
      failures += 1;
      pauseMs = error instanceof ApiResponseError ? httpPause(error.code, failures) : tcpPause(failures);
      const line = `X's activity stream: ${error instanceof ApiResponseError ? `${account.host} said ${error.code}` : error instanceof Error ? error.message : String(error)}; mentions are polled meanwhile`;
      if (line !== told && !signal.aborted) say(line);
      told = line;
    }
    await pause(pauseMs, signal);
  }
}

/** The ladders that X asks for: lost connections a quarter of a second more each time, refusals doubling from five seconds, too many requests from a minute. */
export const tcpPause = (failures: number): number => Math.min(250 * failures, 16_000);
export const httpPause = (status: number, failures: number): number => (status === 429 ? Math.min(60_000 * 2 ** (failures - 1), 960_000) : Math.min(5_000 * 2 ** (failures - 1), 320_000));

async function subscribe({ client, self }: Account): Promise<void> {
  const { body } = await client.send({ method: 'get', path: 'activity/subscriptions', asApp: true });
  const known = subscriptions.safeParse(body).data?.data ?? [];
  if (known.some(each => each.event_type === eventType && each.filter.user_id === self.id)) return;
  await client.send({ method: 'post', path: 'activity/subscriptions', body: { event_type: eventType, filter: { user_id: self.id }, tag: 'mentions' } });
}

/** One connection from start to end. */
async function followOnce({ client, meter, settings: { prices } }: Account, ring: () => void, signal: AbortSignal, brokeForMs: () => Promise<number | undefined>): Promise<void> {
  const stream = client.app?.v2.getStream('activity/stream', {}, { autoConnect: false });
  if (!stream) return;
  const ended = Promise.withResolvers<void>();
  const close = (): void => ended.resolve();
  let patience = setTimeout(close, keepAliveMs);
  signal.addEventListener('abort', close, { once: true });
  stream.on(ETwitterStreamEvent.ConnectionClosed, close);
  stream.on(ETwitterStreamEvent.ConnectionError, close);
  stream.on(ETwitterStreamEvent.DataKeepAlive, () => patience.refresh());
  stream.on(ETwitterStreamEvent.Data, (data: unknown) => {
    patience.refresh();
    const told = event.safeParse(data).data?.data;
    if (!told || signal.aborted) return;
    meter.charge({ what: 'stream event', price: prices.event, ids: [told.payload.id], mention: told.payload.id });
    ring();
    void brokeForMs().then(ms => {
      if (ms !== undefined) close();
    }, close);
  });
  try {
    const connected = await Promise.race([stream.connect({ autoReconnect: false }).then(() => true), ended.promise.then(() => false)]);
    if (!connected) return;
    ring();
    clearTimeout(patience);
    patience = setTimeout(close, keepAliveMs);
    await ended.promise;
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', close);
    stream.destroy();
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms * (0.75 + Math.random() / 2), undefined, { signal });
  } catch {
    return; // aborted: the loop sees it
  }
}
