import type { Rehearsal, Rehearsed, Try, Verdict } from '../core/rehearsal.ts';
import { html, link, type Html } from './html.ts';
import { toPublicRead } from './public-receipt.ts';
import { toDuration, toRead, toSum, toTimes } from './receipt-page.ts';
import { words } from './words.ts';

const say = words.en;

/** Every voice's answer to the same question, side by side where there is room. */
export function toRehearsalBody({ asked, from, network, replyDollars, voices }: Rehearsal): Html {
  return html`<section class="sheet" aria-label="What was asked"><h2>${asked.by === undefined ? 'Asked' : html`@${asked.by} asked`}</h2>
<blockquote class="spoken" dir="auto">${asked.text}</blockquote>
<p class="soft">By the limits of ${network}.${asked.by !== undefined && html` ${link(asked.url, 'The post')}.`} ${sources[from]}</p></section>
<div class="bench">${voices.map(voice => html`<article class="sheet"><h2>${voice.name} <small class="soft">${voice.version}</small></h2>
${'failed' in voice ? html`<p class="bad" role="alert">Nothing came of it: ${voice.failed}. In earnest, it would be tried again later, or parked.</p>` : toColumn(voice.rehearsed, replyDollars)}</article>`)}</div>`;
}

const sources: Readonly<Record<Rehearsal['from'], string>> = {
  typed: '',
  ledger: 'Its words come from the ledger.',
  receipt: 'Its words come from the receipt of the answer, which tells nothing of names, pictures and quoted posts: what was said then may differ.',
};

function toColumn(rehearsed: Rehearsed, replyDollars: number | undefined): Html {
  const { made, gates, tries, length, room } = rehearsed;
  return html`${'receipt' in made ? html`<blockquote class="spoken answer" dir="auto" lang="${made.language}">${made.text}</blockquote>
<p class="soft">${length} ${room !== undefined && html`of ${room} `}characters, in ${made.language}</p>`
    : html`<p class="silence"><strong>Silence:</strong> ${'silent' in made ? made.silent : made.refused}</p>`}
<h3>Gates</h3>
<dl class="facts">${gates.map(each => toGate(each))}</dl>
${tries.length > 0 ? html`<h3>${tries.length === 1 ? 'Draft' : 'Drafts'}</h3>
<ol class="drafts">${tries.map(toDraft)}</ol>` : html`<p class="soft">No model was asked.</p>`}
<h3>Cost</h3>
<dl class="facts">${toCost(tries, made, replyDollars)}</dl>
${'receipt' in made && html`<div class="till slip">${toRead({ read: toPublicRead(made.receipt) }, 'en', say)}
${toTimes({ took: made.receipt.took, history: [] }, 'en', say)}</div>`}
${tries[0] && html`<details><summary>The whole prompt</summary>
<h3>Instructions</h3>
<pre class="prompt" tabindex="0">${tries[0].prompt.system}</pre>
${tries.map(({ prompt }, at) => html`<h3>${at === 0 ? 'Material' : 'Material, the second time'}</h3>
<pre class="prompt" tabindex="0">${prompt.user}</pre>
${prompt.images.length > 0 && html`<ul>${prompt.images.map(({ url, alt }) => html`<li>${link(url, alt ?? 'picture, not described')}</li>`)}</ul>`}`)}</details>`}`;
}

const toGate = ({ gate, verdict }: Verdict): Html => {
  const isFine = verdict === 'passed' || verdict === 'ordinary';
  return html`<dt>${say.gate[gate]}</dt><dd class="${isFine ? 'good' : 'bad'}">${verdict === 'passed' ? say.passed : gate === 'room' ? say.mood[verdict as keyof typeof say.mood] ?? verdict : verdict}</dd>
`;
};

const toDraft = ({ text, gates, ms }: Try): Html => html`<li><p class="spoken" dir="auto">${text ?? 'The model would not answer this.'}</p>
<dl class="facts">${gates.map(toGate)}<dt>Time</dt><dd>${toDuration(ms, 'en')}</dd></dl></li>
`;

function toCost(tries: readonly Try[], made: Rehearsed['made'], replyDollars: number | undefined): Html {
  const told = tries.flatMap(({ tokens }) => tokens ?? []);
  const sum = (of: (tokens: (typeof told)[number]) => number): number => told.reduce((total, each) => total + of(each), 0);
  const isPriced = told.some(({ dollars }) => dollars !== undefined);
  return html`<dt>${say.engine}</dt><dd>${'receipt' in made ? made.receipt.model : tries.length > 0 ? 'asked, and refused' : 'not asked'}</dd>
<dt>${say.tokens}</dt><dd>${told.length > 0 ? html`${sum(each => each.in)} in, ${sum(each => each.out)} out` : 'none'}</dd>
<dt>The model's price</dt><dd>${isPriced ? toSum(sum(({ dollars = 0 }) => dollars)) : told.length > 0 ? 'it tells none' : 'nothing'}</dd>
${replyDollars !== undefined && html`<dt>Posting it</dt><dd>${toSum(replyDollars)}, in earnest; reading its thread and a search come on top</dd>`}`;
}
