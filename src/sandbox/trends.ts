import { createHash } from 'node:crypto';
import { toPieces } from './text.ts';
import type { StatusRecord } from './records.ts';
import { tagUrl, type Json } from './render.ts';
import type { Town } from './town.ts';
import type { World } from './world.ts';

const dayMs = 86_400_000;
const historyDays = 7;

interface Day { uses: number; readonly accounts: Set<string>; extra: number }

/** Seven days of uses, today first, with numbers as strings, as Mastodon says them. */
const toHistory = (days: ReadonlyMap<number, Day>, today: number): readonly Json[] =>
  Array.from({ length: historyDays }, (_, back) => {
    const day = days.get(today - back);
    return { day: String(((today - back) * dayMs) / 1000), accounts: String((day?.accounts.size ?? 0) + (day?.extra ?? 0)), uses: String(day?.uses ?? 0) };
  });

/** Counts uses per name and day over what was posted publicly, on top of the weights the town was born with. */
const countUses = (world: World, seeded: readonly { readonly name: string; readonly uses: number; readonly accounts: number }[], namesIn: (status: StatusRecord) => readonly string[]) => {
  const today = Math.floor(Date.now() / dayMs);
  const counts = new Map<string, Map<number, Day>>();
  const dayOf = (name: string, day: number): Day => {
    const days = counts.get(name) ?? new Map<number, Day>();
    const known = days.get(day) ?? { uses: 0, accounts: new Set<string>(), extra: 0 };
    counts.set(name, days.set(day, known));
    return known;
  };
  for (const { name, uses, accounts } of seeded) {
    const day = dayOf(name, today);
    day.uses += uses;
    day.extra += accounts;
  }
  for (const status of world.timeline) {
    const day = Math.floor(status.createdAt / dayMs);
    if (status.visibility !== 'public' || day <= today - historyDays) continue;
    for (const name of namesIn(status)) {
      const counted = dayOf(name, day);
      counted.uses += 1;
      counted.accounts.add(status.accountId);
    }
  }
  const heat = (days: ReadonlyMap<number, Day>): number => [...days.values()].reduce((sum, day) => sum + day.uses, 0);
  return [...counts].sort(([, a], [, b]) => heat(b) - heat(a)).map(([name, days]) => ({ name, history: toHistory(days, today) }));
};

/** Tags are no records here, so their ids come from their names. */
const toTagId = (name: string): string => String(createHash('sha256').update(name).digest().readUInt32BE());

/** What the town is on about, hottest first. */
export const openTrends = (world: World, town: Town) => {
  const linkOf = new Map(town.links.map((link) => [link.url, link]));
  const shownAs = new Map(town.trends.map(({ tag }) => [tag.toLowerCase(), tag]));
  return {
    tags: (base: string): readonly Json[] =>
      countUses(world, town.trends.map(({ tag, ...weights }) => ({ name: tag.toLowerCase(), ...weights })), ({ tags }) => tags)
        .map(({ name, history }) => ({ id: toTagId(name), name: shownAs.get(name) ?? name, url: tagUrl(base, name), history, following: false, featuring: false })),

    links: (): readonly Json[] =>
      countUses(world, town.links.map(({ url, uses }) => ({ name: url, uses, accounts: uses })),
        ({ text }) => (text.includes('://') ? toPieces(text).filter(({ kind }) => kind === 'url').map(({ raw }) => raw) : []))
        .map(({ name, history }) => ({
          url: name, title: linkOf.get(name)?.title ?? name, description: linkOf.get(name)?.description ?? '', type: 'link', author_name: '', author_url: '', authors: [],
          provider_name: URL.parse(name)?.host ?? '', provider_url: '', html: '', width: 0, height: 0, image: null, image_description: '', embed_url: '', blurhash: null,
          published_at: null, language: null, history,
        })),

    statuses(): readonly StatusRecord[] {
      const applause = (status: StatusRecord): number =>
        status.favourites + world.favouritersOf(status.id).size + 2 * (status.boosts + world.reblogsOf(status.id).length);
      return world.timeline
        .filter((status) => status.visibility === 'public' && status.reblogOf === null && status.replyToAccount === null && status.spoiler === '' && applause(status) > 0)
        .sort((a, b) => applause(b) - applause(a));
    },
  };
};

export type Trends = ReturnType<typeof openTrends>;
