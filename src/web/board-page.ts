import type { FastifyInstance } from 'fastify';
import { standingOf, standings, type LedgerRecord, type Standing } from '../core/record.ts';
import { pageLength, readPage, toPager } from './audit-page.ts';
import type { Visibility } from '../core/types.ts';
import { html, link, type Html } from './html.ts';
import type { Desk, DeskTools, Place } from './tools.ts';

/** What the tabs are called, and what is under them. */
const tabs: Readonly<Record<string, { readonly name: string; readonly states: readonly Standing[] }>> = {
  held: { name: 'Waiting for you', states: ['held'] },
  open: { name: 'Under way', states: ['seen', 'drafted', 'ready', 'posting', 'unknown'] },
  posted: { name: 'Answered', states: ['posted'] },
  skipped: { name: 'Left alone', states: ['skipped'] },
  trouble: { name: 'In trouble', states: ['parked', 'quarantined', 'rejected', 'withheld'] },
  orders: { name: 'Your orders', states: ['ordered'] },
  all: { name: 'All', states: standings },
};

interface Query { readonly tab?: string; readonly page?: string }

/** The desk's first page: what may be posted, what waits, and what became of every mention. */
export function addBoard(app: FastifyInstance, find: () => DeskTools, desk: Desk): void {
  const read = async ({ tab: wanted, page: number }: Query, places: readonly Place[]) => {
    const held = places.reduce((sum, { counts }) => sum + (counts.held ?? 0), 0);
    const tab = wanted !== undefined && Object.hasOwn(tabs, wanted) ? wanted : held > 0 || places.some(({ holds }) => holds) ? 'held' : 'posted';
    const list = (page: number) => find().board.list(tabs[tab]?.states ?? [], { limit: pageLength, skip: (page - 1) * pageLength });
    const asked = readPage(number);
    const { records, total } = await list(asked);
    // Who decided on the last one of a page is not left on an empty one.
    const page = Math.min(asked, Math.max(1, Math.ceil(total / pageLength)));
    return { tab, page, records: page === asked ? records : (await list(page)).records, total };
  };

  app.get<{ Querystring: Query }>('/desk', async (request, answer) => {
    const { board } = find();
    const places = await board.places();
    const { tab, page, records, total } = await read(request.query, places);
    return desk.sendDesk(request, answer, {
      title: 'Desk', scripts: ['htmx', 'desk'],
      body: html`<h1 class="unseen">Desk</h1>
<div class="places">${places.map(place => toPlaceCard(place, desk.csrf(request), places.length === 1))}${places.length !== 1 && toSwitch(places, desk.csrf(request))}</div>
<nav class="tabs" aria-label="Mentions">${Object.entries(tabs).map(([key, { name, states }]) => html`<a href="/desk?tab=${key}"${key === tab && html` aria-current="page"`}>${name} ${toCount(key, places, states)}</a>
`)}</nav>
<div class="news"><p id="stale" class="bad" role="status" hidden>This list is not fresh any more: the bot does not answer, or you are not logged in. <a href="/desk">Open the desk again</a></p>
<p id="news" role="status" hidden><span></span> <a href="/desk?tab=${tab}&amp;page=${page}" data-key="n" title="key n" hidden>refresh</a></p></div>
<div id="list" hx-get="/desk/list?tab=${tab}&amp;page=${page}" hx-trigger="every 4s, refresh" hx-swap="innerHTML">${toList(tab, page, records, total, desk.csrf(request))}</div>
<p class="soft keys">Keys: <kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>o</kbd> open, <kbd>a</kbd> approve, <kbd>g</kbd> ask again, <kbd>r</kbd> reject, <kbd>n</kbd> show what is new, <kbd>p</kbd> pause everything</p>`,
    });
  });

  app.get<{ Querystring: Query }>('/desk/list', async (request, answer) => {
    const places = await find().board.places();
    const { tab, page, records, total } = await read(request.query, places);
    // What waits under another tab is seen to come in as well.
    const counts = Object.entries(tabs).map(([key, { states }]) => toCount(key, places, states, true));
    return answer.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html`${toList(tab, page, records, total, desk.csrf(request))}${counts}`.html);
  });
}

const count = (places: readonly Place[], states: readonly Standing[]): number => places.reduce((sum, { counts }) => sum + states.reduce((part, state) => part + (counts[state] ?? 0), 0), 0);
const toCount = (tab: string, places: readonly Place[], states: readonly Standing[], isLate = false): Html => html`<span class="count" id="count-${tab}"${isLate && html` hx-swap-oob="true"`}>${count(places, states)}</span>`;

