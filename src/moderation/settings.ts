import { z } from 'zod';

const phrases = z.array(z.string().trim().min(1)).default([]);
const isWithoutLogin = (address: string): boolean => !/^https?:\/\/[^/?#]*@/iu.test(address);

/** Settings of what is refused before a model reads it and before it is posted. */
export const settings = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'must be an http(s) address, such as http://127.0.0.1:8080/v1' }).refine(isWithoutLogin, { error: 'must hold no login: the key goes into key' }).optional()
    .describe('A moderation endpoint, up to and including /v1, as $MODERATION_URL; absent: the word lists alone'),
  // A header that cannot be sent would be quoted by the error.
  key: z.string().regex(/^[\u0021-\u007E]+$/u, { error: 'must be one word of plain characters' }).optional().describe('Its API key, as $NAME; many local servers need none'),
  model: z.string().min(1).optional().describe('Moderation model as the endpoint knows it; absent: the endpoint decides'),
  timeoutSeconds: z.number().positive().max(60).default(5).describe('Deadline of one look'),
  whenDown: z.enum(['closed', 'open']).default('closed').describe('While the endpoint cannot be had: wait until it can, or go by the word lists alone'),
  onHit: z.enum(['silence', 'line']).default('silence').describe('To an asker who is refused: nothing, or one line that says so'),
  allow: phrases.describe('Words and phrases that the word lists may not refuse'),
  deny: phrases.describe('Words and phrases that are refused besides; they beat allow'),
});

export const environment = { url: 'MODERATION_URL', key: 'MODERATION_KEY', model: 'MODERATION_MODEL' } as const;

/** Keys of the config whose values are never shown. */
export const secrets = ['key'] as const;

export type ModerationSettings = z.output<typeof settings>;
