import type { ContextSource, Network } from '../core/ports.ts';

/** What the people of one network are on about. */
export function openTrends(network: Network): ContextSource {
  return { name: `trends of ${network.name} for ${network.self.account}`, trending: () => network.trending() };
}
