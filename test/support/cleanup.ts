import { afterEach } from '@jest/globals';

const pending: (() => unknown)[] = [];

/** Runs after the current test, the last registered first. */
export const onTestFinished = (undo: () => unknown): void => {
  pending.push(undo);
};

afterEach(async () => {
  while (pending.length > 0) await pending.pop()?.();
});
