// Phrases and the automaton that looks for them: what is found, where, and at what cost.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openAutomaton } from '../../src/core/automaton.ts';
import { toWords } from '../../src/pipeline/gate/phrases.ts';
import { isWithin, leastMs } from '../support/cpu-time.ts';

const isIn = (phrase: string, text: string): boolean => openAutomaton([[{ phrases: [phrase] }]], ' ').listsIn(` ${text} `) !== 0;

describe('a phrase', () => {
  it.each([
    ['cat', ['cat', 'a cat sat'], ['cats', 'bobcat', 'ca t']],
    ['(a|two) cats?', ['a cat', 'two cats'], ['three cats', 'cats']],
    ['(the )?(big )*cat', ['cat', 'the big big cat'], ['the bigcat', 'bigcat']],
    ['fer~ late', ['ferry late', 'fer late'], ['fe late', 'ferry boat late']],
    ['_ must go', ['ferry must go'], ['must go', '. must go']],
    ['you … late', ['you late', 'you are so very late'], ['you are so very much late', 'you . late']],
    ['(un )+cat', ['un cat', 'un un cat'], ['cat']],
    ['x{2,3} y', ['xx y', 'xxx y'], ['x y', 'xxxx y']],
    ['se[ao]', ['sea', 'seo'], ['see', 'se']],
    ['pay \\d', ['pay 5'], ['pay five', 'pay 55']],
    ['end \\. no', ['end . no'], ['end no', 'end x no']],
    ['old (?!hat|dog)_', ['old cat'], ['old hat', 'old dogs']],
    ['(?<!if |when )i died', ['i died', 'then i died'], ['if i died', 'when i died']],
    ['ja~sin', ['jasin', 'javasin'], ['ja', 'javasinx']],
  ])('%s', (phrase, found, missed) => {
    expect(found.filter(text => !isIn(phrase, text))).toEqual([]);
    expect(missed.filter(text => isIn(phrase, text))).toEqual([]);
  });

  it('names lists, which may name others', () => {
    const names = { pet: ['cats?', '<big> dog'], big: ['big', 'very big'] };
    const { listsIn } = openAutomaton([[{ phrases: ['my <pet>'], names }]], ' ');
    expect([' my cats ', ' my very big dog ', ' my dog '].map(listsIn)).toEqual([1, 1, 0]);
    expect(() => openAutomaton([[{ phrases: ['my <boat>'], names }]], ' ').listsIn('x')).toThrow('no list is called "boat"');
    expect(() => openAutomaton([[{ phrases: ['my <boat>'], names: { boat: [] } }]], ' ').listsIn('x')).toThrow('nothing is in the list "boat"');
  });

  it.each(['(cat', 'cat)', '[ab', 'a\\w'])('%s is none', phrase => expect(() => isIn(phrase, 'cat')).toThrow(/no phrase/u));
});

