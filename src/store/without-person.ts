import type { Person } from '../core/manners.ts';
import type { Receipt } from '../core/record.ts';
import type { ContextItem, Mention, Post } from '../core/types.ts';
import { toConcerned } from './receipts.ts';

/** What stands for the handle of somebody who is forgotten, in what others wrote. */
const mask = '@…';

/** His handle as people write it: whole, or what comes before the host. One who has the same name elsewhere is masked only where no host is written. */
function toHandles(handle: string, ourHost: string | undefined): RegExp {
  const [name = '', host = ourHost] = handle.replace(/^@/u, '').split('@').map(part => part.replace(/[^\p{L}\p{N}_]/gu, sign => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`));
  const whole = host === undefined ? [] : [`@?(?<![\\p{L}\\p{N}_])${name}@${host}(?![\\p{L}\\p{N}_])`];
  return new RegExp([...whole, `(?<![\\p{L}\\p{N}_])@${name}(?![\\p{L}\\p{N}_@])`].join('|'), 'giu');
}

const hostIn = (account: string): string | undefined => account.split('@')[1];

/** A text without the handle of this person. */
const masked = (text: string, { handle }: Person, account = ''): string => (handle === '' ? text : text.replace(toHandles(handle, hostIn(account)), mask));

/** Whether a text that nobody can read for what it is holds his id, or his handle as people write it or as a value by itself. Where it is JSON, or was, a line's end stands in it as a letter. */
export function isNamedIn(text: string, person: Person, account: string): boolean {
  const plain = text.replace(/\\(?:u([\da-f]{4})|(.))/giu, (_, code: string | undefined, sign = '') => (code === undefined ? 'nrtbf'.includes(sign) ? ' ' : sign : String.fromCharCode(parseInt(code, 16))));
  return (person.id !== '' && plain.includes(person.id)) || (person.handle !== '' && plain.toLowerCase().includes(`"${person.handle.toLowerCase()}"`)) || masked(plain, person, account) !== plain;
}

/** A receipt of an answer to somebody else, without what was read of this person, and without his name in what others wrote. Undefined: it tells nothing of him. */
export function withoutPerson(receipt: Receipt, network: string, person: Person, salt: string): Receipt | undefined {
  const ofHis = receipt.items.filter(item => isBy(item, network, person));
  const items = receipt.items.filter(item => !ofHis.includes(item));
  // What trends on his network may be read for an answer on another one, where nobody knows him.
  if (receipt.mention.network !== network) return ofHis.length === 0 ? undefined : { ...receipt, items };
  const without = (text: string): string => masked(text, person, receipt.mention.account);
  const { thread, mayRemove, drafts } = receipt;
  const kept: Receipt = {
    ...receipt,
    asked: without(receipt.asked), answer: without(receipt.answer),
    thread: thread.filter(({ author }) => author.toLowerCase() !== person.handle.toLowerCase()).map(post => ({ ...post, text: without(post.text) })),
    items,
    drafts: drafts.filter(({ text, refused }) => without(text) === text && without(refused) === refused),
    // Whatever else is forgotten, an answer about him is his to remove.
    ...(mayRemove && { mayRemove: mayRemove.map(id => (id === person.id ? toConcerned(network, id, salt) : id)) }),
  };
  return JSON.stringify(kept) === JSON.stringify(receipt) ? undefined : kept;
}

/** Somebody else's mention that waits for its answer, likewise. */
export function withoutPersonHere(mention: Mention, person: Person): Mention {
  const { before, quote, ...rest } = mention;
  const without = <T extends Post>(post: T): T => ({ ...post, text: masked(post.text, person, mention.account), ...(post.quote && { quote: quoted(post.quote) }) });
  const quoted = (post: Post): Post | undefined => (post.author.id === person.id ? undefined : without(post));
  return {
    ...without(rest),
    ...(before && { before: before.filter(({ author }) => author.id !== person.id).map(without) }),
    ...(quote && { quote: quoted(quote) }),
  } as Mention;
}

/** What trends of his own, and what names him. Older items, and those of whoever does not say who wrote them, tell it by their address. */
export function isBy({ kind, by, url = '', text }: ContextItem, network: string, person: Person): boolean {
  if (kind !== 'post') return false;
  if (masked(text, person) !== text) return true;
  if (by) return by.network === network && (by.id === person.id || (by.handle !== '' && by.handle.toLowerCase() === person.handle.toLowerCase()));
  const name = person.handle.split('@')[0]?.toLowerCase() ?? '';
  return [`/@${name}/`, `/${name}/status/`, `/users/${name}/`].some(path => url.toLowerCase().includes(path));
}
