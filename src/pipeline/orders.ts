import type { Mention } from '../core/types.ts';
import { bareQuestion } from './clean.ts';
import { hostIn } from './silence.ts';

export const orders = ['pause', 'resume', 'status', 'approve', 'reject'] as const;

/** What the owner wants done. */
export interface Order {
  readonly what: (typeof orders)[number];
  /** Which draft he means, as he wrote it; empty where there is none to mean. */
  readonly id: string;
  readonly language: 'en' | 'fr';
}

const words: Readonly<Record<Order['language'], Readonly<Record<Order['what'], string>>>> = {
  en: { pause: 'pause', resume: 'resume', status: 'status', approve: 'approve', reject: 'reject' },
  fr: { pause: 'pause', resume: 'reprends', status: 'statut', approve: 'approuve', reject: 'refuse' },
};

/** An order is the whole of what is said: one word, and for some a draft's name. Anything else is something to answer. */
export function readOrder(text: string, hint: string | undefined): Order | undefined {
  const bare = bareQuestion(text).normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  const [word = '', id = '', ...rest] = bare.split(' ');
  if (rest.length > 0) return undefined;
  const languages: readonly Order['language'][] = hint?.toLowerCase().startsWith('fr') ? ['fr', 'en'] : ['en', 'fr'];
  for (const language of languages) {
    const what = orders.find(each => words[language][each] === word.toLowerCase());
    if (what) return id === '' || what === 'approve' || what === 'reject' ? { what, id: id.toUpperCase(), language } : undefined;
  }
  return undefined;
}

/** Letters that only look like those of ASCII stay what they are. */
const lower = (handle: string): string => handle.replace(/^@/u, '').replace(/[A-Z]/gu, letter => letter.toLowerCase());

/** With the host, which a network leaves out of its own people's handles. */
function whole(handle: string, account: string): string {
  const host = hostIn(account);
  return lower(handle.replace(/^@/u, '').includes('@') || host === undefined ? handle : `${handle}@${host}`);
}

/** Handles of the owners on one network. */
export const ownersOn = (network: string, owners: readonly string[]): readonly string[] =>
  owners.filter(owner => owner.startsWith(`${network}:`)).map(owner => lower(owner.slice(network.length + 1)));

/** Whether a handle, as the network says it, is one of the owners', on the very server that they are on. */
export const isOwner = (handle: string, { network, account }: Pick<Mention, 'network' | 'account'>, owners: readonly string[]): boolean =>
  ownersOn(network, owners).some(owner => whole(owner, account) === whole(handle, account));

/** The order that a mention is; undefined: one like any other. What everybody can read, or somebody else says, is none. */
export const orderOf = (mention: Mention, owners: readonly string[] = []): Order | undefined =>
  (mention.visibility === 'direct' && isOwner(mention.author.handle, mention, owners) ? readOrder(mention.text, mention.language) : undefined);
