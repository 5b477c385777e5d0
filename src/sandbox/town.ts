import { readFileSync } from 'node:fs';
import { visibilities, type AccountRecord, type Entry, type StatusRecord, type Visibility } from './records.ts';
import { readMentions } from './posting.ts';
import { readTags, toPieces } from './text.ts';
import type { World } from './world.ts';

/** The made-up place that the demo opens with. */
export interface Town {
  readonly name: string;
  readonly domain: string;
  readonly accounts: readonly { readonly handle: string; readonly name: string; readonly note: string; readonly bot: boolean; readonly avatar: string; readonly color: string }[];
  readonly posts: readonly Post[];
  readonly trends: readonly { readonly tag: string; readonly uses: number; readonly accounts: number }[];
  readonly links: readonly { readonly url: string; readonly title: string; readonly description: string; readonly uses: number }[];
}

interface Post {
  readonly key: string;
  readonly by: string;
  readonly text: string;
  readonly language: string | null;
  readonly minutesAgo: number;
  readonly replyTo: string | undefined;
  readonly spoiler: string;
  readonly visibility: Visibility;
  readonly favourites: number;
  readonly boosts: number;
}

/** Reads one object's members and says where one is missing. */
interface Reader {
  has(name: string): boolean;
  fail(name: string, wanted: string): never;
  text(name: string, fallback?: string): string;
  number(name: string, fallback?: number): number;
  /** Whether it is `true`. */
  flag(name: string): boolean;
  list<T>(name: string, read: (item: Reader) => T): readonly T[];
}

const openReader = (value: unknown, where: string): Reader => {
  if (typeof value !== 'object' || value === null) throw new Error(`${where} is not an object`);
  const members = new Map<string, unknown>(Object.entries(value));
  const fail = (name: string, wanted: string): never => {
    throw new Error(`${where}.${name} is not ${wanted}`);
  };
  const text = (name: string, fallback?: string): string => {
    const found = members.get(name) ?? fallback;
    return typeof found === 'string' ? found : fail(name, 'a text');
  };
  const number = (name: string, fallback?: number): number => {
    const found = members.get(name) ?? fallback;
    return typeof found === 'number' && Number.isFinite(found) && found >= 0 ? found : fail(name, 'a number of 0 or more');
  };
  const list = <T>(name: string, read: (item: Reader) => T): readonly T[] => {
    const found = members.get(name) ?? [];
    return Array.isArray(found) ? found.map((item, at) => read(openReader(item, `${where}.${name}[${at}]`))) : fail(name, 'a list');
  };
  return { has: (name) => members.has(name), fail, text, number, list, flag: (name) => members.get(name) === true };
};

const toVisibility = (item: Reader): Visibility => visibilities.find((known) => known === item.text('visibility', 'public')) ?? item.fail('visibility', visibilities.join(', '));

const toPost = (item: Reader): Post => ({
  key: item.text('key'), by: item.text('by'), text: item.text('text'), language: item.has('language') ? item.text('language') : null,
  minutesAgo: item.number('minutesAgo'), replyTo: item.has('replyTo') ? item.text('replyTo') : undefined, spoiler: item.text('spoiler', ''),
  visibility: toVisibility(item), favourites: item.number('favourites', 0), boosts: item.number('boosts', 0),
});

/** Whether every post has an author, and every answer an older post to answer. */
const checkPosts = (town: Town, where: string): void => {
  const handles = new Set(town.accounts.map(({ handle }) => handle));
  const byKey = new Map(town.posts.map((post) => [post.key, post]));
  for (const { key, by, replyTo, minutesAgo } of town.posts) {
    if (!handles.has(by)) throw new Error(`${where}: post "${key}" is by "${by}", who is not in accounts`);
    if (replyTo === undefined) continue;
    const parent = byKey.get(replyTo);
    if (parent === undefined) throw new Error(`${where}: post "${key}" answers "${replyTo}", which does not exist`);
    if (parent.minutesAgo <= minutesAgo) throw new Error(`${where}: post "${key}" is not younger than "${replyTo}", which it answers`);
  }
};

/** Reads a town file; a mistake in it is an error that names the place. */
export const readTown = (path: string): Town => {
  const reader = openReader(JSON.parse(readFileSync(path, 'utf8')) as unknown, path);
  const town: Town = {
    name: reader.text('name'), domain: reader.text('domain').toLowerCase(),
    accounts: reader.list('accounts', (item) => ({
      handle: item.text('handle'), name: item.text('name'), note: item.text('note', ''), bot: item.flag('bot'), avatar: item.text('avatar', '🙂'), color: item.text('color', '#6b7280'),
    })),
    posts: reader.list('posts', toPost),
    trends: reader.list('trends', (item) => ({ tag: item.text('tag'), uses: item.number('uses'), accounts: item.number('accounts') })),
    links: reader.list('links', (item) => ({ url: item.text('url'), title: item.text('title'), description: item.text('description', ''), uses: item.number('uses') })),
  };
  checkPosts(town, path);
  return town;
};

/** How long ago the first accounts came here: their ids lie before those of every post. */
export const residenceMs = 200 * 86_400_000;

/** Puts the town's people and posts into an empty world, in one line of the journal. */
export const seed = (world: World, town: Town): void => {
  const now = Date.now();
  for (const { handle, ...as } of town.accounts) world.ensureAccount(handle, { ...as, createdAt: now - residenceMs });
  const placed = new Map<string, StatusRecord>();
  const entries = town.posts.toSorted((a, b) => b.minutesAgo - a.minutesAgo).map((post): Entry => {
    const createdAt = now - post.minutesAgo * 60_000;
    const author = world.accountNamed(post.by) as AccountRecord;
    const parent = post.replyTo === undefined ? undefined : placed.get(post.replyTo);
    const status: StatusRecord = {
      id: world.newStatusId(createdAt), accountId: author.id, text: post.text, spoiler: post.spoiler, sensitive: post.spoiler !== '', createdAt,
      visibility: post.visibility, language: post.language, replyTo: parent?.id ?? null, replyToAccount: parent?.accountId ?? null,
      mentions: readMentions(world, town.domain, post.text), tags: readTags(toPieces(post.text)), reblogOf: null, quoteOf: null,
      favourites: post.favourites, boosts: post.boosts,
    };
    placed.set(post.key, status);
    return { kind: 'status', status, notifications: [] };
  });
  world.commit({ kind: 'together', entries });
};
