import { unmask } from './fold.ts';

// What no post of ours may hold, as it is read by networks and people. Each looks at a text that is unmasked already, and none of them looks twice at a letter.

/** Endings that networks and readers take for an address. Names of files end otherwise: "index.ts", "main.py". */
const domains = new Set(`com net org io xyz info biz app dev ai gg me co us uk eu de fr es it nl ru ua cn jp kr in br au ca ch at be se no dk fi tv cc ly to id
  link click site online store shop club live fun top vip pro wtf lol finance exchange cash money bank loan bet casino win gift free download zip mov crypto eth sol nft
  social example test invalid localhost onion local edu gov mil int mobi name page space world tech cloud email news blog art`.split(/\s+/u));
/** Those that are also the ending of a file, or a word that follows a full stop without a space. */
const doubtful = new Set(['me', 'us', 'in', 'it', 'at', 'be', 'to', 'no', 'de', 'es', 'id', 'info', 'name', 'zip', 'mov', 'art', 'free', 'win', 'top', 'fun', 'live', 'space', 'world', 'news', 'money', 'bank', 'cash', 'gift', 'test', 'so', 'local', 'page', 'social', 'store', 'example', 'int', 'click', 'link', 'email', 'fi', 'se', 'tech', 'cloud', 'online', 'pro', 'io', 'co', 'ch', 'ca', 'au', 'blog', 'app', 'dev', 'download', 'bet', 'loan', 'exchange', 'finance', 'club', 'shop', 'site']);

const scheme = /(?:[a-z][a-z0-9+.-]{1,20}:)?\/\/[^\s<>"”»」]+|\b(?:magnet|xmpp|mailto|tel|sms|data|javascript|bitcoin|ethereum|litecoin|monero|solana|geo|ipfs|ipns|dat|dweb|ssb|tg|signal|web\+\w{1,20}):[^\s<>"”»」]+|\bwww\d?\.[^\s<>"”»」]+|\bh(?:xx|\*\*|tt)ps?\b\s?[:[(]/giu;
const address = /(?<![\p{L}\p{N}._-])((?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?[.。．｡]){1,8})([\p{L}\p{N}-]{2,24})(?=$|[^\p{L}\p{N}_-])(:\d+)?(\/[^\s]*)?/gu;
/** An address by its shape alone, whatever its ending: a path after it, or many long labels. */
const shaped = /(?<![\p{L}\p{N}._/-])(?:\p{L}[\p{L}\p{N}-]{2,40}\.\p{L}{3,}\/\p{L}{3,}|\p{L}{5,40}\.\p{L}{5,40}\.\p{L}{5,40})/u;
const numbers = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d?)/u;
const dotted = /(?<=[\p{L}\p{N}])\s?(?:\[\s?(?:\.|dot|punkt|point|punto|ponto|точка)\s?\]|\(\s?(?:\.|dot|punkt|point|punto|ponto|точка)\s?\)|\{\s?(?:\.|dot)\s?\})\s?(?=\p{L})/giu;
const spokenDot = /(?<=[\p{L}\p{N}_-]{4}) (?:dot|punkt|punto|ponto|point|punt|kropka|nokta|tocka|tecka|piste|pont|titik|cham|จุด|точка|крапка|τελεια|ドット|点|點|닷|점|डॉट|डट|ডট|نقطة|نقطه|נקודה) (?=\p{L})/giu;

/** Links, each as it stands there. */
export function linksIn(text: string): string[] {
  const found = (text.match(scheme) ?? []).map(each => each.replace(/[.,;:!?)\]]+$/u, ''));
  if (shaped.test(text.replace(scheme, ' '))) found.push('an address by its shape');
  if (numbers.test(text)) found.push('an address of a machine');
  for (const [whole, labels = '', ending = '', port, path] of text.replace(scheme, ' ').matchAll(address)) {
    const last = ending.toLowerCase();
    if (last.startsWith('xn--') || labels.toLowerCase().includes('xn--')) found.push(whole);
    else if (!domains.has(last)) continue;
    // Capitals after a dot: the framework, or a sentence that begins without a space.
    else if (port === undefined && path === undefined && (/^\p{Lu}\p{Ll}/u.test(ending) || ending === 'NET')) continue;
    else if (port === undefined && path === undefined && doubtful.has(last) && !isSurelyAHost(labels, ending)) continue;
    else found.push(whole);
  }
  return found;
}

