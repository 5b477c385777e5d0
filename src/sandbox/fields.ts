// Parameters as Rails reads them: JSON as it is, forms with `a[]=` for lists and `a[b]=` for objects.
export interface Fields { readonly [name: string]: unknown }

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names and values of a form or a query as nested fields. */
export const toFields = (pairs: Iterable<readonly [string, unknown]>): Fields => {
  // No prototype: a field may be called `__proto__`.
  const fields = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of pairs) {
    const [, outer = name, inner] = /^([^[\]]+)\[([^[\]]*)\]$/.exec(name) ?? [];
    const held = fields[outer];
    if (inner === undefined) fields[outer] = value;
    else if (inner === '') fields[outer] = [...(Array.isArray(held) ? held as unknown[] : []), value];
    else fields[outer] = Object.assign(Object.create(null), isObject(held) ? held : undefined, { [inner]: value }) as unknown;
  }
  return fields;
};

/** Fields of a parsed body or query, empty when it is something else. */
export const readFields = (value: unknown): Fields => (isObject(value) ? value : {});

const isScalar = (value: unknown): value is string | number | boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

export const readText = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return isScalar(value) ? String(value) : undefined;
};

export const readList = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isScalar).map(String) : [];
};

// The values that Rails takes for false.
const falsehoods = new Set(['', '0', 'f', 'F', 'false', 'FALSE', 'off', 'OFF']);

export const readFlag = (fields: Fields, name: string): boolean | undefined => {
  const value = readText(fields, name);
  return value === undefined ? undefined : !falsehoods.has(value);
};

export const readNumber = (fields: Fields, name: string, fallback: number, most: number): number => {
  const value = Number(readText(fields, name));
  return Number.isInteger(value) && value > 0 ? Math.min(value, most) : fallback;
};
