// Who is run alone, and how many processes that takes.
import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/core/record.ts';
import type { MentionRef } from '../../src/core/types.ts';
import { openIsolation, type RunAlone } from '../../workers/poison.ts';

const posted = { kind: 'nothing', reason: 'done' } satisfies Outcome;
const waits = expect.objectContaining({ kind: 'later', reason: 'other mentions are run alone first' });

/** `end` ends the run of a mention; `passes` lets the clock go on. */
function openScene() {
  let clock = 1_000_000;
  const under = new Map<string, () => void>();
  const run: RunAlone = (_, { id }) => new Promise(resolve => {
    under.set(id, () => resolve({ outcome: posted }));
  });
  const ledger = { get: () => Promise.reject(new Error('nobody crashed')), change: () => Promise.reject(new Error('nobody crashed')) };
  const isolated = openIsolation(ledger, run, () => clock);
  const ask = (id: string): Promise<Outcome> => isolated('compose', { network: 'town', account: 'bot', id } satisfies MentionRef);
  return {
    ask,
    passes: (ms: number): void => void (clock += ms),
    under: () => [...under.keys()],
    end: async (id: string, asked: Promise<Outcome>): Promise<void> => {
      under.get(id)?.();
      under.delete(id);
      expect(await asked).toEqual(posted);
    },
  };
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('mentions that are run alone', () => {
  it('begin with one process, for after a crash all of them come at once; two stand ready, the others come again', async () => {
    const { ask, under } = openScene();
    for (const id of ['1', '2', '3']) void ask(id);
    expect(await ask('4')).toEqual(waits);
    expect(await ask('5')).toEqual(waits);
    expect(under()).toEqual(['1']);
  });

  it('do not come again all at one time', async () => {
    const { ask } = openScene();
    for (const id of ['1', '2', '3']) void ask(id);
    const pauses = await Promise.all(Array.from({ length: 50 }, (_, at) => ask(`again ${at}`)));
    const afterMs = pauses.map(each => (each.kind === 'later' ? Math.round(each.afterMs) : -1));
    expect(new Set(afterMs).size).toBeGreaterThan(10);
    expect([Math.min(...afterMs) >= 200, Math.max(...afterMs) <= 1_000]).toEqual([true, true]);
  });

  it('take the place of one that has ended at once, and share it however many have ended', async () => {
    const { ask, end, under } = openScene();
    const asked = new Map(['1', '2', '3'].map(id => [id, ask(id)]));
    for (const [id, each] of asked) {
      expect(under()).toEqual([id]);
      await end(id, each);
      await turn();
    }
    for (const id of ['4', '5', '6']) void ask(id);
    expect(await ask('7')).toEqual(waits);
    expect(under()).toEqual(['4']);
  });

  it('get another place where there was none for ten seconds, and a third after ten more; who stood ready takes it', async () => {
    const { ask, passes, under } = openScene();
    for (const id of ['1', '2', '3']) void ask(id);
    passes(9_999);
    expect(await ask('4')).toEqual(waits);
    passes(1);
    void ask('4');
    await turn();
    expect(under()).toEqual(['1', '2']);
    passes(10_000);
    void ask('5');
    await turn();
    passes(60_000);
    expect(await ask('6')).toEqual(waits);
    expect(under()).toEqual(['1', '2', '3']);
  });

  it('get none for a moment in which there was no place, however long ago', async () => {
    const { ask, passes, end, under } = openScene();
    const [first, second] = [ask('1'), ask('2')];
    await end('1', first);
    await turn();
    await end('2', second);
    passes(9_000);
    await end('3', ask('3'));
    passes(9_000);
    for (const id of ['4', '5', '6']) void ask(id);
    expect(await ask('7')).toEqual(waits);
    expect(under()).toEqual(['4']);
  });

  it('stand ready for two seconds, and pass one that hangs', async () => {
    const { ask, passes, end, under } = openScene();
    void ask('hangs');
    expect(await ask('2')).toEqual(waits);
    passes(10_000);
    await end('2', ask('2'));
    await end('3', ask('3'));
    expect(under()).toEqual(['hangs']);
  });

  it('begin with one process again after a pause', async () => {
    const { ask, passes, end, under } = openScene();
    const [first, second] = [ask('1'), ask('2')];
    passes(10_000);
    const third = ask('3');
    await turn();
    await end('2', second);
    await turn();
    await end('3', third);
    await end('1', first);
    passes(10_000);
    for (const id of ['4', '5', '6']) void ask(id);
    expect(await ask('7')).toEqual(waits);
    expect(under()).toEqual(['4']);
  });
});
