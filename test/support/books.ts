import type { Charge, Meter } from '../../src/core/ports.ts';

/** The books of one account, in memory. */
export interface Books {
  readonly charges: readonly Charge[];
  readonly meter: (account: string) => Meter;
  dollars(): number;
}

export function openBooks(): Books {
  const charges: Charge[] = [];
  const paid = new Set<string>();
  let total = 0;
  const perMention = new Map<string, number>();
  return {
    charges,
    dollars: () => total,
    meter: () => ({
      charge(charge) {
        charges.push(charge);
        const { what, price, ids, mention } = charge;
        const due = ids ? ids.filter(id => !paid.has(`${what}/${id}`)).length : 1;
        for (const id of ids ?? []) paid.add(`${what}/${id}`);
        total += due * price;
        if (mention !== undefined) perMention.set(mention, (perMention.get(mention) ?? 0) + due * price);
      },
      spent: async mention => ({ today: total, mention: perMention.get(mention ?? '') ?? 0 }),
      // One at a time: nobody else sets money aside.
      reserve: async (mention, least, most, perDay) => {
        const left = Math.round(Math.max(0, Math.min(most, perDay - total)) * 1e6) / 1e6;
        return { granted: left < least ? 0 : left, today: total, mention: perMention.get(mention) ?? 0 };
      },
    }),
  };
}
