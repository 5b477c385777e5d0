import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bounds, clauses, labels, silences, steps, type Durations, type Totals } from '../../src/core/counts.ts';
import { toClause, toSilence } from '../../src/pipeline/reasons.ts';
import { toBucket, toQuantile } from '../../src/store/histogram.ts';
import { metrics, toMetricsText, type Vitals } from '../../src/web/metrics-text.ts';
import { parseExposition, valueOf } from '../support/exposition.ts';

const root = join(import.meta.dirname, '../..');

const toDurations = (seconds: readonly number[]): Durations => {
  const buckets = Array.from({ length: bounds.length + 1 }, () => 0);
  for (const each of seconds) buckets[toBucket(each)] = (buckets[toBucket(each)] ?? 0) + 1;
  return { buckets, count: seconds.length, seconds: seconds.reduce((sum, each) => sum + each, 0) };
};

const totals: Totals = { count: (what, label) => (what === 'mentions' && label === 'answered' ? 3 : 0.5), took: () => toDurations([0.004, 0.3, 4_000]) };
const program = { isUp: true, version: '1.2.3', store: 'url' };
const account = (network: string): Vitals['accounts'][number] => ({
  network, account: 'quip', ledger: { posted: 3, parked: 1 }, isPaused: true, isHeard: true, read: { agoMs: 1_500, value: 60_000 }, model: { agoMs: 0, value: 2 },
  queues: [{ stage: 'compose', waiting: 1, delayed: 2, active: 3 }],
});
const vitals: Vitals = { at: 10_000, accounts: [account('town'), account('village')], totals, sources: [{ name: 'a "feed" of\nC:\\', items: 4, readAt: 9_000 }] };

describe('what Prometheus reads', () => {
  it('is what its text format allows, with everything where it belongs', () => {
    const families = parseExposition(toMetricsText(vitals, program));
    expect([...families.keys()]).toEqual(metrics.map(({ name }) => name));
    expect(valueOf(families, 'repartee_mentions_total', { network: 'town', outcome: 'answered' })).toBe(3);
    expect(valueOf(families, 'repartee_mentions_seen_total', { network: 'town' })).toBe(0.5);
    expect(valueOf(families, 'repartee_step_seconds_bucket', { network: 'village', step: 'whole', le: '0.5' })).toBe(2);
    expect(valueOf(families, 'repartee_step_seconds_count', { network: 'village', step: 'whole' })).toBe(3);
    expect(valueOf(families, 'repartee_ledger_records', { network: 'town', state: 'parked' })).toBe(1);
    expect(valueOf(families, 'repartee_ledger_records', { network: 'town', state: 'seen' })).toBe(0);
    expect(valueOf(families, 'repartee_queue_jobs', { network: 'town', stage: 'compose', state: 'delayed' })).toBe(2);
    expect(valueOf(families, 'repartee_read_timestamp_seconds', { network: 'town' })).toBe(8.5);
    expect(valueOf(families, 'repartee_context_items', { source: 'a "feed" of\nC:\\' })).toBe(4);
    expect(valueOf(families, 'repartee_build_info', { version: '1.2.3', node: process.version, store: 'url' })).toBe(1);
    expect(valueOf(families, 'process_start_time_seconds')).toBeGreaterThan(1_700_000_000);
  });

  it('names every label value that there is, also where nothing was counted, and no other', () => {
    const families = parseExposition(toMetricsText(vitals, program));
    const valuesOf = (name: string, label: string) => [...new Set(families.get(name)?.samples.map(({ labels: on }) => on[label]))];
    expect(valuesOf('repartee_mentions_total', 'outcome')).toEqual(labels.mentions);
    expect(valuesOf('repartee_silences_total', 'reason')).toEqual(silences);
    expect(valuesOf('repartee_gate_refusals_total', 'clause')).toEqual(clauses);
    expect(valuesOf('repartee_step_seconds', 'step')).toEqual(steps);
    expect(valuesOf('repartee_mentions_total', 'network')).toEqual(['town', 'village']);
  });

  it('tells without a store that there is none, and how this process is', () => {
    const families = parseExposition(toMetricsText(undefined, { ...program, isUp: false }));
    expect([...families.keys()]).toEqual(['repartee_up', 'repartee_build_info', 'process_start_time_seconds', 'process_cpu_seconds_total', 'process_resident_memory_bytes']);
    expect(valueOf(families, 'repartee_up')).toBe(0);
  });

  it('would be refused by the tests\' reader if it were out of shape', () => {
    const good = '# HELP a_total Some.\n# TYPE a_total counter\na_total{x="1"} 1\n';
    expect(parseExposition(good).size).toBe(1);
    for (const [from, to] of [['} 1\n', '} 1'], ['a_total{', 'b_total{'], ['"1"', '"1'], ['counter', 'number'], ['} 1', '} one'], ['x="1"', 'x="1",x="2"'], ['# HELP', '# HELPS'], ['x="1"', 'x="\\q"'], [' counter\n', ' counter\na_total{x="1"} 1\n']] as const) {
      expect(() => parseExposition(good.replace(from, to))).toThrow();
    }
  });
});

