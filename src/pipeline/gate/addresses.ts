import { once } from './fold.ts';
import { wordsWith } from './signs.ts';
import endings from './endings.json' with { type: 'json' };
import { isLikelyIn, isSmallWord, isSurelyIn } from './tongue.ts';

// Addresses, as networks and readers take them for some: written, split, or spelled.

/** Endings that are hardly ever anything else. */
export const domains: ReadonlySet<string> = new Set(`com net org io xyz info biz app dev ai gg me co us uk eu de fr es it nl ru ua cn jp kr in br au ca ch at be se no dk fi tv cc ly to id
  link click site online store shop club live fun top vip pro wtf lol finance exchange cash money bank loan bet casino win gift free download zip mov crypto eth sol nft
  social example test invalid localhost onion local edu gov mil int mobi name page space world tech cloud email news blog art`.split(/\s+/u));
/** Those that are also the ending of a file, or a word that follows a full stop without a space. */
const doubtful = new Set(['me', 'us', 'in', 'it', 'at', 'be', 'to', 'no', 'de', 'es', 'id', 'info', 'name', 'zip', 'mov', 'art', 'free', 'win', 'top', 'fun', 'live', 'space', 'world', 'news', 'money', 'bank', 'cash', 'gift', 'test', 'so', 'local', 'page', 'social', 'store', 'example', 'int', 'click', 'link', 'email', 'fi', 'se', 'tech', 'cloud', 'online', 'pro', 'io', 'co', 'ch', 'ca', 'au', 'blog', 'app', 'dev', 'download', 'bet', 'loan', 'exchange', 'finance', 'club', 'shop', 'site']);
/** All that there are: behind a word that is no sentence's end they make an address too. */
const latin = new Set(endings.latin.flatMap(line => line.split(' ')));
const others = new Set(endings.others.flatMap(line => line.split(' ')));
const inDenseScripts = [...others].filter(each => /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u.test(each));
/** Countries whose letters are also the ending of a file. */
const ofFiles = new Set(['sh', 'py', 'pl', 'pm', 'rs', 'md', 'ps', 'so', 'ml', 'st', 'am', 'as', 'mk', 'mm', 'ms', 'vi', 'tf', 'cat', 'box', 'bar', 'doc', 'ink', 'java']);
/** What files are called, and what is said where files are talked about. */
const files = /^(?:main|index|app|setup|install|build|run|test|tests|start|stop|deploy|lib|mod|config|utils?|helpers?|server|client|script|hello|foo|bar|example|file|backup|clean|update|release|entrypoint|init|readme|changelog|contributing|license|notes|todo|makefile|\p{Lu}+)$/u;
const ofMachines = /(?<!\p{L})(?:scripts?|files?|bash|shell|python|perl|rust|code|repo\p{L}*|commit\p{L}*|terminal|folder|directory|datei\p{L}*|skript\p{L}*|ordner|fichiers?|dossier|archivos?|carpeta|arquivos?|ficheiro\p{L}*|pasta|cartella|bestand\p{L}*|map|plik\p{L}*|файл\p{L}*|скрипт\p{L}*)(?!\p{L})|\.(?:[jt]sx?|json|ya?ml|toml|txt|pdf|csv|html?|css|log|conf|ini|c|h|cpp|go|rb|java)(?![\p{L}\p{N}])|ファイル|スクリプト|文件|脚本|파일|스크립트/iu;

