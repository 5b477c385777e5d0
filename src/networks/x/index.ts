import type { Network, NetworkTools } from '../../core/ports.ts';
import { environment, isOn, settings } from './settings.ts';

/** X, for the registry. */
export const x = {
  name: 'x',
  settings,
  environment,
  login: [environment.appKey, environment.appSecret, environment.accessToken, environment.accessSecret],
  secrets: ['appKey', 'appSecret', 'accessToken', 'accessSecret', 'bearer', 'clientSecret', 'refreshToken'],
  isPaid: true,
  isOn,
  // Its client and its counter of characters are only for those who use them.
  open: async (parsed: unknown, tools: NetworkTools): Promise<Network> => (await import('./open.ts')).openX(parsed, tools),
} as const;
