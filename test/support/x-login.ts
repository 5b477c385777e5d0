import type { Clock, Vault } from '../../src/core/ports.ts';
import { openTokens, type TokenOptions, type Tokens } from '../../src/networks/x/oauth2.ts';
import { openFakeClock } from './fake-clock.ts';
import type { TokenServer } from './token-server.ts';

/** Its seconds pass while somebody looks at it, so that nobody waits in vain. */
function openHastyClock(): Clock & { advance(ms: number): void } {
  const clock = openFakeClock();
  let lookedMs = 0;
  return {
    ...clock,
    monotonic() {
      lookedMs += 2_500;
      return clock.monotonic() + lookedMs;
    },
  };
}

export interface XLogin {
  readonly clock: ReturnType<typeof openHastyClock>;
  /** What was said to the operator. */
  readonly lines: string[];
  readonly hidden: Set<string>;
  /** As another process would open it. */
  open(options?: Partial<TokenOptions>): Tokens;
  /** The vault, with something happening on the way. */
  through(more: Partial<Vault>): Vault;
  works(token: string): Promise<boolean>;
}

/** The login of X at a server of tokens, over a vault. */
export function openLogin(server: TokenServer, vault: Vault): XLogin {
  const clock = openHastyClock();
  const lines: string[] = [];
  const hidden = new Set<string>();
  return {
    clock, lines, hidden,
    open: options => openTokens({
      api: server.url, ...server.keys, timeoutMs: 300, userAgent: 'a test', clock, vault, hide: secret => hidden.add(secret), say: line => lines.push(line), ...options,
    }),
    through: more => ({ get: name => vault.get(name), put: (name, value) => vault.put(name, value), alone: (name, forMs, work) => vault.alone(name, forMs, work), ...more }),
    works: async token => (await fetch(`${server.url}/2/users/me`, { headers: { authorization: `Bearer ${token}` } })).ok,
  };
}

/** Whether a name in the vault is that of the tokens, not of the mark of a refresh. */
export const isPair = (name: string): boolean => !name.endsWith('-refreshing');
