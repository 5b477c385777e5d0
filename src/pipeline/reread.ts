import { PermanentError, TemporaryError } from '../core/errors.ts';
import type { Memory } from '../core/manners.ts';
import type { Ledger, Network, Receipts } from '../core/ports.ts';
import type { LedgerRecord, Receipt, State } from '../core/record.ts';
import type { Look, MentionRef, Visibility } from '../core/types.ts';
import { takeBack } from './grant.ts';

export interface RereadTools {
  readonly network: Pick<Network, 'name' | 'self' | 'thread' | 'remove' | 'costs'>;
  /** Whom posts may be asked of: what was read for an answer may come from other networks than its own. */
  readonly accounts: readonly Pick<Network, 'name' | 'self' | 'look'>[];
  readonly ledger: Ledger;
  readonly receipts: Receipts;
  readonly memory: Pick<Memory, 'eraseMention'>;
}

/** What one more look came to. `over`: nothing is left of it to look at; `unknown`: its network did not say, or nobody can read what is kept. */
export interface Reread<Ref extends MentionRef> {
  readonly ref: Ref;
  readonly found: 'stands' | 'over' | 'unknown';
  /** What was done, in a line for the operator. */
  readonly line?: string;
}

/** What is kept about one mention, and all posts whose words are in it. */
interface Kept<Ref> {
  readonly ref: Ref;
  readonly record?: LedgerRecord;
  readonly receipt?: Receipt | undefined;
  /** There is a record, and nobody can read it. */
  readonly isUnreadable?: true;
  readonly posts: readonly MentionRef[];
}

/** Their words are kept until somebody looked after them. */
const badEnds: readonly State[] = ['withheld', 'rejected', 'parked', 'quarantined'];

/**
 * Mentions that were answered, or came to a bad end, looked at again with everything that was read for them. Where somebody took back the mention, or
 * the post it was about, our answer goes too; what others said and took back, or said differently, goes from the receipt.
 */
export async function reread<Ref extends MentionRef>(refs: readonly Ref[], tools: RereadTools): Promise<readonly Reread<Ref>[]> {
  const all = await Promise.all(refs.map(ref => readKept(ref, tools)));
  const looks = await lookAt(all.flatMap(({ posts }) => posts), tools.accounts);
  const done: Reread<Ref>[] = [];
  for (const kept of all) done.push(await judge(kept, looks, tools));
  return done;
}

async function readKept<Ref extends MentionRef>(ref: Ref, { accounts, ledger, receipts }: RereadTools): Promise<Kept<Ref>> {
  const { network, account } = ref;
  const { records: [record], unreadable } = await ledger.getAll([ref]);
  if (unreadable.length > 0) return { ref, isUnreadable: true, posts: [] };
  const isBadEnd = record !== undefined && badEnds.includes(record.state) && !record.forgotten;
  if (!record || !(isBadEnd || (record.state === 'posted' && record.reply))) return { ref, ...(record && { record }), posts: [] };
  const receipt = record.reply ? await receipts.get(network, account, record.reply.id) : record.draft?.receipt;
  const here = [ref.id, ...receipt ? saidBefore(receipt, accounts) : [], ...receipt?.about ?? [], ...record.mention.quote ? [record.mention.quote.id] : []];
  const posts = [...here.map(id => ({ network, account, id })), ...receipt?.items.flatMap(({ post }) => post ?? []) ?? []];
  return { ref, record, receipt, posts: posts.filter(post => lookerOf(post, accounts)) };
}

/** What we said ourselves we need not ask about. */
function saidBefore({ mention, thread }: Receipt, accounts: RereadTools['accounts']): string[] {
  const ours = accounts.find(({ name, self }) => name === mention.network && self.account === mention.account)?.self.handle;
  return thread.flatMap(({ id, author }) => (id === undefined || author === ours ? [] : [id]));
}

const lookerOf = (post: MentionRef, accounts: RereadTools['accounts']) => accounts.find(({ name, self, look }) => look && name === post.network && self.account === post.account);
const toKey = ({ network, account, id }: MentionRef): string => JSON.stringify([network, account, id]);

