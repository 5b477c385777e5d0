const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const webAddress = /https?:\/\/[^\s<>"']+\.[^\s<>"']*[^\s<>"'.,:;!?)\]}]/gi;
const handleWithHost = /(?<![=/\p{L}\p{N}_])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*/giu;

/** Length as Mastodon's StatusLengthValidator counts it: graphemes, a link at a fixed price, the host of a handle for nothing. */
export function measureText(text: string, charactersPerLink: number): number {
  const countable = text.replace(webAddress, 'x'.repeat(charactersPerLink)).replace(handleWithHost, '@$1');
  let length = 0;
  for (const _ of graphemes.segment(countable)) length += 1;
  return length;
}
