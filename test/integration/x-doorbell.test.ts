// The activity stream of X rings; it never reads.
import { afterEach, describe, expect, it } from '@jest/globals';
import { httpPause, tcpPause } from '../../src/networks/x/doorbell.ts';
import { openXDriver, type XDriver } from '../support/x-driver.ts';
import { until } from '../support/until.ts';

let driver: XDriver;
afterEach(() => driver.close());

describe('the activity stream', () => {
  it('is subscribed to once, rings on connecting and for every tag, and each ring is booked as an event', async () => {
    driver = await openXDriver({ settings: { stream: true } });
    const { network, x, books } = driver;
    expect(network.about).toContain('activity stream');
    const stop = new AbortController();
    let rings = 0;
    network.doorbell?.(() => {
      rings += 1;
    }, stop.signal);
    await until(async () => rings === 1, 5_000);
    await driver.say('ana', 'ding', { tag: true });
    await until(async () => rings === 2, 5_000);
    const ours = x.world.say({ by: x.bot, text: 'The goose is right.' });
    await driver.say('ana', 'a reply that only carries the handle', { under: ours.id });
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(rings).toBe(2);
    stop.abort();
    expect(books.charges.filter(({ what }) => what === 'stream event')).toHaveLength(1);
    expect(x.requests.filter(({ method, path }) => method === 'POST' && path === '/2/activity/subscriptions')).toHaveLength(1);

    const again = new AbortController();
    (await driver.reopen()).doorbell?.(() => {
      rings += 1;
    }, again.signal);
    await until(async () => rings === 3, 5_000);
    again.abort();
    expect(x.requests.filter(({ method, path }) => method === 'POST' && path === '/2/activity/subscriptions')).toHaveLength(1);
  });

  it('that is refused is said once, and mentions are polled meanwhile', async () => {
    driver = await openXDriver({ settings: { stream: true } });
    driver.faults.before = ({ path }) => (path.startsWith('/2/activity') ? { status: 403, body: { title: 'Forbidden', detail: 'no', type: 'about:blank', status: 403 } } : undefined);
    const stop = new AbortController();
    driver.network.doorbell?.(() => undefined, stop.signal);
    await until(async () => driver.lines.length > 0, 5_000);
    stop.abort();
    expect(driver.lines).toEqual([expect.stringMatching(/^X's activity stream: 127\.0\.0\.1:\d+ said 403; mentions are polled meanwhile$/u)]);
  });

  it('comes back as slowly as X asks for', async () => {
    driver = await openXDriver();
    expect([1, 2, 64, 99].map(tcpPause)).toEqual([250, 500, 16_000, 16_000]);
    expect([1, 2, 7, 20].map(failures => httpPause(503, failures))).toEqual([5_000, 10_000, 320_000, 320_000]);
    expect([1, 2].map(failures => httpPause(429, failures))).toEqual([60_000, 120_000]);
    expect('doorbell' in driver.network).toBe(false);
  });

  it('needs the bearer token, and says so', async () => {
    driver = await openXDriver();
    await expect(driver.openWith({ stream: true, bearer: undefined })).rejects.toThrow('X: the activity stream needs X_BEARER_TOKEN');
  });
});
