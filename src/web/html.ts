/** Markup that is safe to send: everything put into it was escaped. */
export interface Html { readonly html: string }

type Value = Html | string | number | undefined | false | readonly Value[];

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** What a browser would show as nothing, or as an order to write from right to left, is shown as a mark. */
const unseen = /[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Foreign words as text, also inside a quoted attribute. */
export const escape = (text: string): string => text.replace(unseen, each => (each === '\n' || each === '\t' ? each : '\uFFFD')).replace(/[&<>"']/gu, each => entities[each] ?? '');

const render = (value: Value): string => {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map(render).join('');
};

/** A template whose values are escaped, unless they are markup themselves. Attributes must stand in quotes. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  ({ html: parts.reduce((before, part, at) => before + render(values[at - 1]) + part) });

/** The address where it leads somewhere on the web; undefined for everything that could do more than that. */
export function toWebAddress(url: string | undefined): string | undefined {
  const address = URL.parse(url ?? '');
  return address && ['http:', 'https:'].includes(address.protocol) ? address.href : undefined;
}

/** Foreign words that lead to a foreign place, where that is one. */
export function link(url: string | undefined, text: string): Html {
  const address = toWebAddress(url);
  return address === undefined ? html`${text}` : html`<a href="${address}" rel="noreferrer nofollow ugc">${text}</a>`;
}
