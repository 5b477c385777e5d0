import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { openBench } from '../../src/bench.ts';
import type { Network } from '../../src/core/ports.ts';
import type { Bench } from '../../src/core/rehearsal.ts';
import type { ComposeTools } from '../../src/pipeline/compose.ts';
import { openPrompts } from '../../src/store/prompts.ts';
import { onTestFinished } from './cleanup.ts';
import type { Line } from './line.ts';

const persona = (name: string, voice: string): string => `name: ${name}\nabout: ${name} of the harbour\nvoice: ${voice}\ncheek: 3\nlanguages: [en]\n`;

/** A folder of voices: two that may be heard, and whatever else is given. */
export function makeVoices(more: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'repartee-voices-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ dry: persona('dry', 'Dry as a biscuit.'), wet: persona('wet', 'Wet as the quay.'), ...more })) writeFileSync(join(folder, `${name}.yaml`), text);
  return folder;
}

/** The bench of a bot with one account. What it would search for, and instructions it would keep, are at hand as in a real one. */
export function openBenchOf(line: Line, client: Redis, { tools = {}, folder = makeVoices(), network = line.network }: { readonly tools?: Partial<ComposeTools>; readonly folder?: string; readonly network?: Network } = {}): Bench {
  const { ledger, receipts, composeTools } = line;
  return openBench({ accounts: [network], ledger, receipts, composeTools: () => ({ ...composeTools, network, prompts: openPrompts(client), ...tools }) }, { persona: 'wet', personaFolders: [folder] });
}

/** Everything that a Redis holds. */
export async function readStore(client: Redis): Promise<Record<string, unknown>> {
  const keys = (await client.keys('*')).toSorted();
  return Object.fromEntries(await Promise.all(keys.map(async key => {
    switch (await client.type(key)) {
      case 'hash': return [key, await client.hgetall(key)];
      case 'list': return [key, await client.lrange(key, 0, -1)];
      case 'set': return [key, (await client.smembers(key)).toSorted()];
      case 'zset': return [key, await client.zrange(key, '0', '-1', 'WITHSCORES')];
      default: return [key, (await client.getBuffer(key))?.toString('base64')];
    }
  })) as [string, unknown][]);
}
