import { describe, expect, it } from '@jest/globals';
import { memoryPool } from '../../src/context/pool.ts';
import { refreshPool } from '../../src/context/refresh.ts';
import { openTrends } from '../../src/context/trends.ts';
import type { ContextSource, Network } from '../../src/core/ports.ts';
import type { ContextItem } from '../../src/core/types.ts';

const item = (id: string): ContextItem => ({ id, source: 'Gazette', kind: 'headline', text: id, heat: 1, at: '2026-11-23T12:00:00.000Z' });
const source = (name: string, ask: ContextSource['trending']): ContextSource => ({ name, trending: ask });
const options = { timeoutMs: 200, now: () => performance.now(), moderate: async () => undefined };
const texts = async (pool: ReturnType<typeof memoryPool>) => (await pool.all()).items.map(({ id }) => id);

describe('a refresh', () => {
  it('fills the pool from every source and says how it went', async () => {
    const pool = memoryPool();
    const results = await refreshPool([source('a', async () => [item('a1'), item('a2')]), source('b', async () => [])], pool, options);
    expect(results).toEqual([{ name: 'a', items: 2, unfit: 0, ms: expect.any(Number) }, { name: 'b', items: 0, unfit: 0, ms: expect.any(Number) }]);
    expect(await texts(pool)).toEqual(['a1', 'a2']);
  });

  it('waits for nobody longer than it was told, while the others are in the pool already', async () => {
    const pool = memoryPool();
    let stopped = false;
    const deaf = source('deaf', signal => new Promise(() => {
      signal.addEventListener('abort', () => {
        stopped = true;
      });
    }));
    const start = performance.now();
    const running = refreshPool([deaf, source('a', async () => [item('a1')])], pool, options);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(await texts(pool)).toEqual(['a1']);
    const [first] = await running;
    expect(first).toMatchObject({ name: 'deaf', items: 0, error: 'deaf did not answer within 200 ms' });
    expect(stopped).toBe(true);
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  it('keeps what a broken source said before, for a day', async () => {
    let now = 0;
    let broken = false;
    const pool = memoryPool(() => now);
    const sources = [source('a', async () => {
      if (broken) throw new Error('a said 503');
      return [item('a1')];
    }), source('b', async () => [item('b1')])];
    await refreshPool(sources, pool, options);
    broken = true;
    now = 23 * 3_600_000;
    expect((await refreshPool(sources, pool, options))[0]).toMatchObject({ name: 'a', items: 0, error: 'a said 503' });
    expect(await texts(pool)).toEqual(['a1', 'b1']);
    now = 25 * 3_600_000;
    expect(await texts(pool)).toEqual(['b1']);
  });

  it('survives a source that fails without a word or before it starts', async () => {
    const pool = memoryPool();
    const results = await refreshPool([source('a', () => { throw new Error('at once'); }), source('b', () => Promise.reject('no error at all'))], pool, options);
    expect(results).toMatchObject([{ error: 'at once' }, { error: 'no error at all' }]);
  });

  it('forgets sources that are configured no more', async () => {
    const pool = memoryPool();
    await refreshPool([source('a', async () => [item('a1')]), source('b', async () => [item('b1')])], pool, options);
    await refreshPool([source('b', async () => [item('b1')])], pool, options);
    expect(await texts(pool)).toEqual(['b1']);
  });

  it('fails when the pool does', async () => {
    const pool = { ...memoryPool(), put: () => Promise.reject(new Error('Redis is gone')) };
    await expect(refreshPool([source('a', async () => [])], pool, options)).rejects.toThrow('Redis is gone');
  });
});

describe('trends as a source', () => {
  it('are what the network says, under a name of their own per account', async () => {
    const network = { name: 'town', self: { account: 'repartee@town.example' }, trending: async () => [item('t1')] } as unknown as Network;
    const trends = openTrends(network);
    expect(trends.name).toBe('trends of town for repartee@town.example');
    expect(await trends.trending(new AbortController().signal)).toEqual([item('t1')]);
  });

  it('leaves out what is not fit to be read or quoted', async () => {
    const pool = memoryPool();
    const moderate = async ([text]: readonly string[]) => (text === 'a2' ? 'it is on the list' : undefined);
    expect(await refreshPool([source('a', async () => [item('a1'), item('a2')])], pool, { ...options, moderate })).toMatchObject([{ items: 1, unfit: 1 }]);
    expect(await texts(pool)).toEqual(['a1']);
  });
});
