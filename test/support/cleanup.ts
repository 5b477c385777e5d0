import { afterAll, afterEach, expect } from '@jest/globals';

/** What each test opened: some go on side by side. */
const pending = new Map<object | undefined, (() => unknown)[]>();
const thisTest = (): object | undefined => expect.getState().currentTestIdentity?.();

/** Runs after the current test, the last registered first. */
export const onTestFinished = (undo: () => unknown): void => {
  pending.set(thisTest(), [...pending.get(thisTest()) ?? [], undo]);
};

async function close(test: object | undefined): Promise<void> {
  for (let undo = pending.get(test)?.pop(); undo; undo = pending.get(test)?.pop()) await undo();
  pending.delete(test);
}

/** For `it.concurrent`, around which jest runs no hooks: the test closes what it opened. */
export const closing = <Args extends readonly unknown[]>(test: (...args: Args) => Promise<void>) => async (...args: Args): Promise<void> => {
  try {
    await test(...args);
  } finally {
    await close(thisTest());
  }
};

afterEach(() => close(thisTest()));
// What a test that took too long has left.
afterAll(async () => {
  await Promise.all([...pending.keys()].map(close));
});
