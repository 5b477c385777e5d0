import type { Model } from '../core/ports.ts';
import { openBuiltin } from './builtin.ts';
import { environment, isOn, openChatCompletions, settings, type OpenAiSettings } from './openai.ts';

/** The `model` part of the config, and where its values may come from instead. */
export const model = { settings, environment, isOn };
export type ModelSettings = OpenAiSettings;

/** The configured model, or the built-in engine when there is none. */
export const openModel = (options: ModelSettings): Model => (isOn(options) ? openChatCompletions(options) : openBuiltin());
