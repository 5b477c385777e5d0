import type { GaveWay } from '../core/record.ts';
import { html, link, toWebAddress, type Html } from './html.ts';
import { toOtherLanguages } from './page.ts';
import { words, type Language, type Words } from './words.ts';
import type { PublicReceipt } from './public-receipt.ts';

/** One receipt as a till would print it. `prove`: the command that checks it. */
export function toReceiptBody(receipt: PublicReceipt, language: Language, prove: string, key: string): Html {
  const say = words[language];
  const { mention, answer, made } = receipt;
  const who = mention.by === undefined ? say.askedElsewhere : say.asked(`@${mention.by}`);
  return html`<article class="till">
<header class="till-head"><h1>Repartee</h1><p>${say.receipt} <code>${receipt.id}</code></p></header>
<section class="said">
<p class="who">${who}${toWebAddress(mention.url) !== undefined && html` · ${link(mention.url, say.seeMention)}`}</p>
${mention.text !== undefined && html`<blockquote dir="auto">${mention.text}</blockquote>`}
<p class="who">${say.answered} · ${answer.postedAt === undefined ? html`${say.written} ${time(answer.at, language)}` : time(answer.postedAt, language)}${toWebAddress(answer.url) !== undefined && html` · ${link(answer.url, say.seeAnswer)}`}</p>
<blockquote class="answer" dir="auto" lang="${answer.language}">${answer.text}</blockquote>
${(answer.edited || answer.approved) && html`<p class="note">${answer.edited ? say.edited : say.approved}</p>`}
${toForgetting(receipt, language, say)}
</section>
${toRead(receipt, language, say)}
<h2>${say.made}</h2>
<dl>
${fact(say.engine, made.model)}
${made.tokens && fact(say.tokens, `${made.tokens.in} + ${made.tokens.out}${made.tokens.dollars === undefined ? '' : `, ${toSum(made.tokens.dollars, language)}`}`)}
${fact(say.voice, `${made.voice.name} (${made.voice.version})`)}
${made.prompt !== '' && fact(say.prompt, html`<a href="/prompts/${encodeURIComponent(made.prompt)}?lang=${language}"><code>${made.prompt}</code></a>`)}
${fact(say.language, nameLanguage(answer.language, language))}
${made.dollars !== undefined && fact(say.cost, say.atMost(toSum(made.dollars, language)))}
${receipt.read.rung !== undefined && fact(say.moneyFor, say.rung[receipt.read.rung])}
</dl>
${receipt.gates.length > 0 && html`<h2>${say.gates}</h2>
<dl>${receipt.gates.map(({ gate, verdict }) => fact(say.gate[gate] ?? gate, verdict === 'passed' ? say.passed : say.mood[verdict as keyof Words['mood']] ?? verdict))}</dl>`}
${toWithheld(receipt, say)}
${toTimes(receipt, language, say)}
<h2>${say.proof}</h2>
<p class="note">${say.proofNote}</p>
<pre tabindex="0"><code>${prove}</code></pre>
<p class="note"><a href="/r/${receipt.id}.json">${say.asJson}</a> · <span class="key">ed25519 ${key}</span></p>
<p class="note"><a href="/about?lang=${language}">${say.about}</a> · ${toOtherLanguages(`/r/${receipt.id}`, language)}</p>
</article>`;
}

