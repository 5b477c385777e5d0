// What the operator reads at his desk, and what becomes of what he writes there.
import { expect, it } from '@jest/globals';
import { systemClock } from '../../src/bot.ts';
import { gaveWay } from '../../src/core/record.ts';
import { approve, askAgain, edit } from '../../src/pipeline/approve.ts';
import { toSilence } from '../../src/pipeline/reasons.ts';
import { toTold } from '../../src/pipeline/tell.ts';
import { countLedger } from '../../src/store/counted.ts';
import { openCounts, readTotals } from '../../src/store/metrics.ts';
import { words } from '../../src/web/words.ts';
import { openBoardOf } from '../support/desk.ts';
import { aMention, anAuthor } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { openTestWeb } from '../support/web.ts';

describeOnRedis('the desk', redis => {
  it('says of a draft that its author edited the mention after an earlier one, and so does who tells the owner', async () => {
    const line = openLine(redis().client, { publish: { holds: true } });
    const { visitor: open } = await openTestWeb(redis().client, { ledger: line.ledger, receipts: line.receipts, board: openBoardOf(line, redis().client) });
    const ref = await line.see(aMention('1'));
    await line.compose(ref, { holds: true });
    const visitor = await open();
    const page = `/desk/mention?${new URLSearchParams({ ...ref }).toString()}`;
    const read = async (path: string) => (await visitor.ask(path)).text();
    for (const path of ['/desk', page]) expect(await read(path)).not.toContain('edited it');
    const told = async () => toTold(await line.record(ref), 500, text => text.length).text;
    expect(await told()).not.toContain('edited it');

    const form = { csrf: await visitor.csrf(), ...ref, fence: '1.0', what: 'approve', after: 'mention' };
    expect((await visitor.send('/desk/act', form)).status).toBe(303);
    const recent = aMention('1', { text: '@quip@town.example is the zeppelin ever on time?' });
    expect(await line.publish(ref, { network: { ...line.network, asItStands: async () => recent } })).toMatchObject({ kind: 'redraft' });
    const late = await visitor.send('/desk/act', form);
    expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('its author edited it meanwhile')]);
    await line.compose(ref, { holds: true });
    for (const path of ['/desk', page]) {
      const html = await read(path);
      expect(html).toContain('Its author edited it once after an answer was written, which was not posted: this one answers what it says now.');
      expect(html).toContain('zeppelin');
    }
    expect(await read(page)).toMatch(/What happened.*Edited by its author<\/dt><dd>1</su);
    expect(await told()).toMatch(/zeppelin.*Its author edited it; this answers what it says now\..*Favourite this/su);
  });

  it('counts and lists orders of the owner\'s apart from answers, as the metrics do and the status that he is sent', async () => {
    const client = redis().client;
    const line = openLine(client);
    const { name: network, self: { account } } = line.network;
    const totals = openCounts(Promise.resolve(client), systemClock, error => { throw error; });
    const ledger = countLedger(line.ledger, totals, toSilence);
    const tools = { ledger, owners: [`${network}:ada@town.example`] };
    for (const [id, text, more] of [['1', '@quip what of the ferry?', {}], ['2', '@quip pause', { author: anAuthor('ada'), visibility: 'direct' }], ['3', '@quip resume', { author: anAuthor('ada'), visibility: 'direct' }]] as const) {
      const ref = await line.see(aMention(id, { text, ...more }));
      await line.compose(ref, tools);
      expect(await line.publish(ref, tools)).toMatchObject({ kind: 'posted' });
    }
    await totals.close();
    const counts = await ledger.count(network, account);
    expect(counts).toEqual({ posted: 1, ordered: 2 });
    const vitals = async () => ({ at: Date.now(), totals: await readTotals(client), sources: [], accounts: [{ network, account, ledger: await ledger.count(network, account), isPaused: false, isHeard: true, queues: [] }] });
    const { visitor: open, url } = await openTestWeb(client, { ledger, receipts: line.receipts, board: openBoardOf({ ...line, ledger }, client), vitals });
    const visitor = await open();
    const read = async (path: string) => (await visitor.ask(path)).text();
    const cards = (page: string) => [...page.matchAll(/<span class="state posted">(\w+)<\/span>/gu)].map(([, state]) => state);
    const answered = await read('/desk?tab=posted');
    expect(cards(answered)).toEqual(['posted']);
    expect(answered).toMatch(/>Answered <span class="count" id="count-posted">1<.*>Your orders <span class="count" id="count-orders">2</su);
    expect(answered).toContain('1 answered, 0 left alone');
    expect(cards(await read('/desk?tab=orders'))).toEqual(['ordered', 'ordered']);
    expect(cards(await read('/desk?tab=all'))).toHaveLength(3);
    const figures = await (await fetch(`${url}/metrics`)).text();
    for (const each of ['mentions_total{network="faketown",outcome="answered"} 1', 'mentions_total{network="faketown",outcome="ordered"} 2', 'ledger_records{network="faketown",state="posted"} 1', 'ledger_records{network="faketown",state="ordered"} 2']) expect(figures).toContain(`repartee_${each}`);
    expect(await read('/about')).toMatch(/<dd>1 in all/u);
    expect(await read('/desk/figures')).toMatch(/<dt>answered<\/dt><dd>1</u);
    expect(await (await visitor.send('/desk/undo', { csrf: await visitor.csrf(), since: '30' })).text()).toContain('3 answers removed');
    expect(line.network.posts).toEqual([]);
  });

  it('leads to a receipt that says in the reader\'s language why each draft gave way, whoever wanted it so', async () => {
    const line = openLine(redis().client, { says: ['The first words.', 'The second words.', 'The third words.'], publish: { holds: true } });
    const { composeTools: tools } = line;
    const ref = await line.see(aMention('1'));
    await line.compose(ref, { holds: true });
    await approve(ref, '1.0', 'ada', tools);
    const recent = aMention('1', { text: '@quip@town.example is the zeppelin ever on time?' });
    await line.publish(ref, { network: { ...line.network, asItStands: async () => recent } });
    await line.compose(ref, { holds: true });
    await askAgain(ref, '2.0', 'ada', tools);
    await line.compose(ref, { holds: true });
    await edit(ref, '3.0', 'The last words.', 'ada', tools);
    await approve(ref, '3.1', 'ada', tools);
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
    const receipt = await line.receipts.get(ref.network, ref.account, 'reply-1');
    expect(receipt?.drafts.map(({ refused }) => refused)).toEqual([gaveWay.outdated, gaveWay.notWanted, gaveWay.changed]);
    const { url } = await openTestWeb(redis().client, { ledger: line.ledger, receipts: line.receipts });
    for (const language of ['en', 'fr'] as const) {
      const page = await (await fetch(`${url}/r/${receipt?.id}?lang=${language}`)).text();
      const reasons = [...page.split('<ul class="withheld">')[1]?.split('</ul>')[0]?.matchAll(/<li>([^<]+)/gu) ?? []].map(([, why]) => why);
      expect(reasons).toEqual([gaveWay.outdated, gaveWay.notWanted, gaveWay.changed].map(why => words[language].humanWhy[why]));
      expect(page).toContain(words[language].humanNote);
      expect(page).not.toContain(words[language].withheldNote);
    }
  });
});
