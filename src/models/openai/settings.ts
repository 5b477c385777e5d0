import { z } from 'zod';
import { SetupError } from '../../core/errors.ts';
import { presetNames, presets, type Preset } from './presets.ts';

/** Settings of a model behind any server that speaks chat completions. */
export const settings = z.strictObject({
  preset: z.enum([...presetNames, 'none']).optional().describe('A server whose address and habits are known; none: no model at all. Absent: what is given below, else an Ollama on this computer, else the built-in engine'),
  baseUrl: z.url({ protocol: /^https?$/, error: 'must be an http(s) address, such as http://127.0.0.1:8080/v1' }).optional().describe('Where chat completions are served, up to and including /v1; absent: OpenAI itself'),
  key: z.string().min(1).optional().describe('API key, as $NAME; many local servers need none'),
  name: z.string().min(1).optional().describe('Model name as the server knows it'),
  timeoutSeconds: z.number().positive().max(300).default(20).describe('Deadline of one answer'),
  maxTokens: z.int().min(16).max(100_000).default(1_000).describe('Most tokens an answer may cost, reasoning included'),
  tokenField: z.enum(['max_tokens', 'max_completion_tokens']).optional().describe('How the server calls that limit; absent: max_completion_tokens at OpenAI, max_tokens elsewhere'),
  temperature: z.number().min(0).max(2).optional().describe('Absent: the server decides'),
  vision: z.boolean().optional().describe('Send pictures of the thread to the model; absent: no, or as the preset says'),
  dollarsIn: z.number().min(0).optional().describe('Dollars for a million tokens read; with both prices each receipt says what its answer cost'),
  dollarsOut: z.number().min(0).optional().describe('Dollars for a million tokens written'),
  fallback: z.enum(['none', 'engine']).default('none').describe('Who answers when the model cannot be had: nobody until it can, or the built-in engine at once'),
  onRefusal: z.enum(['silence', 'engine']).default('silence').describe('Who answers when the model will not: nobody, or the built-in engine'),
});

export const environment = { preset: 'MODEL_PRESET', baseUrl: 'OPENAI_BASE_URL', key: 'OPENAI_API_KEY', name: 'OPENAI_MODEL' } as const;

export type ChatSettings = z.output<typeof settings>;

/** Whether there is enough to call anybody: a server that is named or of one's own, or a key and a model's name. */
export const isOn = (options: ChatSettings): boolean =>
  (options.preset === undefined ? options.baseUrl !== undefined || (options.key !== undefined && options.name !== undefined) : options.preset !== 'none');

/** How a server is to be talked to: what the operator says, then what is known of it. Throws SetupError when something is missing. */
export function toHabits(options: ChatSettings): Preset {
  const { preset, baseUrl, tokenField, vision, key, name } = options;
  const known = preset === undefined || preset === 'none' ? undefined : presets[preset];
  if (known?.needsKey === true && key === undefined) throw new SetupError(`preset ${preset} wants a key: set ${environment.key}`);
  if (known?.needsKey === true && name === undefined) throw new SetupError(`preset ${preset} has many models: set ${environment.name}`);
  const usual = known ?? { ...presets.openai, ...(baseUrl !== undefined && { tokenField: 'max_tokens' as const }), vision: false };
  return { ...usual, ...(baseUrl !== undefined && { baseUrl }), ...(tokenField !== undefined && { tokenField }), ...(vision !== undefined && { vision }) };
}
