// Every mention once and in order, however a server cuts its pages.
import { describe, expect, it } from '@jest/globals';
import { readMentions, startReading, type AskForNotifications } from '../../src/networks/mastodon/mentions.ts';
import { notifications, type WireNotification } from '../../src/networks/mastodon/wire.ts';

interface Server {
  /** Most on a page, whatever is asked for. */
  readonly cap: number;
  /** What `min_id` gives. */
  readonly minId: 'right after' | 'newest' | 'ignored';
  /** Whether `min_id` counts when `max_id` is there too. */
  readonly both?: boolean;
}

const start = Date.parse('2026-11-25T12:00:00Z');

/** A server with notifications 1 to n, one a second (or all at once), and what is asked of it. */
function openServer({ cap, minId, both = true }: Server, sameTime = false) {
  const inbox: WireNotification[] = [];
  const asked: unknown[] = [];
  let number = 0;
  const add = (count: number, type = 'mention'): void => {
    for (let left = count; left > 0; left -= 1) {
      number += 1;
      const createdAt = new Date(start + (sameTime ? 0 : number * 1_000)).toISOString();
      const status = { id: `s${number}`, uri: '', url: `https://t.example/${number}`, createdAt, account: { id: '7', acct: 'ana' }, content: `<p>${number}</p>`, visibility: 'public' };
      inbox.push(...notifications.parse([{ id: `n${String(number).padStart(5, '0')}`, type, createdAt, status }]));
    }
  };
  const ask: AskForNotifications = async params => {
    asked.push(params);
    if (asked.length > 300) throw new Error('it never ends');
    const { limit = 40, minId: after, maxId: before } = params;
    const most = Math.min(limit ?? 40, cap);
    const isAfter = (one: WireNotification): boolean => after === undefined || after === null || minId === 'ignored' || (before !== undefined && !both) || one.id > after;
    const fitting = inbox.filter(one => isAfter(one) && (before === undefined || before === null || one.id < before));
    const isForward = minId === 'right after' && after !== undefined && (both || before === undefined);
    const page = isForward ? fitting.slice(0, most) : fitting.slice(-most);
    return page.toReversed();
  };
  return { ask, add, asked, inbox };
}

async function walk(ask: AskForNotifications, from: string) {
  const ids: string[] = [];
  const gaps: string[] = [];
  let cursor = from;
  for (let pages = 0; pages < 200; pages += 1) {
    const page = await readMentions(ask, cursor, 'bot');
    ids.push(...page.mentions.map(({ id }) => id));
    if (page.gap !== undefined) gaps.push(page.gap);
    if (!page.more || page.cursor === cursor) return { ids, cursor: page.cursor, gaps };
    ({ cursor } = page);
  }
  throw new Error('it never ends');
}
const from = (first: number, last: number): string[] => Array.from({ length: last - first + 1 }, (_, index) => `s${first + index}`);

const servers: readonly Server[] = [10, 19, 20, 30, 40, 80].flatMap(cap => (['right after', 'newest', 'ignored'] as const).flatMap(minId => [true, false].map(both => ({ cap, minId, both }))));

