import { describe, expect, it } from '@jest/globals';
import type { Brief, Lines, Persona, Post, RankedItem } from '../../src/core/types.ts';
import { openBuiltin } from '../../src/models/builtin.ts';
import { packageFile } from '../../src/package-root.ts';
import { loadPersona } from '../../src/personas/load.ts';
import { atEaseMs } from '../support/at-ease.ts';

const folders = [packageFile('config', 'personas')];
const gadfly = loadPersona('gadfly', folders);
const personas = ['gadfly', 'persifleur', 'deadpan'].map(name => loadPersona(name, folders));
const engine = openBuiltin();

const post = (text: string, handle = 'ada', language?: string): Post => ({
  network: 'sandbox', id: text, url: 'http://127.0.0.1/1', author: { id: handle, handle, name: 'Ada Nobody', isBot: false },
  text, createdAt: '2026-01-01T00:00:00Z', media: [], links: [], visibility: 'public', ...(language ? { language } : {}),
});

const item = (text: string, more: Partial<RankedItem> = {}): RankedItem => ({
  id: text, source: 'The Gazette', kind: 'headline', text, heat: 1, at: '2026-01-01T00:00:00Z', language: 'en', score: 1, matched: [], ...more,
});

interface Asked { persona?: Persona; language?: string; parent?: Post; items?: readonly RankedItem[]; open?: boolean; room?: number; seed?: string }

const briefOf = (question: string, { persona = gadfly, language = 'en', parent, items = [], open = true, room = 480, seed = 'seed' }: Asked = {}): Brief => ({
  persona, language, question, room, seed, thread: [...(parent ? [parent] : []), post(question)], gathered: { open, items },
  self: { account: 'repartee', id: '1', handle: 'repartee', name: 'Repartee', url: 'http://127.0.0.1/repartee' },
});

const say = async (question: string, asked: Asked = {}): Promise<string> =>
  (await engine.complete({ system: '', user: '', images: [], brief: briefOf(question, asked) }, AbortSignal.timeout(5000))).text;

const opens: Record<string, string> = {
  en: 'what is everybody on about today?', fr: "de quoi parle tout le monde aujourd'hui ?", de: 'was ist heute los?', es: '¿de qué habla todo el mundo hoy?',
  pt: 'do que está todo mundo falando?', it: 'di cosa parlano tutti oggi?', ja: '今日はみんな何の話してる？',
};
const pool: Record<string, readonly RankedItem[]> = {
  en: [item('Geese occupy the roundabout for a third day'), item('Council spends 14 hours choosing a bench')],
  fr: [item('Les oies occupent le rond-point depuis trois jours', { language: 'fr' }), item('Le conseil met 14 heures à choisir un banc', { language: 'fr' })],
  de: [item('Gänse besetzen den Kreisverkehr', { language: 'de' }), item('Rat braucht 14 Stunden für eine Bank', { language: 'de' })],
  es: [item('Los gansos ocupan la rotonda', { language: 'es' }), item('El pleno tarda 14 horas en elegir un banco', { language: 'es' })],
  pt: [item('Gansos ocupam a rotatória', { language: 'pt' }), item('Câmara leva 14 horas para escolher um banco', { language: 'pt' })],
  it: [item('Le oche occupano la rotonda', { language: 'it' }), item('Il comune impiega 14 ore per scegliere una panchina', { language: 'it' })],
  ja: [item('ガチョウ、三日連続でロータリーを占拠', { language: 'ja' }), item('町議会、ベンチ選びに14時間', { language: 'ja' })],
};

