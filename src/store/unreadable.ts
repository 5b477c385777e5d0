// What lies in the store and can be read by nobody any more: cut off, edited by hand, or a key that somebody made something else of.

/** One thing that nobody can read is no reason to stop at all the others. */
export async function orElse<T>(work: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || isOfZlib(error) || isOfOtherType(error)) return otherwise();
    throw error;
  }
}

const isOfZlib = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');

/** A command for hashes, say, met a key that is none. */
export const isOfOtherType = (error: unknown): boolean => String((error as Error).message).includes('WRONGTYPE');