/** What needs no slashes behind it. */
export const schemes: readonly string[] = 'magnet xmpp mailto tel sms data javascript bitcoin ethereum litecoin monero solana geo ipfs ipns dat dweb ssb tg signal'.split(' ');
const scheme = new RegExp(String.raw`(?:[a-z][a-z0-9+.-]{1,20}:)?\/\/[^\s<>"”»」]+|\b(?:${schemes.join('|')}|web\+\w{1,20}):[^\s<>"”»」]+|\bwww\d?\.[^\s<>"”»」]+|\bh(?:xx|\*\*|tt)ps?\b\s?[:[(]`, 'giu');
const address = /(?<![\p{L}\p{N}]|[\p{L}\p{N}][._-])((?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?[.。．｡]){1,8})([\p{L}\p{N}][\p{L}\p{M}\p{N}-]{1,23})(?=$|[^\p{L}\p{N}_-]|_+(?![\p{L}\p{N}_-]))(:\d+)?(\/[^\s]*)?/gu;
/** An address by its shape alone, whatever its ending: a path after it, or many long labels. */
const shaped = /(?<![\p{L}\p{N}._/-])(?:\p{L}[\p{L}\p{N}-]{2,40}\.\p{L}{3,}\/\p{L}{3,}|\p{L}{5,40}\.\p{L}{5,40}\.\p{L}{5,40})/u;
/** What neither of the two does without; it costs next to nothing to look for it. */
const dottedInside = /[.．][\p{L}\p{N}-]|[。｡][A-Za-z\d]/gu;
const mayBeShaped = /\.\p{L}{3,}\/|\.\p{L}{5,}\./u;
const numbers = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d?)/u;
/** Our full stop's name in letters of a language that has another word for it. */
const strangeDot = /(?<=[\p{L}\p{N}]) (?:ντοτ|дот|डॉट|ドット|닷|دوت|דוט) (?=\p{L})/giu;
const dotted = /(?<=[\p{L}\p{N}])\s?(?:\[\s?(?:\.|dot|punkt|point|punto|ponto|точка)\s?\]|\(\s?(?:\.|dot|period|full[ -]?stop|punkt|point|punto|ponto|punt|kropka|nokta|точка)\s?\)|\{\s?(?:\.|dot)\s?\})\s?(?=\p{L})/giu;
const spokenDot = /(?<=[\p{L}\p{N}_-]{4}) (?:dot|d0t|dott|dawt|punkt|punto|ponto|point|punt|kropka|nokta|tocka|tecka|piste|pont|titik|cham|จุด|точка|крапка|τελεια|ドット|点|點|닷|점|डॉट|डट|ডট|نقطة|نقطه|נקודה) (?=\p{L})/giu;
/** Joined by hyphens, with a comma for the dot, or with a space on either side of it: before an ending that is no word. */
const plainEnding = '(?:com|net|org|io|xyz|info|biz|gg|app|dev|ru|cn|eth)(?![\\p{L}\\p{N}])';
/** A picture or a bullet for every dot; with spaces around it, it is the same one twice. */
const picture = '[\\p{So}\\p{Emoji_Presentation}•∙●○◦⋅·‧・]\\uFE0F?';
const pictured = new RegExp(`(?<=[\\p{L}\\p{N}]{2})${picture}(?=(?:[\\p{L}\\p{N}-]{2,}${picture}){0,3}${plainEnding})`, 'gu');
const picturedApart = new RegExp(`([\\p{L}\\p{N}-]{2,})\\s?(${picture})\\s?([\\p{L}\\p{N}-]{2,})\\s?\\2\\s?(?=${plainEnding}(?!\\s?${picture}))`, 'gu');
/** Slashes for dots, and a dot between commas. */
const slashed = new RegExp(`(?<![\\p{L}\\p{N}/_])(\\p{L}[\\p{L}\\p{N}-]{2,})([/_|])(\\p{L}[\\p{L}\\p{N}-]{2,})\\2(?=${plainEnding})`, 'gu');
const betweenCommas = /(?<=[\p{L}\p{N}]{3}),\s?(?:dot|punkt|punto|ponto|point|точка)\s?,\s?(?=\p{L})/giu;
const mayBePictured = new RegExp(`${picture}\\s?${plainEnding}`, 'u');
/** One picture or star, and a path behind it: no word goes on with a slash and an ending before it. */
const withPath = new RegExp(`(?<=[\\p{L}\\p{N}]{2}|(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}])(?:(?!(?<=l)·l)${picture}|\\*)(\\p{L}{2,12})(?=/[\\p{L}\\p{N}])`, 'gu');
const withPathApart = new RegExp(`(?<=[\\p{L}\\p{N}]{2})\\s${picture}\\s((?:com|org|xyz|io|biz|gg|ru|cn)\\s?)/\\s?(?=[\\p{L}\\p{N}])`, 'gu');
/** An address told in words, without marks: what stands between its parts has a name, or is said to stand there. */
const sureEnding = '(?:com|org|xyz|io|biz|eth)(?![\\p{L}\\p{N}])';
const slash = '(?:forward )?(?:slash|barre oblique|barra(?: inclinada| oblicua)?|schragstrich|schuine streep|ukosnik|слэш|слеш|косая черта|egik cizgi)';
const nameOfADot = '(?:dot|period|full[ -]?stop|punkt|point|punto|punt|kropka|nokta|точка)';
const then = '(?:and|then|followed|by|the|with|und|dann|ein|das|puis|et|ensuite|suivi|de|y|luego|despues|e|poi|en|dan|daarna|i|potem|и|потом|затем|ve|sonra|word|ending)';
const told = new RegExp([
  `(?<=[\\p{L}\\p{N}_-]{3}) (?:dot|punkt|punto|ponto|punt|kropka|nokta|точка) [\\p{L}\\p{N}-]{2,24} ${slash} [\\p{L}\\p{N}]`, `(?<=[\\p{L}\\p{N}_-]{3}) point [\\p{L}\\p{N}-]{2,24} barre oblique [\\p{L}\\p{N}]`,
  `(?<![\\p{L}\\p{N}'’])(?:t me|youtu be|(?!and |or |the )[\\p{L}\\p{N}-]{2,40} (?:com|org|xyz|ly|gg|gl|io)) ${slash} [\\p{L}\\p{N}]`,
  `(?<=[\\p{L}\\p{N}]{2}) (?:period|full[ -]?stop) ${sureEnding}`,
  `(?<!\\p{L})${nameOfADot}(?:,? ${then}){1,3},? ["'“„«]?${sureEnding}`, `(?<!\\p{L})${sureEnding}[^.!?\\n]{0,24} ${nameOfADot} (?:in )?(?:between|the middle|dazwischen|entre|au milieu|tra|ertussen|tussen|miedzy|между)(?!\\p{L})`,
].join('|'), 'iu');
const mayBeTold = new RegExp(`(?<![\\p{L}\\p{N}.@/])(?:com|org|xyz|io|biz|eth)(?![\\p{L}\\p{N}])|${slash}`, 'iu');

