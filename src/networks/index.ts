import type { z } from 'zod';
import type { Clock, Network } from '../core/ports.ts';
import { mastodon } from './mastodon/index.ts';

/** What a network's folder says about itself, so that nobody else needs to know its name. */
export interface NetworkEntry {
  readonly name: string;
  /** Its part of the config file, under its name: a strict object, every field described. */
  readonly settings: z.ZodObject;
  /** Field → environment variable that sets it when the file does not. */
  readonly environment: Readonly<Record<string, string>>;
  /** Fields that must never be shown. */
  readonly secrets: readonly string[];
  /** Whether the operator set it up. Throws SetupError when only half of it is there. */
  isOn(parsed: unknown): boolean;
  /** Throws SetupError when the settings will not do. */
  open(parsed: unknown, tools: { readonly clock: Clock; readonly userAgent: string }): Promise<Network>;
}

/** Every network there is. A new one is a folder and a line here. */
export const networks: Readonly<Record<string, NetworkEntry>> = { mastodon };