const forbidden = /[@#＠＃{}\n\r]|^[/!]|https?:|www\.|\p{Extended_Pictographic}|undefined/u;

describe('the built-in engine', () => {
  it('says what it is', async () => {
    expect(engine.name).toBe('built-in engine, no model');
    const { model } = await engine.complete({ system: '', user: '', images: [], brief: briefOf('hello') }, AbortSignal.timeout(5000));
    expect(model).toBe('built-in engine, no model');
  });

  it('names what its headline is about, when the question names two things', async () => {
    const bridge = item('Both ends of the bridge claim to be the beginning', { matched: ['bridge'] });
    const goose = item('Goose in toll booth turns back nine people', { matched: ['goose'] });
    for (let seed = 0; seed < 20; seed += 1) {
      const one = await say('is a goose really running the bridge?', { items: [bridge], open: false, seed: `s${seed}` });
      if (one.includes('Both ends')) expect(one).not.toContain('“goose”');
      const both = await say('is a goose really running the bridge?', { items: [bridge, goose], open: false, seed: `s${seed}` });
      if (both.includes('“goose”') && both.includes('Both ends')) expect(both).toContain('Goose in toll booth');
    }
  });

  it('takes no side of a choice that holds an address', async () => {
    for (let seed = 0; seed < 20; seed += 1) expect(await say('should I trust booking.com or the goose?', { open: false, seed: `s${seed}` })).not.toMatch(/I trust|\bthe the\b/iu);
    for (let seed = 0; seed < 20; seed += 1) expect(await say('the mayor or the goose?', { open: false, seed: `s${seed}` })).not.toMatch(/\bthe the\b/iu);
  });

  it('says the same for the same brief, and something else for another seed', async () => {
    const items = pool['en'] ?? [];
    const first = await say('any news?', { items, seed: 'a' });
    expect(await say('any news?', { items, seed: 'a' })).toBe(first);
    const others = await Promise.all(Array.from({ length: 20 }, (_, i) => say('any news?', { items, seed: `b${i}` })));
    expect(others.some(each => each !== first)).toBe(true);
  });

  it.each(Object.keys(opens))('names an item in two hundred answers that do not all sound alike: %s', async language => {
    const items = pool[language] ?? [];
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => say(opens[language] ?? '', { language, items, seed: `mention-${i}` })));
    for (const answer of answers) expect(items.some(({ text }) => answer.includes(text))).toBe(true);
    const shapes = new Set(answers.map(answer => items.reduce((shape, { text }) => shape.replaceAll(text, '…'), answer)));
    expect(shapes.size).toBeGreaterThanOrEqual(25);
    const long = answers.filter(answer => answer.length > 220).length;
    expect(long).toBe(0);
  });

  it('follows whatever the pool holds', async () => {
    expect(await say("what's new?", { items: [item('Lighthouse keeper knits a scarf for the lighthouse')] })).toContain('Lighthouse keeper knits a scarf for the lighthouse');
  });

  it('answers in the asker\'s language and quotes a headline in its own', async () => {
    const answer = await say(opens['fr'] ?? '', { language: 'fr', items: [item('Geese occupy the roundabout')] });
    expect(answer).toContain('«\u00a0Geese occupy the roundabout\u00a0»');
  });

  it('falls back to the language of the persona where it has no lines', async () => {
    const [, persifleur] = personas;
    expect(await say('what goes on?', { language: 'nl', persona: persifleur ?? gadfly, items: pool['fr'] ?? [] })).toMatch(/[«é]/);
    expect(await say('wat is er aan de hand?', { language: 'nl', items: pool['en'] ?? [] })).toContain('“');
  });

  it('keeps today out of an answer that did not ask for it', async () => {
    for (let i = 0; i < 40; i++) {
      for (const question of ['tea or coffee?', 'why is the sky blue?', 'thank you', 'are you a bot?', 'my dad died yesterday', 'is it true that cats can swim?', 'should I cut my own hair?']) {
        expect(await say(question, { items: pool['en'] ?? [], seed: `${i}` })).not.toMatch(/Geese|Council spends/);
      }
    }
  });

  it('says nothing about today when nothing is known', async () => {
    for (let i = 0; i < 40; i++) expect(await say('any news?', { seed: `${i}` })).not.toMatch(/[“”{}]/);
  });

  it('picks a side, in the asker\'s words', async () => {
    expect(await say('Tea or coffee?')).toMatch(/^(Tea|Coffee)\b/);
    expect(await say('犬と猫どっち？', { language: 'ja' })).toMatch(/^(犬|猫)/);
  });

  it('teases the word that gives a claim away, in the language of the claim', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => say("c'est vrai ?", { language: 'fr', parent: post('Everybody knows this, apparently', 'bob', 'en'), seed: `${i}` })));
    expect(answers.join(' ')).toContain('«\u00a0everybody\u00a0»');
    expect(answers.join(' ')).toContain('«\u00a0apparently\u00a0»');
  });

  it.each([
    ['en', 'Pineapple belongs on pizza.', 'pineapple'], ['fr', 'Le café est meilleur froid.', 'café'], ['de', 'Katzen sind heimliche Agenten.', 'katzen'], ['es', 'Los gatos ven fantasmas.', 'gatos'],
    ['pt', 'Os gatos veem fantasmas.', 'gatos'], ['it', 'I gatti vedono i fantasmi.', 'gatti'], ['ja', 'うちの猫は幽霊が見える。', '猫'],
  ])('names the thing in a short claim more often than not (%s)', async (language, claim, thing) => {
    const said = await Promise.all(Array.from({ length: 60 }, (_, i) => say('', { language, parent: post(claim, 'bob', language), open: false, seed: `c${i}` })));
    expect(said.filter(each => each.toLowerCase().includes(thing)).length).toBeGreaterThan(36);
  });

  it('tells what was found by a headline, in whatever language, before a tag that says as much', async () => {
    const tag = item('#PotholeGustav', { kind: 'tag', matched: ['Gustav'], score: 0.9 });
    const headline = item('El bache Gustav cumple diez años', { language: 'es', matched: ['Gustav'], score: 0.2 });
    for (let i = 0; i < 40; i++) expect(await say('who is Gustav?', { items: [tag, headline], open: false, seed: `g${i}` })).toContain('cumple diez');
  });

  it('does not set the asker\'s word against a tag that is the same word', async () => {
    const tag = item('#Tram2', { kind: 'tag', count: 65, matched: ['tram2'] });
    for (let i = 0; i < 40; i++) expect((await say('what is it with tram2?', { items: [tag], open: false, seed: `t${i}` })).match(/tram ?2/giu)).toHaveLength(1);
  });

  it('does not quote words of a language that it does not speak', async () => {
    const deadpan = personas.find(({ name }) => name === 'deadpan');
    for (let i = 0; i < 40; i++) {
      expect(await say('hvad synes du om mandage?', { language: 'da', open: false, seed: `d${i}` })).not.toMatch(/mandage|hvad/u);
      expect(await say('que penses-tu des lundis ?', { language: 'fr', open: false, seed: `f${i}`, ...(deadpan ? { persona: deadpan } : {}) })).not.toMatch(/lundis/u);
    }
  });

  it('counts only what can be counted', async () => {
    const lines = { en: { open: ['Mark the {number} in {item}.', 'No count in {item}.'] } };
    const counted = async (text: string): Promise<string> => (await Promise.all(Array.from({ length: 20 }, (_, i) => say('any news?', { persona: { ...gadfly, lines }, items: [item(text)], seed: `${i}` })))).join(' ');
    expect(await counted('Council spends 14 hours on a bench')).toContain('Mark the 14');
    for (const text of ['Line 12 opens early', 'Fair opens 14 May', 'Rates held at 3.5 per cent', 'Show starts at 7:30', 'It was founded in 1974 by bakers', 'Butter up 12% in a year']) expect(await counted(text)).not.toContain('Mark');
  });

  it('calls itself a machine when asked, in every voice and language', async () => {
    const machine = /bot|software|program|machine|logiciel|automat|not a person|maschine|mensch|programm|robot|máquina|programa|macchina|ボット|ソフト|プログラム|機械|人では/i;
    const questions: Record<string, string> = { en: 'are you a bot?', fr: "t'es un bot ?", de: 'bist du ein Bot?', es: '¿eres un bot?', pt: 'você é um bot?', it: 'sei un bot?', ja: 'ボットですか？' };
    for (const persona of personas) {
      for (const language of Object.keys(persona.lines)) {
        for (let i = 0; i < 12; i++) expect(await say(questions[language] ?? '', { persona, language, seed: `${i}` })).toMatch(machine);
      }
    }
  });
});

