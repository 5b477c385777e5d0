import { SetupError } from '../core/errors.ts';
import type { Model } from '../core/ports.ts';
import { openBuiltin } from './builtin.ts';
import { withFallback } from './fallback.ts';
import { findLocalModel } from './openai/find-local.ts';
import { presets } from './openai/presets.ts';
import { environment, isOn, settings, toHabits, type ChatSettings } from './openai/settings.ts';

/** The `model` part of the config, and where its values may come from instead. */
export const model = { settings, environment, isOn };
export type ModelSettings = ChatSettings;

/**
 * The configured model; else an Ollama on this computer, if there is one; else the built-in engine. `localUrl`: where that may be. Nobody is given a key
 * that was not meant for them, and what nobody configured never stands in the way of the built-in engine.
 */
export async function openModel(options: ModelSettings, localUrl: string = presets.ollama.baseUrl): Promise<Model> {
  const isFree = !isOn(options) && options.preset === undefined && options.key === undefined;
  const found = isFree ? await findLocalModel(localUrl) : undefined;
  const chosen = found === undefined ? options : { ...options, preset: 'ollama' as const, baseUrl: localUrl, name: options.name ?? found };
  if (!isOn(chosen)) return openBuiltin();
  // Its client weighs 35 MB, which nobody without a model should carry.
  const { openChatCompletions } = await import('./openai/open.ts');
  const first = openChatCompletions({ ...chosen, name: chosen.name ?? await nameOf(chosen) });
  const occasions = { failure: options.fallback === 'engine' || found !== undefined, refusal: options.onRefusal === 'engine' };
  return occasions.failure || occasions.refusal ? withFallback(first, openBuiltin(), occasions) : first;
}

/** A local server may be named without a model: then it is asked what it has. */
async function nameOf(options: ModelSettings): Promise<string | undefined> {
  const { preset } = options;
  if (preset === undefined || preset === 'none' || presets[preset].needsKey) return undefined;
  const { baseUrl } = toHabits(options);
  const name = await findLocalModel(baseUrl);
  if (name === undefined) throw new SetupError(`preset ${preset}: ${new URL(baseUrl).host} names no model: start it, or set ${environment.name}`);
  return name;
}

/** Whether anybody but the built-in engine answers. */
export const hasModel = isOn;

/** What an operator who has begun to configure a model has left out. */
export const modelHint = ({ key, name, baseUrl }: ModelSettings): string | undefined =>
  key !== undefined && name === undefined && baseUrl === undefined ? `${environment.key} is set, but ${environment.name} names no model: the built-in engine answers` : undefined;
