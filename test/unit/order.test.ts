// How tests are run: those that go on side by side close what is their own, and those that take longest begin first.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { closing, onTestFinished } from '../support/cleanup.ts';
import { until } from '../support/until.ts';

const tests = join(import.meta.dirname, '..');
const closed: string[] = [];

describe('tests side by side', () => {
  it.concurrent('close what they opened at their own end', closing(async () => {
    onTestFinished(() => closed.push('first'));
    onTestFinished(() => closed.push('last'));
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(closed).toEqual([]);
  }));

  it.concurrent('keep what they opened while another one ends', closing(async () => {
    onTestFinished(() => closed.push('other'));
    await until(() => closed.length > 1);
    expect(closed).toEqual(['last', 'first']);
  }));

  it('have closed everything before the next one begins', () => {
    expect(closed).toEqual(['last', 'first', 'other']);
  });
});

it('the tests that begin first are there', () => {
  const named = [...readFileSync(join(tests, 'support/longest-first.js'), 'utf8').matchAll(/'((?:bench|e2e|faults)\/[\w-]+)'/gu)].map(([, name]) => `${name}.test.ts`);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(name => !existsSync(join(tests, name)))).toEqual([]);
});
