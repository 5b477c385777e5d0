import { createHash } from 'node:crypto';
import { TemporaryError } from '../core/errors.ts';
import type { Songs } from '../core/manners.ts';
import type { Model } from '../core/ports.ts';
import type { Persona } from '../core/types.ts';
import { instructions } from './moods.ts';
import { systemText } from './prompt.ts';

/** Changes with everything that changes what the bot says. */
export const versionOf = (persona: Persona, model: string): string => createHash('sha256').update(JSON.stringify([systemText(persona), persona.version, model, instructions])).digest('hex').slice(0, 16);

export const unheard = 'this voice, prompt and model are new, and the canary has not tempted them yet';

/**
 * Who may answer now: nobody, as long as the canary has not tempted this version; the model once it has, for what sang too badly is halted, and whoever
 * resumes has decided; while the model cannot be had, who stands in for it, else nobody, as with any model that is away.
 */
export async function whoAnswers(persona: Persona, model: Model, songs: Songs | undefined): Promise<Model | { readonly waits: string }> {
  if (songs === undefined || model.isFixed) return model;
  const song = await songs.of(versionOf(persona, model.name));
  if (song?.share !== undefined) return model;
  if (!song?.isAway) return { waits: unheard };
  if (model.standIn) return model.standIn;
  throw new TemporaryError(`${model.name} could not be had when the canary was to tempt it, and says nothing before that`);
}
