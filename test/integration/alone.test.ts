import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { longestMs, openAlone, type AloneOptions } from '../../src/cli/alone.ts';
import type { Settings } from '../../src/settings.ts';

const settings = { model: { timeoutSeconds: 150 }, posting: { timeoutMs: 10_000 } } as Settings;
const script = join(import.meta.dirname, '../support/alone-child.ts');
const run = (id: string, options: AloneOptions = {}) => openAlone(settings, { script, ...options })('compose', { network: 'faketown', account: 'quip@town.example', id });

describe('a mention that is run alone', () => {
  it.each([['SIGSEGV', 'SIGSEGV'], ['SIGKILL', 'SIGKILL'], ['exit', 'exit code 3']])('crashed when its process ends itself (%s)', async (id, crashed) => {
    expect(await run(id)).toEqual({ crashed });
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('has not crashed when its process is told to end (%s), as a whole terminal or control group is', async id => {
    expect(await run(id)).toEqual({ outcome: { kind: 'later', scope: 'mention', afterMs: 1_000, reason: `the process that ran it alone was told to end (${id})` } });
  });

  it('is run alone again when its process could not work, as while the network is away: a failed job would forget that it is', async () => {
    expect(await run('fails')).toEqual({ outcome: { kind: 'later', scope: 'mention', afterMs: 5_000, reason: 'the process that runs it alone cannot: Error: mastodon.example said 503' } });
  });

  it('has not crashed when we ended its process because it was late', async () => {
    expect(await run('never', { limitMs: 1_500 })).toEqual({ outcome: { kind: 'later', scope: 'mention', afterMs: 60_000, reason: 'the process that ran it alone came to no end' } });
  });

  it('has not crashed when its process ends while ours does', async () => {
    expect(await run('SIGSEGV', { stopping: AbortSignal.abort() })).toHaveProperty('outcome.kind', 'later');
  });

  it('gets the time that the model may take, every time that it is asked', () => {
    expect(longestMs('compose', settings)).toBeGreaterThan(4 * 150_000);
    expect(longestMs('publish', settings)).toBeGreaterThan(20_000);
  });
});
