import { detect } from 'tinyld';
import { openIds } from '../ids.ts';
import type { Journal } from '../journal.ts';
import type { Entry, PostRecord, ReplySettings, UserRecord } from './records.ts';
import { readHandles } from './text.ts';

/** The moment X counts the milliseconds in its ids from. */
const epochMs = 1_288_834_974_657;

/** How long ago accounts that are there from the start were made. */
const residenceMs = 3 * 365 * 86_400_000;

/** A post as somebody writes it. */
export interface Draft {
  readonly by: UserRecord;
  readonly text: string;
  readonly replyTo?: string | undefined;
  readonly quoteOf?: string | undefined;
  /** Users that a reply does not carry in front. */
  readonly excluded?: readonly string[] | undefined;
  readonly replySettings?: ReplySettings | undefined;
  readonly lang?: string | undefined;
  readonly media?: readonly { readonly url: string; readonly altText?: string }[];
  readonly createdAt?: number;
  readonly likes?: number;
}

export type Happening = { readonly kind: 'post' | 'delete'; readonly post: PostRecord };

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)];

/** Everything the X server knows, in memory; what changes it is written to the journal first. */
export const openWorld = (journal: Journal<Entry>, now: () => number) => {
  const ids = openIds(22n);
  const userIds = openIds(22n);
  const users = new Map<string, UserRecord>();
  const byHandle = new Map<string, UserRecord>();
  const posts = new Map<string, PostRecord>();
  const follows = new Set<string>();
  const listeners = new Set<(happening: Happening) => void>();

  const apply = (entry: Entry): void => {
    switch (entry.kind) {
      case 'user':
        userIds.saw(entry.user.id);
        users.set(entry.user.id, entry.user);
        byHandle.set(entry.user.handle.toLowerCase(), entry.user);
        break;
      case 'post':
        ids.saw(entry.post.id);
        posts.set(entry.post.id, entry.post);
        break;
      case 'delete':
        posts.delete(entry.id);
        break;
      case 'follow':
        follows.add(`${entry.from} ${entry.to}`);
    }
  };

  const commit = (entry: Entry): void => {
    journal.append(entry);
    apply(entry);
  };
  const tell = (happening: Happening): void => listeners.forEach((listener) => listener(happening));
  const userNamed = (handle: string): UserRecord | undefined => byHandle.get(handle.toLowerCase());

  journal.past.forEach(apply);

  return {
    now,
    user: (id: string): UserRecord | undefined => users.get(id),
    userNamed,
    /** The user of that name, made on first use. */
    ensureUser(handle: string, as: Partial<Omit<UserRecord, 'handle'>> = {}): UserRecord {
      const known = userNamed(handle);
      if (known !== undefined) return known;
      const createdAt = as.createdAt ?? now() - residenceMs;
      const user: UserRecord = {
        name: handle, description: '', isProtected: false, isVerified: false, isAutomated: false, avatar: handle.slice(0, 2), color: '#6b7280',
        ...as, createdAt, id: as.id ?? userIds.next(createdAt - epochMs), handle,
      };
      commit({ kind: 'user', user });
      return user;
    },
    follow: (from: UserRecord, to: UserRecord) => commit({ kind: 'follow', from: from.id, to: to.id }),
    follows: (from: string, to: string): boolean => follows.has(`${from} ${to}`),
    followsOf(id: string): { readonly followers_count: number; readonly following_count: number } {
      const pairs = [...follows].map((pair) => pair.split(' '));
      return { followers_count: pairs.filter(([, to]) => to === id).length, following_count: pairs.filter(([from]) => from === id).length };
    },

    post: (id: string): PostRecord | undefined => posts.get(id),
    /** Every post there is, newest first. */
    posts: (): readonly PostRecord[] => [...posts.values()].reverse(),
    /** Whether somebody may read it; nobody in particular when absent. */
    isVisible: ({ authorId }: PostRecord, viewerId: string | undefined): boolean =>
      users.get(authorId)?.isProtected !== true || authorId === viewerId || (viewerId !== undefined && follows.has(`${viewerId} ${authorId}`)),
    /** Posts without asking whether it is allowed. */
    say({ by, text, replyTo, quoteOf, excluded = [], replySettings = 'everyone', lang, media = [], createdAt = now(), likes = 0 }: Draft): PostRecord {
      const id = ids.next(createdAt - epochMs);
      const parent = replyTo === undefined ? undefined : posts.get(replyTo);
      const typed = unique(readHandles(text).flatMap((handle) => userNamed(handle)?.id ?? []));
      const addressed = parent === undefined ? [] : [parent.authorId, ...parent.implied, ...parent.typed];
      const post: PostRecord = {
        id, authorId: by.id, text, typed, implied: unique(addressed).filter((user) => user !== by.id && !typed.includes(user) && !excluded.includes(user)),
        lang: lang ?? (detect(text) || 'und'), createdAt, conversationId: parent?.conversationId ?? id, replyTo: replyTo ?? null, replyToUser: parent?.authorId ?? null,
        quoteOf: quoteOf ?? null, quoteOfUser: (quoteOf === undefined ? undefined : posts.get(quoteOf)?.authorId) ?? null, replySettings,
        media: media.map(({ url, altText }, at) => ({ key: `3_${id}${at}`, url, altText: altText ?? null })), likes,
      };
      commit({ kind: 'post', post });
      tell({ kind: 'post', post });
      return post;
    },
    remove(post: PostRecord): void {
      commit({ kind: 'delete', id: post.id });
      tell({ kind: 'delete', post });
    },
    listen(listener: (happening: Happening) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

export type World = ReturnType<typeof openWorld>;
