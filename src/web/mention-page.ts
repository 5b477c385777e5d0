import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formOf, sessionOf } from './access.ts';
import { toAddress, toForm, toHeldActs, toListAddress, toReworded, toSeen } from './board-page.ts';
import { html, link, toWebAddress, type Html } from './html.ts';
import { toDuration } from './receipt-page.ts';
import { acts, type Desk, type DeskTools, type ShowAgain } from './tools.ts';
import { standingOf } from '../core/record.ts';
import type { MentionRef } from '../core/types.ts';

type Shown = NonNullable<Awaited<ReturnType<DeskTools['board']['show']>>>;

/** What was typed and not taken, so that it is not lost. */
interface Tried { readonly refused: string; readonly text?: string | undefined }

const readRef = ({ network, account, id }: Readonly<Record<string, unknown>>): MentionRef | undefined =>
  (typeof network === 'string' && typeof account === 'string' && typeof id === 'string' && id !== '' && [network, account, id].every(part => part.length <= 500) ? { network, account, id } : undefined);

/** Everything about one mention, and what can be done with it. */
export function addMention(app: FastifyInstance, find: () => DeskTools, desk: Desk): ShowAgain {
  app.get<{ Querystring: Record<string, string> }>('/desk/mention', async (request, answer) => {
    const ref = readRef(request.query);
    const shown = ref && await find().board.show(ref);
    if (!shown) return desk.sendDesk(request, answer, { title: 'No such mention', status: 404, body: html`<section class="sheet"><h1>No such mention</h1><p>The ledger does not know it, or not any more.</p></section>` });
    return desk.sendDesk(request, answer, { title: `Mention ${shown.record.id}`, scripts: ['desk'], body: toBody(shown, desk.csrf(request), find().scrub) });
  });

  app.post('/desk/act', async (request, answer) => {
    const form = formOf(request);
    const ref = readRef(form);
    const what = acts.find(act => act === form['what']);
    if (!ref || !what) return desk.sendDesk(request, answer, { title: 'Not done', status: 400, body: html`<section class="sheet"><h1>Not done</h1><p>This form was not made by this desk.</p></section>` });
    const { board } = find();
    const done = await board.act(what, ref, { by: sessionOf(request).name, fence: form['fence'] ?? '', text: form['text'] ?? '' });
    if (!('refused' in done)) return answer.code(303).header('location', form['after'] === 'list' ? toListAddress(form) : toAddress(ref)).send();
    return sendTried(request, answer, ref, { refused: done.refused, text: what === 'edit' ? form['text'] : undefined }, 409);
  });

  const sendTried = async (request: FastifyRequest, answer: FastifyReply, ref: MentionRef, tried: Tried, status: number): Promise<FastifyReply> => {
    const { board, scrub } = find();
    const shown = await board.show(ref);
    return desk.sendDesk(request, answer, {
      title: 'Not done', status, scripts: ['desk'],
      body: shown ? toBody(shown, desk.csrf(request), scrub, tried) : html`<section class="sheet"><h1>Not done</h1><p class="bad" role="alert">${tried.refused}</p>${tried.text !== undefined && html`<pre class="prompt">
${tried.text}</pre>`}</section>`,
    });
  };

  return (request, answer, form) => {
    const ref = readRef(form);
    if (ref && form['what'] === 'edit') return sendTried(request, answer, ref, { refused: 'you were not logged in any more; what you wrote is still here', text: form['text'] }, 200);
    return answer.code(303).header('location', ref && form['after'] !== 'list' ? toAddress(ref) : toListAddress(form)).send();
  };
}

