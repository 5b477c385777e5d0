import type { Counts, End, Silence } from '../core/counts.ts';
import type { Ledger, Model } from '../core/ports.ts';
import { standingOf, type LedgerRecord, type State } from '../core/record.ts';

const ends: Readonly<Partial<Record<State, End>>> = { posted: 'answered', skipped: 'skipped', withheld: 'withheld', rejected: 'rejected', parked: 'parked', quarantined: 'quarantined' };

/**
 * The same ledger, whose changes are counted. Here, because each of them happens once, whoever makes it and however often it was tried: a worker, a process
 * of its own, the desk, the owner's phone. Its times are the store's.
 */
export function countLedger(ledger: Ledger, counts: Counts, toSilence: (reason: string) => Silence): Ledger {
  return {
    ...ledger,
    async see(network, ...rest) {
      const fresh = await ledger.see(network, ...rest);
      counts.add('seen', network, '', fresh.length);
      return fresh;
    },
    async change(ref, change) {
      const record = await ledger.change(ref, change);
      if (!record || change.from.includes(change.to)) return record;
      const { draft } = change.patch ?? {};
      if (draft && !draft.toOwner && change.from.includes('seen')) countDraft(record, draft.receipt.took, counts);
      const isOrder = standingOf(record) === 'ordered';
      const end = isOrder ? 'ordered' : ends[change.to];
      if (end !== undefined) counts.add('mentions', record.network, end);
      if (end === 'skipped') counts.add('silences', record.network, toSilence(record.reason ?? ''));
      if (end === 'answered') countPost(record, counts);
      return record;
    },
  };
}

function countDraft({ network, seenAt, updatedAt, mention, history = [] }: LedgerRecord, took: { readonly gather: number; readonly model: number; readonly total: number }, counts: Counts): void {
  const begins = history.filter(({ state }) => state === 'seen');
  if (begins.length <= 1) counts.took(network, 'hear', seenAt - Date.parse(mention.createdAt));
  counts.took(network, 'wait', updatedAt - (begins.at(-1)?.at ?? seenAt) - took.total);
  // Lines that nobody composed take no time.
  if (took.total === 0) return;
  counts.took(network, 'gather', took.gather);
  counts.took(network, 'model', took.model);
  counts.took(network, 'compose', took.total);
}

function countPost({ network, seenAt, updatedAt, history = [] }: LedgerRecord, counts: Counts): void {
  const drafted = history.findLastIndex(({ state }) => state === 'drafted' || state === 'held');
  const made = history[drafted];
  // One that an earlier life of the store had answered: nobody knows how long that took.
  if (!made) return;
  const approved = made.state === 'held' ? history.slice(drafted).find(({ state }) => state === 'ready') : undefined;
  if (approved) counts.took(network, 'hold', approved.at - made.at);
  counts.took(network, 'publish', updatedAt - (approved ?? made).at);
  counts.took(network, 'whole', updatedAt - seenAt);
}

/** The same model, whose answers, failures and costs are counted: whatever is asked of it for this network costs, posted or not. */
export function countModel(model: Model, counts: Counts, network: string): Model {
  let failures = 0;
  const counted = (each: Model): Model => ({
    ...each,
    ...(each.alone && { alone: counted(each.alone) }),
    ...(each.standIn && { standIn: counted(each.standIn) }),
    async complete(prompt, signal) {
      try {
        const completion = await each.complete(prompt, signal);
        failures = 0;
        const { tokens, refusal, calls = 1 } = completion;
        counts.add('calls', network, refusal === undefined ? 'answered' : 'refused', calls);
        counts.add('tokens', network, 'in', tokens?.in ?? 0);
        counts.add('tokens', network, 'out', tokens?.out ?? 0);
        counts.add('dollars', network, 'model', tokens?.dollars ?? 0);
        return completion;
      } catch (error) {
        failures += 1;
        counts.add('calls', network, 'failed');
        throw error;
      } finally {
        counts.mark('model', network, failures);
      }
    },
  });
  return counted(model);
}
