import { lettersOf } from './fold.ts';
import { isSmallWord } from './tongue.ts';

/** Where money is kept, in the forms of the large chains, and any other long mixture that no language writes. */
const wallet = /\b0x[0-9a-f]{16,}|\b(?:bc1|tb1|ltc1|addr1|cosmos1|osmo1|terra1|nano_|xch1|kaspa:)[0-9a-z]{12,}|(?<![\p{L}\p{N}])(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[a-z])(?=[A-Za-z0-9]*[A-Z])[A-Za-z0-9]{25,}(?![\p{L}\p{N}])/iu;
const mixed = /(?<![\p{L}\p{N}])[A-Za-z0-9]{25,}(?![\p{L}\p{N}])/gu;

/** What begins like a key or an invoice of the younger networks: a name, a one, and a mixture. */
const payable = /(?<![\p{L}\p{N}])(?:nsec|npub|note|nprofile|nevent|lnbc|lntb|lnurl|lno|sp|bc|tb|ltc|addr|stake|cosmos|osmo|terra|thor|inj|sei|secret|akash|juno|stars|cro|kava|xch|erd)\d[\da-z]{9,}(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?=[a-z\d]*(?:\d[a-z]+){3})[a-z][a-z\d]{13,}(?![\p{L}\p{N}])/u;

export function hasWallet(text: string): boolean {
  const low = text.toLowerCase();
  if (hasSeed(text) || hasSplitKey(text, low)) return true;
  if (!/\d|nano_|kaspa:/.test(low)) return false;
  if (/\d[\da-z]{9}|\d[a-z]+\d[a-z]+\d[a-z]/u.test(low) && payable.test(low)) return true;
  if (!/(?<![a-z\d])[a-z\d]{12}/.test(low)) return false;
  const found = wallet.exec(text);
  if (!found) return false;
  if (/^(?:0x|bc1|tb1|ltc1|addr1|cosmos1|osmo1|terra1|nano_|xch1|kaspa:)/iu.test(found[0])) return true;
  return (text.match(mixed) ?? []).some(each => /\d/u.test(each) && /[a-z]/u.test(each) && /[A-Z]/u.test(each));
}


const beginning = /^(?:0x[\da-f]{2,}|(?:bc1|tb1|ltc1|addr1|cosmos1|osmo1|terra1|xch1)[\da-z]+)$/iu;
const isMixed = (word: string): boolean => /\d/u.test(word) && /[a-z]/iu.test(word);

/** The same in pieces: after such a beginning, or many pieces in a row of letters and digits. Amounts and years have no letters. */
function hasSplitKey(text: string, low: string): boolean {
  if (!/\d/.test(text)) return false;
  if (/0[^a-z\d]{0,3}x/.test(low) && /0x[\da-f]{30}/u.test(lettersOf(text))) return true;
  // Five pieces with both: what most texts have not is looked for first.
  if ((low.match(/\d[a-z]|[a-z]\d/g)?.length ?? 0) < 3 && !/0x|\w{2}1/.test(low)) return false;
  let [pieces, mixed, length, begun] = [0, 0, 0, false];
  for (const word of text.split(/[\s\-–—·:_/]+/u)) {
    const isPiece = /^[a-z\d]{2,16}$/iu.test(word) && !isSmallWord(word.toLowerCase());
    if (!isPiece || beginning.test(word)) [pieces, mixed, length, begun] = [0, 0, 0, false];
    if (!isPiece) continue;
    if (beginning.test(word)) begun = true;
    pieces += 1;
    length += word.length;
    // Of a number in base sixteen some pieces have no letter.
    if (isMixed(word) || (begun && /^\d{3,}$/u.test(word))) mixed += 1;
    if (length >= 20 && mixed * 5 >= pieces * 3 && mixed >= (begun ? 3 : 5)) return true;
  }
  return false;
}

/** So many words make a seed, and so many of them are small ones at most. */
const seedWords = 12;
const mostSmall = 1;

/** Six of them, to begin with: a language with capitals, accents and words of one letter has no more. */
const mayBeSeed = /(?:(?<![\p{L}\p{N}'’])[a-z]{3,8}(?:[\s,;]{1,3}(?:\d{1,2}[.):]\s?)?)){6}/u;

/** Words in a row that make no sentence, small and bare: a seed for a wallet, whatever it opens. They may be numbered. */
function hasSeed(text: string): boolean {
  let row: boolean[] = [];
  for (const word of text.length >= seedWords * 4 && mayBeSeed.test(text) ? text.split(/[\s,;]+/u) : []) {
    if (/^\d{1,2}[.):]?$/u.test(word)) continue;
    if (!/^(?:\d{1,2}[.):])?[a-z]{3,8}[.!]?$/u.test(word)) {
      row = [];
      continue;
    }
    row.push(isSmallWord(word));
    if (row.length > seedWords) row.shift();
    if (row.length === seedWords && row.filter(Boolean).length <= mostSmall) return true;
    if (/[.!]$/u.test(word)) row = [];
  }
  return false;
}
