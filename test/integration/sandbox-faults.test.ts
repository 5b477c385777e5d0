// What can be made to go wrong on the local Mastodon, whichever server it passes for.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Faults } from '../../src/sandbox/faults.ts';
import { openSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { serverNames } from '../../src/sandbox/servers/index.ts';

describe.each(serverNames)('a fault on %s', server => {
  let faults: Faults;
  let sandbox: Sandbox;
  beforeEach(async () => {
    faults = {};
    sandbox = await openSandbox({ town: false, server, faults });
  });
  afterEach(() => sandbox.close());

  const post = async (text: string): Promise<{ readonly status: number; readonly body: string }> => {
    const response = await fetch(`${sandbox.url}/api/v1/statuses`, { method: 'POST', headers: { authorization: 'Bearer ana', 'content-type': 'application/json' }, body: JSON.stringify({ status: text }), signal: AbortSignal.timeout(700) });
    return { status: response.status, body: await response.text() };
  };
  const said = async (): Promise<number> => {
    faults.before = faults.after = faults.latencyMs = undefined;
    const timeline = await fetch(`${sandbox.url}/api/v1/timelines/public`, { headers: { authorization: 'Bearer ana' } });
    return (await timeline.json() as readonly unknown[]).length;
  };

  it.each([
    ['cut', 0], ['stall', 0],
  ] as const)('%s before anything is done leaves nothing', async (fault, count) => {
    faults.before = () => fault;
    await expect(post('hello')).rejects.toThrow();
    expect(await said()).toBe(count);
  });

  it.each(['cut', 'half', 'stall'] as const)('%s after it was done loses the answer alone', async fault => {
    faults.after = () => fault;
    await expect(post('hello')).rejects.toThrow();
    expect(await said()).toBe(1);
  });

  it('is a refusal, a page, or a pause with or without its end', async () => {
    faults.before = ({ attempt }) => (attempt === 1 ? { status: 429, body: { error: 'Too many requests' }, headers: { 'x-ratelimit-reset': '2026-11-25T12:00:00.000000Z' } } : undefined);
    expect(await post('hello')).toEqual({ status: 429, body: '{"error":"Too many requests"}' });
    expect(await post('hello')).toMatchObject({ status: 200 });
    faults.before = undefined;
    faults.after = () => ({ status: 502, body: '<html>Bad gateway</html>' });
    expect(await post('again')).toEqual({ status: 502, body: '<html>Bad gateway</html>' });
    expect(await said()).toBe(2);
  });

  it('is slowness', async () => {
    faults.latencyMs = ({ path }) => (path === '/api/v1/statuses' ? 200 : 0);
    const started = performance.now();
    expect(await post('hello')).toMatchObject({ status: 200 });
    expect(performance.now() - started).toBeGreaterThanOrEqual(195);
  });
});
