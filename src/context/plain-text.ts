import { Parser } from 'htmlparser2';

const silent = new Set(['script', 'style', 'template', 'noscript']);
const inline = new Set(['a', 'abbr', 'b', 'bdi', 'bdo', 'cite', 'code', 'em', 'i', 'mark', 'q', 's', 'small', 'span', 'strong', 'sub', 'sup', 'u']);

/** Much more than any cut keeps; htmlparser2 takes quadratic time on tags that are nested without end. */
const maxHtml = 16_384;

/** HTML (or plain text) on one plain line: entities decoded, NFC, nothing invisible, at most `most` UTF-16 units. */
export function toPlainText(html: string, most: number): string {
  const text = /[<&]/u.test(html) ? stripTags(html.slice(0, maxHtml)) : html;
  const line = text.toWellFormed().normalize('NFC').replace(/\p{Cc}/gu, ' ').replace(/[\p{Cf}\p{Co}\p{DI}]/gu, '').replace(/\s+/gu, ' ').trim();
  return cut(line, most);
}

function stripTags(html: string): string {
  let text = '';
  let hidden = 0;
  const space = (name: string) => {
    if (!inline.has(name)) text += ' ';
  };
  const parser = new Parser({
    onopentagname(name) {
      space(name);
      if (silent.has(name)) hidden++;
    },
    onclosetag(name) {
      space(name);
      if (silent.has(name)) hidden--;
    },
    ontext(piece) {
      if (hidden === 0) text += piece;
    },
  }, { decodeEntities: true });
  parser.end(html);
  return text;
}

/** Cut at a word, where there is one near, with an ellipsis. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = text.slice(0, most - 1);
  const lastSpace = room.lastIndexOf(' ');
  const whole = lastSpace > most * 0.7 ? room.slice(0, lastSpace) : room.replace(/[\uD800-\uDBFF]$/u, '');
  return `${whole.trimEnd()}…`;
}