function toBody({ record, receipt, isLeftAlone }: Shown, csrf: Html, scrub: (text: string) => string, tried?: Tried): Html {
  const { mention, draft, state, reply, reason } = record;
  const kept = draft?.receipt ?? receipt;
  const { network, account, id } = record;
  const of = (what: string) => ({ network, account, id, fence: record.fence ?? '', what });
  return html`<section class="sheet card" tabindex="-1">
<h1>@${mention.author.handle} <span class="state ${state}">${standingOf(record)}</span></h1>
${tried && html`<p class="bad" role="alert">Not done: ${tried.refused}</p>`}
${reason !== undefined && html`<p class="reason">${scrub(reason)}</p>`}
${toReworded(record)}
<p class="asked" dir="auto">${mention.text === '' ? kept?.asked ?? 'What was written is not kept any more.' : mention.text}</p>
<p class="soft">${network}, ${account}, ${toSeen(record)}, <time datetime="${mention.createdAt}">${mention.createdAt.slice(0, 19).replace('T', ' ')}</time>${toWebAddress(mention.url) !== undefined && html`, ${link(mention.url, 'the post')}`}</p>
${draft && html`<h2>Draft ${draft.number}</h2><p class="draft" dir="auto" lang="${draft.language}">${draft.receipt.answer}</p>`}
${state === 'held' && draft && html`${toHeldActs(record, csrf, { after: 'mention' })}
<form method="post" action="/desk/act">${csrf}${Object.entries(of('edit')).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label>Other words (they pass the same gate as a model’s) <textarea name="text" rows="4" dir="auto" data-key="e">
${tried?.text ?? draft.receipt.answer}</textarea></label>
<div class="row"><button>Change</button></div></form>`}
${!(state === 'held') && tried?.text !== undefined && html`<h2>What you wrote</h2><pre class="prompt">
${tried.text}</pre>`}
${reply && html`<h2>Answer</h2><p class="draft" dir="auto">${kept?.answer ?? ''}</p><p>${link(reply.url, reply.url)}${kept?.id !== undefined && html` · <a href="/r/${kept.id}">receipt</a>`}</p>`}
<div class="row">
${state === 'ready' && draft?.receipt.approved && toForm('/desk/act', csrf, 'Take the approval back', { ...of('reject'), fence: '' }, undefined, 'danger')}
${['parked', 'quarantined', 'rejected', 'withheld'].includes(state) && toForm('/desk/act', csrf, 'Try again', of('retry'), 't', 'main')}
${state === 'posted' && reply && reason === undefined && toForm('/desk/act', csrf, 'Remove the answer', of('remove'), undefined, 'danger')}
<a href="/desk/bench?${new URLSearchParams({ network, mention: id }).toString()}">Try it on the bench</a>
${toForm('/desk/act', csrf, isLeftAlone ? 'Answer this person again' : 'Leave this person alone', of(isLeftAlone ? 'come back' : 'leave alone'))}
</div>
</section>
${kept && html`<section class="sheet"><h2>What it read</h2>
${kept.thread.length > 0 && html`<ol class="thread">${kept.thread.map(({ author, url, text }) => html`<li>${author === '' ? 'a post that was taken back or changed since' : link(url, `@${author}`)} <span dir="auto">${text}</span></li>`)}</ol>`}
<ul class="thread">${kept.items.map(({ kind, source, text, url, matched }) => html`<li>${link(url, text)} <span class="soft">${kind}, ${source}${matched.length > 0 && `, matched ${matched.join(', ')}`}</span></li>`)}</ul>
${kept.thread.length + kept.items.length === 0 && html`<p class="soft">Nothing but the question.</p>`}
${kept.drafts.length > 0 && html`<h2>Drafts that were not posted</h2><ul class="thread">${kept.drafts.map(({ text, refused }) => html`<li>${text === '' ? html`<span class="soft">Its words are not kept:</span>` : html`<s dir="auto">${text}</s>`} <span class="bad">${refused}</span></li>`)}</ul>`}
<h2>How it was made</h2><dl class="facts"><dt>Engine</dt><dd>${kept.model}</dd><dt>Voice</dt><dd>${kept.persona.name} (${kept.persona.version})</dd>
${kept.tokens && html`<dt>Tokens</dt><dd>${kept.tokens.in} + ${kept.tokens.out}</dd>`}${kept.dollars !== undefined && html`<dt>Dollars</dt><dd>${kept.dollars.toFixed(4)}</dd>`}
${(kept.gates ?? []).map(({ gate, verdict }) => html`<dt>Gate: ${gate}</dt><dd>${verdict}</dd>`)}
<dt>Took</dt><dd>${toDuration(kept.took.total, 'en')}, of it ${toDuration(kept.took.model, 'en')} thinking</dd></dl></section>`}
<section class="sheet"><h2>What happened</h2><dl class="facts">${(record.history ?? []).map(({ state: each, at }) => html`<dt>${new Date(at).toISOString().slice(0, 23).replace('T', ' ')}</dt><dd>${each}</dd>
`)}${record.reworded !== undefined && html`<dt>Edited by its author</dt><dd>${record.reworded}</dd>`}${record.failures !== undefined && html`<dt>Failures</dt><dd>${record.failures}</dd>`}${record.crashes !== undefined && html`<dt>Crashes</dt><dd>${record.crashes}</dd>`}</dl></section>`;
}
