import type { FastifyInstance } from 'fastify';
import { html } from './html.ts';
import type { Desk, DeskTools } from './tools.ts';

/** How its parts fare, what it reads from and what that costs. */
export function addHealthPage(app: FastifyInstance, find: () => DeskTools, desk: Desk): void {
  app.get('/desk/health', async (request, answer) => {
    const { board, scrub } = find();
    const { lines, troubles, sources, bills, leftAlone } = await board.health();
    return desk.sendDesk(request, answer, {
      title: 'Health',
      body: html`<section class="sheet"><h1>Health</h1>
${troubles.length === 0 ? html`<p class="good">No trouble.</p>` : html`<ul>${troubles.map(({ part, line, at }) => html`<li class="bad"><strong>${part}</strong> ${scrub(line)} <span class="soft">since ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}</span></li>`)}</ul>`}
<ul class="thread">${lines.map(line => html`<li>${scrub(line)}</li>`)}</ul></section>
<section class="sheet"><h2>What it reads from</h2>
<table><thead><tr><th scope="col">Source</th><th scope="col" class="number">Items</th><th scope="col">Newest</th></tr></thead><tbody>
${sources.map(({ name, items, newest = '' }) => html`<tr><td>${name}</td><td class="number">${items}</td><td>${newest.slice(0, 16).replace('T', ' ')}</td></tr>
`)}</tbody></table>${sources.length === 0 && html`<p class="soft">Nothing has been read yet.</p>`}</section>
<section class="sheet"><h2>Money</h2>
${bills.length === 0 && html`<p class="soft">No network here costs anything.</p>`}
${bills.map(({ network, account, today, total, perDay, lines: parts }) => html`<h3>${network} ${account}</h3><p>$${today.toFixed(3)} today of $${perDay.toFixed(2)}, $${total.toFixed(3)} in all, by its price list. <meter min="0" max="${perDay}" value="${today}" aria-label="spent today"></meter></p>
<ul class="thread">${parts.map(({ what, count, dollars }) => html`<li>${count} × ${what}: $${dollars.toFixed(3)}</li>`)}</ul>`)}</section>
<section class="sheet"><h2>People</h2><p>${leftAlone} ${leftAlone === 1 ? 'wish' : 'wishes'} to be left alone are kept, as hashes: who they are cannot be read here. How often somebody may ask stands under <a href="/desk/settings">settings</a> (manners.quotas).</p></section>`,
    });
  });
}