describe('grief and harm', () => {
  const kinds: readonly (readonly [string, string, Asked])[] = [
    ['serious', 'my dad died last night', {}], ['crisis', 'i want to die', {}], ['unverified', 'is this true?', { parent: post('Dozens killed in the blast', 'bob', 'en') }],
  ];
  it.each(kinds)('gets a %s line and nothing else', async (kind, question, asked) => {
    const lines = gadfly.lines['en']?.[kind] ?? [];
    for (let i = 0; i < 30; i++) expect(lines).toContain(await say(question, { ...asked, items: pool['en'] ?? [], seed: `${i}` }));
  });

  it('is never what a joke is about: a lighter item is taken, or none is joked about', async () => {
    const grave = item('Earthquake kills 40 in mountain village');
    const election = item('Parliament dissolved ahead of elections');
    for (let i = 0; i < 60; i++) {
      expect(await say('any news?', { items: [grave, election, item('Cheese rolls across the border')], seed: `${i}` })).toContain('Cheese rolls across the border');
      const only = await say('any news?', { items: [grave], seed: `${i}` });
      expect((gadfly.lines['en']?.['somber'] ?? []).map(line => line.replace('{item}', '“Earthquake kills 40 in mountain village”'))).toContain(only);
    }
  });

  it.each([
    ['en', 'Train derails near station, dozens hurt'], ['en', 'Teen charged with arson'], ['en', 'Prime minister faces leadership vote'], ['fr', 'Un mort et trois blessés dans un accident'], ['de', 'Prozess um Kindesmissbrauch beginnt'],
    ['de', 'Firma streicht 3000 Stellen'], ['es', 'Hallan el cuerpo de un joven desaparecido'], ['pt', 'Polícia investiga desaparecimento de menina'], ['it', 'Bimbo precipita dal balcone'], ['ja', '殺人容疑で男を逮捕'],
  ])('is seen in a headline: %s %s', async (language, text) => {
    const lines = gadfly.lines[language]?.['somber'] ?? [];
    const answer = await say(opens[language] ?? '', { language, items: [item(text, { language })] });
    expect(lines.some(line => line.split('{item}').every(part => answer.includes(part.replace(/ (?=[?!;:»])/g, '\u00a0'))))).toBe(true);
  });

  it('is told in other languages too', async () => {
    const items = [item('Mehrere Tote bei Zugunglück', { language: 'de' }), item('被災地で捜索続く、死者40人', { language: 'ja' })];
    const somber = gadfly.lines['en']?.['somber'] ?? [];
    const answer = await say('any news?', { items });
    expect(somber.some(line => answer.endsWith(line.split('{item}')[1] ?? '-'))).toBe(true);
  });
});

