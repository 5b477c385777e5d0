const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const webAddress = /https?:\/\/[^\s<>"']+/gi;
const trailing = '.,:;!?)]}';
const handleWithHost = /(?<![=/\p{L}\p{N}_])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*/giu;

/** Length as Mastodon's StatusLengthValidator counts it: graphemes, a link at a fixed price, the host of a handle for nothing. */
export function measureText(text: string, charactersPerLink: number): number {
  const countable = text.replace(webAddress, address => toPrice(address, charactersPerLink)).replace(handleWithHost, '@$1');
  let length = 0;
  for (const _ of graphemes.segment(countable)) length += 1;
  return length;
}

/** Read by hand: a pattern for the whole address goes over a hostile text once per "http://" in it. */
function toPrice(address: string, charactersPerLink: number): string {
  let end = address.length;
  while (end > 0 && trailing.includes(address[end - 1] ?? '')) end -= 1;
  const dot = address.indexOf('.');
  return dot > 0 && dot < end ? 'a'.repeat(charactersPerLink) + address.slice(end) : address;
}
