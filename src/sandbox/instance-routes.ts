import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { baseOf } from './front-door.ts';
import { say } from './servers/dress.ts';
import type { Json } from './render.ts';
import type { ServerKind } from './servers/server-kind.ts';
import type { World } from './world.ts';

const about = 'A small made-up town on this machine. Nothing said here leaves it.';
const rules = [{ id: '1', text: 'Be kind.', hint: 'Cheek is welcome, cruelty is not.', translations: {} }];

/** What a client asks first: who is this server, what does it allow. */
export const addInstanceRoutes = (app: FastifyInstance, world: World, place: { readonly name: string; readonly domain: string; readonly maxCharacters: number }, kind: ServerKind): void => {
  const { version, apiVersion } = kind;
  const configuration: Json = {
    accounts: {
      max_featured_tags: 10, max_pinned_statuses: 5, max_profile_fields: 4, profile_field_name_limit: 255, profile_field_value_limit: 255,
      max_display_name_length: 30, max_note_length: 500, max_avatar_description_length: 150, max_header_description_length: 150,
    },
    statuses: { max_characters: place.maxCharacters, max_media_attachments: 4, characters_reserved_per_url: kind.charactersPerLink },
    media_attachments: {
      description_limit: 10_000, image_matrix_limit: 33_177_600, image_size_limit: 16_777_216, supported_mime_types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
      video_frame_rate_limit: 120, video_matrix_limit: 8_294_400, video_size_limit: 103_809_024,
    },
    polls: { max_options: 4, max_characters_per_option: 50, min_expiration: 300, max_expiration: 2_629_746 },
  };
  const streamingOf = (base: string): string | null => (kind.streaming.address === 'none' ? null : base.replace(/^http/, kind.streaming.address === 'wss' ? 'wss' : 'ws'));
  const activeMonth = (): number => new Set(world.timeline.map(({ accountId }) => accountId)).size;

  /** Its own answer about itself, where it has one; null where the shapes of Mastodon do. */
  const ownAnswer = (request: FastifyRequest, reply: FastifyReply, shape: 1 | 2): FastifyReply | null => {
    const said = kind.instance?.(shape, { name: place.name, domain: place.domain, base: baseOf(request) });
    return said === undefined ? null : say(reply, said);
  };

  app.get('/api/v2/instance', (request, reply) => {
    const base = baseOf(request);
    const own = ownAnswer(request, reply, 2);
    if (own !== null) return own;
    const access = { local: 'public', remote: 'public' };
    return {
      domain: place.domain, title: place.name, version, source_url: 'https://github.com/mastodon/mastodon', description: about,
      usage: { users: { active_month: activeMonth() } },
      thumbnail: { url: `${base}/sandbox/header.svg`, blurhash: null, versions: {}, description: '' },
      icon: [{ src: `${base}/sandbox/header.svg`, size: '96x96' }], languages: ['en'],
      configuration: {
        ...configuration, translation: { enabled: false }, limited_federation: true, vapid: { public_key: '' },
        timelines_access: { live_feeds: access, hashtag_feeds: access, trending_link_feeds: access },
        urls: { streaming: streamingOf(base), status: null, about: `${base}/`, privacy_policy: null, terms_of_service: null },
      },
      registrations: { enabled: true, approval_required: false, reason_required: false, message: null, url: null, min_age: null },
      ...(apiVersion !== undefined && { api_versions: { mastodon: apiVersion } }), contact: { email: `nobody@${place.domain}`, account: null }, rules, wrapstodon: null,
    };
  });

  app.get('/api/v1/instance', (request, reply) => {
    const base = baseOf(request);
    const own = ownAnswer(request, reply, 1);
    if (own !== null) return own;
    return {
      uri: place.domain, title: place.name, short_description: about, description: about, email: `nobody@${place.domain}`, version,
      urls: { streaming_api: streamingOf(base) },
      stats: { user_count: world.accounts().length, status_count: world.timeline.length, domain_count: 0 },
      thumbnail: `${base}/sandbox/header.svg`, languages: ['en'], registrations: true, approval_required: false, invites_enabled: false,
      configuration, contact_account: null, rules,
    };
  });

  app.get('/api/v1/instance/rules', () => rules);
};
