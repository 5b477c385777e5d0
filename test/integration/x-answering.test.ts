// X as it is answered: once, to whoever summoned us, for the price of a reply; and every refusal as it is meant.
import { afterEach, describe, expect, it } from '@jest/globals';
import { PermanentError, SetupError, TemporaryError, UnknownOutcomeError } from '../../src/core/errors.ts';
import type { Mention, Reply } from '../../src/core/types.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { x } from '../../src/networks/x/index.ts';
import { openX } from '../../src/sandbox/x/index.ts';
import { openBooks } from '../support/books.ts';
import { openLine } from '../support/line.ts';
import { openSomeRedis } from '../support/redis-servers.ts';
import { oauth1, oauth2, openXDriver, toTools, type XDriver } from '../support/x-driver.ts';

let driver: XDriver;
const open = async (options: Parameters<typeof openXDriver>[0] = {}): Promise<XDriver> => (driver = await openXDriver(options));
afterEach(() => driver.close());

const tagged = async (words = 'hello', options: Parameters<XDriver['say']>[2] = {}): Promise<Mention> => {
  const { cursor } = await driver.network.mentions();
  await driver.say('ana', words, { tag: true, ...options });
  const [mention] = (await driver.network.mentions(cursor)).mentions.slice(-1);
  if (!mention) throw new Error('the mention did not arrive');
  return mention;
};
const reply = (to: Mention, text = 'The goose keeps its own calendar.'): Reply => ({ to, text, language: 'en', idempotencyKey: `key-${to.id}`, giveUpAt: performance.now() + 10_000, giveUpBy: Infinity });
const failureOf = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => undefined, (error: unknown) => error);
const botPosts = () => driver.x.requests.filter(({ method, path, dollars }) => method === 'POST' && path === '/2/tweets' && dollars > 0);

describe('an answer', () => {
  it('goes under the very post that summoned us, never its parent, and tells nobody else', async () => {
    await open();
    const root = await driver.say('bo', 'the goose is back');
    const mention = await tagged('is that true, @cy?', { under: root });
    const ref = await driver.network.post(reply(mention));
    expect(await driver.look(ref.id, 'ana')).toMatchObject({ replyTo: mention.id, notifies: ['ana'] });
    expect(ref.url).toBe(`${driver.x.url}/repartee/status/${ref.id}`);
  });

  it('costs a read and a reply: $0.011, or $0.021 if the author that came along is billed', async () => {
    await open();
    await driver.network.post(reply(await tagged()));
    expect(driver.x.bill()).toMatchObject({ dollars: 0.011, dollarsWithIncludes: 0.021 });
    expect(driver.books.dollars()).toBeCloseTo(0.021, 9);
  });

  it('with a link is never sent, whoever wrote it', async () => {
    await open();
    const mention = await tagged();
    for (const text of ['See https://goose.com', 'See goose.com', 'See https://goose.example/new']) {
      expect(await failureOf(driver.network.post(reply(mention, text)))).toMatchObject({ name: 'PermanentError', about: 'text' });
    }
    expect({ posts: await driver.posted(), tidy: driver.network.tidy?.('See goose.com and $GOOSE') }).toEqual({ posts: [], tidy: 'See goose .com and GOOSE' });
  });

  it('may hold one where the settings say so, and then is booked at its price', async () => {
    await open({ settings: { allowLinks: true, budget: { perMention: 0.25, perDay: 5 } } });
    await driver.network.post(reply(await tagged(), 'See goose.com'));
    expect(driver.books.charges.at(-1)).toMatchObject({ what: 'reply with a link', price: 0.2 });
  });

  it('sent twice is one post: the second time it is found under the mention', async () => {
    await open();
    const mention = await tagged();
    const first = await driver.network.post(reply(mention));
    expect(await driver.network.post(reply(mention))).toEqual(first);
    expect(await driver.posted()).toEqual([first.id]);
  });

  it('whose words another mention got is of unknown outcome, as a duplicate', async () => {
    await open();
    await driver.network.post(reply(await tagged('one')));
    const failure = await failureOf(driver.network.post(reply(await tagged('two'))));
    expect(failure).toBeInstanceOf(UnknownOutcomeError);
    expect(failure).toMatchObject({ isDuplicate: true });
  });

  it.each(['cut', 'half'] as const)('whose own answer is %s after it was posted is of unknown outcome, and read back', async how => {
    await open();
    const mention = await tagged();
    driver.faults.after = ({ method, path }) => (method === 'POST' && path === '/2/tweets' ? how : undefined);
    expect(await failureOf(driver.network.post(reply(mention)))).toBeInstanceOf(UnknownOutcomeError);
    const [only] = await driver.posted();
    expect(await driver.network.find(mention)).toMatchObject({ id: only });
  });

  it('that never reached X was not sent', async () => {
    await open();
    const mention = await tagged();
    const lonely = await driver.openWith({});
    await driver.close();
    const failure = await failureOf(lonely.post(reply(mention)));
    driver = await openXDriver();
    expect(failure).toBeInstanceOf(TemporaryError);
    expect((failure as Error).message).toMatch(/^127\.0\.0\.1:\d+ could not be reached: connection refused$/u);
  });
});

