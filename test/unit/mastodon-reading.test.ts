import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Network } from '../../src/core/ports.ts';
import { get, openBot, openFakeMastodon, someMention, wireStatus } from '../support/fake-mastodon.ts';
import type { FlakyServer } from '../support/flaky-server.ts';

let server: FlakyServer;
let network: Network;
beforeEach(async () => {
  server = await openFakeMastodon();
  network = await openBot(server);
});
afterEach(() => server.close());

const toNotifications = get('/api/v1/notifications');
const notice = (id: string, status: unknown, more: Readonly<Record<string, unknown>> = {}) => ({ id, type: 'mention', created_at: '2026-01-02T03:04:05.000Z', status, ...more });
const mentioned = async (page: readonly unknown[]) => {
  server.answer(toNotifications, { status: 200, body: page });
  return await network.mentions('5');
};
/** Somebody else than who asks. */
const wireAccount = (more: Readonly<Record<string, unknown>>) => ({ id: '7', username: 'ana', acct: 'ana', display_name: 'Ana', note: '', url: 'https://town.example/@ana', bot: false, ...more });
const ancestors = (...posts: readonly unknown[]) => server.answer(get('/api/v1/statuses/100/context'), { status: 200, body: { ancestors: posts, descendants: [] } });

describe('mentions', () => {
  it('are asked for forward from the cursor, in full pages', async () => {
    await mentioned([]);
    const query = new URLSearchParams(server.requests.findLast(toNotifications)?.path.split('?')[1]);
    expect(Object.fromEntries(query)).toEqual({ 'types[]': 'mention', include_filtered: 'true', min_id: '5', limit: '80' });
  });

  it('leave out other notifications, deleted posts and repetitions, and still move the cursor past them', async () => {
    const { mentions, cursor, more } = await mentioned([
      notice('9', null), notice('8', wireStatus('20'), { type: 'favourite' }), notice('7', wireStatus('21')), notice('6.5', { id: 'torn' }), notice('6', wireStatus('21')),
    ]);
    expect(mentions.map(({ id }) => id)).toEqual(['21']);
    expect(cursor).toBe('9 2026-01-02T03:04:05.000Z');
    expect(more).toBe(true); // as many as some servers have on a full page
  });

  it('include private ones that a new account filters, but nobody else whom the operator or the moderators keep away', async () => {
    const limited = { ...wireStatus('1')['account'] as object, limited: true };
    const { mentions } = await mentioned([
      notice('8', wireStatus('23', { visibility: 'direct', account: limited }), { filtered: true }),
      notice('7', wireStatus('22'), { filtered: true }),
      notice('6', wireStatus('21', { visibility: 'direct' }), { filtered: true }),
    ]);
    expect(mentions.map(({ id }) => id)).toEqual(['21']);
  });

  it('are read although their ids are numbers, and although one beside them cannot be read', async () => {
    const { mentions, cursor } = await mentioned([notice('8', wireStatus('21', { account: wireAccount({ id: 7 }) })), { id: null, type: 'favourite' }, 'what']);
    expect(mentions.map(({ id, author }) => [id, author.id])).toEqual([['21', '7']]);
    expect(cursor).toBe('8 2026-01-02T03:04:05.000Z');
  });

  it('tell whom they name and whose post they answer, before anything is read', async () => {
    const { mentions } = await mentioned([notice('8', wireStatus('21', { in_reply_to_id: '20', in_reply_to_account_id: '31', mentions: [{ id: '1', acct: 'bot', url: '' }, { id: '31', acct: 'wil', url: '' }, { id: '32', acct: 'ed', url: '' }, { id: '7', acct: 'ana', url: '' }] }))]);
    expect(mentions.map(({ bystanders }) => bystanders)).toEqual([['31', '1', '32']]);
  });

  it.each(['.', '..'])('whose id is %j, which leads elsewhere, are none', async id => {
    expect((await mentioned([notice('8', wireStatus(id)), notice('7', wireStatus('21'))])).mentions.map(mention => mention.id)).toEqual(['21']);
  });

  it('keep the cursor when nothing came', async () => {
    expect(await mentioned([])).toEqual({ mentions: [], cursor: '5', more: false });
  });

  it('carry everything a post has', async () => {
    const { mentions: [mention] } = await mentioned([notice('6', wireStatus('21', {
      content: '<p>Look at <a href="https://news.example/x">news.example/x</a></p>', spoiler_text: 'news', visibility: 'private', language: 'fr', in_reply_to_id: '20',
      account: { id: '7', username: 'ana', acct: 'ana@far.example', display_name: '', note: '<p>I bake.</p>', url: 'https://far.example/@ana', bot: true },
      media_attachments: [
        { type: 'image', url: 'https://town.example/1.png', description: ' a cat ' }, { type: 'gifv', url: null, remote_url: 'https://far.example/2.mp4', description: null },
        { type: 'unknown', url: null }, { type: 'unknown', url: 'https://town.example/3' },
      ],
    }))]);
    expect(mention).toEqual({
      network: 'mastodon', account: 'bot@town.example', id: '21', url: 'https://town.example/@ana/21', createdAt: '2026-01-02T03:04:05.000Z',
      author: { id: '7', handle: 'ana@far.example', name: 'ana', isBot: true, url: 'https://far.example/@ana', bio: 'I bake.' }, salutation: '@ana@far.example ',
      text: 'Look at https://news.example/x', links: ['https://news.example/x'], language: 'fr', visibility: 'followers', contentWarning: 'news', replyTo: '20',
      media: [{ kind: 'image', url: 'https://town.example/1.png', alt: 'a cat' }, { kind: 'video', url: 'https://far.example/2.mp4' }, { kind: 'other', url: 'https://town.example/3' }],
    });
  });

  it('survive a server that leaves out whatever it can', async () => {
    const { mentions: [mention] } = await mentioned([notice('6', { id: '21', uri: 'https://far.example/s/21', created_at: '2026-01-02T03:04:05Z', account: { id: '7', acct: 'ana' }, visibility: 'unlisted' })]);
    expect(mention).toMatchObject({ id: '21', url: 'https://far.example/s/21', text: '', author: { handle: 'ana', name: 'ana', isBot: false }, media: [], visibility: 'unlisted' });
    expect(mention).not.toHaveProperty('language');
  });

  it('of a visibility nobody knows are taken for private', async () => {
    const { mentions: [mention] } = await mentioned([notice('6', wireStatus('21', { visibility: 'mutuals' }))]);
    expect(mention?.visibility).toBe('direct');
  });
});

