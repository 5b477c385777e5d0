// A song takes its time: models give few answers a minute, moderation lets some through, voices change and processes end meanwhile.
import { beforeEach, expect, it, jest } from '@jest/globals';
import { PermanentError, TemporaryError } from '../../src/core/errors.ts';
import type { Moderate } from '../../src/core/manners.ts';
import { temptations } from '../../src/pipeline/canary.ts';
import { openBird as openBirdOn } from '../support/bird.ts';
import { aMention } from '../support/fixtures.ts';
import { describeOverRedis } from '../support/redis-servers.ts';
import { until } from '../support/until.ts';

type Given = Parameters<typeof openBirdOn> extends [unknown, ...infer Rest] ? Rest : never;

/** Does it so much later, by this machine's clock. */
async function at(afterMs: number, work: () => Promise<void>): Promise<void> {
  const { now } = Date;
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + afterMs);
  await work();
  clock.mockRestore();
}

describeOverRedis('the songs of the canary', redis => {
  beforeEach(async () => {
    await redis().client.flushall();
  });
  const openBird = (...given: Given) => openBirdOn(redis().client, ...given);

  it('sings for every network while one of them is paused', async () => {
    const bird = openBird(() => 'That is a question for somebody with a pulse.');
    await bird.line.composeTools.halt.pause('othertown', 'by hand');
    await bird.sing();
    expect(await bird.compose(await bird.line.see(aMention('m1')))).toMatchObject({ kind: 'drafted' });
    await bird.line.composeTools.halt.pause('faketown', 'by hand');
    bird.change({ version: 'v-other' });
    await bird.sing();
    expect(bird.asked()).toBe(temptations.length + 1);
  });

  it('hears a model to its end that gives few answers a minute, each temptation once, and comes when it was told to', async () => {
    let left = 5;
    const bird = openBird(() => (left-- > 0 ? 'That is a question for somebody with a pulse.' : new TemporaryError('it said 429', { afterMs: 90_000 })));
    const answered = () => bird.lines.filter(line => line.includes('answers to temptations'));
    const ref = await bird.line.see(aMention('m1'));
    const asks: number[] = [];
    for (let minute = 0; minute < 9; minute++) {
      left = 5;
      const before = bird.asked();
      await at(minute * 61_000, () => bird.sing());
      asks.push(bird.asked() - before);
      if (minute === 4) expect(await bird.compose(ref)).toMatchObject({ kind: 'later' });
    }
    // Eight, of which three are refused, in every other minute; the last four in one.
    expect(asks).toEqual([8, 0, 8, 0, 8, 0, 8, 0, 4]);
    expect(answered()).toEqual([`canary: 0 of ${temptations.length} answers to temptations had to be refused`]);
    expect(await bird.compose(ref)).toMatchObject({ kind: 'drafted' });
  });

  it('judges by those that moderation lets through, and asks none of them again', async () => {
    const few = new Set(temptations.slice(0, 20).map(({ text }) => text));
    const moderate: Moderate = async (texts, as) => (as === 'asked' && texts.some(text => few.has(text)) ? 'an endpoint flags it' : undefined);
    const bird = openBird(() => 'That is a question for somebody with a pulse.', 0.5, { moderate });
    await bird.sing();
    await at(2 * 3_600_000, () => bird.sing());
    expect({ asked: bird.asked(), lines: bird.lines, halted: await bird.halted() }).toEqual({ asked: 4, lines: ['canary: 0 of 4 answers to temptations had to be refused; 20 more were kept from the model'], halted: undefined });
    expect(await bird.compose(await bird.line.see(aMention('m1')))).toMatchObject({ kind: 'drafted' });
  });

  it('leaves it to a human where moderation lets none of them through', async () => {
    const moderate: Moderate = async (_, as) => (as === 'asked' ? 'an endpoint flags it' : undefined);
    const bird = openBird(() => 'That is a question for somebody with a pulse.', 0.5, { moderate });
    await bird.sing();
    expect({ asked: bird.asked(), halted: await bird.halted() }).toEqual({ asked: 0, halted: expect.stringMatching(/24 more were kept from the model, so nobody knows.*then repartee resume$/u) });
    await bird.line.composeTools.halt.resume();
    await bird.sing(true);
    expect(await bird.halted()).toBeUndefined();
  });

  it('counts as kept from the model what its own server refuses for what it says, and not where it refuses everything', async () => {
    let isAway = true;
    const bird = openBird(question => (isAway || question.includes('password') ? new PermanentError('its server said 400') : 'That is a question for somebody with a pulse.'));
    await bird.sing();
    expect(await bird.halted()).toBeUndefined();
    isAway = false;
    await at(61_000, () => bird.sing());
    expect(bird.lines).toEqual(['canary: 0 of 23 answers to temptations had to be refused; 1 more were kept from the model']);
  });

  it('does not pay every minute for answers that nobody can judge', async () => {
    let isAway = true;
    const moderate: Moderate = async (_, as) => {
      if (as === 'draft' && isAway) throw new TemporaryError('the endpoint said 503');
      return undefined;
    };
    const bird = openBird(() => 'That is a question for somebody with a pulse.', 0.5, { moderate });
    for (let minute = 0; minute < 9; minute++) await at(minute * 61_000, () => bird.sing());
    expect(bird.asked()).toBe(4);
    isAway = false;
    await at(660_000, () => bird.sing());
    expect(await bird.compose(await bird.line.see(aMention('m1')))).toMatchObject({ kind: 'drafted' });
  });

  it('goes on where a process ended in the middle', async () => {
    const bird = openBird(() => 'That is a question for somebody with a pulse.', 0.5, { takesMs: 20 });
    const ending = new AbortController();
    const first = bird.watch(ending.signal)(false);
    await until(() => bird.asked() > 8);
    ending.abort();
    await first;
    expect(await bird.compose(await bird.line.see(aMention('m1')))).toMatchObject({ kind: 'later', reason: expect.stringContaining('has not tempted them yet') });
    await bird.sing();
    expect(new Set(bird.questions).size).toBe(temptations.length);
    expect(bird.asked()).toBeLessThanOrEqual(temptations.length + 4);
  });

  it('ends a song whose voice is another one by now, and sings one at a time', async () => {
    const bird = openBird(() => 'That is a question for somebody with a pulse.', 0.5, { takesMs: 20 });
    const look = bird.watch();
    const songs: Promise<void>[] = [];
    for (let version = 0; version < 4; version++) {
      bird.change({ version: `v${version}` });
      songs.push(look(false));
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await Promise.all(songs);
    expect(bird.asked()).toBe(4);
    await look(false);
    expect(bird.asked()).toBe(4 + temptations.length);
  });

  it('ends a song whose lock somebody else has, and leaves that lock alone', async () => {
    const lock = 'repartee:canary-sings:v';
    const kept: boolean[] = [];
    const { canary } = openBird(() => '');
    await canary.alone('v', 60_000, async keep => {
      kept.push(await keep());
      await redis().client.set(lock, 'somebody else', 'PX', 5_000);
      kept.push(await keep());
    });
    expect({ kept, by: await redis().client.get(lock), isLonger: await redis().client.pttl(lock) > 5_000 }).toEqual({ kept: [true, false], by: 'somebody else', isLonger: false });
  });

  it('leaves nothing behind of what older versions kept', async () => {
    await redis().client.set('repartee:canary', '{"version":"old","at":1,"share":0}');
    await openBird(() => 'That is a question for somebody with a pulse.').sing();
    expect(await redis().client.exists('repartee:canary')).toBe(0);
  });
});
