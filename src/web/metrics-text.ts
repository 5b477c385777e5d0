// What is counted, as Prometheus reads it: text format 0.0.4.
import { bounds, labels, steps, type Durations, type Totals } from '../core/counts.ts';
import { standings, type Standing } from '../core/record.ts';

export interface AccountVitals {
  readonly network: string;
  readonly account: string;
  readonly ledger: Readonly<Partial<Record<Standing, number>>>;
  readonly isPaused: boolean;
  /** Some process listens. */
  readonly isHeard: boolean;
  /** How long ago mentions were read, and how much time may pass until they are again; absent: never. */
  readonly read?: { readonly agoMs: number; readonly value: number } | undefined;
  /** How long ago a model was asked, and how often in a row it has failed. */
  readonly model?: { readonly agoMs: number; readonly value: number } | undefined;
  readonly queues: readonly { readonly stage: string; readonly waiting: number; readonly delayed: number; readonly active: number }[];
}

/** How the bot is, over all its processes. */
export interface Vitals {
  /** When it was looked at, in ms since 1970. */
  readonly at: number;
  readonly accounts: readonly AccountVitals[];
  readonly totals: Totals;
  readonly sources: readonly { readonly name: string; readonly items: number; readonly readAt: number }[];
}

export const contentType = 'text/plain; version=0.0.4; charset=utf-8';

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number | Durations];
interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Absent where it takes the store to know. */
  readonly alone?: (program: Program) => readonly Sample[];
  readonly samples?: (vitals: Vitals) => readonly Sample[];
}

/** What this very process knows of itself. */
export interface Program {
  readonly isUp: boolean;
  readonly version: string;
  readonly store: string;
}

const each = (vitals: Vitals, samples: (account: AccountVitals, network: Labels) => readonly Sample[]): readonly Sample[] =>
  vitals.accounts.flatMap(account => samples(account, { network: account.network }));

const counter = (name: string, what: keyof typeof labels, label: string, help: string): Metric => ({
  name, type: 'counter', help,
  samples: vitals => each(vitals, ({ network }, on) => labels[what].map((value): Sample => [label === '' ? on : { ...on, [label]: value }, vitals.totals.count(what, value as never, network)])),
});

const gauge = (name: string, help: string, samples: NonNullable<Metric['samples']>): Metric => ({ name, type: 'gauge', help, samples });
const own = (name: string, type: Metric['type'], help: string, alone: NonNullable<Metric['alone']>): Metric => ({ name, type, help, alone });
const one = (value: number): readonly Sample[] => [[{}, value]];

