import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import type { Clock, Vault } from '../../core/ports.ts';
import { openSeal } from './seal.ts';
import { askForTokens, type TokenRequest } from './token-request.ts';

export interface TokenOptions extends TokenRequest {
  /** The operator's: the first of a row, each of which X exchanges for the next. */
  readonly refreshToken: string;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly hide: (secret: string) => void;
  readonly say: (line: string) => void;
}

export interface Tokens {
  /**
   * An access token that is good for another minute. `stale`: one that was just refused; a newer one is fetched unless somebody did that already.
   * Throws TemporaryError when X or the store cannot be reached, PermanentError about the account when the login is lost, and nothing else.
   */
  access(stale?: string): Promise<string>;
}

/** The living pair. Written only by who got it from X. */
const pair = z.object({ refreshToken: z.string(), accessToken: z.string().default(''), expiresAt: z.number().default(0) });
type Pair = z.infer<typeof pair>;

/** Since when a refresh with the refresh token of this print is under way. It is over as soon as another refresh token is stored. */
const mark = z.object({ of: z.string(), startedAt: z.number() });

/** A pair that X gave, until it lies in the vault. */
interface Fresh {
  readonly used: string;
  readonly pair: Pair;
}

interface Refusal {
  readonly refused: string;
  readonly failure: PermanentError;
  /** Somebody else may have got the answer that we did not, and be about to store it. */
  readonly mayAppear: boolean;
}

/** So long before its end a token counts as over. */
const spareMs = 60_000;
/** How long after a refusal a process that was only stopped in the middle of its refresh is given to store what it got. */
const patienceMs = 10_000;
const lookAgainMs = 200;
/** What a refresh may take besides the answer of X: a store that is just coming back. */
const storeMs = 20_000;

const toPrint = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 24);
const toTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/u, 'Z');

/**
 * The tokens of OAuth 2.0. X changes the refresh token with each use and the old one dies, so the new pair is stored before it is used, under a
 * lock that all processes share. Between X's answer and the store lies a moment in which a crash loses the login; it is as short as one write,
 * and whoever comes next finds the mark of it and says what happened.
 */
