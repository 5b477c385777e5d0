// More mentions than are read at once.
import { expect, it } from '@jest/globals';
import { listRecords } from '../../src/store/ledger-book.ts';
import { aMention, self } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

describeOverRedis('the ledger for people, over five hundred mentions', redis => {
  it('tells one from another, also behind one that vanished', async () => {
    const { client } = redis();
    const line = openLine(client);
    for (let at = 0; at <= 501; at += 1) {
      await line.see(aMention(`m${at}`));
      line.clock.advance(10);
    }
    await client.del(`repartee:ledger:faketown:${self.account}:m250`);
    const { records, total } = await listRecords(client, line.ledger, { limit: 600 });
    const left = Array.from({ length: 502 }, (_, at) => `m${at}`).filter(id => id !== 'm250').toReversed();
    expect([records.map(({ id }) => id), total]).toEqual([left, 501]);
  });
});
