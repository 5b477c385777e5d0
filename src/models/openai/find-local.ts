import { z } from 'zod';

/** A program on this computer answers at once, or it is not there. */
const patienceMs = 300;

const listed = z.object({ data: z.array(z.object({ id: z.string().min(1) })) });

/** The first model that a server of chat completions at this address has, when it answers at once; undefined when it does not. */
export async function findLocalModel(baseUrl: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${baseUrl}/models`, { signal: AbortSignal.timeout(patienceMs), redirect: 'error' });
    return listed.safeParse(await response.json()).data?.data[0]?.id;
  } catch {
    return undefined; // nobody there, or nobody who knows what is asked
  }
}
