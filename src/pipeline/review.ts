import type { DetectLanguage } from '../core/ports.ts';
import type { RankedItem } from '../core/types.ts';
import { withoutJoiners } from './clean.ts';
import { linksIn } from './gate/addresses.ts';
import { hasCommand } from './gate/bidding.ts';
import { asksForSecrets, claimsAnOffice, claimsToBeHuman, tellsInstructions } from './gate/claims.ts';
import { speaksAsSomebody } from './gate/authority.ts';
import { decode, fromDigits, fromLeet } from './gate/decode.ts';
import { tellsOrders } from './gate/disclosure.ts';
import { fold, lettersOf, reversed } from './gate/fold.ts';
import { callsSomebody, forbiddenIn } from './gate/forbidden.ts';
import { isHostile } from './gate/hostility.ts';
import { speaksIllOfSomebody } from './gate/named.ts';
import { says, toWords } from './gate/phrases.ts';
import { commonIn, groupsOf, hidesInCipher, likeness, recites, recitesBackwards, recitesInCipher, type Source } from './gate/quotation.ts';
import { isTainted, type Taint } from './gate/taint.ts';
import { isLikelyIn, isSurelyIn } from './gate/tongue.ts';
import { isUnspoken, turnedBack } from './gate/unspoken.ts';

export interface ReviewRules {
  readonly room: number;
  readonly measure: (text: string) => number;
  readonly items: readonly Pick<RankedItem, 'url' | 'kind' | 'text'>[];
  /** Numbers to call, digits alone, that the operator's own lines hold. */
  readonly ownNumbers: readonly string[];
  /** Values that nobody may see. */
  readonly secrets: readonly string[];
  /** The instructions that a model was given. */
  readonly instructions: Source;
  /** What people said, as far as it may not be said after them. */
  readonly said: Source;
  readonly taint: Taint;
  /** What we posted lately, and from which likeness on (0 to 1) it counts as the same again. */
  readonly recent: readonly string[];
  readonly sameFrom: number;
  /** Whether a word or two are an answer: to a hello. */
  readonly mayBeBare: boolean;
  /** In which language it should be, what else the voice is at home in, and how that is told. */
  readonly language: string;
  readonly fluentIn: readonly string[];
  readonly detectLanguage: DetectLanguage;
}

/** Of the faults, the one that another draw mends. */
export const saidLately = 'it was nearly the same as a recent post';

/** No network takes more, and nobody reads it: nothing else has to look at it. */
const longest = 20_000;

/**
 * May we say it? Looks at the answer without its salutation, and returns what is wrong with it, or undefined. The last word before a draft is kept:
 * total, pure, and of the cost of a few looks at each letter. What it says goes to the model that writes the next draft, and so quotes nothing.
 */
export function review(text: string, rules: ReviewRules): string | undefined {
  const { room, measure, items, secrets, instructions } = rules;
  if (text.trim() === '') return 'it was empty';
  if (text.length > longest || measure(text) > room) return `it was longer than ${room} characters`;
  if (hasHidden(text)) return 'it held invisible characters';
  if (hasCommand(visible.test(text) ? text : text.normalize('NFKC'))) return 'it began like a command';
  const isAllowed = (found: string): boolean => items.some(({ url, kind, text: tag }) => url === found || (kind === 'tag' && tag.toLowerCase() === found.toLowerCase())) || rules.ownNumbers.includes(found.replace(/\D/gu, ''));
  if (holdsSecret(text, secrets)) return 'it held a secret';
  // What was given as it stands there is in no disguise.
  const rest = linksIn(text).filter(isAllowed).reduce((left, link) => left.replaceAll(link, ' '), text);
  const fault = forbiddenIn(text, isAllowed) ?? inCode(rest, rules) ?? disguised(rest);
  if (fault !== undefined) return fault;
  const words = toWords(text);
  if (isUnspoken(words)) return 'it held words of no language';
  if (says('relay', words)) return 'it gave another bot an order';
  if (says('code', words)) return 'it held a message in code';
  if (isTainted(text, rules.taint)) return 'it named an account, a ticker or a site that only strangers named';
  if (recites(text, instructions) || recitesInDigits(text, instructions) || tellsInstructions(text) || tellsOrders(text, words)) return 'it recited its instructions';
  if (recites(text, rules.said)) return 'it repeated what it was told, word for word';
  if (items.some(item => isAllOf(text, item.text))) return 'it was a headline and nothing of its own';
  if (claimsToBeHuman(text, words)) return 'it claimed to be a person';
  if (claimsAnOffice(text)) return 'it spoke with an authority that it has not';
  if (asksForSecrets(text)) return 'it asked for a password or a key';
  if (speaksAsSomebody(text, words)) return 'it spoke with an authority that it has not';
  if (isSaidAgainst(text, words)) return 'it insulted, threatened or accused somebody';
  if (says('harm', words)) return 'it raised an alarm or gave advice that harms';
  if (saysInCipher(words)) return 'it held a message in code';
  if (isChant(text, words)) return 'it was a slogan';
  if (!rules.mayBeBare && isBareVerdict(text, words)) return 'it was a bare word instead of an answer';
  if (rules.sameFrom > 0 && rules.recent.some(before => likeness(text, before) >= rules.sameFrom)) return saidLately;
  return isOtherLanguage(text, rules) ? `it was not in the language asked for (${rules.language})` : undefined;
}