describe.each(servers)('pages of $cap, min_id: $minId, together with max_id: $both', server => {
  it.each([0, 1, 19, 20, 21, 39, 40, 41, 79, 80, 81, 400])('%d waiting', async count => {
    const { ask, add } = openServer(server);
    add(3);
    const { cursor } = await startReading(ask);
    add(count);
    const first = await walk(ask, cursor);
    expect(first.ids).toEqual(from(4, 3 + count));
    expect(first.gaps).toEqual([]);
    expect((await walk(ask, first.cursor)).ids).toEqual([]);
    add(2);
    expect((await walk(ask, first.cursor)).ids).toEqual(from(4 + count, 5 + count));
  });

  it('an inbox that was empty at the first start', async () => {
    const { ask, add } = openServer(server);
    const { cursor } = await startReading(ask);
    add(100);
    expect((await walk(ask, cursor)).ids).toEqual(from(1, 100));
  });

  it('pages full of other things', async () => {
    const { ask, add } = openServer(server);
    add(1);
    const { cursor } = await startReading(ask);
    add(100, 'favourite');
    add(1);
    add(100, 'favourite');
    expect((await walk(ask, cursor)).ids).toEqual(['s102']);
  });

  it('a cursor whose notification is gone', async () => {
    const { ask, add, inbox } = openServer(server);
    add(200);
    const { cursor } = await startReading(ask);
    inbox.pop();
    add(90);
    const { ids } = await walk(ask, cursor);
    // Where min_id is not looked at, the last seconds may come again: the ledger knows it.
    expect(ids.slice(-90)).toEqual(from(201, 290));
    expect(new Set(ids).size).toBe(ids.length);
    if (server.minId !== 'ignored' && server.both === true) expect(ids).toHaveLength(90);
  });

  it('a cursor without a time, as earlier versions wrote it', async () => {
    const { ask, add } = openServer(server);
    add(5);
    add(50);
    expect((await walk(ask, 'n00005')).ids).toEqual(from(6, 55));
  });

  it('all in one second', async () => {
    const { ask, add } = openServer(server, true);
    add(3);
    const { cursor } = await startReading(ask);
    add(150);
    expect((await walk(ask, cursor)).ids).toEqual(from(4, 153));
  });
});

it('a server that gives the same page for ever is left, and the gap is told', async () => {
  const page = notifications.parse(Array.from({ length: 80 }, (_, index) => ({ id: `n${index}`, type: 'mention', createdAt: '2026-11-25T12:00:00Z', status: null })));
  let asked = 0;
  const ask: AskForNotifications = async () => {
    asked += 1;
    return page.map((one, index) => ({ ...one, id: `${asked}-${index}` }));
  };
  const { gap } = await readMentions(ask, 'n1 2026-11-25T11:59:59Z', 'bot');
  expect(asked).toBe(50);
  expect(gap).toContain('are left out');
  asked = 0;
  const same: AskForNotifications = async () => (asked += 1, page);
  expect(await readMentions(same, 'x 2026-11-25T11:59:59Z', 'bot')).not.toHaveProperty('gap');
  expect(asked).toBe(2);
});

describe('odd times', () => {
  const at = (number: number, createdAt: string) => notifications.parse([{ id: `n${number}`, type: 'mention', createdAt, status: { id: `s${number}`, uri: '', url: `https://t.example/${number}`, createdAt, account: { id: '7', acct: 'ana' }, content: '<p>hm</p>', visibility: 'public' } }]);
  const idsAfter = async (cursor: string, page: readonly WireNotification[]) => (await readMentions(async params => (params.maxId === undefined ? page : []), cursor, 'bot', { ignoresMinId: false }, start)).mentions.map(({ id }) => id);

  it('lose no mention that a server shows after the cursor', async () => {
    expect(await idsAfter('n1 2026-11-25T12:00:00Z', [...at(4, '2026-11-25T11:50:03Z'), ...at(3, '2026-11-25T11:50:02Z'), ...at(2, '2026-11-25T11:50:01Z')])).toEqual(['s2', 's3', 's4']);
    expect(await idsAfter('n1 2100-01-01T00:00:00Z', at(2, '2026-11-25T12:00:01Z'))).toEqual(['s2']);
    expect(await idsAfter('n1 2026-11-25T11:00:00Z', [...at(4, '2026-11-25T11:59:00Z'), ...at(3, '2026-11-25T08:00:00Z'), ...at(2, '2026-11-25T11:58:00Z')])).toEqual(['s2', 's3', 's4']);
  });
});

it.each([
  ['max_id shows the one it names', (page: readonly WireNotification[], before: WireNotification | undefined) => [...(before ? [before] : []), ...page]],
  ['one stands twice on each page', (page: readonly WireNotification[]) => [...page.slice(0, 1), ...page]],
] as const)('%s', async (_, bend) => {
  const { ask, add, inbox } = openServer({ cap: 40, minId: 'newest' });
  add(1);
  const { cursor } = await startReading(ask);
  add(400);
  const bent: AskForNotifications = async params => bend(await ask(params), inbox.find(({ id }) => id === params.maxId));
  expect((await walk(bent, cursor)).ids).toEqual(from(2, 401));
});
