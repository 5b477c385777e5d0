// What gives away what the bot was told, in whatever words: lines of a prompt, talk of one's own orders, and many of the prompt's terms together.
import { unmask } from './fold.ts';
import { says, topicsIn } from './phrases.ts';

/** Signs by which machines are configured, and by which prompts are cut into parts. */
const wiring = /<\|[^|>]{1,30}\|?>|\[\/?(?:inst|sys|system)\]|<<\/?sys>>|^[ \t]*#{1,4}\s?(?:system|instructions?|rules|persona|role|context)\b|\b(?:temperature|top_?[pk]|max_?(?:new_?)?tokens|frequency_penalty|presence_penalty|stop_sequences?|logit_bias|system_prompt|num_ctx)\b\s*[=:]|^[ \t]*(?:persona|system|role|hard limits|constraints|instructions?|guidelines|do not|tone|voice|output format)\s?:\s|\b(?:system_?)?(?:prompt|instructions?|system_?message)\.(?:includes|contains|startswith|endswith|match(?:es)?|indexof|split|content|text)\b|\b(?:const|let|var)\s\w*(?:system|prompt|instruction|persona)\w*\s*=|\bpersona\.[a-z]+|["']role["']\s*:|\b(?:begin|start|end) (?:of )?(?:persona|prompt|system|instructions?|rules)\b|\[(?:persona|system|role|tone|rules|instructions?)\s?:|<\/?[a-z]+_[a-z_]+(?:\s+\w+\s?=|\s?\/?>)/mu;

/** Words for what the prompt is about, in many languages (words/terms.json): of so many topics they do not meet in one answer about anything else. */
const most = 4;
/** Said of oneself, fewer tell. */
const mostOfOneself = 3;

/** What of it is told; `words` are those of the text. */
export function tellsOrders(text: string, words: string): boolean {
  if (says('orders', words) || wiring.test(unmask(text).toLowerCase())) return true;
  const { topics, isOfOneself } = topicsIn(words);
  return topics >= (isOfOneself ? mostOfOneself : most);
}
