import type { FastifyReply, FastifyRequest } from 'fastify';
import { assets, type AssetName } from './assets.ts';
import { html, type Html } from './html.ts';
import { languages, words, type Language } from './words.ts';

export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly language: Language;
  /** What somebody sees who passes the address on: the page's address, and its words. */
  readonly preview?: { readonly url: string; readonly text: string } | undefined;
  readonly scripts?: readonly AssetName[];
  /** Besides its own. */
  readonly styles?: readonly AssetName[];
  readonly nav?: Html | undefined | false;
  readonly status?: number;
  /** Made for a desk rather than a phone, on which it works all the same. */
  readonly isWide?: boolean;
}

const toPolicy = (scripts: readonly AssetName[]): string => [
  "default-src 'none'",
  `style-src '${assets.style.integrity}' 'self'`,
  ...(scripts.length === 0 ? [] : [`script-src ${scripts.map(name => `'${assets[name].integrity}'`).join(' ')}`, "connect-src 'self'"]),
  "img-src data:", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
  // htmx writes markup that this server made; nothing else may.
  ...(scripts.includes('htmx') ? [] : ["require-trusted-types-for 'script'"]),
].join('; ');

/** What every answer of ours carries: it may do nothing but be read here. */
export const guards: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // With no-referrer a browser sends forms from nowhere, and the desk takes none of those.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-robots-tag': 'noindex, nofollow',
};

export function sendPage(answer: FastifyReply, { title, body, language, preview, scripts = [], styles = [], nav, status = 200, isWide = false }: Page): FastifyReply {
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${preview && html`<meta property="og:type" content="article">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${preview.text}">
<meta property="og:url" content="${preview.url}">
<meta property="og:site_name" content="Repartee">
<meta name="twitter:card" content="summary">
`}${(['style', ...styles] as const).map(name => html`<link rel="stylesheet" href="${assets[name].path}" integrity="${assets[name].integrity}">
`)}${scripts.includes('htmx') && html`<meta name="htmx-config" content="${JSON.stringify({ allowEval: false, includeIndicatorStyles: false, selfRequestsOnly: true, historyCacheSize: 0 })}">
`}${scripts.map(name => html`<script src="${assets[name].path}" integrity="${assets[name].integrity}" defer></script>
`)}</head>
<body>
<a class="skip" href="#main">${words[language].skip}</a>
${nav}
<main id="main"${isWide && html` class="wide"`}>
${body}
</main>
</body>
</html>
`;
  return answer.code(status).headers({ 'content-security-policy': toPolicy(scripts), 'vary': 'accept-language' }).type('text/html; charset=utf-8').send(page.html);
}

/** The language that the reader asks for, where we have it. */
export function languageOf({ query, headers }: Pick<FastifyRequest, 'query' | 'headers'>): Language {
  // An address that cannot be read has none.
  const { lang } = (query ?? {}) as { readonly lang?: unknown };
  const wanted = [typeof lang === 'string' ? lang : '', ...(headers['accept-language'] ?? '').split(',').map(each => each.trim().slice(0, 2).toLowerCase())];
  return languages.find(each => each === wanted.find(tag => (languages as readonly string[]).includes(tag))) ?? 'en';
}

/** The page of that path in the other languages. */
export const toOtherLanguages = (path: string, own: Language): Html => html`${languages.filter(each => each !== own).map(each => html`<a href="${path}?lang=${each}" hreflang="${each}" lang="${each}">${words[each].itself}</a>`)}`;

/** A page that says why there is nothing else to see. */
export const sendSorry = (answer: FastifyReply, language: Language, status: number, title: string, text: string, nav?: Page['nav']): FastifyReply =>
  sendPage(answer, { status, language, title, nav, body: html`<article class="sheet"><h1>${title}</h1><p>${text}</p></article>` });

/** For a form whose end nobody waited for; they are the operator's only. */
export const sendUnsure = (answer: FastifyReply): FastifyReply =>
  sendSorry(answer.headers({ 'retry-after': '10', 'cache-control': 'no-store' }), 'en', 503, 'No answer in time', 'The store does not answer. What you sent may have been done, or may not: look before you send it again.');

export function sendTrouble(request: FastifyRequest, answer: FastifyReply): FastifyReply {
  const language = languageOf(request);
  if (request.routeOptions.url === '/r/:id' && request.url.split('?')[0]?.endsWith('.json') === true) return answer.code(503).header('retry-after', '10').send({ error: words[language].storeTrouble });
  return sendSorry(answer.header('retry-after', '10'), language, 503, words[language].storeTrouble, words[language].tryLater);
}