describe('a refusal', () => {
  const about = (detail: string, type = 'about:blank', status = 403) => ({ title: 'Forbidden', detail, type, status });
  const refuse = (status: number, body: unknown, headers = {}) => {
    driver.faults.before = ({ method, path }) => (method === 'POST' && path === '/2/tweets' ? { status, body, headers } : undefined);
  };

  it.each([
    ['not summoned', 403, about('You can only reply to or quote posts where you are mentioned or are the author.', 'https://api.x.com/2/problems/not-authorized-for-resource'), { name: 'PermanentError', about: 'mention' }],
    ['not engaged', 403, about('Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.'), { name: 'PermanentError', about: 'mention' }],
    ['deleted', 403, about('You attempted to reply to a Tweet that is deleted or not visible to you.'), { name: 'PermanentError', about: 'mention' }],
    ['a duplicate', 403, about('You are not allowed to create a Tweet with duplicate content.'), { name: 'UnknownOutcomeError', isDuplicate: true }],
    ['disliked', 403, about('You are not permitted to perform this action.'), { name: 'TemporaryError', afterMs: 900_000 }],
    ['not enrolled', 403, { ...about('When authenticating requests…', 'https://api.x.com/2/problems/client-forbidden'), reason: 'client-not-enrolled' }, { name: 'TemporaryError', afterMs: 86_400_000 }],
    ['no credits', 402, { title: 'Payment Required', detail: 'credits depleted', type: 'https://api.x.com/2/problems/credits-depleted', status: 402 }, { name: 'TemporaryError', afterMs: 900_000 }],
    ['a cap', 403, { title: 'UsageCapExceeded', detail: 'Usage cap exceeded: Monthly product cap', type: 'https://api.x.com/2/problems/usage-capped' }, { name: 'TemporaryError', afterMs: 900_000 }],
    ['a cap, by its title alone', 403, { title: 'UsageCapExceeded', detail: 'Monthly product cap' }, { name: 'TemporaryError', afterMs: 900_000 }],
    ['a cap, by its title alone, as too many', 429, { title: 'UsageCapExceeded', detail: 'Monthly product cap' }, { name: 'TemporaryError', afterMs: 900_000 }],
    ['no credits, by its title alone', 403, { title: 'CreditsDepleted', detail: 'Your enrolled account does not have any credits' }, { name: 'TemporaryError', afterMs: 900_000 }],
    ['too many and that it failed, in the old words', 503, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }, { name: 'UnknownOutcomeError', isDuplicate: false }],
    ['too many, in the old words', 429, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }, { name: 'TemporaryError', afterMs: 60_000 }],
    ['too long', 400, { title: 'Invalid Request', detail: 'One or more parameters to your request was invalid.', type: 'https://api.x.com/2/problems/invalid-request', errors: [{ message: 'Your Tweet text is too long.' }] }, { name: 'PermanentError', about: 'text' }],
    ['a refused login', 401, { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' }, { name: 'PermanentError', about: 'account' }],
    ['gone', 404, about('Could not find tweet', 'https://api.x.com/2/problems/resource-not-found', 404), { name: 'PermanentError', about: 'mention' }],
    ['a failure', 503, { title: 'Service Unavailable', detail: 'Service Unavailable', type: 'about:blank', status: 503 }, { name: 'UnknownOutcomeError', isDuplicate: false }],
    ['an error page', 403, '<html>Forbidden</html>', { name: 'UnknownOutcomeError', isDuplicate: false }],
    ['an empty page', 500, '', { name: 'UnknownOutcomeError' }],
    ['a welcome without an id', 201, { data: {} }, { name: 'UnknownOutcomeError' }],
    ['no data', 201, {}, { name: 'UnknownOutcomeError' }],
  ])('that says %s is meant so, in one line', async (_, status, body, expected) => {
    await open();
    const mention = await tagged();
    refuse(status, body);
    const failure = await failureOf(driver.network.post(reply(mention)));
    expect(failure).toMatchObject(expected);
    expect((failure as Error).message).toMatch(/^127\.0\.0\.1:\d+ [^\n]+$/u);
    expect(await driver.posted()).toEqual([]);
  });

  it('of three replies in a row as not summoned rests the account, and tells the operator', async () => {
    await open();
    const mentions = [await tagged('1'), await tagged('2'), await tagged('3'), await tagged('4')];
    refuse(403, about('You can only reply to or quote posts where you are mentioned or are the author.'));
    for (const [number, mention] of mentions.entries()) {
      expect(await failureOf(driver.network.post(reply(mention, `answer ${number}`)))).toBeInstanceOf(number < 3 ? PermanentError : TemporaryError);
    }
    expect(driver.lines).toEqual([expect.stringContaining('3 replies in a row as not summoned')]);
    expect(driver.x.requests.filter(({ status, path }) => path === '/2/tweets' && status === 403)).toHaveLength(3);
  });
});

