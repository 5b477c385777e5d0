import type { z } from 'zod';
import type { Network, NetworkTools } from '../core/ports.ts';

/** What a network's folder says about itself, so that nobody else needs to know its name. */
export interface NetworkEntry {
  readonly name: string;
  /** Its part of the config file, under its name: a strict object, every field described. */
  readonly settings: z.ZodObject;
  /** Field → environment variable that sets it when the file does not. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that a newcomer sets. */
  readonly login: readonly string[];
  /** Fields that must never be shown. */
  readonly secrets: readonly string[];
  /** Whether the operator set it up. Throws SetupError when only half of it is there. */
  isOn(parsed: unknown): boolean;
  /** Whether using it costs money: then nobody asks it anything without a need. */
  readonly isPaid: boolean;
  /** Throws SetupError when the settings will not do. */
  open(parsed: unknown, tools: NetworkTools): Promise<Network>;
}