/** Of an ending that is also a word: several labels, a digit or hyphen, or a word nobody ends a sentence with. */
const isSurelyAHost = (labels: string, ending: string): boolean =>
  (labels.split(/[.。．｡]/u).length > 2 && labels.length > 5) || /[\p{N}-]/u.test(labels) || (!/^\p{Lu}/u.test(labels) && (ending.length > 3 || /^(?:io|gg|co|ch|app|dev)$/u.test(ending)));

/** Links that are spelled: "evil dot com", "evil[.]com". */
export function spelledLinks(text: string): string[] {
  const joined = text.replace(dotted, '.').replace(spokenDot, '.');
  return joined === text ? [] : linksIn(joined).filter(each => !text.includes(each));
}

/** An at-sign before a name, with a space between or none. */
const handle = /@\s*[\p{L}\p{N}_]|[\p{L}\p{N}_]\s?@\s?(?=[\p{L}\p{N}])/u;
const spokenAt = '(?:at|arroba|arobase|klammeraffe|chiocciola|apenstaartje|małpa|zavináč|собака|アットマーク|アット|골뱅이|艾特|圈|ऐट|آت|שטרודל|kukac|ät)';
const bracketedAt = new RegExp(`[[({<]\\s?${spokenAt}\\s?[\\])}>]\\s?[\\p{L}\\p{N}_]|\\b${spokenAt}[-_ ]?(?:sign|zeichen)\\b\\s?["'“]?[\\p{L}\\p{N}_]{3}`, 'iu');
/** A name that no word of a language looks like: a digit, an underscore or a hump in it, or "bot" at its end. */
const spokenName = new RegExp(`(?<![\\p{L}\\p{N}])${spokenAt}[\\s:：,-]{1,3}["'“‘]?(?=[\\p{L}\\p{N}_]{3,40})(?:[\\p{L}_]*[\\p{N}_][\\p{L}\\p{N}_]*[\\p{L}_][\\p{L}\\p{N}_]*|\\p{Ll}+\\p{Lu}[\\p{L}\\p{N}_]*|[\\p{L}\\p{N}_]{2,}bot)(?![\\p{L}\\p{N}_])`, 'iu');
const spokenAddress = new RegExp(`[\\p{L}\\p{N}_]{2,40}\\s(?:[[({]\\s?)?${spokenAt}(?:\\s?[\\])}])?\\s[\\p{L}\\p{N}_-]{2,40}(?:\\s?(?:[[({]\\s?)?(?:dot|punkt|punto|ponto|point|точка)(?:\\s?[\\])}])?\\s?|\\.)\\p{L}{2,}`, 'iu');

export const hasHandle = (text: string): boolean =>
  handle.test(text) || bracketedAt.test(text) || new RegExp(spokenName.source, 'u').test(text) || spokenAddress.test(text);

/** "$5" is money and "US$" too; "$DOGE" calls a trader. */
export const hasCashtag = (text: string): boolean =>
  /(?<![\p{L}\p{N}])[$＄﹩](?:_?\p{L}[\p{L}\p{N}]{1,14}|\s\p{Lu}{3,10})(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])[€£¥₿₹₽](?:\p{Lu}[\p{Lu}\p{N}]{2,9})(?![\p{L}\p{N}])|(?<![\p{L}\p{N}/])\p{Lu}{2,10}\/(?:USDT|USDC|USD|BTC|ETH|BNB|SOL|EUR)(?![\p{L}\p{N}])/u.test(text);

