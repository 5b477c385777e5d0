import { expect, it } from '@jest/globals';
import { openClient } from '../../src/networks/x/client.ts';
import type { XSettings } from '../../src/networks/x/settings.ts';
import { serve } from '../support/servers.ts';

it('a post to X gets what is left of its time when its login had to be renewed first', async () => {
  const silent = await serve(() => undefined);
  const giveUpAt = performance.now() + 800;
  const access = async (): Promise<string> => {
    await new Promise(resolve => setTimeout(resolve, 500));
    return 'a token';
  };
  const client = openClient({ apiUrl: silent.url, timeoutSeconds: 2 } as XSettings, { access } as Parameters<typeof openClient>[1]);
  await expect(client.send({ method: 'post', path: 'tweets', body: { text: 'rain' }, before: () => giveUpAt - performance.now() })).rejects.toThrow();
  expect(performance.now() - giveUpAt).toBeLessThan(300);
});
