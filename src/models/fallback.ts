import { PermanentError, TemporaryError } from '../core/errors.ts';
import type { Model } from '../core/ports.ts';

/** When the second of two models speaks. */
export interface Occasions {
  /** The first one cannot be had: it is away, too slow, or refuses us. */
  readonly failure: boolean;
  /** The first one will not answer this. */
  readonly refusal: boolean;
}

/** One model in front of another. */
export const withFallback = (first: Model, second: Model, { failure, refusal }: Occasions): Model => ({
  name: first.name,
  alone: first,
  ...(failure && { standIn: second }),
  async complete(prompt, signal) {
    try {
      const completion = await first.complete(prompt, signal);
      return refusal && completion.refusal !== undefined ? await second.complete(prompt, signal) : completion;
    } catch (error) {
      if (failure && (error instanceof TemporaryError || error instanceof PermanentError)) return second.complete(prompt, signal);
      throw error;
    }
  },
});
