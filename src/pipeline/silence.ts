import type { Quota, Quotas, Wishes } from '../core/manners.ts';
import type { Receipts } from '../core/ports.ts';
import type { Mention, Self, Thread, Visibility } from '../core/types.ts';
import { screen } from './discussed.ts';
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

/** The server in a handle or an account; undefined: it names none. */
export const hostIn = (handle: string): string | undefined => /@([^@]+)$/u.exec(handle)?.[1]?.toLowerCase();
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

/** Orders come in private, and nobody leaves himself alone. */
export const forOwner = (rules: SilenceRules): SilenceRules => ({ ...rules, answers: ['direct'], leaveAlone: [] });

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
  // As far as the mention itself tells, for reading more may cost money.
  if (await wishes.isQuiet(network, account, idsOf([...mention.before ?? [], mention], mention))) return { silent: quietThread };
  const before = mention.replyTo === undefined ? undefined : await receipts.get(network, account, mention.replyTo);
  const turns = await quotas.turn(network, account, author.id, id, before !== undefined && looksAutomatic(mention, before));
  if (turns >= turnsOfMachines) {
    if (turns === turnsOfMachines && await quotas.goodnight(network, account, author.id, id, dayMs)) return { goodnight: true };
    return { silent: 'its author answers as fast or as alike as a machine: two bots could go on for ever' };
  }
  const used = await usedUp(mention, now, { quotas, rules });
  return used && { silent: describeQuota(used) };
}

/** Counts a mention against every quota that can be told from itself: the one that is used up. */
export async function usedUp({ network, account, id, author, conversation }: Mention, now: number, { quotas, rules }: Pick<SilenceTools, 'quotas' | 'rules'>): Promise<Quota | undefined> {
  const since = author.since === undefined ? undefined : now - Date.parse(author.since);
  const host = hostOf({ author, account });
  const wanted: Quota[] = [
    { of: 'person', key: author.id, limit: rules.quotas.personSoon, perMs: 10 * minuteMs },
    { of: 'person', key: author.id, limit: rules.quotas.personDay, perMs: dayMs },
    ...(since !== undefined && since < newcomerMs ? [{ of: 'person' as const, key: author.id, limit: rules.quotas.newcomer, perMs: hourMs }] : []),
    ...(host === undefined ? [] : [{ of: 'server' as const, key: host, limit: rules.quotas.server, perMs: hourMs }]),
    { of: 'account', key: 'all', limit: rules.quotas.all, perMs: hourMs },
    ...(conversation === undefined ? [] : [threadQuota(conversation, rules)]),
  ];
  return quotas.take(network, account, id, wanted);
}

const of: Readonly<Record<Quota['of'], string>> = { person: 'to this person', thread: 'in this thread', server: 'to this server', account: 'in all' };
export const describeQuota = ({ of: what, limit, perMs }: Quota): string =>
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

/** The same once the thread is known: of the person who is talked about, and of the thread. Otherwise what of it may be read. */
export async function silenceIn(thread: Thread, mention: Mention, self: Self, { wishes, quotas, rules }: Pick<SilenceTools, 'wishes' | 'quotas' | 'rules'>): Promise<{ readonly silent: string } | { readonly thread: Thread }> {
  const { network, account, id } = mention;
  const screened = await screen(thread, mention, self, wishes);
  if ('silent' in screened) return screened;
  if (await wishes.isQuiet(network, account, idsOf(thread, mention))) return { silent: quietThread };
  const used = await quotas.take(network, account, id, [threadQuota(mention.conversation ?? thread[0]?.id ?? id, rules)]);
  return used ? { silent: describeQuota(used) } : screened;
}

const quietThread = 'somebody asked for quiet in this thread';
const threadQuota = (key: string, { quotas: { thread: limit } }: SilenceRules): Quota => ({ of: 'thread', key, limit, perMs: dayMs });

/** By which a thread is known again, whichever of its branches somebody asks in. */
export const idsOf = (thread: Thread, mention: Mention): string[] =>
  [...new Set([...mention.conversation === undefined ? [] : [mention.conversation], ...thread.map(post => post.id), ...mention.replyTo === undefined ? [] : [mention.replyTo]])];

/** Whether those whom a draft concerns still want it: they may have said otherwise while it waited. The reason when not. */
export async function unwanted(mention: Mention, mayRemove: readonly string[], wishes: Pick<Wishes, 'leftAlone' | 'isQuiet'>): Promise<string | undefined> {
  const people = [mention.author, ...mayRemove.map(id => ({ id, handle: '' }))];
  const isSo = await wishes.leftAlone(mention.network, people) || await wishes.isQuiet(mention.network, mention.account, idsOf([...mention.before ?? [], mention], mention));
  return isSo ? 'its author or somebody whom it is about wants to be left alone by now, or its thread to stay quiet' : undefined;
}