describe('foreign text', () => {
  it('is stripped of handles, tags, links, emoji, braces and line breaks before it is quoted', async () => {
    const nasty = item('{turn} BREAKING 🚨 @mayor@town.example says https://evil.example/x #geese\nvisit shop.example.com ＠you ＃now \u202Eoops', { matched: ['geese'] });
    for (let i = 0; i < 50; i++) {
      for (const open of [true, false]) expect(await say(open ? 'any news?' : 'the geese?', { items: [nasty], open, seed: `${i}` })).not.toMatch(new RegExp(`${forbidden.source}|mayor|town|evil|shop\\.`, 'u'));
      expect(await say('what about {item} @all #x http://a.example 🚨 stuff?', { seed: `${i}` })).not.toMatch(forbidden);
    }
  });

  it('is never somebody\'s post word for word', async () => {
    const text = 'I accidentally painted my landlord\'s tortoise turquoise';
    for (let i = 0; i < 60; i++) {
      const answer = await say('any news?', { items: [item(text, { kind: 'post', source: 'somebody' })], seed: `${i}` });
      expect(answer).not.toContain('painted my landlord');
      expect(answer).toMatch(/accidentally|landlord|tortoise|turquoise/i);
    }
  });

  it('is said as words when it is a tag', async () => {
    expect(await say('any news?', { items: [item('#GooseParade', { kind: 'tag', source: 'town.example' })] })).toContain('“Goose Parade”');
  });
});

