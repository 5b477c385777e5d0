import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { nearest, parseYaml, readYaml } from '../../src/yaml.ts';

const shape = z.strictObject({
  title: z.string().optional(),
  size: z.number().default(1),
  rooms: z.array(z.strictObject({ name: z.string(), seats: z.number().default(2) })).default([]),
  doors: z.record(z.string(), z.strictObject({ colour: z.string() })).optional(),
});

const faults = (text: string): string => {
  try {
    parseYaml(text, 'house.yaml', shape);
    return '';
  } catch (error) {
    return error instanceof Error && error.name === 'SetupError' ? error.message : `not a SetupError: ${String(error)}`;
  }
};

describe('a YAML text', () => {
  it('becomes what the schema says, defaults included', () => {
    expect(parseYaml('rooms:\n  - name: hall\n', 'house.yaml', shape)).toEqual({ size: 1, rooms: [{ name: 'hall', seats: 2 }] });
  });

  it('may be empty or all comments', () => {
    expect(parseYaml('# nothing yet\n', 'house.yaml', shape)).toEqual({ size: 1, rooms: [] });
  });

  it('may name a part and use it again', () => {
    expect(parseYaml('rooms:\n  - &hall {name: hall}\n  - *hall\n', 'house.yaml', shape).rooms).toHaveLength(2);
  });

  it.each([
    ['title: [open\n', 2, 1],
    ['title: a\ntitle: b\n', 2, 1],
    ['size: 1\n\trooms: []\n', 2, 1],
    ['size: 1\n---\nsize: 2\n', 2, 1],
  ])('that is broken is told with line and column: %j', (text, line, column) => {
    expect(faults(text)).toMatch(new RegExp(`^house\\.yaml:${line}:${column}: not valid YAML: `));
  });

  it('with an alias of nothing is broken', () => {
    expect(faults('title: *missing\n')).toMatch(/^house\.yaml: not valid YAML: Unresolved alias/);
  });

  it('that would grow beyond measure is refused at once', () => {
    const bomb = ['a: &a [1,1,1,1,1,1,1,1,1,1]', 'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]', 'c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]', 'd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]'].join('\n');
    expect(faults(bomb)).toMatch(/^house\.yaml: not valid YAML: Excessive alias count/);
  });
});

describe('a fault in a YAML text', () => {
  it.each([
    ['in a list', 'rooms:\n  - name: hall\n  - nmae: attic\n', "house.yaml:3:5: rooms.1.name: Invalid input: expected string, received undefined\nhouse.yaml:3:5: unknown setting 'rooms.1.nmae': did you mean 'name'?"],
    ['below names that are free', 'doors:\n  front:\n    color: red\n    colour: red\n', "house.yaml:3:5: unknown setting 'doors.front.color': did you mean 'colour'?"],
    ['in one line', '{size: 1, rooms: [{name: hall, seats: many}]}\n', 'house.yaml:1:32: rooms.0.seats: Invalid input: expected number, received string'],
    ['of the whole', 'just words\n', 'house.yaml:1:1: the file: Invalid input: expected object, received string'],
  ])('%s has its place', (_, text, message) => {
    expect(faults(text)).toBe(message);
  });

  it('that a filling brought in is told by its source', () => {
    const filling = { fill: () => ({ size: 'wide', title: 3 }), sourceOf: (path: string) => (path === 'size' ? 'HOUSE_SIZE' : undefined) };
    expect(() => parseYaml('title: 3\n', 'house.yaml', shape, filling)).toThrow(
      'house.yaml:1:1: title: Invalid input: expected string, received number\nHOUSE_SIZE: Invalid input: expected number, received string',
    );
  });
});

describe('a YAML file', () => {
  it('is read from disk, and told when it cannot be', () => {
    const folder = mkdtempSync(join(tmpdir(), 'yaml-'));
    const file = join(folder, 'house.yaml');
    writeFileSync(file, 'size: 3\n');
    expect(readYaml(file, shape).size).toBe(3);
    rmSync(folder, { recursive: true });
    expect(() => readYaml(file, shape)).toThrow(/house\.yaml cannot be read: .*ENOENT/);
  });
});

describe('the nearest name', () => {
  it.each([
    ['persna', ['persona', 'posting'], 'persona'],
    ['MAXLENGTH', ['maxLength', 'maxAge'], 'maxLength'],
    ['colour', ['size', 'rooms'], undefined],
    ['anything', [], undefined],
  ])('to %s among %j is %s', (name, known, expected) => {
    expect(nearest(name, known)).toBe(expected);
  });
});