describe('docs/metrics.md', () => {
  const rows = readFileSync(join(root, 'docs/metrics.md'), 'utf8').split('\n').filter(line => /^\| `[a-z]+_[a-z_]+` \|/u.test(line)).map(line => line.split('|').slice(1, -1).map(cell => cell.trim()));
  const families = parseExposition(toMetricsText(vitals, program));

  it('has every metric once, with the type and the labels that it comes with', () => {
    const labelsOf = (name: string) => [...new Set(families.get(name)?.samples.flatMap(({ labels: on }) => Object.keys(on)).filter(label => label !== 'le'))];
    expect(rows.map(([name = '', type, on = '']) => [name, type, on])).toEqual(metrics.map(({ name, type }) => [`\`${name}\``, type, labelsOf(name).map(label => `\`${label}\``).join(' ')]));
  });

  it('explains every value of every label', () => {
    const text = readFileSync(join(root, 'docs/metrics.md'), 'utf8');
    for (const value of [...labels.mentions, ...silences, ...clauses, ...steps, ...labels.calls, ...labels.tokens, ...labels.dollars]) expect(text).toContain(`\`${value}\``);
  });
});

describe('the buckets of durations', () => {
  it('hold each one under the first bound that it is not above', () => {
    expect([0, 0.005, 0.0051, 3_600, 3_601, Infinity].map(toBucket)).toEqual([0, 0, 1, bounds.length - 1, bounds.length, bounds.length]);
  });

  it('give back a share within the bucket it lies in, evenly spread', () => {
    const took = toDurations([...Array.from({ length: 50 }, () => 1.5), ...Array.from({ length: 50 }, () => 4)]);
    expect(toQuantile(took, 0.5)).toBe(2);
    expect(toQuantile(took, 0.25)).toBe(1.5);
    expect(toQuantile(took, 0.95)).toBeCloseTo(4.8);
    expect(toQuantile(toDurations([]), 0.5)).toBe(0);
    expect(toQuantile(toDurations([9_999]), 0.5)).toBe(3_600);
  });

  it('are never off by more than the bucket, whatever was measured', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 3_600, noNaN: true }), { minLength: 1, maxLength: 60 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (seconds, share) => {
      const exact = seconds.toSorted((one, other) => one - other)[Math.ceil(share * seconds.length) - 1] ?? 0;
      const at = toBucket(exact);
      const found = toQuantile(toDurations(seconds), share);
      expect(found).toBeGreaterThanOrEqual(bounds[at - 1] ?? 0);
      expect(found).toBeLessThanOrEqual(bounds[at] ?? 0);
    }));
  });
});

describe('reasons by their kind', () => {
  const sources = readdirSync(join(root, 'src/pipeline'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts') && !file.endsWith('reasons.ts')).map(file => readFileSync(join(root, 'src/pipeline', file), 'utf8'));
  const said = (pattern: RegExp) => sources.flatMap(text => [...text.matchAll(pattern)].map(([, reason = '']) => reason));

  it.each([
    ['self', 'own post'], ['bot', 'from a bot account'], ['bot', 'its author answers as fast or as alike as a machine: two bots could go on for ever'],
    ['visibility', 'direct posts are not answered here (manners.answer)'], ['settings', 'its author or server is left alone by your settings (manners.leaveAlone)'],
    ['age', 'too old (25 h)'], ['age', 'nobody approved it in time: too old (25 h)'], ['age', 'it waited for so long that its text may not be kept any more'],
    ['wish', 'its author wants to be left alone'], ['wish', 'its author wants to be left alone by now, or its thread to stay quiet'], ['wish', 'this thread is quiet already'],
    ['limit', '5 answers to this person in 10 minutes are the limit (manners.quotas)'], ['money', 'the budget of one mention is spent ($0.100 of $0.100)'], ['money', 'today\'s budget is spent ($1.000 of $1.000)'],
    ['words', 'what was said is nothing to answer (a slur)'], ['gone', 'its author deleted it, or took our name out of it, before we answered'], ['gone', 'its author edited it again and again before we answered'],
    ['network', 'town.example said 404'],
  ] as const)('%s: %s', (kind, reason) => {
    expect(toSilence(reason)).toBe(kind);
  });

  it('leave none of our own silences to the network', () => {
    const own = [...said(/silent: '([^']+)'/gu), ...said(/'skipped', [`']([^`']+)[`']/gu), ...said(/return '([^']{20,})';/gu).filter(reason => /person it is about|asked for quiet/u.test(reason))];
    expect(own.length).toBeGreaterThan(8);
    for (const reason of own) expect({ reason, kind: toSilence(reason) }).not.toEqual({ reason, kind: 'network' });
  });

  it('know every fault that the gate finds in a draft', () => {
    const faults = said(/[`'](it (?:was|held|began|gave|mixed|named|recited|repeated|claimed|spoke|asked|mentioned|could)[^`']*)[`']/gu).filter(fault => !/^it was (?:skipped|removed)/u.test(fault));
    expect(faults.length).toBeGreaterThan(25);
    for (const fault of faults) expect({ fault, clause: toClause(fault) }).not.toEqual({ fault, clause: 'other' });
    expect(new Set(faults.map(toClause)).size).toBe(clauses.length - 1);
  });
});
