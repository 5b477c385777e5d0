/** What is known about a server that speaks chat completions, so that its operator need not know it. */
export interface Preset {
  readonly baseUrl: string;
  /** How it calls the limit of an answer. */
  readonly tokenField: 'max_tokens' | 'max_completion_tokens';
  /** Whether it takes pictures by their address, as far as the model does. */
  readonly vision: boolean;
  readonly needsKey: boolean;
}

const remote = { tokenField: 'max_tokens', vision: false, needsKey: true } as const;
/** Local servers take pictures only as data, which we do not fetch for them. */
const local = { tokenField: 'max_tokens', vision: false, needsKey: false } as const;

export const presets = {
  openai: { baseUrl: 'https://api.openai.com/v1', tokenField: 'max_completion_tokens', vision: true, needsKey: true },
  xai: { ...remote, baseUrl: 'https://api.x.ai/v1', vision: true },
  openrouter: { ...remote, baseUrl: 'https://openrouter.ai/api/v1', vision: true },
  mistral: { ...remote, baseUrl: 'https://api.mistral.ai/v1', vision: true },
  groq: { ...remote, baseUrl: 'https://api.groq.com/openai/v1', tokenField: 'max_completion_tokens' },
  ollama: { ...local, baseUrl: 'http://127.0.0.1:11434/v1' },
  'llama.cpp': { ...local, baseUrl: 'http://127.0.0.1:8080/v1' },
  vllm: { ...local, baseUrl: 'http://127.0.0.1:8000/v1' },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as [PresetName, ...PresetName[]];