describe('room', () => {
  const long = (language: string): readonly RankedItem[] => [0, 1].map(i => item(language === 'ja' ? `町議会${i}、${'会議を短くする会議の日程を決める会議を開催、'.repeat(6)}` : `Council ${i} postpones, once more, the long awaited meeting about ${'the postponement of meetings, '.repeat(8)}`, { language, count: 1234 }));
  const questions = ['any news?', 'tea or coffee?', 'is this true?', 'hello', '', 'geese on the roof of the old town hall', 'tell me a joke', 'why?', 'how?', 'who are you?'];

  it.each([500, 280, 140, 60])('of %s characters is never passed', async room => {
    for (const persona of personas) {
      for (const language of Object.keys(persona.lines)) {
        for (const [i, question] of [...questions, opens[language] ?? ''].entries()) {
          const answer = await say(question, { persona, language, items: long(language), room, seed: `${i}` });
          expect(answer.length).toBeLessThanOrEqual(room);
          expect(answer.length).toBeGreaterThan(1);
          expect(answer).not.toMatch(forbidden);
        }
      }
    }
  });

  it('cuts a headline at a clause and marks the cut', async () => {
    const answer = await say('any news?', { items: [item(`The town council has voted to keep the geese after a debate of nine hours, but only until the spring and only ${'if they behave '.repeat(5)}`)] });
    expect(answer).toMatch(/“[^”]+…”/);
    expect(answer.length).toBeLessThanOrEqual(220);
  });
});

describe('a persona', () => {
  it.each(personas.flatMap(persona => Object.keys(persona.lines).map(language => [persona.name, language, persona] as const)))('%s has every line in %s within 500 characters and without a slot left over', async (_, language, persona) => {
    const lines: Lines = persona.lines[language] ?? {};
    for (const [kind, templates] of Object.entries(lines)) {
      expect(templates.length).toBeGreaterThanOrEqual(kind === 'open' ? 8 : 3);
      for (const template of templates) expect(template.replace(/\{item2?\}|\{headline\}/g, 'x'.repeat(110)).length).toBeLessThan(500);
    }
    // One template at a time, so that each is really spoken.
    const [headline] = pool[language] ?? [];
    for (const template of lines['open'] ?? []) {
      const only = { ...persona, lines: { [language]: { ...lines, open: [template] } } };
      const spoken = await say(opens[language] ?? '', { persona: only, language, items: (pool[language] ?? []).map(each => ({ ...each, text: `${each.text} 14`, count: 1234 })) });
      expect(spoken).not.toMatch(forbidden);
      expect(spoken).toContain(headline ? '14' : '');
    }
  });

  it('without any line the engine can use is refused in one line', async () => {
    await expect(say('hello', { persona: { ...gadfly, lines: {} } })).rejects.toThrow(/persona gadfly has no lines/);
  });

  it('is answered for in well under a millisecond', async () => {
    const items = pool['en'] ?? [];
    for (let i = 0; i < 50; i++) await say('any news?', { items, seed: `${i}` });
    const started = performance.now();
    for (let i = 0; i < 300; i++) await say('any news?', { items, seed: `${i}` });
    expect((performance.now() - started) / 300).toBeLessThan(atEaseMs(3));
  });
});
