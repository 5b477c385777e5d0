import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptForms, csrf, formOf, isForeign, letIn, logOut, sessionOf, type Form, type Refusal } from './access.ts';
import { addAudit } from './audit-page.ts';
import { addBench } from './bench.ts';
import { addBoard } from './board-page.ts';
import { addFiguresPage } from './figures-page.ts';
import { addHealthPage } from './health-page.ts';
import { html, type Html } from './html.ts';
import { logIn } from './login.ts';
import { addMention } from './mention-page.ts';
import { sendPage, sendSorry, sendTrouble } from './page.ts';
import { addSettings } from './settings-page.ts';
import { addSwitch } from './switch-routes.ts';
import type { Desk, DeskTools, ShowAgain } from './tools.ts';

const places: readonly (readonly [path: string, name: string])[] = [
  ['/desk/bench', 'Bench'], ['/desk/figures', 'Figures'], ['/desk/health', 'Health'], ['/desk/settings', 'Settings'], ['/desk/log', 'Log'],
];

const toNav = (request: FastifyRequest): Html => {
  const { name } = sessionOf(request);
  const path = request.url.split('?')[0];
  return html`<nav class="desk" aria-label="Desk"><a href="/desk" class="home"${path === '/desk' && html` aria-current="page"`}>Desk</a>
${places.map(([to, title]) => html`<a href="${to}"${path === to && html` aria-current="page"`}>${title}</a>
`)}<form method="post" action="/desk/logout">${csrf(request)}<button>Leave<span class="unseen">, ${name}</span></button></form></nav>`;
};

const desk: Desk = {
  csrf,
  sendDesk: (request, answer, page) => sendPage(answer.header('cache-control', 'no-store'), { ...page, language: 'en', isWide: true, nav: toNav(request) }),
};

/** Where a login leads: only to a place of the desk. */
const toPlace = (to: string | undefined): string => (to !== undefined && /^\/desk(?:[/?][\w/?&=.%~:@,+-]*)?$/u.test(to) ? to : '/desk');

/** A form that was sent by somebody who is not logged in any more: what it was sent to, and what stood in it. */
interface Kept { readonly at: string; readonly form: Form }

const keptName = 'kept.';
const readKept = (form: Form): Kept | undefined => {
  const { at } = form;
  if (at === undefined) return undefined;
  return { at, form: Object.fromEntries(Object.entries(form).flatMap(([name, value]) => (name.startsWith(keptName) ? [[name.slice(keptName.length), value]] : []))) };
};
const toKept = ({ at, form }: Kept): Html => html`<input type="hidden" name="at" value="${at}">${Object.entries(form).map(([name, value]) => name !== 'csrf' && html`<input type="hidden" name="${keptName}${name}" value="${value}">`)}
${toWritten(form)}`;
/** Whatever becomes of a form, what somebody typed into it is not lost. */
const toWritten = ({ text = '' }: Form): Html | false => text !== '' && html`<h2>What you wrote</h2><pre class="prompt" tabindex="0">
${text}</pre>`;

/** The operator's desk: every page of it behind the same door. */
export function addDesk(app: FastifyInstance, find: () => DeskTools | undefined): void {
  const opened = (): DeskTools => {
    const tools = find();
    if (!tools) throw new Error('the desk is not open yet');
    return tools;
  };
  const again = new Map<string, ShowAgain>();
  const refuse = (request: FastifyRequest, answer: FastifyReply, { status, why }: Refusal): FastifyReply => {
    const { access } = opened();
    const hasPassword = access.passwordHash !== undefined;
    const isSent = request.method === 'POST';
    const form = formOf(request);
    if (status === 401 && hasPassword && isSent) return sendLogin(answer, toPlace(undefined), { why, status, kept: { at: request.routeOptions.url ?? '', form } });
    const title = status === 401 ? 'Not logged in' : 'Not done';
    return sendPage(answer.header('cache-control', 'no-store'), {
      language: 'en', status, title, nav: hasPassword && html`<nav class="desk"><a href="/desk/login">Log in</a></nav>`,
      // What another site wrote is none of his.
      body: html`<article class="sheet"><h1>${title}</h1><p>${why}</p>${isSent && !isForeign(request, access) && toWritten(form)}</article>`,
    });
  };
  void app.register(async room => {
    acceptForms(room);
    room.addHook('onRequest', async (request, answer) => {
      const tools = find();
      return !tools || tools.trouble() !== undefined ? sendTrouble(request, answer) : undefined;
    });

    room.get<{ Querystring: { to?: string } }>('/desk/login', (request, answer) =>
      (opened().access.passwordHash === undefined ? answer.code(302).header('location', '/desk').send() : sendLogin(answer, toPlace(request.query.to))));
    room.post('/desk/login', async (request, answer) => {
      const { access } = opened();
      if (isForeign(request, access)) return sendSorry(answer, 'en', 403, 'Not done', 'This form was sent from another site.');
      const form = formOf(request);
      const [to, kept] = [toPlace(form['to']), readKept(form)];
      const login = await logIn(request, answer, access);
      const show = kept && again.get(kept.at);
      if (login.done && access.passwordHash !== undefined && show) return show(request, answer, kept.form);
      if (login.done) return answer.code(303).header('location', to).send();
      if (login.waitMs !== undefined) void answer.header('retry-after', Math.ceil(login.waitMs / 1_000));
      return sendLogin(answer, to, { why: login.why, status: login.status, kept });
    });

    void room.register(async inside => {
      inside.addHook('preHandler', async (request, answer) => {
        const refused = await letIn(request, answer, opened().access);
        if (!refused) return undefined;
        if (refused.status === 303) return answer.code(303).headers({ 'location': '/desk', 'cache-control': 'no-store' }).send();
        if (refused.status === 302) return answer.code(302).header('location', `/desk/login?to=${encodeURIComponent(toPlace(request.url))}`).send();
        return refuse(request, answer, refused);
      });
      inside.post('/desk/logout', async (request, answer) => {
        await logOut(request, answer, opened().access);
        return answer.code(303).header('location', '/desk/login').send();
      });
      for (const add of [addBoard, addSwitch, addFiguresPage, addHealthPage, addSettings, addAudit]) add(inside, opened, desk);
      again.set('/desk/act', addMention(inside, opened, desk));
      again.set('/desk/bench', addBench(inside, opened, desk));
    });
  });
}

const sendLogin = (answer: FastifyReply, to: string, { why, status = 200, kept }: { readonly why?: string; readonly status?: number; readonly kept?: Kept | undefined } = {}): FastifyReply => sendPage(answer.header('cache-control', 'no-store'), {
  language: 'en', title: 'Desk', status,
  body: html`<form class="sheet login" method="post" action="/desk/login">
<h1>Desk</h1>
<p class="soft">For whoever runs this bot. Everybody else: <a href="/about">about it</a>.</p>
${why !== undefined && html`<p class="bad" role="alert">${why}</p>`}
<input type="hidden" name="to" value="${to}">
<label>Your name, for the log <input name="name" autocomplete="username" maxlength="40" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button class="main">Come in</button>
${kept && toKept(kept)}
</form>`,
});
