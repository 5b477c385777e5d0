import { Parser } from 'htmlparser2';

/** Who a post tags, so that a link to a profile becomes `@acct` again. */
export interface Tagged {
  readonly acct: string;
  readonly url: string;
}

const intakeLimit = 65_536;
const deepestIndent = 5;
const paragraphs = new Set(['p', 'pre', 'blockquote', 'ul', 'ol', 'dl', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr']);
const blocks = new Set(['div', 'li', 'dt', 'dd', 'tr', 'section', 'article', 'header', 'footer', 'figure', 'figcaption', 'details', 'summary']);
const unseen = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'title']);

interface Anchor {
  readonly href: string;
  readonly isTag: boolean;
  readonly isMention: boolean;
  /** What a reader sees, and everything that stands inside: Mastodon hides the scheme and the tail of a link. */
  seen: string;
  whole: string;
}

/**
 * HTML of a post as plain text, with its http links. Reads at most 64 kB of it, never throws, and leaves out what a reader
 * would not see, so that hidden words reach nobody.
 */
export function htmlToText(html: string, tagged: readonly Tagged[] = []): { readonly text: string; readonly links: readonly string[] } {
  const page = openPage();
  const links = new Set<string>();
  const hides: boolean[] = [];
  let hidden = 0;
  let anchor: Anchor | undefined;

  const closeAnchor = (): void => {
    if (!anchor) return;
    const done = anchor;
    anchor = undefined;
    const acct = tagged.find(({ url }) => url !== '' && url === done.href)?.acct;
    if (done.isTag) page.writeName('#', done.seen);
    else if (acct !== undefined) page.writeName('@', acct);
    else if (done.isMention) page.writeName('@', guessAcct(done, tagged));
    else if (isWebAddress(done.href)) {
      links.add(done.href);
      page.write(looksLike(done.whole, done.href) ? done.href : `${done.seen.trim()} (${done.href})`);
    } else page.write(done.seen);
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      const classes = (attributes['class'] ?? '').split(/\s+/);
      // "RE: <link>" repeats the quoted post for servers without quotes; we carry the quote itself.
      const hide = unseen.has(name) || classes.includes('invisible') || classes.includes('quote-inline');
      hides.push(hide);
      if (hide) hidden += 1;
      if (hidden > 0 && !anchor) return;
      if (name === 'a') {
        closeAnchor();
        const isTag = classes.includes('hashtag') || (attributes['rel'] ?? '').split(/\s+/).includes('tag');
        anchor = { href: (attributes['href'] ?? '').trim(), isTag, isMention: classes.includes('mention'), seen: '', whole: '' };
      } else if (anchor) {
        const words = name === 'img' ? attributes['alt'] ?? '' : '';
        anchor.seen += words;
        anchor.whole += words;
      } else if (name === 'img') page.write(attributes['alt'] ?? '');
      else page.open(name);
    },
    ontext(text) {
      if (anchor) {
        anchor.whole += text;
        if (hidden === 0) anchor.seen += text;
      } else if (hidden === 0) page.write(text);
    },
    onclosetag(name) {
      const wasHidden = hidden > 0;
      if (hides.pop()) hidden -= 1;
      if (name === 'a') closeAnchor();
      else if (!anchor && !wasHidden) page.close(name);
    },
  });
  parser.write(html.slice(0, intakeLimit).toWellFormed());
  parser.end();
  closeAnchor();
  return { text: page.text(), links: [...links] };
}

/** Lays text out in lines: collapses white space, opens lines and paragraphs only when something follows. */
function openPage() {
  let out = '';
  let breaks = 0;
  let space = false;
  let marker = '';
  let lists = 0;
  let quotes = 0;
  let quotesBefore = 0;
  let preformatted = 0;

  const breakLine = (atLeast: number): void => {
    breaks = Math.max(breaks, lists > 0 ? 1 : atLeast);
    space = false;
  };

  const prefix = (depth: number): string => '> '.repeat(Math.min(depth, deepestIndent));

  const put = (text: string): void => {
    const atStart = out === '';
    if (atStart || breaks > 0) {
      const between = prefix(Math.min(quotes, quotesBefore)).trimEnd();
      out += (atStart ? '' : `\n${breaks > 1 ? `${between}\n` : ''}`) + prefix(quotes) + marker;
      marker = '';
    } else if (marker !== '') {
      out += marker;
      marker = '';
    } else if (space) out += ' ';
    breaks = 0;
    space = false;
    quotesBefore = quotes;
    out += text;
  };

  const writePreformatted = (text: string): void => {
    text.split(/\r\n|\r|\n/).forEach((line, index) => {
      if (index > 0) breaks = Math.min(breaks + 1, 2);
      if (line !== '') put(line);
    });
  };

  const write = (text: string): void => {
    if (preformatted > 0) return writePreformatted(text);
    const words = text.split(/[ \t\r\n\f]+/);
    words.forEach((word, index) => {
      if (index > 0) space = breaks === 0 && out !== '';
      if (word !== '') put(word);
    });
  };

  return {
    write,
    /** A handle or a tag with its sign, which some servers write before the link and others inside. */
    writeName(sign: '@' | '#', name: string): void {
      const bare = name.trim().replace(/^[@#]+/, '');
      if (bare === '') return;
      write(out.endsWith(sign) && !space && breaks === 0 ? bare : sign + bare);
    },
    open(name: string): void {
      if (name === 'br') {
        breaks = Math.min(breaks + 1, 2);
        space = false;
      } else if (name === 'td' || name === 'th') space = breaks === 0 && out !== '';
      else if (name === 'li') {
        breakLine(1);
        marker = `${'  '.repeat(Math.min(Math.max(lists - 1, 0), deepestIndent))}- `;
      } else if (paragraphs.has(name)) breakLine(2);
      else if (blocks.has(name)) breakLine(1);
      if (name === 'ul' || name === 'ol') lists += 1;
      if (name === 'blockquote') quotes += 1;
      if (name === 'pre') preformatted += 1;
    },
    close(name: string): void {
      if (name === 'ul' || name === 'ol') lists = Math.max(lists - 1, 0);
      if (name === 'blockquote') quotes = Math.max(quotes - 1, 0);
      if (name === 'pre') preformatted = Math.max(preformatted - 1, 0);
      if (paragraphs.has(name)) breakLine(2);
      else if (blocks.has(name)) breakLine(1);
    },
    text: (): string => out.trim(),
  };
}

/** Remote servers link a profile by other addresses than the one we are told: its name is enough when it is the only one. */
function guessAcct(anchor: Anchor, tagged: readonly Tagged[]): string {
  const name = anchor.seen.trim().replace(/^@/, '');
  const same = tagged.filter(({ acct }) => acct === name || acct.split('@')[0] === name);
  return same.length === 1 && same[0] ? same[0].acct : name;
}

function isWebAddress(href: string): boolean {
  return /^https?:\/\//i.test(href) && URL.canParse(href);
}

/** Whether a link's text is just its address, whole or shortened. */
function looksLike(text: string, href: string): boolean {
  const bare = text.trim().replace(/^https?:\/\//i, '').replace(/(?:…|\.\.\.)$/, '');
  return bare === '' || href.toLowerCase().includes(bare.toLowerCase());
}
