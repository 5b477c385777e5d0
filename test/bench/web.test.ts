// The pages under load: a desk over ten thousand mentions, and receipts that many people look at.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { LedgerPatch, Ledger } from '../../src/core/ports.ts';
import type { State } from '../../src/core/record.ts';
import type { MentionRef } from '../../src/core/types.ts';
import { openSandbox } from '../../src/sandbox/index.ts';
import { openEmbedded } from '../../src/store/embedded.ts';
import { openAudit } from '../../src/store/desk.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { openReceipts } from '../../src/store/receipts.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { isWithin } from '../support/cpu-time.ts';
import { openBoardOf } from '../support/desk.ts';
import { aMention, aReceipt as aDraft, anAuthor } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { openRedisProcess } from '../support/redis-process.ts';
import { findProgram } from '../support/servers.ts';
import { aReceipt, deskKey, openTestWeb, openVisitor } from '../support/web.ts';

const isMissing = findProgram('redis-server') === undefined;
const dayMs = 86_400_000;

type Place = Omit<MentionRef, 'id'>;

/** Which way a mention went to the state that it is in. */
const ways: Readonly<Partial<Record<State, { readonly count: number; readonly through: readonly State[] }>>> = {
  held: { count: 300, through: [] }, seen: { count: 400, through: [] }, drafted: { count: 500, through: [] }, ready: { count: 500, through: ['drafted'] }, posting: { count: 100, through: ['drafted'] }, unknown: { count: 500, through: ['drafted', 'posting'] },
  posted: { count: 4_800, through: ['drafted', 'posting'] }, skipped: { count: 2_000, through: [] },
  parked: { count: 500, through: ['drafted'] }, quarantined: { count: 50, through: [] }, rejected: { count: 200, through: ['drafted'] }, withheld: { count: 150, through: [] },
};

async function fillLedger(ledger: Ledger, { network, account }: Place): Promise<void> {
  const steps = Object.entries(ways).flatMap(([state, { count, through }]) => Array.from({ length: count }, () => [...through, state as State]));
  const to = async (ref: MentionRef, from: State, state: State): Promise<void> => {
    const mention = aMention(ref.id, { network, account });
    const patch: LedgerPatch = state === 'drafted' || state === 'held' ? { draft: { number: 1, text: 'A draft.', language: 'en', receipt: { ...aDraft(mention, 'The ferry keeps its own calendar, and nobody else keeps it.'), items: aReceipt().items } }, fence: '1.0' }
      : state === 'posted' ? { reply: { id: `r${ref.id}`, url: `https://town.example/@repartee/r${ref.id}` } } : { reason: 'somebody said something that is not fit to be answered' };
    if (!await ledger.change(ref, { from: [from], to: state, patch, dueInMs: state === 'held' ? dayMs / 2 : 3_000, ...(state === 'posting' && { deadlineInMs: 10_000 }) })) throw new Error(`${ref.id} did not become ${state}`);
  };
  for (let at = 0; at < steps.length; at += 500) {
    // States are mixed in time, as they are in life.
    const refs = await ledger.see(network, account, Array.from({ length: 500 }, (_, index) => aMention(String(at + index), { network, account, author: anAuthor(`asker${at + index}`) })), `c${at}`);
    await Promise.all(refs.map(async (ref, index) => {
      let from: State = 'seen';
      for (const state of steps[((at + index) * 7_919) % steps.length] ?? []) {
        if (state !== 'seen') await to(ref, from, state);
        from = state;
      }
    }));
  }
}

