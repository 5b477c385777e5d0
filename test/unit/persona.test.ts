import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SetupError } from '../../src/core/errors.ts';
import { packageFile } from '../../src/package-root.ts';
import { listPersonas, loadPersona } from '../../src/personas/load.ts';
import { lineKinds, toJsonSchema } from '../../src/personas/schema.ts';

const shipped = packageFile('config', 'personas');

const write = (text: string, name = 'mine.yaml'): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'repartee-persona-')), name);
  writeFileSync(file, text);
  return file;
};

const small = 'name: mine\nabout: a\nvoice: b\ncheek: 3\nlanguages: [en]\n';

const refusal = (load: () => unknown): string => {
  try {
    load();
  } catch (error) {
    expect(error).toBeInstanceOf(SetupError);
    return error instanceof Error ? error.message : '';
  }
  return 'not refused';
};

describe('the shipped personas', () => {
  it('are three, and each says what a model needs to be funny with it', () => {
    expect(listPersonas([shipped])).toEqual(['deadpan', 'gadfly', 'persifleur']);
    for (const name of listPersonas([shipped])) {
      const persona = loadPersona(name, [shipped]);
      expect(persona.name).toBe(name);
      expect(persona.examples.length).toBeGreaterThanOrEqual(8);
      expect(persona.version).toMatch(/^[0-9a-f]{8}$/);
      expect(readFileSync(join(shipped, `${name}.yaml`), 'utf8')).toMatch(/^# yaml-language-server: \$schema=\.\/persona\.schema\.json\n/);
    }
  });

  it.each(listPersonas([shipped]))('%s has a line of every kind in each of its languages', name => {
    const { languages, lines } = loadPersona(name, [shipped]);
    expect(Object.keys(lines).sort()).toEqual([...languages].sort());
    for (const language of languages) expect(Object.keys(lineKinds).filter(kind => (lines[language]?.[kind] ?? []).length < 3 && kind !== 'crisis')).toEqual([]);
  });

  it('gadfly speaks seven languages, with ten lines or more for what is hot in each', () => {
    const { languages, lines } = loadPersona('gadfly', [shipped]);
    expect(languages).toEqual(['en', 'fr', 'de', 'es', 'pt', 'it', 'ja']);
    for (const language of languages) expect(lines[language]?.['open']?.length).toBeGreaterThanOrEqual(10);
  });

  it('say no line twice in one kind', () => {
    for (const name of listPersonas([shipped])) {
      for (const kinds of Object.values(loadPersona(name, [shipped]).lines)) {
        for (const lines of Object.values(kinds)) expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
      }
    }
  });
});

describe('the JSON schema beside them', () => {
  it('is the one the code means', () => {
    expect(readFileSync(join(shipped, 'persona.schema.json'), 'utf8')).toBe(toJsonSchema());
  });
});

describe('loading a persona', () => {
  it('takes a path, or a name from the first folder that has it', () => {
    const file = write(small);
    expect(loadPersona(file, []).name).toBe('mine');
    const folder = join(file, '..');
    writeFileSync(join(folder, 'gadfly.yaml'), small.replace('mine', 'gadfly'));
    expect(loadPersona('gadfly', [folder, shipped]).about).toBe('a');
  });

  it('changes its version with the file', () => {
    expect(loadPersona(write(small), []).version).not.toBe(loadPersona(write(`${small}\n`), []).version);
  });

  it('lends the default lines to a persona that has none', () => {
    expect(loadPersona(write(small), [shipped]).lines).toEqual(loadPersona('gadfly', [shipped]).lines);
  });

  it('says which personas there are when one is missing, and the nearest', () => {
    expect(refusal(() => loadPersona('gadfyl', [shipped]))).toBe(`persona 'gadfyl' not found in ${shipped}: did you mean 'gadfly'? There are deadpan, gadfly, persifleur.`);
    expect(refusal(() => loadPersona('./nowhere.yaml', [shipped]))).toContain("persona './nowhere.yaml' not found: There are deadpan, gadfly, persifleur.");
  });

  it.each([
    ['an unknown field', `${small}chek: 3\n`, /mine\.yaml:6:1: unknown setting 'chek': did you mean 'cheek'\?/],
    ['an unknown kind of line', `${small}lines:\n  en:\n    opne: ["hello {item}"]\n`, /mine\.yaml:8:5: unknown setting 'lines\.en\.opne': did you mean 'open'\?/],
    ['an unknown slot', `${small}lines:\n  en:\n    open: ["hello {thing}"]\n`, /mine\.yaml:8:\d+: lines\.en\.open\.0: the slots are \{item\}/],
    ['a brace left open', `${small}lines:\n  en:\n    open: ["hello {item"]\n`, /the slots are/],
    ['a hashtag in a line', `${small}lines:\n  en:\n    open: ["hello #{item}"]\n`, /may hold no @, #/],
    ['too much cheek', small.replace('cheek: 3', 'cheek: 11'), /mine\.yaml:4:1: cheek:/],
    ['no valid YAML', 'name: [', /mine\.yaml:\d+:\d+: not valid YAML/],
  ])('refuses %s with file, line and column', (_, text, message) => {
    const file = write(text);
    expect(refusal(() => loadPersona(file, [shipped]))).toMatch(message);
  });
});
