import { SetupError, TemporaryError, UnknownOutcomeError, PermanentError } from '../../core/errors.ts';
import type { Network, NetworkTools } from '../../core/ports.ts';
import type { Mention, MentionPage, PostRef, Reply } from '../../core/types.ts';
import { openReading, type Account } from './account.ts';
import { openClient } from './client.ts';
import { listenForRings } from './doorbell.ts';
import { isNotSummoned, toPostError } from './failures.ts';
import { logIn } from './login.ts';
import { readMentions, startReading } from './mentions.ts';
import { openTokens } from './oauth2.ts';
import { findReply, toRef } from './own.ts';
import { openPace } from './pace.ts';
import { environment, parseSettings } from './settings.ts';
import { hasLink, measureText, tidyText } from './text.ts';
import { readThread } from './thread.ts';
import { openTrending, search, searchSize } from './trending.ts';
import { compareIds, isId, posted } from './wire.ts';

/** So many refusals in a row that say "not summoned" are about the account: no mention reaches a post that its author did not mean for us. */
const officialHost = 'api.x.com';
const refusalsInARow = 3;
const breakMs = 15 * 60_000;
const dayMs = 24 * 3_600_000;

/** One account on X. Throws SetupError when the login will not do. */
export async function openX(options: unknown, tools: NetworkTools): Promise<Network> {
  const parsed = parseSettings(options);
  const { clock, say } = tools;
  const { apiUrl, clientId, clientSecret, refreshToken, accessToken, bearer, stream, budget, prices, webUrl, allowLinks, contextMinutes } = parsed;
  const host = new URL(apiUrl).host;
  const timeoutMs = parsed.timeoutSeconds * 1_000;
  const tokens = accessToken !== undefined || clientId === undefined || refreshToken === undefined ? undefined
    : openTokens({ ...tools, api: apiUrl, clientId, clientSecret, refreshToken, timeoutMs });
  if (stream && bearer === undefined) throw new SetupError('X: the activity stream needs X_BEARER_TOKEN: set it, or set stream to false');
  const dearestReply = allowLinks ? Math.max(prices.link, prices.reply) : prices.reply;
  const least = dearestReply + prices.mention + (parsed.includesBilled ? prices.user : 0);
  if (least > budget.perMention + 1e-9) {
    throw new SetupError(`X: a mention and its answer may cost $${least.toFixed(3)}${allowLinks ? ' with a link in it' : ''}, and budget.perMention is $${budget.perMention}: raise it${allowLinks ? ', or set allowLinks to false' : ''}`);
  }
  if (parsed.approval === undefined && host === officialHost) say('X wants to approve AI-written replies beforehand (docs/x.md): once it has, write when and how into networks.x.approval');
  const client = openClient(parsed, tokens);
  const { self, rename } = await logIn({ settings: parsed, client, host, clock, meter: tools.meter, vault: tools.vault });
  const meter = tools.meter(self.account);
  const pace = openPace(parsed.pollSeconds * 1_000, clock);
  let called = self.handle.toLowerCase();
  const hearName = (handle: string): void => {
    if (handle.toLowerCase() === called) return;
    called = handle.toLowerCase();
    say(`X calls this account @${handle}, not @${self.handle}: ${parsed.handle === undefined ? 'from the next start on we do too' : `set ${environment.handle} to it`}`);
    rename(handle).catch((error: unknown) => say(`X: the new handle is not remembered: ${error instanceof Error ? error.message : String(error)}`));
  };
  const account: Account = { self, settings: parsed, host, client, meter, clock, hearName, read: openReading(client, host, clock, pace.look) };
  let highest: string | undefined;
  let told: string | undefined;
  let refusals = 0;
  let resumesAt = 0;

  const send = async ({ to, text, giveUpAt, giveUpBy }: Reply): Promise<PostRef> => {
    // Looked at again just before the first byte: a login that had to be renewed takes its time.
    const before = (): number => {
      const leftMs = Math.min(giveUpAt - clock.monotonic(), giveUpBy - clock.now());
      if (leftMs <= 0) throw new TemporaryError('the time to send this answer had run out, nothing was sent');
      return leftMs;
    };
    before();
    if (clock.now() < resumesAt) throw new TemporaryError(`${host} refuses every reply: resting`, { afterMs: resumesAt - clock.now() });
    if (!allowLinks && hasLink(text)) throw new PermanentError('the answer holds a link, which X prices at twenty times a reply; nothing was sent', { about: 'text' });
    try {
      const { body } = await client.send({ method: 'post', path: 'tweets', body: { text, reply: { in_reply_to_tweet_id: to.id, ...(to.bystanders && { exclude_reply_user_ids: to.bystanders }) } }, before });
      const { id } = posted.parse(body);
      refusals = 0;
      return toRef(id, self.handle, webUrl);
    } catch (error) {
      refusals = isNotSummoned(error) ? refusals + 1 : 0;
      if (refusals >= refusalsInARow) {
        resumesAt = clock.now() + breakMs;
        refusals = 0;
        say(`${host} refused ${refusalsInARow} replies in a row as not summoned although they were: is the account or the app restricted? X rests for ${breakMs / 60_000} minutes`);
      }
      throw toPostError(error, host, clock);
    }
  };

  /** How long there is no money for one more mention and its answer; undefined while there is. */
  const brokeForMs = async (): Promise<number | undefined> => {
    const { today } = await meter.spent();
    return today + prices.mention + dearestReply <= budget.perDay + 1e-9 ? undefined : dayMs - (clock.now() % dayMs) + Math.random() * 60_000;
  };
  /** What could not be answered any more today is not read either: X keeps it until there is money again. */
  const meetBudget = async (): Promise<void> => {
    const afterMs = await brokeForMs();
    if (afterMs === undefined) return;
    const { today } = await meter.spent();
    throw new TemporaryError(`today's budget is spent ($${today.toFixed(3)} of $${budget.perDay}): mentions wait until midnight UTC`, { afterMs });
  };
  /** Under the mention, of which there is one reply at most: what was booked by whoever sent it is not booked again by whoever found it. */
  const book = (to: Mention, text: string): void => {
    const isLink = allowLinks && hasLink(text);
    meter.charge({ what: isLink ? 'reply with a link' : 'reply', price: isLink ? prices.link : prices.reply, ids: [to.id], mention: to.id });
  };
  const find = async (mention: Mention, text?: string): Promise<PostRef | undefined> => {
    const found = await findReply(account, mention, text);
    if (found) book(mention, text ?? '');
    return found;
  };

  return {
    name: 'x',
    self,
    limits: { text: parsed.maxLength },
    sameFrom: parsed.nearlyTheSame,
    get pollMs() {
      return pace.ms;
    },
    about: `X as @${self.handle} (${host}), ${parsed.maxLength} characters, ${tokens ? 'OAuth 2.0' : 'OAuth 1.0a'}, ${stream ? 'activity stream and polling' : `polling every ${parsed.pollSeconds} s`}, $${(prices.mention + prices.reply).toFixed(3)} or more for a mention and its answer, at most $${budget.perDay} a day`,

    async mentions(cursor?: string): Promise<MentionPage> {
      await meetBudget();
      const page = await (cursor === undefined ? startReading(account) : readMentions(account, cursor));
      pace.heard(page.mentions.length);
      // A walk that begins earlier, or a newest mention that is deleted, must not lead back.
      if (isId(page.cursor) && (highest === undefined || compareIds(page.cursor, highest) > 0)) highest = page.cursor;
      const next = { mentions: page.mentions, cursor: highest ?? page.cursor, more: page.more };
      // What could not be read is there again at the next look, where nothing newer moves the cursor.
      if (page.gap === undefined || told === `${next.cursor} ${page.gap}`) return next;
      told = `${next.cursor} ${page.gap}`;
      return { ...next, gap: page.gap };
    },
    thread: (mention, dollars) => readThread(account, mention, dollars),

    async post(reply: Reply): Promise<PostRef> {
      try {
        const ref = await send(reply);
        book(reply.to, reply.text);
        return ref;
      } catch (error) {
        // "Duplicate" may mean this very reply, sent by an attempt whose answer was lost.
        if (!(error instanceof UnknownOutcomeError && error.isDuplicate)) throw error;
        const [before] = await Promise.allSettled([find(reply.to, reply.text)]);
        if (before.status === 'fulfilled' && before.value) return before.value;
        throw error;
      }
    },
    find,

    async remove({ id }: PostRef): Promise<void> {
      try {
        await client.send({ method: 'delete', path: `tweets/${id}` });
        meter.charge({ what: 'deletion', price: prices.deletion });
      } catch (error) {
        const failure = toPostError(error, host, clock);
        if (!(failure instanceof PermanentError && failure.about === 'mention')) throw failure;
      }
    },

    measure: measureText,
    tidy: text => tidyText(text, allowLinks),
    costs: {
      reply: dearestReply, read: prices.post, trends: prices.trends, search: prices.post * searchSize, windowMs: contextMinutes * 60_000, ...budget,
      reserve: (mentionId, least, most, forMs) => meter.reserve(mentionId, least, most, budget.perDay, forMs),
    },
    search: (topic, signal) => search(account, topic, signal),
    trending: openTrending(account, bearer !== undefined || tokens !== undefined),
    ...(stream && {
      doorbell(ring: () => void, signal: AbortSignal): void {
        void listenForRings(account, ring, signal, say, brokeForMs);
      },
    }),
  };
}
