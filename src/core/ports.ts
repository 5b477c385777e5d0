// What the pipeline asks of the world. Every promise below is kept by a contract suite in test/contract.
import type { LedgerRecord, Receipt, Standing, State } from './record.ts';
import type { Completion, ContextItem, Gathered, Limits, Look, Mention, MentionPage, MentionRef, Post, PostRef, Prompt, Reply, Self, Thread } from './types.ts';

/**
 * One account on one network. Every verb throws TemporaryError (worth another try, `afterMs` when the network said when),
 * PermanentError (no try will help) and nothing else; `post` and `tell` also UnknownOutcomeError.
 */
export interface Network {
  readonly name: string;
  readonly self: Self;
  readonly limits: Limits;
  /** How long to wait before `mentions` is called again when no doorbell rings. It may change with what the network allows and how busy it is. */
  readonly pollMs: number;
  /**
   * Mentions after `cursor`, oldest first, without a gap and each once per walk.
   * Without a cursor: no mentions, and the cursor of now; nothing older is ever answered.
   */
  mentions(cursor?: string): Promise<MentionPage>;
  /** What was said before the mention, as far as the network shows it to us, it is not narrower than the mention, and costs no more than `dollars`. */
  thread(mention: Mention, dollars?: number): Promise<Thread>;
  /** Posts once, never wider than the mention, without retrying by itself. Same idempotency key: same post, where the network knows keys. */
  post(reply: Reply): Promise<PostRef>;
  /** Our own reply to the mention, read back from the network; by its `text` where the network does not say what a post answers. */
  find(mention: Mention, text?: string): Promise<PostRef | undefined>;
  /**
   * The mention as it stands now: as it was given where it was never edited, undefined where it is gone or tags us no more. Absent: that cannot be
   * asked, or costs money.
   */
  asItStands?(mention: Mention): Promise<Mention | undefined>;
  /**
   * Posts that were read earlier, by their ids, as they are now, in as few requests as it can. Who is left out is to be asked about again: nothing
   * is known of it yet, for a call makes a limited number of requests, and none that answers need. Absent as `asItStands` is.
   */
  look?(ids: readonly string[]): Promise<ReadonlyMap<string, Look>>;
  /**
   * A private post that one person sees and is notified of, and nobody else; the text names nobody. Throws as `post` does. Absent: there are none
   * here, or they cost money.
   */
  tell?(handle: string, text: string, idempotencyKey: string): Promise<PostRef>;
  /** Handles of those who favourited a post of ours, as far as it shows them. Absent: that cannot be asked. */
  favouredBy?(post: Pick<PostRef, 'id'>): Promise<readonly string[]>;
  /** Removes a post of ours; one that is gone already is removed. */
  remove(ref: PostRef): Promise<void>;
  /** Length of a text as the network counts it. */
  measure(text: string): number;
  /** The text without what this network punishes or prices. Absent: as it is. */
  tidy?(text: string): string;
  /** What using it costs. Absent: nothing. */
  readonly costs?: Costs;
  /** From which likeness on (0 to 1) a post counts as one that we posted lately, and is not made. Absent: never. */
  readonly sameFrom?: number;
  /** What its people say about a topic, where that can be asked at all. */
  search?(topic: string, signal: AbortSignal): Promise<readonly ContextItem[]>;
  /** What its people are on about; empty where the network does not say. */
  trending(): Promise<readonly ContextItem[]>;
  /** Rings when there may be a new mention, and once on every (re)connect. It carries nothing: the cursor reads. */
  doorbell?(ring: () => void, signal: AbortSignal): void;
  /** A line for the operator: server, software, version. */
  readonly about: string;
}

/** Prices and budgets of one account, in dollars. */
export interface Costs {
  readonly reply: number;
  /** Everything that one more look at what is trending costs, and how long it serves before the next mention pays for another. */
  readonly trends: number;
  readonly windowMs: number;
  /** One earlier post of a thread. */
  readonly read: number;
  /** One search, at its most. */
  readonly search: number;
  readonly perMention: number;
  readonly perDay: number;
  /** As `Meter.reserve`, within `perDay`. */
  reserve(mentionId: string, least: number, most: number, forMs: number): Promise<Reserved>;
}

/** Money that was set aside, and what is booked already, today (UTC) and for that mention; in dollars. */
export interface Reserved {
  readonly granted: number;
  readonly today: number;
  readonly mention: number;
}

/** What was used of a network that costs money. */
export interface Charge {
  /** As a bill would name it: "post read", "reply". */
  readonly what: string;
  /** Dollars for one. */
  readonly price: number;
  /** Things that were read: each costs once a day (UTC), however often it is read. Absent: one of a kind that costs every time. */
  readonly ids?: readonly string[];
  /** The mention it was used for. Absent: all share it. */
  readonly mention?: string;
}

