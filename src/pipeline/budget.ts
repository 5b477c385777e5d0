import { TemporaryError } from '../core/errors.ts';
import type { Costs } from '../core/ports.ts';
import type { Rung } from '../core/types.ts';

/** How much may be read for one mention, and for how many dollars. */
export interface Budget {
  readonly rung: Rung;
  readonly dollars: number;
}

/** Why there is no money. */
export interface Short {
  readonly short: string;
}

/** An answer is written in far less, unless it has to wait. */
const writingMs = 10 * 60_000;
/** A post of which nobody knows whether it arrived may be looked for as long, and then it is paid. */
const postingMs = 24 * 3_600_000;

/** Money is counted in fractions that do not add up to the last digit. */
const crumb = 1e-9;

/**
 * What the money still allows, set aside until it is spent or given back: the reply comes first, then the thread, then a search.
 * Throws TemporaryError while the last of the day is set aside for other mentions, who may not need it.
 */
export async function takeBudget(mentionId: string, costs: Costs): Promise<Budget | Short> {
  const { granted, today, mention } = await costs.reserve(mentionId, costs.reply, costs.perMention, writingMs);
  const here = costs.perMention - mention - costs.reply + crumb;
  if (here < 0) return { short: `the budget of one mention is spent (${toDollars(mention)} of ${toDollars(costs.perMention)})` };
  if (granted === 0 && costs.reply > 0) return outOfMoney(today, costs);
  const dollars = Math.min(granted - costs.reply + crumb, here);
  if (dollars < costs.read) return { rung: 'pool', dollars: 0 };
  return dollars < costs.read + costs.search ? { rung: 'thread', dollars } : { rung: 'full', dollars };
}

/** The money for one reply and nothing more, set aside as above. Undefined: it is there. */
export async function takeReply(mentionId: string, costs: Costs): Promise<Short | undefined> {
  const { granted, today } = await costs.reserve(mentionId, costs.reply, costs.reply, postingMs);
  return granted === 0 && costs.reply > 0 ? outOfMoney(today, costs) : undefined;
}

/** What was not read for an answer is for others; its reply stays paid for. */
export const keepReply = (mentionId: string, costs: Costs): Promise<unknown> => costs.reserve(mentionId, 0, costs.reply, writingMs);

/** What was set aside and not spent is for others again. Tells what the mention came to. */
export const giveBack = async (mentionId: string, costs: Costs): Promise<number> => (await costs.reserve(mentionId, 0, 0, 0)).mention;

function outOfMoney(today: number, costs: Costs): Short {
  if (today + costs.reply <= costs.perDay + crumb) throw new TemporaryError("the rest of today's budget is set aside for other mentions");
  return { short: `today's budget is spent (${toDollars(today)} of ${toDollars(costs.perDay)})` };
}

const toDollars = (dollars: number): string => `$${dollars.toFixed(3)}`;
