import lists from './lists/contempt.json' with { type: 'json' };

// What no single word gives away: contempt for a group, threats, harassment. For what we would post only: people may be quoted, we do not repeat it.

const isSpaced = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;
/** At the beginning of a word where words have beginnings. */
const toPattern = (alternatives: string): RegExp => new RegExp(alternatives.split('|').some(each => isSpaced.test(each)) ? `(?<![\\p{L}\\p{N}])(?:${alternatives})` : alternatives, 'iu');
/** Two patterns for one list: scripts without spaces have no beginnings of words. Alternatives inside of brackets stay whole. */
function compile(list: string): (text: string) => boolean {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const sign of list) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === '|' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += sign;
  }
  parts.push(part);
  const patterns = [parts.filter(each => isSpaced.test(each) || each.startsWith('(')), parts.filter(each => !isSpaced.test(each) && !each.startsWith('('))]
    .filter(each => each.length > 0).map(each => toPattern(each.join('|')));
  return text => patterns.some(pattern => pattern.test(text));
}

const [namesGroup, despises, abuses] = [compile(lists.groups), compile(lists.contempt), compile(lists.abuse)];

/** Whether a text despises a group of people, threatens or hounds somebody. */
export function isContempt(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/[’ʼ`]/gu, "'").replace(/[\p{Cf}\p{M}](?<![\u0900-\u0DFF\u0E00-\u0EFF])/gu, '').replace(/\s+/gu, ' ');
  if (abuses(plain)) return true;
  return plain.split(/(?<=[.!?。！？।])\s*/u).some(sentence => namesGroup(sentence) && despises(sentence));
}
