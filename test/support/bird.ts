// A bot with a model to be tempted, and its canary.
import type { Redis } from 'ioredis';
import type { Bot } from '../../src/bot.ts';
import type { Moderate } from '../../src/core/manners.ts';
import type { Model } from '../../src/core/ports.ts';
import type { MentionRef, Persona } from '../../src/core/types.ts';
import { openCanary } from '../../src/store/canary.ts';
import { openCanaryWatch } from '../../workers/canary.ts';
import { aPersona } from './fixtures.ts';
import { openLine } from './line.ts';

export const openBird = (client: Redis, says: (question: string) => string | Error, limit = 0.5, { moderate, wrap = model => model, takesMs = 0 }: { moderate?: Moderate; wrap?: (model: Model) => Model; takesMs?: number } = {}) => {
  const line = openLine(client);
  const lines: string[] = [];
  const questions: string[] = [];
  let asked = 0;
  let voice = aPersona();
  const model = wrap({ name: 'tempted', complete: async ({ brief }) => {
    asked += 1;
    questions.push(brief.question);
    await new Promise(resolve => setTimeout(resolve, takesMs));
    const said = says(brief.question);
    if (said instanceof Error) throw said;
    return { text: said, model: 'tempted' };
  } });
  const canary = openCanary(client, line.composeTools.halt, { everyMs: 0, limit });
  const bot: Pick<Bot, 'accounts' | 'composeTools' | 'persona' | 'model' | 'canary' | 'halt'> = {
    halt: line.composeTools.halt, accounts: [{ ...line.network, name: 'othertown' }, line.network], model, persona: () => voice, canary,
    composeTools: () => ({ ...line.composeTools, model, persona: () => voice, songs: canary, ...(moderate && { moderate }) }),
  };
  return {
    line, lines, questions, canary,
    asked: () => asked,
    change: (to: Partial<Persona>) => {
      voice = aPersona(to);
    },
    sing: (isTime = false) => openCanaryWatch(bot, text => lines.push(text), new AbortController().signal)(isTime),
    /** One process, that looks as often as it is told to. */
    watch: (signal = new AbortController().signal) => openCanaryWatch(bot, text => lines.push(text), signal),
    compose: (ref: MentionRef) => line.compose(ref, bot.composeTools(line.network)),
    halted: () => line.composeTools.halt.reason('faketown'),
  };
};
