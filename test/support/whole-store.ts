import type { Redis } from 'ioredis';
import { unpack } from '../../src/store/receipts.ts';

/** Every key and value in a store, receipts unpacked, as one text: what was erased is nowhere in it. */
export async function readWholeStore(client: Redis): Promise<string> {
  const all: string[] = [];
  for (const key of await client.keys('*')) {
    const type = await client.type(key);
    if (/:(?:whole-)?receipt:/u.test(key)) all.push(key, JSON.stringify(unpack(await client.getBuffer(key))));
    else if (type === 'string') all.push(key, await client.get(key) ?? '');
    else if (type === 'hash') all.push(key, JSON.stringify(await client.hgetall(key)));
    else if (type === 'zset') all.push(key, ...await client.zrange(key, '0', '-1'));
    else if (type === 'set') all.push(key, ...await client.smembers(key));
    else if (type === 'list') all.push(key, ...await client.lrange(key, 0, -1));
  }
  return all.join('\n');
}
