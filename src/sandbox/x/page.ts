import { compareIds } from '../ids.ts';
import { invalidRequest } from './problem.ts';
import { readId, readNumber, readTime } from './query.ts';
import type { PostRecord } from './records.ts';

export const pageParameters = ['max_results', 'since_id', 'until_id', 'start_time', 'end_time', 'pagination_token'];

/** A token stands for the last id of its page. */
const toToken = (id: string): string => `7140${BigInt(id).toString(36)}`;
const readToken = (query: URLSearchParams, name: string): string | undefined => {
  const value = query.get(name);
  if (value === null) return undefined;
  const digits = /^7140([0-9a-z]{1,13})$/.exec(value)?.[1];
  if (digits === undefined) throw invalidRequest(`The \`${name}\` query parameter value [${value}] is not valid`, name, value);
  return Array.from(digits).reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n).toString();
};

interface PageSize { readonly least: number; readonly most: number; readonly usual: number }

/** The part of a list, newest first, that a query asks for, and what is said about it. */
export const readPage = (posts: readonly PostRecord[], query: URLSearchParams, { least, most, usual }: PageSize, tokenName = 'pagination_token') => {
  const count = readNumber(query, 'max_results', least, most, usual);
  const [since, until, before] = [readId(query, 'since_id'), readId(query, 'until_id'), readToken(query, tokenName)];
  const [start, end] = [readTime(query, 'start_time'), readTime(query, 'end_time')];
  const wanted = posts.filter(({ id, createdAt }) => (since === undefined || compareIds(id, since) > 0) && (until === undefined || compareIds(id, until) < 0)
    && (before === undefined || compareIds(id, before) < 0) && (start === undefined || createdAt >= start) && (end === undefined || createdAt < end));
  const page = wanted.slice(0, count);
  const [newest, oldest] = [page[0], page.at(-1)];
  return {
    page,
    meta: {
      result_count: page.length, ...(newest && oldest && { newest_id: newest.id, oldest_id: oldest.id }),
      ...(oldest && wanted.length > page.length && { next_token: toToken(oldest.id) }),
    },
  };
};
