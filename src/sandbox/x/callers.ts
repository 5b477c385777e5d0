import { appOnly, oauth1, oauth2, type Call, type Caller } from './endpoint.ts';
import type { SignedRequest, Verdict } from './oauth1.ts';
import type { XKeys } from './options.ts';
import { readPerson } from './person.ts';
import { unauthorized } from './problem.ts';
import type { UserRecord } from './records.ts';
import type { Tokens } from './tokens.ts';
import type { World } from './world.ts';

/** Finds out who calls; anybody it cannot believe is refused alike. */
export const openCallers = (world: World, bot: UserRecord, keys: XKeys, verify: (request: SignedRequest) => Verdict, tokens: Tokens) =>
  (call: Call): Caller => {
    if (/^OAuth\s/i.test(call.authorization)) {
      if (verify(call) === 'fine') return { scheme: oauth1, user: bot, isPerson: false };
      throw unauthorized();
    }
    const token = /^Bearer +(\S+)$/i.exec(call.authorization)?.[1] ?? '';
    if (token === keys.bearer) return { scheme: appOnly, user: undefined, isPerson: false };
    if (tokens.isValid(token)) return { scheme: oauth2, user: bot, isPerson: false };
    const handle = readPerson(call.authorization);
    // The bot has keys; whoever comes by its name alone is not the bot.
    if (handle === undefined || handle.toLowerCase() === bot.handle.toLowerCase()) throw unauthorized();
    return { scheme: oauth2, user: world.ensureUser(handle), isPerson: true };
  };