export function openTokens(options: TokenOptions): Tokens {
  const { clientId, clientSecret, refreshToken: seed, clock, vault, say } = options;
  const name = `x-login-${toPrint(`${clientId}\n${seed}`)}`;
  // Apart from the pair: one who lost the lock and stores late must not be overwritten by the mark of one who has only an older pair.
  const markName = `${name}-refreshing`;
  const seal = openSeal(clientSecret ?? seed);
  const lockMs = options.timeoutMs + storeMs;
  const hidden = new Set<string>();
  let held: Pair | undefined;
  let unstored: Fresh | undefined;
  let renewing: Promise<string> | undefined;

  const hide = (...secrets: readonly string[]): void => {
    for (const secret of secrets) {
      if (secret !== '' && !hidden.has(secret)) options.hide(secret);
      hidden.add(secret);
    }
  };
  const read = async <T>(from: string, shape: z.ZodType<T>): Promise<T | undefined> => {
    const sealed = await vault.get(from);
    if (sealed === undefined) return undefined;
    const { data } = shape.safeParse(JSON.parse(seal.open(sealed) ?? 'null'));
    if (data === undefined) throw new PermanentError(`the login of X that is stored as ${from} cannot be opened: was X_CLIENT_SECRET changed? Set it back, or get a new X_REFRESH_TOKEN`, { about: 'account' });
    return data;
  };
  const write = (to: string, value: object): Promise<void> => vault.put(to, seal.seal(JSON.stringify(value)));
  const readPair = async (): Promise<Pair> => {
    const stored = await read(name, pair) ?? { refreshToken: seed, accessToken: '', expiresAt: 0 };
    hide(stored.refreshToken, stored.accessToken);
    return stored;
  };
  const readStart = async (token: string): Promise<number | undefined> => {
    const found = await read(markName, mark);
    return found?.of === toPrint(token) ? found.startedAt : undefined;
  };
  const isGood = ({ accessToken, expiresAt }: Pair, stale: string | undefined): boolean => accessToken !== stale && expiresAt - clock.now() > spareMs;
  const hold = (kept: Pair): string => {
    held = kept;
    return kept.accessToken;
  };

  /**
   * Gives the pair that is stored then. Alone: ours, at once. Otherwise only over the pair whose token we used: X exchanges a token once, so nobody
   * has a newer one; where X did it twice all the same, what is stored came later than ours.
   */
  const store = async (fresh: Fresh, isAlone: boolean): Promise<Pair> => {
    const stored = isAlone ? undefined : await readPair();
    const theirs = stored && stored.refreshToken !== fresh.used ? stored : undefined;
    if (!theirs) await write(name, fresh.pair);
    unstored = undefined;
    return theirs ?? fresh.pair;
  };

  /** One refresh. Gives the token, or the refusal of X. */
  const refresh = async (stale: string | undefined): Promise<string | Refusal> => {
    const isAlone = startTimer();
    if (unstored) await store(unstored, false);
    const before = await readPair();
    if (isGood(before, stale)) return hold(before);
    const used = before.refreshToken;
    const askedAt = clock.now();
    const begunAt = await readStart(used);
    await write(markName, { of: toPrint(used), startedAt: begunAt ?? askedAt });
    const answer = await askForTokens(used, options, () => clock.now());
    if (answer.kind === 'issued') {
      const { refreshToken, accessToken, lifeMs } = answer;
      hide(refreshToken, accessToken);
      unstored = { used, pair: { refreshToken, accessToken, expiresAt: askedAt + lifeMs } };
      const kept = await store(unstored, isAlone());
      if (begunAt !== undefined) say(`X: a refresh of the login that began at ${toTime(begunAt)} never ended; a new one worked, nothing is lost`);
      return hold(kept);
    }
    if (answer.kind === 'unknown') throw new TemporaryError(`X gave no new token: ${answer.why}`);
    // Nothing of ours is under way any more; a mark of somebody else stays.
    const isOurs = isAlone() && begunAt === undefined;
    if (isOurs) await write(markName, { of: '', startedAt: askedAt });
    if (answer.kind === 'not done') throw new TemporaryError(`X gave no new token: ${answer.why}`, answer.afterMs === undefined ? {} : { afterMs: answer.afterMs });
    if (answer.kind === 'barred') throw new PermanentError(`X refuses the app (${answer.why}): are X_CLIENT_ID and X_CLIENT_SECRET those of an app that is not suspended? Look in the developer console`, { about: 'account' });
    const why = begunAt === undefined ? 'X refuses the refresh token' : `the login of X is lost: a refresh was cut off at ${toTime(begunAt)} between X's answer and the store`;
    return { refused: used, mayAppear: !isOurs, failure: new PermanentError(`${why}${begunAt === undefined ? ':' : ';'} get a new X_REFRESH_TOKEN, or use OAuth 1.0a, which never ends`, { about: 'account' }) };
  };

  /** Tells whether the lock that was just taken is surely held. By both clocks: one of them stands still while the computer sleeps. */
  const startTimer = (): (() => boolean) => {
    const [startedAt, startedMs] = [clock.now(), clock.monotonic()];
    return () => Math.max(clock.now() - startedAt, clock.monotonic() - startedMs) < lockMs;
  };

  const renew = async (stale: string | undefined): Promise<string> => {
    for (;;) {
      const ended = await vault.alone(name, lockMs, () => refresh(stale));
      if (typeof ended === 'string') return ended;
      const giveUpAt = clock.monotonic() + (ended.mayAppear ? patienceMs : 0);
      while ((await readPair()).refreshToken === ended.refused) {
        if (clock.monotonic() >= giveUpAt) throw ended.failure;
        await sleep(lookAgainMs);
      }
    }
  };
  const renewOrSay = async (stale: string | undefined): Promise<string> => {
    try {
      return await renew(stale);
    } catch (error) {
      if (error instanceof TemporaryError || error instanceof PermanentError) throw error;
      const what = unstored ? 'the new login that X gave is not stored yet, and is kept until it is' : 'the login of X cannot be read or stored';
      throw new TemporaryError(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  };

  hide(seed);
  return {
    async access(stale) {
      if (held && !unstored && isGood(held, stale)) return held.accessToken;
      for (;;) {
        const isJoined = renewing !== undefined;
        renewing ??= renewOrSay(stale).finally(() => {
          renewing = undefined;
        });
        const token = await renewing;
        // One that was under way for somebody else may end with the very token that was refused to this one.
        if (!isJoined || token !== stale) return token;
      }
    },
  };
}