/** Processor time of another process so far, in ms; undefined where it cannot be read. */
const processorMs = (pid: number | undefined): number | undefined => {
  if (process.platform !== 'linux') return undefined;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

const middle = (all: readonly number[]): number => all.toSorted((one, other) => one - other)[Math.floor(all.length / 2)] ?? NaN;

const tell = (line: string): void => void process.stdout.write(`  ${line}\n`);

/** Mentions, a full log, and receipts; returns their ids. */
async function fill(client: Redis, { network, account }: Place): Promise<string[]> {
  const started = performance.now();
  await fillLedger(openLedger(client, { keepFinalMs: 30 * dayMs }), { network, account });
  const audit = openAudit(client);
  await Promise.all(Array.from({ length: 10_000 }, (_, at) => audit.note({ by: 'Ada', what: 'approve', on: `${network}/${account}/${at}` })));
  const receipts = openReceipts(client, 30 * dayMs);
  const ids = await Promise.all(Array.from({ length: 200 }, async (_, at) => {
    await receipts.put(aReceipt({ mention: { network, account, id: String(at) }, reply: { id: `r${at}`, url: `https://town.example/@repartee/r${at}` }, items: Array.from({ length: 6 }, () => aReceipt().items).flat(), thread: Array.from({ length: 5 }, () => aReceipt().thread).flat() }));
    return (await receipts.get(network, account, `r${at}`))?.id ?? '';
  }));
  tell(`filled in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
  return ids;
}

/** Pages of the desk whose first byte comes late, in the middle of several tries. */
async function findSlow(url: string, { network, account }: Place, key = deskKey): Promise<string[]> {
  const visitor = openVisitor(url);
  await visitor.ask(`/desk?key=${key}`);
  const begun = performance.now();
  await visitor.ask('/desk');
  tell(`the first page of all: ${(performance.now() - begun).toFixed(0)} ms`);
  const lists = ['held', 'open', 'posted', 'skipped', 'trouble', 'all', 'held&page=6', 'open&page=40', 'posted&page=96', 'all&page=200'].map(tab => `/desk?tab=${tab}`);
  const others = ['/desk', '/desk?tab=posted&page=999999', '/desk/list?tab=held', '/desk/log', '/desk/log?page=200', '/desk/health', `/desk/mention?${new URLSearchParams({ network, account, id: '77' }).toString()}`];
  const slow: string[] = [];
  const limitMs = atEaseMs(100);
  for (const path of [...lists, ...others]) {
    const times: number[] = [];
    for (let run = 0; run < 11; run++) {
      const before = performance.now();
      const answer = await visitor.ask(path);
      times.push(performance.now() - before);
      const cards = (await answer.text()).match(/<li class="sheet card"/gu)?.length ?? 0;
      expect([path, answer.status, lists.includes(path) ? cards : 50]).toEqual([path, 200, 50]);
    }
    tell(`${path}: first byte after ${middle(times).toFixed(1)} ms, at most ${Math.max(...times).toFixed(1)} ms`);
    if (middle(times) > limitMs && !isWithin(middle(times), 100)) slow.push(path);
  }
  return slow;
}

it('the desk over the embedded store, in one process with it, answers within a tenth of a second over 10,000 mentions', async () => {
  const embedded = await openEmbedded(await freshFolder(), dayMs);
  onTestFinished(() => embedded.close());
  const client = new Redis(embedded.connection);
  onTestFinished(() => client.disconnect());
  const line = openLine(client);
  const { network: { name: network, self: { account } } } = line;
  await fill(client, { network, account });
  const ledger = openLedger(client, { keepFinalMs: 30 * dayMs });
  const { url } = await openTestWeb(client, { ledger, board: openBoardOf({ ...line, ledger }, client) });
  expect(await findSlow(url, { network, account })).toEqual([]);
}, 300_000);

(isMissing ? describe.skip : describe)(`the pages under load${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it('the desk answers within a tenth of a second over 10,000 mentions, and 200 receipts a second fit one core', async () => {
    const sandbox = await openSandbox({ town: false, x: false });
    onTestFinished(() => sandbox.close());
    const redis = await openRedisProcess();
    const place = { network: 'mastodon', account: 'repartee@pontezoll.example' };
    const ids = await fill(redis.client, place);
    const program = runProgram(['start', '--role', 'web'], { env: { MASTODON_URL: sandbox.url, MASTODON_TOKEN: 'repartee', REDIS_URL: redis.url, REPARTEE_DATA: await freshFolder(), PORT: '0' } });
    const [, url = '', key] = await program.says(/ready: (http:\/\/127\.0\.0\.1:\d+), with the desk at \S+\?key=(\S+)/u);
    expect(await findSlow(url, place, key)).toEqual([]);

    for (const [kind, end] of [['receipt pages', ''], ['receipts as JSON', '.json']] as const) {
      for (const id of ids) await (await fetch(`${url}/r/${id}${end}`)).text();
      const [before, begun, count] = [processorMs(program.process.pid), performance.now(), 2_000];
      await Promise.all(Array.from({ length: 8 }, async (_, lane) => {
        for (let at = lane; at < count; at += 8) {
          const answer = await fetch(`${url}/r/${ids[at % ids.length]}${end}`);
          if (answer.status !== 200 || (await answer.text()).length < 2_000) throw new Error(`${answer.status} for ${answer.url}`);
        }
      }));
      const perSecond = count / ((performance.now() - begun) / 1_000);
      const after = processorMs(program.process.pid);
      const each = before === undefined || after === undefined ? undefined : (after - before) / count;
      tell(`${kind}: ${perSecond.toFixed(0)} a second, ${each?.toFixed(2) ?? '?'} ms of processor time each`);
      if (each !== undefined) expect([each, isWithin(each, 5)]).toEqual([each, true]);
    }
  }, 300_000);
});
