import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { detectLanguage } from '../../src/context/language.ts';

const posts = JSON.parse(readFileSync(new URL('../fixtures/short-posts.json', import.meta.url), 'utf8')) as Record<string, string[]>;
const all = Object.entries(posts).flatMap(([language, texts]) => texts.map(text => ({ language, text })));
const wordsIn = (text: string) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean).length;

const wrongs = (hint: (language: string) => string | undefined, of = all) => of.filter(({ language, text }) => detectLanguage(text, hint(language)) !== language).map(({ text }) => text);
const otherThan = (wrong: string, instead: string) => (language: string) => (language === wrong ? instead : wrong);

describe('the language of a short post', () => {
  it('is right for 154 posts in 19 languages, with the network\'s word for it and nearly always without', () => {
    expect(all.length).toBeGreaterThanOrEqual(150);
    expect(wrongs(language => language)).toEqual([]);
    expect(wrongs(() => undefined).length).toBeLessThanOrEqual(5);
  });

  it.each([['en', 'de'], ['es', 'it'], ['ja', 'en'], ['de', 'fr']])('is not taken in by an account that is set to %s', (wrong, instead) => {
    const longer = all.filter(({ text }) => wordsIn(text) >= 3);
    expect(wrongs(otherThan(wrong, instead), longer).length / longer.length).toBeLessThanOrEqual(0.05);
  });

  it.each([
    ["qu'est-ce qui se passe aujourd'hui ?", 'fr'], ['was ist heute los?', 'de'], ['¿de qué habla todo el mundo hoy?', 'es'], ['do que está todo mundo falando?', 'pt'], ['di cosa parlano tutti oggi?', 'it'],
    ['今日はみんな何の話してる？', 'ja'], ["c'est vrai ?", 'fr'], ['waar heeft iedereen het over?', 'nl'],
  ])('hears %s as %s whatever the hint', (text, language) => {
    for (const hint of [undefined, 'en', 'ja', 'de-AT', 'xx', '']) expect(detectLanguage(text, hint)).toBe(language);
  });

  it('follows the hint where the text says nothing', () => {
    for (const text of ['', '@repartee', '🎉🎉', 'https://news.example/une-page-en-francais', '#bonjour', ':blobcat:']) expect(detectLanguage(text, 'it')).toBe('it');
    expect(detectLanguage('@repartee@town.example 🤔', undefined)).toBe('en');
    expect(detectLanguage('pasta!', 'it')).toBe('it');
    expect(detectLanguage('pasta!', 'de')).toBe('de');
  });

  it('does not let handles, links and tags vote', () => {
    expect(detectLanguage('@lesamisdelaville@ville.example https://le-journal.example/la-une #actualites is it going to rain', undefined)).toBe('en');
  });

  it('gives two letters, whatever the hint looks like', () => {
    expect(detectLanguage('', 'pt-BR')).toBe('pt');
    expect(detectLanguage('', 'zh_Hant_TW')).toBe('zh');
    expect(detectLanguage('', 'NB')).toBe('no');
    expect(detectLanguage('', 'fil')).toBe('en');
  });

  it('takes a Latin name in another script for what it is', () => {
    expect(detectLanguage('GitHubまた落ちてる？', 'en')).toBe('ja');
    expect(detectLanguage('GitHub 또 죽었어?', 'en')).toBe('ko');
  });

  it('answers quickly on a hostile text', () => {
    const start = performance.now();
    for (const text of ['a'.repeat(60_000), 'é'.repeat(60_000), '@'.repeat(60_000), 'я'.repeat(60_000), ':'.repeat(60_000), '今'.repeat(60_000)]) detectLanguage(text, undefined);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
