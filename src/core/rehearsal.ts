// What is tried before anybody sees it: what would become of a sentence, or of a mention that once came, in one voice. Nothing of it is kept.
import type { Answer, Gate } from './record.ts';
import type { Completion, Persona, Prompt } from './types.ts';

/** `verdict` is "passed", the kind of room, or the reason why not: in the operator's words, which are not always fit for the public. */
export interface Verdict {
  readonly gate: Gate;
  readonly verdict: string;
}

/** One question to a model, and what became of what it said. */
export interface Try {
  readonly prompt: Pick<Prompt, 'system' | 'user' | 'images'>;
  /** Cut where it is long, and without secrets. Absent: the model would not answer. */
  readonly text?: string;
  /** Those that it came to. */
  readonly gates: readonly Verdict[];
  readonly ms: number;
  readonly tokens?: NonNullable<Completion['tokens']>;
}

/** What would become of one mention. */
export interface Rehearsed {
  readonly made: Answer;
  /** Those that the mention came to before a model was asked. */
  readonly gates: readonly Verdict[];
  readonly tries: readonly Try[];
  /** Length of the answer without its salutation, and what it may be where a model was asked, as its network counts. */
  readonly length?: number;
  readonly room?: number;
}

/** A voice that may be chosen; with `fault`, one whose file is broken, and how. */
export interface Voice {
  readonly name: string;
  readonly fault?: string;
}

export interface Wanted {
  /** Either this or `mention`: what somebody might write. */
  readonly text?: string;
  /** Id of a past mention, or of the receipt of its answer. */
  readonly mention?: string;
  readonly voices: readonly string[];
  /** Whose limits count, and where a mention is looked for first; absent: the first account's. */
  readonly network?: string;
}

export interface Rehearsal {
  readonly asked: { readonly text: string; readonly by?: string; readonly url?: string };
  /** Where its words come from: a receipt holds fewer than the ledger. */
  readonly from: 'typed' | 'ledger' | 'receipt';
  readonly network: string;
  /** Dollars that posting an answer there would cost. */
  readonly replyDollars?: number;
  readonly voices: readonly (Pick<Persona, 'name' | 'version'> & ({ readonly rehearsed: Rehearsed } | { readonly failed: string }))[];
}

export interface Bench {
  /** The one in use first. */
  voices(): readonly Voice[];
  /**
   * Posts nothing, writes nothing and reads nothing that costs money but the model, which is asked twice per voice at most.
   * Throws PermanentError when that cannot be tried, TemporaryError while another one is under way.
   */
  rehearse(wanted: Wanted): Promise<Rehearsal>;
}
