import type { FastifyInstance } from 'fastify';
import type { Desk, DeskTools } from './tools.ts';
import { html } from './html.ts';

/** What the operator decided, to be read: it is changed in its file. */
export function addSettings(app: FastifyInstance, find: () => DeskTools, desk: Desk): void {
  app.get('/desk/settings', (request, answer) => desk.sendDesk(request, answer, {
    title: 'Settings',
    body: html`<section class="sheet"><h1>Settings</h1>
<p class="soft">As they were read at the start. They are changed in their file, and count from the next start on; secrets are not shown.</p>
<dl class="facts">${flatten(find().settings).map(([name, value]) => html`<dt><code>${name}</code></dt><dd>${find().scrub(value)}</dd>
`)}</dl></section>`,
  }));
}

/** As the file has them, by what the program makes of them: its units are those of people. */
const inTheFile: Readonly<Record<string, readonly [name: string, unit: number]>> = {
  'keepMs': ['keepDays', 86_400_000], 'answer.maxAgeMs': ['answer.maxAgeHours', 3_600_000], 'canary.everyMs': ['canary.everyMinutes', 60_000],
  'context.refreshMs': ['context.refreshSeconds', 1_000], 'posting.timeoutMs': ['posting.timeoutSeconds', 1_000], 'posting.settleMs': ['posting.settleSeconds', 1_000],
};

/** `a.b.c` and what stands there; the rest of how it is spelled in the file is left to the file. */
function flatten(value: unknown, path = ''): (readonly [name: string, value: string])[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [[path, hideKeys(value)]];
  const [name, unit] = inTheFile[path] ?? [path, 1];
  if (typeof value === 'number') return [[name, String(value / unit)]];
  if (typeof value !== 'object' || value === null) return [[path, JSON.stringify(value)]];
  if (Array.isArray(value)) return [[path === 'owners' ? 'owner' : path, value.map(each => (typeof each === 'string' ? hideKeys(each) : JSON.stringify(each, (_, inner: unknown) => (typeof inner === 'string' ? hideKeys(inner) : inner)))).join(', ') || '–']];
  return Object.entries(value).flatMap(([key, each]) => flatten(each, path === '' ? key : `${path}.${key}`));
}

/** Of addresses no more than where they lead: names, passwords and keys in them are nobody's to see. */
const hideKeys = (text: string): string => text.replaceAll(/\b[a-z][a-z\d+.-]*:\/\/\S+/giu, address => {
  const url = URL.parse(address);
  return url ? `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}` : 'an address that cannot be read';
});
