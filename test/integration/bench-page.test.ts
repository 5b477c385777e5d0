// The bench as a page, on a small desk that stands in for the real one.
import { fastify } from 'fastify';
import { expect, it } from '@jest/globals';
import { TemporaryError } from '../../src/core/errors.ts';
import type { Bench } from '../../src/core/rehearsal.ts';
import { addBench } from '../../src/web/bench.ts';
import { escape, html } from '../../src/web/html.ts';
import { makeVoices, openBenchOf } from '../support/bench.ts';
import { anAuthor, aMention, anItem, goodAnswer } from '../support/fixtures.ts';
import { openLine, type Line } from '../support/line.ts';
import { describeOnRedis } from '../support/redis-servers.ts';

/** A desk whose door is open. */
function openDesk(line: Line, bench: Bench | undefined) {
  const app = fastify();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 65_536 }, (_, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))));
  addBench(app, () => bench && { accounts: [line.network], bench }, {
    csrf: () => html`<input type="hidden" name="csrf" value="a-token">`,
    sendDesk: (_, answer, { title, body, status = 200 }) => answer.code(status).type('text/html').send(html`<title>${title}</title>${body}`.html),
  });
  return {
    look: (query = '') => app.inject({ url: `/desk/bench${query}` }),
    send: (form: Readonly<Record<string, string>>) => app.inject({ method: 'POST', url: '/desk/bench', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ voice: 'dry', other: '', network: 'faketown', ...form }).toString() }),
  };
}

const attacks = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'-alert(1)-'", '</textarea></pre></details><svg onload=alert(1)>', '<a href="javascript:alert(1)">x</a>', '\u202Egpj.exe<iframe srcdoc=x>'];

describeOnRedis('the page of the bench', redis => {
  it('has a form of what can be tried, filled in as its address says', async () => {
    const line = openLine(redis().client);
    const { statusCode, body } = await openDesk(line, openBenchOf(line, redis().client, { folder: makeVoices({ broken: 'nome: broken\n' }) })).look('?mention=4711&voice=dry&text=hello&text=again');
    expect(statusCode).toBe(200);
    expect(body).toContain('name="csrf" value="a-token"');
    expect(body).toContain('name="mention" value="4711"');
    expect(body).toContain('<option value="faketown">faketown (quip@town.example)</option>');
    expect(body).toContain('<option value="dry" selected>dry</option>');
    expect(body).toContain('<option value="broken" disabled>broken (broken)</option>');
    expect(body).toMatch(/<strong>broken<\/strong> is broken: [^<]*broken\.yaml:1:1: /u);
  });

  it('shows two voices with answer, gates, drafts, cost, receipt and prompt', async () => {
    const item = anItem('Ferry strike enters its third day', { url: 'https://herald.example/ferry' });
    const line = openLine(redis().client, { gathered: { open: false, items: [item] }, says: ['Ask @wilma about it.'] });
    const { statusCode, body } = await openDesk(line, openBenchOf(line, redis().client)).send({ text: 'is the ferry\r\never on time?', other: 'wet' });
    expect(statusCode).toBe(200);
    expect(body.match(/<article class="sheet">/gu)).toHaveLength(2);
    expect(body).toContain('is the ferry\never on time?</blockquote>');
    expect(body.match(new RegExp(`<blockquote class="spoken answer" dir="auto" lang="en">${goodAnswer}</blockquote>`, 'gu'))).toHaveLength(2);
    expect(body).toContain(`${goodAnswer.length} of 220 characters, in en`);
    expect(body).toMatch(/Ask @wilma about it\.<\/p>\s*<dl class="facts"><dt>Does the draft hold nothing forbidden\?<\/dt><dd class="bad">it /u);
    expect(body).toContain('20 in, 10 out');
    expect(body.match(/<a href="https:\/\/herald\.example\/ferry" rel="noreferrer nofollow ugc">Ferry strike/gu)).toHaveLength(2);
    expect(body).toContain('Dry as a biscuit.');
    expect(body).toContain('Material, the second time');
    expect(body).toContain('<option value="wet" selected>wet</option>');
  });

  it('shows silence with its reason, and that no model was asked', async () => {
    const line = openLine(redis().client);
    await line.see(aMention('1', { author: anAuthor('milo', { isBot: true }) }));
    const { statusCode, body } = await openDesk(line, openBenchOf(line, redis().client)).send({ mention: '1' });
    expect(statusCode).toBe(200);
    expect(body).toContain('<strong>Silence:</strong> from a bot account');
    expect(body).toContain('No model was asked.');
    expect(body).not.toContain('<details>');
  });

  it.each([
    ['nothing at all', {}, 'Write what somebody might ask'],
    ['10,000 characters', { text: 'a'.repeat(10_000) }, 'That is 10000 characters long'],
    ['an unknown persona', { text: 'hello?', voice: 'nobody' }, 'There is no persona “nobody”'],
    ['an unknown id', { mention: '4711' }, 'No mention and no receipt is kept under “4711”'],
  ])('answers %s with a clear line, and keeps what was filled in', async (_, form, line) => {
    const { statusCode, body } = await openDesk(openLine(redis().client), openBenchOf(openLine(redis().client), redis().client)).send(form);
    expect(statusCode).toBe(400);
    expect(body).toContain(`<p class="bad" role="alert">${line}`);
    for (const value of Object.values(form)) expect(body).toContain(value);
  });

  it('says when it is busy, when the model is down and when the bot is not there yet', async () => {
    const line = openLine(redis().client, { says: [new TemporaryError('llm.example did not answer in time')] });
    const desk = openDesk(line, openBenchOf(line, redis().client));
    const [one, other] = await Promise.all([desk.send({ text: 'hello?' }), desk.send({ text: 'hello?' })]);
    expect([one.statusCode, other.statusCode]).toEqual([200, 429]);
    expect(one.body).toContain('Nothing came of it: llm.example did not answer in time.');
    expect(other.headers['retry-after']).toBe('5');
    expect(other.body).toContain('one at a time');
    const early = await openDesk(line, undefined).send({ text: 'hello?' });
    expect([early.statusCode, early.body.includes('still starting')]).toEqual([503, true]);
  });

  it.each(attacks)('shows %j as text, whoever wrote it', async attack => {
    const says = [`@wilma ${attack}`, `I would rather not say ${attack} to a ferry.`];
    const folder = makeVoices({
      dry: `name: dry\nabout: ${JSON.stringify(attack)}\nvoice: ${JSON.stringify(attack)}\ncheek: 3\nlanguages: [en]\n`,
      [`<b>${attack.replace(/\//gu, '')}`]: `${JSON.stringify(attack)}: 1\n`,
    });
    const item = anItem(attack, { source: attack, url: 'javascript:alert(1)', matched: [attack] });
    const line = openLine(redis().client, { gathered: { open: false, items: [item] }, says: [...says, goodAnswer] });
    await line.see(aMention('1', { text: attack, url: 'javascript:alert(1)', author: anAuthor('milo', { name: attack, handle: attack }) }));
    const desk = openDesk(line, openBenchOf(line, redis().client, { folder }));
    const pages = [await desk.send({ text: attack, mention: '' }), await desk.send({ mention: '1' }), await desk.send({ text: attack, mention: attack, network: attack }), await desk.look(`?${new URLSearchParams({ text: attack, mention: attack }).toString()}`)];
    for (const { body } of pages) {
      const own = body.replaceAll(escape(attack), '');
      expect(body).toContain(escape(attack));
      expect(body).not.toContain(attack);
      expect(own).not.toMatch(/<script|<img|<svg|<iframe|<b>|href="javascript/iu);
    }
  });
});
