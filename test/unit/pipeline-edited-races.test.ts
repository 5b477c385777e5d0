// An edit that meets something else on its way: another run of the same mention, somebody who is forgotten, a network that refuses the text.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Mention } from '../../src/core/types.ts';
import { TemporaryError } from '../../src/core/errors.ts';
import { approve } from '../../src/pipeline/approve.ts';
import { readStore } from '../support/bench.ts';
import { asked, old, openEditableLine, recent } from '../support/editable.ts';
import { openLine, settleMs } from '../support/line.ts';
import { openSomeRedis, type TestRedis } from '../support/redis-servers.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await openSomeRedis();
});
beforeEach(async () => {
  await redis.client.flushall();
});
afterAll(async () => {
  await redis.close();
});

const openEditable = (options: Parameters<typeof openEditableLine>[1] = {}) => openEditableLine(redis.client, options);

/** A door that somebody waits at. */
function openDoor() {
  let open = (): void => undefined;
  const isOpen = new Promise<void>(resolve => void (open = resolve));
  return { isOpen, open };
}

describe('two runs of one mention', () => {
  it('a look that lasts longer than an attempt of another one leaves the frozen text as it is', async () => {
    const line = openLine(redis.client, { says: ['The ferry keeps its own calendar.', 'The zeppelin keeps no calendar.'] });
    const [looks, mayLook] = [openDoor(), openDoor()];
    const ref = await line.draft(old);
    line.network.fates.push({ slowDownMs: 500 });
    await line.publish(ref);
    expect(await line.record(ref)).toMatchObject({ state: 'ready' });
    Object.assign(line.network, { asItStands: async () => {
      looks.open();
      await mayLook.isOpen;
      return recent;
    } });
    const late = line.publish(ref);
    await looks.isOpen;
    Object.assign(line.network, { asItStands: async (mention: Mention) => mention });
    line.network.fates.push('cut before commit');
    await line.publish(ref);
    for (let look = 0; look < 6 && (await line.record(ref)).state !== 'ready'; look += 1) {
      line.clock.advance(settleMs + 1_500);
      await line.publish(ref);
    }
    expect(await line.record(ref)).toMatchObject({ state: 'ready', wasUnknown: true });
    mayLook.open();
    expect(await late).toMatchObject({ kind: 'nothing' });
    expect(await line.record(ref)).toMatchObject({ state: 'ready', draftNumber: 1, mention: { text: old.text } });
    await line.publish(ref);
    expect(new Set(line.network.requests.map(({ text, idempotencyKey }) => `${idempotencyKey} ${text}`)).size).toBe(1);
  });

  it('a model that thinks until the words have changed is not heard', async () => {
    const line = openEditable({ publish: { holds: true } });
    const ref = await line.see(old);
    const [thinks, mayAnswer] = [openDoor(), openDoor()];
    const late = line.compose(ref, { holds: true, model: { name: 'slow', complete: async () => {
      thinks.open();
      await mayAnswer.isOpen;
      return { text: 'The ferry of yesterday keeps its own calendar.', model: 'slow' };
    } } });
    await thinks.isOpen;
    await line.compose(ref, { holds: true });
    const { fence = '' } = await line.record(ref);
    expect(await approve(ref, fence, 'olive', line.composeTools)).toHaveProperty('done');
    line.says(recent);
    expect(await line.publish(ref, { holds: true })).toMatchObject({ kind: 'redraft' });
    mayAnswer.open();
    expect(await late).toMatchObject({ kind: 'nothing' });
    expect(await line.record(ref)).toMatchObject({ state: 'seen', draftNumber: 2, mention: { text: recent.text } });
    expect(await line.record(ref)).not.toHaveProperty('draft');
  });

  it('a draft that nobody could judge in time is not kept for other words', async () => {
    const line = openEditable();
    const ref = await line.see(old);
    const [judges, mayFail] = [openDoor(), openDoor()];
    const late = line.compose(ref, { moderate: async (_, as) => {
      if (as !== 'draft') return undefined;
      judges.open();
      await mayFail.isOpen;
      throw new TemporaryError('503');
    } });
    await judges.isOpen;
    await line.compose(ref);
    line.says(recent);
    expect(await line.publish(ref)).toMatchObject({ kind: 'redraft' });
    mayFail.open();
    await late;
    expect(await line.record(ref)).not.toHaveProperty('unjudged');
  });

  it('brings back nobody who is forgotten while it looks', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(old);
    const [looks, mayLook] = [openDoor(), openDoor()];
    Object.assign(line.network, { asItStands: async () => {
      looks.open();
      await mayLook.isOpen;
      return recent;
    } });
    const late = line.publish(ref);
    await looks.isOpen;
    await line.composeTools.memory.erase(ref.network, { id: old.author.id, handle: old.author.handle });
    mayLook.open();
    await late;
    const left = JSON.stringify(await readStore(redis.client));
    expect(left).not.toContain(old.author.handle);
    expect(left).not.toContain('zeppelin');
  });
});

it('a mention that a name had to go from counts as edited by nobody', async () => {
  const line = openEditable();
  const named = asked('what of @zoe@town.example and the ferry?');
  const ref = await line.draft(named);
  line.says(named);
  await line.composeTools.memory.erase(ref.network, { id: 'u-zoe', handle: 'zoe@town.example' });
  expect((await line.record(ref)).mention.text).not.toContain('zoe');
  expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
  expect(JSON.stringify(await readStore(redis.client))).not.toContain('zoe');
});

it('an edit uses up none of the tries that a text has', async () => {
  const line = openEditable({ says: ['The ferry keeps its own calendar.', 'The zeppelin keeps no calendar at all.', 'No calendar.'] });
  const ref = await line.draft(old);
  line.says(recent);
  await line.publish(ref);
  await line.compose(ref);
  line.network.fates.push('text refused');
  expect(await line.publish(ref)).toMatchObject({ kind: 'redraft' });
  expect(await line.record(ref)).toMatchObject({ draftNumber: 3 });
  await line.compose(ref);
  expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
});
