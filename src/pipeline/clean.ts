/** Foreign text is cut here before anything looks at it. */
const intakeLimit = 64 * 1024;

// Bidi controls, zero-width and other invisible formatting, variation selectors, blank letters, tag characters, byte-order mark, C0/C1 controls except tab and newline.
// Zero-width joiners go too: a family emoji may fall apart in a prompt, but a hidden handle cannot hide.
// oxlint-disable-next-line no-control-regex, no-misleading-character-class -- what cannot be seen is what it looks for
const invisible = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2028\u2029\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/gu;

/** Foreign text made harmless to look at: cut at 64 kB, well-formed, NFC, nothing invisible. */
export function clean(text: string): string {
  return text.slice(0, intakeLimit).toWellFormed().normalize('NFC').replace(invisible, '');
}

/** Joiners and the sign that makes an emoji colourful, where they are part of how something is written. */
// oxlint-disable-next-line no-misleading-character-class -- each of them alone is meant
const joined = /(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Khmer}\p{Script=Mongolian}\p{M}])[\u200C\u200D](?=[\p{L}\p{M}\s.,!?؟،]|$)|(?<=\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]?)\u200D(?=\p{Extended_Pictographic})|(?<=[\p{Extended_Pictographic}\d#*])\uFE0F/gu;

/** A text of ours without what may stay of what cannot be seen. */
export const withoutJoiners = (text: string): string => (/\u200C|\u200D|\uFE0F/u.test(text) ? text.replace(joined, '') : text);

/** A text of ours as `clean` makes it, whose emoji families and Persian words stay whole. */
export function cleanOwn(text: string): string {
  const cut = text.slice(0, intakeLimit).toWellFormed().normalize('NFC');
  let kept = '';
  let from = 0;
  for (const { index, 0: joiner } of cut.matchAll(joined)) {
    kept += cut.slice(from, index).replace(invisible, '') + joiner;
    from = index + joiner.length;
  }
  return kept + cut.slice(from).replace(invisible, '');
}

/** The asker's words: without handles and links, on one line. */
export function bareQuestion(text: string): string {
  return clean(text)
    .replace(/https?:\/\/\S+/giu, ' ')
    .replace(/(?<![\p{L}\p{N}])@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.:-]+)?/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^[,:;.\-–—]+\s*/u, '');
}
