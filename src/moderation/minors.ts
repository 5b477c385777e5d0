import lists from './lists/minors.json' with { type: 'json' };

// Nobody who is a child is spoken of as if he were not. The lists hold phrases; here two words of one sentence are enough, however far apart they stand.

const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Whole words where words stand apart. Lower case only, as the text is by then. */
function compile(list: readonly string[]): RegExp {
  const [spaced, others] = [list.filter(each => !unspaced.test(each)), list.filter(each => unspaced.test(each))];
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${spaced.join('|')})(?![\\p{L}\\p{M}])|${others.join('|')}`, 'u');
}

const [ofMinors, sexual] = [compile(lists.minors), compile(lists.sexual)];

/** Whether a sentence of the text has a word for desire and one for somebody who is too young for it. */
export function desiresMinors(text: string): boolean {
  const plain = text.normalize('NFKC').toLowerCase();
  return sexual.test(plain) && ofMinors.test(plain) && plain.split(/(?<=[.!?。！？।])\s*/u).some(sentence => sexual.test(sentence) && ofMinors.test(sentence));
}
