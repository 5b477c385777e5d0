import type { Costs } from '../core/ports.ts';
import type { Rung } from '../core/types.ts';

/** How much may be read for one mention, and for how many dollars. */
export interface Budget {
  readonly rung: Rung;
  readonly dollars: number;
}

/** What the money still allows: the reply comes first, then the thread, then a search. `short` says why there cannot even be a reply. */
export async function readBudget(mentionId: string, costs: Costs): Promise<Budget | { readonly short: string }> {
  const spent = await costs.spent(mentionId);
  const today = costs.perDay - spent.today - costs.reply;
  const here = costs.perMention - spent.mention - costs.reply;
  // Money is counted in fractions that do not add up to the last digit.
  const dollars = Math.min(today, here) + 1e-9;
  if (dollars < 0) {
    return { short: today < here ? `today's budget is spent (${toDollars(spent.today)} of ${toDollars(costs.perDay)})` : `the budget of one mention is spent (${toDollars(spent.mention)} of ${toDollars(costs.perMention)})` };
  }
  if (dollars < costs.read) return { rung: 'pool', dollars: 0 };
  return dollars < costs.read + costs.search ? { rung: 'thread', dollars } : { rung: 'full', dollars };
}

const toDollars = (dollars: number): string => `$${dollars.toFixed(3)}`;
