// Prometheus' text format 0.0.4, read as strictly as its specification allows: whatever is not in it throws.

export interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/u;
const suffixes: Readonly<Record<string, readonly string[]>> = { counter: [''], gauge: [''], histogram: ['_bucket', '_sum', '_count'] };

function toValue(text: string): number {
  if (text === '+Inf') return Infinity;
  if (!/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/u.test(text)) throw new Error(`no number: ${text}`);
  return Number(text);
}

function readLabels(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const [all, label = '', value = ''] = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,(?=[a-zA-Z_])|$)/u.exec(rest) ?? [];
    if (all === undefined || label in found) throw new Error(`no labels: ${text}`);
    found[label] = value.replace(/\\(.)/gu, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    rest = rest.slice(all.length);
  }
  return found;
}

/** Families by name. Checked too: one HELP and one TYPE before the samples, no sample twice, counters that end in _total, buckets that add up. */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, { type: string; help: string; samples: { name: string; labels: Record<string, string>; value: number }[] }>();
  const seen = new Set<string>();
  let open: string | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    const [, verb, of = '', said = ''] = /^# (HELP|TYPE) (\S+) (.+)$/u.exec(line) ?? [];
    if (verb === 'HELP') {
      if (families.has(of) || !name.test(of)) throw new Error(`HELP of ${of} again, or it is no name`);
      families.set(of, { help: said, type: '', samples: [] });
      open = of;
      continue;
    }
    const family = families.get(open ?? '');
    if (!family || open === undefined) throw new Error(`nothing is open: ${line}`);
    if (verb === 'TYPE') {
      if (of !== open || family.type !== '' || !(said in suffixes)) throw new Error(`TYPE of ${of}: ${said}`);
      family.type = said;
      if (said === 'counter' && !of.endsWith('_total')) throw new Error(`${of} is a counter`);
      continue;
    }
    const [, sample = '', labels = '', value = ''] = /^([^\s{]+)(?:\{(.*)\})? (\S+)$/u.exec(line) ?? [];
    const suffix = sample.slice(open.length);
    if (!sample.startsWith(open) || !suffixes[family.type]?.includes(suffix)) throw new Error(`no sample of ${open}: ${line}`);
    if (seen.has(`${sample}{${labels}}`)) throw new Error(`twice: ${line}`);
    seen.add(`${sample}{${labels}}`);
    family.samples.push({ name: sample, labels: readLabels(labels), value: toValue(value) });
  }
  for (const [of, { type, samples }] of families) {
    if (samples.length === 0) throw new Error(`${of} has no samples`);
    if (type === 'histogram') checkBuckets(of, samples);
  }
  return families;
}

function checkBuckets(of: string, samples: Family['samples']): void {
  const series = Map.groupBy(samples, ({ labels }) => JSON.stringify({ ...labels, le: '' }));
  for (const [which, each] of series) {
    const buckets = each.filter(sample => sample.name === `${of}_bucket`).map(({ labels, value }) => [toValue(labels['le'] ?? ''), value] as const);
    const isRising = buckets.every(([le, value], at) => at === 0 || (le > (buckets[at - 1]?.[0] ?? 0) && value >= (buckets[at - 1]?.[1] ?? 0)));
    const [last, count] = [buckets.at(-1), each.find(sample => sample.name === `${of}_count`)];
    if (!isRising || last?.[0] !== Infinity || last[1] !== count?.value || !each.some(sample => sample.name === `${of}_sum`)) throw new Error(`${of} ${which} does not add up`);
  }
}

/** Of one sample, by its labels; throws when there is none. */
export function valueOf(families: ReadonlyMap<string, Family>, sample: string, labels: Readonly<Record<string, string>> = {}): number {
  for (const { samples } of families.values()) {
    const found = samples.find(each => each.name === sample && Object.keys(each.labels).length === Object.keys(labels).length && Object.entries(labels).every(([label, value]) => each.labels[label] === value));
    if (found) return found.value;
  }
  throw new Error(`there is no ${sample} ${JSON.stringify(labels)}`);
}
