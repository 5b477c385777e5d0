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

  it.each(Object.entries({
    en: ['tea or coffee?', 'are you a bot?', 'is it true?', 'who are you?', "what's new?", 'good morning', 'thank you', 'tell me a joke', 'what do you think of Mondays?', 'soup or sandwich?', 'any good café in town?'],
    fr: ['thé ou café ?', 'thé ou café?', 'tu es un robot ?', 'tu es un robot?', "t'es un bot ?", "c'est vrai ?", "t'es qui ?", 'quoi de neuf ?', 'bonsoir', 'merci beaucoup', 'une blague ?', 'que penses-tu des lundis ?', 'chien ou chat ?', 'plage ou montagne ?'],
    de: ['tee oder kaffee', 'bist du ein Roboter?', 'ist das wahr?', 'wer bist du?', "was gibt's Neues?", 'guten Morgen', 'danke schön', 'ein Witz bitte', 'was hältst du von Montagen?', 'Hund oder Katze?'],
    es: ['té o café?', 'eres un bot?', 'es verdad?', 'quien eres?', 'que hay de nuevo', 'buenos días', 'muchas gracias', 'un chiste', 'qué opinas de los lunes?', 'perro o gato?', 'me aburro'],
    pt: ['chá ou café?', 'cha ou cafe?', 'és um bot?', 'é verdade?', 'quem és tu?', 'o que há de novo?', 'bom dia', 'obrigado', 'conta uma piada', 'o que achas das segundas?', 'cão ou gato?', 'gostas de truta?'],
    it: ['tè o caffè?', 'sei un robot?', 'è vero?', 'chi sei?', "che c'è di nuovo?", 'buongiorno', 'buonanotte', 'grazie', 'una barzelletta?', 'cosa pensi dei lunedì?', 'cane o gatto?', 'zuppa o pizza?'],
    ja: ['紅茶とコーヒー、どっち？', 'ロボットですか', '本当？', '何か新しいことある？', 'おはよう', 'ありがとう', '元気？'],
  }))('hears the small asks of everybody\'s day without a hint: %s', (language, texts) => {
    for (const text of texts) expect({ text, language: detectLanguage(text, undefined) }).toEqual({ text, language });
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