describe('a thread', () => {
  const ids = async (mention = someMention) => (await network.thread(mention)).map(({ id }) => id);

  it.each([
    ['public', ['1', '2', '100']], ['unlisted', ['1', '2', '100']], ['followers', ['1', '2', '3', '100']], ['direct', ['1', '2', '3', '4', '100']],
  ] as const)('of a %s mention holds no narrower post', async (visibility, expected) => {
    ancestors(wireStatus('1'), wireStatus('2', { visibility: 'unlisted' }), wireStatus('3', { visibility: 'private' }), wireStatus('4', { visibility: 'direct' }));
    expect(await ids({ ...someMention, visibility })).toEqual(expected);
  });

  it('among few people holds only what the asker or we said: the same visibility is not the same audience', async () => {
    const eve = wireAccount({ id: '66', username: 'eve', acct: 'eve' });
    ancestors(wireStatus('1', { visibility: 'direct', account: eve }), wireStatus('2', { visibility: 'direct' }), wireStatus('3', { visibility: 'public', account: eve }), wireStatus('4', { visibility: 'private', account: eve }));
    expect(await ids({ ...someMention, visibility: 'direct' })).toEqual(['2', '3', '100']);
  });

  it('keeps what stands around a post short, however long it comes', async () => {
    const long = 'http://'.repeat(100_000);
    ancestors(wireStatus('1', { spoiler_text: long, account: wireAccount({ display_name: `Ana\n${long}`, note: long }), media_attachments: [{ id: '1', type: 'image', url: 'https://pictures.example/1', description: long }] }));
    const [post] = await network.thread(someMention);
    expect(post?.contentWarning).toHaveLength(500);
    expect(post?.author.name).toHaveLength(100);
    expect(post?.author.name).not.toContain('\n');
    expect(post?.author.bio?.length).toBeLessThanOrEqual(1_000);
    expect(post?.media[0]?.alt).toHaveLength(1_500);
  });

  it('keeps the first and the newest twelve of many', async () => {
    ancestors(...Array.from({ length: 40 }, (_, index) => wireStatus(String(index + 1))));
    expect(await ids()).toEqual(['1', ...Array.from({ length: 12 }, (_, index) => String(29 + index)), '100']);
  });

  it('holds a quoted post when its author accepted, and only then', async () => {
    const quoted = wireStatus('50', { quote: { state: 'accepted', quoted_status: wireStatus('51') } });
    ancestors(
      wireStatus('1', { quote: { state: 'accepted', quoted_status: quoted } }), wireStatus('2', { quote: { state: 'pending', quoted_status: quoted } }),
      wireStatus('3', { quote: { state: 'accepted', quoted_status: wireStatus('52', { visibility: 'private' }) } }), wireStatus('4', { quote: { state: 'accepted', quoted_status_id: '50' } }),
    );
    const [first, second, third, fourth] = await network.thread(someMention);
    expect(first?.quote).toMatchObject({ id: '50', text: 'post 50' });
    expect(first?.quote).not.toHaveProperty('quote');
    for (const post of [second, third, fourth]) expect(post).not.toHaveProperty('quote');
  });
});

