import type { StoreWatch } from '../../src/store/watch.ts';

/** A store that works, whatever anybody says. */
export const wellStore: StoreWatch = { trouble: () => undefined, look: async () => undefined, concerns: () => false, whenWell: async () => undefined, close: () => undefined };
