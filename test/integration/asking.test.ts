// What one mention may cost: a judge that is away, a voice that changes and a process that ends never make a model be asked for ever.
import { beforeEach, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError } from '../../src/core/errors.ts';
import type { Moderate } from '../../src/core/manners.ts';
import { mostCalls } from '../../src/pipeline/asking.ts';
import { exportLedger, importLedger } from '../../src/store/ledger-file.ts';
import { readLines } from '../../src/store/ledger-lines.ts';
import { anAuthor, aMention, aPersona, goodAnswer } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

/** An endpoint that is away for drafts alone. */
const away: Moderate = async (_, as) => {
  if (as === 'draft') throw new TemporaryError('the endpoint said 503');
  return undefined;
};

describeOverRedis('what one mention costs', redis => {
  beforeEach(async () => {
    await redis().client.flushall();
  });
  const open = async (...says: (string | Error)[]) => {
    const line = openLine(redis().client, { says });
    return { line, ref: await line.see(aMention('m1')) };
  };

  it('is one call while nobody can judge its draft, which is judged once somebody can', async () => {
    const { line, ref } = await open('The ferry counts its own geese.');
    for (let run = 0; run < 20; run++) expect(await line.compose(ref, { moderate: away })).toMatchObject({ kind: 'later', reason: 'the endpoint said 503' });
    expect(line.model.prompts).toHaveLength(1);
    expect(await line.compose(ref)).toMatchObject({ kind: 'drafted' });
    expect(line.model.prompts).toHaveLength(1);
    const { draft, unjudged } = await line.record(ref);
    expect({ text: draft?.text, tokens: draft?.receipt.tokens, unjudged }).toEqual({ text: '@milo@town.example The ferry counts its own geese.', tokens: { in: 10, out: 5 }, unjudged: undefined });
  });

  it('is one more where the judge comes back and refuses it', async () => {
    const { line, ref } = await open('The marmot counts its own geese.');
    await line.compose(ref, { moderate: away });
    expect(await line.compose(ref, { moderate: async (texts, as) => (as === 'draft' && texts[0]?.includes('marmot') ? 'flagged' : undefined) })).toMatchObject({ kind: 'drafted', refused: ['it was not fit to be said'] });
    expect((await line.record(ref)).draft?.text).toContain(goodAnswer);
    expect(line.model.prompts).toHaveLength(2);
  });

  it('comes to an end, before the next call, where the voice is another one each time', async () => {
    const { line, ref } = await open();
    for (let run = 0; run < mostCalls; run++) expect(await line.compose(ref, { moderate: away, persona: () => aPersona({ version: `v${run}` }) })).toMatchObject({ kind: 'later' });
    expect(await line.compose(ref, { moderate: away, persona: () => aPersona({ version: 'v-last' }) })).toMatchObject({ kind: 'withheld', reason: `the model was asked ${mostCalls} times for it, which is the most, and nothing that came of it could be posted` });
    expect(line.model.prompts).toHaveLength(mostCalls);
    expect((await line.record(ref)).unjudged).toBeUndefined();
  });

  it('is counted before the call, so that a process which ends in it is too, and not for a call that surely came to nothing', async () => {
    const { line, ref } = await open(...Array.from({ length: 2 * mostCalls }, (_, run) => (run % 2 === 0 ? new TemporaryError('it said 503', { calls: 0 }) : new PermanentError('it refused the key', { about: 'account' }))));
    for (let run = 0; run < 2 * mostCalls; run++) await line.compose(ref);
    expect((await line.record(ref)).calls).toBe(0);
    let isAsked = () => undefined as void;
    const asked = new Promise<void>(resolve => {
      isAsked = resolve;
    });
    void line.compose(ref, { model: { name: 'mute', complete: async () => { isAsked(); return new Promise(() => undefined); } } });
    await asked;
    expect((await line.record(ref)).calls).toBe(1);
    expect(await line.compose(ref)).toMatchObject({ kind: 'drafted' });
    expect((await line.record(ref)).calls).toBe(2);
  });

  it('is counted for a call that may have been answered and paid for, so that a model which is always late is not asked for ever', async () => {
    const { line, ref } = await open(...Array.from({ length: 2 * mostCalls }, () => new TemporaryError('it did not answer in time')));
    let waitedMs = 0;
    for (let run = 0; run < mostCalls; run++) {
      const outcome = await line.compose(ref);
      expect(outcome).toMatchObject({ kind: 'later', reason: 'it did not answer in time', scope: 'mention' });
      waitedMs += outcome.kind === 'later' ? outcome.afterMs : 0;
    }
    // An hour's trouble of its provider silences nobody.
    expect(waitedMs).toBeGreaterThan(2 * 3_600_000);
    expect(waitedMs).toBeLessThan(4 * 3_600_000);
    expect(await line.compose(ref)).toMatchObject({ kind: 'withheld' });
    expect(line.model.prompts).toHaveLength(mostCalls);
  });

  it('is two where it took two answers to get one', async () => {
    const { line, ref } = await open();
    await line.compose(ref, { model: { name: 'pensive', complete: async () => ({ text: goodAnswer, model: 'pensive', calls: 2 }) } });
    const { calls, draft } = await line.record(ref);
    expect({ calls, model: draft?.receipt.model }).toEqual({ calls: 2, model: 'pensive' });
  });

  it('is not counted of an engine that costs nothing', async () => {
    const { line, ref } = await open();
    await line.compose(ref, { moderate: away, model: { ...line.model, isFixed: true } });
    expect(await line.record(ref)).not.toHaveProperty('calls');
  });

  it('keeps no words of a draft once anybody wants to be forgotten, and carries them to another store', async () => {
    const { line, ref } = await open();
    await line.compose(ref, { moderate: away });
    const { unjudged } = await line.record(ref);
    expect(unjudged).toMatchObject({ text: goodAnswer, attempt: 1 });
    let lines = '';
    for await (const each of exportLedger(redis().client)) lines += each;
    await redis().client.flushall();
    await importLedger(redis().client, readLines(lines, 'it'), 1_000_000);
    expect((await line.record(ref)).unjudged).toEqual(unjudged);
    await line.composeTools.memory.erase('faketown', anAuthor('zoe'));
    expect(await line.record(ref)).toMatchObject({ state: 'seen', mention: { text: expect.stringContaining('ferry') } });
    expect((await line.record(ref)).unjudged).toBeUndefined();
  });
});
