import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { mutations } from '../faults/mutations.ts';

const root = join(import.meta.dirname, '../..');

it.each(mutations.map(each => [each.without, each] as const))('what is taken out by `npm run mutate` stands in the code once: %s', (_, { file, find }) => {
  expect(readFileSync(join(root, file), 'utf8').split(find)).toHaveLength(2);
});
