import { expect, it } from '@jest/globals';
import type { Standing } from '../../src/core/record.ts';
import { listRecords } from '../../src/store/ledger-book.ts';
import { exportLedger, importLedger } from '../../src/store/ledger-file.ts';
import { readLines } from '../../src/store/ledger-lines.ts';
import { aMention, aReceipt } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

describeOverRedis('the ledger', redis => {
  it('tells answers to orders of the owner\'s apart, whatever is done to them and wherever they are brought', async () => {
    const { client } = redis();
    const line = openLine(client);
    const { ledger } = line;
    const other = await line.see(aMention('posted'));
    await ledger.change(other, { from: ['seen'], to: 'posted' });
    line.clock.advance(1_000);
    const ref = await line.see(aMention('waiting'));
    const draft = { number: 1, text: 'Paused.', language: 'en', receipt: aReceipt(aMention('waiting'), 'Paused.'), toOwner: true as const };
    await ledger.change(ref, { from: ['seen'], to: 'posted', patch: { ordered: true, draft } });
    const told = async () => {
      const ids = async (...states: Standing[]) => (await listRecords(client, ledger, { limit: 50, states })).records.map(({ id }) => id);
      const { posted, ordered, seen } = await ledger.count(ref.network, ref.account);
      return { lists: [await ids('posted'), await ids('ordered'), await ids('posted', 'ordered')], counts: [posted, ordered, seen] };
    };
    const apart = { lists: [['posted'], ['waiting'], ['waiting', 'posted']], counts: [1, 1, undefined] };
    expect(await told()).toEqual(apart);
    expect(await ledger.get(ref)).toMatchObject({ state: 'posted', ordered: true });
    await ledger.change(ref, { from: ['posted'], to: 'posted', patch: { reason: 'removed by the operator, who said "ordered":true' } });
    expect(await told()).toEqual(apart);
    await client.del(...await client.keys('repartee:ended*'));
    expect(await told()).toEqual(apart);
    let exported = '';
    for await (const each of exportLedger(client)) exported += each;
    await client.flushall();
    await importLedger(client, readLines(exported, 'the file'), 86_400_000);
    expect(await told()).toEqual(apart);
    line.clock.advance(1_000);
    await ledger.change(other, { from: ['posted'], to: 'posted', patch: { reason: 'nobody said "ordered":true' } });
    expect(await told()).toEqual({ ...apart, lists: [['posted'], ['waiting'], ['posted', 'waiting']] });
  });
});