export function toRead({ read, forgotten, forgetAt }: Pick<PublicReceipt, 'read' | 'forgotten' | 'forgetAt'>, language: Language, say: Words): Html {
  const hottest = read.items.reduce<PublicReceipt['read']['items'][number] | undefined>((most, item) => (most && most.heat >= item.heat ? most : item), undefined);
  const why = (item: PublicReceipt['read']['items'][number]): string => {
    if (forgotten && forgetAt !== undefined && !read.open) return say.forgottenMatch;
    if (item.matched.length > 0) return say.matched(item.matched.map(word => `“${word}”`).join(', '));
    return read.open && item === hottest ? say.hottest : say.hot(Math.round(item.heat * 100));
  };
  return html`<h2>${say.read}</h2>
${read.thread.length > 0 && html`<h3>${say.readThread}</h3>
<ol class="thread">${read.thread.map(({ by, url, text }) => html`<li>${by === '' ? say.postGone : link(url, `@${by}`)} <span dir="auto">${text}</span></li>`)}</ol>`}
${read.items.length > 0 && html`<h3>${say.readNews}</h3>
<p class="note">${read.open ? say.openQuestion : say.namedTopic}</p>
<ol class="items">${read.items.map(item => html`<li>
<p class="item" dir="auto"${item.language === undefined ? '' : html` lang="${item.language}"`}>${link(item.url, item.text)}</p>
<p class="facts">${say.kind[item.kind]} · ${item.source} · ${time(item.at, language)}${item.count !== undefined && ` · ${item.count}×`}${item.dollars !== undefined && ` · ${toSum(item.dollars, language)}`}</p>
<p class="why"><meter min="0" max="1" value="${item.heat}" aria-label="${say.hot(Math.round(item.heat * 100))}"></meter> ${why(item)}</p>
</li>`)}</ol>`}
${read.items.length === 0 && html`<p class="note">${read.thread.length === 0 ? say.readNothing : ''} ${say.noNews}</p>`}`;
}

export function toTimes({ took, history }: Pick<PublicReceipt, 'took' | 'history'>, language: Language, say: Words): Html {
  const rest = Math.max(0, took.total - took.gather - took.model);
  const [first] = history;
  return html`<h2>${say.times}</h2>
<dl class="total">${([[say.looking, took.gather], [say.thinking, took.model], [say.rest, rest], [say.total, took.total]] as const).map(([name, ms]) => fact(name, toDuration(ms, language)))}</dl>
${first && html`<h2>${say.way}</h2>
<dl>${history.map(({ state, at }) => fact(say.state[state] ?? state, state === first.state && at === first.at ? time(at, language) : `+ ${toDuration(Date.parse(at) - Date.parse(first.at), language)}`))}</dl>`}`;
}

function toWithheld({ withheld }: PublicReceipt, say: Words): Html | undefined {
  if (withheld.length === 0) return undefined;
  const isHuman = (why: string): why is GaveWay => Object.hasOwn(say.humanWhy, why);
  return html`<h2>${say.withheld}</h2>
<ul class="withheld">${withheld.map(({ why, characters, sha256 }) => html`<li>${isHuman(why) ? say.humanWhy[why] : html`<span lang="en">${why}</span>`}${characters !== undefined && sha256 !== undefined && html`<br><small>${say.characters(characters)} · sha256 <code>${sha256.slice(0, 16)}</code></small>`}</li>`)}</ul>
${withheld.some(({ why }) => !isHuman(why)) && html`<p class="note">${say.withheldNote}</p>`}
${withheld.some(({ why, characters }) => isHuman(why) && characters !== undefined) && html`<p class="note">${say.humanNote}</p>`}`;
}

function toForgetting({ forgotten, forgetAt }: PublicReceipt, language: Language, say: Words): Html | undefined {
  if (forgotten) return html`<p class="note">${say.hasForgotten}</p>`;
  return forgetAt === undefined ? undefined : html`<p class="note">${say.willForget(toWhen(forgetAt, language))}</p>`;
}

const fact = (name: string, value: string | Html): Html => html`<dt>${name}</dt><dd>${value}</dd>
`;

/** In UTC, for a page that is the same for everybody. */
const toWhen = (at: string, language: Language): string => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : `${date.toLocaleString(language === 'en' ? 'en-GB' : language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })} UTC`;
};
export const time = (at: string, language: Language): Html => html`<time datetime="${at}">${toWhen(at, language)}</time>`;

export function toDuration(ms: number, language: Language): string {
  const number = (value: number, digits: number): string => value.toLocaleString(language, { maximumFractionDigits: digits });
  if (ms >= 60_000) return `${number(ms / 60_000, 1)} min`;
  return ms >= 1_000 ? `${number(ms / 1_000, 1)} s` : `${number(ms, 0)} ms`;
}

/** A thousandth is the least that is written, for a share of one does not tell more. */
export function toSum(dollars: number, language: Language = 'en'): string {
  const write = (value: number): string => value.toLocaleString(language, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', useGrouping: false, minimumFractionDigits: 3, maximumFractionDigits: 3 });
  return dollars > 0 && dollars < 0.001 ? words[language].under(write(0.001)) : write(dollars);
}

function nameLanguage(tag: string, language: Language): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
