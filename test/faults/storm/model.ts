import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { pick, type Random } from '../../support/random.ts';

const words = ['lantern', 'kettle', 'harbour', 'pigeon', 'umbrella', 'marmalade', 'lighthouse', 'trombone', 'gravel', 'postcard', 'barometer', 'scarecrow'];

/** A model that speaks chat completions and never says the same thing twice: whoever asks it again about one mention gets other words. */
export async function openChat(random: Random): Promise<{ readonly baseUrl: string; failNext(): void; close(): void }> {
  let said = 0;
  let failures = 0;
  const word = (): string => words[pick(random, 0, words.length - 1)] ?? '';
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      void wait(pick(random, 10, 60)).then(() => {
        if (failures > 0) {
          failures -= 1;
          response.writeHead(500).end();
          return;
        }
        said += 1;
        const content = `The ${word()} and the ${word()} agree on answer ${said}, and the ${word()} has yet to be asked.`;
        response.writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }], usage: { prompt_tokens: 100, completion_tokens: 20 } }));
      });
    });
  });
  await new Promise<void>(listening => {
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    failNext() {
      failures += 1;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
