import type { Quota, Quotas, Wishes } from '../core/manners.ts';
import type { Receipts } from '../core/ports.ts';
import type { Mention, Post, Self, Thread, Visibility } from '../core/types.ts';
import { likeness } from './gate/quotation.ts';

/** Why nothing is said any more where the network does not let us keep what was written for longer. */
export const forgotten = 'it waited for so long that its text may not be kept any more';

/** What the operator decided about when to be silent. */
export interface SilenceRules {
  readonly answers: readonly Visibility[];
  /** Hosts, and people as `network:handle`, who are never answered. */
  readonly leaveAlone: readonly string[];
  readonly maxAgeMs: number;
  /** Own posts in one thread a day; answers to one person in ten minutes and a day, to one who is new there in an hour, to one other server and in all in an hour. 0: no limit. */
  readonly quotas: { readonly thread: number; readonly personSoon: number; readonly personDay: number; readonly newcomer: number; readonly server: number; readonly all: number };
}

interface Facts {
  readonly mention: Mention;
  readonly self: Self;
  readonly now: number;
  readonly rules: SilenceRules;
}

const hostIn = (handle: string): string | undefined => /@([^@]+)$/u.exec(handle)?.[1]?.toLowerCase();
/** Where its author lives; undefined where that is our own server, or the network is one. */
const hostOf = ({ author, account }: Pick<Mention, 'author' | 'account'>): string | undefined => {
  const host = hostIn(author.handle);
  return host === hostIn(account) ? undefined : host;
};

/** Silence for what the mention itself shows, most telling first. */
const reasons: readonly ((facts: Facts) => string | false | undefined)[] = [
  ({ mention, self }) => mention.author.id === self.id && 'own post',
  ({ mention }) => mention.author.isBot && 'from a bot account',
  ({ mention }) => mention.unanswerable,
  ({ mention, rules }) => !rules.answers.includes(mention.visibility) && `${mention.visibility} posts are not answered here (manners.answer)`,
  ({ mention, rules: { leaveAlone } }) => {
    const host = hostOf(mention);
    const isListed = leaveAlone.some(each => each === host || each === `${mention.network}:${mention.author.handle.toLowerCase()}`);
    return isListed && 'its author or server is left alone by your settings (manners.leaveAlone)';
  },
  ({ mention, now, rules: { maxAgeMs } }) => {
    const age = now - Date.parse(mention.createdAt);
    return age > maxAgeMs && `too old (${Math.round(age / 3_600_000)} h)`;
  },
];

/** May we answer? The reason when not, undefined when we may. */
export function silence(mention: Mention, self: Self, now: number, rules: SilenceRules): string | undefined {
  for (const reason of reasons) {
    const found = reason({ mention, self, now, rules });
    if (found !== undefined && found !== false) return found;
  }
  return undefined;
}

export interface SilenceTools {
  readonly wishes: Wishes;
  readonly quotas: Quotas;
  readonly receipts: Pick<Receipts, 'get'>;
  readonly rules: SilenceRules;
}

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];
/** An account so young has nothing to lose. */
const newcomerMs = 7 * dayMs;

/** The reason when this person, or the conversation with him, is to be left alone; a last line when it looks as if two machines talked. Before anything is read or paid. */
export async function silenceTo(mention: Mention, now: number, { wishes, quotas, receipts, rules }: SilenceTools): Promise<{ readonly silent: string } | { readonly goodnight: true } | undefined> {
  const { network, account, id, author } = mention;
  if (await wishes.leftAlone(network, [author])) return { silent: 'its author wants to be left alone' };
  const before = mention.replyTo === undefined ? undefined : await receipts.get(network, account, mention.replyTo);
  const turns = await quotas.turn(network, account, author.id, id, before !== undefined && looksAutomatic(mention, before));
  if (turns >= turnsOfMachines) {
    if (turns === turnsOfMachines && await quotas.goodnight(network, account, author.id, id, dayMs)) return { goodnight: true };
    return { silent: 'its author answers as fast or as alike as a machine: two bots could go on for ever' };
  }
  const used = await overQuota(mention, now, { quotas, rules });
  return used === undefined ? undefined : { silent: used };
}