describe('the automaton', () => {
  it('tells by a bit of which list something stands there', () => {
    const { listsIn } = openAutomaton([[{ phrases: ['cat', 'a ferry'] }], [{ phrases: ['a ferry boat'] }, { phrases: ['dog'] }], [{ phrases: ['a fer~'] }]], ' ');
    expect([' cat ', ' a ferry ', ' a ferry boat ', ' dog and cat ', ' bird ', ''].map(listsIn)).toEqual([1, 5, 7, 3, 0, 0]);
  });

  it('takes signs for borders that it is told, and none where words do not stand apart', () => {
    expect([" i'm dead ", ' dead '].map(openAutomaton([[{ phrases: ['dead'] }]], " '").listsIn)).toEqual([1, 1]);
    const dense = openAutomaton([[{ phrases: ['(船|フェリー)は.{0,3}遅い', '黙れ(?!ば)'] }]], '');
    expect(['あの船はとても遅いです', '船はいつもとても遅い', '黙れ', '黙れば'].map(dense.listsIn)).toEqual([1, 0, 1, 0]);
  });

  it('says where phrases stand: the longest that begins first, and on behind it', () => {
    const text = " die hard and dying of boredom, die 'laughing ";
    const { placesIn } = openAutomaton([[{ phrases: ['die', 'die hard', 'hard and', 'dying of _'] }]], " '");
    expect(placesIn(text.replace(',', ' ,')).map(({ start, end }) => text.replace(',', ' ,').slice(start, end))).toEqual(['die hard', 'dying of boredom', 'die']);
    expect(openAutomaton([[{ phrases: ['猫', '子猫たち'] }]], '').placesIn('子猫と子猫たち')).toEqual([{ start: 1, end: 2 }, { start: 3, end: 7 }]);
  });

  it('knows an empty word between two borders from the end of a phrase', () => {
    const { listsIn, placesIn } = openAutomaton([[{ phrases: ['xx'] }], [{ phrases: ['foo', 'foo bar'] }]], ' ');
    expect([listsIn(' foo  x '), placesIn(' foo  x ')]).toEqual([2, [{ start: 1, end: 4 }]]);
  });

  it('finds what is folded, whatever it is written with', () => {
    const { listsIn } = openAutomaton([[{ phrases: ['tu es idiot', 'du bist grosse', 'ich sagte \\. nein', 'انت'] }]], ' ');
    expect(['TU  ES, idiot!', 'Tu és ïdiot', 'Dû bist „größe“', 'Ich sagte: nein', 'أنت', 'ｔｕ ｅｓ ｉｄｉｏｔ'].map(text => listsIn(toWords(text)))).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it.each([[' ', undefined], ['', undefined], [' ', { nodes: 9, steps: 9 }], ['', { nodes: 9, steps: 9 }]])('finds by what it remembers what a walk from every place finds, between "%s", of %j at most', (borders, most) => {
    const piece = fc.constantFrom('a', 'b', 'c', 'ab', ' ', ' ', 'a~', '_ ', '… ', 'b?', '(a|bc)', '(b )*', '.{0,2}', '(?!ab)', '(?<!c )', '[ac]');
    const phrase = fc.array(piece, { minLength: 1, maxLength: 5 }).map(parts => `a${parts.join('')}`.trim());
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'ab', ' ', ' ', 'é'), { maxLength: 90 }).map(parts => ` ${parts.join('').trim()} `);
    let found = 0;
    fc.assert(fc.property(fc.array(phrase, { minLength: 1, maxLength: 6 }), fc.array(text, { minLength: 3, maxLength: 3 }), (phrases, texts) => {
      const { listsIn, placesIn } = openAutomaton([[{ phrases }]], borders, most);
      for (const each of texts) {
        const isThere = placesIn(each).length > 0;
        if (isThere) found += 1;
        expect([phrases, each, listsIn(each) !== 0]).toEqual([phrases, each, isThere]);
      }
    }), { numRuns: 2_000 });
    expect(found).toBeGreaterThan(500);
  });

  it('reads 400 kB in a tenth of a second, and twice as much takes twice as long, however phrases repeat, overlap and never end', () => {
    const phrases = ['(a |b |ab )*c', 'a … … b', '_ a _', 'a~b~c', '(?!ab)_ x', 'rule \\d \\. .*rule \\d \\.', '(the )?(the )?(the )?end'];
    const { listsIn, placesIn } = openAutomaton([[{ phrases }]], ' ');
    for (const text of ['a', 'a ', 'ab ', 'rule 1 . ', 'the ', ' ', '. ', 'ferry boat ']) {
      const measure = () => leastMs(6, [200_000, 400_000].map(size => ` ${text.repeat(size / text.length)}`).map(long => () => listsIn(long)));
      let [half = 0, whole = 0] = measure();
      // A crowded moment may last for all rounds of one of them; what is not linear never is.
      for (let again = 0; again < 3 && whole >= half * 3 + 10; again += 1) [half = 0, whole = 0] = measure();
      expect(`${JSON.stringify(text)}: ${isWithin(whole, 150) ? 'quick' : whole}, ${whole < half * 3 + 10 ? 'linear' : half}`).toBe(`${JSON.stringify(text)}: quick, linear`);
    }
    expect(placesIn(` ${'ferry '.repeat(2_000)}`)).toEqual([]);
  });
});
