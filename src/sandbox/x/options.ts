import type { Faults } from '../faults.ts';

export interface XKeys {
  readonly appKey: string;
  readonly appSecret: string;
  readonly accessToken: string;
  readonly accessSecret: string;
  readonly bearer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The first one; each use replaces it. */
  readonly refreshToken: string;
}

/** The bot's id, which stands at the beginning of its access token, as on X. */
export const botId = '1100000000000000001';

/** What the sandbox hands out when it is given nothing else. They open nothing but the sandbox. */
export const demoKeys: XKeys = {
  appKey: 'sandbox-app-key', appSecret: 'sandbox-app-secret', accessToken: `${botId}-sandbox-access-token`, accessSecret: 'sandbox-access-secret',
  bearer: 'sandbox-app-only-bearer', clientId: 'sandbox-client-id', clientSecret: 'sandbox-client-secret', refreshToken: 'sandbox-first-refresh-token',
};

/** What goes wrong here besides. */
export interface XFaults extends Faults {
  /** Other rate limits, by endpoint as in `GET /2/users/:id/mentions`; or ones that keep the time of their reset to themselves. */
  limits?: Readonly<Record<string, { readonly limit?: number; readonly hidesReset?: boolean }>> | undefined;
  /** The bot's own posts can be read only so long after they were made. */
  readLagMs?: number | undefined;
}

/** The names of the older specification, or of the newer one. */
export type Vocabulary = 'legacy' | 'new';

export interface XSandboxOptions {
  /** Handle of the bot account that is there from the start; `repartee` when absent. */
  readonly bot?: string;
  /** Folder of the journal `x.ndjson`; absent: everything is forgotten at the end. */
  readonly data?: string;
  /** Filled with a few made-up people and posts when empty; yes when absent. */
  readonly town?: boolean;
  /** The app's and the bot's keys; `demoKeys` when absent. */
  readonly keys?: XKeys;
  /** Whether what comes along in `includes` uses up credits; X does not say. No when absent. The bill shows both totals either way. */
  readonly includesBilled?: boolean;
  /** Dollars that are left to spend; without end when absent. */
  readonly credits?: number;
  /** Longest post, weighted; 280 when absent. */
  readonly maxWeightedLength?: number;
  /** Own clock, ms. */
  readonly now?: () => number;
  /** Whose names are understood: the older specification's, the newer one's, or each request's own. `both` when absent. */
  readonly vocabulary?: Vocabulary | 'both';
  /** Whether the bot pays for Premium, and so has trends of its own. No when absent. */
  readonly premium?: boolean;
  /** How often a silent stream sends an empty line; 20 seconds when absent. */
  readonly keepAliveMs?: number;
  /** What the tests want to go wrong. Never reachable over HTTP. */
  readonly faults?: XFaults;
  /** Answers GET /sandbox/x/receipts/:postId. */
  readonly receipt?: (postId: string) => Promise<unknown>;
}