describe('a mention that did not summon us', () => {
  it('is skipped with the reason: no call to POST, no dollar more', async () => {
    await open();
    const redis = await openSomeRedis();
    try {
      const { cursor } = await driver.network.mentions();
      const ours = driver.x.world.say({ by: driver.x.bot, text: 'The goose is right.' });
      await driver.say('ana', 'ha', { under: ours.id });
      const [mention] = (await driver.network.mentions(cursor)).mentions;
      if (!mention) throw new Error('a reply to us is a mention too');
      const spent = driver.x.bill().dollars;
      const line = openLine(redis.client);
      const ref = await line.see({ ...mention, network: line.network.name, account: line.network.self.account });
      const tools = { ...line.composeTools, network: driver.network, clock: { now: () => Date.now(), monotonic: () => performance.now() } };
      expect(await compose(ref, tools)).toMatchObject({ kind: 'skipped', reason: expect.stringMatching(/^not summoned/u) });
      expect(await line.record(ref)).toMatchObject({ state: 'skipped', reason: expect.stringMatching(/^not summoned/u) });
      expect({ posts: botPosts(), more: driver.x.bill().dollars - spent }).toEqual({ posts: [], more: 0 });
    } finally {
      await redis.close();
    }
  });
});

describe('a login by OAuth 2.0', () => {
  it('is renewed once when X refuses its token, and what was asked is asked again', async () => {
    let shift = 0;
    await open({ settings: oauth2, sandbox: { now: () => Date.now() + shift } });
    const mention = await tagged();
    const renewals = () => driver.x.requests.filter(({ path }) => path === '/2/oauth2/token').length;
    const before = renewals();
    shift = 3 * 3_600_000; // by the clock of X the token is over
    expect(await driver.network.post(reply(mention))).toMatchObject({ visibility: 'public' });
    expect(renewals() - before).toBe(1);
  });

  it('that is refused says what to do, without the token', async () => {
    await open();
    const failure = await failureOf(driver.openWith({ ...oauth2, refreshToken: 'an-old-one' }));
    expect(failure).toBeInstanceOf(SetupError);
    expect((failure as Error).message).toBe('X refuses the refresh token: get a new X_REFRESH_TOKEN, or use OAuth 1.0a, which never ends');
  });
});

