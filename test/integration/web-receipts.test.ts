import { expect, it } from '@jest/globals';
import type { Ledger } from '../../src/core/ports.ts';
import { checkReceipt } from '../../src/web/signing.ts';
import { aMention } from '../support/fixtures.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { aReceipt, openTestWeb } from '../support/web.ts';

describeOnRedis('receipts for everybody', redis => {
  const open = async (more: Parameters<typeof aReceipt>[0] = {}) => {
    const web = await openTestWeb(redis().client);
    const { mention } = aReceipt(more);
    await web.tools.receipts.put(aReceipt(more));
    const kept = await web.tools.receipts.get(mention.network, mention.account, 'r1');
    const page = async (path: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(web.url + path, { headers });
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    };
    return { ...web, id: kept?.id ?? '', page };
  };

  it('show what was asked, answered, read and why, in English and in French', async () => {
    const { id, page } = await open();
    const english = await page(`/r/${id}`);
    expect(english.status).toBe(200);
    for (const words of ['@milo@town.example', 'is the ferry ever on time?', 'It is a ferry, not a promise.', 'The ferry is late.', 'Ferry strike enters its third day', 'https://gazette.example/ferry', 'matched “ferry”', 'a model of the test', '0011aabb', '30 ms', 'It answered · written <time datetime="2026-11-23T12:00:00.000Z">', 'og:description', 'noindex']) expect(english.text).toContain(words);
    expect((await page(`/r/${id}`, { 'accept-language': 'fr-CH, fr;q=0.9, en;q=0.8' })).text).toContain('Ce qu’il a lu');
    expect((await page(`/r/${id}?lang=fr`)).text).toContain('<html lang="fr">');
  });

  it('are read in the other language by a link, with its numbers', async () => {
    const { page, id, tools } = await open({ dollars: 0.031, tokens: { in: 1, out: 2, dollars: 0.0004 } });
    await tools.prompts.keep({ version: '0011aabb', since: 0, persona: { name: 'gadfly', version: 'abc' }, text: 'Be short.' });
    for (const path of [`/r/${id}`, '/about', '/prompts/0011aabb']) {
      expect((await page(path)).text).toContain(`<a href="${path}?lang=fr" hreflang="fr" lang="fr">En français</a>`);
      expect((await page(`${path}?lang=fr`)).text).toContain(`<a href="${path}?lang=en" hreflang="en" lang="en">In English</a>`);
    }
    const { text } = await page(`/r/${id}?lang=fr`);
    for (const words of ['0,031\u00A0$ au plus', 'moins de 0,001\u00A0$', 'href="/about?lang=fr"', 'href="/prompts/0011aabb?lang=fr"']) expect(text).toContain(words);
    const english = (await page(`/r/${id}`)).text;
    for (const words of ['$0.031 at most', 'under $0.001']) expect(english).toContain(words);
  });

  it('call only the hottest item the hottest', async () => {
    const [item] = aReceipt().items;
    if (!item) throw new Error('no item');
    const { id, page } = await open({ open: true, items: [{ ...item, heat: 0.3, matched: [] }, { ...item, id: 'i2', text: 'The hot one', heat: 0.9, matched: [] }, { ...item, id: 'i3', heat: 0.5, matched: [] }] });
    expect([...(await page(`/r/${id}`)).text.matchAll(/<\/meter> ([^<]*)</gu)].map(([, why]) => why)).toEqual(['heat 30 of 100', 'it was the hottest thing around', 'heat 50 of 100']);
  });

  it('say that a human wanted other words, and that they were not fit to be posted only of what the gate refused', async () => {
    const byHuman = [{ text: 'first words', refused: 'changed by the operator' }, { text: 'second words', refused: 'refused by the operator' }];
    const { id, page } = await open({ drafts: byHuman });
    const english = (await page(`/r/${id}`)).text;
    for (const words of ['a human changed its words', 'a human asked for another one', 'the first ones stay with the operator']) expect(english).toContain(words);
    expect(english).not.toMatch(/not fit to be posted|first words|second words/u);
    const french = (await page(`/r/${id}?lang=fr`)).text;
    for (const words of ['un humain en a changé les mots', 'un humain en a demandé un autre']) expect(french).toContain(words);
    expect(french).not.toContain('by the operator');
    const refused = await open();
    expect((await refused.page(`/r/${refused.id}`)).text).toContain('what was not fit to be posted');
  });

  it('say that a post was taken back, with its hash in the place of its words', async () => {
    const said = { id: '0', author: 'ada', url: 'https://town.example/@ada/0', text: 'The ferry is late.' };
    const { id, page, tools } = await open({ thread: [said] });
    const { mention } = aReceipt();
    await tools.receipts.strike(mention.network, mention.account, 'r1', [{ ...mention, id: '0' }]);
    const { text } = await page(`/r/${id}`);
    expect(text).toMatch(/a post that was taken back or changed since <span dir="auto">sha256:[0-9a-f]{16}</u);
    expect(text).not.toMatch(/@ada|The ferry is late/u);
    // What was removed meanwhile does not come back.
    await tools.receipts.remove(mention.network, mention.account, 'r1');
    await tools.receipts.strike(mention.network, mention.account, 'r1', [mention]);
    expect(await redis().client.keys('repartee:receipt:*')).toEqual([]);
  });

  it('tell that a draft was withheld and why, and do not publish its words', async () => {
    const { id, page } = await open();
    for (const { text } of [await page(`/r/${id}`), await page(`/r/${id}.json`)]) {
      expect(text).toContain('it called somebody');
      expect(text).not.toContain('victim');
    }
  });

  it('are signed: every changed byte is noticed, and another key is told apart', async () => {
    const { id, page } = await open();
    const { text } = await page(`/r/${id}.json`);
    const checked = checkReceipt(text);
    expect(checked).toMatchObject({ valid: true, receipt: { id, answer: { text: 'Never. It is a ferry, not a promise.' } } });
    expect(checkReceipt(`${text}\n`).valid).toBe(true);
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [0x01, 0x20]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        if (checkReceipt(changed.toString('utf8')).valid) throw new Error(`byte ${at} may be changed: ${changed.subarray(Math.max(0, at - 20), at + 20).toString()}`);
      }
    }
    const { receipt, key, signature } = JSON.parse(text) as Record<string, unknown>;
    for (const forged of [JSON.stringify({ receipt, key, signature }, undefined, 2), JSON.stringify({ receipt, key, signature, note: 'x' }), JSON.stringify({ key, receipt, signature }), `\uFEFF${text}`, text.replace('{', '{"__proto__":{"id":"x"},'), `${text}\n\n`]) {
      expect([forged.slice(0, 30), checkReceipt(forged).valid]).toEqual([forged.slice(0, 30), false]);
    }
    const lossy = text.replace('ferry', '\uFFFDerry');
    expect(checkReceipt(Buffer.concat([Buffer.from(lossy.split('\uFFFD')[0] ?? ''), Buffer.from([0xFF]), Buffer.from(lossy.split('\uFFFD')[1] ?? '')]))).toEqual({ valid: false, why: 'it is no UTF-8' });
  }, 30_000);

  it('keep one key for all processes on a store', async () => {
    const one = await openTestWeb(redis().client);
    const other = await openTestWeb(redis().client);
    expect((await one.tools.signer()).key).toBe((await other.tools.signer()).key);
  });

  it('tell the way of the mention through the ledger', async () => {
    const { id, page, tools } = await open();
    const { mention } = aReceipt();
    const ledger = tools.ledger as Ledger;
    await ledger.see(mention.network, mention.account, [aMention('1', { network: 'town', account: 'quip@town.example' })], 'c1');
    await ledger.change(mention, { from: ['seen'], to: 'drafted' });
    await ledger.change(mention, { from: ['drafted'], to: 'posting' });
    await ledger.change(mention, { from: ['posting'], to: 'posted' });
    const { receipt } = JSON.parse((await page(`/r/${id}.json`)).text) as { receipt: { answer: { at: string; postedAt: string }; history: { state: string; at: string }[] } };
    // A draft may wait for long: it answered when it was posted.
    expect(receipt.answer).toMatchObject({ at: '2026-11-23T12:00:00.000Z', postedAt: receipt.history.at(-1)?.at });
    expect((await page(`/r/${id}`)).text).toContain(`It answered · <time datetime="${receipt.answer.postedAt}">`);
    expect(receipt.history.map(({ state }) => state)).toEqual(['seen', 'drafted', 'posting', 'posted']);
  });

  it('are not there for what only some could see', async () => {
    for (const more of [{ visibility: 'followers' as const }, { visibility: 'direct' as const }, { privately: true as const }, { reply: { id: 'r1', url: '', visibility: 'direct' as const } }]) {
      const { id, page } = await open(more);
      expect((await page(`/r/${id}`)).status).toBe(404);
      expect((await page(`/r/${id}.json`)).status).toBe(404);
    }
  });

  it('go with their answer, and leave only links when words had to go', async () => {
    const { id, page, tools } = await open({ forgetAt: new Date(Date.now() + 300).toISOString() });
    await new Promise(resolve => setTimeout(resolve, 400));
    const { text } = await page(`/r/${id}.json`);
    expect(text).not.toMatch(/ever on time|ferry is late|milo/u);
    expect(text).toContain('"forgotten":true');
    expect((await page(`/r/${id}`)).text).toContain('Hashes of it remain');
    await tools.receipts.remove('town', 'quip@town.example', 'r1');
    expect((await page(`/r/${id}`)).status).toBe(404);
    expect(await redis().client.keys('repartee:receipt-id:*')).toEqual([]);
  });

  it('answer unknown, forged and huge addresses with a clear page', async () => {
    const { page } = await open();
    for (const path of ['/r/aaaaaaaaaaa', '/r/../../etc/passwd', '/r/%00', `/r/${'a'.repeat(5_000)}`, '/r/*.json', '/prompts/nothing', `/r/aaaaaaaaaaa?lang=${'x'.repeat(8_000)}`]) {
      const { status, text } = await page(path);
      expect([404, 414, 400]).toContain(status);
      expect(text.length).toBeLessThan(3_000);
    }
  });

  it('say that the store is in trouble, and lose nothing', async () => {
    const { url } = await openTestWeb(redis().client, { trouble: () => 'Redis is away' });
    expect((await fetch(`${url}/r/aaaaaaaaaaa`)).status).toBe(503);
    expect((await fetch(`${url}/r/aaaaaaaaaaa.json`)).status).toBe(503);
  });

  it('may be looked at by nobody who gave our address another name', async () => {
    const { url } = await openTestWeb(redis().client);
    const { request } = await import('node:http');
    const status = await new Promise(resolve => request(`${url}/r/aaaaaaaaaaa`, { headers: { host: 'evil.example' } }, answer => resolve(answer.statusCode)).end());
    expect(status).toBe(403);
  });
});
