// What is counted, over all processes on one store. Every label has its values listed here: nothing that somebody wrote can become one.

/** How a mention ended, as often as it did: one that is tried again may end twice. `ordered`: an order of the owner's, answered in private. */
export const ends = ['answered', 'ordered', 'skipped', 'withheld', 'rejected', 'parked', 'quarantined'] as const;
export type End = (typeof ends)[number];

/**
 * Why a mention was skipped. `self`: our own post, `bot`: from a machine, or as if, `visibility` and `settings`: as the operator decided, `age`: too late,
 * `wish`: somebody wants to be left alone or a thread to be quiet, or got what he asked for before, `limit`: of answers, `money`: none left, `words`: what was
 * said is nothing to answer, `gone`: deleted, or edited again and again, `network`: it takes no answer of ours there, in its own words.
 */
export const silences = ['self', 'bot', 'visibility', 'settings', 'age', 'wish', 'limit', 'money', 'words', 'gone', 'network'] as const;
export type Silence = (typeof silences)[number];

/** What was wrong with a draft that the gate refused. */
export const clauses = ['form', 'length', 'hidden', 'link', 'person', 'order', 'secret', 'code', 'quotation', 'claim', 'same', 'language', 'unfit', 'other'] as const;
export type Clause = (typeof clauses)[number];

/** Everything that is counted, and by what; '' where there is nothing to tell apart. Dollars count in parts of one. */
export const labels = {
  seen: [''],
  mentions: ends,
  silences,
  refusals: clauses,
  calls: ['answered', 'refused', 'failed'],
  tokens: ['in', 'out'],
  dollars: ['model', 'network'],
} as const;
export type Counted = keyof typeof labels;
export type Label<What extends Counted> = (typeof labels)[What][number];

/**
 * What takes time. `hear`: written → in the ledger, `wait`: in the ledger → taken up, `gather` and `model`: reading, and asking with everything that looks at
 * the answer, `compose`: both and what lies between, `hold`: waiting for a human, `publish`: the draft may be posted → it is, `whole`: in the ledger → posted.
 */
export const steps = ['hear', 'wait', 'gather', 'model', 'compose', 'hold', 'publish', 'whole'] as const;
export type Step = (typeof steps)[number];

/** Upper ends of the buckets in seconds; one without end follows. */
export const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 60, 120, 300, 900, 3_600] as const;

/** How something was last. `read`: mentions were read, with how many ms may pass until the next time; `model`: it was asked, with how often in a row it failed. */
export type Mark = 'read' | 'model';

/** Counts what happens. Nothing here is waited for or fails; a crash loses the last seconds. */
export interface Counts {
  add<What extends Counted>(what: What, network: string, label: Label<What>, by?: number): void;
  took(network: string, step: Step, ms: number): void;
  mark(mark: Mark, network: string, value: number): void;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
  /** Writes the rest, if that is soon done. */
  close(): Promise<void>;
}

/** Durations as they are counted: how many fell into each bucket, and all of them together. */
export interface Durations {
  readonly buckets: readonly number[];
  readonly count: number;
  readonly seconds: number;
}

/** What was counted in some time. Without a network: on all of them. */
export interface Totals {
  count<What extends Counted>(what: What, label: Label<What>, network?: string): number;
  took(step: Step, network?: string): Durations;
}

/** Some time, from its first moment on (ms since 1970), and what was counted in it. */
export interface Point {
  readonly at: number;
  readonly mentions: Readonly<Record<End, number>>;
  readonly silences: Readonly<Record<Silence, number>>;
  readonly tokens: { readonly in: number; readonly out: number };
  readonly dollars: { readonly model: number; readonly network: number };
  /** Of steps that were taken, in seconds. */
  readonly seconds: Readonly<Partial<Record<Step, { readonly p50: number; readonly p95: number }>>>;
}

/** What a bot may tell of itself to everybody. A month is thirty days, to the day (UTC); a day is 24 hours, to the hour. */
export interface Numbers {
  readonly answered: { readonly all: number; readonly month: number; readonly day: number };
  /** Since it began. */
  readonly silent: Readonly<Record<Silence, number>>;
  readonly withheld: number;
  readonly rejected: number;
  readonly parked: number;
  /** From the ledger to the post, in seconds, in the last month; absent: no answer. */
  readonly secondsToAnswer?: { readonly median: number; readonly p95: number };
  readonly dollars: { readonly all: number; readonly month: number };
  /** In the last month; absent: no answer. */
  readonly dollarsPerAnswer?: number;
  /** 0 to 1, in the last month, of the mentions that it may answer: those that it was silent to by a rule are not among them. Absent: there were none. */
  readonly answerRate?: number;
}
