import { dryRun } from '../../src/networks/dry-run.ts';
import { oauth2, openXDriver } from '../support/x-driver.ts';
import type { Traits } from './network-driver.ts';
import { promisesOfANetwork } from './network-suite.ts';

const traits: Traits = {
  visibilities: ['public'],
  speaks: true,
  // X knows none; a text that it has already is looked for under the mention.
  keys: true,
  refusesLong: true,
  contentWarnings: false,
  trends: true,
  lengths: [['Hello, world! 👋', 16], ['日本', 4], ['see booking.com', 27], ['👩‍👩‍👦!', 3]],
};
// What the suite asks of a long thread is more than a frugal operator reads.
const settings = { ancestors: 12 };

promisesOfANetwork('X', traits, () => openXDriver({ settings }));
promisesOfANetwork('X by OAuth 2.0', traits, () => openXDriver({ settings: { ...settings, ...oauth2 } }));
promisesOfANetwork('X in a dry run', { ...traits, speaks: false }, () => openXDriver({ settings, wrap: network => dryRun(network, () => undefined) }));