/** Also where digits stand for letters. */
const isSaidAgainst = (text: string, words: string): boolean => {
  const spelled = fromLeet(text);
  return isHostile(words) || speaksIllOfSomebody(text, words) || (spelled !== text && isHostile(toWords(spelled)));
};

/** What would be refused in plain letters, turned by somebody who thinks that nobody turns them back. */
const saysInCipher = (words: string): boolean => turnedBack(words).some(each => isHostile(each) || says('harm', each) || speaksAsSomebody('', each) || tellsOrders('', each) || claimsToBeHuman(each, each) || asksForSecrets(each));

/** Plain letters and signs as they are on every keyboard. */
const visible = /^[\n -~]*$/;
const hasHidden = (text: string): boolean => !visible.test(text) && /[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u.test(withoutJoiners(text).replaceAll('\n', ''));

const recitesInDigits = (text: string, instructions: Source): boolean => {
  const spelled = fromDigits(text);
  return spelled !== text && recites(spelled, instructions);
};

/** Letters that people write with today. */
const living = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Oriya}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Georgian}\p{Script=Armenian}\p{Script=Ethiopic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Common}\p{Script=Inherited}\p{Script=Mongolian}\p{Script=Thaana}]*$/u;

/** Pairs of letters that no language in Latin letters writes inside of a word: two of them, and it is a cipher. */
const unwritten = /(?=q[bcdfghjklmnpvwxz]|[bcdfghjkpvwxz]q|f[xzv]|v[xzfkp]|x[zkvjgdr]|z[xfj]|j[xzqvw]|k[xq]|w[xqv]|h[xq]|g[xq]|d[xq]|t[xq])/gu;

/** A text that is made to be read past rules: foreign letters inside a word, letters of ornament, digits for letters in an address. */
function disguised(text: string): string | undefined {
  if (/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(text) && /(?:\p{Script=Latin}\p{M}*[\p{Script=Cyrillic}\p{Script=Greek}])|(?:[\p{Script=Cyrillic}\p{Script=Greek}]\p{M}*\p{Script=Latin}\p{M}*\p{L})|(?:[\p{Script=Cyrillic}\p{Script=Greek}]{2}\p{M}*\p{Script=Latin})/u.test(text.replace(/µ|Ω|π|μm/gu, ''))) return 'it mixed alphabets inside a word';
  if ((text.match(/[\u{1D400}-\u{1D7FF}\u{249C}-\u{24E9}\u{1F110}-\u{1F189}\u{1D00}-\u{1D2E}ᴬ-ᵪⁱⁿₐ-ₜɐ-ʯ]/gu)?.length ?? 0) >= 4) return 'it was written in ornamental letters';
  if (/[\u{1F1E6}-\u{1F1FF}](?:[^\p{L}\p{N}]{0,2}[\u{1F1E6}-\u{1F1FF}]){3,}/u.test(text.replace(/\p{RGI_Emoji_Flag_Sequence}/gv, ' ')) || /[\u2801-\u28FF]{3}/u.test(text) || /(?:[Ａ-Ｚａ-ｚ][\s.]?){6}/u.test(text)) return 'it was written in ornamental letters';
  if ((text.match(/[\u0334-\u0338\u20D2-\u20E5]/gu)?.length ?? 0) >= 3 || /(\S)\1{11}/u.test(text)) return 'it was decorated past reading';
  if ([...text.matchAll(unwritten)].length >= 2) return 'it held words of no language';
  if (!living.test(text)) return 'it was written in letters that nobody uses';
  const plain = [fold(text), fromLeet(text)].filter(each => each !== text.toLowerCase() && each !== text);
  return plain.some(each => linksIn(each).length > linksIn(text.toLowerCase()).length) ? 'it held a link that is not in the context' : undefined;
}

function inCode(text: string, { secrets, instructions }: ReviewRules): string | undefined {
  const isIn = (recitesInCipher(text, instructions) && !recites(text, instructions)) || secrets.some(secret => hidesInCipher(text, secret));
  if (isIn) return 'it held a message in code';
  if (recitesBackwards(text, instructions) || holdsSecret(text, secrets, reversed)) return 'it held a message in code';
  for (const { text: said, isSurely, isCipher } of decode(text)) {
    if (isSurely || callsSomebody(said) || (isCipher !== true && (holdsSecret(said, secrets) || recites(said, instructions)))) return 'it held a message in code';
  }
  return undefined;
}

const known = new Map<string, readonly string[]>();

