// What is kept about one mention: its record in the ledger, its draft, and the receipt of its answer. Times as in types.ts.
import type { Mention, MentionRef, PostRef, RankedItem, Rung, Visibility } from './types.ts';

/** Account of how one answer came about, public when the mention was. */
export interface Receipt {
  readonly mention: MentionRef;
  /** Who could see the mention; nobody else may see this. */
  readonly visibility: Visibility;
  readonly asked: string;
  readonly answer: string;
  readonly language: string;
  readonly model: string;
  readonly tokens?: { readonly in: number; readonly out: number; readonly dollars?: number };
  readonly persona: { readonly name: string; readonly version: string };
  /** Hash of the stable part of the prompt. */
  readonly promptVersion: string;
  /** Posts of the thread that were read, oldest first, the mention excluded. */
  readonly thread: readonly { readonly author: string; readonly url: string; readonly text: string }[];
  /** Whether the asker named no topic, and the items came in by heat. */
  readonly open: boolean;
  readonly items: readonly RankedItem[];
  readonly drafts: readonly { readonly text: string; readonly refused: string }[];
  /** Milliseconds. */
  readonly took: { readonly gather: number; readonly model: number; readonly total: number };
  readonly at: string;
  readonly reply?: PostRef;
  /** What the network takes for this mention and its answer, in dollars, by its price list; shared reading is not in it. Absent: it takes nothing. */
  readonly dollars?: number;
  /** How much could be read for the money. */
  readonly rung?: Rung;
  /** When `asked`, `thread` and `drafts` must be gone, where the mention's network says so; each item says it for itself. */
  readonly forgetAt?: string;
  /** Ids of people besides the asker who may have the answer removed: whose post it was about. */
  readonly mayRemove?: readonly string[];
  /** They are gone, and so are those of `items` that had to: what stands for each is a hash. */
  readonly forgotten?: true;
}

/** One answer, durable before it is posted. `number` moves only after a definite refusal. */
export interface Draft {
  readonly number: number;
  readonly text: string;
  readonly language: string;
  readonly receipt: Receipt;
  readonly privately?: true;
}

/** States of a mention in the ledger. */
export const finalStates = ['posted', 'skipped', 'withheld', 'rejected', 'parked', 'quarantined'] as const;
export const openStates = ['seen', 'drafted', 'held', 'ready', 'posting', 'unknown'] as const;
export type State = (typeof finalStates)[number] | (typeof openStates)[number];

/** One mention's record. */
export interface LedgerRecord extends MentionRef {
  readonly state: State;
  readonly mention: Mention;
  /** What was written is not kept any longer: `mention` is down to who, where and when, and there is no draft. */
  readonly forgotten?: true;
  /** An earlier life of the ledger may have answered it: look on the network before posting. */
  readonly verify?: true;
  /** When the ledger first held it; all its times are its own clock's. */
  readonly seenAt: number;
  readonly updatedAt: number;
  /** Why it was skipped, withheld, rejected, parked or quarantined. */
  readonly reason?: string;
  readonly draft?: Draft;
  /** Number the next draft gets. */
  readonly draftNumber: number;
  /** Who entered `posting`: process and attempt. */
  readonly fence?: string;
  /** Until when a request of that attempt may still be written; once it is unknown, from when on the absence of a reply means something. */
  readonly deadline?: number;
  /** Set once an attempt's outcome was unknown. */
  readonly wasUnknown?: boolean;
  /** The network said that it has this very text already: at the first attempt it may mean another mention's answer, later our own. */
  readonly duplicate?: 'at first' | 'later';
  /** How often our reply was looked for after an unknown outcome and not found. */
  readonly absences?: number;
  /** Failures that were worth another try. */
  readonly failures?: number;
  /** How often the process that ran this mention and nothing else ended in the middle. */
  readonly crashes?: number;
  readonly reply?: PostRef;
  /** Once it is posted, what is kept about its author is erased. */
  readonly erase?: true;
}

/** What became of one run over one mention. */
export type Outcome =
  | { readonly kind: 'drafted'; readonly ms: number }
  | { readonly kind: 'posted'; readonly reply: PostRef; readonly readBack: boolean }
  | { readonly kind: 'skipped' | 'withheld' | 'rejected' | 'parked' | 'quarantined'; readonly reason: string }
  /** Run again after `afterMs`; `account` when the whole account must wait. */
  | { readonly kind: 'later'; readonly afterMs: number; readonly reason: string; readonly scope: 'mention' | 'account' }
  /** A definite refusal of the text: compose again. */
  | { readonly kind: 'redraft'; readonly reason: string }
  /** Somebody else is at it, or it is done already. */
  | { readonly kind: 'nothing'; readonly reason: string };
