import { createRestAPIClient, type mastodon } from 'masto';
import type { z } from 'zod';
import type { Clock, Network } from '../../core/ports.ts';
import { PermanentError, SetupError, TemporaryError, UnknownOutcomeError } from '../../core/errors.ts';
import type { Mention, MentionPage, PostRef, Reply, Thread } from '../../core/types.ts';
import { connect, readAddress, readStatus } from './connect.ts';
import { openDoorbell } from './doorbell.ts';
import { isPage, toPostError, toReadError, toStatusError } from './failures.ts';
import { openGates } from './gate.ts';
import { openLooking } from './look.ts';
import { measureText } from './measure.ts';
import { readMentions, startReading, type AskForNotifications, type Paging } from './mentions.ts';
import { settings } from './settings.ts';
import { isForTheAsker, toPost, toPostRef, toReplyVisibility } from './to-post.ts';
import { readTrends, type Read } from './trending.ts';
import { context, list, notifications, person, readEach, status, type WireStatus } from './wire.ts';

const ancestorsKept = 12;
const ownPagesRead = 25;
const metKept = 5_000;

export interface MastodonTools {
  readonly clock: Clock;
  readonly userAgent: string;
  /** A line for the operator. */
  readonly say: (line: string) => void;
}

/** One account on a Mastodon server. Throws SetupError when the address or the token will not do. */
export async function openMastodon(options: unknown, { clock, userAgent, say }: MastodonTools): Promise<Network> {
  const { url: address, token, pollSeconds, timeoutSeconds, nearlyTheSame } = settings.parse(options);
  if (address === undefined || token === undefined) throw new SetupError('Mastodon needs an address and a token');
  const url = readAddress(address);
  const host = url.host;
  const timeoutMs = timeoutSeconds * 1_000;
  const access = { url, token, userAgent, timeoutMs };
  const { self, domain, maxCharacters, charactersPerLink, ways, about, dropped, remiss } = await connect(access);
  // A redirected POST would arrive as a GET and look like a success.
  const client = createRestAPIClient({ url: url.href, accessToken: token, timeout: timeoutMs, requestInit: { redirect: 'error', headers: { 'User-Agent': userAgent } } });

  const gates = openGates(host, clock);

  /** One request, with its headers. `path`: where to ask again for the status when the answer is a page, of which masto forgets it. */
  const read: Read = (what, path, call, gate = gates.reading) => gate.pass(async () => {
    try {
      const { data, headers } = await call();
      gate.look(headers);
      return data;
    } catch (error) {
      throw isPage(error) ? toStatusError(await readStatus(access, path), host, what, error) : toReadError(error, host, what, clock);
    }
  });
  const readAs = async <T>(schema: z.ZodType<T>, ...[what, path, call, gate]: Parameters<Read>): Promise<T> => {
    const parsed = schema.safeParse(await read(what, path, call, gate));
    if (parsed.success) return parsed.data;
    throw new TemporaryError(`${host} gave no usable answer to ${what}`, { cause: parsed.error });
  };
  const readNotifications: AskForNotifications = params => {
    const asked = { types: ['mention' as const], includeFiltered: true, ...params };
    return readAs(notifications, 'mentions', '/api/v1/notifications', () => client.v1.notifications.list.$raw(asked));
  };
  const readContext = ({ id }: Mention, gate = gates.reading) => {
    const path = encodeURIComponent(id);
    return readAs(context, 'a thread', `/api/v1/statuses/${path}/context`, () => client.v1.statuses.$select(path).context.fetch.$raw(), gate);
  };
  const verify = async (): Promise<boolean> => {
    try {
      await read('who we are', '/api/v1/accounts/verify_credentials', () => client.v1.accounts.verifyCredentials.$raw());
      return true;
    } catch {
      return false; // whoever reads mentions says why
    }
  };
  if (dropped.length > 0) say(`mastodon ${self.account}: this account drops mentions by ${dropped.join(', ')} and will not answer them: change that under Preferences → Notifications → Manage notifications`);
  for (const line of remiss) say(`mastodon ${self.account}: ${line}`);
  const bell = openDoorbell({ ways, token, userAgent, timeoutMs, verify, say: line => say(`mastodon ${self.account}: ${line}`) });
  let [rings, ringsHeard, goesOn] = [0, 0, false];
  const paging: Paging = { ignoresMinId: false };
  /** Mentions that were read before: a walk that begins earlier meets them again. */
  const met = new Set<string>();
  const answers = ({ id }: Mention) => (wire: WireStatus): boolean => wire.account.id === self.id && wire.inReplyToId === id;

  const send = async (wanted: mastodon.rest.v1.CreateStatusParams, idempotencyKey: string, leftMs: number): Promise<PostRef> => {
    const answer: unknown = await gates.answering.pass(async () => {
      try {
        const signal = AbortSignal.timeout(Math.ceil(Math.min(leftMs, timeoutMs)));
        return await client.v1.statuses.create(wanted, { requestInit: { headers: { 'Idempotency-Key': idempotencyKey }, signal } });
      } catch (error) {
        throw toPostError(error, host, clock);
      }
    });
    const posted = status.safeParse(answer);
    if (posted.success) return toPostRef(posted.data);
    throw new UnknownOutcomeError(`${host} answered the post with something that is no post`, { cause: posted.error });
  };

  const readPost = (id: string, gate = gates.looking): Promise<WireStatus> => {
    const path = encodeURIComponent(id);
    return readAs(status, 'a post', `/api/v1/statuses/${path}`, () => client.v1.statuses.$select(path).fetch.$raw(), gate);
  };
  const looking = openLooking({
    clock, selfId: self.id,
    readOne: readPost,
    async readMany(ids) {
      const path = `/api/v1/statuses?${ids.map(id => `id[]=${encodeURIComponent(id)}`).join('&')}`;
      return readEach(status, await readAs(list, 'posts', path, () => client.v1.statuses.fetch.$raw({ id: ids }), gates.looking));
    },
  });

  /** Our own posts, newest first, back to when the mention was written. */
  const findAmongOwn = async (mention: Mention): Promise<PostRef | 'out of reach' | undefined> => {
    const writtenAt = Date.parse(mention.createdAt);
    let maxId: string | undefined;
    for (let page = 0; page < ownPagesRead; page += 1) {
      const params = { excludeReblogs: true, limit: 40, ...(maxId !== undefined && { maxId }) };
      const own = readEach(status, await readAs(list, 'our own posts', `/api/v1/accounts/${encodeURIComponent(self.id)}/statuses`, () => client.v1.accounts.$select(encodeURIComponent(self.id)).statuses.list.$raw(params), gates.answering));
      const found = own.find(answers(mention));
      if (found) return toPostRef(found);
      const oldest = own.at(-1);
      if (!oldest || Date.parse(oldest.createdAt) < writtenAt) return undefined;
      maxId = oldest.id;
    }
    return 'out of reach';
  };

  return {
    name: 'mastodon',
    self,
    limits: { text: maxCharacters },
    sameFrom: nearlyTheSame,
    pollMs: pollSeconds * 1_000,
    about,

    async mentions(cursor?: string): Promise<MentionPage> {
      const rungBefore = rings > ringsHeard;
      ringsHeard = rings;
      const page = await (cursor === undefined ? startReading(readNotifications) : readMentions(readNotifications, cursor, self.account, paging, clock.now()));
      const isFurtherPage = goesOn;
      goesOn = page.more;
      // Private mentions that the account filters ring no bell.
      const isNews = page.mentions.some(({ id, visibility }) => visibility !== 'direct' && !met.has(id));
      if (met.size > metKept) met.clear();
      for (const { id } of page.mentions) met.add(id);
      if (isNews && !isFurtherPage && !rungBefore && rings === ringsHeard) bell.missed();
      return page;
    },

    async thread(mention: Mention): Promise<Thread> {
      const { ancestors } = await readContext(mention);
      const said = readEach(status, ancestors).filter(wire => isForTheAsker(wire, mention, self.id));
      const kept = said.length > ancestorsKept + 1 ? [...said.slice(0, 1), ...said.slice(-ancestorsKept)] : said;
      return [...kept.map(toPost), mention];
    },

    async post(reply: Reply): Promise<PostRef> {
      const { to, text, language, idempotencyKey, privately, giveUpAt, giveUpBy } = reply;
      const leftMs = Math.min(giveUpAt - clock.monotonic(), giveUpBy - clock.now());
      if (leftMs <= 0) throw new TemporaryError('the time to send this answer had run out, nothing was sent');
      const spoilerText = to.contentWarning === undefined ? undefined : fitWarning(to.contentWarning, maxCharacters - measureText(text, charactersPerLink));
      const wanted = {
        status: text,
        inReplyToId: to.id,
        visibility: privately ? 'direct' : toReplyVisibility(to.visibility),
        // The server refuses the post when its text tags anybody else.
        allowedMentions: [to.author.id],
        ...(spoilerText !== undefined && { spoilerText, sensitive: true }),
        ...(language !== undefined && { language }),
      };
      return send(wanted, idempotencyKey, leftMs);
    },

    tell: (handle, text, idempotencyKey) => send({ status: `@${handle} ${text}`, visibility: 'direct' }, idempotencyKey, timeoutMs),

    async favouredBy({ id }): Promise<readonly string[]> {
      const path = encodeURIComponent(id);
      const found = await readAs(list, 'who favourited a post', `/api/v1/statuses/${path}/favourited_by`, () => client.v1.statuses.$select(path).favouritedBy.list.$raw());
      return readEach(person, found).map(({ acct }) => acct);
    },

    async find(mention: Mention): Promise<PostRef | undefined> {
      try {
        const { descendants } = await readContext(mention, gates.answering);
        const found = readEach(status, descendants).find(answers(mention));
        return found && toPostRef(found);
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
      }
      // The mention is gone or hidden from us; what we posted may still stand.
      let found: Awaited<ReturnType<typeof findAmongOwn>>;
      try {
        found = await findAmongOwn(mention);
      } catch (error) {
        if (error instanceof PermanentError) throw new TemporaryError(error.message, { cause: error });
        throw error;
      }
      // There will only be more of them.
      if (found === 'out of reach') throw new PermanentError(`${host} shows too little of what we posted to tell whether ${mention.url} was answered`);
      return found;
    },

    asItStands: mention => looking.asItStands(mention, id => readPost(id, gates.answering)),
    look: ids => looking.look(ids),

    async remove({ id }: PostRef): Promise<void> {
      try {
        const path = encodeURIComponent(id);
        await read('a deletion', `/api/v1/statuses/${path}`, () => client.v1.statuses.$select(path).remove.$raw(), gates.answering);
      } catch (error) {
        if (!(error instanceof PermanentError && error.about === 'mention')) throw error;
      }
    },

    measure: text => measureText(text, charactersPerLink),
    trending: () => readTrends(client, read, { domain, account: self.account }, new Date(clock.now())),
    ...(ways.length > 0 && {
      doorbell(ring: () => void, signal: AbortSignal): void {
        void bell.listen(() => {
          rings += 1;
          ring();
        }, signal);
      },
    }),
  };
}

/** Text and warning share one limit on Mastodon. A warning that leaves no room is sent whole: the refusal is then about the text. */
function fitWarning(warning: string, room: number): string {
  const characters = [...new Intl.Segmenter().segment(warning)].map(({ segment }) => segment);
  return characters.length <= room || room < 2 ? warning : `${characters.slice(0, room - 1).join('')}…`;
}
