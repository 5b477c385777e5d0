// Every page there is, asked for by somebody who is not logged in.
import { fastify } from 'fastify';
import { expect, it } from '@jest/globals';
import { addRoutes } from '../../src/web/index.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { aReceipt, openTestWeb, quickHash } from '../support/web.ts';

/** For everybody. Whoever adds a page names it here or below. */
const open = ['GET /r/:id', 'GET /prompts/:version', 'GET /assets/style.css', 'GET /assets/desk.js', 'GET /assets/htmx.js', 'GET /assets/figures.js', 'GET /assets/chart.js', 'GET /assets/chart.css', 'GET /healthz', 'GET /readyz', 'GET /metrics', 'GET /about', 'GET /desk/login', 'POST /desk/login'];
/** Of the open ones those that no browser reads. */
const forMachines = ['GET /healthz', 'GET /readyz', 'GET /metrics'];
/** For the operator. */
const closed = [
  'GET /desk', 'GET /desk/list', 'GET /desk/mention', 'POST /desk/act', 'POST /desk/pause', 'POST /desk/resume', 'POST /desk/undo', 'POST /desk/logout',
  'GET /desk/figures', 'GET /desk/bench', 'POST /desk/bench', 'GET /desk/health', 'GET /desk/settings', 'GET /desk/log',
];

describeOnRedis('without a login', redis => {
  it.each([['with', 'correct horse battery'], ['without', '']])('nothing is reached but what everybody may see, %s a password', async (_, password) => {
    const { tools } = await openTestWeb(redis().client, { ...password !== '' && { passwordHash: quickHash(password) } });
    const receipt = aReceipt();
    await tools.receipts.put(receipt);
    const { id = '' } = await tools.receipts.get(receipt.mention.network, receipt.mention.account, 'r1') ?? {};
    const app = fastify();
    const routes: { readonly method: string; readonly url: string }[] = [];
    app.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map(each => ({ method: each, url }))));
    addRoutes(app, () => tools);
    await app.ready();
    const toName = ({ method, url }: { readonly method: string; readonly url: string }): string => `${method} ${url.replace(/^\/assets\/\w+\//u, '/assets/')}`;
    expect(routes.filter(({ method }) => method !== 'HEAD').map(toName).toSorted()).toEqual([...open, ...closed].toSorted());

    for (const route of routes) {
      const isOpen = open.includes(toName({ ...route, method: route.method === 'HEAD' ? 'GET' : route.method }));
      const url = route.url.replace(':id', id);
      for (const headers of [{}, { cookie: 'repartee_desk=chosen' }, { cookie: 'repartee_desk=', 'hx-request': 'true' }, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, { 'x-forwarded-for': '127.0.0.1', authorization: 'Basic YWRtaW46YWRtaW4=' }] as Record<string, string>[]) {
        const answer = await app.inject({ method: route.method as 'GET', url, headers: { ...headers, ...(route.method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }) }, ...(route.method === 'POST' && { payload: 'csrf=&what=approve&network=town&account=a&id=1&fence=1.0' }) });
        const told = [toName(route), headers, answer.statusCode];
        if (password === '' && route.url === '/desk/login') expect([302, 303, 403]).toContain(answer.statusCode);
        else if (isOpen) expect([200, 401, 403, 404]).toContain(answer.statusCode);
        else if (![302, 401, 403].includes(answer.statusCode)) throw new Error(`${toName(route)} says ${answer.statusCode} to ${JSON.stringify(headers)}`);
        if (answer.statusCode === 302) expect(answer.headers.location).toMatch(password === '' ? /^\/desk$/u : /^\/desk\/login\?to=%2Fdesk/u);
        expect([...told, answer.headers['set-cookie']]).toEqual([...told, undefined]);
        expect(answer.body).not.toContain('csrf');
        if (forMachines.includes(`GET ${route.url}`)) continue;
        expect(answer.headers).toMatchObject({ 'content-security-policy': expect.stringContaining("default-src 'none'"), 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex, nofollow' });
      }
    }
    expect((await tools.access.audit.list(10)).acts.filter(({ by }) => by !== 'somebody')).toEqual([]);
    await app.close();
  });
});