/** Every metric there is. docs/metrics.md has the same, for people. */
export const metrics: readonly Metric[] = [
  own('repartee_up', 'gauge', 'Whether the store answers. While it is 0, everything that comes from there is as it was last.', ({ isUp }) => one(isUp ? 1 : 0)),
  own('repartee_build_info', 'gauge', 'Which version runs, on which Node and which kind of store.', ({ version, store }) => [[{ version, node: process.version, store }, 1]]),
  counter('repartee_mentions_seen_total', 'seen', '', 'Mentions that came in.'),
  counter('repartee_mentions_total', 'mentions', 'outcome', 'Mentions that came to an end, by what became of them. One that is tried again may end twice.'),
  counter('repartee_silences_total', 'silences', 'reason', 'Mentions that were skipped, by why.'),
  counter('repartee_gate_refusals_total', 'refusals', 'clause', 'Drafts that were not fit to be posted, by what was wrong with them.'),
  counter('repartee_model_calls_total', 'calls', 'outcome', 'Requests to the model, those that test it included.'),
  counter('repartee_tokens_total', 'tokens', 'direction', 'Tokens that the model read and wrote.'),
  counter('repartee_dollars_total', 'dollars', 'what', 'What the model and the network took, by their price lists.'),
  {
    name: 'repartee_step_seconds', type: 'histogram', help: 'How long the steps from a mention to its answer took.',
    samples: vitals => each(vitals, ({ network }, on) => steps.map((step): Sample => [{ ...on, step }, vitals.totals.took(step, network)])),
  },
  gauge('repartee_ledger_records', 'Records in the ledger by state; of those posted, ordered and skipped, how many there have ever been.', vitals =>
    each(vitals, ({ ledger }, on) => standings.map((state): Sample => [{ ...on, state }, ledger[state] ?? 0]))),
  gauge('repartee_queue_jobs', 'Jobs in the queues.', vitals =>
    each(vitals, ({ queues }, on) => queues.flatMap(({ stage, ...depths }) => (['waiting', 'delayed', 'active'] as const).map((state): Sample => [{ ...on, stage, state }, depths[state]])))),
  gauge('repartee_paused', 'Whether the kill switch is on.', vitals => each(vitals, ({ isPaused }, on) => [[on, isPaused ? 1 : 0]])),
  gauge('repartee_listening', 'Whether a process listens for mentions.', vitals => each(vitals, ({ isHeard }, on) => [[on, isHeard ? 1 : 0]])),
  gauge('repartee_read_timestamp_seconds', 'When mentions were read last.', vitals => each(vitals, ({ read }, on) => (read ? [[on, (vitals.at - read.agoMs) / 1_000]] : []))),
  gauge('repartee_model_failures', 'How often in a row the model has failed.', vitals => each(vitals, ({ model }, on) => [[on, model?.value ?? 0]])),
  gauge('repartee_context_items', 'What is known from a source about what is happening.', ({ sources }) => sources.map(({ name, items }): Sample => [{ source: name }, items])),
  gauge('repartee_context_read_timestamp_seconds', 'When a source was read last.', ({ sources }) => sources.map(({ name, readAt }): Sample => [{ source: name }, readAt / 1_000])),
  own('process_start_time_seconds', 'gauge', 'When the process that answers here was started.', () => one(Date.now() / 1_000 - process.uptime())),
  own('process_cpu_seconds_total', 'counter', 'What it has used of a processor.', () => {
    const { user, system } = process.cpuUsage();
    return one((user + system) / 1e6);
  }),
  own('process_resident_memory_bytes', 'gauge', 'What it holds of memory.', () => one(process.memoryUsage.rss())),
];

/** All of it as text. Without vitals: what is known without a store. */
export function toMetricsText(vitals: Vitals | undefined, program: Program): string {
  return metrics.flatMap(({ name, type, help, alone, samples }) => {
    const found = alone ? alone(program) : vitals && samples ? samples(vitals) : [];
    if (found.length === 0) return [];
    return [`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${type}`, ...found.flatMap(([on, value]) => (typeof value === 'number' ? [toLine(name, on, value)] : toHistogram(name, on, value)))];
  }).map(line => `${line}\n`).join('');
}

function toHistogram(name: string, on: Labels, { buckets, count, seconds }: Durations): readonly string[] {
  let below = 0;
  const lines = [...bounds, Infinity].map((bound, at) => {
    below += buckets[at] ?? 0;
    return toLine(`${name}_bucket`, { ...on, le: toNumber(bound) }, below);
  });
  return [...lines, toLine(`${name}_sum`, on, seconds), toLine(`${name}_count`, on, count)];
}

const escapeHelp = (text: string): string => text.replace(/\\/gu, '\\\\').replace(/\n/gu, '\\n');
const escapeLabel = (text: string): string => escapeHelp(text).replace(/"/gu, '\\"');
const toNumber = (value: number): string => (value === Infinity ? '+Inf' : String(value));

function toLine(name: string, on: Labels, value: number): string {
  const inside = Object.entries(on).map(([label, text]) => `${label}="${escapeLabel(text)}"`).join(',');
  return `${name}${inside === '' ? '' : `{${inside}}`} ${toNumber(value)}`;
}