const toPlaceCard = ({ network, handle, paused, holds, counts }: Place, csrf: Html, isOnly: boolean): Html => html`<section class="sheet place">
<h2>${network} <span class="soft">@${handle}</span></h2>
<p>${counts.posted ?? 0} answered, ${counts.skipped ?? 0} left alone${holds && ', every answer waits for you'}</p>
${paused !== undefined && html`<p class="bad">Paused: ${paused}</p>`}
<div class="row">${toForm(paused === undefined ? '/desk/pause' : '/desk/resume', csrf, paused === undefined ? 'Pause' : 'Resume', { network }, isOnly && paused === undefined ? 'p' : undefined)}</div>
<details><summary>Remove answers</summary><form method="post" action="/desk/undo" class="row">${csrf}<input type="hidden" name="network" value="${network}">
<label class="inline">of the last <select name="since"><option value="30">30 minutes</option><option value="120">2 hours</option><option value="1440">day</option></select></label>
<details class="sure"><summary>Remove…</summary><p class="bad">They go from ${network} for good.</p><button class="danger">Yes, remove them</button></details></form></details>
</section>`;

const toSwitch = (places: readonly Place[], csrf: Html): Html => html`<section class="sheet place"><h2>Everything</h2>
<p class="soft">${places.length === 0 ? 'No account is configured.' : 'All networks at once.'}</p>
<div class="row">${toForm('/desk/pause', csrf, 'Pause everything', {}, 'p')}${places.some(({ paused }) => paused !== undefined) && toForm('/desk/resume', csrf, 'Resume everything')}</div></section>`;

/** One button that does one thing. */
export const toForm = (action: string, csrf: Html, name: string, fields: Readonly<Record<string, string>> = {}, key?: string, style = ''): Html => html`<form method="post" action="${action}">${csrf}
${Object.entries(fields).map(([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`)}
<button class="${style}"${key !== undefined && html` data-key="${key}" title="key ${key}"`}>${name}</button></form>
`;

export const toAddress = ({ network, account, id }: Pick<LedgerRecord, 'network' | 'account' | 'id'>): string => `/desk/mention?${new URLSearchParams({ network, account, id }).toString()}`;

/** Where a form of the list leads back to: the tab and the page that it was sent from. */
export const toListAddress = ({ tab = '', page }: Query): string => (Object.hasOwn(tabs, tab) ? `/desk?tab=${tab}&page=${readPage(page)}` : '/desk');

/** Names what is seen on a card: another draft of the same mention is another card. */
const toKey = ({ network, account, id, fence = '' }: LedgerRecord): string => [network, account, id, fence].join('/');

const seenBy: Readonly<Record<Visibility, string>> = { public: 'public', unlisted: 'unlisted', followers: 'private: followers only', direct: 'private: a direct message' };

/** Who can see the mention, and where that is not everybody, so that it is not overlooked. */
export const toSeen = ({ mention: { visibility }, draft }: LedgerRecord): Html => html`<span${['followers', 'direct'].includes(visibility) && html` class="state private"`}>${seenBy[visibility]}</span>${draft?.privately && html` <span class="state private">answered in private</span>`}`;

/** Whoever read an earlier draft, or approved it, must know that this is about other words. */
export const toReworded = ({ reworded, state }: LedgerRecord): Html | false => reworded !== undefined && html`<p class="reason">Its author edited it ${reworded === 1 ? 'once' : `${reworded} times`} after an answer was written, which was not posted${state === 'held' && ': this one answers what it says now'}.</p>`;

function toList(tab: string, page: number, records: readonly LedgerRecord[], total: number, csrf: Html): Html {
  return html`${records.length === 0 && html`<p class="sheet">${tab === 'held' ? 'Nothing waits for you.' : 'None.'}</p>`}
<ol class="cards">${records.map(record => html`<li class="sheet card" tabindex="-1" data-draft="${toKey(record)}">
<p class="facts-line"><span class="state ${record.state}">${standingOf(record)}</span> ${record.network} · <strong>@${record.mention.author.handle}</strong> · ${toSeen(record)} · <time datetime="${new Date(record.updatedAt).toISOString()}">${new Date(record.updatedAt).toISOString().slice(0, 19).replace('T', ' ')}</time> · <a href="${toAddress(record)}" data-key="o">open</a>${record.reply && html` · ${link(record.reply.url, 'the answer')}`}</p>
${record.mention.text !== '' && html`<p class="asked" dir="auto">${record.mention.text}</p>`}
${record.draft && html`<p class="draft" dir="auto">${record.draft.receipt.answer}</p>`}
${record.reason !== undefined && html`<p class="reason">${record.reason}</p>`}
${toReworded(record)}
${record.state === 'held' && toHeldActs(record, csrf, { after: 'list', tab, page: String(page) })}
</li>
`)}</ol>
${toPager(`/desk?tab=${tab}&page=`, page, total)}`;
}

/** What is done with a held draft: the very one that is shown. `after`: where one goes on. */
export function toHeldActs(record: LedgerRecord, csrf: Html, after: Readonly<Record<string, string>>): Html {
  const { network, account, id, fence = '' } = record;
  const of = (what: string) => ({ network, account, id, fence, what, ...after });
  return html`<div class="row">${toForm('/desk/act', csrf, 'Approve', of('approve'), 'a', 'main')}${toForm('/desk/act', csrf, 'Ask again', of('ask again'), 'g')}${toForm('/desk/act', csrf, 'Reject', of('reject'), 'r', 'danger')}</div>`;
}