/** Every post once, by whoever read it. What a network will not say now is asked again another time. */
async function lookAt(posts: readonly MentionRef[], accounts: RereadTools['accounts']): Promise<ReadonlyMap<string, Look>> {
  const looks = new Map<string, Look>();
  for (const { name: network, self: { account }, look } of accounts) {
    const ids = [...new Set(posts.filter(post => post.network === network && post.account === account).map(({ id }) => id))];
    if (!look || ids.length === 0) continue;
    try {
      for (const [id, found] of await look(ids)) looks.set(toKey({ network, account, id }), found);
    } catch (error) {
      if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
    }
  }
  return looks;
}

const isNarrow = (visibility: Visibility | undefined): boolean => visibility === 'followers' || visibility === 'direct';

async function judge<Ref extends MentionRef>({ ref, record, receipt, isUnreadable, posts }: Kept<Ref>, looks: ReadonlyMap<string, Look>, tools: RereadTools): Promise<Reread<Ref>> {
  if (isUnreadable) return { ref, found: 'unknown' };
  if (!record || record.state === 'skipped') return { ref, found: 'over' };
  // Somebody tries it again just now.
  if (record.state !== 'posted' && !badEnds.includes(record.state)) return { ref, found: 'stands' };
  if (posts.length === 0) return { ref, found: 'over' };

  const { network, account } = ref;
  const isOwn = (post: MentionRef): boolean => post.network === network && post.account === account;
  // What another account read waits for the next look where that one cannot say: one that is out of order for days must not hold up this one's line.
  const waitsFor = posts.some(isOwn) ? posts.filter(isOwn) : posts;
  const stays = { ref, found: waitsFor.some(post => !looks.has(toKey(post))) ? 'unknown' : 'stands' } as const;
  const here = (id: string): MentionRef => ({ network, account, id });
  const lookOf = (post: MentionRef): Look => looks.get(toKey(post)) ?? { stands: true };
  // Among few people an answer tells nobody else what they said.
  const wasForAll = !isNarrow(record.mention.visibility);
  const isTakenBack = (post: MentionRef, isForAll = wasForAll): boolean => !lookOf(post).stands || (isForAll && isNarrow(lookOf(post).visibility));
  const isChanged = (post: MentionRef, text: string): boolean => (lookOf(post).text ?? text) !== text;
  const struck = !receipt ? [] : [
    ...isChanged(here(ref.id), receipt.asked) ? [here(ref.id)] : [],
    ...receipt.thread.flatMap(({ id, text }) => (id !== undefined && (isTakenBack(here(id)) || isChanged(here(id), text)) ? [here(id)] : [])),
    ...receipt.items.flatMap(({ post, text }) => (post && (isTakenBack(post, true) || isChanged(post, text)) ? [post] : [])),
  ];
  const isMentionGone = isTakenBack(here(ref.id)) || lookOf(here(ref.id)).isUntagged === true;
  const isTopicGone = [...receipt?.about ?? [], ...record.mention.quote ? [record.mention.quote.id] : []].some(id => isTakenBack(here(id)));

  if (!isMentionGone && !isTopicGone && struck.length === 0) return stays;
  if (record.state !== 'posted' || !record.reply) {
    // Nobody waits for it any more, so all of it goes.
    await tools.memory.eraseMention(ref);
    return { ref, found: 'over', line: `${ref.id}: what people wrote was taken back, and so it is forgotten` };
  }
  if (!isMentionGone && !isTopicGone) {
    await tools.receipts.strike(network, account, record.reply.id, struck);
    return { ...stays, line: `${ref.id}: what was taken back or changed is gone from its receipt` };
  }
  try {
    await takeBack(ref, record.reply, `removed: ${isMentionGone ? 'its author deleted the mention' : 'the post it was about was taken back'}`, tools);
  } catch (error) {
    if (error instanceof TemporaryError) return { ref, found: 'unknown' };
    if (error instanceof PermanentError) return { ref, found: 'stands' }; // the next look comes by itself
    throw error;
  }
  if (isMentionGone) await tools.memory.eraseMention(ref);
  return { ref, found: 'over', line: `${ref.id}: ${isMentionGone ? 'its author deleted it' : 'the post it was about was taken back'}, and so our answer is gone` };
}
