import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError, UnknownOutcomeError } from '../../src/core/errors.ts';
import type { Network } from '../../src/core/ports.ts';
import type { Mention, Reply, Visibility } from '../../src/core/types.ts';
import { until } from '../support/until.ts';
import { walkMentions, type Driver, type Traits, type Words } from './network-driver.ts';

const audience: readonly Visibility[] = ['public', 'unlisted', 'followers', 'direct'];
const isWider = (one: Visibility, than: Visibility): boolean => audience.indexOf(one) < audience.indexOf(than);

/** Everything that the port `Network` promises, without the shape of any network. */
export function promisesOfANetwork(title: string, traits: Traits, open: () => Promise<Driver>): void {
  describe(`${title} keeps the promises of a network:`, () => {
    let driver: Driver;
    let network: Network;
    beforeEach(async () => {
      driver = await open();
      ({ network } = driver);
    });
    afterEach(() => driver.close());

    const walk = (from: string, reader = network) => walkMentions(reader, from);
    const start = async (): Promise<string> => (await network.mentions()).cursor;
    const tagged = async (by: string, words: string, options: Words = {}): Promise<Mention> => {
      const cursor = await start();
      await driver.say(by, words, { ...options, tag: true });
      const mention = (await walk(cursor)).mentions.at(-1);
      if (mention) return mention;
      throw new Error('the mention did not arrive');
    };
    const reply = (to: Mention, more: Partial<Reply> = {}): Reply =>
      ({ to, text: `${to.salutation}not much`, language: 'en', idempotencyKey: `key-${to.id}`, giveUpAt: performance.now() + 10_000, giveUpBy: Infinity, ...more });

    it('says who it is in words that fit into keys', () => {
      expect(network.self.account).toMatch(/^[A-Za-z0-9._@-]+$/);
      expect(network.name).toMatch(/^[a-z-]+$/);
      expect(network.limits.text).toBeGreaterThan(0);
      expect(network.pollMs).toBeGreaterThan(0);
      expect(network.about).not.toContain('\n');
    });

    describe('mentions', () => {
      it('older than the first start are never seen', async () => {
        await driver.say('ana', 'an old question', { tag: true });
        const first = await network.mentions();
        expect(first.mentions).toEqual([]);
        expect((await walk(first.cursor)).mentions).toEqual([]);
      });

      it('after a start on an account that nobody ever tagged are seen', async () => {
        const cursor = await start();
        const id = await driver.say('ana', 'the first question ever', { tag: true });
        expect((await walk(cursor)).mentions.map(mention => mention.id)).toEqual([id]);
      });

      it('carry what was said, by whom, and how to address them', async () => {
        const mention = await tagged('ana', 'what is up & <well>?');
        expect(mention).toMatchObject({ network: network.name, account: network.self.account, visibility: 'public' });
        expect(mention.text).toContain('what is up & <well>?');
        expect(mention.text).toContain(network.self.handle);
        expect(mention.author.handle).toContain('ana');
        expect(mention.salutation === '' || mention.salutation === `@${mention.author.handle} `).toBe(true);
        expect(Math.abs(Date.now() - Date.parse(mention.createdAt))).toBeLessThan(60_000);
        expect(URL.canParse(mention.url)).toBe(true);
      });

      it.each([0, 1, 39, 40, 41, 79, 80, 81, 400])('of %d people waiting come once each, oldest first', async count => {
        const cursor = await start();
        const ids: string[] = [];
        for (let number = 0; number < count; number += 1) ids.push(await driver.say(`asker${number}`, `question ${number}`, { tag: true }));
        expect((await walk(cursor)).mentions.map(mention => mention.id)).toEqual(ids);
      });

      it('are not repeated after a restart, and none is left out', async () => {
        const before = await tagged('ana', 'one');
        const { cursor } = await walk(await start());
        const id = await driver.say('bo', 'two', { tag: true });
        const { mentions } = await walk(cursor, await driver.reopen());
        expect(mentions.map(mention => mention.id)).toEqual([id]);
        expect(mentions[0]?.id).not.toBe(before.id);
      });

      it('are the only thing that is reported', async () => {
        const cursor = await start();
        await driver.say('ana', 'nobody is tagged here');
        expect(await network.mentions(cursor)).toMatchObject({ mentions: [], more: false });
      });
    });

    describe('a thread', () => {
      it('is oldest first and ends with its mention', async () => {
        const root = await driver.say('ana', 'the bakery is closed');
        const answer = await driver.say('bo', 'since when?', { under: root });
        const mention = await tagged('cy', 'why?', { under: answer });
        const thread = await network.thread(mention);
        expect(thread.map(({ id }) => id)).toEqual([root, answer, mention.id]);
        expect(thread[0]?.text).toContain('the bakery is closed');
        expect(thread[1]).toMatchObject({ replyTo: root });
      });

      it('of a lone mention is the mention', async () => {
        const mention = await tagged('ana', 'hello');
        expect((await network.thread(mention)).map(({ id }) => id)).toEqual([mention.id]);
      });

      it('keeps its first and its newest posts when it is long', async () => {
        let under = await driver.say('ana', 'post 0');
        const root = under;
        for (let number = 1; number < 30; number += 1) under = await driver.say('ana', `post ${number}`, { under });
        const mention = await tagged('bo', 'what is this?', { under });
        const thread = await network.thread(mention);
        expect(thread.length).toBeLessThanOrEqual(16);
        expect(thread.length).toBeGreaterThanOrEqual(8);
        expect(thread[0]?.id).toBe(root);
        expect(thread.at(-1)?.id).toBe(mention.id);
        expect(thread.at(-2)?.id).toBe(under);
      });

      if (traits.visibilities.includes('direct')) {
        it('leaves out what fewer people may read than the mention', async () => {
          const root = await driver.say('ana', 'for all');
          const secret = await driver.say('ana', 'for you alone', { under: root, visibility: 'direct', tag: true });
          const mention = await tagged('ana', 'what did I say?', { under: secret });
          const texts = (await network.thread(mention)).map(({ text }) => text).join('\n');
          expect(texts).not.toContain('for you alone');
          expect(texts).toContain('for all');
        });
      }
    });

    describe('an answer', () => {
      if (traits.speaks) {
        it('answers that very post and notifies the asker alone', async () => {
          await driver.say('bo', 'I am here too');
          const mention = await tagged('ana', 'what do @bo and you think?');
          const ref = await network.post(reply(mention));
          const found = await driver.look(ref.id, 'ana');
          expect(found).toMatchObject({ replyTo: mention.id, notifies: [mention.author.handle] });
          expect(found.text).toContain('not much');
          expect(await driver.posted()).toEqual([ref.id]);
        });

        it.each(traits.visibilities)('to a %s mention is never wider', async visibility => {
          const mention = await tagged('ana', 'psst', { visibility });
          expect(mention.visibility).toBe(visibility);
          const ref = await network.post(reply(mention));
          const found = await driver.look(ref.id, 'ana');
          expect(isWider(found.visibility, visibility)).toBe(false);
          expect(ref.visibility).toBe(found.visibility);
        });

        if (traits.refusesLong) it('that is too long is refused for its text', async () => {
          const mention = await tagged('ana', 'tell me everything');
          await expect(network.post(reply(mention, { text: mention.salutation + 'x'.repeat(network.limits.text + 1) }))).rejects.toMatchObject({ name: 'PermanentError', about: 'text' });
          expect(await driver.posted()).toEqual([]);
        });

        it('as long as the network allows is taken', async () => {
          const mention = await tagged('ana', 'tell me nearly everything');
          const text = mention.salutation + 'é'.repeat(network.limits.text - network.measure(mention.salutation));
          expect(network.measure(text)).toBe(network.limits.text);
          await network.post(reply(mention, { text }));
          expect(await driver.posted()).toHaveLength(1);
        });

        it('refused with 429 is temporary, and sent once', async () => {
          const mention = await tagged('ana', 'hello');
          driver.failPosts(429);
          await expect(network.post(reply(mention))).rejects.toBeInstanceOf(TemporaryError);
          expect(await driver.posted()).toEqual([]);
        });

        it('that arrived although nobody told us so has an unknown outcome, and is found', async () => {
          const mention = await tagged('ana', 'hello');
          driver.losePostAnswer();
          await expect(network.post(reply(mention))).rejects.toBeInstanceOf(UnknownOutcomeError);
          const [only, ...others] = await driver.posted();
          expect(others).toEqual([]);
          expect(await network.find(mention)).toMatchObject({ id: only });
          if (traits.keys) expect(await network.post(reply(mention))).toMatchObject({ id: only });
        });

        it('whose time is over is not sent', async () => {
          const mention = await tagged('ana', 'hello');
          await expect(network.post(reply(mention, { giveUpAt: performance.now() - 1 }))).rejects.toBeInstanceOf(TemporaryError);
          expect(await driver.posted()).toEqual([]);
          expect(await network.find(mention)).toBeUndefined();
        });
      } else {
        it('is never sent, yet looks as if it was', async () => {
          const mention = await tagged('ana', 'hello');
          const ref = await network.post(reply(mention));
          expect(ref.id).toMatch(/./);
          expect(await driver.posted()).toEqual([]);
        });
      }

      if (traits.contentWarnings && traits.speaks) {
        it('carries the warning of the mention', async () => {
          const mention = await tagged('ana', 'who won?', { contentWarning: 'football' });
          expect(mention.contentWarning).toBe('football');
          const { id } = await network.post(reply(mention));
          expect((await driver.look(id, 'ana')).contentWarning).toBe('football');
        });
      }

      if (traits.keys) {
        it('sent twice with one key is one post', async () => {
          const mention = await tagged('ana', 'hello');
          const first = await network.post(reply(mention));
          const second = await network.post(reply(mention));
          expect(second.id).toBe(first.id);
          expect(await driver.posted()).toHaveLength(traits.speaks ? 1 : 0);
        });
      }

      it('is found afterwards and not before, also by another process where it was really sent', async () => {
        const mention = await tagged('ana', 'hello');
        const other = await tagged('bo', 'hello');
        expect(await network.find(mention)).toBeUndefined();
        const ref = await network.post(reply(mention));
        expect(await network.find(mention)).toMatchObject({ id: ref.id });
        expect(await network.find(other)).toBeUndefined();
        if (traits.speaks) expect(await (await driver.reopen()).find(mention)).toMatchObject({ id: ref.id });
      });

      it('can be removed, also twice', async () => {
        const mention = await tagged('ana', 'hello');
        const ref = await network.post(reply(mention));
        await network.remove(ref);
        await network.remove(ref);
        await until(async () => await network.find(mention) === undefined && (await driver.posted()).length === 0);
      });
    });

    it.each(traits.lengths)('the length of %j is %d', (text, length) => {
      expect(network.measure(text)).toBe(length);
    });

    describe('a read', () => {
      it('refused with 429 is temporary and says when to come back', async () => {
        const cursor = await start();
        driver.failReads(429, 90_000);
        const failure = await network.mentions(cursor).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(TemporaryError);
        const { afterMs } = failure as TemporaryError;
        expect(afterMs).toBeGreaterThan(80_000);
        expect(afterMs).toBeLessThan(100_000);
      });

      it.each([500, 502, 503])('refused with %d is temporary', async status => {
        const cursor = await start();
        driver.failReads(status);
        await expect(network.mentions(cursor)).rejects.toBeInstanceOf(TemporaryError);
      });

      it.each([[401, 'account'], [403, 'account'], [404, 'mention']])('refused with %d is permanent, about the %s', async (status, about) => {
        const root = await driver.say('ana', 'the bakery is closed');
        const mention = await tagged('cy', 'so deep that it cannot all have come along', { under: await driver.say('bo', 'again?', { under: await driver.say('ana', 'yes', { under: root }) }) });
        driver.failReads(status);
        const failure = await network.thread(mention).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(PermanentError);
        expect(failure).toMatchObject({ about });
      });
    });

    it('what is trending has stable ids and heat from 0 to 1', async () => {
      for (const by of ['ana', 'bo', 'cy']) await driver.say(by, 'the #bread is rising');
      const [once, twice] = [await network.trending(), await network.trending()];
      expect(twice.map(({ id }) => id)).toEqual(once.map(({ id }) => id));
      expect(once.length > 0).toBe(traits.trends);
      expect(new Set(once.map(({ id }) => id)).size).toBe(once.length);
      for (const { heat, text, at } of once) {
        expect(heat).toBeGreaterThanOrEqual(0);
        expect(heat).toBeLessThanOrEqual(1);
        expect(text).not.toBe('');
        expect(Date.parse(at)).not.toBeNaN();
      }
    });

    it('a doorbell, where there is one, rings on connecting and on a mention', async () => {
      if (!network.doorbell) return expect(network.about).toContain('polling');
      const stop = new AbortController();
      let rings = 0;
      const heard = Promise.withResolvers<void>();
      try {
        network.doorbell(() => {
          rings += 1;
          heard.resolve();
        }, stop.signal);
        await heard.promise;
        const before = rings;
        await driver.say('ana', 'ding', { tag: true });
        await until(async () => rings > before);
      } finally {
        stop.abort();
      }
    });
  });
}
