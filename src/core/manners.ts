// What good manners ask of the world: what people wish, how often they came, whether everything is to stop, and what may be said in which room.
import type { Mood } from './moods.ts';
import type { Mention, MentionRef, Thread } from './types.ts';

export type { Mood } from './moods.ts';

/** Somebody on a network, as far as manners know him. */
export interface Person {
  readonly id: string;
  readonly handle: string;
}

/** What people want of us. Kept as hashes: who is in there can be checked, not read. */
export interface Wishes {
  /** Whether one of these wants to be left alone, here or under a handle that the operator linked with his. */
  leftAlone(network: string, people: readonly Person[]): Promise<boolean>;
  /** Whether that is new. */
  leaveAlone(network: string, person: Person): Promise<boolean>;
  /** Whether he had wanted to be left alone. */
  comeBack(network: string, person: Person): Promise<boolean>;
  /** Whether a thread that holds one of these posts is to stay quiet. */
  isQuiet(network: string, account: string, posts: readonly string[]): Promise<boolean>;
  /** Whether that is new. */
  keepQuiet(network: string, account: string, posts: readonly string[]): Promise<boolean>;
}

/** How many answers in how much time. */
export interface Quota {
  readonly of: 'person' | 'thread' | 'server' | 'account';
  /** Which one. */
  readonly key: string;
  readonly limit: number;
  readonly perMs: number;
}

/** How often somebody came. The same mention counts once, however often it is looked at. */
export interface Quotas {
  /** Counts one mention against all of these in one step, or against none of them when one is used up: that one. */
  take(network: string, account: string, mentionId: string, quotas: readonly Quota[]): Promise<Quota | undefined>;
  /** How many turns in a row with this person looked like a machine's, this one included; a turn that does not sets it to 0. */
  turn(network: string, account: string, personId: string, mentionId: string, isSuspicious: boolean): Promise<number>;
  /** How many ms until this mention may have everything about its author erased: 0 for one of his in so long, however often it asks. */
  untilErasing(network: string, account: string, personId: string, mentionId: string, forMs: number): Promise<number>;
  /** True for one mention of this person in so long. */
  goodnight(network: string, account: string, personId: string, mentionId: string, forMs: number): Promise<boolean>;
}

/** What is kept about people, for the people. */
export interface Memory {
  about(network: string, person: Person): Promise<{ readonly mentions: number; readonly oldestAt?: number; readonly keptDays: number }>;
  /**
   * Erases everything but the wish to be left alone and, as a hash and for a day, how often he came. What is under way, and his mentions that `isPending`
   * says are still to be looked after, are marked to be erased with their end. It walks over the whole store.
   */
  erase(network: string, person: Person, isPending?: (mention: Mention) => boolean): Promise<void>;
  /** Erases what is kept of one mention, but that there was one; `inFiles`: from the store's files too, where that can be asked for. */
  eraseMention(ref: MentionRef, inFiles?: true): Promise<void>;
}

/** The kill switch, for all processes on one store, kept over restarts. */
export interface Halt {
  /** Why nothing may be posted on this network now; undefined: go on. */
  reason(network: string): Promise<string | undefined>;
  /** Without a network: on all of them. */
  pause(network: string | undefined, reason: string): Promise<void>;
  /** Without a network: on all of them, those paused alone included. */
  resume(network?: string): Promise<void>;
}

/** What came of one temptation: nothing to refuse, a reason to, or no answer, because moderation or the model's own server lets no such question through. */
export type Verdict = 'fine' | 'kept' | { readonly unsafe: string };
/** By what the temptation says. */
export type Heard = Readonly<Record<string, Verdict>>;

/** How a voice and a model did when the canary tempted them. */
export interface Song {
  /** Ms since 1970. */
  readonly at: number;
  /** Of the answers, the share that had to be refused. Absent: it has not come to its end yet. */
  readonly share?: number;
  /** The model could not be had for all of it. */
  readonly isAway?: true;
  /** Of one that has not come to its end, perhaps not for the first time: what is known already, and when it goes on, in ms since 1970. */
  readonly heard?: Heard;
  readonly againAt?: number;
}

/** What the canary has found out, by version of voice, prompt and model. */
export interface Songs {
  of(version: string): Promise<Song | undefined>;
}

/** Which drafts that wait for a word were sent to whom, by names that stand for one draft and one person. */
export interface Told {
  /** Name → id of the post that told of it; empty: nobody knows whether one did, or it told only a part of the draft. */
  all(network: string, account: string): Promise<ReadonlyMap<string, string>>;
  /** Before it is sent. False: somebody else has sent it, or is about to. */
  take(network: string, account: string, name: string): Promise<boolean>;
  keep(network: string, account: string, name: string, postId: string): Promise<void>;
  drop(network: string, account: string, names: readonly string[]): Promise<void>;
}

/**
 * Whether texts may be read by a model or be posted: the reason why not, for the operator, never for the public. Undefined: nothing speaks against it.
 * `asked`: what others wrote to us; `context`: what is read unasked; `draft`: what we would post. `language` is a two-letter tag.
 * Throws TemporaryError while it cannot tell and the operator wants that waited out.
 */
export interface Moderate {
  (texts: readonly string[], as: 'asked' | 'context' | 'draft', language?: string): Promise<string | undefined>;
}

/** The room, read on everything that was said in the thread; undefined: an ordinary one. */
export interface ReadRoom {
  (thread: Thread): Mood | undefined;
}
