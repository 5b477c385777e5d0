import { expect, it } from '@jest/globals';
import { toDeskAddress } from '../../src/cli/web-tools.ts';
import { checkPassword, hashPassword, isPasswordHash } from '../../src/web/password.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { deskKey, openTestWeb, openVisitor, quickHash } from '../support/web.ts';

const password = 'correct horse battery';

describeOnRedis('the door of the desk', redis => {
  const open = async (more: Parameters<typeof openTestWeb>[1] = {}) => {
    const { url, tools } = await openTestWeb(redis().client, { passwordHash: quickHash(password), ...more });
    return { url, tools, visitor: openVisitor(url), logIn: async (visitor = openVisitor(url)) => ({ visitor, answer: await visitor.send('/desk/login', { name: 'Ada', password }) }) };
  };

  it('is shut for everybody without a session: reading leads to the login, changing is refused', async () => {
    const { visitor } = await open();
    for (const path of ['/desk', '/desk/settings', '/desk/log?page=2']) {
      const answer = await visitor.ask(path);
      expect([answer.status, answer.headers.get('location')]).toEqual([302, `/desk/login?to=${encodeURIComponent(path)}`]);
    }
    expect((await visitor.ask('/desk/log', { headers: { 'hx-request': 'true' } })).status).toBe(401);
    expect((await visitor.send('/desk/logout', {})).status).toBe(401);
  });

  it('opens for the password, to the place that was wanted, and to no other site', async () => {
    const { visitor, logIn } = await open();
    const wanted = await visitor.send('/desk/login', { name: 'Ada', password, to: '/desk/log?page=2' });
    expect([wanted.status, wanted.headers.get('location')]).toEqual([303, '/desk/log?page=2']);
    for (const to of ['https://evil.example/desk', '//evil.example', '/desk@evil.example', '/desk\r\nx: y', 'javascript:alert(1)', '/r/x']) {
      const answer = await openVisitor((await open()).url).send('/desk/login', { name: 'Ada', password, to });
      expect(answer.headers.get('location')).toBe('/desk');
    }
    const { visitor: ada } = await logIn();
    const log = await (await ada.ask('/desk/log')).text();
    expect(log).toContain('came to the desk');
    expect(log).toContain('Ada');
  });

  it('hands out a cookie that no script and no other site may use, over HTTPS only where there is HTTPS', async () => {
    const { logIn } = await open();
    const plain = (await logIn()).answer.headers.getSetCookie();
    expect(plain).toHaveLength(2);
    for (const cookie of plain) expect(cookie).toMatch(/; Path=\/desk; Max-Age=\d+; HttpOnly; SameSite=Strict$/u);
    const secure = await open({ publicUrl: 'https://bot.example' });
    for (const cookie of (await secure.logIn()).answer.headers.getSetCookie()) expect(cookie).toMatch(/SameSite=Strict; Secure$/u);
  });

  it('never goes on with a session that somebody brought along', async () => {
    const { visitor, logIn } = await open();
    visitor.use('repartee_desk=chosen-by-an-attacker');
    await visitor.send('/desk/login', { name: 'Ada', password });
    expect(visitor.cookie()).not.toContain('chosen-by-an-attacker');
    const { visitor: first } = await logIn();
    const before = first.cookie();
    await first.send('/desk/login', { name: 'Ada', password });
    expect(first.cookie()).not.toBe(before);
    const thief = openVisitor((await open()).url);
    thief.use(before);
    expect((await thief.ask('/desk/settings')).status).toBe(302);
  });

  it('ends a session when somebody leaves, everywhere', async () => {
    const { visitor } = await (await open()).logIn();
    const cookie = visitor.cookie();
    expect((await visitor.send('/desk/logout', { csrf: await visitor.csrf() })).status).toBe(303);
    visitor.use(cookie);
    expect((await visitor.ask('/desk/settings')).status).toBe(302);
  });

  it('locks out whoever guesses, with the right password too, and nobody else', async () => {
    const { visitor, tools } = await open();
    const tries = await Promise.all(Array.from({ length: 12 }, () => visitor.send('/desk/login', { name: 'Eve', password: 'guess' })));
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(7);
    const late = await visitor.send('/desk/login', { name: 'Eve', password });
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(await tools.access.attempts.take('192.0.2.7')).toEqual({ waitMs: 0, delayMs: 0 });
    // However often somebody guesses, the log keeps its other lines.
    expect((await tools.access.audit.list(20)).acts.map(({ by, what }) => `${by} ${what}`)).toEqual(['somebody tried a wrong password, from 127.0.0.1']);
  });

  it('takes a whole network of one owner for one place, and believes whom it may when told who asks', async () => {
    const guess = (visitor: ReturnType<typeof openVisitor>, from: string, word = 'guess') => visitor.send('/desk/login', { name: 'Eve', password: word }, { 'x-forwarded-for': from });
    const { visitor, tools } = await open({ publicUrl: 'https://bot.example' });
    for (let at = 0; at < 5; at++) expect((await guess(visitor, `2001:db8:1:2:${at}::${at}`)).status).toBe(401);
    expect((await guess(visitor, '2001:db8:1:2:ffff::1')).status).toBe(429);
    expect((await guess(visitor, '2001:db8:1:3::1')).status).toBe(401);
    for (const from of ['192.0.2.1', '::ffff:192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.1']) expect((await guess(visitor, from)).status).toBe(401);
    expect((await guess(visitor, '192.0.2.1')).status).toBe(429);
    expect((await tools.access.audit.list(20)).acts.map(({ what }) => what)).toEqual(['192.0.2.1', '2001:db8:1:3::/64', '2001:db8:1:2::/64'].map(from => `tried a wrong password, from ${from}`));
    // What is neither here nor named may say what it likes: the last one that is believed counts.
    expect((await guess(visitor, '198.51.100.9, 172.18.0.2')).status).toBe(401);
    expect((await tools.access.audit.list(1)).acts[0]?.what).toContain('from 172.18.0.2');
    const named = await open({ publicUrl: 'https://bot.example', proxies: ['172.18.0.0/16'] });
    expect((await guess(named.visitor, '198.51.100.9, 172.18.0.2')).status).toBe(401);
    expect((await tools.access.audit.list(1)).acts[0]?.what).toContain('from 198.51.100.9');
  });

  it('does not lock out a browser from which somebody came in before', async () => {
    const { visitor: stranger, logIn } = await open();
    const { visitor: ada } = await logIn();
    await ada.send('/desk/logout', { csrf: await ada.csrf() });
    for (let at = 0; at < 6; at++) await stranger.send('/desk/login', { name: 'Eve', password: 'guess' });
    expect((await logIn()).answer.status).toBe(429);
    expect((await logIn(ada)).answer.status).toBe(303);
    for (let at = 0; at < 5; at++) expect((await ada.send('/desk/login', { name: 'Ada', password: 'guess' })).status).toBe(401);
    expect((await logIn(ada)).answer.status).toBe(429);
    stranger.use('repartee_known=chosen');
    expect((await logIn(stranger)).answer.status).toBe(429);
  });

  it('looks later at each try, when many guess from everywhere, and shuts nobody out', async () => {
    const { visitor, tools, logIn } = await open({ publicUrl: 'https://bot.example', delayMs: 700 });
    for (let at = 0; at < 30; at++) await tools.access.attempts.wrong(`192.0.2.${at}`);
    const before = performance.now();
    expect((await logIn(visitor)).answer.status).toBe(303);
    expect(performance.now() - before).toBeGreaterThan(690);
    expect(await tools.access.attempts.take('198.51.100.1')).toEqual({ waitMs: 0, delayMs: 700 });
  });

  it('takes no form without the token of its session, and none from another site', async () => {
    const { url, logIn } = await open();
    const { visitor } = await logIn();
    const { visitor: other } = await logIn(openVisitor(url));
    const csrf = await visitor.csrf();
    for (const form of [{}, { csrf: '' }, { csrf: 'x'.repeat(32) }, { csrf: await other.csrf() }] as Record<string, string>[]) expect((await visitor.send('/desk/logout', form)).status).toBe(403);
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'null' }]) {
      expect((await visitor.send('/desk/logout', { csrf }, headers)).status).toBe(403);
      expect((await visitor.send('/desk/login', { name: 'Ada', password }, headers)).status).toBe(403);
    }
    expect((await visitor.ask('/desk/logout', { method: 'POST', body: JSON.stringify({ csrf }), headers: { 'content-type': 'application/json' } })).status).toBe(415);
    expect((await visitor.ask('/desk/settings')).status).toBe(200);
  });

  it('refuses a form of a megabyte and goes on', async () => {
    const { visitor } = await (await open()).logIn();
    expect((await visitor.send('/desk/logout', { csrf: 'a'.repeat(1_000_000) })).status).toBe(413);
    expect((await visitor.ask('/desk/settings')).status).toBe(200);
  });

  it('without a password opens for the key of its log only, and for nothing that was passed on', async () => {
    const { url, tools, visitor } = await openTestWeb(redis().client);
    const stranger = openVisitor(url);
    // As a plain nginx asks: nothing says that it was passed on.
    for (const path of ['/desk', '/desk/settings', '/desk?key=', '/desk?key=guess', `/desk?key=${deskKey}x`, `/desk?key=${deskKey}&key=${deskKey}`, `/desk/settings?key=${deskKey}`]) {
      const answer = await stranger.ask(path);
      expect([path, answer.status, answer.headers.getSetCookie()]).toEqual([path, 401, []]);
      expect(await answer.text()).toMatch(/into its log[^]*repartee desk passwd/u);
    }
    expect((await stranger.send(`/desk/pause?key=${deskKey}`, {})).status).toBe(401);
    expect(await redis().client.keys('repartee:session:*')).toEqual([]);
    const opened = await stranger.ask(`/desk?key=${deskKey}`);
    expect([opened.status, opened.headers.get('location'), opened.headers.get('cache-control')]).toEqual([303, '/desk', 'no-store']);
    expect((await stranger.ask('/desk/settings')).status).toBe(200);
    expect((await stranger.send('/desk/logout', {})).status).toBe(403);
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) for (const path of ['/desk/settings', `/desk?key=${deskKey}`]) expect((await (await visitor()).ask(path, { headers: { [name]: '192.0.2.1' } })).status).toBe(403);
    expect(toDeskAddress(url, tools)).toBe(`${url}/desk?key=${deskKey}`);
    const locked = await open();
    expect(toDeskAddress(url, locked.tools)).toBe(`${url}/desk`);
    expect((await locked.visitor.ask(`/desk?key=${deskKey}`)).status).toBe(302);
  });

  it('throws everybody out when the password is another one, or the first', async () => {
    const without = await openTestWeb(redis().client);
    const early = (await without.visitor()).cookie();
    const first = await (await open()).logIn();
    const second = openVisitor((await open()).url);
    for (const cookie of [early, first.visitor.cookie()]) {
      second.use(cookie);
      expect((await second.ask('/desk/settings')).status).toBe(302);
    }
    const back = openVisitor(without.url);
    back.use(first.visitor.cookie());
    expect((await back.ask('/desk/settings')).status).toBe(401);
    expect((await first.visitor.ask('/desk/settings')).status).toBe(200);
  });

  it('finds its cookie among others of that name', async () => {
    const { visitor, url } = await (async () => {
      const opened = await open();
      return { url: opened.url, visitor: (await opened.logIn()).visitor };
    })();
    const ask = async (before: number) => (await openVisitor(url).ask('/desk/settings', { headers: { cookie: [...Array.from({ length: before }, (_, at) => `repartee_desk=planted${at}`), visitor.cookie()].join('; ') } })).status;
    expect([await ask(1), await ask(4), await ask(5)]).toEqual([200, 200, 302]);
  });

  it('lets nobody be named as those who have no name, or as an owner', async () => {
    const { url, tools } = await open();
    const names = { 'this machine': 'desk user this machine', ' Some\u200Bbody': 'desk user Somebody', 'mastodon:ada@town.example': 'desk user mastodonadatown.example', 'The  Command Line': 'desk user The Command Line', 'Ada Lovelace': 'Ada Lovelace', '<>': 'operator' };
    for (const [name, shown] of Object.entries(names)) {
      await openVisitor(url).send('/desk/login', { name, password });
      expect((await tools.access.audit.list(1)).acts[0]?.by).toBe(shown);
    }
  });

  it('keeps neither password nor token', async () => {
    const { visitor } = await (await open()).logIn();
    const token = visitor.cookie().split('=')[1] ?? '';
    const { client } = redis();
    const all = await Promise.all((await client.keys('*')).map(async key => `${key} ${await client.type(key) === 'string' ? await client.get(key) : JSON.stringify(await client.lrange(key, 0, -1).catch(() => []))}`));
    expect(token).toMatch(/^[\w-]{32}$/u);
    expect(all.join('\n')).not.toContain(token);
    expect(all.join('\n')).not.toContain(password);
  });
});

it('a password is kept so that it can be checked and not read', async () => {
  const hash = await hashPassword(password);
  expect(isPasswordHash(hash)).toBe(true);
  expect(await checkPassword(password, hash)).toBe(true);
  expect(await checkPassword(`${password}r`, hash)).toBe(false);
  expect(await hashPassword(password)).not.toBe(hash);
  for (const broken of ['', 'scrypt', password, 'scrypt:1:8:3:AAAAAAAAAAAAAAAAAAAAAA:AAAA', `scrypt:1073741824:8:3:${hash.split(':').slice(4).join(':')}`, `${hash}x`]) {
    expect(isPasswordHash(broken)).toBe(false);
    expect(await checkPassword(password, broken)).toBe(false);
  }
});
