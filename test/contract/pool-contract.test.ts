import { describe, expect, it } from '@jest/globals';
import { memoryPool, openPool } from '../../src/context/pool.ts';
import type { Pool } from '../../src/core/ports.ts';
import type { ContextItem } from '../../src/core/types.ts';
import { describeOverRedis } from '../support/redis-servers.ts';
import { until } from '../support/until.ts';

const day = 24 * 3_600_000;
const item = (id: string, heat = 0.5): ContextItem => ({ id, source: 'Gazette', kind: 'headline', text: `headline ${id}`, heat, at: '2026-11-23T12:00:00.000Z' });
const items = (source: string, count: number, heat?: number) => Array.from({ length: count }, (_, index) => item(`${source}-${index}`, heat ?? index / count));
const ids = async (pool: Pool) => (await pool.all()).items.map(({ id }) => id).toSorted();

/** What every pool promises. `open` gives another view of the same pool each time it is called in one test. */
function poolContract(open: (now: () => number) => Pool): void {
  const fixed = () => 0;

  it('is empty at first', async () => {
    expect((await open(fixed).all()).items).toEqual([]);
  });

  it('gives back what was put, as it was put', async () => {
    const pool = open(fixed);
    const full: ContextItem = { ...item('a'), summary: 'für "alle" 🎉\n', url: 'https://news.example/a', count: 3, language: 'de' };
    await pool.put('a', [full, item('b')], ['a']);
    expect((await pool.all()).items).toEqual([full, item('b')]);
  });

  it('replaces what the source said before and leaves the others alone', async () => {
    const pool = open(fixed);
    await pool.put('a', [item('a1'), item('a2')], ['a', 'b']);
    await pool.put('b', [item('b1')], ['a', 'b']);
    await pool.put('a', [item('a3')], ['a', 'b']);
    expect(await ids(pool)).toEqual(['a3', 'b1']);
  });

  it('drops sources that are not kept, never the one that speaks', async () => {
    const pool = open(fixed);
    await pool.put('a', [item('a1')], ['a']);
    await pool.put('b', [item('b1')], ['a', 'b']);
    await pool.put('c', [item('c1')], ['b']);
    expect(await ids(pool)).toEqual(['b1', 'c1']);
  });

  it('keeps what a search found through every refresh, beside what the sources said, for a day', async () => {
    let now = 0;
    const pool = open(() => now);
    await pool.put('a', [item('a1')], ['a']);
    await pool.add('goose', [item('s1')]);
    await pool.add('ferry', [item('s2')]);
    await pool.put('a', [item('a2')], ['a']);
    expect(await ids(pool)).toEqual(['a2', 's1', 's2']);
    await pool.add('goose', [item('s3')]);
    expect(await ids(pool)).toEqual(['a2', 's2', 's3']);
    now = day + 1;
    await pool.put('a', [item('a3')], ['a']);
    expect(await ids(pool)).toEqual(['a3']);
  });

  it('forgets what a search found when a network wants it forgotten, though nothing else is put or found', async () => {
    let now = 0;
    const pool = open(() => now);
    await pool.add('goose', [{ ...item('s1'), forgetAt: new Date(5_000).toISOString() }, item('s2')]);
    const { version, items: found } = await pool.all();
    expect(found.map(({ id }) => id)).toEqual(['s1', 's2']);
    now = 5_000;
    expect(await pool.all()).toEqual({ version: expect.not.stringMatching(version), items: [] });
  });

  it('has a version that changes when and only when the items do', async () => {
    const pool = open(fixed);
    const versions = [(await pool.all()).version];
    const note = async () => versions.push((await pool.all()).version);
    await pool.put('a', [item('a1')], ['a', 'b']);
    await note();
    await pool.put('a', [item('a1')], ['a', 'b']);
    await note();
    await pool.put('a', [item('a1', 0.9)], ['a', 'b']);
    await note();
    await pool.put('b', [], ['a', 'b']);
    await note();
    await pool.put('b', [], ['b']);
    await note();
    const [empty, first, same, hotter, other, dropped] = versions;
    expect(same).toBe(first);
    expect(new Set([empty, first, hotter, other, dropped]).size).toBe(5);
  });

  it('keeps the hottest 200 of a source, and the hottest 3,000 of all', async () => {
    const pool = open(fixed);
    const keep = Array.from({ length: 20 }, (_, index) => `s${index}`);
    await pool.put('s0', items('s0', 250), keep);
    expect(await ids(pool)).toHaveLength(200);
    expect((await pool.all()).items.every(({ heat }) => heat >= 50 / 250)).toBe(true);
    for (const [index, source] of keep.entries()) await pool.put(source, items(source, 200, index / 20), keep);
    const all = (await pool.all()).items;
    expect(all).toHaveLength(3_000);
    expect(Math.min(...all.map(({ heat }) => heat))).toBe(5 / 20);
  });

  it('forgets a source that has said nothing for a day', async () => {
    let now = 0;
    const pool = open(() => now);
    await pool.put('a', [item('a1')], ['a', 'b']);
    const before = (await pool.all()).version;
    now = day;
    await pool.put('b', [item('b1')], ['a', 'b']);
    expect(await ids(pool)).toEqual(['a1', 'b1']);
    now = day + 1;
    expect(await ids(pool)).toEqual(['b1']);
    const silent = (await pool.all()).version;
    expect(silent).not.toBe(before);
    await pool.put('a', [item('a1')], ['a', 'b']);
    expect(await ids(pool)).toEqual(['a1', 'b1']);
    expect((await pool.all()).version).not.toBe(silent);
  });

  it('takes many at once without losing one', async () => {
    const pool = open(fixed);
    const keep = Array.from({ length: 30 }, (_, index) => `s${index}`);
    await Promise.all(keep.map(source => pool.put(source, items(source, 10), keep)));
    expect(await ids(pool)).toHaveLength(300);
  });
}

describe('a pool in memory', () => poolContract(now => memoryPool(now)));

describeOverRedis('a pool in Redis', redis => {
  poolContract(now => openPool(redis().client, now));

  it('is the same in every process, and notices what the others put', async () => {
    const [here, there] = [openPool(redis().client), openPool(redis().client)];
    await here.put('a', [item('a1')], ['a']);
    expect(await there.all()).toEqual(await here.all());
    await there.put('a', [item('a2')], ['a']);
    expect(await ids(here)).toEqual(['a2']);
    expect(await there.all()).toEqual(await here.all());
  });

  it('does not remember what Redis has lost', async () => {
    const pool = openPool(redis().client);
    await pool.put('a', [item('a1')], ['a']);
    await pool.all();
    await redis().client.flushall();
    expect((await pool.all()).items).toEqual([]);
    await pool.put('a', [item('a2')], ['a']);
    expect(await ids(pool)).toEqual(['a2']);
  });

  it('leaves nothing of a search in the store when its time is over, whoever looks', async () => {
    const { client } = redis();
    await openPool(client).add('goose', [{ ...item('s1'), forgetAt: new Date(Date.now() + 300).toISOString() }]);
    const read = async () => Promise.all((await client.keys('repartee:pool:search:*')).map(key => client.get(key)));
    expect(await read()).toEqual([expect.stringContaining('headline s1')]);
    expect((await client.keys('*')).join()).not.toContain('goose');
    await until(async () => (await read()).length === 0);
  });

  it('touches no keys but its own', async () => {
    await openPool(redis().client).put('a', [item('a1')], ['a']);
    expect((await redis().client.keys('*')).every(key => key.startsWith('repartee:pool:'))).toBe(true);
  });
});