/** Its English names are words: twice, between three others. */
const nameOfDot = /([\p{L}\p{N}]{2,})[ -](?:full[ -]?stop|period)[ -]([\p{L}\p{N}]{2,})[ -](?:full[ -]?stop|period)[ -](?=\p{L}{2,})/giu;
/** In Japanese it has a name of its own, and endings have another one; the bubble of them is no address. */
const kanaDot = /[\p{L}\p{N}](?:[・･\s](?:ドット|どっと)[・･\s]?|(?:ドット|どっと)[・･\s])(?:[\p{L}\p{N}ー]{2,})|(?:[\p{Script=Katakana}ー]{2,}|[A-Za-z]{2,})ドット(?:コム|ネット|オルグ)(?![\p{Script=Katakana}ー])/u;
const hyphened = /(?<=[\p{L}\p{N}](?<!(?<!\p{L})(?:pre|post|anti|non|mid)))([-_])(?:dot|punkt|punto|ponto|point|punt|kropka|nokta)\1(?=\p{L})/giu;
const withComma = new RegExp(`(?<=\\p{L}[\\p{L}\\p{N}]{2}),(?=${plainEnding}(?!\\s\\p{Ll}{2,3}\\s))|(?<=[\\p{L}\\p{N}]),(?=(?:com|net|org)(?:[.,;!?]|\\s*$|\\s(?:for|to|and|these|now|today|is|has)(?!\\p{L})))`, 'giu');
const withSpaces = new RegExp(`(?<=[\\p{L}\\p{N}]{3})\\s\\.\\s(?=${plainEnding})`, 'giu');
const withSpace = new RegExp(`(?<=(\\p{L}[\\p{L}\\p{N}-]{2,40}))\\s\\.(?=${plainEnding}(?:\\s*$|[,;:!?.]|\\s(?:for|to|and|these|now|today|is|has)(?!\\p{L})))`, 'giu');

/** Links, each as it stands there. What no link does without is looked for first: most texts have none of it. */
export const linksIn = once((text: string): readonly string[] => {
  const found: string[] = [];
  const rest = /[a-z]:\S|\/\/|www|web\+|h(?:xx|\*\*|tt)p/iu.test(text) ? text.replace(scheme, each => {
    found.push(each.replace(/[.,;:!?)\]]+$/u, ''));
    return ' ';
  }) : text;
  if (/\d\.\d/u.test(text) && numbers.test(text)) found.push('an address of a machine');
  const words = wordsWith(rest, dottedInside);
  if (words.length > 0 && mayBeShaped.test(rest) && shaped.test(rest)) found.push('an address by its shape');
  for (const word of words) {
    for (const [whole, labels = '', written = '', port, path] of word.matchAll(address)) {
      // After a hyphen nothing is part of an ending, but in one that is coded.
      const ending = /^xn--/iu.test(written) ? written : written.replace(/-.*$/u, '');
      const isWhole = port !== undefined || path !== undefined;
      if (`${labels}${ending}`.toLowerCase().includes('xn--') || isAddress(labels, ending, isWhole, text)) found.push(whole);
    }
  }
  return found;
});

/** Whether it is one in letters of any order too: with a path, or with an ending that everybody knows. */
export const isLikelyALink = (link: string): boolean => /[/:]/u.test(link) || (link.length > 9 && domains.has(link.slice(link.lastIndexOf('.') + 1).toLowerCase()));

