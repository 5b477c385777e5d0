// Errors carry the retry decision. Messages say who said what ("social.example said 429") and never hold a secret.

/** Not done, and worth another try: after `afterMs` when the other side said so. On a post: it was definitely not posted. */
export class TemporaryError extends Error {
  override readonly name = 'TemporaryError';
  readonly afterMs: number | undefined;
  /** Of a model: how many answers it may have made, and be paid for, before it failed. 0: surely none. */
  readonly calls: number;
  constructor(message: string, options: { afterMs?: number; calls?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.afterMs = options.afterMs;
    this.calls = options.calls ?? 1;
  }
}

/** What a permanent refusal is about: this mention (gone, not allowed), our text (too long), or our account (token, suspension, setup). */
export type Blame = 'mention' | 'text' | 'account';

/** Not done, and no try will help. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  readonly about: Blame;
  constructor(message: string, options: { about?: Blame; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.about = options.about ?? 'mention';
  }
}

/** A post that may or may not exist. Read it back; never send it again blindly. */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError';
  /** The network said that this account has posted the same text before, not under what. */
  readonly isDuplicate: boolean;
  constructor(message: string, options: { isDuplicate?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.isDuplicate = options.isDuplicate ?? false;
  }
}

/** Something the operator wrote is wrong. One line: what, where, what to do. The program ends with exit code 2 and has written nothing. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
