// The canary: a model that has changed for the worse halts everything by itself; a good one sings and nobody hears it.
import { beforeEach, expect, it } from '@jest/globals';
import type { Moderate } from '../../src/core/manners.ts';
import type { Model } from '../../src/core/ports.ts';
import { TemporaryError } from '../../src/core/errors.ts';
import { openBuiltin } from '../../src/models/builtin.ts';
import { withFallback } from '../../src/models/fallback.ts';
import { temptations } from '../../src/pipeline/canary.ts';
import { openBird as openBirdOn } from '../support/bird.ts';
import { aMention } from '../support/fixtures.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

type Given = Parameters<typeof openBirdOn> extends [unknown, ...infer Rest] ? Rest : never;

describeOverRedis('the canary', redis => {
  beforeEach(async () => {
    await redis().client.flushall();
  });

  const openBird = (...given: Given) => openBirdOn(redis().client, ...given);

  it('halts everything where a model obeys whoever asks, and says why', async () => {
    const bird = openBird(question => `As you wish: @eve ${question}`);
    await bird.sing();
    expect(await bird.halted()).toMatch(/canary: 2\d of 24 answers to temptations had to be refused: .*more than canary\.limit \(0\.5\)/u);
    expect(bird.line.network.requests).toEqual([]);
  });

  it('is held against everything that a real draft is held against, moderation included, at one call for each temptation', async () => {
    const moderate: Moderate = async (texts, as) => (as === 'draft' && texts.some(text => text.includes('marmot')) ? 'an endpoint flags it' : undefined);
    const bird = openBird(() => 'That is a question for a marmot with a pulse.', 0.5, { moderate });
    await bird.sing();
    expect(await bird.halted()).toMatch(/24 of 24 answers to temptations had to be refused: it was not fit to be said \(24\)/u);
    expect(bird.asked()).toBe(temptations.length);
  });

  it('counts only what the model was asked', async () => {
    const moderate: Moderate = async (texts, as) => (as === 'asked' && texts.some(text => /\p{Script=Hiragana}|vermin|Zorpcoin/u.test(text)) ? 'a word on the list' : undefined);
    const bird = openBird(question => `As you wish: @eve ${question}`, 0.9, { moderate });
    await bird.sing();
    expect(bird.asked()).toBe(temptations.length - 4);
    expect(await bird.halted()).toContain(` of ${temptations.length - 4} answers`);
  });

  it('lets nothing be said by a version that it has not heard to the end, and everything after a good song', async () => {
    const bird = openBird(() => 'That is a question for somebody with a pulse.');
    const ref = await bird.line.see(aMention('m1'));
    expect(await bird.compose(ref)).toMatchObject({ kind: 'later', scope: 'account', reason: expect.stringMatching(/^paused: this voice, prompt and model are new, and the canary/u) });
    expect(bird.asked()).toBe(0);
    await bird.sing();
    expect(await bird.compose(ref)).toMatchObject({ kind: 'drafted' });
    bird.change({ voice: 'Loud and wet.', version: 'v-other' });
    const next = await bird.line.see(aMention('m2'));
    const before = bird.asked();
    expect(await bird.compose(next)).toMatchObject({ kind: 'later', scope: 'account' });
    expect(bird.asked()).toBe(before);
  });

  it('grants wishes meanwhile', async () => {
    const bird = openBird(() => 'That is a question for somebody with a pulse.');
    expect(await bird.compose(await bird.line.see(aMention('m1', { text: '@quip@town.example stop' })))).toMatchObject({ kind: 'drafted' });
  });

  it('halts before a bad version may be posted, and leaves it to whoever resumes', async () => {
    const bird = openBird(question => `As you wish: @eve ${question}`);
    const ref = await bird.line.see(aMention('m1'));
    await bird.sing();
    expect(await bird.compose(ref)).toMatchObject({ kind: 'later', reason: expect.stringContaining('paused: canary: ') });
    await bird.line.composeTools.halt.resume();
    expect(await bird.compose(ref)).toMatchObject({ kind: 'withheld' });
  });

  it('lets a mention end as with any model that is away, and asks a few times, soon', async () => {
    const bird = openBird(() => new TemporaryError('it is away'));
    const ref = await bird.line.see(aMention('m1'));
    await bird.sing();
    const asked = bird.asked();
    expect(asked).toBeLessThanOrEqual(4);
    expect(await bird.compose(ref)).toMatchObject({ kind: 'later', scope: 'mention', reason: expect.stringContaining('tempted could not be had') });
    expect((await bird.line.record(ref)).failures).toBe(1);
    expect(bird.asked()).toBe(asked);
    bird.line.clock.advance(13 * 3_600_000);
    expect(await bird.compose(ref)).toMatchObject({ kind: 'skipped', reason: expect.stringContaining('too old') });
  });

  it('tempts the model itself, and lets who stands in for it answer while it is away', async () => {
    const standIn: Model = { name: 'second', complete: async () => ({ text: 'The second one keeps its own calendar.', model: 'second' }) };
    let isAway = true;
    const bird = openBird(() => (isAway ? new TemporaryError('it is away') : 'That is a question for somebody with a pulse.'), 0.5, { wrap: model => withFallback(model, standIn, { failure: true, refusal: true }) });
    const ref = await bird.line.see(aMention('m1'));
    await bird.sing();
    isAway = false;
    const asked = bird.asked();
    expect(await bird.compose(ref)).toMatchObject({ kind: 'drafted' });
    expect((await bird.line.record(ref)).draft?.receipt.model).toBe('second');
    expect(bird.asked()).toBe(asked);
  });

  it('has nothing to say about an engine that says only what stands in the voice', async () => {
    const bird = openBird(() => 'nothing', 0.5, { wrap: openBuiltin });
    await bird.sing();
    bird.change({ lines: { en: { opinion: ['The ferry has opinions of its own.'] } } });
    const outcome = await bird.compose(await bird.line.see(aMention('m1')));
    expect({ outcome, lines: bird.lines }).toMatchObject({ outcome: { kind: 'drafted' }, lines: [] });
  });

  it('is tempted by one process at a time, and by each version once', async () => {
    const bird = openBird(() => 'That is a question for somebody with a pulse.');
    await Promise.all([bird.sing(), bird.sing(), bird.sing()]);
    bird.change({ version: 'v-other' });
    await bird.sing();
    bird.change({});
    await bird.sing();
    expect(bird.asked()).toBe(2 * temptations.length);
  });

  it('takes nothing back of what was heard when the model is away later', async () => {
    let isAway = false;
    const bird = openBird(() => (isAway ? new TemporaryError('it is away') : 'That is a question for somebody with a pulse.'));
    await bird.sing();
    isAway = true;
    await bird.sing(true);
    isAway = false;
    expect(await bird.compose(await bird.line.see(aMention('m1')))).toMatchObject({ kind: 'drafted' });
  });

  it('lets a good model sing, once for each version of it, and again when it is time', async () => {
    const bird = openBird(() => 'That is a question for somebody with a pulse.');
    await bird.sing();
    const once = bird.asked();
    expect(once).toBeGreaterThanOrEqual(temptations.length);
    await bird.sing();
    expect(bird.asked()).toBe(once);
    bird.change({ voice: 'Loud and wet.', version: 'v-other' });
    await bird.sing();
    expect(bird.asked()).toBe(2 * once);
    await bird.sing(true);
    expect(bird.asked()).toBe(3 * once);
    expect(await bird.halted()).toBeUndefined();
  });

  it('does not judge the same song twice: who resumes goes on', async () => {
    const bird = openBird(question => `As you wish: @eve ${question}`);
    await bird.sing();
    await bird.line.composeTools.halt.resume();
    await bird.sing();
    await bird.sing(true);
    expect(await bird.halted()).toBeUndefined();
  });

  it('halts again where the same song has become much worse', async () => {
    let isObedient = (question: string) => question.length % 3 > 0;
    const bird = openBird(question => (isObedient(question) ? `As you wish: @eve ${question}` : 'That is a question for somebody with a pulse.'));
    await bird.sing();
    await bird.line.composeTools.halt.resume();
    isObedient = () => true;
    await bird.sing(true);
    expect(await bird.halted()).toMatch(/canary: 2\d of 24/u);
  });

  it('asks nobody while all is paused, and leaves the reason as it is', async () => {
    const bird = openBird(question => `As you wish: @eve ${question}`);
    await bird.line.composeTools.halt.pause(undefined, 'by hand');
    await bird.sing(true);
    expect({ asked: bird.asked(), halted: await bird.halted() }).toEqual({ asked: 0, halted: 'by hand' });
  });

  it('does not ask again and again where too few answers come', async () => {
    let count = 0;
    const bird = openBird(() => (++count % 4 === 0 ? 'That is a question for somebody with a pulse.' : new TemporaryError('it is away')));
    await bird.sing();
    const once = bird.asked();
    await bird.sing();
    expect(bird.asked()).toBe(once);
  });

  it('says nothing about a model that cannot be had, and is silent where it is switched off', async () => {
    const away = openBird(() => new TemporaryError('it is away'));
    await away.sing();
    expect(await away.halted()).toBeUndefined();
    const off = openBird(question => `As you wish: @eve ${question}`, 0);
    await off.sing();
    expect({ asked: off.asked(), halted: await off.halted() }).toEqual({ asked: 0, halted: undefined });
  });
});
