// A worker of the control: what one writes at first. It asks the model, posts, and tries again when anything fails; it keeps no record of what it did.
// X refuses the same text twice, which would save it; but a model asked again says something else, here as in life.
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { workerOptions } from '../../../workers/queues.ts';
import type { Mention } from './judge.ts';
import { speechOf } from './places.ts';

export interface NaiveOptions {
  readonly port: number;
  readonly queue: string;
  readonly url: string;
  readonly modelUrl: string;
  readonly handle: string;
}

const { port, queue, url, modelUrl, handle } = JSON.parse(process.argv[2] ?? '') as NaiveOptions;
const deadlineMs = 10_000;

async function send(address: string, token: string, body: unknown): Promise<unknown> {
  const response = await fetch(address, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(deadlineMs),
  });
  if (!response.ok) throw new Error(`${address} said ${response.status}`);
  return response.json();
}

async function answer({ place, id, number }: Mention): Promise<void> {
  const said = await send(`${modelUrl}/chat/completions`, 'made-up-key-0123456789', { model: 'storm', messages: [{ role: 'user', content: `question ${number}` }] });
  const { choices: [choice] } = said as { choices: { message: { content: string } }[] };
  const speech = speechOf(place);
  await send(url + speech.path, handle, speech.toBody(choice?.message.content ?? '', id));
}

// The parent decides when a terminal's Ctrl-C ends this.
process.on('SIGINT', () => process.exitCode = 130);
process.on('disconnect', () => process.exit());

const connection = new Redis({ host: '127.0.0.1', port, maxRetriesPerRequest: null });
const worker = new Worker<Mention>(queue, job => answer(job.data), workerOptions(connection, 16));
worker.on('error', error => console.error(`control: ${error.message}`));
await worker.waitUntilReady();
process.send?.('ready');
