import type { Clock } from '../core/ports.ts';
import type { Receipt } from '../core/record.ts';
import type { Mention, Persona } from '../core/types.ts';

/** What a line that nobody composed says of its author, in its receipt. */
export const fixedModel = 'fixed line, no model';

export const toAsker = ({ author, url }: Mention): { readonly handle: string; readonly url: string } => ({ handle: author.handle, url });

/** A line that was written beforehand, as an answer with its receipt. */
export function toFixedAnswer(mention: Mention, text: string, language: string, { persona, clock }: { readonly persona: () => Persona; readonly clock: Clock }, mayRemove: readonly string[] = []): { readonly text: string; readonly language: string; readonly receipt: Receipt } {
  const { name, version } = persona();
  return {
    text: mention.salutation + text,
    language,
    receipt: {
      mention: { network: mention.network, account: mention.account, id: mention.id },
      visibility: mention.visibility, asker: toAsker(mention), asked: mention.text, answer: text, language, model: fixedModel,
      persona: { name, version }, promptVersion: '', thread: [], open: false, items: [], drafts: [],
      ...(mayRemove.length > 0 && { mayRemove }),
      took: { gather: 0, model: 0, total: 0 }, at: new Date(clock.now()).toISOString(),
      ...(mention.forgetAt !== undefined && { forgetAt: mention.forgetAt }),
    },
  };
}
