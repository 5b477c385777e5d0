import type { FastifyInstance } from 'fastify';
import type { Desk, DeskTools } from './tools.ts';
import { html, type Html } from './html.ts';

export const pageLength = 50;

/** A number of a page in an address, from 1. */
export const readPage = (text: unknown): number => (typeof text === 'string' && /^[1-9]\d{0,5}$/u.test(text) ? Number(text) : 1);

/** Newer and older; nothing where one page holds everything. `to`: the address, up to its number. */
export const toPager = (to: string, page: number, total: number): Html | undefined => {
  const last = Math.max(1, Math.ceil(total / pageLength));
  if (last === 1) return undefined;
  return html`<nav class="pager" aria-label="Pages">${page > 1 && html`<a href="${to}${page - 1}" rel="prev">Newer</a>`} <span>${page} of ${last}</span> ${page < last && html`<a href="${to}${page + 1}" rel="next">Older</a>`}</nav>`;
};

/** What was done, when and by whom. */
export function addAudit(app: FastifyInstance, find: () => DeskTools, desk: Desk): void {
  app.get<{ Querystring: { page?: string } }>('/desk/log', async (request, answer) => {
    const page = readPage(request.query.page);
    const { acts, total } = await find().access.audit.list(pageLength, (page - 1) * pageLength);
    return desk.sendDesk(request, answer, {
      title: 'Log',
      body: html`<section class="sheet"><h1>Log</h1>
<p class="soft">What was done at this desk, by phone and on the command line.</p>
<table><thead><tr><th scope="col">When (UTC)</th><th scope="col">Who</th><th scope="col">What</th></tr></thead><tbody>
${acts.map(({ at, by, what, on, outcome }) => html`<tr><td><time datetime="${new Date(at).toISOString()}">${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}</time></td><td>${by}</td><td>${what}${on !== undefined && html` <code>${on}</code>`}${outcome !== undefined && html` <span class="soft">${outcome}</span>`}</td></tr>
`)}</tbody></table>
${acts.length === 0 && html`<p>Nothing yet.</p>`}
${toPager('/desk/log?page=', page, total)}</section>`,
    });
  });
}
