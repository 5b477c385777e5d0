import { compareIds, toId } from './ids.ts';
import { readNumber, readText, type Fields } from './fields.ts';

/** `usual` and `most` items; what `min_id` gives, and parameters that are not looked at: Mastodon's ways when absent. */
export interface PageRules { readonly usual: number; readonly most: number; readonly minId?: 'right after' | 'newest'; readonly ignores?: readonly string[] }

/** Index of the first item whose id is greater than `id`. */
const firstAfter = (ascending: readonly { readonly id: string }[], id: string): number => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds(ascending[middle]!.id, id) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
};

/**
 * One page, newest first, by Mastodon's rules: `min_id` gives the items right after it and wins over `since_id`,
 * which gives the newest ones that are newer; `max_id` bounds both.
 */
export const readPage = <T extends { readonly id: string }>(
  ascending: readonly T[], query: Fields, rules: PageRules, keep: (item: T) => boolean,
): readonly T[] => {
  const limit = readNumber(query, 'limit', rules.usual, rules.most);
  const bound = (name: string): string | undefined => {
    const sent = readText(query, name);
    return sent === undefined || sent === '' || rules.ignores?.includes(name) === true ? undefined : toId(sent);
  };
  const minId = bound('min_id');
  const floor = minId ?? bound('since_id');
  const ceiling = bound('max_id');
  const from = floor === undefined ? 0 : firstAfter(ascending, floor);
  const isBelow = (item: T): boolean => ceiling === undefined || compareIds(item.id, ceiling) < 0;
  const page: T[] = [];
  if (minId !== undefined && rules.minId !== 'newest') {
    for (let at = from; at < ascending.length && page.length < limit && isBelow(ascending[at]!); at += 1) {
      if (keep(ascending[at]!)) page.push(ascending[at]!);
    }
    return page.reverse();
  }
  for (let at = ascending.length - 1; at >= from && page.length < limit; at -= 1) {
    const item = ascending[at]!;
    if (isBelow(item) && keep(item)) page.push(item);
  }
  return page;
};

/** The Link header of a page: `next` goes back in time by max_id, `prev` forward by min_id. Undefined for an empty page. */
export const toLinkHeader = (address: URL, page: readonly { readonly id: string }[]): string | undefined => {
  const newest = page[0];
  const oldest = page.at(-1);
  if (newest === undefined || oldest === undefined) return undefined;
  const link = (name: string, id: string): string => {
    const target = new URL(address);
    for (const used of ['min_id', 'since_id', 'max_id', 'access_token']) target.searchParams.delete(used);
    target.searchParams.set(name, id);
    return target.href;
  };
  return `<${link('max_id', oldest.id)}>; rel="next", <${link('min_id', newest.id)}>; rel="prev"`;
};