describe('a login', () => {
  const log = async (settings: Readonly<Record<string, unknown>>, more: { readonly now?: () => number } = {}): Promise<unknown> => {
    await open();
    const tools = toTools(openBooks(), [], { now: more.now ?? (() => Date.now()), monotonic: () => performance.now() });
    return failureOf(x.open(x.settings.parse({ ...oauth1, apiUrl: driver.x.url, timeoutSeconds: 2, ...settings }), tools));
  };

  it.each([
    ['X_APP_KEY', 'appKey'], ['X_APP_SECRET', 'appSecret'], ['X_ACCESS_TOKEN', 'accessToken'], ['X_ACCESS_SECRET', 'accessSecret'],
  ] as const)('with a wrong %s says that it is this one, with and without a handle', async (name, field) => {
    for (const handle of [undefined, 'repartee']) {
      const wrong = field === 'accessToken' ? oauth1.accessToken.replace(/-.*/u, '-wrong') : 'wrong';
      const failure = await log({ [field]: wrong, ...(handle && { handle }) });
      await driver.close();
      expect(failure).toBeInstanceOf(SetupError);
      expect((failure as Error).message).toMatch(new RegExp(`^${name} is wrong: 127\\.0\\.0\\.1:\\d+ refuses the login \\(401\\)`, 'u'));
      expect((failure as Error).message).not.toContain(oauth1.appSecret);
    }
    await open();
  });

  it('says which one it may be where the server names nothing', async () => {
    await open();
    driver.faults.before = ({ path }) => (path.startsWith('/1.1') || path === '/oauth2/token' ? { status: 404, body: { title: 'Not Found', status: 404 } } : undefined);
    const failure = await failureOf(driver.openWith({ accessSecret: 'wrong' }));
    expect((failure as Error).message).toMatch(/^one of X_APP_KEY, X_APP_SECRET, X_ACCESS_TOKEN, X_ACCESS_SECRET is wrong/u);
  });

  it.each([[10, 'behind'], [-10, 'ahead']])('with a clock off by %d minutes says that it is the clock', async (minutes, how) => {
    const theirs = () => Date.now() + minutes * 60_000;
    const server = await openX({ now: theirs });
    driver = await openXDriver();
    const failure = await failureOf(x.open(x.settings.parse({ ...oauth1, apiUrl: server.url }), toTools(openBooks())));
    await server.close();
    expect(failure).toBeInstanceOf(SetupError);
    expect((failure as Error).message).toMatch(new RegExp(`^this computer's clock is 10 minutes ${how}, and OAuth 1\\.0a signs the time`, 'u'));
  });

  it.each([
    ['an access token without the number of the account', { accessToken: 'no-number-in-front' }, /^X_ACCESS_TOKEN is wrong: .* must begin with the number of the account/u],
    ['an address of something else', { apiUrl: 'http://127.0.0.1:1' }, /^127\.0\.0\.1:1 gave no usable answer to who we are: connection refused: is X_API_URL/u],
  ])('with %s', async (_, settings, pattern) => {
    expect((await log(settings) as Error).message).toMatch(pattern);
  });

  it.each([
    ['no login at all', 400, { errors: [{ code: 215, message: 'Bad Authentication data.' }] }, /said 400 to who we are: Bad Authentication data\./u],
    ['an app in no project', 403, { title: 'Client Forbidden', reason: 'client-not-enrolled', detail: 'must be in a project', type: 'https://api.x.com/2/problems/client-forbidden' }, /said 403 to who we are: must be in a project \(the app may not use the API/u],
  ])('that X takes for %s does not start', async (_, status, body, pattern) => {
    await open();
    driver.faults.before = () => ({ status, body });
    const failure = await failureOf(driver.openWith({}));
    expect(failure).toBeInstanceOf(SetupError);
    expect((failure as Error).message).toMatch(pattern);
  });

  it.each([['OAuth 1.0a', oauth1], ['OAuth 2.0', oauth2]])('by %s without a handle asks once who we are, and remembers it', async (_, settings) => {
    await open();
    const spent = () => driver.x.bill().dollarsWithIncludes;
    for (const expected of [0.01, 0.01, 0.01]) {
      const { self } = await driver.openWith({ ...settings, handle: undefined });
      expect(self).toMatchObject({ id: driver.x.bot.id, handle: 'repartee' });
      expect(spent()).toBeCloseTo(expected, 9);
    }
    expect(driver.x.requests.filter(({ path }) => path === '/2/users/me')).toHaveLength(1);
  });

  it('tells once when X calls the account something else than the settings', async () => {
    await open({ settings: { handle: 'reparty' } });
    const { cursor } = await driver.network.mentions();
    for (const words of ['one', 'two']) await driver.say('ana', words, { tag: true });
    const { mentions } = await driver.network.mentions(cursor);
    expect(mentions.map(({ unanswerable }) => unanswerable)).toEqual([undefined, undefined]);
    expect(driver.lines).toEqual(['X calls this account @repartee, not @reparty: set X_HANDLE to it']);
  });

  it('learns a new handle for the next start', async () => {
    await open({ settings: { handle: undefined } });
    const { cursor } = await driver.network.mentions();
    driver.faults.after = ({ path }) => (path.endsWith('/mentions')
      ? { status: 200, body: { data: [{ id: '1999999999999999999', text: '@quip hello', author_id: '5', entities: { mentions: [{ start: 0, end: 5, username: 'quip', id: driver.x.bot.id }] } }], meta: { result_count: 1 } } } : undefined);
    await driver.network.mentions(cursor);
    expect(driver.lines).toEqual(['X calls this account @quip, not @repartee: from the next start on we do too']);
    expect((await driver.reopen()).self.handle).toBe('quip');
  });

  it.each([
    [{}, undefined], [{ bearer: 'b' }, /X_BEARER_TOKEN alone cannot post/u], [{ appKey: 'a', appSecret: 'b' }, /^X: X_ACCESS_TOKEN, X_ACCESS_SECRET are missing/u],
    [{ appKey: 'a', appSecret: 'b', accessToken: 'c' }, /^X: X_ACCESS_SECRET is missing/u], [{ refreshToken: 'r' }, /X_CLIENT_ID is missing/u], [{ clientId: 'c' }, /X_REFRESH_TOKEN is missing/u],
  ])('that is only half there says what is missing: %j', async (settings, pattern) => {
    await open();
    const isOn = (): boolean => x.isOn(x.settings.parse(settings));
    if (pattern === undefined) expect(isOn()).toBe(false);
    else expect(isOn).toThrow(pattern);
  });
});
