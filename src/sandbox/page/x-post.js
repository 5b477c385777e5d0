import { make } from './dom.js';
import { botHandle } from './post.js';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const linkPattern = /https?:\/\/\S*[\p{L}\p{N}/]|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|co|dev|example)\b(?:\/\S*[\p{L}\p{N}/])?/giu;
const piecePattern = new RegExp(`\\n|${linkPattern.source}|(?<![\\p{L}\\p{N}_@/])@\\w{1,15}(?!\\w)|(?<![\\p{L}\\p{N}_&/])#[\\p{L}\\p{N}_]*\\p{L}[\\p{L}\\p{M}\\p{N}_]*`, 'giu');
/** Letters that count one each; anything else counts two. */
const lightPattern = /^[\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]+$/u;

/** About as X counts: a link is 23, a letter beyond Latin and its like two. The server decides. */
export function weigh(words) {
  const linkless = words.normalize('NFC').replace(linkPattern, 'x'.repeat(23));
  return [...graphemes.segment(linkless)].reduce((sum, { segment }) => sum + (lightPattern.test(segment) ? segment.length : 2), 0);
}

/** The id of a post of X among all posts of the page. */
export const toPageId = (id) => (id === null ? null : `x-${id}`);
export const toPostId = (pageId) => pageId.slice(2);

const typedHandles = (text) => [...text.matchAll(piecePattern)].filter(([piece]) => piece.startsWith('@')).map(([piece]) => piece.slice(1));

function toPiece(piece) {
  if (piece === '\n') return make('br');
  if (/^[@#]/u.test(piece)) return make('a', { class: 'mention' }, piece);
  return make('a', { href: URL.canParse(piece) ? piece : `http://${piece}` }, piece);
}

function toParagraph(text) {
  const paragraph = make('p');
  let done = 0;
  for (const { 0: piece, index } of text.matchAll(piecePattern)) {
    paragraph.append(text.slice(done, index), toPiece(piece));
    done = index + piece.length;
  }
  paragraph.append(text.slice(done));
  return paragraph;
}

/** A post of X in the shape that the page draws. Whom it answers is not among its mentions: on X only a handle that was typed calls anybody. */
export function toStatus(post, bot) {
  const { handle, name } = post.author;
  return {
    id: toPageId(post.id), in_reply_to_id: toPageId(post.replyTo), in_reply_to_acct: post.replyToHandle, created_at: post.createdAt,
    content: post.text.split(/\n{2,}/u).map((text) => toParagraph(text).outerHTML).join(''), spoiler_text: '', language: post.language ?? '', favourites_count: 0,
    account: { acct: handle, username: handle, display_name: name, bot: handle === bot },
    mentions: typedHandles(post.text).map((typed) => ({ acct: typed.toLowerCase() === bot.toLowerCase() ? botHandle : typed })),
    avatarPath: `/sandbox/x/avatars/${encodeURIComponent(handle)}.svg`,
    receiptPath: `/sandbox/x/receipts/${encodeURIComponent(post.id)}`,
  };
}
