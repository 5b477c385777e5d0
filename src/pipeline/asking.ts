import { PermanentError, TemporaryError } from '../core/errors.ts';
import type { Ledger } from '../core/ports.ts';
import type { LedgerRecord, Unjudged } from '../core/record.ts';
import type { Completion } from '../core/types.ts';

/** What is kept over all runs of one mention of what a model was asked for it. */
export interface Asking {
  /** What it said that nobody could judge yet. */
  readonly unjudged?: Unjudged | undefined;
  /** Makes a call and counts it, before it can cost anything; or why there may be no more. One that surely cost nothing is taken back, one that took two answers counts twice. */
  ask(call: () => Promise<Completion>): Promise<{ readonly said: Completion } | { readonly spent: string }>;
  keep(unjudged: Unjudged): Promise<void>;
}

/** Two tries for each text that a network can refuse, the first one and three more. */
export const mostCalls = 8;
/** As long as the sweep leaves a record to its job. */
const dueInMs = 15_000;

/**
 * In the ledger, so that no crash, no failing judge, no restart and no slow model makes a mention cost any number of calls. A model that surely did nothing
 * is waited for as long as anybody waits for the answer; one that was late, or broke off, may have answered for money, and so may one whose process ended.
 */
export function openAsking(record: LedgerRecord, ledger: Pick<Ledger, 'change'>): Asking {
  let { calls = 0 } = record;
  const note = async (patch: { readonly calls: number } | { readonly unjudged: Unjudged }) => await ledger.change(record, { from: ['seen'], to: 'seen', draftNumber: record.draftNumber, patch, dueInMs }) !== undefined;
  return {
    unjudged: record.unjudged,
    async ask(call) {
      if (calls >= mostCalls) return { spent: `the model was asked ${calls} times for it, which is the most, and nothing that came of it could be posted` };
      if (!await note({ calls: calls + 1 })) return { spent: 'somebody was faster' };
      const before = calls;
      calls += 1;
      const count = async (made: number): Promise<void> => {
        if (made === 1) return;
        calls = before + made;
        await note({ calls });
      };
      try {
        const { calls: made = 1, ...said } = await call();
        await count(made);
        return { said };
      } catch (error) {
        if (error instanceof TemporaryError) await count(error.calls);
        // Whoever refuses has not answered.
        if (error instanceof PermanentError) await count(0);
        throw error;
      }
    },
    keep: async unjudged => void await note({ unjudged }),
  };
}
