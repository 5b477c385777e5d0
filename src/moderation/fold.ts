// The ways in which a word is dressed up, undone: what a reader sees is what is looked up.

/** Letters of other alphabets that look like Latin ones. What NFKC folds (full-width, circled, mathematical letters) is not among them. */
const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...pairs('аеорсухкмтвнігпиѕјԁһӏԛԝзьуґ', 'aeopcyxkmtbhirnusjdhlqw3byr'),
  ...pairs('αβγεζηικμνορστυχω', 'abyeznikuvopotuxw'),
  ...pairs('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡıƒℓ', 'abcdefghijklmnoprstuvwyzagifl'),
]);

const leet: ReadonlyMap<string, string> = new Map(pairs('4357089@$!6', 'aestobgasig'));

function pairs(from: string, to: string): [string, string][] {
  const letters = Array.from(to);
  return Array.from(from, (letter, index) => [letter, letters[index] ?? letter]);
}

/** A squared or circled letter of the kinds that NFKC leaves alone. */
export const squared = (point: number): string | undefined => {
  const start = [0x1f130, 0x1f150, 0x1f170].find(first => point >= first && point < first + 26);
  return start === undefined ? undefined : String.fromCharCode(97 + point - start);
};

/** One word, of a text that went through NFKC, in the spelling that lists and texts share. */
export function fold(text: string, language?: string): string {
  const lower = language === 'tr' || language === 'az' ? text.toLocaleLowerCase('tr') : text.toLowerCase();
  if (isPlain(lower)) return lower;
  // Vowel signs of Arabic are seldom written, and its alef has many hats. A dotted capital I leaves its dot behind.
  if (!/[ßёأإآ]|\u0307|[\u064B-\u0652\u0670]/u.test(lower)) return lower;
  return lower.replaceAll('ß', 'ss').replaceAll('ё', 'е').replaceAll('i\u0307', 'i').replace(/[\u064B-\u0652\u0670]/gu, '').replace(/[أإآ]/gu, 'ا');
}

/** In these the dotless ı is a letter of its own. Next to an i it is one in disguise: hardly a word of theirs has both. */
const dotless: ReadonlySet<string | undefined> = new Set(['tr', 'az', 'tt', 'crh', 'gag']);
const ownLetters = (word: string, language?: string): string => (dotless.has(language) && !word.includes('i') ? 'ı' : '');

/** The word in other spellings under which it may stand in a list: as it is, in Latin letters, no longer stretched. */
export function readings(word: string, language?: string): string[] {
  const forms = [word];
  if (!isPlain(word)) {
    const latin = toLatin(word, ownLetters(word, language));
    if (latin !== undefined) forms.push(latin);
    forms.push(...stems(word));
  }
  for (const form of isStretched(word) ? [...forms] : []) forms.push(squeeze(form, 1), squeeze(form, 2));
  return forms;
}

/** Without accents. Undefined: it has none. */
export function bare(word: string): string | undefined {
  if (isPlain(word) || !/[\p{Script=Latin}\p{M}]/u.test(word)) return undefined;
  const latin = (toLatin(word) ?? word).normalize('NFD').replace(/(?<=[a-z])\p{M}+/gu, '').normalize('NFC');
  return latin === word ? undefined : latin;
}

/** What a word with digits and signs spells, with `1` as i and as l. A number, a price or a road does not: half of it must be letters. */
export function unleet(word: string, language?: string): string[] {
  const written = word.replace(/^[!*|]+|[!*|]+$/gu, '');
  if (written.length < 3 || /\$\d/u.test(written) || !/\p{L}/u.test(written)) return [];
  const letters = written.match(/[\p{L}\p{M}@$*]/gu)?.length ?? 0;
  if (letters * 2 < written.length) return [];
  const spelled = (toLatin(written, ownLetters(written, language)) ?? written).replace(/[^\p{L}\p{M}1|*]/gu, sign => leet.get(sign) ?? sign);
  return /[1|]/u.test(spelled) ? [spelled.replace(/[1|]/gu, 'i'), spelled.replace(/[1|]/gu, 'l')] : [spelled];
}

/** How a word is written by somebody who only hints at it: `w*rd`. */
export function masks(word: string): string[] {
  if (word.length < 4 || !/^[a-z]+$/u.test(word)) return [];
  const inner = word.slice(1, -1);
  return [inner.replace(/[aeiou]/u, '*'), inner.replace(/[aeiou]/gu, '*'), '*'.repeat(inner.length)]
    .filter(each => each.includes('*')).map(each => word.charAt(0) + each + word.slice(-1));
}

/** Only when letters are mixed, or when it consists of look-alikes alone: a Russian word is a Russian word. `own`: letters that look like none. */
function toLatin(word: string, own = ''): string | undefined {
  if (!/[^\p{Script=Latin}\p{M}\p{N}@$!*|]/u.test(word) && !/[ᴀ-ᴢꜰꜱɑɡɢʜɪʟɴʀʏʙıƒℓ]/u.test(word)) return undefined;
  let latin = '';
  let native = 0;
  let mapped = 0;
  for (const letter of word) {
    const like = own.includes(letter) ? undefined : lookAlikes.get(letter);
    if (like !== undefined) mapped++;
    else if (/\p{L}/u.test(letter)) {
      if (!/\p{Script=Latin}/u.test(letter)) return undefined;
      native++;
    }
    latin += like ?? letter;
  }
  return mapped > 0 && (native > 0 || mapped > 3) ? latin : undefined;
}

const particles = /(?:이|가|은|는|을|를|도|의|아|야|들|들이|들은|들아|이다|이야|처럼|같은|놈|년)$/u;

/** Arabic writes "and", "with" and "the" onto the word, Korean its particles. */
function stems(word: string): string[] {
  if (word.length < 3) return [];
  if (/^[\u0600-\u06FF]/u.test(word)) return [word.replace(/^[وبف]?ال/u, ''), word.replace(/^[وبف]/u, '')].filter(stem => stem !== word && stem.length > 1);
  return particles.test(word) ? [word.replace(particles, '')] : [];
}

const isPlain = (word: string): boolean => !/\P{ASCII}/u.test(word);

function isStretched(word: string): boolean {
  for (let at = 2; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code === word.charCodeAt(at - 1) && code === word.charCodeAt(at - 2)) return true;
  }
  return false;
}

/** Every letter that stands more than twice in a row, so many times. */
const squeeze = (word: string, times: 1 | 2): string => word.replace(/(.)\1{2,}/gu, (_, letter: string) => letter.repeat(times));
