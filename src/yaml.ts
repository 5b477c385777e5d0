import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { SetupError } from './core/errors.ts';

/** Fills a file's values before they are checked; tells faults at `path` that did not come from the file by the name of their source. */
export interface Filling {
  fill(value: unknown): unknown;
  sourceOf(path: string): string | undefined;
}

/** Reads a YAML file and checks it. Anything wrong → SetupError `file:line:column: what, what to do`, one line per fault. */
export function readYaml<T extends z.ZodType>(file: string, schema: T, filling?: Filling): z.output<T> {
  return parseYaml(read(file), file, schema, filling);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SetupError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The same for a text; `name` stands for the file in messages. */
export function parseYaml<T extends z.ZodType>(text: string, name: string, schema: T, filling?: Filling): z.output<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new SetupError(`${name}:${line}:${col}: not valid YAML: ${broken.message}`);
  }
  const value = toValue(document, name) ?? {};
  const result = schema.safeParse(filling ? filling.fill(value) : value);
  if (result.success) return result.data;
  throw new SetupError(result.error.issues.flatMap(issue => {
    const source = filling?.sourceOf(issue.path.join('.'));
    return source === undefined ? describe(issue, schema, document, lines).map(fault => `${name}:${fault}`) : [`${source}: ${issue.message}`];
  }).join('\n'));
}

/** Aliases are resolved only here: one without an anchor, or a thousandfold one, shows itself now. */
function toValue(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new SetupError(`${name}: not valid YAML: ${messageOf(error)}`);
  }
}

type Issue = z.core.$ZodIssue;

function describe(issue: Issue, schema: z.ZodType, document: Document, lines: LineCounter): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map(key => {
      const near = nearest(key, known);
      const advice = near ? `did you mean '${near}'?` : `known here: ${known.join(', ')}`;
      return `${where([...issue.path, key], document, lines)}: unknown setting '${[...issue.path, key].join('.')}': ${advice}`;
    });
  }
  return [`${where(issue.path, document, lines)}: ${issue.path.join('.') || 'the file'}: ${issue.message}`];
}

/** Line and column of the nearest thing in the file that the path leads to. */
function where(path: readonly PropertyKey[], document: Document, lines: LineCounter): string {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = pairOf(parent ?? document.contents, key);
    if (pair !== undefined) {
      const { line, col } = lines.linePos(pair);
      return `${line}:${col}`;
    }
  }
  return '1:1';
}

function pairOf(node: unknown, key: PropertyKey | undefined): number | undefined {
  if (typeof node !== 'object' || node === null || !('items' in node) || !Array.isArray(node.items)) return undefined;
  for (const [index, item] of (node.items as unknown[]).entries()) {
    const start = rangeStart(keyOf(item) ?? item);
    if (start !== undefined && (index === key || valueOf(keyOf(item)) === key)) return start;
  }
  return undefined;
}

const keyOf = (item: unknown): unknown => (typeof item === 'object' && item !== null && 'key' in item ? item.key : undefined);
const valueOf = (node: unknown): unknown => (typeof node === 'object' && node !== null && 'value' in node ? node.value : undefined);
const rangeStart = (node: unknown): number | undefined =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? (node.range[0] as number) : undefined;

/** Names that the schema knows at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let here: unknown = schema;
  for (const step of path) here = shapeOf(here)?.[String(step)] ?? elementOf(here);
  return Object.keys(shapeOf(here) ?? {});
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (typeof inner === 'object' && inner !== null && 'unwrap' in inner && typeof inner.unwrap === 'function' && !('element' in inner)) inner = inner.unwrap();
  return inner;
}

const shapeOf = (schema: unknown): Record<string, unknown> | undefined => {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? inner.shape : undefined;
};

const elementOf = (schema: unknown): unknown => {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return inner.element;
  return inner instanceof z.ZodRecord ? inner.valueType : undefined;
};

/** The known name that a mistyped one most likely meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known.map(each => ({ each, steps: distance(name.toLowerCase(), each.toLowerCase()) })).sort((a, b) => a.steps - b.steps);
  const [best] = ranked;
  return best && best.steps <= Math.max(2, name.length / 3) ? best.each : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
