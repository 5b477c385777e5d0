import { createRestAPIClient, type mastodon } from 'masto';
import type { z } from 'zod';
import type { Clock, Network } from '../../core/ports.ts';
import { PermanentError, SetupError, TemporaryError, UnknownOutcomeError } from '../../core/errors.ts';
import type { Mention, MentionPage, PostRef, Reply, Thread } from '../../core/types.ts';
import { connect, readAddress } from './connect.ts';
import { listenForRings } from './doorbell.ts';
import { toPostError, toReadError } from './failures.ts';
import { measureText } from './measure.ts';
import { settings } from './settings.ts';
import { isForTheAsker, toMention, toPost, toPostRef, toReplyVisibility } from './to-post.ts';
import { readTrends } from './trending.ts';
import { context, list, notifications, readEach, status, type WireStatus } from './wire.ts';

const pageSize = 80;
const ancestorsKept = 12;
const ownPagesRead = 5;
/** Lower than every notification id: the cursor of an account that nobody has notified yet. */
const beginningOfTime = '0';

export interface MastodonTools {
  readonly clock: Clock;
  readonly userAgent: string;
}

/** One account on a Mastodon server. Throws SetupError when the address or the token will not do. */
export async function openMastodon(options: unknown, { clock, userAgent }: MastodonTools): Promise<Network> {
  const { url: address, token, pollSeconds, timeoutSeconds } = settings.parse(options);
  if (address === undefined || token === undefined) throw new SetupError('Mastodon needs an address and a token');
  const url = readAddress(address);
  const host = url.host;
  const timeoutMs = timeoutSeconds * 1_000;
  const { self, domain, maxCharacters, charactersPerLink, streamingUrl, about } = await connect({ url, token, userAgent, timeoutMs });
  // A redirected POST would arrive as a GET and look like a success.
  const client = createRestAPIClient({ url: url.href, accessToken: token, timeout: timeoutMs, requestInit: { redirect: 'error', headers: { 'User-Agent': userAgent } } });

  const read = async <T>(what: string, call: () => PromiseLike<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toReadError(error, host, what, clock);
    }
  };
  const readAs = async <T>(schema: z.ZodType<T>, what: string, call: () => PromiseLike<unknown>): Promise<T> => {
    const parsed = schema.safeParse(await read(what, call));
    if (parsed.success) return parsed.data;
    throw new TemporaryError(`${host} gave no usable answer to ${what}`, { cause: parsed.error });
  };
  const readNotifications = (params: mastodon.rest.v1.ListNotificationsParams) => {
    const asked = { types: ['mention' as const], includeFiltered: true, ...params };
    return readAs(notifications, 'mentions', () => client.v1.notifications.list(asked));
  };
  const readContext = ({ id }: Mention) => readAs(context, 'a thread', () => client.v1.statuses.$select(encodeURIComponent(id)).context.fetch());
  const answers = ({ id }: Mention) => (wire: WireStatus): boolean => wire.account.id === self.id && wire.inReplyToId === id;

  /** Our own posts, newest first, back to when the mention was written. */
  const findAmongOwn = async (mention: Mention): Promise<PostRef | undefined> => {
    const writtenAt = Date.parse(mention.createdAt);
    let maxId: string | undefined;
    for (let page = 0; page < ownPagesRead; page += 1) {
      const params = { excludeReblogs: true, limit: 40, ...(maxId !== undefined && { maxId }) };
      const own = readEach(status, await readAs(list, 'our own posts', () => client.v1.accounts.$select(self.id).statuses.list(params)));
      const found = own.find(answers(mention));
      if (found) return toPostRef(found);
      const oldest = own.at(-1);
      if (!oldest || Date.parse(oldest.createdAt) < writtenAt) return undefined;
      maxId = oldest.id;
    }
    throw new TemporaryError(`${host} shows too little of what we posted to tell whether ${mention.url} was answered`);
  };

  return {
    name: 'mastodon',
    self,
    limits: { text: maxCharacters },
    pollMs: pollSeconds * 1_000,
    about,

    async mentions(cursor?: string): Promise<MentionPage> {
      if (cursor === undefined) {
        const [newest] = await readNotifications({ limit: 1 });
        return { mentions: [], cursor: newest?.id ?? beginningOfTime, more: false };
      }
      // min_id pages forward without a gap; since_id would give the newest page and skip what lies between.
      const page = await readNotifications({ minId: cursor, limit: pageSize });
      const mentions = new Map<string, Mention>();
      for (const one of page.toReversed()) {
        // Servers that ignore types[] send everything; a post deleted meanwhile comes as null.
        const wire = one.type === 'mention' ? status.safeParse(one.status).data : undefined;
        if (wire && !(one.filtered && isKeptAway(wire))) mentions.set(wire.id, toMention(wire, self.account));
      }
      return { mentions: [...mentions.values()], cursor: page[0]?.id ?? cursor, more: page.length >= pageSize };
    },

    async thread(mention: Mention): Promise<Thread> {
      const { ancestors } = await readContext(mention);
      const said = readEach(status, ancestors).filter(wire => isForTheAsker(wire, mention, self.id));
      const kept = said.length > ancestorsKept + 1 ? [...said.slice(0, 1), ...said.slice(-ancestorsKept)] : said;
      return [...kept.map(toPost), mention];
    },

    async post(reply: Reply): Promise<PostRef> {
      const { to, text, language, idempotencyKey, giveUpAt } = reply;
      const leftMs = giveUpAt - clock.monotonic();
      if (leftMs <= 0) throw new TemporaryError('the time to send this answer had run out, nothing was sent');
      const spoilerText = to.contentWarning === undefined ? undefined : fitWarning(to.contentWarning, maxCharacters - measureText(text, charactersPerLink));
      let answer: unknown;
      try {
        answer = await client.v1.statuses.create({
          status: text,
          inReplyToId: to.id,
          visibility: toReplyVisibility(to.visibility),
          // The server refuses the post when its text tags anybody else.
          allowedMentions: [to.author.id],
          ...(spoilerText !== undefined && { spoilerText, sensitive: true }),
          ...(language !== undefined && { language }),
        }, { requestInit: { headers: { 'Idempotency-Key': idempotencyKey }, signal: AbortSignal.timeout(Math.ceil(Math.min(leftMs, timeoutMs))) } });
      } catch (error) {
        throw toPostError(error, host, clock);
      }
      const posted = status.safeParse(answer);
      if (posted.success) return toPostRef(posted.data);
      throw new UnknownOutcomeError(`${host} answered the post with something that is no post`, { cause: posted.error });
    },

    async find(mention: Mention): Promise<PostRef | undefined> {
      try {
        const { descendants } = await readContext(mention);
        const found = readEach(status, descendants).find(answers(mention));
        return found && toPostRef(found);
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
      }
      // The mention is gone or hidden from us; what we posted may still stand.
      try {
        return await findAmongOwn(mention);
      } catch (error) {
        if (error instanceof PermanentError) throw new TemporaryError(error.message, { cause: error });
        throw error;
      }
    },

    async remove({ id }: PostRef): Promise<void> {
      try {
        await read('a deletion', () => client.v1.statuses.$select(encodeURIComponent(id)).remove());
      } catch (error) {
        if (!(error instanceof PermanentError && error.about === 'mention')) throw error;
      }
    },

    measure: text => measureText(text, charactersPerLink),
    trending: () => readTrends(client, read, domain, new Date(clock.now())),
    ...(streamingUrl !== undefined && {
      doorbell(ring: () => void, signal: AbortSignal): void {
        void listenForRings({ url: streamingUrl, token, userAgent, timeoutMs }, ring, signal);
      },
    }),
  };
}

/**
 * Whether a filtered mention stays unread. Every new account filters private mentions by strangers (Mastodon 4.3, #31343), and a bot would
 * miss them without a trace, so those are read; whom the moderators limited, and what the operator chose to filter, stays out.
 */
function isKeptAway({ visibility, account }: WireStatus): boolean {
  return visibility !== 'direct' || account.limited;
}

/** Text and warning share one limit on Mastodon. A warning that leaves no room is sent whole: the refusal is then about the text. */
function fitWarning(warning: string, room: number): string {
  const characters = [...new Intl.Segmenter().segment(warning)].map(({ segment }) => segment);
  return characters.length <= room || room < 2 ? warning : `${characters.slice(0, room - 1).join('')}…`;
}
