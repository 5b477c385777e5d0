import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../core/errors.ts';
import type { Lines, Persona } from '../core/types.ts';
import { nearest, parseYaml } from '../yaml.ts';
import { personaSchema } from './schema.ts';

/** Whose lines a persona without any of its own speaks. */
const lender = 'gadfly';

/**
 * Reads a persona: a path when it holds a slash or ends in .yaml, else the first `<folder>/<name>.yaml`.
 * Missing or invalid → SetupError that says where and what to do.
 */
export function loadPersona(nameOrPath: string, folders: readonly string[]): Persona {
  const file = fileOf(nameOrPath, folders);
  const text = readText(file);
  const { lines, ...persona } = parseYaml(text, file, personaSchema);
  const version = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return { ...persona, lines: Object.keys(lines).length > 0 ? toLines(lines) : lentLines(file, folders), version };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SetupError(`persona ${file} cannot be read: ${(error as Error).message}`);
  }
}

/** Names of the personas in these folders. */
export const listPersonas = (folders: readonly string[]): string[] =>
  [...new Set(folders.filter(folder => existsSync(folder)).flatMap(folder => readdirSync(folder)))]
    .filter(file => file.endsWith('.yaml'))
    .map(file => file.slice(0, -'.yaml'.length))
    .sort();

/** Where a persona's file is. Throws SetupError when it is nowhere. */
export function fileOf(nameOrPath: string, folders: readonly string[]): string {
  const isPath = nameOrPath.includes('/') || nameOrPath.endsWith('.yaml');
  const found = (isPath ? [nameOrPath] : folders.map(folder => join(folder, `${nameOrPath}.yaml`))).find(file => existsSync(file));
  if (found !== undefined) return found;
  const known = listPersonas(folders);
  const near = nearest(nameOrPath, known);
  throw new SetupError(
    `persona '${nameOrPath}' not found${isPath ? '' : ` in ${folders.join(', ')}`}: ${near ? `did you mean '${near}'? ` : ''}There ${known.length === 1 ? 'is' : 'are'} ${known.join(', ') || 'none'}.`,
  );
}

type ReadLines = Readonly<Record<string, Readonly<Record<string, readonly string[] | undefined>>>>;

const toLines = (lines: ReadLines): Record<string, Lines> =>
  Object.fromEntries(Object.entries(lines).map(([language, kinds]) => [language, Object.fromEntries(Object.entries(kinds).map(([kind, templates]) => [kind, templates ?? []]))]));

function lentLines(file: string, folders: readonly string[]): Record<string, Lines> {
  const from = folders.map(folder => join(folder, `${lender}.yaml`)).find(each => each !== file && existsSync(each));
  return from === undefined ? {} : toLines(parseYaml(readFileSync(from, 'utf8'), from, personaSchema).lines);
}