/** The books of one account. */
export interface Meter {
  /** Never fails and is never waited for: what was used is used, whatever becomes of the entry. */
  charge(charge: Charge): void;
  spent(mentionId?: string): Promise<Omit<Reserved, 'granted'>>;
  /**
   * Sets money aside for one mention, in place of what was set aside for it before, in one step over all processes: up to `most` dollars, as far as
   * `perDay` leaves them after what is booked today and set aside for others; nothing when that is less than `least`. What is charged for the
   * mention comes out of it. It ends by itself after `forMs`, so that a crash holds no money for ever.
   */
  reserve(mentionId: string, least: number, most: number, perDay: number, forMs: number): Promise<Reserved>;
}

/** Secrets that change while the bot runs, shared by all processes on one store and durable once put. */
export interface Vault {
  get(name: string): Promise<string | undefined>;
  put(name: string, value: string): Promise<void>;
  /** Runs `work` while no other process runs one of this name. Whoever holds it for over `forMs` loses it: after that, what was read before may be old. */
  alone<T>(name: string, forMs: number, work: () => Promise<T>): Promise<T>;
}

/** What a network is given by the program. */
export interface NetworkTools {
  readonly clock: Clock;
  readonly userAgent: string;
  /** The books of one account of this network, by its `Self.account`. */
  readonly meter: (account: string) => Meter;
  /** For tokens that change while the bot runs. */
  readonly vault: Vault;
  /** From now on this value is never shown. */
  readonly hide: (secret: string) => void;
  /** A line for the operator. */
  readonly say: (line: string) => void;
}

/** Anything that turns a prompt into one text. Throws TemporaryError or PermanentError. */
export interface Model {
  /** As a reader would name it. */
  readonly name: string;
  /** How often it may be asked for one answer. Absent: twice. */
  readonly tries?: number;
  /** It says nothing that does not stand in the voice, the same to the same question: it was tested with it, and no canary could tell more. */
  readonly isFixed?: true;
  /** Of one that others answer for now and then: the same without them, and who answers where it cannot be had. */
  readonly alone?: Model;
  readonly standIn?: Model;
  complete(prompt: Prompt, signal: AbortSignal): Promise<Completion>;
}

/** Somewhere that knows what is hot. Called by the refresh, never while somebody waits for an answer. */
export interface ContextSource {
  readonly name: string;
  /** It costs this account money: asked only after a mention of it, and at most once in so long. Absent: asked at every refresh. */
  readonly paid?: { readonly account: string; readonly forMs: number };
  trending(signal: AbortSignal): Promise<readonly ContextItem[]>;
}

/** What is happening now, shared by every mention and every process. */
export interface Pool {
  /** Replaces what one source said before; sources not in `keep` are dropped, except searches. */
  put(source: string, items: readonly ContextItem[], keep: readonly string[]): Promise<void>;
  /** Adds what a search found; it is forgotten by itself. */
  add(search: string, items: readonly ContextItem[]): Promise<void>;
  /** Everything, with a version that changes when it does. */
  all(): Promise<{ readonly version: string; readonly items: readonly ContextItem[] }>;
}

/** Chooses from the pool what concerns a question. Never waits for a source. */
export interface Rank {
  (question: string, thread: readonly Post[], language: string): Promise<Gathered>;
}

/** Language of a text as a two-letter tag, the network's own tag as a hint. */
export interface DetectLanguage {
  (text: string, hint: string | undefined): string;
}

/** What a change of a record may set. `undefined` clears a field; a mention takes the place of the one it was, unless its words may not be kept any more. */
export type LedgerPatch = { readonly [K in keyof Omit<LedgerRecord, keyof MentionRef | 'mention' | 'forgotten' | 'verify' | 'seenAt' | 'history' | 'deadline' | 'state'>]?: LedgerRecord[K] | undefined } & { readonly deadline?: undefined; readonly mention?: Mention };

/** The walk over new mentions that a page belongs to. */
export interface Walk {
  /** `Ledger.epoch` at its start. */
  readonly epoch?: string | undefined;
  /** What the one before told as its `next`. */
  readonly last?: string | undefined;
  /** Names this page, for the one that comes after it. */
  readonly next?: string | undefined;
  /** This page is its last one. */
  readonly isEnd?: boolean | undefined;
  /** Token of the lease: TemporaryError, and nothing is changed, when another process holds it. */
  readonly lease?: string | undefined;
}

