import { isSmallWord } from './tongue.ts';

// Accounts, however the sign before their name is written or said.

/** An at-sign before a name, with a space between or none. */
const handle = /@\s*[\p{L}\p{N}_]|[\p{L}\p{N}_]\s?@\s?(?=[\p{L}\p{N}])/u;
/** The sign as machines write it where it may not stand. */
const escaped = /(?:%40|&#0*64;?|&#x0*40;?|&commat;?|\\u0040|\\x40)\s?[\p{L}\p{N}_]{2}/iu;
const spokenAt = '(?:at|arroba|arobase|klammeraffe|chiocciola|apenstaartje|małpa|zavináč|собака|アットマーク|アット|골뱅이|艾特|圈|ऐट|آت|שטרודל|kukac|ät)';
const bracketedAt = new RegExp(`[[({<]\\s?${spokenAt}\\s?[\\])}>]\\s?[\\p{L}\\p{N}_]|\\b${spokenAt}[-_ ]?(?:sign|zeichen)\\b\\s?["'“]?[\\p{L}\\p{N}_]{3}`, 'iu');
/** A name that no word of a language looks like: a digit, an underscore or a hump in it, or "bot" at its end. */
const spokenName = new RegExp(`(?<![\\p{L}\\p{N}])${spokenAt}[\\s:：,-]{1,3}["'“‘]?(?!\\d+[A-Za-z]\\s\\p{Lu})(?=[\\p{L}\\p{N}_]{3,40})(?:[\\p{L}_]*[\\p{N}_][\\p{L}\\p{N}_]*[\\p{L}_][\\p{L}\\p{N}_]*|\\p{Ll}+\\p{Lu}[\\p{L}\\p{N}_]*|[\\p{L}\\p{N}_]{2,}bot)(?![\\p{L}\\p{N}_])`, 'u');
const spokenAddress = new RegExp(`(?<=[\\p{L}\\p{N}_]{2}\\s(?:[[({]\\s?)?)${spokenAt}(?:\\s?[\\])}])?\\s[\\p{L}\\p{N}_-]{2,40}(?:\\s?(?:[[({]\\s?)?(?:dot|punkt|punto|ponto|point|точка)(?:\\s?[\\])}])?\\s?|\\.)\\p{L}{2,}`, 'iu');

/**
 * What nations call the sign; most of them also name an animal, a cake or a weight. Of those one says something with an article or in another case:
 * bare, behind a word that says whom to ask or write to, it is the sign.
 */
const onlyAt = 'arobase|apena?staartje|klammeraffe|snabel-?a|krøllalfa|grisehale|miukumauku|et işareti|a còng';
const nationalAt = `${onlyAt}|arroba|chiocciola|ma[łl]pa|zavináč|zavinac|kukac|kanelbulle|afna|papáček|arond|monkey|собака|собачка|равлик|кльомба|мајмун|παπάκι|שטרודל|כרוכית|kuyruklu a|a móc`;
const saidTo = String.raw`(?<![\p{L}\p{N}])(?:to|ask|via|by|with|from|à|a|ad|au|chez|par|avec|demande[rz]?|an|bei|mit|von|frag\p{L}*|mal|schreib\p{L}*|aan|bij|door|met|naar|vraag|para|con|por|de|com|do|od|przez|zapytaj|spytaj|napisz|ke|na|přes|u|till|hos|av|fråga|spør|у|к|от|с|спроси\p{L}*|по|напиши\p{L}*|до|від|спитай)\s(?<!scal[ae] a )`;
const national = new RegExp(String.raw`(?:(?:${saidTo}(?:l['’])?|[:：(]\s?)(?:${nationalAt})|(?:^|[.!?;,–—]\s?)(?:${onlyAt}))(?:\s(?:und dann|and then|et puis|puis|y luego|e poi|en dan))?[\s:：]{1,2}["'“‘]?([\p{L}_][\p{L}\p{N}_]{2,40})`, 'giu');
/** In other scripts the name after it stands out by its Latin letters. */
const foreignAt = /(?:アットマーク|アット|あっと|골뱅이|앳|艾特|小老鼠|(?<!\p{Script=Han})圈a?|एट द रेट|ऐट|एट|آت|أت|ات|שטרודל|собак[аеуи]|собачк[аеу]|равлик)[\s:：]?[A-Za-z_][\w]{2,}/u;
/** The letter in brackets before a name; what may have it or not (typical, political) is another word with it. */
const roundA = /(?<![\p{L}\p{N}])[[({<]\s?[aа@]\s?[\])}>](?!(?:typ|sym|poli|mor|syn|the|sex|soc|gend|live|round|long|wake|ton|rhy|log|bio|hist|sept|cyc|per|rom|lone|side|part|like|nd|nother|l))[\p{L}_][\p{L}\p{N}_]{3,}|[\p{L}\p{N}_]{2}\s?[[({<]\s?[aа]\s?[\])}>]\s?[\p{L}\p{N}_]{2,}\s?(?:\.|[[({<])/iu;
/** Accounts and rooms of a forum. */
const roomed = /(?<![\p{L}\p{N}/.])\/?[ur]\/(?!evol)[A-Za-z][\w-]{2,30}(?![\p{L}\p{N}/])/u;

const isNational = (text: string): boolean => [...text.matchAll(national)].some(([, name = '']) => !isSmallWord(name.toLowerCase()));

/** What each of them does without in no disguise; most texts have none of it. */
const mayBeNational = /arr?ob|staart|affe|chioc|ma[łl]pa|zavin|kuk|snabel|alfa|griseh|bulle|miuk|afna|pap|arond|monk|соба|равл|кльо|мајм|παπ|שטרו|כרוכ|işar|còng|móc/iu;
const mayBeForeign = /アット|あっと|골뱅|앳|艾特|小老鼠|圈|[एऐ]|[اأآ]ت|שטרו|соба|равл/u;

/** Even out of a cipher. */
export const hasHandleSign = (text: string): boolean => text.includes('@') && handle.test(text);

export const hasHandle = (text: string): boolean =>
  hasHandleSign(text) || (/[[({<]|sign|zeichen/iu.test(text) && (bracketedAt.test(text) || (/[[({<]\s?[aа@]\s?[\])}>]/iu.test(text) && roundA.test(text)))) || spokenName.test(text) || spokenAddress.test(text)
  || (/[%&\\]/u.test(text) && escaped.test(text)) || (/[ur]\//u.test(text) && roomed.test(text)) || (mayBeNational.test(text) && isNational(text)) || (mayBeForeign.test(text) && foreignAt.test(text));
