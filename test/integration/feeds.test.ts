import { describe, expect, it } from '@jest/globals';
import { openFeed } from '../../src/context/feeds.ts';
import { detectLanguage } from '../../src/context/language.ts';
import { memoryPool } from '../../src/context/pool.ts';
import { openRank } from '../../src/context/rank.ts';
import { refreshPool } from '../../src/context/refresh.ts';
import { openFetch } from '../../src/http.ts';
import { feedOf, serve } from '../support/servers.ts';

const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const options = { timeoutMs: 1_000, now: clock.now, moderate: async () => undefined };

describe('from a feed on a server to an answer\'s context', () => {
  it('is one line: refresh, then ask', async () => {
    const { url, host } = await serve((_, response) => response.setHeader('content-type', 'application/rss+xml').end(feedOf(['Goose collects the bridge toll', 'Clock strikes thirteen'])));
    const pool = memoryPool();
    const feed = openFeed(url, openFetch({ allowHosts: [host], userAgent: 'Repartee/test' }), detectLanguage);
    expect(await refreshPool([feed], pool, options)).toMatchObject([{ name: `${host}/`, items: 2 }]);
    const rank = openRank(pool, clock);
    expect((await rank('is the goose legal?', [], 'en')).items).toMatchObject([{ text: 'Goose collects the bridge toll', matched: ['goose'] }]);
    expect((await rank('what is everybody on about?', [], 'en')).items).toHaveLength(2);
  });

  it('asks the server only for what has changed, and keeps the rest', async () => {
    const statuses: number[] = [];
    const { url, host } = await serve((request, response) => {
      const known = request.headers['if-none-match'] === '"v1"';
      statuses.push(known ? 304 : 200);
      response.writeHead(known ? 304 : 200, { etag: '"v1"' }).end(known ? undefined : feedOf(['Goose collects the bridge toll']));
    });
    const pool = memoryPool();
    const feed = openFeed(url, openFetch({ allowHosts: [host], userAgent: 'Repartee/test' }), detectLanguage);
    await refreshPool([feed], pool, options);
    await refreshPool([feed], pool, options);
    expect(statuses).toEqual([200, 304]);
    expect((await pool.all()).items).toHaveLength(1);
  });

  it('lets one broken, one hanging, one endless and one forbidden feed spoil nothing', async () => {
    const good = await serve((_, response) => response.end(feedOf(['Goose collects the bridge toll'])));
    const page = await serve((_, response) => response.end('<html><body>404</body></html>'));
    const hanging = await serve(() => undefined);
    const endless = await serve((_, response) => {
      const pump = () => {
        while (response.writable && response.write('x'.repeat(65_536)));
        if (response.writable) response.once('drain', pump);
      };
      pump();
    });
    const forbidden = await serve((_, response) => response.end(feedOf(['never'])));
    const fetch = openFetch({ allowHosts: [good.host, page.host, hanging.host, endless.host], userAgent: 'Repartee/test' });
    const pool = memoryPool();
    const results = await refreshPool([good, page, hanging, endless, forbidden].map(({ url }) => openFeed(url, fetch)), pool, { ...options, timeoutMs: 500 });
    expect(results.map(({ items, error }) => error ?? items)).toEqual([
      1,
      expect.stringContaining('is not a feed'),
      expect.stringContaining('did not answer within 500 ms'),
      `${endless.host} sent more than 2000000 bytes`,
      expect.stringContaining('not a public address'),
    ]);
    expect((await pool.all()).items.map(({ text }) => text)).toEqual(['Goose collects the bridge toll']);
  });
});
