import { notificationBits, openIds, statusBits } from './ids.ts';
import type { Journal } from './journal.ts';
import type { AccountRecord, AppRecord, Entry, NotificationRecord, Policy, StatusRecord } from './records.ts';

/** Something that just happened and that streams tell. */
export type Happening =
  | { readonly kind: 'status' | 'delete'; readonly status: StatusRecord }
  | { readonly kind: 'notification'; readonly notification: NotificationRecord };

/** Real Mastodon's, for every new account. */
const mastodonPolicy: Policy = {
  for_not_following: 'accept', for_not_followers: 'accept', for_new_accounts: 'accept', for_private_mentions: 'filter', for_limited_accounts: 'filter',
};

/** How long Mastodon remembers an Idempotency-Key. */
const keyLifeMs = 3_600_000;

/** Removes one item of a list that is sorted or not; lists here are searched from their young end. */
const drop = <T>(list: T[], wanted: (item: T) => boolean): void => {
  const at = list.findLastIndex(wanted);
  if (at >= 0) list.splice(at, 1);
};

const setOf = <K, V>(map: Map<K, Set<V>>, key: K): Set<V> => {
  const known = map.get(key) ?? new Set<V>();
  map.set(key, known);
  return known;
};

/** Everything the server knows, in memory, and the one way to change it: `commit`, which writes to the journal first. */
export const openWorld = (journal: Journal<Entry>, firstPolicy: Policy = mastodonPolicy) => {
  const statusIds = openIds(statusBits);
  const notificationIds = openIds(notificationBits);
  const accounts = new Map<string, AccountRecord>();
  const byHandle = new Map<string, string>();
  const statuses = new Map<string, StatusRecord>();
  const timeline: StatusRecord[] = [];
  const posts = new Map<string, { readonly count: number; readonly lastAt: number }>();
  const replies = new Map<string, Set<string>>();
  const reblogs = new Map<string, Set<string>>();
  const favourites = new Map<string, Set<string>>();
  const following = new Map<string, Set<string>>();
  const notifications = new Map<string, NotificationRecord[]>();
  const apps = new Map<string, AppRecord>();
  const keys = new Map<string, { readonly statusId: string; readonly at: number }>();
  const listeners = new Set<(happening: Happening) => void>();

  const notify = (list: readonly NotificationRecord[]): void => {
    for (const notification of list) {
      notificationIds.saw(notification.id);
      const inbox = notifications.get(notification.to) ?? [];
      inbox.push(notification);
      notifications.set(notification.to, inbox);
    }
  };

  const replace = (status: StatusRecord): void => {
    statuses.set(status.id, status);
    timeline[timeline.findLastIndex(({ id }) => id === status.id)] = status;
  };

  const forget = (id: string): void => {
    const status = statuses.get(id);
    if (status === undefined) return;
    for (const reblog of reblogs.get(id) ?? []) forget(reblog);
    statuses.delete(id);
    const { count, lastAt } = posts.get(status.accountId)!;
    posts.set(status.accountId, { count: count - 1, lastAt });
    drop(timeline, (item) => item.id === id);
    if (status.replyTo !== null) replies.get(status.replyTo)?.delete(id);
    if (status.reblogOf !== null) reblogs.get(status.reblogOf)?.delete(id);
    // Answers stay, without their parent, as in Mastodon's database.
    for (const reply of replies.get(id) ?? []) replace({ ...statuses.get(reply)!, replyTo: null });
    for (const map of [replies, reblogs, favourites]) map.delete(id);
    for (const [to, inbox] of notifications) notifications.set(to, inbox.filter(({ statusId }) => statusId !== id));
  };

  const hold = (status: StatusRecord, key: string | undefined): void => {
    statusIds.saw(status.id);
    statuses.set(status.id, status);
    timeline.push(status);
    posts.set(status.accountId, { count: (posts.get(status.accountId)?.count ?? 0) + 1, lastAt: status.createdAt });
    if (status.replyTo !== null) setOf(replies, status.replyTo).add(status.id);
    if (status.reblogOf !== null) setOf(reblogs, status.reblogOf).add(status.id);
    if (key === undefined) return;
    // Oldest first, so the expired ones are at the front.
    for (const [old, { at }] of keys) {
      if (status.createdAt - at < keyLifeMs) break;
      keys.delete(old);
    }
    keys.set(`${status.accountId} ${key}`, { statusId: status.id, at: status.createdAt });
  };

  const apply = (entry: Entry): void => {
    switch (entry.kind) {
      case 'account':
        statusIds.saw(entry.account.id);
        accounts.set(entry.account.id, entry.account);
        byHandle.set(entry.account.handle.toLowerCase(), entry.account.id);
        break;
      case 'status':
        hold(entry.status, entry.key);
        notify(entry.notifications);
        break;
      case 'delete':
        forget(entry.id);
        break;
      case 'favourite':
        setOf(favourites, entry.id)[entry.on ? 'add' : 'delete'](entry.by);
        notify(entry.notifications);
        break;
      case 'follow':
        setOf(following, entry.from)[entry.on ? 'add' : 'delete'](entry.to);
        notify(entry.notifications);
        break;
      case 'dismiss':
        notifications.set(entry.account, entry.id === null ? [] : (notifications.get(entry.account) ?? []).filter(({ id }) => id !== entry.id));
        break;
      case 'app':
        apps.set(entry.app.clientId, entry.app);
        break;
      case 'together':
        entry.entries.forEach(apply);
    }
  };

  const tell = (happening: Happening): void => listeners.forEach((listener) => listener(happening));

  const announce = (entry: Entry): void => {
    if (entry.kind === 'status') tell({ kind: 'status', status: entry.status });
    if ('notifications' in entry) {
      for (const notification of entry.notifications) if (!notification.filtered) tell({ kind: 'notification', notification });
    }
  };

  const commit = (entry: Entry): void => {
    journal.append(entry);
    const gone = entry.kind === 'delete' ? statuses.get(entry.id) : undefined;
    apply(entry);
    announce(entry);
    if (gone !== undefined) tell({ kind: 'delete', status: gone });
  };

  const isVisible = (status: StatusRecord, viewerId: string | undefined): boolean => {
    if (status.reblogOf !== null) {
      const original = statuses.get(status.reblogOf);
      if (original === undefined || !isVisible(original, viewerId)) return false;
    }
    if (status.visibility === 'public' || status.visibility === 'unlisted') return true;
    if (viewerId === undefined) return false;
    if (status.accountId === viewerId || status.mentions.includes(viewerId)) return true;
    return status.visibility === 'private' && (following.get(viewerId)?.has(status.accountId) ?? false);
  };

  journal.past.forEach(apply);

  return {
    commit,
    isVisible,
    newStatusId: (atMs: number) => statusIds.next(atMs),
    newNotificationId: (atMs: number) => notificationIds.next(atMs),
    account: (id: string) => accounts.get(id),
    accountNamed: (handle: string) => accounts.get(byHandle.get(handle.toLowerCase()) ?? ''),
    accounts: () => [...accounts.values()],
    /** The account of that name, made on first use. */
    ensureAccount(handle: string, as: Partial<Omit<AccountRecord, 'id' | 'handle'>> = {}): AccountRecord {
      const known = accounts.get(byHandle.get(handle.toLowerCase()) ?? '');
      if (known !== undefined) return known;
      const createdAt = as.createdAt ?? Date.now();
      const account: AccountRecord = {
        name: handle, note: '', bot: false, locked: false, avatar: handle.slice(0, 2), color: '#6b7280', privacy: 'public', sensitive: false,
        language: null, policy: firstPolicy, ...as, createdAt, id: statusIds.next(createdAt), handle,
      };
      commit({ kind: 'account', account });
      return account;
    },
    status: (id: string) => statuses.get(id),
    postsOf: (account: string) => posts.get(account) ?? { count: 0, lastAt: undefined },
    /** Every status there is, oldest first. */
    timeline: timeline as readonly StatusRecord[],
    repliesTo: (id: string): readonly StatusRecord[] => [...replies.get(id) ?? []].flatMap((reply) => statuses.get(reply) ?? []),
    reblogsOf: (id: string): readonly StatusRecord[] => [...reblogs.get(id) ?? []].flatMap((reblog) => statuses.get(reblog) ?? []),
    favouritersOf: (id: string): ReadonlySet<string> => favourites.get(id) ?? new Set(),
    follows: (from: string, to: string): boolean => following.get(from)?.has(to) ?? false,
    followedBy: (from: string): ReadonlySet<string> => following.get(from) ?? new Set(),
    followersOf: (to: string): number => [...following.values()].filter((followed) => followed.has(to)).length,
    /** Oldest first. */
    notifications: (account: string): readonly NotificationRecord[] => notifications.get(account) ?? [],
    app: (clientId: string) => apps.get(clientId),
    /** The status an Idempotency-Key stands for, as long as it is remembered; the status may be gone since. */
    statusIdOfKey(accountId: string, key: string): string | undefined {
      const held = keys.get(`${accountId} ${key}`);
      return held !== undefined && Date.now() - held.at < keyLifeMs ? held.statusId : undefined;
    },
    listen(listener: (happening: Happening) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

export type World = ReturnType<typeof openWorld>;
