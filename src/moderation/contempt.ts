import lists from './lists/contempt.json' with { type: 'json' };

// What no single word gives away: contempt for a group, threats, harassment. For what we would post only: people may be quoted, we do not repeat it.

const isSpaced = /^[(\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;
/**
 * Two expressions for one list: at the beginning of a word where words have beginnings, anywhere in scripts without spaces. Lower case only, as the text is by
 * then: regardless of case, classes of letters cost five times the memory.
 */
function compile(list: readonly string[]): (text: string) => boolean {
  const [spaced, others] = [list.filter(each => isSpaced.test(each)), list.filter(each => !isSpaced.test(each))].map(each => each.join('|'));
  const patterns = [spaced === '' ? '' : `(?<![\\p{L}\\p{N}])(?:${spaced})`, others ?? ''].filter(each => each !== '').map(each => new RegExp(each, 'u'));
  return text => patterns.some(pattern => pattern.test(text));
}

const [namesGroup, despises, abuses] = [compile(lists.groups), compile(lists.contempt), compile(lists.abuse)];

/** Whether a text despises a group of people, threatens or hounds somebody. */
export function isContempt(text: string): boolean {
  const plain = text.normalize('NFKC').toLowerCase().replace(/[’ʼ`]/gu, "'").replace(/[\p{Cf}\p{M}](?<![\u0900-\u0DFF\u0E00-\u0EFF])/gu, '').replace(/\s+/gu, ' ');
  if (abuses(plain)) return true;
  return plain.split(/(?<=[.!?。！？।])\s*/u).some(sentence => namesGroup(sentence) && despises(sentence));
}
