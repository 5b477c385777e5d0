// GoToSocial 0.19, as it was seen running.
import type { Json } from '../render.ts';
import { ulid } from './ids.ts';
import { pick, type Member } from './pick.ts';
import { mastodonPaging, openPolicy, type Place, type ServerKind } from './server-kind.ts';

const version = '0.19.2+git-sandbox';
const statuses = { max_characters: 5_000, max_media_attachments: 6, characters_reserved_per_url: 25, supported_mime_types: ['text/plain', 'text/markdown'] };
const media = {
  supported_mime_types: ['image/jpeg', 'image/png'], image_size_limit: 41_943_040, image_matrix_limit: 2_147_483_647, video_size_limit: 41_943_040,
  video_frame_rate_limit: 2_147_483_647, video_matrix_limit: 2_147_483_647,
};
const polls = { max_options: 6, max_characters_per_option: 50, min_expiration: 300, max_expiration: 2_629_746 };
const accounts = { allow_custom_css: false, max_featured_tags: 10, max_profile_fields: 6 };
const emojis = { emoji_size_limit: 51_200 };

const toStreaming = (base: string): string => base.replace(/^http:/, 'wss:').replace(/^https:/, 'wss:');

const older = ({ name, domain, base }: Place): Json => ({
  uri: domain, account_domain: domain, title: name, description: '', short_description: '', email: '', version, languages: [], registrations: false, approval_required: true,
  invites_enabled: false, configuration: { statuses, media_attachments: media, polls, accounts, emojis }, urls: { streaming_api: toStreaming(base) },
  stats: { domain_count: 0, status_count: 0, user_count: 2 }, thumbnail: `${base}/sandbox/header.svg`, max_toot_chars: statuses.max_characters, rules: [],
});
const newer = ({ name, domain, base }: Place): Json => ({
  domain, account_domain: domain, title: name, version, source_url: 'https://codeberg.org/superseriousbusiness/gotosocial', description: '', usage: { users: { active_month: 0 } },
  thumbnail: { url: `${base}/sandbox/header.svg` }, languages: [],
  configuration: {
    urls: { streaming: toStreaming(base) }, accounts, statuses, media_attachments: { ...media, description_limit: 1_500 }, polls, translation: { enabled: false }, emojis,
    vapid: { public_key: 'none' },
  },
  registrations: { enabled: false, approval_required: true, message: null }, contact: { email: '' }, rules: [],
});

const accountMembers: readonly Member[] = [
  'id', 'username', 'acct', 'display_name', 'locked', ['discoverable', false], 'bot', 'created_at', 'note', 'url', 'avatar', 'avatar_static', 'avatar_description', 'header',
  'header_static', 'header_description', 'followers_count', 'following_count', 'statuses_count', 'last_status_at', 'emojis', 'fields',
];
const anybody = { always: ['public', 'me'], with_approval: [] };

export const gotosocial: ServerKind = {
  version, maxCharacters: statuses.max_characters, charactersPerLink: statuses.characters_reserved_per_url,
  instance: (kind, place) => ({ status: 200, body: kind === 1 ? older(place) : newer(place) }),
  ids: { account: ulid, status: ulid, notification: ulid },
  toAccount: (account, _place, isOwn) => ({
    ...pick(account, accountMembers), group: false,
    ...(isOwn && {
      source: { privacy: 'unlisted', web_visibility: 'unlisted', web_layout: 'microblog', sensitive: false, language: 'en', status_content_type: 'text/plain', note: '', fields: [], follow_requests_count: 0 },
      role: { id: 'user', name: 'user', color: '', permissions: '0', highlighted: false },
    }),
  }),
  toStatus: (status) => ({
    ...pick(status, [
      'id', 'created_at', 'edited_at', 'in_reply_to_id', 'in_reply_to_account_id', 'sensitive', 'spoiler_text', 'visibility', 'language', 'uri', 'url', 'replies_count', 'reblogs_count',
      'favourites_count', ['favourited', false], ['reblogged', false], ['muted', false], ['bookmarked', false], ['pinned', false], 'content', 'reblog', 'account', 'media_attachments', 'mentions',
      'tags', 'emojis', 'card', 'poll',
    ]),
    application: { name: 'sandbox' }, text: '', content_type: 'text/plain', interaction_policy: { can_favourite: anybody, can_reply: anybody, can_reblog: anybody },
  }),
  toNotification: (notification) => pick(notification, ['id', 'type', 'created_at', 'account', 'status']),
  lacks: /^\/api\/(?:v1\/trends(?:\/|$)|v2\/notifications(?:\/|$))/,
  notifications: mastodonPaging,
  policy: openPolicy,
  isWithoutPostList: true,
  hasLinks: true,
  keys: 'ignored',
  showsDeleted: true,
  streaming: { sockets: true, events: false, address: 'wss' },
  deletionMs: 300,
  refuse(status, message) {
    if (status === 401) return { status, body: { error: 'Unauthorized: token not supplied' } };
    if (status === 404) return { status, body: { error: message === 'Not Found' ? 'Not Found' : 'Not Found: target status not found' } };
    return status === 422 ? { status: 400, body: { error: `Bad Request: ${message}` } } : { status, body: { error: message } };
  },
};
