import type { Model } from '../core/ports.ts';
import { openBuiltin } from './builtin.ts';
import { withFallback } from './fallback.ts';
import { findLocalModel } from './openai/find-local.ts';
import { presets } from './openai/presets.ts';
import { environment, isOn, settings, type ChatSettings } from './openai/settings.ts';

/** The `model` part of the config, and where its values may come from instead. */
export const model = { settings, environment, isOn };
export type ModelSettings = ChatSettings;

/** The configured model; else an Ollama on this computer, if there is one; else the built-in engine. `localUrl`: where that may be. */
export async function openModel(options: ModelSettings, localUrl: string = presets.ollama.baseUrl): Promise<Model> {
  const local = isOn(options) || options.preset === 'none' ? undefined : await findLocalModel(localUrl);
  const chosen = local === undefined ? options : { ...options, preset: 'ollama' as const, baseUrl: localUrl, name: options.name ?? local };
  if (!isOn(chosen)) return openBuiltin();
  // Its client weighs 35 MB, which nobody without a model should carry.
  const { openChatCompletions } = await import('./openai/open.ts');
  const first = openChatCompletions(chosen);
  const occasions = { failure: options.fallback === 'engine', refusal: options.onRefusal === 'engine' };
  return occasions.failure || occasions.refusal ? withFallback(first, openBuiltin(), occasions) : first;
}

/** Whether anybody but the built-in engine answers. */
export const hasModel = isOn;

/** What an operator who has begun to configure a model has left out. */
export const modelHint = ({ key, name, baseUrl }: ModelSettings): string | undefined =>
  key !== undefined && name === undefined && baseUrl === undefined ? `${environment.key} is set, but ${environment.name} names no model: the built-in engine answers` : undefined;
