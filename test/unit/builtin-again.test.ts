// The same question from one asker after the other, on a network that wants no post twice.
import { describe, expect, it } from '@jest/globals';
import { openBuiltin } from '../../src/models/builtin.ts';
import { packageFile } from '../../src/package-root.ts';
import { loadPersona } from '../../src/personas/load.ts';
import { answer, type AnswerTools } from '../../src/pipeline/answer.ts';
import { detectLanguage } from '../../src/context/language.ts';
import { openFakeClock } from '../support/fake-clock.ts';
import { openFakeNetwork } from '../support/fake-network.ts';
import { aMention, anItem } from '../support/fixtures.ts';

const shipped = [packageFile('config', 'personas')];
const headlines = ['Geese occupy the roundabout for a third day', 'Council spends 14 hours choosing a bench', 'Ferry strike enters its third day', 'Kazoo orchestra cancels silence'].map(text => anItem(text));

/** How many of so many askers in a row hear something, and what the last ones heard. */
async function askInARow(voice: string, question: string, language: string, askers: number) {
  const persona = loadPersona(voice, shipped);
  const clock = openFakeClock();
  const recent: string[] = [];
  const tools: AnswerTools = {
    network: openFakeNetwork({ clock }), model: openBuiltin(), clock, rank: async () => ({ open: true, items: headlines }), detectLanguage: (text, hint) => (text === question ? language : detectLanguage(text, hint)),
    persona: () => persona, maxLength: 260, moderate: async () => undefined, readRoom: () => undefined, recent: async () => recent.slice(-50), sameFrom: 0.9, secrets: [], modelTimeoutMs: 1_000,
  };
  for (let at = 0; at < askers; at += 1) {
    const made = await answer(aMention(`${at}`, { text: `@quip@town.example ${question}`, language }), 1, tools);
    if ('receipt' in made) recent.push(made.receipt.answer);
  }
  return recent;
}

describe('the built-in engine where no post may be had twice', () => {
  it.each([
    ['gadfly', 'en', 'are you a bot?'], ['gadfly', 'en', 'tell me a joke'], ['gadfly', 'en', 'hello!'], ['gadfly', 'en', 'should I learn the tuba?'],
    ['gadfly', 'fr', 'tu es un robot ?'], ['gadfly', 'de', 'bist du ein Bot?'], ['gadfly', 'es', '¿eres un bot?'], ['gadfly', 'pt', 'você é um robô?'], ['gadfly', 'it', 'sei un bot?'], ['gadfly', 'ja', 'あなたはボットですか？'],
    ['deadpan', 'en', 'are you a bot?'], ['deadpan', 'de', 'bist du ein Bot?'], ['persifleur', 'fr', 'vous êtes un robot ?'], ['persifleur', 'en', 'are you a bot?'],
  ])('%s, %s, "%s": twenty-five askers in a row all hear something, never the same', async (voice, language, question) => {
    const heard = await askInARow(voice, question, language, 25);
    expect(new Set(heard).size).toBe(25);
  });

  it('says so only where it has nothing new to say', async () => {
    const asides = loadPersona('gadfly', shipped).lines['en']?.['again'] ?? [];
    const heard = await askInARow('gadfly', 'are you a bot?', 'en', 25);
    const isAside = heard.map(text => asides.some(aside => text.endsWith(aside)));
    expect(isAside.slice(0, 3)).toEqual([false, false, false]);
    expect(isAside.filter(Boolean).length).toBeGreaterThan(10);
  });

  it('keeps asides from whoever is in need', async () => {
    const persona = loadPersona('gadfly', shipped);
    const asides = persona.lines['en']?.['again'] ?? [];
    const said = await Promise.all(Array.from({ length: 20 }, async (_, at) => (await openBuiltin().complete({
      system: '', user: '', images: [],
      brief: { persona, language: 'en', question: 'what happened?', room: 260, seed: `${at}`, mood: 'grief', isAgain: true, thread: [aMention('1')], gathered: { open: false, items: [] }, self: { account: 'a', id: 'a', handle: 'quip', name: 'Quip', url: '' } },
    }, AbortSignal.timeout(1_000))).text));
    expect(said.filter(text => asides.some(aside => text.endsWith(aside)))).toEqual([]);
  });
});
