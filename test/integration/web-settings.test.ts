// What the operator decided, as the desk shows it.
import { expect, it } from '@jest/globals';
import { readSettings } from '../../src/settings.ts';
import { packageFile } from '../../src/package-root.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { openTestWeb } from '../support/web.ts';

describeOnRedis('the page of the settings', redis => {
  it('shows of addresses where they lead, and nothing that opens them', async () => {
    const feeds = ['http://joe:PW-planted@news.example:8080/rss.xml', 'https://other.example/feed?key=planted-key#planted-part', 'https://plain.example'];
    const { visitor } = await openTestWeb(redis().client, { settings: { context: { feeds }, model: { url: 'https://me:planted@model.example/v1?token=planted' }, list: [{ url: 'https://planted@deep.example/' }] } });
    const page = await (await (await visitor()).ask('/desk/settings')).text();
    for (const shown of ['http://news.example:8080/rss.xml, https://other.example/feed, https://plain.example<', 'https://model.example/v1<', 'https://deep.example']) expect(page).toContain(shown);
    expect(page).not.toMatch(/planted|joe/u);
  });

  it('names them as their file does', async () => {
    const { secrets: _, store: __, ...settings } = readSettings({ config: packageFile('config', 'repartee.yaml') });
    const { visitor } = await openTestWeb(redis().client, { settings });
    const page = await (await (await visitor()).ask('/desk/settings')).text();
    for (const [name, value] of Object.entries({ 'keepDays': 30, 'answer.maxAgeHours': 12, 'posting.timeoutSeconds': 10, 'posting.settleSeconds': 3, 'owner': '–' })) expect(page).toContain(`<dt><code>${name}</code></dt><dd>${value}</dd>`);
    expect(page).not.toMatch(/<code>(?:keep|(?:answer|posting|canary|context)\.\w+)Ms</u);
  });
});
