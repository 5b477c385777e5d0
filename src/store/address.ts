import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Connection } from './client.ts';

const schema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('child'), socket: z.string(), pid: z.number().optional(), startedAt: z.string().optional() }),
  z.object({ kind: z.literal('embedded'), port: z.number(), password: z.string() }),
]);

/** Where the data folder's own Redis listens, for the commands beside a running bot and for the next start. */
export type Address = z.infer<typeof schema>;
export type AddressOf<Kind extends Address['kind']> = Extract<Address, { kind: Kind }>;

const fileOf = (data: string): string => join(data, 'redis.json');

export function writeAddress(data: string, address: Address): void {
  const file = fileOf(data);
  writeFileSync(`${file}.new`, `${JSON.stringify(address)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Undefined when there is none, or none that we understand. */
export function readAddress(data: string): Address | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(fileOf(data), 'utf8')));
  } catch {
    return undefined; // nothing runs there that we could join
  }
}

export function removeAddress(data: string): void {
  rmSync(fileOf(data), { force: true });
}

/** The embedded Redis' journal in a data folder. */
export const journalName = 'journal.redis';

export function toEmbeddedConnection({ port, password }: AddressOf<'embedded'>): Connection {
  return { host: '127.0.0.1', port, password };
}
