// What we read of a server's answers, in masto's camelCase. Servers that only resemble Mastodon leave fields out or put null
// in them, so everything that we can do without has a fallback.
import { z } from 'zod';

const text = z.string().catch('');
const flag = z.boolean().catch(false);
const maybeText = z.string().min(1).optional().catch(undefined);
/** A text, where some servers say a number. Two that lead elsewhere in a path are none. */
const id = z.union([z.string().min(1), z.number().int().transform(String)]).refine(text => text !== '.' && text !== '..');
const maybeId = id.optional().catch(undefined);

const account = z.object({
  id,
  username: text,
  acct: z.string().min(1),
  displayName: text,
  note: text,
  url: text,
  bot: flag,
  createdAt: maybeText,
  noindex: flag,
  limited: flag,
  suspended: flag,
});

const media = z.object({ type: text, url: maybeText, remoteUrl: maybeText, previewUrl: maybeText, description: text });
const tagged = z.object({ id: maybeId, acct: text, url: text });

export const status = z.object({
  id,
  uri: text,
  url: maybeText,
  createdAt: z.string().min(1),
  editedAt: maybeText,
  account,
  content: text,
  spoilerText: text,
  sensitive: flag,
  /** Unknown kinds count as the narrowest, so that nothing of them leaks. */
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']).catch('direct'),
  language: maybeText,
  inReplyToId: maybeId,
  inReplyToAccountId: maybeId,
  mediaAttachments: z.array(media).catch([]),
  mentions: z.array(tagged).catch([]),
  tags: z.array(z.object({ name: text, url: maybeText })).catch([]),
  quote: z.object({ state: text, quotedStatus: z.unknown() }).optional().catch(undefined),
  reblogsCount: z.number().catch(0),
  favouritesCount: z.number().catch(0),
});
export type WireStatus = z.infer<typeof status>;
export type WireAccount = WireStatus['account'];

const notification = z.object({ id, type: text, createdAt: maybeText, filtered: flag, status: z.unknown() });
export type WireNotification = z.infer<typeof notification>;
/** What cannot be read is no mention, and no reason to read the others no more. */
export const notifications = z.array(z.unknown()).transform(all => readEach(notification, all));
export const context = z.object({ ancestors: z.array(z.unknown()), descendants: z.array(z.unknown()) });
export const list = z.array(z.unknown());
export const person = account.pick({ acct: true });

const history = z.array(z.object({ accounts: z.coerce.number().catch(0) })).catch([]);
export const trendingTag = z.object({ name: z.string().min(1), url: maybeText, history });
export const trendingLink = z.object({
  url: z.string().min(1), title: z.string().min(1), description: text, publishedAt: maybeText, language: maybeText, history,
});

/** The elements that can be read; the others are nothing we could answer or use. */
export function readEach<T>(schema: z.ZodType<T>, elements: readonly unknown[]): readonly T[] {
  return elements.flatMap(element => {
    const read = schema.safeParse(element);
    return read.success ? [read.data] : [];
  });
}
