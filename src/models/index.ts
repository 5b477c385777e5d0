import type { Model } from '../core/ports.ts';
import { openBuiltin } from './builtin.ts';
import { environment, isOn, settings, type ChatSettings } from './openai/settings.ts';

/** The `model` part of the config, and where its values may come from instead. */
export const model = { settings, environment, isOn };
export type ModelSettings = ChatSettings;

/** The configured model, or the built-in engine when there is none. */
export async function openModel(options: ModelSettings): Promise<Model> {
  if (!isOn(options)) return openBuiltin();
  // Its client weighs 35 MB, which nobody without a model should carry.
  const { openChatCompletions } = await import('./openai/open.ts');
  return openChatCompletions(options);
}

/** Whether anybody but the built-in engine answers. */
export const hasModel = isOn;

/** What an operator who has begun to configure a model has left out. */
export const modelHint = ({ key, name, baseUrl }: ModelSettings): string | undefined =>
  key !== undefined && name === undefined && baseUrl === undefined ? `${environment.key} is set, but ${environment.name} names no model: the built-in engine answers` : undefined;
