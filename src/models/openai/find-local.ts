import { z } from 'zod';
import { bounded } from './bounded.ts';

/** A program on this computer answers at once, or it is not there. */
const patienceMs = 300;

const listed = z.object({ data: z.array(z.object({ id: z.string() })) });
/** A name as models have them; those that only embed text answer nobody. */
const isName = (id: string): boolean => /^[\w.:/@+-]{1,100}$/u.test(id) && !/embed|bge-|minilm|rerank/iu.test(id);

/** The first model that a server of chat completions at this address has, when it answers at once; undefined when it does not. */
export async function findLocalModel(baseUrl: string): Promise<string | undefined> {
  try {
    const response = bounded(await fetch(`${baseUrl}/models`, { signal: AbortSignal.timeout(patienceMs), redirect: 'error' }));
    return response.ok ? listed.safeParse(await response.json()).data?.data.find(({ id }) => isName(id))?.id : undefined;
  } catch {
    return undefined; // nobody there, or nobody who knows what is asked
  }
}
