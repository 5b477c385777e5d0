import { createHash } from 'node:crypto';
import { PermanentError, TemporaryError, UnknownOutcomeError } from '../core/errors.ts';
import type { Halt, Told } from '../core/manners.ts';
import type { Failpoint, Network } from '../core/ports.ts';
import type { LedgerRecord } from '../core/record.ts';
import { approve, type ApproveTools } from './approve.ts';
import { bareQuestion } from './clean.ts';
import { toShortId } from './hold.ts';
import { withoutHandles } from './obey.ts';
import { isOwner, ownersOn } from './orders.ts';
import { cutToFit } from './polish.ts';

export interface TellTools extends ApproveTools {
  readonly network: Network;
  readonly halt: Halt;
  readonly told: Told;
  /** As `network:handle`. */
  readonly owners: readonly string[];
  readonly failpoint?: Failpoint | undefined;
}

/** Of those that wait, so many are looked at: nobody decides on more by phone. */
const lookedAt = 200;
/** Posts and requests at a time: both are taken from what the network allows for answers. */
const tellsAtOnce = 3;
const looksAtOnce = 2;

/**
 * Sends each held draft to the owners on its network, once, and approves what one of them favourites, where all of it was told. `turn` counts the calls: everybody's turn comes
 * where there is more to look at than one call may. Returns lines for the operator.
 */
export async function tellOwners(turn: number, tools: TellTools): Promise<readonly string[]> {
  const { network, ledger, told, halt } = tools;
  const { name, self } = network;
  const owners = ownersOn(name, tools.owners);
  if (network.tell === undefined || owners.length === 0) return [];
  const held = await ledger.held(name, self.account, lookedAt);
  const names = await told.all(name, self.account);
  const waiting = new Map(held.flatMap(record => owners.map(owner => [toName(record, owner), { record, owner }] as const)));
  if (held.length < lookedAt) await told.drop(name, self.account, [...names.keys()].filter(each => !waiting.has(each)));
  if (waiting.size === 0 || await halt.reason(name) !== undefined) return [];
  const lines: string[] = [];
  for (const [each, { record, owner }] of [...waiting].filter(([one]) => !names.has(one)).slice(0, tellsAtOnce)) lines.push(...await tellOne(each, record, owner, tools));
  const posts = [...waiting].flatMap(([each, { record }]) => (names.get(each) ? [{ record, id: names.get(each) ?? '' }] : []));
  for (let at = 0; at < Math.min(looksAtOnce, posts.length); at += 1) {
    const post = posts[(turn * looksAtOnce + at) % posts.length];
    if (post) lines.push(...await lookAt(post, tools));
  }
  return lines;
}

const toName = (record: LedgerRecord, owner: string): string => `${toShortId(record, record.fence ?? '')} ${owner}`;

async function tellOne(name: string, record: LedgerRecord, owner: string, { network, told, failpoint }: TellTools): Promise<readonly string[]> {
  const { self } = network;
  if (!record.draft || !await told.take(network.name, self.account, name)) return [];
  try {
    const room = network.limits.text - network.measure(`@${owner} `);
    const { text, isWhole } = toTold(record, room, each => network.measure(each));
    const post = await network.tell?.(owner, text, createHash('sha256').update(`told ${network.name}/${self.account}/${name}`).digest('hex').slice(0, 40));
    await failpoint?.('after the telling', record);
    // Nobody approves by a favourite what he could not read.
    if (post && isWhole) await told.keep(network.name, self.account, name, post.id);
    return [];
  } catch (error) {
    // It was not sent: the next call tries again. Where nobody knows, it counts as told.
    if (error instanceof TemporaryError || (error instanceof PermanentError && error.about === 'account')) await told.drop(network.name, self.account, [name]);
    else if (!(error instanceof PermanentError || error instanceof UnknownOutcomeError)) throw error;
    return [`${record.id}: its owner may not have heard that it waits: ${error.message}`];
  }
}

/** Longest question that is told along. */
const questionKept = 120;

/** The draft without its salutation, what was asked, and what to do about it. The draft comes first: it is what is approved. */
export function toTold(record: LedgerRecord, room: number, measure: (text: string) => number): { readonly text: string; readonly isWhole: boolean } {
  const name = toShortId(record, record.fence ?? '');
  const question = Array.from(bareQuestion(record.mention.text)).slice(0, questionKept).join('');
  const draft = record.draft?.receipt.answer ?? '';
  const news = record.reworded === undefined ? '' : '\n\nIts author edited it; this answers what it says now.';
  const foot = `${news}\n\nFavourite this to post it, or answer “approve ${name}” or “reject ${name}”.`;
  const whole = [question === '' ? draft : `“${question}”\n→ ${draft}`, draft].map(text => withoutHandles(text + foot)).find(text => measure(text) <= room);
  if (whole !== undefined) return { text: whole, isWhole: true };
  const cut = ` […]\n\nToo long: read it at the desk, then “approve ${name}” or “reject ${name}”. No favourite counts.`;
  return { text: withoutHandles(cutToFit(draft, room - measure(withoutHandles(cut)), measure) + cut), isWhole: false };
}

async function lookAt({ record, id }: { readonly record: LedgerRecord; readonly id: string }, tools: TellTools): Promise<readonly string[]> {
  try {
    const handles = await tools.network.favouredBy?.({ id }) ?? [];
    const owner = handles.find(handle => isOwner(handle, record, tools.owners));
    if (owner === undefined) return [];
    const decided = await approve(record, record.fence ?? '', `${record.network}:${owner}`, tools);
    return [`${record.id}: ${'done' in decided ? 'approved by its owner, who favourited it' : `not approved: ${decided.refused}`}`];
  } catch (error) {
    if (error instanceof TemporaryError || error instanceof PermanentError) return []; // by an order it can still be approved, and the next look comes by itself
    throw error;
  }
}
