// Where strangers want to be met, paid or let in: a number to call, a name on a messenger, a card, a door, a code to type. What is read here has lost its accents (`unmask`), so the patterns have none.

/** A name on a messenger, or a number. */
const messenger = /(?<!\p{L})(?:whats ?app|telegram|signal|wechat|weixin|微信|카톡|kakao(?:talk)?|viber|kik|skype|snap(?:chat)?|discord|threema|session|line id|imo|zalo)(?!\p{L})[^.!?\n]{0,24}?(?:\+?\d[\d\s().-]{6,}|(?=[\p{L}\p{N}_.]*[\d_])[\p{L}\p{N}_.]{5,})/u;
/** An aircraft's number is none, and a name in a program ends in one digit. */
const underscored = /(?<![\p{L}\p{N}_])(?=[\p{L}\p{N}_]*(?:\d{2}|\d\p{L}|\p{L}\d(?<!_v\d)))\p{L}[\p{L}\p{N}]*_[\p{L}\p{N}_]{2,}(?![\p{L}\p{N}_(])/u;

/** Six digits and more, however they are grouped: a price, a date and the number of a book are told apart below. */
const grouped = /(?<![\p{L}\d.,:/-])\(?\+?\d(?:[\s()./–-]{0,3}\d){5,}(?![\d:])/gu;
const calling = /(?<!\p{L})(?:call|text|sms|dial|ring|phone|ruf\p{L}{0,2}|anruf\p{L}*|wahl(?:e|t|en)?|appel\p{L}{0,4}|telephone[rz]?|compose[rz]?|llam(?:a|e|ad|en|ar|enos)|marca[dr]?|marque|liga[r]?|ligue[m]?|disque|chiam\p{L}{1,4}|telefona(?:te|re)?|componi|componete|bel(?:len|t)?|dzwon(?:cie)?|zadzwon(?:cie)?|позвони\p{L}*|звони\p{L}*|набери\p{L}*|дзвони\p{L}*|зателефонуи\p{L}*|телефонуи\p{L}*|позвън\p{L}*|позови\p{L}*|pozovi\p{L}*|nazovi\p{L}*|nazvat\p{L}*|(?:za)?volej(?:te)?|zavola[jt]\p{L}*|hiv\p{L}*|sunati?|ringa|soita\p{L}*|ara|arayın|hubungi|telepon|goi|καλεσ\p{L}*|καλεστε|τηλεφ\p{L}*|اتصل\p{L}*|تماس|زنگ|חייג\p{L}*|התקשר\p{L}*|कॉल|फ़ोन|फोन|ফোন|piga|tel|fon|telefon\p{L}*)(?!\p{L})[^!?\n\d]{0,30}$|(?:電話|掛け|拨打|致电|来电|打给|전화|โทร)[^\n\d]{0,12}$/iu;
const callingAfter = /^[^.!?\n\d]{0,6}(?:に電話|へ電話|まで電話|で待|로 전화|으로 전화|पर (?:कॉल|फ़ोन|फोन)|’?ı ara(?:yın)?|'?(?:yı|yi|u|u)? ara(?:yın)?)/u;
const carding = /(?:card|karte|carte|tarjeta|cartao|carta|kaart|kart[aey]?|карт\p{L}*|カード|卡号?|카드|بطاقة|कार्ड|iban|account|konto|compte|cuenta|conta|conto|rekening|счет|счет|рахун\p{L}*)(?!\p{L})[^!?\n\d]{0,16}$/iu;
const accounts = /(?<!\p{L})(?:account|acct|konto|iban|cuenta|conta|conto|compte|rekening|hesap|счет\p{L}*|рахун\p{L}*)\W{0,3}(?:no\W{0,2}|number\W{0,2}|nr\W{0,2})?$/iu;
const ofBooks = /(?:isbn|issn|ean|doi|arxiv|rfc|pmid|oclc)[\s:]*(?:-?1[03])?[\s:]*$/iu;
/** Thousands in groups, with what they count. */
const amount = /^\d{1,3}(?:[\s.]\d{3})*[\s.]000$/u;
const date = /^\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}(?!\d)/u;
const year = /^(?:1[0-9]|20)\d{2}$/u;

/** What every card's digits add up to. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.at(-1 - at));
    sum += at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}

function isToBeCalled(found: string, before: string, after: string): boolean {
  const digits = found.replace(/\D/gu, '');
  const groups = found.match(/\d+/gu) ?? [];
  if (ofBooks.test(before) || date.test(found) || /^0[.,]\d+$/u.test(found) || groups.every(each => year.test(each))) return false;
  if (digits.length >= 12 && (carding.test(before) || (/^\d{4}([ -])\d{4}\1\d{4}\1\d{3,4}$/u.test(found)) || (groups.length === 1 && digits.length >= 15 && digits.length <= 16 && /^[3-6]/u.test(digits) && isLuhn(digits) && !before.endsWith('.')))) return true;
  if (/^\d{2}-\d{2}-\d{2}\s\d{8}$/u.test(found) || (digits.length >= 8 && accounts.test(before)) || /^\(?\+/u.test(found)) return digits.length >= 8;
  if (/^\(?0/u.test(found) && /^0{1,2}[1-9]/u.test(digits) && digits.length >= 9 && digits.length <= 15 && groups.some(each => each.length > 1)) return true;
  if (/^(?:1-[2-9]\d{2}-\d{3}-\d{3,4}|1\.[2-9]\d{2}\.\d{3}\.\d{4}|(?:1[\s.-]?)?\([2-9]\d{2}\)\s?\d{3}[\s.-]\d{4})$/u.test(found)) return true;
  if (/(?:^|[^\d-])\d{3}-\d{4}$/u.test(found)) return !/^7\d7-/u.test(found) && !/^[-は]/u.test(after) && !before.endsWith('〒');
  return !amount.test(found) && digits.length >= 7 && digits.length <= 15 && (calling.test(before) || callingAfter.test(after));
}

function numberIn(text: string): string | undefined {
  for (const { 0: found, index } of text.matchAll(grouped)) {
    const to = index + found.length;
    if (isToBeCalled(found, text.slice(Math.max(0, index - 60), index), text.slice(to, to + 30))) return found;
  }
  return undefined;
}

/** Even out of a cipher: a number behind a word that says what to do with it. */
export const callsByNumber = (text: string): boolean =>
  /\d{3}/u.test(text) && [...text.matchAll(grouped)].some(({ 0: found, index }) => !amount.test(found) && found.replace(/\D/gu, '').length >= 7 && calling.test(text.slice(Math.max(0, index - 60), index)));

/** What opens a door: a word for its lock and a number that is no year. */
const door = /(?<!\p{L})(?:key ?pad|(?:door|gate|entry|access|alarm|lock|safe|garage|building|lift|locker)(?:['’]s)? (?:code|combination|pin)|passcode|pin code|turcode|zugangscode|hausturcode|digicode|code d['’](?:entree|acces|immeuble)|code (?:de la|du) (?:porte|portail|coffre)|codigo del (?:portal|porton|edificio)|codigo (?:de|d[ao]) (?:la )?(?:puerta|entrada|acceso|alarma|portao|porta|predio|caja)|codice (?:del|della|d['’]) ?(?:cancello|portone|accesso|porta|cassaforte)|deurcode|toegangscode|kod (?:do|od) \p{L}+|kod (?:od|ke|k) \p{L}+|код (?:от |до |у )?(?:подъезд|двер|домофон|сеиф|під|ворот|калитк)\p{L}*(?:['’]\p{L}+)?|домофон|kapı(?:nın)? (?:kodu|sifresi)|portkod\p{L}*|dørkode\p{L}*|ovikoodi|kapukod|暗証番号|门禁密码|门禁码|门锁密码|도어락|현관 ?비밀번호|رمز الباب)(?!\p{Script=Latin})[^.!?\n\d]{0,16}?(?!(?:19|20)\d{2}(?!\d))(?:\d[\d\p{Ll}*#-]{2,})|(?<!\p{L})(?:door|gate|lock|safe|alarm|garage|lift)\s(?:opens|unlocks|disarms)\s(?:with|to|at|on)\s\d{3,}/u;
/** What it does not do without. */
const mayBeDoor = /pad|cod|combination|pin|kod|код|домоф|kapı|koodi|暗証|门|도어|현관|رمز|opens|unlocks|disarms/u;
const keyedIn = /(?<!\p{L})(?:key in|punch in|enter|type|tap|dial|press)\s(?:in\s)?["“']?(?!1[\s-]2[\s-]3)\d(?:[\s-]\d){3,}(?!\d)/u;
/** A code that somebody is to type: a word for it and capitals with digits. Of post, programs and countries people speak. */
const coupon = /(?=[cgkv])(?<!\p{L}|(?:[Zz]ip|[Aa]rea|[Pp]ostal|[Pp]ost|[Cc]ountry|[Ee]rror|[Ee]xit|[Ss]tatus|[Ss]ource|[Mm]achine)\s)(?:code|coupon|kod|codigo|codice|gutschein\p{L}*|voucher)(?!\p{L})[\s:：]{1,3}["“']?(?=[\p{Lu}\p{N}-]*\d)[\p{Lu}\p{N}]{2,}-?[\p{Lu}\p{N}-]{2,}/u;
/** The same in capitals with digits, behind more such words, or by its looks. */
const couponBehind = /(?<!\p{L}|(?:[Ss]ource|[Mm]achine)\s)(?:\p{L}{0,12}[Cc]ode|[Cc]oupon|[Kk]od\p{L}{0,3}|\p{L}{0,6}[Кк]од\p{L}{0,2}|[Cc]odigo|[Cc]odice|[Gg]utschein\p{L}*|[Vv]oucher|[Pp]romo|[Rr]eferral|[Rr]abat\p{L}*|[Pp]arol\p{L}*|[Пп]ароль|コード|优惠码|邀请码|코드|كود|कोड)(?!\p{L})[\s:：]{1,3}(?:\p{L}+\s){0,2}["“'«„]?(?=[\p{Lu}\d-]*\d)(?=[\p{Lu}\d-]*\p{Lu})[\p{Lu}\d][\p{Lu}\d-]{4,}/u;
const couponAlone = /(?<!\p{L})(?:[Uu]se|[Aa]pply|[Ee]nter|[Uu]sa|[Nn]utze|[Gg]ebruik|[Uu]tilise[rz]?|[Ii]nserisci|[Ww]pisz|[Вв]веди)\s(?:the\s|el\s|la\s|le\s|den\s|de\s)?\p{Lu}{4,}\d{2,3}(?![\p{L}\d])|(?=[A-Z\d])(?<![\p{L}\d-])(?:(?:REF|PROMO|VIP|CODE|BONUS|INVITE|GIFT|DEAL|SAVE|WIN|FREE)-?(?=[A-Z-]*\d)[A-Z\d-]{4,}|(?=[A-Z\d-]*[A-Z]{2}\d{2})[A-Z\d]{2,}(?:-[A-Z\d]{2,}){2,})(?![\p{L}\d-])/u;
/** No text in which one of those stands is without such a pair, and none with a word before it without one of these. */
const isMixed = /\p{Lu}-*\d|\d-*\p{Lu}/u;
const mayBeBehind = /cod|coup|kod|код|gutsch|vouch|promo|referr|rabat|parol|парол|コード|优惠码|邀请码|코드|كود|कोड/u;
const couponIn = (text: string, low: string): RegExpExecArray | null =>
  coupon.exec(text) ?? (isMixed.test(text) ? (mayBeBehind.test(low) ? couponBehind.exec(text) : null) ?? couponAlone.exec(text) : null);
/** A word to a short number. */
const shortNumber = /(?<!\p{L})(?:text|sms|txt)\s\S+(?:\s\S+)?\s(?:to|an|au|al|para|a|naar|na|pa|til|на|на номер)\s\d{4,6}(?!\d)/u;
const keyword = /(?<!\p{L})(?:[Ss]end|[Ee]nvoye[rz]?|[Ee]nvoie|[Ee]nvia|[Ii]nvia|[Оо]тправь(?:те)?|[Ss]tuur|[Ww]yslij|[Ss]ende|[Ss]chick|[Pp]osli)\s[“"«„]?\p{Lu}{3,}[”"»“]?\s(?:to|an|au|al|a|para|na|naar|på|pa|til|на)\s(?:\p{L}+\s)?\d{4,6}(?!\d)/u;
/** Letters for digits, a name and its number, a network's key, and what stands on the back of a card. */
const namedNumber = /(?<![\p{L}\d])(?:1[-\s]?)?[089]\d{2,3}-?[a-z]{4,}(?!\p{L})|(?<![\p{L}\d])(?!(?:issue|bug|ticket|pull|task|episode|part|case|number|page|room)#)\p{L}[\p{L}\d._]{2,}#\d{4}(?!\d)|(?<!\p{L})(?:wi-?fi|wlan)(?!\p{L})[^.!?]{0,30}?(?:pass(?:word)?|key|code)\s?(?:is|:|=)?\s?(?=\S*\d)(?=\S*\p{L})\S{5,}|(?<!\p{L})cv[vc]2?\D{0,4}\d{3}(?!\d)/u;
const underlined = /\p{L}+\s(?:underscore|unterstrich|tiret bas|guion bajo)\s\p{L}+\s(?:on|at|auf|bei|sur|en|su)\s\p{Lu}/u;

/** Words and numbers in one word with hyphens: keys and passwords that are made to be typed look like it. A number of something (4o, v2, mp3) makes no key. */
const typed = /(?<![\p{L}\p{N}-])(?=[a-z\d-]*(?:[a-z]\d|\d[a-z]))[a-z\d]{2,}(?:-[a-z\d]{2,}){2,}(?![\p{L}\p{N}-])/gu;
function typedKey(text: string): string | undefined {
  if (!text.includes('-')) return undefined;
  return text.match(typed)?.find(key => {
    const mixed = key.split('-').filter(each => /[a-z]/u.test(each) && /\d/u.test(each));
    const isNumbered = mixed.some(each => /^[a-z]{3,}\d+$/u.test(each)) && /-\d{2,}(?:-|$)/u.test(key);
    return isNumbered || mixed.length >= 3 || mixed.some(each => !/^(?:[a-z]+\d{1,3}|\d{1,3}[a-z]{1,2})$/u.test(each));
  });
}
/** Keys in the forms in which services give them out, and what an environment holds. */
const keyed = /(?<![\p{L}\p{N}])(?:(?:sk|pk|rk|ghp|gho|ghs|glpat|hf|npm|xox[abprs])[-_][A-Za-z0-9_-]{6,}|AKIA[A-Z0-9]{8,}|AIza[\w-]{10,}|eyJ[\w-]{8,}\.|-----BEGIN|Bearer [\w.-]{6,})|(?<![\p{L}\p{N}_])[A-Z][A-Z0-9]+_[A-Z0-9_]{2,}\s?[=:]\s?\S{3,}/u;
const given = /(?<!\p{L})(?:password|passwort|kennwort|mot de passe|contrasena|senha|wachtwoord|hasło|пароль|token|api key|login)(?!\p{L})\s?(?:is|ist|est|es|e|to|:|=)\s?["“']?(?=\S*\d)(?=\S*\p{L})\S{5,}/u;

/** A number said in words. Counting up or down is no number to call. */
const digits = 'zero|oh|one|two|three|four|five|six|seven|eight|nine|null|eins|zwei|drei|vier|funf|sechs|sieben|acht|neun|zero|un|deux|trois|quatre|cinq|sept|huit|neuf|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|um|dois|tres|quatro|sete|oito|nove|due|tre|quattro|cinque|sei|sette|otto|nove|nul|een|twee|drie|vijf|zes|zeven|negen';
const spokenNumber = new RegExp(`(?<!\\p{L})(?:(?:${digits}|double|triple)[\\s,-]{1,2}){5,}(?:${digits})(?!\\p{L})`, 'u');
const counted = /^(?:\W*(?:ten\W+nine|nine\W+eight|zero|zehn\W+neun)?\W*(?:one\W+two\W+three|three\W+two\W+one|eins\W+zwei\W+drei|drei\W+zwei\W+eins|un\W+deux\W+trois|trois\W+deux\W+un|uno\W+dos\W+tres|tres\W+dos\W+uno|um\W+dois\W+tres|uno\W+due\W+tre|tre\W+due\W+uno|een\W+twee\W+drie)\b)/u;
/** Fewer, where it is said what to do with them. */
const calledNumber = new RegExp(`(?<!\\p{L})(?:text|call|dial|ring|sms|phone|ruf|wahl\\p{L}*|appelez?|composez|llama|marca|chiama|bel)(?!\\p{L})[^!?\\n]{0,30}?(?<!\\p{L})((?:(?:${digits}|double|triple)[\\s,-]{1,2}){3,}(?:${digits}))(?!\\p{L})`, 'u');
const mayBeCalled = /(?<!\p{L})(?:text|call|dial|ring|sms|phone|ruf|wahl|appel|compos|llama|marca|chiama|bel)/u;
/** In lower case: as expressions that do not care for case these would take several times as long. */
function saidNumber(text: string): string | undefined {
  const found = spokenNumber.exec(text)?.[0] ?? (mayBeCalled.test(text) ? calledNumber.exec(text)?.[1] : undefined);
  return found === undefined || counted.test(found) ? undefined : found;
}
/** Where somebody lives: a street with a number, where no headline has it. */
const streets = 'Street|St|Lane|Ln|Road|Rd|Avenue|Ave|Drive|Dr|Close|Court|Way|Terrace|Crescent|Place|Boulevard|Blvd|Row|Mews|Gardens|Grove|Alley|Square';
const living = String.raw`(?:[Ll]ives?|[Ll]iving|[Rr]esides?|[Ss]tays|home|house|[Aa]ddress|[Ww]ohnt|wohnhaft|zu Hause|[Hh]abite|[Dd]emeure|[Dd]omicile|[Aa]dresse|[Vv]ive|domicilio|[Dd]ireccion|[Mm]ora|[Rr]eside|[Ee]ndereco|[Aa]bita|[Ii]ndirizzo|[Ww]oont|[Aa]dres|[Mm]ieszka|[Жж]ивет|[Пп]роживает|[Aa]dresi|oturuyor|[Bb]or|[Aa]suu)`;
const dwelling = new RegExp([
  `(?<!\\p{L})[Nn]umber\\s\\d{1,4}\\s(?:on|in|of)\\s(?:\\p{Lu}[\\p{L}'’]+\\s){1,3}(?:${streets})(?!\\p{L})|(?<![\\p{L}\\p{N}])\\d{1,4}[a-d]?,?\\s(?:\\p{Lu}[\\p{L}'’]+\\s){1,3}(?:${streets})(?![\\p{L}])(?<!Downing Street|Baker Street|Wallaby Way|Pennsylvania Avenue)`,
  `(?<!\\p{L})${living}(?!\\p{L})[^.!?]{0,40}?(?:\\p{L}+(?:straße|strasse|str\\.|gasse|weg|platz|allee|straat|laan|plein|gracht|kade|dijk|gatan|vagen|gade|vej|katu|tie|sokak|cadde\\p{L}*)\\s\\d{1,4}|\\d{1,4},?\\s(?:bis\\s|ter\\s)?(?:rue|avenue|boulevard|place|chemin|impasse|allee|quai)\\s\\p{L}|(?:calle|avenida|plaza|paseo|rua|travessa|praca|via|viale|piazza|corso|vicolo|ul\\.|ulica|ул\\.|улица|улице)\\s(?:\\p{L}+\\s?){1,4},?\\s?(?:n\\S?\\s?)?\\d{1,4})`,
  `(?:住所は|住んでいるのは|家は|住在|住址是?|주소는|사는 곳은).{0,20}?\\d`,
].join('|'), 'u');
/** Passwords as people make them: all kinds of signs in one word, one of them inside of it. */
const madeUp = /(?<!\S)["'“‘(]?(?=\S*\p{Lu})(?=\S*\p{Ll})(?=\S*\d)(?=\S*[\p{L}\d][!#$%^&*?~+=_]\d|\S*[\p{L}\d][!#$%^*?~=_][\p{L}])(?!\S*[/:])[\p{L}\d!#$%^&*?~+=_.-]{9,}/u;
/** Programs that somebody is to open. Names of scripts are talked about. */
const mayBeProgram = /\.(?:exe|scr|bat|cmd|msi|apk|ps1|vbs|jar|dmg|pif|lnk|iso|hta|xlsm|docm)/u;
const program = /(?<![\p{L}\p{N}])[\p{L}\p{N}_-]{2,}\.(?:exe|scr|bat|cmd|msi|apk|ps1|vbs|jar|dmg|pif|lnk|iso|hta|xlsm|docm)(?![\p{L}\p{N}])/u;

/** The same in the words of other countries, behind one that says that somebody lives there. */
const livesAbroad = /住|살[아고]|산다|사는|삽니|lakik|locui|tinggal|(?<!\p{L})song\s|μεν[εω]|يسكن|يعيش|(?<!\p{L})גר|रहत|থাকে|mieszka|живет|живе|прожива|код|кварт|заход|приход|otur|живи|(?<!\p{L})(?:vive|mora|abita|wohn|woont|bydl|byva|stanuje|bor|asuu|habite)/u;
const abroad = new RegExp([
  String.raw`(?:przy|na|ul\.)\s(?:ulicy\s)?\p{Lu}\p{L}+(?:ej|ego)\s\d{1,3}(?!\d)`,
  String.raw`(?<!\p{L})\p{Lu}\p{Script=Cyrillic}{2,}(?:ая|ои|ська|ськіи|ского|цкая)\s\d{1,3}(?![\d.,]?\d)`,
  String.raw`(?:[Vv]ive|[Mm]ora|[Aa]bita|[Ww]ohnt|[Ww]oont|[Bb]ydli|[Bb]yva|[Ss]tanuje|[Bb]or|[Aa]suu|[Hh]abite)\s(?:en|na|no|in|am|an|aan|op|ve|v|u|pa|i|au|a)\s(?:der\s|dem\s|de\s|la\s|del\s|il\s|het\s)?\p{Lu}[\p{L}’']+\s\d{1,3}(?=[,.!?]|\s?$)`,
  String.raw`\p{Lu}\p{L}+\s(?:utca|ut|ter|korut)\s\d|(?:[Rr]ua|[Cc]alle|[Vv]ia|[Rr]ue|[Aa]venida)\s(?:\p{L}+\s){1,3}\d{1,4}(?=[,.;!]|\s?$)|улица\s\p{L}+,?\s(?:дом\s|д\.\s?)?\d|\p{Lu}\p{L}+\s(?:Sokak|Sokagı|Caddesi)\s(?:[Nn]o:?\s)?\d|(?:strada|str\.)\s\p{L}+\s(?:nr\.?\s)?\d|(?:Jl\.|Jalan)\s\p{L}+\s(?:[Nn]o\.?\s)?\d|so\s\d+[^.]{0,8}(?:đuong|pho)|οδ[οο][ςυ]?\s\p{L}+\s\d|شارع\s(?:\S+\s){1,3}(?:رقم\s)?[\d٠-٩]|רחוב\s(?:\S+\s){1,2}\d|मकान (?:नंबर|न)\S?\s?\d`,
  String.raw`\d丁目\d|\d番地|(?:路|街|巷|弄)\d+[号號]|(?:로|길)\s?\d+(?:번길|호|에|번지)`,
].join('|'), 'u');

/** Where the digits of other scripts begin. */
const zeros = [0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xBE6, 0xC66, 0xE50, 0x1040];
const inOurDigits = (text: string): string =>
  text.replace(/[\p{Nd}--[0-9]]/gv, digit => {
    const point = digit.codePointAt(0) ?? 0;
    const zero = zeros.find(each => point >= each && point <= each + 9);
    return zero === undefined ? digit : String(point - zero);
  });

export function contactIn(written: string): string | undefined {
  const text = /[\p{Nd}--[0-9]]/v.test(written) ? inOurDigits(written) : written;
  const low = text.toLowerCase();
  const found = saidNumber(low) ?? (text.includes('_') || !/underscore|unterstrich|tiret bas|guion/u.test(text) ? undefined : underlined.exec(text)?.[0]) ?? ((mayBeProgram.test(low) ? program.exec(low) : null) ?? keyed.exec(text))?.[0];
  if (found !== undefined || !/[\p{Nd}_]/u.test(text)) return found;
  const many = /\d\D{0,3}\d\D{0,3}\d/u.test(text);
  return (many ? numberIn(text) : undefined)
    ?? (dwelling.exec(text) ?? (livesAbroad.test(low) ? abroad.exec(text) : null) ?? (/[!#$%^&*?~+=_][\p{L}\d]/u.test(text) ? madeUp.exec(text) : null) ?? messenger.exec(low) ?? (text.includes('_') ? underscored.exec(low) : null)
      ?? couponIn(text, low) ?? given.exec(low) ?? (many ? (mayBeDoor.test(low) ? door.exec(low) : null) ?? keyedIn.exec(low) ?? shortNumber.exec(low) ?? keyword.exec(text) ?? (/[089]\d{2,3}-?[a-z]{4}|#\d{4}|wi-?fi|wlan|cv[vc]/u.test(low) ? namedNumber.exec(low) : null) : null))?.[0]
    ?? typedKey(text);
}
