// The owner and his phone: the real program, private posts on a sandbox that judges, and an impostor.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { closing } from '../support/cleanup.ts';
import { person, readable, type SeenStatus } from '../support/people.ts';
import { freshFolder } from '../support/program.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const isMissing = findProgram('redis-server') === undefined;
const config = 'approval: [mastodon]\nowner: ["mastodon:ada"]\n';

function phone(scene: Scene, handle = 'ada') {
  const url = scene.env['MASTODON_URL'] ?? '';
  const self = person(url, handle);
  const call = async <T>(path: string, method = 'GET'): Promise<T> => (await fetch(url + path, { method, headers: { authorization: `Bearer ${handle}` } })).json() as Promise<T>;
  const send = (words: string, visibility = 'direct') => self.post(`@repartee ${words}`, { visibility });
  return {
    send,
    /** What the bot says to an order. */
    async order(words: string): Promise<string> {
      const { visibility, content } = await self.answer((await send(words)).id, 15_000);
      expect(visibility).toBe('direct');
      return readable(content);
    },
    /** What it sent without being asked. */
    told: async (): Promise<SeenStatus[]> =>
      (await call<{ status?: SeenStatus }[]>('/api/v1/notifications?types[]=mention&include_filtered=true&limit=80')).flatMap(({ status }) => (status && status.in_reply_to_id === null ? [status] : [])),
    favour: (id: string) => call(`/api/v1/statuses/${id}/favourite`, 'POST'),
  };
}
const nameIn = ({ content }: SeenStatus): string => /approve (\w{6})/u.exec(readable(content))?.[1] ?? '';

(isMissing ? describe.skip : describe)(`its owner's phone${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it.concurrent('pauses, resumes, asks how it is and approves by name or by favourite; nobody else does', closing(async () => {
    const scene = await openScene('mastodon', { config });
    await scene.bot();
    const ada = phone(scene);
    expect(await ada.order('status')).toMatch(/^@ada I am at work\. Nothing waits for approval\./u);

    // By the name of the draft.
    const first = await scene.ask();
    await until(async () => (await ada.told()).length === 1, 15_000);
    const [told] = await ada.told();
    if (!told) throw new Error('it was there a moment ago');
    expect(told).toMatchObject({ visibility: 'direct', mentions: [{ acct: 'ada' }] });
    expect(readable(told.content)).toMatch(/^@ada “what is number 1 about\?”\n→ [^@]+Favourite this to post it, or answer “approve \w{6}” or “reject \w{6}”\.$/u);
    expect(await ada.order('APPROVE nosuch')).toContain('Nothing was done: no draft is held as NOSUCH');

    // An impostor in private, and the owner where everybody reads.
    const eve = phone(scene, 'eve');
    const [faked, open] = [await eve.send(`approve ${nameIn(told)}`), await ada.send('pause', 'public')];
    for (const { id } of [faked, open]) await until(async () => await scene.state(id) === 'held', 15_000);
    await eve.favour(told.id);
    expect(await scene.state(first)).toBe('held');
    expect(await ada.order(`approve ${nameIn(told).toLowerCase()}`)).toBe(`@ada ${nameIn(told)} is approved and goes out now.`);
    await until(async () => await scene.state(first) === 'posted', 10_000);

    // By favourite.
    const second = await scene.ask();
    const about = async () => (await ada.told()).find(({ content }) => readable(content).includes('number 2'));
    await until(async () => await about() !== undefined, 15_000);
    await ada.favour((await about())?.id ?? '');
    await until(async () => await scene.state(second) === 'posted', 20_000);

    // While everything is paused, with a crowd before him.
    expect(await ada.order('pause')).toMatch(/^@ada Paused/u);
    const crowd = await Promise.all(Array.from({ length: 40 }, () => scene.ask()));
    await until(async () => (await Promise.all(crowd.map(id => scene.state(id)))).every(state => state === 'seen'), 15_000);
    expect(await ada.order('statut')).toMatch(/^@ada En pause : by its owner/u);
    expect(await ada.order('reprends')).toBe('@ada Je reprends.');
    await until(async () => await scene.state(crowd.at(-1) ?? '') === 'held', 20_000);
    expect(await scene.counts([first, second])).toEqual([1, 1]);
  }), 180_000);

  it.concurrent('is told of a draft once, also by a bot that was killed just after it did', closing(async () => {
    const scene = await openScene('mastodon', { config });
    const witness = join(await freshFolder(), 'witness');
    const bot = await scene.bot({ point: 'after the telling', witness });
    const ada = phone(scene);
    expect(await ada.told()).toEqual([]); // a name is known to the sandbox once its owner came
    const asked = await scene.ask();
    await bot.ended;
    expect(existsSync(witness)).toBe(true);
    await scene.bot();
    expect(await ada.order('status')).toMatch(/Waiting for approval: \w{6}\./u);
    await new Promise(resolve => setTimeout(resolve, 7_000));
    const told = await ada.told();
    expect(told).toHaveLength(1);
    expect(await ada.order(`approve ${told[0] ? nameIn(told[0]) : ''}`)).toContain('is approved');
    await until(async () => await scene.state(asked) === 'posted', 10_000);
  }), 180_000);
});
