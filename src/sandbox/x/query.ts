// Reads query parameters as strictly as X does; what it does not know is a 400.
import type { Call } from './endpoint.ts';
import { invalidRequest } from './problem.ts';

type Query = URLSearchParams;

const list = (names: readonly string[]): string => `[${names.join(',')}]`;

export const refuseUnknown = (query: Query, known: readonly string[]): void => {
  for (const [name, value] of query) {
    if (!known.includes(name)) throw invalidRequest(`The query parameter [${name}] is not one of ${list(known)}`, name, value);
  }
};

/** A whole number within its bounds, or what stands for it when it is absent. */
export const readNumber = (query: Query, name: string, least: number, most: number, usual: number): number => {
  const value = query.get(name);
  if (value === null) return usual;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) throw invalidRequest(`The \`${name}\` query parameter value [${value}] is not between ${least} and ${most}`, name, value);
  return number;
};

/** Names out of a known list, separated by commas. */
export const readNames = (query: Query, name: string, known: readonly string[]): readonly string[] => {
  const value = query.get(name);
  if (value === null) return [];
  const names = value.split(',');
  const unknown = names.find((each) => !known.includes(each));
  if (unknown !== undefined) throw invalidRequest(`The \`${name}\` query parameter value [${unknown}] is not one of ${list(known)}`, name, unknown);
  return names;
};

const checkId = (name: string, value: string): string => {
  if (!/^\d{1,19}$/.test(value)) throw invalidRequest(`The \`${name}\` query parameter value [${value}] is not valid`, name, value);
  return value;
};

export const readId = (query: Query, name: string): string | undefined => {
  const value = query.get(name);
  return value === null ? undefined : checkId(name, value);
};

/** The ids that a lookup is for, 1 to 100. */
export const readIds = (query: Query): readonly string[] => {
  const ids = (query.get('ids') ?? '').split(',');
  if (ids.length > 100) throw invalidRequest(`The number of values in the \`ids\` query parameter list [${ids.length}] is not between 1 and 100`, 'ids', ids.join(','));
  return ids.map((id) => checkId('ids', id));
};

export const idOf = ({ params }: Call): string => checkId('id', params['id'] ?? '');

/** A moment in milliseconds. */
export const readTime = (query: Query, name: string): number | undefined => {
  const value = query.get(name);
  if (value === null) return undefined;
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw invalidRequest(`The \`${name}\` query parameter value [${value}] is not a valid RFC3339 timestamp`, name, value);
  return time;
};
