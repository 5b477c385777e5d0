import twitterText from 'twitter-text';

/** Length as X counts it: weighted by script, a link or bare domain always the same. */
export const measureText = (text: string): number => twitterText.parseTweet(text.normalize('NFC')).weightedLength;

// What twitter-text 3.1.0 (2020) does not know and X may: any address with a scheme, and endings that were opened later.
const unknownLinks = /[a-z][a-z0-9+.-]*:\/\/[^\s<>"”»」]*[^\s<>"”»」.,;:!?)\]]|(?<![\p{L}\p{N}])(?:[\p{L}\p{N}-]+\.)+(?:boo|channel|dad|day|esq|foo|ing|kids|meme|mov|music|nexus|phd|prof|rsvp|spa|zip)(?![\p{L}\p{N}])/giu;

type Found = { readonly start: number; readonly end: number; readonly is: 'link' | 'cashtag' };

/** Everything in a text that X prices or punishes, the last first. */
function look(text: string): readonly Found[] {
  const known = twitterText.extractEntitiesWithIndices(text).flatMap(({ indices: [start, end], url, cashtag }): Found[] =>
    (url !== undefined ? [{ start, end, is: 'link' }] : cashtag !== undefined ? [{ start, end, is: 'cashtag' }] : []));
  const further = [...text.matchAll(unknownLinks)].map(({ index, 0: link }): Found => ({ start: index, end: index + link.length, is: 'link' }));
  return [...further, ...known.filter(one => further.every(({ start, end }) => one.end <= start || one.start >= end))].toSorted((a, b) => b.start - a.start);
}

/** Whether X would make a link of anything in it, a bare domain included, and take the price of one. */
export const hasLink = (text: string): boolean => look(text).some(({ is }) => is === 'link');

/** Untangling one thing can make another: "a.b.com" is three. */
const rounds = 4;

/** The text without what X prices or punishes: links go, bare domains are spelled so that they are none, cashtags lose their sign. */
export function tidyText(text: string, allowLinks: boolean): string {
  let tidy = text;
  for (let round = 0; round < rounds; round += 1) {
    const before = tidy;
    for (const { start, end, is } of look(tidy)) {
      const found = tidy.slice(start, end);
      if (is === 'cashtag') tidy = tidy.slice(0, start) + found.replace('$', '') + tidy.slice(end);
      else if (!allowLinks) tidy = tidy.slice(0, start) + toPlain(found) + tidy.slice(end);
    }
    if (tidy === before) break;
  }
  return tidy === text ? text : tidy.replace(/[^\S\n]{2,}/gu, ' ').replace(/ +([,;!?])/gu, '$1').trim();
}

/** A space keeps a dot from making a link: after it where a sentence ends without one, before it in a name. */
function toPlain(url: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//iu.test(url)) return '';
  return url.replace(/\.(?=\p{Lu})/gu, '. ').replace(/\.(?=[^\s.])/gu, ' .');
}
