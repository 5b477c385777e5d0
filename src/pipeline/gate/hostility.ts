// What is said against people, by its build: insults to somebody's face, threats, calls for violence, accusations, death wished upon somebody. The words
// of one list are harmless alone; a person they are said of makes them what they are. The lists lie in words/.
import { says } from './phrases.ts';

/** Whether it is said against somebody; `words` are those of the text. */
export const isHostile = (words: string): boolean => says('hostile', words);
