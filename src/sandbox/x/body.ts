import type { z } from 'zod';
import { invalidRequest } from './problem.ts';

/** Reads a JSON body as X's JSON schemas do: no unknown member, no wrong type; what is wrong is named by its place. */
export const readShape = <T>(shape: z.ZodType<T>, body: string): T => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (cause) {
    throw invalidRequest(`[$: could not be parsed as JSON: ${String(cause)}]`, '$', body);
  }
  const { success, data, error } = shape.safeParse(parsed);
  if (success) return data;
  const [issue] = error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const place = ['$', ...(issue?.path ?? []), ...unknown].join('.');
  const what = unknown.length > 0 ? 'is not defined in the schema and the schema does not allow additional properties' : issue?.message ?? 'is wrong';
  throw invalidRequest(`[${place}: ${what}]`, place, body);
};
