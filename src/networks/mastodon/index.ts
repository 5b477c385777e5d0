import type { Network } from '../../core/ports.ts';
import type { MastodonTools } from './open.ts';
import { environment, isOn, settings } from './settings.ts';

/** Mastodon, for the registry. */
export const mastodon = {
  name: 'mastodon',
  settings,
  environment,
  login: [environment.url, environment.token],
  secrets: ['token'],
  isPaid: false,
  isOn: (parsed: unknown): boolean => isOn(settings.parse(parsed)),
  // Its client is only for those who use it.
  open: async (parsed: unknown, tools: MastodonTools): Promise<Network> => (await import('./open.ts')).openMastodon(parsed, tools),
} as const;
