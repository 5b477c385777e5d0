import type { StatusRecord } from './records.ts';
import type { Renderer, View } from './render.ts';
import type { Happening, World } from './world.ts';

/** A stream somebody may listen to, and who listens. */
export interface Channel { readonly name: string; readonly tag?: string | undefined }

export interface Frame { readonly stream: readonly string[]; readonly event: string; readonly payload: string }

const channels = ['user', 'user:notification', 'public', 'public:local', 'public:remote', 'direct', 'hashtag', 'hashtag:local'];
const openChannels = new Set(['public', 'public:local', 'public:remote', 'hashtag', 'hashtag:local']);

/** The channel of that name, undefined when there is none. */
export const toChannel = (name: string, tag: string | undefined): Channel | undefined => {
  if (!channels.includes(name)) return undefined;
  if (!name.startsWith('hashtag')) return { name };
  return tag === undefined || tag === '' ? undefined : { name, tag: tag.toLowerCase() };
};

export const needsAccount = (channel: Channel): boolean => !openChannels.has(channel.name);

/** Whether a status belongs to somebody's home: their own, and those of people they follow, unless said to a stranger. */
export const isAtHome = (world: World, status: StatusRecord, viewerId: string): boolean => {
  const isNear = (id: string): boolean => id === viewerId || world.follows(viewerId, id);
  return isNear(status.accountId) && (status.replyToAccount === null || status.accountId === viewerId || isNear(status.replyToAccount)) && world.isVisible(status, viewerId);
};

/** Whether a status belongs to the public timeline: no boosts, no answers to other people. */
export const isInPublic = (status: StatusRecord): boolean =>
  status.visibility === 'public' && status.reblogOf === null && (status.replyToAccount === null || status.replyToAccount === status.accountId);

const carries = (world: World, channel: Channel, status: StatusRecord, viewerId: string | undefined): boolean => {
  switch (channel.name) {
    case 'user': return viewerId !== undefined && isAtHome(world, status, viewerId);
    case 'direct': return status.visibility === 'direct' && viewerId !== undefined && world.isVisible(status, viewerId);
    case 'public': case 'public:local': return isInPublic(status);
    case 'hashtag': case 'hashtag:local': return status.visibility === 'public' && status.tags.includes(channel.tag ?? '');
    default: return false;
  }
};

/** What a channel says about something that happened; undefined when it keeps silent. */
export const toFrame = (world: World, render: Renderer, channel: Channel, view: View, happening: Happening): Frame | undefined => {
  const stream = channel.tag === undefined ? [channel.name] : [channel.name, channel.tag];
  if (happening.kind === 'notification') {
    const { notification } = happening;
    if (notification.to !== view.viewerId || !channel.name.startsWith('user')) return undefined;
    return { stream, event: 'notification', payload: JSON.stringify(render.toNotification(notification, view)) };
  }
  const { kind, status } = happening;
  if (!carries(world, channel, status, view.viewerId)) return undefined;
  if (kind === 'delete') return channel.name === 'direct' ? undefined : { stream, event: 'delete', payload: render.statusId(status.id) };
  return channel.name === 'direct'
    ? { stream, event: 'conversation', payload: JSON.stringify(render.toConversation(status, view)) }
    : { stream, event: 'update', payload: JSON.stringify(render.toStatus(status, view)) };
};
