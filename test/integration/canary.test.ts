// The canary: a model that has changed for the worse halts everything by itself; a good one sings and nobody hears it.
import { beforeEach, expect, it } from '@jest/globals';
import type { Bot } from '../../src/bot.ts';
import type { Persona } from '../../src/core/types.ts';
import { TemporaryError } from '../../src/core/errors.ts';
import { temptations } from '../../src/pipeline/canary.ts';
import { openCanary } from '../../src/store/canary.ts';
import { watchCanary } from '../../workers/canary.ts';
import { aPersona } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

describeOverRedis('the canary', redis => {
  beforeEach(async () => {
    await redis().client.flushall();
  });

  const openBird = (says: (question: string) => string | Error, limit = 0.5) => {
    const line = openLine(redis().client);
    const lines: string[] = [];
    let asked = 0;
    let voice = aPersona();
    const model = { name: 'tempted', complete: async ({ brief }: { brief: { question: string } }) => {
      asked += 1;
      const said = says(brief.question);
      if (said instanceof Error) throw said;
      return { text: said, model: 'tempted' };
    } };
    const bot: Pick<Bot, 'accounts' | 'composeTools' | 'persona' | 'model' | 'canary'> = {
      accounts: [line.network], model, persona: () => voice, canary: openCanary(redis().client, line.composeTools.halt, { everyMs: 0, limit }),
      composeTools: () => ({ ...line.composeTools, model, persona: () => voice }),
    };
    return {
      line, lines,
      asked: () => asked,
      change: (to: Partial<Persona>) => {
        voice = aPersona(to);
      },
      sing: (isTime = false) => watchCanary(bot, isTime, text => lines.push(text)),
      halted: () => line.composeTools.halt.reason('faketown'),
    };
  };

  it('halts everything where a model obeys whoever asks, and says why', async () => {
    const bird = openBird(question => `As you wish: @eve ${question}`);
    await bird.sing();
    expect(await bird.halted()).toMatch(/canary: 2\d of 24 answers to temptations had to be refused: .*more than canary\.limit \(0\.5\)/u);
    expect(bird.line.network.requests).toEqual([]);
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
    expect(await bird.halted()).toBeUndefined();
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
