// Two people may get the same answer on Mastodon: to get none would be worse.
import { expect, it } from '@jest/globals';
import { openBuiltin } from '../../src/models/builtin.ts';
import { settings } from '../../src/networks/mastodon/settings.ts';
import { loadPersona } from '../../src/personas/load.ts';
import { answer, type AnswerTools } from '../../src/pipeline/answer.ts';
import { aMention, self } from '../support/fixtures.ts';

it.each(['gadfly', 'deadpan', 'persifleur'])('%s answers whoever asks what others asked before', async voice => {
  const persona = loadPersona(voice, ['config/personas']);
  const said: string[] = [];
  const tools: AnswerTools = {
    network: { self, limits: { text: 500 }, measure: text => text.length, thread: async mention => [mention] },
    model: openBuiltin(), persona: () => persona, clock: { now: () => 0, monotonic: () => 0 }, modelTimeoutMs: 1_000,
    moderate: async () => undefined, readRoom: () => undefined, rank: async () => ({ open: false, items: [] }), detectLanguage: () => 'en',
    maxLength: 400, secrets: [], recent: async () => said, sameFrom: settings.parse({}).nearlyTheSame,
  };
  for (let asker = 0; asker < 20; asker++) {
    const made = await answer(aMention(`m${asker}`, { text: '@quip@town.example are you a bot?' }), 1, tools);
    if ('receipt' in made) said.push(made.receipt.answer);
  }
  expect(said).toHaveLength(20);
});