/** The truth about every mention. Each verb is one atomic step, durable when it returns as far as its Redis is. */
export interface Ledger {
  /**
   * Adds the mentions that it does not hold and moves the cursor, in one step. Returns the refs that are new.
   * Until a whole walk was made in this life of the ledger, what it finds may have been answered in an earlier one, and is marked so,
   * unless it follows on the `last` that the ledger was told: then nothing was lost in between.
   */
  see(network: string, account: string, mentions: readonly Mention[], cursor: string, walk?: Walk): Promise<readonly MentionRef[]>;
  cursor(network: string, account: string): Promise<string | undefined>;
  /** PermanentError, with a line for the operator, where nobody can read what is kept of it. */
  get(ref: MentionRef): Promise<LedgerRecord | undefined>;
  /** Those of them that it holds, in this order. One that nobody can read keeps no other one back: the operator is told of it once. */
  getAll(refs: readonly MentionRef[]): Promise<{ readonly records: readonly LedgerRecord[]; readonly unreadable: readonly MentionRef[] }>;
  /**
   * Compare-and-set: applies only when the record is in one of `from` and, where these are given, still carries `fence`, has this `draftNumber` and was
   * last changed at `since`, its `updatedAt`: a state may be the same again that it was when it was read.
   * `dueInMs`: when the sweep should look at it again; `deadlineInMs`: the record's new deadline; both from now, by the ledger's clock.
   * Returns the new record, or undefined when somebody was faster.
   */
  change(ref: MentionRef, change: {
    readonly from: readonly State[];
    readonly to: State;
    readonly fence?: string;
    readonly draftNumber?: number;
    readonly since?: number;
    readonly patch?: LedgerPatch;
    readonly dueInMs?: number;
    readonly deadlineInMs?: number;
    /** The network was asked in this life of the ledger, and shows no reply of ours. */
    readonly verifiedIn?: string | undefined;
  }): Promise<LedgerRecord | undefined>;
  /** Records of this account that are not final and due, or will be within `withinMs`, oldest first. */
  due(network: string, account: string, limit: number, withinMs?: number): Promise<readonly LedgerRecord[]>;
  /** Records that wait for a human's word, the longest waiting first; all of them where `limit` is 0 or absent. */
  held(network: string, account: string, limit?: number): Promise<readonly LedgerRecord[]>;
  /** How many records are in each state; of those posted, ordered and skipped, how many there have ever been. */
  count(network: string, account: string): Promise<Readonly<Partial<Record<Standing, number>>>>;
  /** The ledger's own clock, in ms since 1970: the same for every process, however wrong their clocks are. */
  now(): Promise<number>;
  /** Which life of the ledger this is: another one once it may have come back with less than it had, undefined while nobody can tell. */
  epoch(): string | undefined;
}

/** That only one process at a time does something. */
export interface Lease {
  /** Takes or keeps it: its token, or who holds it instead. */
  hold(): Promise<{ readonly token: string } | { readonly heldBy: string }>;
  release(): Promise<void>;
}

/** Where a process may be made to end, in the tests that show that nothing is lost and nothing posted twice. */
export type CrashPoint =
  | 'before the ledger' | 'before the queue' | 'in the model' | 'after the draft' | 'before the post' | 'in the post'
  | 'after the post' | 'after the ledger' | 'after the telling' | 'in settling' | 'in the sweep' | 'in stopping';

/** Called at every crash point; does nothing in a bot that runs. */
export type Failpoint = (point: CrashPoint, ref?: MentionRef) => Promise<void> | void;

/** Receipts of posted answers. */
export interface Receipts {
  put(receipt: Receipt): Promise<void>;
  get(network: string, account: string, replyId: string): Promise<Receipt | undefined>;
  /** By its `id`. */
  find(id: string): Promise<Receipt | undefined>;
  /** With everything that is kept of the answer. */
  remove(network: string, account: string, replyId: string): Promise<void>;
  /** Puts hashes in the place of what these posts said, the mention among them, wherever the receipt shows it, and takes out who said it where. */
  strike(network: string, account: string, replyId: string, posts: readonly MentionRef[]): Promise<void>;
  /** Who may have an answer removed, by ids that nobody can read again: kept as long as a receipt, and when that is erased. */
  concern(mention: MentionRef, replyId: string, people: readonly string[]): Promise<void>;
  /** Which mention a post of ours answers, and whether this person may have it removed. Undefined: nothing is known of it. */
  whose(network: string, account: string, replyId: string, personId: string): Promise<{ readonly mention: MentionRef; readonly isConcerned: boolean } | undefined>;
}

/** Instructions that some answer was made with. */
export interface UsedPrompt {
  /** As `Receipt.promptVersion`. */
  readonly version: string;
  readonly text: string;
  readonly persona: { readonly name: string; readonly version: string };
  /** When they were first used, in ms since 1970. */
  readonly since: number;
}

/** The instructions of all answers, so that each receipt can show its own. */
export interface Prompts {
  keep(prompt: UsedPrompt): Promise<void>;
  get(version: string): Promise<UsedPrompt | undefined>;
  /** Newest first. */
  list(): Promise<readonly UsedPrompt[]>;
}

/** Time, so that tests can bend it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that never go backwards. */
  monotonic(): number;
}
