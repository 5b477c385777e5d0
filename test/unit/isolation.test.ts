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

describe('mentions that are run alone', () => {
  it('begin with one process, for after a crash all of them come at once', async () => {
    const { ask, under } = openScene();
    void ask('1');
    expect(await ask('2')).toEqual(waits);
    expect(await ask('3')).toEqual(waits);
    expect(under()).toEqual(['1']);
  });

  it('share it however many have ended, for starting another takes longer than what it does', async () => {
    const { ask, end } = openScene();
    for (const id of ['1', '2', '3']) await end(id, ask(id));
    void ask('4');
    expect(await ask('5')).toEqual(waits);
  });

  it('get another place where they still wait after ten seconds, and a third after ten more', async () => {
    const { ask, passes, end, under } = openScene();
    await end('1', ask('1'));
    void ask('2');
    passes(9_999);
    expect(await ask('3')).toEqual(waits);
    passes(1);
    void ask('3');
    expect(await ask('4')).toEqual(waits);
    passes(10_000);
    void ask('4');
    passes(60_000);
    expect(await ask('5')).toEqual(waits);
    expect(under()).toEqual(['2', '3', '4']);
  });

  it('pass one that hangs, and go on beside it', async () => {
    const { ask, passes, end, under } = openScene();
    void ask('hangs');
    passes(10_000);
    await end('2', ask('2'));
    await end('3', ask('3'));
    expect(under()).toEqual(['hangs']);
  });

  it('begin with one process again after a pause', async () => {
    const { ask, passes, end } = openScene();
    const first = ask('1');
    passes(10_000);
    await end('2', ask('2'));
    await end('1', first);
    passes(10_000);
    void ask('3');
    expect(await ask('4')).toEqual(waits);
  });
});
