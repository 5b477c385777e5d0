// The plain text of a status, read as Mastodon reads it: what is a link, a mention, a hashtag; how long it is; its HTML.

export type Piece =
  | { readonly kind: 'text' | 'url' | 'tag'; readonly raw: string }
  | { readonly kind: 'mention'; readonly raw: string; readonly handle: string; readonly host: string | undefined };

const urlPattern = /(?<![\p{L}\p{N}_@$#/=])https?:\/\/[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?::\d+)?(?:[/?#][^\s<>"'`{}|\\^「」『』、。，（）【】《》…“”‘’]*)?/giu;
const mentionPattern = /(?<![=/\p{L}\p{M}\p{N}_])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@([\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*(?::\d+)?))?/giu;
const tagPattern = /(?<![=/)&\p{L}\p{N}_])#[\p{L}\p{M}\p{N}_·]*[\p{L}\p{M}_][\p{L}\p{M}\p{N}_·]*/giu;

/** Drops the punctuation of the sentence around a link; a closing bracket stays when the link opened it. */
const trimUrl = (url: string): string => {
  let end = url.length;
  for (;;) {
    const last = url[end - 1]!;
    const bracketIsOurs = last === ')' && url.slice(0, end).split('(').length >= url.slice(0, end).split(')').length;
    if (!/[.,:;!?)\]*~]/.test(last) || bracketIsOurs) return url.slice(0, end);
    end -= 1;
  }
};

/** Cuts a text into its pieces, in order and without loss. */
export const toPieces = (text: string): readonly Piece[] => {
  const found: { readonly at: number; readonly piece: Piece }[] = [
    ...text.matchAll(urlPattern).map((hit) => ({ at: hit.index, piece: { kind: 'url' as const, raw: trimUrl(hit[0]) } })),
    ...text.matchAll(mentionPattern).map((hit) => ({ at: hit.index, piece: { kind: 'mention' as const, raw: hit[0], handle: hit[1]!, host: hit[2] } })),
    ...text.matchAll(tagPattern).map((hit) => ({ at: hit.index, piece: { kind: 'tag' as const, raw: hit[0] } })),
  ];
  const pieces: Piece[] = [];
  let done = 0;
  for (const { at, piece } of found.sort((a, b) => a.at - b.at)) {
    if (at < done) continue;
    if (at > done) pieces.push({ kind: 'text', raw: text.slice(done, at) });
    pieces.push(piece);
    done = at + piece.raw.length;
  }
  if (done < text.length) pieces.push({ kind: 'text', raw: text.slice(done) });
  return pieces;
};

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Length as Mastodon's StatusLengthValidator counts it: grapheme clusters, each link as many, `@user@host` as `@user`. */
export const measure = (spoiler: string, text: string, charactersPerLink: number): number => {
  const counted = toPieces(text).map((piece) => {
    if (piece.kind === 'url') return 'x'.repeat(charactersPerLink);
    return piece.kind === 'mention' ? `@${piece.handle}` : piece.raw;
  });
  return [...graphemes.segment(spoiler + counted.join(''))].length;
};

/** Names of the hashtags in a text, lower case, each once. */
export const readTags = (pieces: readonly Piece[]): readonly string[] =>
  [...new Set(pieces.filter((piece) => piece.kind === 'tag').map((piece) => piece.raw.slice(1).toLowerCase()))];

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign]!);

/** Letters of a link that Mastodon shows before it cuts. */
const shownLetters = 30;

const linkHtml = (url: string): string => {
  const prefix = /^https?:\/\/(?:www\.)?/i.exec(url)?.[0] ?? '';
  const shown = url.slice(prefix.length, prefix.length + shownLetters);
  const rest = url.slice(prefix.length + shownLetters);
  return `<a href="${escapeHtml(url)}" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">${escapeHtml(prefix)}</span>`
    + `<span class="${rest === '' ? '' : 'ellipsis'}">${escapeHtml(shown)}</span><span class="invisible">${escapeHtml(rest)}</span></a>`;
};

/** Where the names in a text lead; undefined leaves a mention plain. */
export interface Targets {
  mention(handle: string, host: string | undefined): { readonly handle: string; readonly url: string } | undefined;
  tag(name: string): string;
}

const pieceHtml = (piece: Piece, targets: Targets): string => {
  if (piece.kind === 'url') return linkHtml(piece.raw);
  if (piece.kind === 'tag') {
    const name = piece.raw.slice(1);
    return `<a href="${escapeHtml(targets.tag(name))}" class="mention hashtag" rel="tag">#<span>${escapeHtml(name)}</span></a>`;
  }
  const target = piece.kind === 'mention' ? targets.mention(piece.handle, piece.host) : undefined;
  if (target === undefined) return escapeHtml(piece.raw);
  return `<span class="h-card" translate="no"><a href="${escapeHtml(target.url)}" class="u-url mention">@<span>${escapeHtml(target.handle)}</span></a></span>`;
};

/** A status as HTML: paragraphs at empty lines, `<br />` at single ones. */
export const toHtml = (text: string, targets: Targets): string => {
  if (text.trim() === '') return '';
  const html = toPieces(text.replace(/\r\n?/g, '\n')).map((piece) => pieceHtml(piece, targets)).join('');
  return html.split(/\n{2,}/).map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`).join('');
};
