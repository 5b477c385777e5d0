import type { Town } from '../town.ts';
import type { PostRecord } from './records.ts';
import type { World } from './world.ts';

/** Puts the town's people and posts into an empty world. */
export const seed = (world: World, town: Town): void => {
  for (const { handle, name, note, bot, avatar, color } of town.accounts) world.ensureUser(handle, { name, description: note, isAutomated: bot, avatar, color });
  const placed = new Map<string, PostRecord>();
  for (const post of town.posts.toSorted((a, b) => b.minutesAgo - a.minutesAgo)) {
    placed.set(post.key, world.say({
      by: world.ensureUser(post.by), text: post.text, lang: post.language ?? undefined, createdAt: world.now() - post.minutesAgo * 60_000, likes: post.favourites,
      replyTo: placed.get(post.replyTo ?? '')?.id,
    }));
  }
};
