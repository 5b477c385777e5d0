import { randomBytes, scryptSync } from 'node:crypto';
import type { Redis } from 'ioredis';
import { systemClock } from '../../src/bot.ts';
import type { Receipt } from '../../src/core/record.ts';
import { openAttempts, openAudit, openSessions } from '../../src/store/desk.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { readSeries, readTotals } from '../../src/store/metrics.ts';
import { openNumbers } from '../../src/store/numbers.ts';
import { openPrompts } from '../../src/store/prompts.ts';
import { openReceipts } from '../../src/store/receipts.ts';
import { openVault } from '../../src/store/vault.ts';
import { openWeb, type WebTools } from '../../src/web/index.ts';
import { openSigner } from '../../src/web/signing.ts';
import { onTestFinished } from './cleanup.ts';
import { findFreePort } from './free-port.ts';

/** Of desks without a password. */
export const deskKey = 'the-key-of-the-test';

const dayMs = 86_400_000;

const anEmptyBoard: WebTools['board'] = {
  places: async () => [], list: async () => ({ records: [], total: 0 }), show: async () => undefined, act: async () => ({ refused: 'there is nothing' }),
  pause: async () => undefined, resume: async () => undefined, undo: async () => ({ removed: 0, failed: [] }),
  health: async () => ({ lines: [], troubles: [], sources: [], bills: [], leftAlone: 0 }),
};

/** As the desk keeps a password, at a hundredth of what a guess costs: dozens of logins would take most of a test's time. */
export function quickHash(password: string): string {
  const salt = randomBytes(16);
  return ['scrypt', 1_024, 8, 1, salt.toString('base64url'), scryptSync(password, salt, 32, { N: 1_024, r: 8, p: 1 }).toString('base64url')].join(':');
}

/** The pages over a Redis of the test's own, as the program serves them. */
export async function openTestWeb(redis: Redis, { passwordHash, publicUrl, proxies, delayMs, host = '127.0.0.1', ...more }: Partial<WebTools> & { readonly passwordHash?: string; readonly publicUrl?: string; readonly proxies?: readonly string[]; readonly delayMs?: number; readonly host?: string } = {}) {
  let signer: ReturnType<typeof openSigner> | undefined;
  const tools: WebTools = {
    accounts: [], ledger: openLedger(redis, { keepFinalMs: dayMs }), receipts: openReceipts(redis, dayMs), prompts: openPrompts(redis), voice: () => ({ name: 'gadfly', about: 'A voice of the test.' }), modelName: 'none',
    signer: () => (signer ??= openSigner(openVault(async () => redis))),
    baseUrl: host => publicUrl ?? `http://${host}`,
    access: { sessions: openSessions(redis), attempts: openAttempts(redis, delayMs), audit: openAudit(redis), passwordHash, key: deskKey, publicUrl },
    board: anEmptyBoard,
    bench: { voices: () => [], rehearse: async () => Promise.reject(new Error('there is nothing to rehearse with')) },
    settings: { model: { name: 'none' } }, scrub: text => text, trouble: () => undefined,
    vitals: async () => ({ at: Date.now(), accounts: [], totals: await readTotals(redis), sources: [] }), build: { version: '0.0.0', store: 'url' },
    numbers: openNumbers(redis, systemClock), series: (span, count, network) => readSeries(redis, { span, count, network, now: Date.now() }),
    ...more,
  };
  const web = await openWeb({ port: await findFreePort(), host, publicUrl, proxies }, tools);
  onTestFinished(() => web.close());
  return {
    url: web.url, tools,
    /** Somebody who came in with the key, where there is no password. */
    visitor: async () => {
      const visitor = openVisitor(web.url);
      await visitor.ask(`/desk?key=${deskKey}`);
      return visitor;
    },
  };
}

export const aReceipt = (more: Partial<Receipt> = {}): Receipt => ({
  mention: { network: 'town', account: 'quip@town.example', id: '1' }, visibility: 'public', asker: { handle: 'milo@town.example', url: 'https://town.example/@milo/1' },
  asked: '@quip is the ferry ever on time?', answer: 'Never. It is a ferry, not a promise.', language: 'en', model: 'a model of the test',
  persona: { name: 'gadfly', version: 'abc' }, promptVersion: '0011aabb', thread: [{ author: 'ada', url: 'https://town.example/@ada/0', text: 'The ferry is late.' }], open: false,
  items: [{ id: 'i1', source: 'The Gazette', kind: 'headline', text: 'Ferry strike enters its third day', url: 'https://gazette.example/ferry', heat: 0.8, at: '2026-11-23T11:00:00.000Z', score: 0.7, matched: ['ferry'] }],
  drafts: [{ text: 'Ask @victim, he knows', refused: 'it called somebody' }], gates: [{ gate: 'grammar', verdict: 'passed' }],
  took: { gather: 3, model: 20, total: 30 }, at: '2026-11-23T12:00:00.000Z', reply: { id: 'r1', url: 'https://town.example/@quip/r1', visibility: 'unlisted' },
  ...more,
});

/** A browser's cookie and forms, without the browser. */
export function openVisitor(url: string) {
  const jar = new Map<string, string>();
  const ask = async (path: string, init: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> } = {}): Promise<Response> => {
    const cookie = [...jar].map(each => each.join('=')).join('; ');
    const answer = await fetch(url + path, { redirect: 'manual', ...init, headers: { ...(cookie !== '' && { cookie }), ...init.headers } });
    for (const set of answer.headers.getSetCookie()) put(set.split(';')[0] ?? '');
    return answer;
  };
  const put = (pair: string): void => {
    const [name = '', value = ''] = pair.split('=');
    jar.set(name, value);
  };
  return {
    ask,
    /** That of the session. */
    cookie: () => `repartee_desk=${jar.get('repartee_desk') ?? ''}`,
    use(given: string): void {
      jar.clear();
      put(given);
    },
    send: (path: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) => ask(path, { method: 'POST', body: new URLSearchParams(form), headers }),
    async csrf(path = '/desk/settings'): Promise<string> {
      return /name="csrf" value="([^"]+)"/u.exec(await (await ask(path)).text())?.[1] ?? '';
    },
  };
}
