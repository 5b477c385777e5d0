import { z } from 'zod';

/** Settings of a model behind any server that speaks chat completions. */
export const settings = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/, error: 'must be an http(s) address, such as http://127.0.0.1:8080/v1' }).optional().describe('Where chat completions are served, up to and including /v1; absent: OpenAI itself'),
  key: z.string().min(1).optional().describe('API key, as $NAME; many local servers need none'),
  name: z.string().min(1).optional().describe('Model name as the server knows it'),
  timeoutSeconds: z.number().positive().max(300).default(20).describe('Deadline of one answer'),
  maxTokens: z.int().min(16).max(100_000).default(1_000).describe('Most tokens an answer may cost, reasoning included'),
  tokenField: z.enum(['max_tokens', 'max_completion_tokens']).optional().describe('How the server calls that limit; absent: max_completion_tokens at OpenAI, max_tokens elsewhere'),
  temperature: z.number().min(0).max(2).optional().describe('Absent: the server decides'),
  vision: z.boolean().default(false).describe('Send pictures of the thread to the model'),
});

export const environment = { baseUrl: 'OPENAI_BASE_URL', key: 'OPENAI_API_KEY', name: 'OPENAI_MODEL' } as const;

export type ChatSettings = z.output<typeof settings>;

/** Whether there is enough to call anybody: a server of one's own, or a key and a model's name. */
export const isOn = (options: ChatSettings): boolean => options.baseUrl !== undefined || (options.key !== undefined && options.name !== undefined);