/** Counts a mention against every quota that can be told from itself: the reason when one is used up. */
export async function overQuota({ network, account, id, author }: Mention, now: number, { quotas, rules }: Pick<SilenceTools, 'quotas' | 'rules'>): Promise<string | undefined> {
  const since = author.since === undefined ? undefined : now - Date.parse(author.since);
  const host = hostOf({ author, account });
  const wanted: Quota[] = [
    { of: 'person', key: author.id, limit: rules.quotas.personSoon, perMs: 10 * minuteMs },
    { of: 'person', key: author.id, limit: rules.quotas.personDay, perMs: dayMs },
    ...(since !== undefined && since < newcomerMs ? [{ of: 'person' as const, key: author.id, limit: rules.quotas.newcomer, perMs: hourMs }] : []),
    ...(host === undefined ? [] : [{ of: 'server' as const, key: host, limit: rules.quotas.server, perMs: hourMs }]),
    { of: 'account', key: 'all', limit: rules.quotas.all, perMs: hourMs },
  ];
  const used = await quotas.take(network, account, id, wanted);
  return used && describe(used);
}

const of: Readonly<Record<Quota['of'], string>> = { person: 'to this person', thread: 'in this thread', server: 'to this server', account: 'in all' };
const describe = ({ of: what, limit, perMs }: Quota): string =>
  `${limit} answers ${of[what]} in ${perMs >= dayMs ? 'a day' : perMs >= hourMs ? 'an hour' : `${perMs / minuteMs} minutes`} are the limit (manners.quotas)`;

/** So many turns in a row, and the next post is the last one. */
const turnsOfMachines = 2;
/** Nobody reads an answer and writes one so soon, twice in a row. */
const humanMs = 8_000;
/** What only somebody who copies would say. */
const copied = 0.6;

function looksAutomatic({ createdAt, text }: Mention, before: { readonly at: string; readonly answer: string }): boolean {
  const waited = Date.parse(createdAt) - Date.parse(before.at);
  return waited < humanMs || likeness(text.replace(/@\S+/gu, ' '), before.answer) >= copied;
}

/** Tags in a profile by which people keep bots away. */
const keepOut = /(?:^|[^\p{L}\p{N}_])[#＃]?(?:nobot|nobots|noai|nollm|no-?bots?-?please)(?![\p{L}\p{N}_])/iu;

/** The same once the thread is known: of the person who is talked about, and of the thread. */
export async function silenceIn(thread: Thread, mention: Mention, self: Self, { wishes, quotas, rules }: SilenceTools): Promise<string | undefined> {
  const { network, account, id, author } = mention;
  const others: readonly Post[] = [...thread.slice(0, -1), ...mention.quote ? [mention.quote] : []].filter(post => post.author.id !== self.id && post.author.id !== author.id);
  const discussed = others.filter(post => post.id === mention.replyTo || post.id === mention.quote?.id);
  if (discussed.some(post => keepOut.test(post.author.bio ?? ''))) return 'the person it is about keeps bots out (#nobot, #noai or #nollm in the profile)';
  if (await wishes.leftAlone(network, discussed.map(post => post.author))) return 'the person it is about wants to be left alone';
  if (await wishes.isQuiet(network, account, idsOf(thread, mention))) return 'somebody asked for quiet in this thread';
  const key = mention.conversation ?? thread[0]?.id ?? id;
  const used = await quotas.take(network, account, id, [{ of: 'thread', key, limit: rules.quotas.thread, perMs: dayMs }]);
  return used && describe(used);
}

/** By which a thread is known again, whichever of its branches somebody asks in. */
export const idsOf = (thread: Thread, mention: Mention): string[] =>
  [...new Set([...mention.conversation === undefined ? [] : [mention.conversation], ...thread.map(post => post.id), ...mention.replyTo === undefined ? [] : [mention.replyTo]])];
