// snac 2.94, as it was seen running.
import type { Json } from '../render.ts';
import { openDigests } from './ids.ts';
import { pick } from './pick.ts';
import { openPolicy, type IdShape, type Place, type ServerKind } from './server-kind.ts';

const version = '4.0.0 (not true; really snac/2.94)';
const notFound = '<h1>404 Not Found (snac/2.94)</h1>';

const older = ({ name, domain, base }: Place): Json => ({
  uri: domain, domain, title: name, version, source_url: 'https://comam.es/what-is-snac', description: name, short_description: name, thumbnail: `${base}/sandbox/header.svg`,
  email: `admin@${domain}`, rules: [], languages: ['en'], urls: { streaming_api: base.replace(/^https?:/, 'wss:') }, stats: { user_count: 0, status_count: 0, domain_count: 0 },
  registrations: false, approval_required: false, invites_enabled: false,
  configuration: {
    statuses: { characters_reserved_per_url: 32, max_characters: 100_000, max_media_attachments: 4 }, accounts: { max_featured_tags: 0 },
    media_attachments: {
      image_matrix_limit: 33_177_600, image_size_limit: 16_777_216, video_frame_rate_limit: 120, video_matrix_limit: 8_294_400, video_size_limit: 103_809_024,
      supported_mime_types: ['image/jpeg', 'image/png'],
    },
    polls: { max_characters_per_option: 50, max_expiration: 2_629_746, max_options: 8, min_expiration: 300 }, reactions: { max_reactions: 50 },
  },
});

const toSecond = (at: unknown): string => String(at).replace(/\.\d+Z$/, 'Z');

const toAccount = (account: Json, { domain, base }: Place, isOwn: boolean): Json => {
  const url = `${base}/${String(account['username'])}`;
  const common = {
    ...pick(account, ['id', 'username', 'display_name', 'emojis', 'followers_count', 'following_count', 'statuses_count', 'locked', 'bot']),
    url, uri: url, avatar: account['avatar'], avatar_static: account['avatar'], header: '', header_static: '', created_at: toSecond(account['created_at']),
  };
  if (isOwn) {
    return {
      ...common, acct: account['username'], note: '', last_status_at: toSecond(account['created_at']),
      source: { privacy: 'public', language: 'en', follow_requests_count: 0, sensitive: false, fields: [], note: '', bot: false },
    };
  }
  return {
    ...common, acct: `${String(account['username'])}@${domain}`, note: '<br>', fields: [], discoverable: true, group: false, hide_collections: false, indexable: true, noindex: false,
    roles: [], last_status_at: account['last_status_at'] ?? '2026-01-01',
  };
};

/** Notifications go by the microsecond. */
const micros: IdShape = { toOutside: (id) => `1${id.padStart(15, '0')}`, toInside: (sent) => (/^1\d{15,}$/.test(sent) ? BigInt(sent.slice(1)).toString() : '0') };

export const openSnac = (): ServerKind => ({
  version, maxCharacters: 100_000, charactersPerLink: 32,
  instance: (kind, place) => (kind === 1 ? { status: 200, body: older(place) } : { status: 404, body: notFound }),
  ids: { account: openDigests(false), status: openDigests(true), notification: micros },
  toAccount,
  toStatus: (status, { base, domain }, isNews) => ({
    ...pick(status, [
      'id', 'uri', 'url', 'account', 'visibility', 'sensitive', 'spoiler_text', 'media_attachments', 'tags', 'emojis', 'favourites_count', ['favourited', false], 'reblogs_count',
      ['reblogged', false], 'replies_count', 'in_reply_to_id', 'in_reply_to_account_id', 'reblog', 'card', 'language', ['filtered', []], ['muted', false], 'edited_at', 'poll',
      ['bookmarked', false], ['pinned', false],
    ]),
    content: String(status['content']).replace(/^<p>|<\/p>$/g, '').replaceAll('</p><p>', '<br><br>').replaceAll('<br />', '<br>') + '<br>',
    created_at: String(status['created_at']).replace(/\.\d+Z$/, '.000Z'), reactions: [], text: '',
    mentions: isNews ? [] : (status['mentions'] as readonly { readonly username: string }[]).map(({ username }) => ({
      id: '0', username: `${username}@${domain}`, acct: `${username}@${domain}`, url: `${base}/${username}`,
    })),
  }),
  toNotification: (notification) => ({ ...pick(notification, ['type', 'id', 'account', 'status']), created_at: toSecond(notification['created_at']) }),
  lacks: /^\/api\/(?:v1\/trends\/links|v2\/notifications(?:\/|$)|v1\/streaming)/,
  empty: /^\/api\/v1\/trends(?:\/|$)/,
  notifications: { usual: 1, most: 64, minId: 'newest', ignores: ['since_id'] },
  policy: openPolicy,
  isWithoutPostList: true,
  hasLinks: false,
  keys: 'ignored',
  showsDeleted: true,
  streaming: { sockets: false, events: false, address: 'wss' },
  takesAll: true,
  refuse(status, message, hasToken) {
    if (status === 401) return { status: hasToken ? 422 : 401, body: '' };
    return status === 404 ? { status, body: notFound } : { status, body: { error: message } };
  },
});
