// What the operator's desk keeps: who is at it, who tried the door, and what was done there.

/** Somebody at the desk. */
export interface Session {
  /** As he named himself when he came. */
  readonly name: string;
  /** What a form of this session must carry. */
  readonly csrf: string;
}

/** Kept by the hash of their token: who reads the store cannot sit down at the desk. */
export interface Sessions {
  /** Always a new one, with a token that nobody has seen before. `lock`: what it took to get in. */
  open(name: string, lock: string): Promise<{ readonly token: string; readonly session: Session }>;
  /** Undefined when it never was, was opened under another lock, was closed or has come to its end: after half a day without a visit, and after a week in any case. */
  read(token: string, lock: string): Promise<Session | undefined>;
  close(token: string): Promise<void>;
}

/** Wrong passwords, by where they came from. */
export interface Attempts {
  /** `waitMs`: for how long no more may be tried from there; counts one more try where that is 0. `delayMs`: how long to wait before it is looked at, when many guess at once. */
  take(from: string): Promise<{ readonly waitMs: number; readonly delayMs: number }>;
  /** The password was wrong; whether it is the first one from there for as long as a lock-out lasts. */
  wrong(from: string): Promise<boolean>;
  /** The password was right. */
  clear(from: string): Promise<void>;
  /** Whether somebody came in from this browser before. */
  knows(browser: string): Promise<boolean>;
  /** Somebody came in from it: the token of a new one where none is given. */
  know(browser?: string): Promise<string>;
}

/** One thing that was done at the desk, by phone or on the command line. */
export interface Act {
  readonly at: number;
  readonly by: string;
  readonly what: string;
  /** Which mention, as network/account/id. */
  readonly on?: string;
  /** What came of it, where it was not simply done. */
  readonly outcome?: string;
}

/** What was done by whom: the last ten thousand acts, without a word of anybody's posts. */
export interface Audit {
  note(act: Omit<Act, 'at'>): Promise<void>;
  /** Newest first; `skip` of them left out. */
  list(limit: number, skip?: number): Promise<{ readonly acts: readonly Act[]; readonly total: number }>;
}
