// What other bots would take for an order: a sign with a command, or a verb of their trade with an amount.
import { isSmallWord } from './tongue.ts';

/** What is asked of a bot that moves money or rights: a verb of its trade, an amount, and what or to whom. */
export const trade = 'send|give|transfer|tip|swap|buy|sell|withdraw|deposit|airdrop|mint|stake|bridge|deploy|claim|pay|enviar?|envia|manda|kaufe?|sende?|überweise|achète|envoie|vire|invia|compra|kup|wyślij|отправь|переведи|купи|kirim|gönder|satın al';

/** What a bot is called with, at the beginning of a line or of a word. A path, or what follows a letter, is none. */
const commanded = [
  /(?:^|\s)\p{L}{1,2}[!?.;>$+]\p{Ll}{2,}(?=\s|$)(?<![.]\p{Ll}{2,3})|^[^\S\n]*\p{Lu}\p{Ll}+\p{Lu}\p{Ll}+!\s|^[^\S\n]*>{2,}|(?:^|(?<=[.!?…])\s)[.\-?~]\p{Ll}{3,}(?:\s[\p{L}\p{N}]+){1,3}[.!]?\s*$/mu,
  /^[^\S\n]*(?:confirm|approve|accept|deny|execute|run|cancel|mute|unmute|ban|unban|kick|warn|claim|authori[sz]e|grant|revoke|delete|follow|unfollow|block|report|subscribe|unsubscribe|remind ?me|give|trade|bet|roll|play|skip|verify)\s(?:[\p{L}_]+\s){0,2}[#]?\d{2,}\b/iu,
  /\b(?:drop\s+(?:table|database)|delete\s+from|insert\s+into|union\s+select|select\s[\w*,\s]{1,40}\sfrom\s\w+\s*(?:;|where)|truncate\s+table|alter\s+table)\b|;\s?--|\brm\s+-rf?\b|\b(?:curl|wget)\s+(?:-|http)|\|\s?(?:ba)?sh\b|\b(?:eval|exec|system|require|import|alert)\(['"\w]|<\/?(?:script|iframe|img)\b|\$\{|\{\{|\$\(|:\(\)\s?\{/iu,
];

/** What begins with a sign that bots listen to: a verb of theirs, or a word and a number. */
const signed = new RegExp(`^[^\\S\\n]*[-–—.,:;](?:(?:${trade}|sudo|ban|kick|mute|unban|help|play|skip|roll|bet|balance|daily|rain)(?![\\p{L}])|(?!net|com)\\p{Ll}{2,}\\s\\d+[^\\S\\n]*$)`, 'mu');

/** What is said first to a machine that says after it, a vote with a verb of theirs, and a phrase that sets something off: all of the text, and no sentence. */
const triggers = /^\W{0,3}[+-]\d{1,2}\s(?:delete|archive|ban|kick|mute|approve|remove|purge|block|lock|close|merge|deploy|execute)(?:\s[\p{L}\p{N}_-]+){0,3}[.!]?$|^(?:\p{L}*bot[,:]\s)?(?:send|pay|tip|transfer)\s\p{L}+\s\d{2,}(?:\snow)?[.!]?$|^(?:assign|grant|revoke|remove|add|kick|ban|mute|invite)\s(?:role\s)?\p{L}+\s(?:from|to|in)\s(?:the\s)?(?:server|channel|group|room|chat|team|whitelist|blacklist|admins?|moderators?)[.!]?$|^\W{0,2}sudo\s|^set\s(?:topic|title|nick|name|status|slow ?mode)\s\S+[.!]?$/iu;
const phrase = /^\W{0,3}((?:\p{L}{2,}\s){1,4})(?:confirm|confirmed|execute|authori[sz]ed?|engage|activate|approve|proceed|override|unlock|bestätigt|confirmé|confirmado|confermato|подтверждаю)\W{0,3}$/iu;
/** What begins a sentence has a capital. */
const repeated = /^\W{0,3}(?:[Ss]ay|[Ee]cho|[Tt]ts|TTS|[Bb]roadcast|repeat|announce|shout|post|tweet|print|sag|sprich|dis|répète|di|dí|diga|repite|repita|ripeti|zeg|powiedz|скажи|повтори|söyle)\s?[:：]\s/u;
const ordered = /^(?:verify|approve|ban|mute|kick|unlock|whitelist|promote|unban)\s\p{Ll}+(?:\snow)?$/u;
const setsOff = (text: string): boolean => text.length < 200 && (repeated.test(text) || ordered.test(text) || triggers.test(text) || (phrase.exec(text)?.[1]?.toLowerCase().trim().split(' ').every(word => !isSmallWord(word)) ?? false));

export const hasCommand = (text: string): boolean =>
  setsOff(text) ||
  commanded.some(each => each.test(text)) || signed.test(text) ||
  /^[^\S\n]*[/!?;%~&>$+=]{1,3}\p{L}{2,}|^[^\S\n]*[/!](?!\d)|^[^\S\n]*<\w/mu.test(text) || /(?<=[\s"'“(«→])(?:[!/?~=]{1,2}|>{2,3})\p{L}{2,}(?![\p{L}\p{N}_]*[/.])/u.test(text);

const ones = 'one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|eine?n?|zwei|drei|vier|fünf|zehn|un|une|deux|trois|quatre|cinq|dix|uno|una|dos|tres|cuatro|cinco|diez|um|uma|dois|três|quatro|dez|due|tre|dieci|een|twee|vijf|tien|dwa|trzy|pięć|два|три|пять|десять';
const thousands = 'hundreds?|thousands?|millions?|billions?|trillions?|\\p{L}*(?:hundert|tausend)\\p{L}*|millionen|milliard\\p{L}*|cents?|mille|cien|cientos|mil|millones|cem|mil|milh\\p{L}+|cento|mila|milion\\p{L}*|honderd|duizend|miljo\\p{L}+|sto|tysi\\p{L}+|сто|тысяч\\p{L}*|миллион\\p{L}*|миллиард\\p{L}*';
const amount = `(?:\\d[\\d.,_]*\\s?[kmb]?\\s?|(?:(?:a|half|${ones}|${thousands})\\s){1,5}(?:of\\s)?)`;
const order = new RegExp(`(?=[a-züкоп])(?<![\\p{L}])(${trade})\\s(?:me\\s|all\\s|the\\s)?${amount}([$]?\\p{L}[\\p{L}\\p{N}]{1,9})(?![\\p{L}])`, 'gu');
const coins = /^(?:[$].*|eth|ether|btc|bitcoins?|sol|usdc|usdt|doge|tokens?|coins?|sats?|satoshis?|gwei|lamports?)$/iu;
/** Of money that shops take somebody may speak, who buys or pays. */
const shopping = /^(?:buy|sell|pay|give|claim|kaufe?|achète|compra|kup|купи|satın al)$/iu;
const currencies = /^(?:USD|EUR|GBP|CHF|JPY|CNY|RMB|AUD|CAD|NZD|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|RSD|TRY|RUB|UAH|KZT|INR|PKR|BDT|LKR|IDR|MYR|SGD|HKD|TWD|THB|VND|PHP|KRW|BRL|ARS|CLP|COP|MXN|PEN|UYU|ZAR|NGN|KES|EGP|MAD|ILS|SAR|AED|QAR|IRR)$/u;
const isTicker = (name: string): boolean => /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(name);
/** Looked for in small letters, which takes a third of the time; what stands there tells a ticker. In front of what is looked for stand its first letters: they tell soonest where it is not. */
function ordersCoins(text: string, low: string): boolean {
  for (const { 0: found, 1: verb = '', 2: sought = '', index } of low.matchAll(order)) {
    // No letter of an unmasked text is longer or shorter in small; should one be, everything may be a ticker.
    const name = low.length === text.length ? text.slice(index + found.length - sought.length, index + found.length) : sought.toUpperCase();
    if (coins.test(name) || (isTicker(name) && !(shopping.test(verb) && currencies.test(name)))) return true;
  }
  return false;
}
/** Another bot is called by its name, and an amount is sent: of what goes without saying. */
const called = new RegExp(`(?:^|[.!?\\n]\\s{0,3})(?:(?:[Hh]ey|[Hh]i|[Hh]ello|[Hh]allo|[Hh]ola|[Ss]alut|[Oo]l[áa]|[Cc]iao|[Oo]i|[Yy]o|[Oo]k|[Oo]kay|[Hh]ej|[Cc]ześć|[Пп]ривет|[Ээ]й),?\\s\\p{Lu}[\\p{L}\\p{N}_]+[,:!]?|\\p{Lu}[\\p{L}\\p{N}_]+[,:])\\s(?:please\\s|pls\\s|plz\\s|kindly\\s|now\\s|bitte\\s|por favor,?\\s|per favore,?\\s|пожалуйста,?\\s){0,2}(?:${trade})\\s(?:me\\s|us\\s|them\\s|out\\s)?(?:(?:(?:a|${ones})\\s){0,3}(?:${thousands})|\\d{3}[\\d.,_]*|\\d[\\d.,_]*\\s?(?:[kmb](?![\\p{L}])|${thousands}))(?![\\p{L}])`, 'u');
const banking = /(?=[a-z])(?<![\p{L}])(?:ban|kick|mute|unban|timeout|promote|demote|op|deop|whitelist)\s(?:user\s|all\s)?\S{3,}\s(?:now|permanently|\d+[dhms])\b/u;

const emptying = new RegExp(`(?=[a-züкоп])(?<![\\p{L}])(?:sudo\\s)?(?:${trade})\\s(?:all|everything|(?:the |your |my )?(?:entire |whole )?(?:balance|wallet|treasury))(?![\\p{L}])(?:\\s(?:to|now|funds)|\\s*$)|(?<![\\p{L}])sudo\\s(?:${trade})(?![\\p{L}])`, 'u');
const banked = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:\s?[\dA-Z]{4}){3,}/u;

const mayBeCoins = /\d|coin|token|satoshi|[ _](?:eth|btc|sol|usd[ct]|doge|sats?|gwei)(?![\p{L}])/u;

export function hasOrder(text: string): boolean {
  const low = text.toLowerCase();
  return (mayBeCoins.test(low) && ordersCoins(text, low)) || called.test(text) || (/\d/u.test(text) && banked.test(text))
    || (/now|permanently|\d[dhms]/u.test(low) && banking.test(low)) || (/all|everything|balance|wallet|treasury|sudo/u.test(low) && emptying.test(low));
}
