import { createHash } from 'node:crypto';
import type { Gate, LedgerRecord, Receipt, State } from '../core/record.ts';
import type { ContextKind, Rung, Visibility } from '../core/types.ts';

/** A receipt as everybody may see it. Times are ISO 8601, durations milliseconds, sums dollars. */
export interface PublicReceipt {
  readonly version: 1;
  readonly id: string;
  readonly network: string;
  /** The bot's account. */
  readonly account: string;
  readonly mention: { readonly id: string; readonly url?: string; readonly by?: string; readonly text?: string; readonly visibility: Visibility };
  readonly answer: {
    readonly id: string; readonly url: string; readonly text: string; readonly language: string;
    /** When it was written; a human may have let it wait. */
    readonly at: string;
    /** While the ledger knows it. */
    readonly postedAt?: string;
    readonly approved?: true; readonly edited?: true;
  };
  readonly read: {
    readonly thread: readonly { readonly by: string; readonly url: string; readonly text: string }[];
    /** Whether the asker named no topic. */
    readonly open: boolean;
    readonly items: readonly {
      readonly kind: ContextKind; readonly source: string; readonly text: string; readonly url?: string; readonly at: string; readonly language?: string;
      readonly heat: number; readonly count?: number; readonly score: number; readonly matched: readonly string[]; readonly dollars?: number;
    }[];
    /** Which part of it could be paid for. */
    readonly rung?: Rung;
  };
  readonly made: {
    readonly model: string; readonly tokens?: Receipt['tokens']; readonly voice: Receipt['persona'];
    /** Hash of the instructions, which are published beside the receipts. */
    readonly prompt: string;
    readonly dollars?: number;
  };
  readonly gates: readonly { readonly gate: Gate; readonly verdict: string }[];
  /** What was not fit to be posted is not published here either; who has the text can prove by its hash that it was written. */
  readonly withheld: readonly { readonly why: string; /** Absent: its words were not kept by anybody. */ readonly characters?: number; readonly sha256?: string }[];
  readonly took: Receipt['took'];
  /** What became of the mention, while the ledger knows it. */
  readonly history: readonly { readonly state: State; readonly at: string }[];
  /** By when the words of people must be gone; or that they are, and hashes stand in their place. */
  readonly forgetAt?: string;
  readonly forgotten?: true;
}

/** Only what everybody could see on the network anyway; undefined for everything else. */
export function toPublicReceipt(receipt: Receipt, record: LedgerRecord | undefined): PublicReceipt | undefined {
  const { id, reply, asker, visibility } = receipt;
  if (id === undefined || !reply || (visibility !== 'public' && visibility !== 'unlisted') || receipt.privately) return undefined;
  // An answer may be narrower than what it answers.
  if (reply.visibility !== undefined && reply.visibility !== 'public' && reply.visibility !== 'unlisted') return undefined;
  const posted = record?.history?.find(({ state }) => state === 'posted');
  const isForgotten = receipt.forgotten && receipt.forgetAt !== undefined;
  return {
    version: 1,
    id,
    network: receipt.mention.network,
    account: receipt.mention.account,
    mention: { id: receipt.mention.id, ...(asker && { url: asker.url, by: asker.handle }), ...(!isForgotten && { text: receipt.asked }), visibility },
    answer: { id: reply.id, url: reply.url, text: receipt.answer, language: receipt.language, at: receipt.at, ...(posted && { postedAt: new Date(posted.at).toISOString() }), ...(receipt.approved && { approved: receipt.approved }), ...(receipt.edited && { edited: receipt.edited }) },
    read: toPublicRead(receipt),
    made: {
      model: receipt.model, ...(receipt.tokens && { tokens: receipt.tokens }), voice: receipt.persona, prompt: receipt.promptVersion,
      ...(receipt.dollars !== undefined && { dollars: receipt.dollars }),
    },
    gates: receipt.gates ?? [],
    withheld: receipt.drafts.map(({ text, refused }) => ({ why: refused, ...(text !== '' && { characters: Array.from(text).length, sha256: createHash('sha256').update(text).digest('hex') }) })),
    took: receipt.took,
    history: (record?.history ?? []).map(({ state, at }) => ({ state, at: new Date(at).toISOString() })),
    ...(receipt.forgetAt !== undefined && { forgetAt: receipt.forgetAt }),
    ...(receipt.forgotten && { forgotten: receipt.forgotten }),
  };
}

/** What was read for an answer, without what only we make use of. */
export const toPublicRead = ({ thread, open, items, rung }: Pick<Receipt, 'thread' | 'open' | 'items' | 'rung'>): PublicReceipt['read'] => ({
  thread: thread.map(({ author, url, text }) => ({ by: author, url, text })),
  open,
  items: items.map(({ kind, source, text, url, at, language, heat, count, score, matched, cost }) => ({
    kind, source, text, ...(url !== undefined && { url }), at, ...(language !== undefined && { language }), heat: round(heat), ...(count !== undefined && { count }), score: round(score), matched, ...(cost !== undefined && { dollars: cost }),
  })),
  ...(rung !== undefined && { rung }),
});

const round = (value: number): number => Math.round(value * 1_000) / 1_000;
