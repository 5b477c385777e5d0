import type { XFaults } from './options.ts';
import { toNotAllowed, toNotFound, type Json } from './problem.ts';
import type { PostRecord, UserRecord } from './records.ts';
import type { World } from './world.ts';

/** What somebody may see; nobody in particular when the id is absent. */
export const openSight = (world: World, bot: UserRecord, faults: XFaults) => (viewerId: string | undefined) => {
  const isThere = (post: PostRecord): boolean => post.authorId !== bot.id || world.now() - post.createdAt >= (faults.readLagMs ?? 0);
  const isVisible = (post: PostRecord): boolean => isThere(post) && world.isVisible(post, viewerId);
  return {
    isVisible,
    /** A post, or what X says instead of it. */
    find(id: string, section: 'data' | 'includes', parameter: string): PostRecord | { readonly error: Json } {
      const post = world.post(id);
      if (post === undefined || !isThere(post)) return { error: toNotFound('tweet', parameter, id) };
      return isVisible(post) ? post : { error: toNotAllowed(section, parameter, id) };
    },
  };
};

export type Sight = ReturnType<ReturnType<typeof openSight>>;