describe('what is trending', () => {
  const history = (...accounts: readonly string[]) => accounts.map((count, index) => ({ day: String(1_767_571_200 - index * 86_400), uses: '999', accounts: count }));
  const author = (more: object) => ({ ...wireStatus('1')['account'] as object, ...more });

  it('is tags, links and posts, each with its own heat', async () => {
    server.answer(get('/api/v1/trends/tags'), { status: 200, body: [{ name: 'Bread', url: 'https://town.example/tags/bread', history: history('6', '2', '50') }, { name: 'rain', history: history('2') }, { name: 'odd' }] });
    server.answer(get('/api/v1/trends/links'), { status: 200, body: [{ url: 'https://news.example/1', title: 'Bakery closed', description: 'After a century.', language: 'en', published_at: '2026-01-01T00:00:00Z', history: history('3') }] });
    server.answer(get('/api/v1/trends/statuses'), { status: 200, body: [wireStatus('11', { reblogs_count: 3, favourites_count: 5 })] });
    const items = await network.trending();
    expect(items.map(({ id, kind, text, heat, count }) => ({ id, kind, text, heat, count }))).toEqual([
      { id: 'mastodon:town.example:tag:bread', kind: 'tag', text: '#Bread', heat: 1, count: 8 },
      { id: 'mastodon:town.example:tag:rain', kind: 'tag', text: '#rain', heat: 0.25, count: 2 },
      { id: 'mastodon:town.example:tag:odd', kind: 'tag', text: '#odd', heat: 0, count: 0 },
      { id: 'mastodon:town.example:link:https://news.example/1', kind: 'link', text: 'Bakery closed', heat: 1, count: 3 },
      { id: 'mastodon:town.example:post:11', kind: 'post', text: 'post 11', heat: 1, count: 8 },
    ]);
    expect(items[3]).toMatchObject({ source: 'town.example', summary: 'After a century.', url: 'https://news.example/1', language: 'en', at: '2026-01-01T00:00:00Z' });
    expect(items[4]).toMatchObject({ by: { network: 'mastodon', id: '7', handle: 'ana' }, at: '2026-01-02T03:04:05.000Z', language: 'en', url: 'https://town.example/@ana/11' });
  });

  it('leaves out whom and what nobody offered to machines', async () => {
    server.answer(get('/api/v1/trends/statuses'), { status: 200, body: [
      wireStatus('1', { visibility: 'unlisted' }), wireStatus('2', { spoiler_text: 'careful' }), wireStatus('3', { sensitive: true }), wireStatus('4', { content: '' }),
      wireStatus('5', { account: author({ bot: true }) }), wireStatus('6', { account: author({ noindex: true }) }), wireStatus('7', { account: author({ limited: true }) }),
      wireStatus('8', { account: author({ note: '<p>Baker. <a href="https://town.example/tags/nobot" class="mention hashtag" rel="tag">#<span>NoBot</span></a></p>' }) }),
      wireStatus('10', { account: author({ note: '<p>#nollm</p>' }) }), wireStatus('11', { account: author({ note: '<p>#NoAI</p>' }) }),
      wireStatus('9', { account: author({ note: 'I love #robots' }) }),
    ] });
    expect((await network.trending()).map(({ id, post }) => ({ id, post }))).toEqual([{ id: 'mastodon:town.example:post:9', post: { network: 'mastodon', account: 'bot@town.example', id: '9' } }]);
  });

  it('is nothing on a server without trends', async () => {
    expect(await network.trending()).toEqual([]);
    expect(server.requests.filter(({ path }) => path.startsWith('/api/v1/trends/'))).toHaveLength(3);
  });

  it('is unknown, not nothing, while the server fails', async () => {
    server.answer(get('/api/v1/trends/links'), { status: 503, body: { error: 'busy' } });
    await expect(network.trending()).rejects.toMatchObject({ name: 'TemporaryError' });
  });
});
