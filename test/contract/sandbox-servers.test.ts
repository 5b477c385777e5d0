// What the sandbox answers as other servers, against what those servers answered: the same requests, member by member and type by type.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { readTown } from '../../src/sandbox/town.ts';

interface Exchange {
  readonly label: string;
  readonly request: { readonly method: string; readonly path: string; readonly as: string; readonly body?: Readonly<Record<string, string>>; readonly headers?: Readonly<Record<string, string>> };
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const folder = join(import.meta.dirname, '../../../shared/recordings');
const maybe = existsSync(folder) ? describe : describe.skip;
const { domain } = readTown(join(import.meta.dirname, '../../src/sandbox/town/town.json'));

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : value === null ? 'nothing' : typeof value);

/** Where two answers differ in members or types. What is nothing or empty on one side says nothing about its type. */
function differences(theirs: unknown, ours: unknown, at = ''): readonly string[] {
  const [one, other] = [typeOf(theirs), typeOf(ours)];
  if (one === 'nothing' || other === 'nothing') return [];
  if (one !== other) return [`${at}: ${one} there, ${other} here`];
  if (Array.isArray(theirs) && Array.isArray(ours)) return theirs.length > 0 && ours.length > 0 ? differences(theirs[0], ours[0], `${at}[]`) : [];
  if (one !== 'object') return [];
  const [left, right] = [theirs as Readonly<Record<string, unknown>>, ours as Readonly<Record<string, unknown>>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap(name => {
    if (!(name in left)) return [`${at}.${name}: only here`];
    if (!(name in right)) return [`${at}.${name}: only there`];
    return differences(left[name], right[name], `${at}.${name}`);
  });
}

/** Ids that they gave → ids that we gave for the same thing. */
function learn(theirs: unknown, ours: unknown, ids: Map<string, string>): void {
  if (Array.isArray(theirs) && Array.isArray(ours)) return theirs.forEach((one, index) => learn(one, ours[index], ids));
  if (typeOf(theirs) !== 'object' || typeOf(ours) !== 'object') return undefined;
  for (const [name, value] of Object.entries(theirs as object)) {
    const own = (ours as Readonly<Record<string, unknown>>)[name];
    if (name === 'id' && typeof value === 'string' && typeof own === 'string' && value !== '0') ids.set(value, own);
    else learn(value, own, ids);
  }
  return undefined;
}

maybe(`the sandbox as another server${existsSync(folder) ? '' : ` (skipped: ${folder} is absent)`}`, () => {
  describe.each([['gotosocial', 'gotosocial-0.19.json'], ['snac', 'snac-2.94.json']] as const)('answers like %s', (server, file) => {
    const exchanges = existsSync(folder) ? (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { readonly exchanges: readonly Exchange[] }).exchanges : [];
    let sandbox: Sandbox;
    const answers = new Map<string, { readonly status: number; readonly type: string; readonly link: boolean; readonly body: unknown }>();
    const ids = new Map<string, string>();
    const translate = (text: string): string => [...ids].reduce((words, [theirs, ours]) => words.replaceAll(theirs, encodeURIComponent(ours)), text.replaceAll('snac.localhost', domain)).replace(/^x × (\d+)$/u, (_, times: string) => 'x'.repeat(Number(times)));

    beforeAll(async () => {
      sandbox = await openSandbox({ server, town: false, bot: 'bot' });
      for (const { label, request: { method, path, as, body, headers }, body: theirs } of exchanges) {
        const token = as === 'nobody' ? {} : { authorization: `Bearer ${as === 'bad token' ? 'not a token' : as}` };
        const sent = body && JSON.stringify(Object.fromEntries(Object.entries(body).map(([name, value]) => [name, translate(value)])));
        const response = await fetch(sandbox.url + translate(path), { method, headers: { ...token, ...headers, ...(sent !== undefined && { 'content-type': 'application/json' }) }, ...(sent !== undefined && { body: sent }) });
        const text = await response.text();
        const type = response.headers.get('content-type')?.split(';')[0] ?? '';
        const ours: unknown = type === 'application/json' ? JSON.parse(text) : text;
        learn(theirs, ours, ids);
        answers.set(label, { status: response.status, type, link: response.headers.has('link'), body: ours });
      }
    });
    afterAll(() => sandbox.close());

    it.each(exchanges.map(exchange => [exchange.label, exchange] as const))('%s', (label, { status, headers, body }) => {
      const ours = answers.get(label);
      expect({ status: ours?.status, type: ours?.type }).toEqual({ status, type: headers['content-type']?.split(';')[0] });
      expect(differences(body, ours?.body)).toEqual([]);
      if (!Array.isArray(body) || !label.startsWith('notifications')) return;
      expect({ count: Array.isArray(ours?.body) ? ours.body.length : undefined, link: ours?.link }).toEqual({ count: body.length, link: 'link' in headers });
    });
  });
});
