// Private posts to one person, and who favourited them, on every server that the sandbox can be.
import { describe, expect, it } from '@jest/globals';
import { dryRun } from '../../src/networks/dry-run.ts';
import { isOwner } from '../../src/pipeline/orders.ts';
import { serverNames } from '../../src/sandbox/servers/index.ts';
import { openMastodonDriver } from '../support/mastodon-driver.ts';
import { onTestFinished } from '../support/cleanup.ts';

const open = async (options: Parameters<typeof openMastodonDriver>[0] = {}) => {
  const driver = await openMastodonDriver(options);
  onTestFinished(() => driver.close());
  const favour = (by: string, id: string) => fetch(`${driver.sandbox.url}/api/v1/statuses/${id}/favourite`, { method: 'POST', headers: { authorization: `Bearer ${by}` } });
  await driver.say('ada', 'I am here');
  return { ...driver, favour };
};

describe('a network that tells one person', () => {
  it.each(serverNames)('shows it to nobody else, and names who favoured it, on %s', async server => {
    const driver = await open({ server });
    const { network, favour } = driver;
    const post = await network.tell?.('ada', 'Something waits for you.', 'key-1');
    if (!post) throw new Error('it cannot tell anybody');
    const found = await driver.look(post.id, 'ada');
    expect(found).toMatchObject({ visibility: 'direct', replyTo: undefined, text: expect.stringContaining('Something waits for you.') });
    expect(found.notifies.map(handle => handle.split('@')[0])).toEqual(['ada']);
    await expect(driver.look(post.id, 'eve')).rejects.toThrow('404');
    expect(await network.favouredBy?.(post)).toEqual([]);
    expect((await favour('ada', post.id)).status).toBe(200);
    const [handle = ''] = await network.favouredBy?.(post) ?? [];
    expect(isOwner(handle, { network: 'mastodon', account: network.self.account }, ['mastodon:ada'])).toBe(true);
  });

  it('tells once with one key where the server knows keys, and says when nobody knows whether it did', async () => {
    const driver = await open();
    const { network } = driver;
    const first = await network.tell?.('ada', 'Something waits.', 'key-1');
    expect(await network.tell?.('ada', 'Something waits.', 'key-1')).toEqual(first);
    driver.losePostAnswer();
    await expect(network.tell?.('ada', 'Something else.', 'key-2')).rejects.toMatchObject({ name: 'UnknownOutcomeError' });
    driver.failPosts(401);
    await expect(network.tell?.('ada', 'A third thing.', 'key-3')).rejects.toMatchObject({ name: 'PermanentError', about: 'account' });
    expect(await driver.posted()).toHaveLength(2);
    await expect(network.favouredBy?.({ id: '4711' })).rejects.toMatchObject({ name: 'PermanentError', about: 'mention' });
  });

  it('tells nobody in a dry run', async () => {
    const lines: string[] = [];
    const driver = await open({ wrap: each => dryRun(each, line => lines.push(line)) });
    const { network } = driver;
    const post = await network.tell?.('ada', 'Something waits.', 'key-1');
    expect(post && await network.favouredBy?.(post)).toEqual([]);
    expect({ lines, posted: await driver.posted() }).toEqual({ lines: ['would tell ada: Something waits.'], posted: [] });
  });
});
