import { clean } from './clean.ts';
import { decode } from './gate/decode.ts';
import { hidesInCipher } from './gate/quotation.ts';
import { holdsSecret } from './review.ts';

/** Longest part of a refused draft that is kept. */
const longest = 500;
/** What was refused for these holds something that was not meant to be seen, whether it is found or not. */
const hidden = /in code|invisible|secret|password|alphabets|ornamental|no language|letters that nobody/u;

/** Whether a value of ours can be read out of a text, in any disguise that is known. */
export function givesAway(text: string, secrets: readonly string[]): boolean {
  const plain = clean(text);
  if (holdsSecret(plain, secrets) || holdsSecret(text, secrets) || secrets.some(secret => hidesInCipher(plain, secret))) return true;
  for (const { text: said } of decode(plain)) if (holdsSecret(said, secrets)) return true;
  return false;
}

/** What is kept of a draft that was refused: its words, for the operator, unless somebody could read a secret out of all that the model said; then nothing. */
export const toUnsaid = (text: string, refused: string, secrets: readonly string[], said = text): { readonly text: string; readonly refused: string } =>
  ({ text: hidden.test(refused) || givesAway(said, secrets) ? '' : clean(text).slice(0, longest), refused });
