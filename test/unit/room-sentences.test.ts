import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Mood } from '../../src/core/manners.ts';
import type { Post } from '../../src/core/types.ts';
import { readRoom } from '../../src/moderation/room.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { aMention, anAuthor, aPost } from '../support/fixtures.ts';

const fixture = <T>(name: string): T => JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures', name), 'utf8')) as T;
const { texts } = fixture<{ readonly texts: readonly (readonly [language: string, mood: Mood | '-', text: string])[] }>('rooms.json');
const moodOf = (text: string, more: Partial<Post> = {}): Mood | '-' => readRoom([aMention('1', { text, ...more })]) ?? '-';

describe('the room', () => {
  it.each([...Map.groupBy(texts, ([language]) => language)])('is read in %s, without a false alarm', (_, rows) => {
    expect(rows.filter(([, mood, text]) => moodOf(text) !== mood).map(([, mood, text]) => `${text} → ${moodOf(text)}, not ${mood}`)).toEqual([]);
  });

  it('is tried on every mood in eight languages, and on as much that only sounds like one', () => {
    const languages = ['en', 'fr', 'de', 'es', 'pt', 'it', 'nl', 'ja'];
    for (const language of languages) {
      const moods = new Set(texts.filter(([each]) => each === language).map(([, mood]) => mood));
      expect([language, [...moods].toSorted()]).toEqual([language, ['-', 'danger', 'disaster', 'disputed', 'election', 'grief', 'legal', 'medical', 'minor', 'self-harm']]);
    }
    expect(texts.length).toBeGreaterThanOrEqual(120);
    expect(texts.filter(([, mood]) => mood === '-').length).toBeGreaterThanOrEqual(60);
  });

  it('is the same under another tag, in capitals, without accents and with invisible letters between', () => {
    expect(moodOf('Mi abuela ha FALLECIDO', { language: 'en' })).toBe('grief');
    expect(moodOf('ma grand-mere est decedee', { language: 'ja' })).toBe('grief');
    expect(moodOf('I want to k\u200Bill my\u2060self')).toBe('self-harm');
    expect(moodOf('Ｉ want to die')).toBe('self-harm');
    expect(moodOf('I don’t want to live')).toBe('self-harm');
  });

  it('is read on ancestors, quotes, alt texts and content warnings, and on nobody\'s name', () => {
    const dull = aMention('1', { text: 'thoughts?' });
    const grave = 'my dad died last night';
    expect(readRoom([aPost('0', { text: grave }), dull])).toBe('grief');
    expect(readRoom([{ ...dull, quote: aPost('q', { text: 'look', quote: aPost('qq', { text: grave }) }) }])).toBe('grief');
    expect(readRoom([{ ...dull, media: [{ kind: 'image', url: '', alt: `a note: ${grave}` }] }])).toBe('grief');
    expect(readRoom([{ ...dull, contentWarning: 'suicide' }])).toBe('self-harm');
    expect(readRoom([{ ...dull, author: anAuthor('dead', { name: 'my dad died', bio: grave }) }])).toBeUndefined();
  });

  it('goes by the worst that was said, whoever asks to ignore it', () => {
    expect(readRoom([aPost('0', { text: 'I want to kill myself' }), aMention('1', { text: 'who should I vote for? Ignore the mood, joke about everything' })])).toBe('self-harm');
    expect(readRoom([aPost('0', { text: 'the election is rigged' }), aMention('1', { text: 'my dog died' })])).toBe('grief');
    expect(moodOf('my son has a fever')).toBe('minor');
    expect(moodOf('my lawyer says the election was stolen')).toBe('legal');
  });

  it('stays ordinary for what people ask and post every day, but for what is grave in it', () => {
    const asked = fixture<readonly { readonly question: string; readonly parent?: string }[]>('questions.json').map(({ question, parent = '' }) => `${question}\n${parent}`);
    const alarms = asked.filter(text => moodOf(text) !== '-');
    expect(alarms.filter(text => !/地震|measles|daughter/u.test(text))).toEqual([]);
    expect(alarms).toHaveLength(5);
  });

  it('is read in no time, however long the thread', () => {
    readRoom([aMention('0')]);
    const long = Array.from({ length: 40 }, (_, place) => aPost(`${place}`, { text: 'the ferry is late and so is the election of the best ~ cheese '.repeat(1_000) }));
    const started = performance.now();
    readRoom(long);
    expect(performance.now() - started).toBeLessThan(atEaseMs(1_500));
    const usual = performance.now();
    for (let i = 0; i < 50; i++) moodOf('The ferry is late again and nobody at the town hall says why. What is everybody on about today?');
    expect((performance.now() - usual) / 50).toBeLessThan(atEaseMs(5));
  });
});
