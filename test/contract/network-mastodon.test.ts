import { expect, it } from '@jest/globals';
import { dryRun } from '../../src/networks/dry-run.ts';
import { serverNames, type ServerName } from '../../src/sandbox/servers/index.ts';
import { openMastodonDriver } from '../support/mastodon-driver.ts';
import type { Traits } from './network-driver.ts';
import { promisesOfANetwork } from './network-suite.ts';

const traits: Traits = {
  visibilities: ['public', 'unlisted', 'followers', 'direct'],
  speaks: true,
  keys: true,
  refusesLong: true,
  contentWarnings: true,
  trends: true,
  lengths: [['héllo', 5], ['👩‍👩‍👦!', 2], ['see https://news.example/a-very-long-address-that-goes-on', 27], ['@ana@far.example hi', 7]],
};
/** What differs on the other servers. */
const others: Readonly<Record<ServerName, Partial<Traits>>> = {
  'mastodon': {},
  'mastodon-4.7.1': { keys: false },
  'mastodon-4.5': {},
  'gotosocial': { keys: false, lengths: [['see https://news.example/a-very-long-address-that-goes-on', 29]] },
  'snac': { keys: false, refusesLong: false, lengths: [['see https://news.example/a-very-long-address-that-goes-on', 36]] },
  'hollo': { lengths: [['see https://news.example/a-very-long-address-that-goes-on', 260]] },
};

for (const server of serverNames) promisesOfANetwork(`Mastodon's API on ${server}`, { ...traits, ...others[server] }, () => openMastodonDriver({ server }));
promisesOfANetwork('Mastodon in a dry run', { ...traits, speaks: false }, () => openMastodonDriver({ wrap: network => dryRun(network, () => undefined) }));

it('a dry run says what it would have posted', async () => {
  const lines: string[] = [];
  const driver = await openMastodonDriver({ wrap: network => dryRun(network, line => lines.push(line)) });
  try {
    const { cursor } = await driver.network.mentions();
    await driver.say('ana', 'hello', { tag: true });
    const [mention] = (await driver.network.mentions(cursor)).mentions;
    if (!mention) throw new Error('the mention did not arrive');
    await driver.network.post({ to: mention, text: '@ana well', idempotencyKey: 'k', giveUpAt: performance.now() + 1_000, giveUpBy: Infinity });
    expect(lines).toEqual([`would answer ${mention.url}: @ana well`]);
    expect(driver.network.about).toContain('dry run');
  } finally {
    await driver.close();
  }
});
