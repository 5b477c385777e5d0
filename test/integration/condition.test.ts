import { expect, it } from '@jest/globals';
import { openCondition, readCondition } from '../../src/store/condition.ts';
import { openEpoch, readRunning } from '../../src/store/epoch.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { openProcessId } from '../../src/store/process-id.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { openFakeClock } from '../support/fake-clock.ts';
import { aMention, self } from '../support/fixtures.ts';
import { describeOverRedis } from '../support/redis-servers.ts';
import { until } from '../support/until.ts';

const day = 86_400_000;

describeOverRedis('what the commands tell', redis => {
  const lines: string[] = [];
  const open = (clock = openFakeClock()) => openCondition(redis().client, clock, { scrub: text => text, warn: line => lines.push(line) });

  it('forgets a trouble of which nobody says anything any more, whatever others say', async () => {
    const clock = openFakeClock();
    const { note } = open(clock);
    const parts = async () => (await readCondition(redis().client, clock.now())).troubles.map(({ part }) => part).toSorted();
    note('context of a feed that is removed', 'said 404');
    note('mastodon, composing', 'the model does not answer');
    const since = clock.now();
    for (let days = 0; days < 8; days++) {
      clock.advance(day);
      note('mastodon, composing', 'the model does not answer');
      note('mastodon, posting', days % 2 === 0 ? 'waits' : undefined);
      await redis().client.ping();
    }
    expect(await parts()).toEqual(['mastodon, composing']);
    expect((await readCondition(redis().client, clock.now())).troubles[0]?.at).toBe(since);
    expect(lines).toEqual([]);
  });

  it('runs when a process says so, and not when one has left or nobody was ever there', async () => {
    expect(await readRunning(redis().client)).toEqual({ isListed: false, isBeating: false });
    const epoch = await openEpoch(redis().client, openProcessId(), openFakeClock(), { postTimeoutMs: 10_000, settleMs: 3_000 });
    onTestFinished(() => epoch.close());
    expect(await readRunning(redis().client)).toEqual({ isListed: true, isBeating: true });
    epoch.close(); // as one that was killed
    await until(async () => !(await readRunning(redis().client)).isBeating, 10_000);
    await epoch.leave();
    expect(await readRunning(redis().client)).toEqual({ isListed: false, isBeating: false });
  });

  it('says of a mention that it is looked for first only when it is', async () => {
    await redis().client.hset('repartee:epoch', 'id', 'e1');
    const bot = openLedger(redis().client, { keepFinalMs: 1_000, epoch: () => 'e1' });
    for (const id of ['1', '2']) await bot.see('faketown', self.account, [aMention(id)], `c${id}`, { epoch: 'e1', isEnd: true });
    const command = openLedger(redis().client, { keepFinalMs: 1_000 });
    const verify = async (id: string) => (await command.get({ network: 'faketown', account: self.account, id }))?.verify;
    expect([await verify('1'), await verify('2')]).toEqual([true, undefined]);
    await redis().client.hset('repartee:epoch', 'id', 'e2');
    expect(await verify('2')).toBe(true);
  });
});
