// Ill said of somebody by name. The voice teases claims: where a person's name and one of these words share a sentence, it is about the person.
import { either } from './either.ts';
import given from './given-names.json' with { type: 'json' };
import { says, toWords } from './phrases.ts';

/** A first and a last name, or a title and one: two words with capitals that do not begin the sentence in a language that writes few of them. A capital is looked for first: everywhere else nothing more is asked. */
const name = /(?=\p{Lu})(?:(?<![\p{L}\p{N}])(?:(?:Mr|Mrs|Ms|Dr|Prof|Mayor|President|Senator|Minister|Herr|Frau|Monsieur|Madame|Señor|Señora|Sr|Sra|Signor|Signora|Meneer|Mevrouw|Pan|Pani|Don|Doña|Coach|Officer|Judge)\.?\s)?\p{Lu}[\p{Ll}'’]+(?:[\s-](?:van|von|de|da|di|del|la|le|der|den|al|el|bin|ben|zu|of)){0,2}\s\p{Lu}[\p{L}'’-]+(?![\p{L}\p{N}])|(?:Mr|Mrs|Ms|Dr|Herr|Frau|Madame|Monsieur|Señor|Señora)\.?\s\p{Lu}\p{Ll}+)/gu;
/** What begins sentences and no names. In German, where every noun has a capital, these stand before it. */
const noName = new RegExp(String.raw`^(?:${either(`
  Si|Se|Since|So|It|There|The|A|An|In|At|On|Of|My|Your|His|Her|Our|Their|This|That|These|Those|What|When|Where|Who|Why|How|If|And|But
  For|Der|Die|Das|Den|Dem|Des|Ein|Eine|Einen|Einem|Einer|Im|Am|Vom|Zum|Zur|Laut|Mein|Meine|Dein|Deine|Ihr|Ihre|Sein|Seine|Unser|Welcher
  Welche|Dieser|Diese|Dieses|Jeder|Jede|Kein|Keine|Und|Oder|Mit|Bei|Von|Nach|Aus|Für|Le|La|Les|Un|Une|Des|Du|Au|El|Los|Las|Una|Il|Lo|Gli
  Uno|O|Os|As|Um|Uma|De|Het|Een|New|San|Los|Saint|St|North|South|East|West|Great|United|Buenos|Costa|Black|White|Red|Blue|Green|Golden
  World|Süd|Nord
`)})(?![\p{L}])`, 'u');
/** One name alone. Inside a sentence its capital tells; in front of one, where every word has a capital, it has to be a name that people give their children. */
const single = new RegExp(`(?=\\p{Lu})(?:${[
  String.raw`(?<=[\p{Ll}\p{M},]\s)\p{Lu}[\p{Ll}\p{M}'’]+`,
  String.raw`(?<![\p{L}])(?:Hr|Herr|Fru|Hra|Mr|Mrs|Ms|Mme|Sr|Sra|Dhr|Mevr|Pan|Pán|Pani|Domnul|Doamna|Bay|Bwana|Pak|Bu)\.?\s\p{Lu}[\p{Ll}\p{M}'’]+`,
  String.raw`(?<=(?:^|[.!?]\s)[ΟΗO]\s)\p{Lu}[\p{Ll}\p{M}]+`,
  String.raw`(?<![\p{L}])(?:The|Les|Los|Os)\s\p{Lu}\p{Ll}+(?=\s(?:are|were|sont|son|sao|são)\s)`,
  String.raw`(?<![\p{L}\p{M}])(\p{Lu}[\p{L}\p{M}]+)(?![\p{L}\p{M}])`,
].join('|')})`, 'gu');
const givenNames = new Set(given);
/** What has a capital inside sentences and is nobody. */
const nobody = new RegExp(String.raw`^(?:${either(`
  Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December
  Christmas|Easter|Internet|Earth|Wi|Bluetooth|English|French|German|Spanish|Italian|Latin
`)})(?![\p{L}])`, 'u');
/** Behind these a German word with a capital is a noun. */
const determined = /(?:^|\s)(?:[Dd](?:er|ie|as|en|em|es)|\p{L}*(?:ein|e[nmrs]?|kein|vom|zum|zur|im|am|beim))\s$/u;
const german = /(?<![\p{L}])(?:ist|sind|war|waren|und|ein|eine)(?![\p{L}])/u;

/** With `somename` in place of everybody who is named: phrases in words/abuse.json say it so. */
function withoutNames(text: string): string {
  const isGerman = german.test(text);
  const put = (found: string, at: number): string => (noName.test(found) && !/^(?:The|Les|Los|Os)\s/u.test(found)) || nobody.test(found) || (isGerman && determined.test(text.slice(Math.max(0, at - 24), at))) ? found : ' somename ';
  return text.replace(name, put).replace(single, (found: string, alone: string | undefined, at: number) => (alone !== undefined && !givenNames.has(alone) ? found : put(found, at))).replace(/somename(?:\s+somename)+/gu, 'somename');
}

const aboutSomebody = (sentence: string): boolean => (sentence.match(name) ?? []).some(each => !noName.test(each));

/** Whether somebody who is named is called what nobody should be. */
function isCalledNames(text: string): boolean {
  const open = withoutNames(text);
  if (open === text) return false;
  const said = toWords(open.slice(open.indexOf('somename'))).match(/ somename(?: [^ .]+){1,8}/gu) ?? [];
  return said.length > 0 && says('hostile', `${said.join(' .')} `);
}

/** Whether a sentence of the text holds both; `words` are those of the text. */
export function speaksIllOfSomebody(text: string, words: string): boolean {
  if (isCalledNames(text)) return true;
  if (!says('ill', words)) return false;
  // A language that gives every syllable a word of its own has pairs of capitals everywhere.
  if (/[ăđơưạ-ỹ]/iu.test(text)) return false;
  return text.split(/(?<=[\p{Ll}\p{N}][.!?;\n])\s+/u).some(sentence => aboutSomebody(sentence) && says('ill', toWords(sentence)));
}
