import { callsByNumber, contactIn } from './contacts.ts';
import { isLikelyALink, linksIn, spelledLinks } from './addresses.ts';
import { hasHandle, hasHandleSign } from './handles.ts';
import { unmask } from './fold.ts';
import { hasWallet } from './keys.ts';
import { hasOrder } from './bidding.ts';

// What no post of ours may hold, as it is read by networks and people. Each looks at a text that is unmasked already, and none of them looks twice at a letter.

/** "$5" is money and "US$" too; "$DOGE" calls a trader. */
export const hasCashtag = (text: string): boolean =>
  (/[$＄﹩€£¥₿₹₽]/u.test(text) || /\/(?:USD|BTC|ETH|BNB|SOL|EUR)/u.test(text)) && /(?<![\p{L}\p{N}])[$＄﹩](?:_?\p{L}[\p{L}\p{N}]{1,14}|\s\p{Lu}{3,10})(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])[€£¥₿₹₽](?:\p{Lu}[\p{Lu}\p{N}]{2,9})(?![\p{L}\p{N}])|(?<![\p{L}\p{N}/])\p{Lu}{2,10}\/(?:USDT|USDC|USD|BTC|ETH|BNB|SOL|EUR)(?![\p{L}\p{N}])/u.test(text);

/** A tag calls a crowd; only one that is in the context itself may be named. */
export const tagsIn = (text: string): string[] => text.match(/(?<![\p{L}\p{N}&/])#\p{L}[\p{L}\p{N}_]{2,}/gu) ?? [];

/** As little as can be told from letters in any order: an account, a link. For what is read out of a cipher, where chance makes the rest. */
export const callsSomebody = (text: string): boolean => hasHandleSign(text) || hasOrder(text) || callsByNumber(text) || linksIn(text).some(isLikelyALink);

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
