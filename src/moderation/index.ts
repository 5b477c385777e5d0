import { TemporaryError } from '../core/errors.ts';
import type { Moderate } from '../core/manners.ts';
import type { NetworkTools } from '../core/ports.ts';
import { isContempt } from './contempt.ts';
import { openEndpoint } from './endpoint.ts';
import { openFloor } from './floor.ts';
import { desiresMinors } from './minors.ts';
import { givesOrders } from './orders.ts';
import { environment, secrets, settings, type ModerationSettings } from './settings.ts';

/** The `moderation` part of the config, where its values may come from instead, and which of them are never shown. */
export const moderation = { settings, environment, secrets };
export type { ModerationSettings };

const saysInReverse = (text: string, says: (text: string) => boolean): boolean => says(text) || says(Array.from(text).toReversed().join(''));

export type ModerationTools = Pick<NetworkTools, 'userAgent' | 'say'>;

/** The word lists, and behind them the endpoint, if there is one. A refresh has thousands of items: for `context` nobody is asked. */
export function openModeration(options: ModerationSettings, { userAgent, say }: ModerationTools): Moderate {
  const floor = openFloor(options);
  const { url, whenDown } = options;
  const ask = url === undefined ? undefined : openEndpoint({ ...options, url }, userAgent);
  let isDown = false;

  return async (texts, as, language) => {
    const look = as === 'asked' ? floor.severe : floor.full;
    for (const text of texts) {
      const found = look(text, language) ?? (as === 'draft' && saysInReverse(text, isContempt) ? 'it despises, threatens or hounds somebody' : as === 'draft' && desiresMinors(text) ? 'it speaks of desire and of minors' : as === 'context' && givesOrders(text) ? 'it speaks to the machine that reads it' : undefined);
      if (found !== undefined) return found;
    }
    const written = texts.filter(text => text.trim() !== '');
    if (ask === undefined || as === 'context' || written.length === 0) return undefined;
    try {
      const found = await ask(written);
      isDown = false;
      return found;
    } catch (error) {
      if (whenDown === 'closed' || !(error instanceof TemporaryError)) throw error;
      if (!isDown) say(`moderation goes by the word lists alone: ${error.message}`);
      isDown = true;
      return undefined;
    }
  };
}
