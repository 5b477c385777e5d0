import type { ContextSource, Network } from '../core/ports.ts';

/** What the people of one network are on about. */
export function openTrends(network: Network): ContextSource {
  const name = `trends of ${network.name} for ${network.self.account}`;
  return { name, trending: () => network.trending(), ...(network.costs && { paid: { account: network.self.account, forMs: network.costs.windowMs } }) };
}
