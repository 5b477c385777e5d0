// What X's price list of August 2026 asks for. Money is counted in mills, a thousandth of a dollar.
import type { MediaRecord, UserRecord, PostRecord } from './records.ts';

const prices = {
  'owned read': 1, 'post read': 5, 'user read': 10, 'included post': 5, 'included user': 10, 'included media': 5, 'trends request': 10,
  'summoned reply': 10, 'post': 15, 'post with a link': 200, 'delete': 10, 'activity event': 5,
} as const;

type Item = keyof typeof prices;

/** One thing on the bill. What has a resource is charged once in a UTC day. */
export interface Charge { readonly what: Item; readonly resource?: string }

export interface BillLine { readonly what: string; readonly count: number; readonly dollars: number; readonly dollarsWithIncludes: number }

export interface XBill {
  /** As if what comes along in `includes` were free; X does not say. */
  readonly dollars: number;
  /** As if it were billed. */
  readonly dollarsWithIncludes: number;
  readonly lines: readonly BillLine[];
}

export type Cost = Pick<XBill, 'dollars' | 'dollarsWithIncludes'>;

export const chargePosts = (what: 'owned read' | 'post read' | 'included post', posts: readonly PostRecord[]): readonly Charge[] =>
  posts.map(({ id }) => ({ what, resource: `post ${id}` }));
export const chargeUsers = (what: 'user read' | 'included user', users: readonly UserRecord[]): readonly Charge[] =>
  users.map(({ id }) => ({ what, resource: `user ${id}` }));

export const chargeMedia = (media: readonly MediaRecord[]): readonly Charge[] => media.map(({ key }) => ({ what: 'included media', resource: `media ${key}` }));

const dayMs = 86_400_000;

/** One way of counting: which resources were paid for today, and what came together. */
const openTally = (now: () => number) => {
  let day = 0;
  let paid = new Set<string>();
  const counts = new Map<Item, number>();
  return {
    counts,
    mills: (item: Item): number => (counts.get(item) ?? 0) * prices[item],
    /** Answers what was to be paid, in mills. */
    add(charges: readonly Charge[]): number {
      const today = Math.floor(now() / dayMs);
      if (today !== day) paid = new Set();
      day = today;
      const due = charges.filter(({ resource }) => {
        const isDue = resource === undefined || !paid.has(resource);
        if (resource !== undefined) paid.add(resource);
        return isDue;
      });
      for (const { what } of due) counts.set(what, (counts.get(what) ?? 0) + 1);
      return due.reduce((sum, { what }) => sum + prices[what], 0);
    },
  };
};

const isIncluded = ({ what }: Charge): boolean => what === 'included post' || what === 'included user' || what === 'included media';

/** Everything the app spent since the server started, counted in both ways. */
export const openBill = (now: () => number) => {
  const without = openTally(now);
  const withIncludes = openTally(now);
  const total = (tally: typeof without): number => [...tally.counts.keys()].reduce((sum, item) => sum + tally.mills(item), 0) / 1000;
  const listeners = new Set<() => void>();
  return {
    charge(charges: readonly Charge[]): Cost {
      const cost = { dollars: without.add(charges.filter((charge) => !isIncluded(charge))) / 1000, dollarsWithIncludes: withIncludes.add(charges) / 1000 };
      if (cost.dollarsWithIncludes > 0) listeners.forEach((listener) => listener());
      return cost;
    },
    /** Tells whenever there is more to pay. */
    listen(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    read: (): XBill => ({
      dollars: total(without), dollarsWithIncludes: total(withIncludes),
      lines: [...new Set([...without.counts.keys(), ...withIncludes.counts.keys()])].map((what) => ({
        what, count: (isIncluded({ what }) ? withIncludes : without).counts.get(what) ?? 0, dollars: without.mills(what) / 1000, dollarsWithIncludes: withIncludes.mills(what) / 1000,
      })),
    }),
  };
};

export type Bill = ReturnType<typeof openBill>;
