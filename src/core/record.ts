// What is kept about one mention: its record in the ledger, its draft, and the receipt of its answer. Times as in types.ts.
import type { Completion, Mention, MentionRef, PostRef, RankedItem, Rung, Visibility } from './types.ts';

/** Account of how one answer came about, public when the mention was. */
export interface Receipt {
  /** Names it in addresses, once its answer is posted: the same for the same answer, wherever it is kept. */
  readonly id?: string;
  readonly mention: MentionRef;
  /** Who asked, and where. */
  readonly asker?: { readonly handle: string; readonly url: string };
  /** Who could see the mention; nobody else may see this. */
  readonly visibility: Visibility;
  /** The answer was for the asker's eyes only, and so is this. */
  readonly privately?: true;
  readonly asked: string;
  readonly answer: string;
  readonly language: string;
  readonly model: string;
  readonly tokens?: { readonly in: number; readonly out: number; readonly dollars?: number };
  readonly persona: { readonly name: string; readonly version: string };
  /** Hash of the stable part of the prompt. */
  readonly promptVersion: string;
  /** Posts of the thread that were read, oldest first, the mention excluded. Without an `id`: its words are gone, and a hash stands for them. */
  readonly thread: readonly { readonly id?: string; readonly author: string; readonly url: string; readonly text: string }[];
  /** Ids of the posts it is about, ours excluded: what the mention answers, and what it quotes. */
  readonly about?: readonly string[];
  /** Whether the asker named no topic, and the items came in by heat. */
  readonly open: boolean;
  readonly items: readonly RankedItem[];
  readonly drafts: readonly { readonly text: string; readonly refused: string }[];
  /** What it went through on its way out, in this order, and what each said. */
  readonly gates?: readonly { readonly gate: Gate; readonly verdict: string }[];
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
  /** Ids of people besides the asker who may have the answer removed: those whom it is about, the nearest first. A hash stands for one who wanted to be forgotten. */
  readonly mayRemove?: readonly string[];
  /** A human looked at the answer before it was posted, and changed it where `edited` says so. */
  readonly approved?: true;
  readonly edited?: true;
  /** They are gone, and so are those of `items` that had to: what stands for each is a hash. */
  readonly forgotten?: true;
}

/** Why a draft gave way to another one although nothing was wrong with it, as its `refused` says it. */
export const gaveWay = { notWanted: 'refused by the operator', changed: 'changed by the operator', outdated: 'its author edited the mention after it was written' } as const;
export type GaveWay = (typeof gaveWay)[keyof typeof gaveWay];

/** What stands between a mention and a post: whether we may answer, whether what was said may be read, which room it is, what the draft may hold, and whether it is fit to be said. */
export type Gate = 'silence' | 'asked' | 'room' | 'grammar' | 'draft';

/** What one mention comes to. */
export type Answer =
  /** Nothing is to be said, and nobody was asked. */
  | { readonly silent: string }
  | { readonly text: string; readonly language: string; readonly receipt: Receipt }
  | { readonly refused: string; readonly drafts: Receipt['drafts'] };

/** One answer, durable before it is posted. `number` moves only after a definite refusal. */
export interface Draft {
  readonly number: number;
  readonly text: string;
  readonly language: string;
  readonly receipt: Receipt;
  readonly privately?: true;
  /** It answers an order of the owner's, and is sent although everything else is paused. */
  readonly toOwner?: true;
  /** How often a human has changed it. */
  readonly edits?: number;
}

/** What a model said and the gate let pass, while nobody could tell whether it is fit to be said. */
export interface Unjudged {
  readonly text: string;
  /** Of which voice and instructions it is: another one asks anew. */
  readonly version: string;
  readonly attempt: number;
  readonly completion: Omit<Completion, 'text'>;
  /** What was refused before it. */
  readonly drafts: Receipt['drafts'];
}

/** States of a mention in the ledger. */
export const finalStates = ['posted', 'skipped', 'withheld', 'rejected', 'parked', 'quarantined'] as const;
export const openStates = ['seen', 'drafted', 'held', 'ready', 'posting', 'unknown'] as const;
export type State = (typeof finalStates)[number] | (typeof openStates)[number];

/** What is listed and counted apart: the states, and of what is posted the answers to orders of the owner's, which answer nobody else. */
export const standings = [...openStates, ...finalStates, 'ordered'] as const;
export type Standing = (typeof standings)[number];
export const standingOf = ({ state, ordered }: { readonly state: State; readonly ordered?: unknown }): Standing => (state === 'posted' && ordered === true ? 'ordered' : state);

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
  /** Every state it was in and since when, the oldest first; of a very long way the middle is left out. */
  readonly history?: readonly { readonly state: State; readonly at: number }[];
  /** Why it was skipped, withheld, rejected, parked or quarantined. */
  readonly reason?: string;
  /** One with a lower number than the next is another one's predecessor, which the operator would not have. */
  readonly draft?: Draft;
  /** Number the next draft gets. */
  readonly draftNumber: number;
  /** Who entered `posting`: process and attempt. While it is held: which draft it is, and how often that was changed. */
  readonly fence?: string;
  /** Until when a request of that attempt may still be written; once it is unknown, from when on the absence of a reply means something. */
  readonly deadline?: number;
  /** Set once an attempt's outcome was unknown. */
  readonly wasUnknown?: boolean;
  /** The network said that it has this very text already: at the first attempt it may mean another mention's answer, later our own. */
  readonly duplicate?: 'at first' | 'later';
  /** How often our reply was looked for after an unknown outcome and not found. */
  readonly absences?: number;
  /** How often its author edited it after an answer was written, which was then written anew. */
  readonly reworded?: number;
  /** Failures that were worth another try. */
  readonly failures?: number;
  /** How often a model that is worth counting has answered for it. */
  readonly calls?: number;
  readonly unjudged?: Unjudged;
  /** How often the process that ran this mention and nothing else ended in the middle. */
  readonly crashes?: number;
  readonly reply?: PostRef;
  /** It was an order of the owner's, and what is posted says what came of it. */
  readonly ordered?: true;
  /** Its author is to be forgotten: what it holds of him goes with its end, whichever that is. */
  readonly erase?: true;
  /** The wish that it is was granted: what is to be said about it, once, or why nothing is. */
  readonly granted?: { readonly says: string; readonly language: string } | { readonly silent: string };
}

/** What became of one run over one mention. */
export type Outcome =
  /** `refused`: what was wrong with the drafts of this run that the gate would not let through. */
  | { readonly kind: 'drafted'; readonly ms: number; readonly refused?: readonly string[] }
  /** It waits for a human's word. */
  | { readonly kind: 'held'; readonly reason: string; readonly refused?: readonly string[] }
  | { readonly kind: 'posted'; readonly reply: PostRef; readonly readBack: boolean }
  | { readonly kind: 'skipped' | 'withheld' | 'rejected' | 'parked' | 'quarantined'; readonly reason: string; readonly refused?: readonly string[] }
  /** Run again after `afterMs`; `account` when the whole account must wait. */
  | { readonly kind: 'later'; readonly afterMs: number; readonly reason: string; readonly scope: 'mention' | 'account' }
  /** A definite refusal of the text: compose again. */
  | { readonly kind: 'redraft'; readonly reason: string }
  /** Somebody else is at it, or it is done already. */
  | { readonly kind: 'nothing'; readonly reason: string };
