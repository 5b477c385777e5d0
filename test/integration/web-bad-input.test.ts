// What nobody would ask for, and what two people ask for at once: a clear page for everybody, and nothing lost.
import { connect } from 'node:net';
import { expect, it } from '@jest/globals';
import { openSandbox } from '../../src/sandbox/index.ts';
import { addRoutes } from '../../src/web/index.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { openBoardOf } from '../support/desk.ts';
import { aMention, goodAnswer } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { aReceipt, openTestWeb, openVisitor, quickHash } from '../support/web.ts';

const password = 'correct horse battery';

/** One request as it stands on the wire, and all that came back. */
const say = (url: string, request: string): Promise<string> => new Promise((done, fail) => {
  const { hostname, port, host } = new URL(url);
  let heard = '';
  const socket = connect(Number(port), hostname, () => socket.write(request.replace('HOST', `Host: ${host}\r\nConnection: close`)));
  socket.setEncoding('utf8').on('data', (text: string) => void (heard += text)).on('close', () => done(heard)).on('error', error => (heard === '' ? fail(error) : done(heard)));
});

/** A page of ours that tells a reader what is wrong, and nothing about our insides. */
function expectClear(answer: { readonly status: number; readonly text: string }, status: number, words: RegExp): void {
  expect([answer.status, answer.text]).toEqual([status, expect.stringMatching(words)]);
  expect(answer.text).not.toMatch(/node_modules|\.ts:\d|\bat \w+ \(|FST_|Error:/u);
}

const servers = {
  'a server of its own': async (tools: Awaited<ReturnType<typeof openTestWeb>>) => tools.url,
  'the sandbox': async ({ tools }: Awaited<ReturnType<typeof openTestWeb>>) => {
    const sandbox = await openSandbox({ town: false, x: false, extend: app => addRoutes(app, () => tools) });
    onTestFinished(() => sandbox.close());
    return sandbox.url;
  },
};

describeOnRedis('bad input', redis => {
  it.each(Object.entries(servers))('is answered with a clear page by %s', async (name, open) => {
    const web = await openTestWeb(redis().client, { passwordHash: quickHash(password) });
    const url = await open(web);
    await web.tools.receipts.put(aReceipt());
    const { id = '' } = await web.tools.receipts.get('town', 'quip@town.example', 'r1') ?? {};
    const visitor = openVisitor(url);
    const ask = async (path: string, init: Parameters<typeof visitor.ask>[1] = {}) => {
      const answer = await visitor.ask(path, init);
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    };
    expectClear(await ask('/r/aaaaaaaaaaa'), 404, /No such receipt/u);
    expectClear(await ask(`/r/${id.slice(0, 10)}${id.endsWith('A') ? 'B' : 'A'}`), 404, /No such receipt/u);
    expectClear(await ask('/r/__proto__', { headers: { 'accept-language': 'fr' } }), 404, /Reçu introuvable/u);
    expectClear(await ask(`/prompts/${'a'.repeat(90)}`), 404, /not published here/u);
    expectClear(await ask(`/r/${id}?${'x=1&'.repeat(3_000)}lang=fr&lang=en`), 200, /<html lang="en">/u);
    for (const broken of ['%E0%A4%A', '%', '%ff%fe', '%zz']) {
      const { status, text } = await ask(`/r/${broken}`);
      expect([400, 404]).toContain(status);
      expect(text).not.toMatch(/node_modules|\.ts:\d/u);
      if (name !== 'the sandbox') expect(text).toMatch(/cannot be read|No such receipt/u);
    }
    // A head is the page without its body; a method that has no page is no page.
    const page = await ask(`/r/${id}`);
    expect(await ask(`/r/${id}`, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect((await ask(`/r/${id}`, { method: 'HEAD' })).headers.get('content-length')).toBe(String(Buffer.byteLength(page.text)));
    expect(await ask('/desk', { method: 'HEAD' })).toMatchObject({ status: 302, text: '' });
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) for (const path of [`/r/${id}`, '/desk', '/desk/act']) expect((await ask(path, { method })).status).toBe(404);
    expect(await say(url, 'BREW /desk HTTP/1.1\r\nHOST\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /u);
    expect(await say(url, `GET /desk HTTP/1.1\r\nHOST\r\nCookie: repartee_desk=${'a'.repeat(10_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 302 Found\r\n[^]*location: \/desk\/login/iu);
    expect(await say(url, `GET /desk HTTP/1.1\r\nHOST\r\nCookie: repartee_desk=${'a'.repeat(17_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /u);
    expect(await say(url, `GET /r/${id}?${'a'.repeat(17_000)} HTTP/1.1\r\nHOST\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /u);
    expect(await say(url, `GET /r/../../etc/passwd HTTP/1.1\r\nHOST\r\n\r\n`)).toMatch(/^HTTP\/1\.1 404 /u);
    expect(await say(url, `POST /desk/login HTTP/1.1\r\nHOST\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /u);

    expect((await visitor.send('/desk/login', { name: 'Ada', password })).status).toBe(303);
    const csrf = await visitor.csrf();
    const send = async (path: string, form: Record<string, string>) => {
      const answer = await visitor.send(path, { csrf, ...form });
      return { status: answer.status, text: await answer.text() };
    };
    expectClear(await send('/desk/act', { what: 'edit', network: 'a', account: 'b', id: 'c', text: 'a'.repeat(1_000_000) }), 413, /more than a form here may hold[^]*go back/u);
    expectClear(await send('/desk/act', { what: 'edit', network: 'a', account: 'b', id: 'c', text: 'what I typed' }), 409, /there is nothing[^]*what I typed/u);
    for (const form of [{}, { what: 'constructor' }, { what: 'approve', network: 'a', account: 'b', id: '' }, { what: 'approve', network: 'a', account: 'b', id: 'x'.repeat(501) }] as Record<string, string>[]) expectClear(await send('/desk/act', form), 400, /not made by this desk/u);
    for (const form of [{ since: '0' }, { since: '1e9' }, { since: '-30' }, { since: '30', network: '__proto__' }] as Record<string, string>[]) expectClear(await send('/desk/undo', form), 400, /how many minutes/u);
    expectClear(await send('/desk/pause', { network: 'nowhere' }), 400, /no such network/u);
    expectClear(await ask('/desk/act', { method: 'POST', body: '{"csrf":"x"}', headers: { 'content-type': 'application/json' } }), 415, /was not taken/u);
    for (const query of ['tab=constructor', 'tab=held&tab=all', 'page=0', 'page=-1', 'page=1e9', 'page=999999', 'page=1&page=2', `tab=${'x'.repeat(9_000)}`]) for (const path of ['/desk', '/desk/list', '/desk/log']) expect((await ask(`${path}?${query}`)).status).toBe(200);
    for (const query of ['', 'id=1', 'network=a&network=b&account=c&id=d', 'network=%00&account=%00&id=%00', 'network=a&account=b&id=../../x']) expectClear(await ask(`/desk/mention?${query}`), 404, /does not know it/u);
  });

  it('such as a name that is not ours, is told what to set; on every address of this machine, numbers are names', async () => {
    const passwordHash = quickHash(password);
    const ask = async (url: string, name: string) => say(url, `GET /about HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
    const own = await openTestWeb(redis().client, { passwordHash, publicUrl: 'https://bot.example' });
    for (const name of ['LocalHost', 'BOT.Example', '127.0.0.1:4000']) expect(await ask(own.url, name)).toMatch(/^HTTP\/1\.1 200 /u);
    for (const name of ['evil.example', '192.0.2.7', '[2001:db8::7]']) expect(await ask(own.url, name)).toMatch(/^HTTP\/1\.1 403 [^]*PUBLIC_URL/u);
    const wide = await openTestWeb(redis().client, { passwordHash, host: '0.0.0.0' });
    for (const name of ['192.0.2.7:4000', '[2001:db8::7]:4000', 'LOCALHOST']) expect(await ask(wide.url, name)).toMatch(/^HTTP\/1\.1 200 /u);
    for (const name of ['evil.example', '192.0.2.7.evil.example']) expect(await ask(wide.url, name)).toMatch(/^HTTP\/1\.1 403 /u);
  });

  it('of a fault that nobody foresaw, a reader sees that there is one, and the log what it is', async () => {
    const lines: string[] = [];
    const fault = { get: () => Promise.reject(new Error('a stone in the mill')) };
    const { url } = await openTestWeb(redis().client, { prompts: { ...fault, keep: async () => undefined, list: async () => [] }, log: line => void lines.push(line) });
    const answer = await fetch(`${url}/prompts/0011aabb`);
    expectClear({ status: answer.status, text: await answer.text() }, 500, /fault of this program/u);
    expect(lines).toEqual([expect.stringMatching(/GET \/prompts\/:version: Error: a stone in the mill/u)]);
    const away = await openTestWeb(redis().client, { prompts: { ...fault, keep: async () => undefined, list: async () => [] }, log: line => void lines.push(line), isTrouble: () => true });
    expect((await fetch(`${away.url}/prompts/0011aabb`)).status).toBe(503);
    expect(lines).toHaveLength(1);
  });

  it('two at one draft: what one of them does is done, the other is told and keeps his words, and one answer is posted', async () => {
    const { client } = redis();
    const line = openLine(client, { publish: { holds: true } });
    const ref = await line.see(aMention('4711'));
    expect(await line.compose(ref, { holds: true })).toMatchObject({ kind: 'held' });
    const { url } = await openTestWeb(client, { passwordHash: quickHash(password), ledger: line.ledger, receipts: line.receipts, board: openBoardOf(line, client) });
    const people = await Promise.all(['Ada', 'Bo'].map(async name => {
      const visitor = openVisitor(url);
      await visitor.send('/desk/login', { name, password });
      return { name, visitor, csrf: await visitor.csrf() };
    }));
    const address = `/desk/mention?${new URLSearchParams({ network: ref.network, account: ref.account, id: ref.id }).toString()}`;
    const look = async ({ visitor }: (typeof people)[number]) => (await visitor.ask(address)).text();
    const fenceOf = (page: string): string => /name="fence" value="([^"]*)"/u.exec(page)?.[1] ?? '';
    const wordsOf = (page: string): string => /<textarea[^>]*>\n([^<]*)<\/textarea>/u.exec(page)?.[1] ?? '';
    /** Both at the same moment, over what both have seen. */
    const both = async (what: string, texts: readonly string[] = []) => {
      const pages = await Promise.all(people.map(look));
      return Promise.all(people.map(async ({ name, visitor, csrf }, at) => {
        const answer = await visitor.send('/desk/act', { csrf, network: ref.network, account: ref.account, id: ref.id, what, fence: fenceOf(pages[at] ?? ''), text: texts[at] ?? '' });
        return { name, status: answer.status, text: await answer.text(), wanted: texts[at] ?? '' };
      }));
    };
    const split = (answers: Awaited<ReturnType<typeof both>>) => {
      expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([303, 409]);
      return answers.toSorted((one, other) => one.status - other.status) as [(typeof answers)[number], (typeof answers)[number]];
    };

    expect(await Promise.all(people.map(async each => wordsOf(await look(each))))).toEqual([goodAnswer, goodAnswer]);
    const [taken, late] = split(await both('edit', ['The ferry is a state of mind.', 'The ferry is an opinion.']));
    expectClear(late, 409, /its draft is another one by now: look at it again/u);
    expect(wordsOf(late.text)).toBe(late.wanted);
    expect(late.text).toContain(`<p class="draft" dir="auto" lang="en">${taken.wanted}</p>`);
    // What he sees now is what he may change now.
    const second = people.find(({ name }) => name === late.name);
    expect((await second?.visitor.send('/desk/act', { csrf: second.csrf, network: ref.network, account: ref.account, id: ref.id, what: 'edit', fence: fenceOf(late.text), text: late.wanted }))?.status).toBe(303);

    const [, slower] = split(await both('approve'));
    expectClear(slower, 409, /it is approved already, and about to be posted/u);
    for (const { text, status } of await both('edit', ['The ferry sank.', 'The ferry sings.'])) {
      expect(status).toBe(409);
      expect(text).toMatch(/What you wrote<\/h2><pre class="prompt">\nThe ferry (?:sank|sings)\./u);
    }
    await Promise.all([line.publish(ref), line.publish(ref)]);
    await line.publish(ref);
    expect(line.network.posts.map(({ text }) => text)).toEqual([`@milo@town.example ${late.wanted}`]);
    const log = await (await people[0]?.visitor.ask('/desk/log'))?.text() ?? '';
    expect(log.match(/<td>(?:Ada|Bo)<\/td><td>edit/gu)).toHaveLength(8);
    expect(log.match(/not done: /gu)).toHaveLength(4);
  });
});