/** `isWhole`: a port or a path follows, as behind no word. */
function isAddress(labels: string, ending: string, isWhole: boolean, text: string): boolean {
  const last = ending.toLowerCase();
  if (/\P{ASCII}/u.test(last)) return isAbroad(labels, last);
  if (!domains.has(last) && !latin.has(last)) return false;
  if (isWhole) return true;
  // Capitals after a dot: the framework, or a sentence that begins without a space.
  if (ending === 'NET') return false;
  if (/^\p{Lu}\p{Ll}/u.test(ending)) return /^(?:Com|Org|Xyz|Biz)$/u.test(ending) && /\p{L}{3}/u.test(labels) && !isSurelyIn('pt', text);
  if (ending === 'com' && /^\p{Lu}/u.test(labels) && isSurelyIn('pt', text)) return false;
  if (doubtful.has(last)) return isSurelyAHost(labels, ending);
  if (ofFiles.has(last)) return !files.test(labels.slice(0, -1)) && /\p{L}{3}/u.test(labels) && !isSmallWord(last) && !ofMachines.test(text);
  return domains.has(last) || (/\p{L}[\p{L}\p{N}-]{2}/u.test(labels) && !/^\p{Lu}{2}/u.test(ending) && (isSmallWord(last) ? isSurelyAHost(labels, ending) : true));
}

/** In scripts of their own: no full stop of theirs, a name before it and no sentence, and where words do not stand apart anything after it. */
const isAbroad = (labels: string, ending: string): boolean =>
  /[\p{L}\p{M}]{2}/u.test(labels) && !/[。｡]/u.test(labels) && (others.has(ending) || (labels.length <= 8 && inDenseScripts.some(each => ending.startsWith(each))));

/** Of an ending that is also a word: several labels, a digit or hyphen, or a word nobody ends a sentence with. */
const isSurelyAHost = (labels: string, ending: string): boolean =>
  (labels.split(/[.。．｡]/u).length > 2 && labels.length > 5) || /[\p{N}-]/u.test(labels) || (!/^\p{Lu}/u.test(labels) && (ending.length > 3 || /^(?:io|gg|co|ch|app|dev)$/u.test(ending)));

/** Behind a sign that is no dot: small words stand there too. */
const endsAddresses = (ending: string): boolean => (domains.has(ending) || latin.has(ending)) && (/^(?:com|me)$/u.test(ending) || !isSmallWord(ending));

/** Whether the commonest ending may be a Portuguese word: the rest has others of that language. */
const saysWith = (text: string): boolean => isLikelyIn('pt', text.replace(/(?<!\p{L})com(?!\p{L})/giu, ' '));

/** Links that are spelled: "evil dot com", "evil[.]com", "evil-dot-com", "evil,com", "evil . com". */
export function spelledLinks(text: string): string[] {
  let joined = (/[[({]/u.test(text) ? text.replace(dotted, '.') : text).replace(spokenDot, '.');
  if (/[-_](?:dot|p[ou]n|kro|nok)/iu.test(joined)) joined = joined.replace(hyphened, '.');
  if (/,[a-z]/iu.test(joined) && !isSurelyIn('pt', text)) joined = joined.replace(withComma, '.');
  if (joined.includes(' .')) joined = joined.replace(withSpaces, '.').replace(withSpace, (dot, before: string) => (isSmallWord(before.toLowerCase()) ? dot : '.'));
  if (/period|stop/iu.test(joined)) joined = joined.replace(nameOfDot, '$1.$2.');
  if (/[/_|](?:com|net|org|io|xyz|info)/u.test(joined)) joined = joined.replace(slashed, '$1.$3.');
  if (/,\s?(?:dot|p[ou][in]|точка)/iu.test(joined)) joined = joined.replace(betweenCommas, '.');
  if (mayBePictured.test(joined)) joined = joined.replace(picturedApart, '$1.$3.').replace(pictured, '.');
  if (joined.includes('/')) joined = joined.replace(withPathApart, (_, ending: string) => `.${ending.trim()}/`).replace(withPath, (dot, ending: string) => (endsAddresses(ending.toLowerCase()) && !(ending === 'com' && saysWith(text)) ? `.${ending}` : dot));
  if (mayBeTold.test(text) && told.test(text) && !saysWith(text)) return ['an address in words'];
  if (/ドット|どっと/u.test(text) && kanaDot.test(text)) return ['an address in kana'];
  const strange = text.match(strangeDot)?.filter(each => !/ドット|डॉट|닷/u.test(each)) ?? [];
  if (strange.length > 0) return strange;
  return joined === text ? [] : linksIn(joined).filter(each => !text.includes(each));
}