/** Where money is kept, in the forms of the large chains, and any other long mixture that no language writes. */
const wallet = /\b0x[0-9a-f]{16,}|\b(?:bc1|tb1|ltc1|addr1|cosmos1|osmo1|terra1|nano_|xch1|kaspa:)[0-9a-z]{12,}|(?<![\p{L}\p{N}])(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[a-z])(?=[A-Za-z0-9]*[A-Z])[A-Za-z0-9]{25,}(?![\p{L}\p{N}])/iu;
const mixed = /(?<![\p{L}\p{N}])[A-Za-z0-9]{25,}(?![\p{L}\p{N}])/gu;

export function hasWallet(text: string): boolean {
  const found = wallet.exec(text);
  if (!found) return false;
  if (/^(?:0x|bc1|tb1|ltc1|addr1|cosmos1|osmo1|terra1|nano_|xch1|kaspa:)/iu.test(found[0])) return true;
  return (text.match(mixed) ?? []).some(each => /\d/u.test(each) && /[a-z]/u.test(each) && /[A-Z]/u.test(each));
}

/** What a bot is called with, at the beginning of a line or of a word. A path, or what follows a letter, is none. */
export const hasCommand = (text: string): boolean =>
  /^\s*[/!?;%~&>$+=]{1,3}\p{L}{2,}|^\s*[/!](?!\d)|^\s*<\w/mu.test(text) || /(?<=[\s"'“(«→])(?:[!/?~=]{1,2}|>{2,3})\p{L}{2,}(?![\p{L}\p{N}_]*[/.])/u.test(text);

/** What is asked of a bot that moves money or rights: a verb of its trade, an amount, and what or to whom. */
const trade = 'send|give|transfer|tip|swap|buy|sell|withdraw|deposit|airdrop|mint|stake|bridge|deploy|claim|pay|enviar?|envia|manda|kaufe?|sende?|überweise|achète|envoie|vire|invia|compra|kup|wyślij|отправь|переведи|купи|kirim|gönder|satın al';
const order = new RegExp(`(?<![\\p{L}])(?:${trade})\\s(?:me\\s|all\\s|the\\s)?(?:\\d[\\d.,_]*\\s?[kmb]?\\s?)[$]?(?:\\p{Lu}[\\p{Lu}\\p{N}]{1,9}(?![\\p{Ll}])|eth|btc|sol|usdc|usdt|doge|tokens?|coins?|sats?)(?![\\p{L}])`, 'iu');
const banking = /(?<![\p{L}])(?:ban|kick|mute|unban|timeout|promote|demote|op|deop|whitelist)\s(?:user\s|all\s)?\S{3,}\s(?:now|permanently|\d+[dhms])\b/iu;

const emptying = new RegExp(`(?<![\\p{L}])(?:sudo\\s)?(?:${trade})\\s(?:all|everything|(?:the |your |my )?(?:entire |whole )?(?:balance|wallet|treasury))(?![\\p{L}])(?:\\s(?:to|now|funds)|\\s*$)|(?<![\\p{L}])sudo\\s(?:${trade})(?![\\p{L}])`, 'iu');
const banked = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:\s?[\dA-Z]{4}){3,}/u;

export const hasOrder = (text: string): boolean => order.test(text) || banking.test(text) || emptying.test(text) || banked.test(text);

/** Where strangers want to be met: a number to call, a name on a messenger, a code to type. */
const meeting = /(?<!\p{L})(?:whats ?app|telegram|signal|wechat|weixin|微信|카톡|kakao(?:talk)?|viber|kik|skype|snap(?:chat)?|discord|threema|session|line id|imo|zalo)(?!\p{L})[^.!?\n]{0,24}?(?:\+?\d[\d\s().-]{6,}|(?=[\p{L}\p{N}_.]*[\d_])[\p{L}\p{N}_.]{5,})|(?<!\p{L})(?:call|text|sms|dial|ring|phone|ruf|appelle[rz]?|llama|ligue|chiama|bel|zadzwoń|позвони\p{L}*)(?!\p{L})[^.!?\n]{0,24}?\+?\d[\d().\s-]{5,}\d|\+\d{1,3}[\s().-]?\d[\d\s().-]{6,}\d|(?<![\d-])\d{3}-\d{4}(?![\d-])|(?<![\p{L}\p{N}_])(?=[\p{L}\p{N}_]*\d)\p{L}[\p{L}\p{N}]*_[\p{L}\p{N}_]{2,}(?![\p{L}\p{N}_(])/iu;
/** Words and numbers in one word with hyphens: keys and passwords that are made to be typed look like it. */
const typed = /(?<![\p{L}\p{N}-])(?=[a-z\d-]*(?:[a-z]\d|\d[a-z]))[a-z\d]{2,}(?:-[a-z\d]{2,}){2,}(?![\p{L}\p{N}-])/u;
/** Keys in the forms in which services give them out, and what an environment holds. */
const keyed = /(?<![\p{L}\p{N}])(?:(?:sk|pk|rk|ghp|gho|ghs|glpat|hf|npm|xox[abprs])[-_][A-Za-z0-9_-]{6,}|AKIA[A-Z0-9]{8,}|AIza[\w-]{10,}|eyJ[\w-]{8,}\.|-----BEGIN|Bearer [\w.-]{6,})|(?<![\p{L}\p{N}_])[A-Z][A-Z0-9]+_[A-Z0-9_]{2,}\s?[=:]\s?\S{3,}/u;
const coupon = /(?<!\p{L})(?:code|coupon|kod|código|codice|gutschein\p{L}*|voucher)(?!\p{L})[\s:：]{1,3}["“']?(?=[\p{Lu}\p{N}-]*\d)[\p{Lu}\p{N}]{2,}-?[\p{Lu}\p{N}-]{2,}/u;
const given = /(?<!\p{L})(?:password|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło|пароль|token|api key|login)(?!\p{L})\s?(?:is|ist|est|es|é|to|:|=)\s?["“']?(?=\S*\d)(?=\S*\p{L})\S{5,}/iu;

export const contactIn = (text: string): string | undefined => (meeting.exec(text) ?? coupon.exec(text) ?? given.exec(text) ?? keyed.exec(text) ?? typed.exec(text))?.[0];

/** A tag calls a crowd; only one that is in the context itself may be named. */
export const tagsIn = (text: string): string[] => text.match(/(?<![\p{L}\p{N}&/])#\p{L}[\p{L}\p{N}_]{2,}/gu) ?? [];

/** As little as can be told from letters in any order: an account, a link. For what is read out of a cipher, where chance makes the rest. */
export const callsSomebody = (text: string): boolean => handle.test(text) || hasOrder(text) || linksIn(text).some(each => /[/:]/u.test(each) || each.length > 9);

/** The first thing that may not be there, in a line for whoever writes another draft. */
export function forbiddenIn(text: string, isAllowed: (found: string) => boolean = () => false): string | undefined {
  const open = unmask(text);
  if (hasHandle(open)) return 'it mentioned a handle';
  if (linksIn(open).some(each => !isAllowed(each)) || spelledLinks(open).length > 0) return 'it held a link that is not in the context';
  if (hasCashtag(open)) return 'it held a cashtag';
  if (hasWallet(open)) return 'it held what looks like a wallet or a key';
  if (hasOrder(open)) return 'it gave another bot an order';
  const contact = contactIn(open);
  if (contact !== undefined && !isAllowed(contact)) return 'it gave a number, a name or a code to reach somebody with';
  if (tagsIn(open).some(each => !isAllowed(each))) return 'it held a hashtag that is not in the context';
  return undefined;
}