/** Pieces of a value by which it would be known; a short value is known as a whole only. */
function piecesOf(secret: string): readonly string[] {
  const before = known.get(secret);
  if (before) return before;
  const letters = lettersOf(secret);
  const pieces: string[] = [];
  for (let at = 0; at + 6 <= letters.length; at += 1) {
    if (at + 8 <= letters.length) pieces.push(letters.slice(at, at + 8));
    const short = letters.slice(at, at + 6);
    if ((short.match(/\d/gu)?.length ?? 0) >= 2 && /\p{L}/u.test(short)) pieces.push(short);
  }
  known.set(secret, pieces);
  return pieces;
}

/** However it is split or decorated; `turn`: how its letters are to be read. */
export function holdsSecret(text: string, secrets: readonly string[], turn = (letters: string) => letters): boolean {
  if (secrets.length === 0) return false;
  const letters = lettersOf(text);
  // Digits are left among the letters, the two signs are not.
  const read = [letters, /[@$]/u.test(text) ? lettersOf(fromDigits(text)) : fromDigits(letters)].map(turn);
  return secrets.some(secret => text.includes(secret) || (secret.length >= 8 && [secret, fromDigits(secret)].some((value, at) => piecesOf(value).some(piece => read[at]?.includes(piece)))));
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Whether hardly anything in a text is not in the other one. In quotation marks a greeting before it is enough. */
function isAllOf(text: string, other: string): boolean {
  const groups = groupsOf(text);
  if (groups.length < 12) return false;
  const own = groups.length - commonIn(groups, groupsOf(other));
  return own * 20 <= groups.length * (/["“”„«»「『]/u.test(text) ? 2 : 7);
}

/** The same sentence again and again, with cries, or "no this, no that, no more" with nothing else: what crowds shout. */
function isChant(text: string, words: string): boolean {
  if (/^\W*(no|non|kein\p{L}*|sin|sem|senza|geen|stop|down with|free|save)\s[^,.!]{1,20}[,.!]\s(?:and\s)?\1\s[^,.!]{1,20}[,.!](?:\s\1\s[^,.!]{1,20}[,.!])*\W*$/iu.test(text)) return true;
  const sentences = words.split(' . ').map(each => each.trim()).filter(each => each.includes(' ') || each.length > 12);
  return sentences.length >= 3 && text.includes('!') && new Set(sentences).size * 2 < sentences.length + 1;
}

/** What is said for yes and no, and to make more of it. */
const verdict = /^(?:yes|no|not|never|nope|yep|yeah|true|false|fake|real|right|wrong|guilty|innocent|hot|ugly|smash|pass|kill|keep|marry|agree|agreed|disagree|confirmed|denied|definitely|absolutely|certainly|totally|clearly|obviously|probably|really|very|question|doubt|course|of|without|a|the|it|is|was|he|she|they|so|100|percent|as|charged|did|deserved|lying|lies|happened|worse|better|best|worst|good|bad|evil|dead|ja|nein|nie|doch|wahr|falsch|schuldig|klar|sicher|definitiv|absolut|ohne|zweifel|oui|non|vrai|faux|coupable|jamais|absolument|evidemment|sans|doute|si|verdadero|falso|culpable|nunca|claro|sin|duda|por|supuesto|sim|nao|verdade|mentira|culpado|certamente|sem|duvida|vero|colpevole|mai|certo|assolutamente|senza|dubbio|nee|waar|onwaar|schuldig|nooit|zeker|zonder|twijfel|tak|nie|prawda|winny|да|нет|правда|ложь|виновен|никогда|точно|конечно)$/u;

/** One or two words, or a few letters, answer nothing; on a person or a dispute they pronounce. */
function isBareVerdict(text: string, said: string): boolean {
  const letters = lettersOf(text);
  const parts = said.split(/[ .]+/u).filter(word => word !== '');
  if (parts.length <= 5 && parts.length >= 2 && parts.filter(word => !verdict.test(word)).length <= 1 && parts.filter(word => verdict.test(word)).length >= 2) return true;
  if (letters.length >= 24) return false;
  if (letters.length < (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(letters) ? 9 : 12)) return true;
  const count = [...words.segment(text)].filter(({ isWordLike, segment }) => isWordLike === true && /[\p{L}\p{N}]/u.test(segment)).length;
  return count <= 2;
}

/** So much has to be read before a language is told for sure, in letters. */
const tellingLetters = 60;
/** Of how much, in characters: small words are counted at no cost, in twice as much where that does not tell; letters cost the most of all. */
const counted = 240;
const countedAtMost = 500;
const detected = 150;

function isOtherLanguage(text: string, { language, fluentIn, detectLanguage }: ReviewRules): boolean {
  if (lettersOf(text).length < tellingLetters || isSurelyIn(language, text.slice(0, counted))) return false;
  const beginning = text.slice(0, detected);
  // What begins in another language is not made ours by what follows.
  if (text.length > counted && isLikelyIn(language, beginning) && isSurelyIn(language, text.slice(0, countedAtMost))) return false;
  return ![language, ...fluentIn].includes(detectLanguage(beginning, language));
}
